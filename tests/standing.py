"""Releases of the corpus as the tests of standings hold them side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards import case

from summaries.standings.given import Given, given_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import StoredRelease

LEGITIMACY_2016 = ("01-peel-2016-legitimacy-cheshire", "01-peel-2016-legitimacy-merseyside")
THROUGH_THE_YEARS = (
    "02-peel-2015-effectiveness-gloucestershire",
    "02-peel-2016-effectiveness-lincolnshire",
    "04-peel-2018-19-cumbria",
    "05-peel-2021-22-gwent",
    "05-peel-2023-25-city-of-london",
)


def held(*names: str) -> list[StoredRelease]:
    return [case(name).stored for name in names]


def of_body(body: str, *names: str) -> list[StoredRelease]:
    """Releases of the corpus as if all of them were about one body."""
    return [moved(stored, body) for stored in held(*names)]


def moved(stored: StoredRelease, body: str) -> StoredRelease:
    release = stored.release
    moved = replace(
        release,
        bodies=tuple(replace(one, id=body) for one in release.subjects),
        judgments=tuple(replace(one, body=body) for one in release.judgments),
        prior_judgments=tuple(replace(one, body=body) for one in release.prior_judgments),
    )
    return replace(stored, release=moved)


def all_given(releases: Sequence[StoredRelease]) -> list[Given]:
    return [one for stored in releases for one in given_in(stored)]


def grades(given: Sequence[Given]) -> list[str]:
    return [one.grade.value for one in given]


def unplaced(name: str, **instead: object) -> list[StoredRelease]:
    stored = case(name).stored
    return [replace(stored, release=replace(stored.release, cycle=None, published_on=None, **instead))]  # type: ignore[arg-type]
