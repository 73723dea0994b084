"""A publication day in one message: counts by grade, then a line a release, those followed by name first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from bot.rendering.verdicts import series
from summaries.delivery import WindowKind
from summaries.frameworks import series_name
from summaries.query import read_filter
from summaries.types import Grade, Kind, PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.rendering.digest_items import ItemView
    from summaries.delivery import DigestContent

ROOM = 3_000  # characters of all lines
FEWEST = 3  # of one programme and day, from which on a digest is a tally at once


@dataclass(frozen=True, slots=True)
class SeriesTally:
    """The grades of one series: (grade, how many releases state it for the whole), best first, and how many state none
    for the whole."""

    series: str
    grades: tuple[tuple[Grade, int], ...]
    ungraded: int


@dataclass(frozen=True, slots=True)
class Tally:
    """`of` names what all of the releases are of; empty when that is several things. `day` is when they were published,
    where that is one day; `inferred` that none of them says so. `new` are neither corrected nor withdrawn. `shown` are
    those that there is room to name, in order; `left_out` is how many there are more."""

    of: str
    series: tuple[SeriesTally, ...]
    national: int
    new: int
    corrected: int
    withdrawn: int
    shown: tuple[ItemView, ...]
    left_out: int
    day: date | None = None
    inferred: bool = False


def is_publication_day(content: DigestContent) -> bool:
    """Whether the digest is a tally: it joins an earlier message, or brings several releases of a programme at once,
    unless they are what came in during a pause, in a line each."""
    if content.earlier:
        return True
    at_once = content.window.kind in {WindowKind.NOW, WindowKind.URGENT}
    if not at_once or content.subscription.layout == "flat" or content.subscription.catch_up == "summarise":
        return False
    releases = [item.release.release for item in content.items]
    days = Counter((one.programme, one.published_on) for one in releases if one.programme)
    return max(days.values(), default=0) >= FEWEST


def tally(items: Sequence[ItemView], filter_text: str) -> Tally:
    """Count what the releases state: each grade within its series, for other series have other questions and scales.

    National releases are counted apart, and withdrawn ones not at all.
    """
    standing = [item for item in items if not item.is_withdrawn]
    graded = [item for item in standing if not _is_national(item)]
    corrected = sum(item.is_corrected for item in items)
    days = {item.view.release.published_on for item in items}
    bases = {item.view.release.published_basis for item in items}
    shown = _within_room(_followed_first(items, filter_text))
    return Tally(
        of=_common(items),
        series=tuple(map(_counted, _by_series(graded))),
        national=len(standing) - len(graded),
        new=len(standing) - corrected,
        corrected=corrected,
        withdrawn=len(items) - len(standing),
        shown=shown,
        left_out=len(items) - len(shown),
        day=days.pop() if len(days) == 1 else None,
        inferred=bases == {PublishedBasis.CALENDAR},
    )


def _is_national(item: ItemView) -> bool:
    release = item.view.release
    return release.kind is Kind.NATIONAL or not release.subjects


def _by_series(items: Iterable[ItemView]) -> Iterable[list[ItemView]]:
    ordered = sorted(items, key=lambda item: series(item.view.release))
    return [list(group) for _, group in groupby(ordered, key=lambda item: series(item.view.release))]


def _counted(items: Sequence[ItemView]) -> SeriesTally:
    given = Counter(item.view.overall.grade for item in items if item.view.overall)
    grades = tuple((grade, given[grade]) for grade in Grade if grade in given)
    return SeriesTally(series(items[0].view.release), grades, len(items) - given.total())


def _common(items: Sequence[ItemView]) -> str:
    """`PEEL 2016, effectiveness` when all are of that; else `PEEL 2016`; else nothing."""
    releases = [item.view.release for item in items]
    if len(whole := {series(one) for one in releases}) == 1:
        return whole.pop()
    rounds = {series_name(one.programme, one.cycle) for one in releases}
    return (rounds.pop() or "") if len(rounds) == 1 else ""


def _within_room(items: Sequence[ItemView]) -> tuple[ItemView, ...]:
    ends = accumulate(_length(item) for item in items)
    return tuple(item for item, end in zip(items, ends, strict=True) if end <= ROOM)


def _length(item: ItemView) -> int:
    """About how many characters its line takes."""
    view = item.view
    return len(view.who or view.release.title) + len(series(view.release)) + len(view.in_a_line) + 40


def _followed_first(items: Sequence[ItemView], filter_text: str) -> list[ItemView]:
    """The bodies that the filter names, in its order; then the rest, as it came in, national ones last."""
    followed = {body: rank for rank, body in enumerate(read_filter(filter_text).bodies)}

    def rank(item: ItemView) -> tuple[bool, int]:
        named = [followed[body.id] for body in item.view.release.subjects if body.id in followed]
        return _is_national(item), min(named, default=len(followed))

    return sorted(items, key=rank)
