"""Ingest: raw bytes in, releases stored. Parse, decide new | revised | unchanged, store in one transaction a document.

What cannot be parsed is kept raw with its problem and reported, never dropped.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from summaries.contents import read_contents
from summaries.copies import corrects
from summaries.parsing import PARSER_VERSION
from summaries.reparsing import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from summaries.ports import Clock, Releases, Store, StoredRelease
    from summaries.types import RawRelease, Release


class Decision(StrEnum):
    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Ingested:
    """One release of a document, as it is now stored, and what was decided on it."""

    decision: Decision
    stored: StoredRelease


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of one document. `problem` says why no release was read from it; `skipped` that these bytes were read
    before by the same parser, so nothing was done.
    """

    location: str
    sha256: str
    releases: tuple[Ingested, ...] = ()
    problem: str | None = None
    skipped: bool = False

    def count(self, decision: Decision) -> int:
        return sum(ingested.decision is decision for ingested in self.releases)


def decide(
    held: StoredRelease | None, release: Release, hashed: str, location: str, *, last_here: str | None = None
) -> Decision:
    """Compare what is held under a release's id with what was just found: only a correction is a revision."""
    if held is None:
        return Decision.NEW
    if held.content_hash == hashed or not corrects(held, release, location, last_here=last_here):
        return Decision.UNCHANGED
    return Decision.REVISED


def ingest(store: Store, raw: RawRelease, *, clock: Clock) -> IngestReport:
    """Store the releases of one document. Once more with the same bytes, nothing is written and no sequence is taken.

    A second document of a release is its next revision where it corrects it, and else another copy (`copies`). What an
    older parser made of the location is first brought up to date, so that only a change of the inspectorate's is a
    revision. Raises StoreUnavailable.
    """
    sha256 = _sha256(raw)
    bring_up_to_date(store, raw.location, sha256, clock)
    contents = read_contents(raw)
    with store.write() as unit:
        unit.releases.hold_ingest()
        now = clock.now()
        raw_id = unit.releases.keep_raw(
            raw, sha256=sha256, problem=contents.problem, at=now, parser_version=PARSER_VERSION
        )
        ingested = tuple(
            _store(unit.releases, release, hashed, raw.location, raw_id=raw_id, now=now)
            for release, hashed in contents.releases
        )
    return IngestReport(raw.location, sha256, ingested, contents.problem)


def ingest_all(store: Store, raws: Iterable[RawRelease], *, clock: Clock) -> Iterator[IngestReport]:
    """Ingest one document after another, giving the report of each as soon as it is stored.

    Stopped half-way, it has lost nothing: run again, it skips what is already stored. A document that could not be read
    is tried, and reported, each time. Raises StoreUnavailable, and what `raws` raises.
    """
    for raw in raws:
        sha256 = _sha256(raw)
        with store.read() as unit:
            known = unit.releases.raw_known(raw, sha256=sha256, parser_version=PARSER_VERSION)
        yield IngestReport(raw.location, sha256, skipped=True) if known else ingest(store, raw, clock=clock)


def _store(releases: Releases, release: Release, hashed: str, location: str, *, raw_id: int, now: datetime) -> Ingested:
    held = releases.current(release.id)
    last_here = releases.last_text_from(held.number, location) if held else None
    decision = decide(held, release, hashed, location, last_here=last_here)
    if held is not None and decision is Decision.UNCHANGED:
        return Ingested(decision, held)
    stored = releases.add_revision(release, content_hash=hashed, raw_id=raw_id, at=now, parser_version=PARSER_VERSION)
    return Ingested(decision, stored)


def _sha256(raw: RawRelease) -> str:
    return hashlib.sha256(raw.content).hexdigest()
