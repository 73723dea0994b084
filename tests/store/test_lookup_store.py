from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from releases import NOON, make_release, store_release

from summaries.lookup import ForceCard, StoreStatus, force_card, latest, releases_of, store_status
from summaries.types import Pillar, RawRelease

if TYPE_CHECKING:
    from summaries.store.database import Database


def fill(database: Database) -> None:
    with database.write() as unit:
        for cycle, pillar in (("2015", Pillar.LEGITIMACY), ("2016", Pillar.LEGITIMACY), ("2016", Pillar.EFFICIENCY)):
            release = make_release(
                f"{pillar}-{cycle}", cycle=cycle, pillar=pillar, published_on=date(int(cycle), 12, 8)
            )
            store_release(unit.releases, release)
        store_release(
            unit.releases, make_release("custody", programme="Custody", cycle=None, pillar=None, bodies=["essex"])
        )


def test_a_card_shows_the_newest_of_each_series_and_counts_the_earlier(database: Database) -> None:
    fill(database)
    card = force_card(database, "kent")
    assert card.body_id == "kent"
    assert [(series.newest.release.id, series.earlier) for series in card.series] == [
        ("efficiency-2016", 0),
        ("legitimacy-2016", 1),
    ]


def test_a_card_of_a_body_with_nothing_held_is_empty(database: Database) -> None:
    fill(database)
    assert force_card(database, "surrey") == ForceCard("surrey", ())


def test_releases_of_a_body_can_be_narrowed_and_limited(database: Database) -> None:
    fill(database)

    def found(**asked: object) -> list[str]:
        return [stored.release.id for stored in releases_of(database, "kent", **asked)]  # type: ignore[arg-type]

    assert found() == ["efficiency-2016", "legitimacy-2016", "legitimacy-2015"]
    assert found(limit=1) == ["efficiency-2016"]
    assert found(year=2015) == ["legitimacy-2015"]
    assert found(year=2016, pillar=Pillar.LEGITIMACY) == ["legitimacy-2016"]


def test_the_latest_are_newest_first_and_no_more_than_asked(database: Database) -> None:
    fill(database)
    assert [stored.release.id for stored in latest(database, 2)] == ["efficiency-2016", "legitimacy-2016"]
    assert len(latest(database)) == 4


def test_the_status_says_what_is_held_and_what_could_not_be_read(database: Database) -> None:
    fill(database)
    with database.write() as unit:
        raw = RawRelease("scan.pdf", b"%PDF")
        unit.releases.keep_raw(raw, sha256="pdf", problem="No text.", at=NOON, parser_version=1)
    assert store_status(database) == StoreStatus(
        releases=4,
        bodies={"kent": 3, "essex": 1},
        years=(2015, 2016),
        unreadable=(("scan.pdf", "No text."),),
        last_ingested_at=NOON,
    )


def test_the_status_of_an_empty_store_is_empty(database: Database) -> None:
    assert store_status(database) == StoreStatus(0, {}, None, (), None)
