"""What a release holds under each key of the filter language: what a filter compares with, and what an index keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.query.tokens import tokens
from summaries.types import Pillar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.query.dates import Days
    from summaries.types import Release

PEOPLE = "people"
"""What a fire inspection grades as a whole beside the pillars."""

NO_END = 99_999_999
"""Later than any day."""

PILLARS = (*(pillar.value for pillar in Pillar), PEOPLE)
_TITLES = frozenset({"sir", "dame", "lady", "lord", "hm", "hmi", "hmcic", "inspector", "chief"})


def facets(release: Release) -> dict[str, frozenset[str]]:
    """The canonical values a release holds under each key that names a set of values; years, dates and text are apart.

    A programme is held by its name and, where the cycle is known, by name and cycle: `PEEL`, `PEEL 2016`. A grade
    counts when the release gives it, to its own subject or to a body it names, not when it recalls an earlier one. An
    inspector is held by the whole name and by the last.
    """
    given = {judgment.about for judgment in release.judgments}
    held = {
        "force": {body.id for body in release.subjects},
        "pillar": {release.pillar.value if release.pillar else "", *given} & {*PILLARS},
        "programme": set(_programmes(release)),
        "grade": {one.grade.value for one in release.judgments} | {one.grade.value for one in release.named_grades},
        "kind": {release.kind.value},
        "topic": set(release.topics),
        "inspector": set(_inspectors(release)),
    }
    return {key: frozenset(values) for key, values in held.items()}


def published_within(release: Release) -> Days:
    """The first and last day on which it can have come out: that of publication; else from its year on, with no end:
    what was inspected in one year may come out in the next, or later still. The sort hint `Release.dated` is no date.
    """
    day, year = release.published_on, release.year
    if day:
        number = day.year * 10_000 + day.month * 100 + day.day
        return number, number
    return (year * 10_000 + 101 if year else 0), NO_END


def spoken_name(name: str) -> str:
    """A person's name as it is compared: without titles, case and accents."""
    return " ".join(token for token in tokens(name) if token not in _TITLES)


def _programmes(release: Release) -> Iterator[str]:
    if release.programme:
        yield release.programme
        if release.cycle:
            yield f"{release.programme} {release.cycle}"


def _inspectors(release: Release) -> Iterator[str]:
    for statement in filter(None, (release.statement, *release.other_statements)):
        name = spoken_name(statement.speaker) if statement.is_inspector else ""
        if name:
            yield name
            yield name.split()[-1]
