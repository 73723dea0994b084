"""Look-ups for answers, whatever the door. Each reads one snapshot of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from summaries.ports import Store, StoredRelease
    from summaries.query import Filter
    from summaries.types import Pillar


@dataclass(frozen=True, slots=True)
class Series:
    """The newest release of one programme and pillar, and how many earlier ones are held (99: that many or more)."""

    newest: StoredRelease
    earlier: int


@dataclass(frozen=True, slots=True)
class ForceCard:
    """What is held on a body: its series, the one with the newest release first; none when nothing is held."""

    body_id: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What the store holds. `bodies` maps a body id to its number of releases; `years` is the first and last year that
    releases are dated; `unreadable` holds (location, problem) of what was kept but could not be parsed.
    """

    releases: int
    bodies: Mapping[str, int]
    years: tuple[int, int] | None
    unreadable: tuple[tuple[str, str], ...]
    last_ingested_at: datetime | None


def force_card(store: Store, body_id: str) -> ForceCard:
    """The newest release of each programme and pillar on a body. Raises StoreUnavailable."""
    with store.read() as unit:
        series = tuple(Series(newest, earlier) for newest, earlier in unit.releases.newest_of_series(body_id))
    return ForceCard(body_id, series)


def releases_of(
    store: Store, body_id: str, *, year: int | None = None, pillar: Pillar | None = None, limit: int = 20
) -> Sequence[StoredRelease]:
    """Releases on a body, newest first; of one year or one pillar when asked. Raises StoreUnavailable."""
    with store.read() as unit:
        return unit.releases.of_body(body_id, year=year, pillar=pillar, limit=limit)


def latest(store: Store, limit: int = 5, *, wanted: Filter | None = None) -> Sequence[StoredRelease]:
    """The newest releases of all, or of those a filter means: by the date they bear, then by when they came in.

    Raises StoreUnavailable.
    """
    with store.read() as unit:
        return unit.search.newest(wanted, limit=limit) if wanted else unit.releases.latest(limit=limit)


def how_many(store: Store) -> int:
    """How many releases are held. Raises StoreUnavailable."""
    with store.read() as unit:
        return unit.releases.count()


def store_status(store: Store) -> StoreStatus:
    """What the store holds, of what span, and what it could not read. Raises StoreUnavailable."""
    with store.read() as unit:
        releases = unit.releases
        return StoreStatus(
            releases=releases.count(),
            bodies=releases.bodies_held(),
            years=releases.years(),
            unreadable=tuple(releases.unreadable()),
            last_ingested_at=releases.last_ingested_at(),
        )
