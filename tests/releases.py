"""Releases made by hand, for tests of what comes after parsing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from summaries.types import BodyRole, Evidence, Kind, NamedBody, Pillar, RawRelease, Release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import Releases, StoredRelease

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class SteppingClock:
    """A clock that is a second later each time it is asked."""

    time: datetime = NOON

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def make_release(
    release_id: str = "peel-2016-legitimacy-kent",
    *,
    title: str = "Kent Police is good",
    bodies: Sequence[str] = ("kent",),
    mentions: Sequence[str] = (),
    programme: str | None = "PEEL",
    cycle: str | None = "2016",
    pillar: Pillar | None = Pillar.LEGITIMACY,
    published_on: date | None = None,
    kind: Kind = Kind.FORCE_INSPECTION,
    closing: str = "Published today.",
) -> Release:
    """A release about these bodies; its text is the title, the bodies' names and a closing line."""
    named = [(body, BodyRole.SUBJECT) for body in bodies] + [(body, BodyRole.MENTIONED) for body in mentions]
    text = "\n".join([title, *(body for body, _ in named), closing])
    return Release(
        id=release_id,
        title=title,
        kind=kind,
        text=text,
        bodies=tuple(NamedBody(body, body.title(), body, role, _first(text, body)) for body, role in named),
        programme=programme,
        cycle=cycle,
        pillar=pillar,
        published_on=published_on,
        published_basis=None,
    )


def _first(text: str, body: str) -> Evidence:
    at = text.index(f"\n{body}\n") + 1
    return Evidence.of(text, at, at + len(body))


def store_release(releases: Releases, release: Release, *, at: datetime = NOON) -> StoredRelease:
    """Store a release as the ingest does, each from a document of its own."""
    raw = RawRelease(f"{release.id}.txt", release.text.encode())
    releases.hold_ingest()
    raw_id = releases.keep_raw(raw, sha256=sha256(raw.content).hexdigest(), problem=None, at=at, parser_version=1)
    return releases.add_revision(release, content_hash="v1:made", raw_id=raw_id, at=at, parser_version=1)
