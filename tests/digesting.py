"""Digests as they are posted, for tests: one of every kind, and what they are made of.

After a deliberate change run `python tests/digesting.py` from the root and review the texts of `tests/golden/digests`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cards import NOON, RENDER_DIGEST, SUBSCRIPTION, WINDOW, case, store
from corpus import held_releases

from summaries.delivery import (
    Attestation,
    CatchUp,
    DigestContent,
    DigestItem,
    Notice,
    NoticeKind,
    Outage,
    Reading,
    Role,
    Shape,
    WindowKind,
)
from summaries.parsing import parse
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import RenderedPart, Subscription, Window
    from summaries.ports import StoredRelease

GOLDEN = Path(__file__).parent / "golden" / "digests"
DAY = (
    "01-peel-2016-legitimacy-cheshire",
    "01-peel-2016-legitimacy-merseyside",
    "01-peel-2016-legitimacy-north-wales",
    "06-national-legitimacy-2016",
)
MIXED = (*DAY[:2], "05-peel-2021-22-kent", "15-engage-exit-wiltshire", "20-appointment-inspectors")
NOW = replace(WINDOW, kind=WindowKind.NOW, period="now/000099")
HOUR = timedelta(hours=1)


def held(*names: str) -> list[StoredRelease]:
    return [replace(case(name).stored, number=number) for number, name in enumerate(names, 1)]


def items(shown: Sequence[StoredRelease], kind: str = "new") -> tuple[DigestItem, ...]:
    return tuple(DigestItem(one, kind, one.revision) for one in shown)


def revised(was: StoredRelease, *changes: tuple[str, str]) -> DigestItem:
    """The item of a release of which these words were replaced by these."""
    text = was.release.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    [release] = parse(RawRelease(was.location, text.encode(), "text/plain")).releases
    return DigestItem(replace(was, release=release, revision=2, seq=99), "revised", 2, was)


def withdrawn(one: StoredRelease) -> DigestItem:
    return DigestItem(one, "withdrawn", one.revision, at=NOON, why="gone from its page")


def digest(
    told: Sequence[DigestItem],
    window: Window = WINDOW,
    *,
    earlier: Sequence[DigestItem] = (),
    attestation: Attestation | None = None,
    reading: Reading | None = None,
    **changes: object,
) -> Sequence[RenderedPart]:
    return RENDER_DIGEST(DigestContent(followed(**changes), window, tuple(told), tuple(earlier), attestation, reading))


def again(told: Sequence[DigestItem], shape: Shape, window: Window = WINDOW, **changes: object) -> RenderedPart:
    return RENDER_DIGEST.again(DigestContent(followed(**changes), window, tuple(told)), shape)


def followed(**changes: object) -> Subscription:
    return replace(SUBSCRIPTION, **changes)  # type: ignore[arg-type]


def text(*parts: RenderedPart) -> str:
    return "\n\n".join(str(part.payload["text"]) for part in parts)


def corrected_grade() -> DigestItem:
    return revised(
        held(DAY[0])[0],
        ("'requires improvement' at", "'good' at"),
        ("requires improvement in the legitimacy", "is good in the legitimacy"),
        ("outstanding work with very few", "good work with few"),
    )


LOOKED = Attestation(
    NOON - 24 * HOUR,
    NOON,
    3,
    288,
    2,
    (Outage(NOON - 9 * HOUR, NOON - 8 * HOUR), Outage(NOON - 5 * HOUR, NOON - 4 * HOUR, "list:https://hmic.gov.uk")),
)


def kinds() -> dict[str, Sequence[RenderedPart]]:
    """Every kind of message there is, by the name of its reviewed text."""
    five, day = items(held(*MIXED)), items(held(*DAY))
    late = replace(WINDOW, coalesced=10, covers_from=NOON - 240 * HOUR)
    approve = Notice(NoticeKind.APPROVAL, followed(hold=True), WINDOW, tuple(digest(five[:2])))
    paused = {"paused_since": NOON - 400 * HOUR, "catch_up": CatchUp.SUMMARISE}
    parked = followed(reason="is_archived")
    return {
        "card": digest(five[:1]),
        "card-titles": digest(five[:1], detail="titles"),
        "card-full": digest(five[:1], detail="full"),
        "list-titles": digest(five, detail="titles"),
        "list-extract": digest(five),
        "list-compact": digest(five, layout="compact"),
        "flat": digest(five[:2], layout="flat"),
        "flat-full": digest(five[:2], layout="flat", detail="full"),
        "in-person": digest(five[:1], target="person", detail="titles"),
        "urgent": digest(five[3:4], replace(WINDOW, kind=WindowKind.URGENT)),
        "backfill": digest(five[:3], replace(WINDOW, kind=WindowKind.BACKFILL), layout="compact"),
        "nothing": digest((), attestation=replace(LOOKED, failures=0, outages=()), created_at=NOON - 400 * HOUR),
        "nothing-unwatched": digest((), attestation=replace(LOOKED, sources=0, checks=0, failures=0, outages=())),
        "late": digest(five[:2], late, attestation=LOOKED, detail="titles"),
        "after-pause": digest(five, due_after=NOON, **paused),
        "day": digest(day, NOW, filter="force:north-wales", detail="titles"),
        "day-joined": digest(day[1:], NOW, earlier=day[:1], reading=Reading(4, 0, 4)),
        "correction": digest([corrected_grade()], replace(WINDOW, kind=WindowKind.CORRECTION)),
        "corrected-card": [again([corrected_grade()], Shape(Role.CARD))],
        "withdrawal": digest([withdrawn(held(DAY[0])[0])], replace(WINDOW, kind=WindowKind.WITHDRAWAL)),
        "withdrawn-card": [again([withdrawn(held(DAY[0])[0])], Shape(Role.CARD))],
        "edited-list": [again([withdrawn(day[1].release), corrected_grade(), day[2]], Shape(Role.LIST, 1, 3))],
        "edited-day": [again([withdrawn(day[1].release), corrected_grade(), day[2]], Shape(Role.TALLY, 1, 3), NOW)],
        "approval": [RENDER_DIGEST.notice(approve)],
        "parked": [RENDER_DIGEST.notice(Notice(NoticeKind.PARKED, parked, WINDOW))],
    }


@cache
def rendered() -> dict[str, Sequence[RenderedPart]]:
    return kinds()


@cache
def stock() -> tuple[StoredRelease, ...]:
    """The seeds and the corpus, numbered."""
    return tuple(store(release, number) for number, release in enumerate(held_releases(), 1))


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, parts in kinds().items():
        (GOLDEN / f"{name}.txt").write_text(text(*parts) + "\n", encoding="utf-8")
