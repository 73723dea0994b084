from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from releases import NOON, make_release, store_release

from summaries.types import Kind, Pillar, RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.ports import StoredRelease
    from summaries.store.database import Database
    from summaries.types import Release


def store(database: Database, *releases: Release) -> list[StoredRelease]:
    with database.write() as unit:
        return [store_release(unit.releases, release) for release in releases]


def ids(found: Iterable[StoredRelease]) -> list[str]:
    return [stored.release.id for stored in found]


def test_a_stored_release_is_read_back_whole(database: Database) -> None:
    release = make_release(bodies=("kent", "essex"), mentions=("college-of-policing",), published_on=date(2016, 12, 8))
    [stored] = store(database, release)
    with database.read() as unit:
        read = unit.releases.current(release.id)
    assert read == stored
    assert read is not None
    assert read.release == release
    assert (read.number, read.seq, read.revision) == (1, 1, 1)
    assert (read.location, read.ingested_at) == (f"{release.id}.txt", NOON)


def test_an_unknown_release_is_none(database: Database) -> None:
    with database.read() as unit:
        assert unit.releases.current("peel-1999-kent") is None
        assert unit.releases.by_number(12) is None
        assert unit.releases.by_number(12, revision=3) is None


def test_a_revision_keeps_the_number_and_the_earlier_text(database: Database) -> None:
    first, second = store(database, make_release(closing="First."), make_release(closing="Second."))
    assert (second.number, second.seq, second.revision) == (first.number, 2, 2)
    with database.read() as unit:
        assert unit.releases.by_number(first.number) == second
        assert unit.releases.by_number(first.number, revision=1) == first
        assert unit.releases.current(first.release.id) == second
        assert unit.releases.count() == 1


def test_a_revision_moves_the_release_to_the_bodies_it_now_names(database: Database) -> None:
    store(database, make_release(bodies=("kent",)), make_release(bodies=("essex",), mentions=("kent",)))
    with database.read() as unit:
        assert unit.releases.of_body("kent") == []
        assert [found.revision for found in unit.releases.of_body("essex")] == [2]
        assert unit.releases.bodies_held() == {"essex": 1}


def test_releases_of_a_body_are_newest_first_by_date_then_by_arrival(database: Database) -> None:
    days = {"a": date(2017, 3, 2), "b": date(2016, 12, 8), "c": date(2017, 3, 2)}
    store(database, *(make_release(name, published_on=day) for name, day in days.items()))
    store(database, make_release("year-only", cycle="2017"), make_release("undated", cycle=None))
    with database.read() as unit:
        assert ids(unit.releases.of_body("kent")) == ["c", "a", "year-only", "b", "undated"]
        assert ids(unit.releases.of_body("kent", limit=2)) == ["c", "a"]
        assert ids(unit.releases.latest(limit=3)) == ["c", "a", "year-only"]
        assert ids(unit.releases.latest(body_id="kent", limit=1)) == ["c"]


def test_a_body_that_is_only_mentioned_is_not_the_subject(database: Database) -> None:
    store(database, make_release(bodies=("kent",), mentions=("essex",)))
    with database.read() as unit:
        assert unit.releases.of_body("essex") == []
        assert unit.releases.latest(body_id="essex") == []


def test_a_body_that_is_subject_and_mentioned_is_held_once_as_subject(database: Database) -> None:
    release = make_release(bodies=("kent",), mentions=("kent",))
    store(database, release)
    with database.read() as unit:
        assert unit.releases.bodies_held() == {"kent": 1}


@pytest.mark.parametrize(
    ("year", "pillar", "expected"),
    [
        (2016, None, ["legitimacy-2016", "efficiency-2016"]),
        (None, Pillar.LEGITIMACY, ["legitimacy-2017", "legitimacy-2016"]),
        (2017, Pillar.LEGITIMACY, ["legitimacy-2017"]),
        (2017, Pillar.EFFICIENCY, []),
    ],
)
def test_releases_of_a_body_can_be_of_one_year_or_pillar(
    database: Database, year: int | None, pillar: Pillar | None, expected: list[str]
) -> None:
    for cycle, of in (("2016", Pillar.EFFICIENCY), ("2016", Pillar.LEGITIMACY), ("2017", Pillar.LEGITIMACY)):
        store(database, make_release(f"{of}-{cycle}", cycle=cycle, pillar=of))
    with database.read() as unit:
        assert ids(unit.releases.of_body("kent", year=year, pillar=pillar)) == expected


def test_each_series_gives_its_newest_release_and_counts_the_earlier_ones(database: Database) -> None:
    for cycle in ("2015", "2016", "2017"):
        store(database, make_release(f"legitimacy-{cycle}", cycle=cycle))
    store(database, make_release("efficiency-2016", pillar=Pillar.EFFICIENCY))
    with database.read() as unit:
        series = [(stored.release.id, earlier) for stored, earlier in unit.releases.newest_of_series("kent")]
        assert series == [("legitimacy-2017", 2), ("efficiency-2016", 0)]
        assert unit.releases.newest_of_series("essex") == []


def test_releases_of_no_known_programme_are_told_apart_by_kind(database: Database) -> None:
    for release_id, kind in (("custody", Kind.CUSTODY), ("revisit", Kind.REVISIT), ("custody-again", Kind.CUSTODY)):
        store(database, make_release(release_id, kind=kind, programme=None, pillar=None))
    with database.read() as unit:
        series = [(stored.release.id, earlier) for stored, earlier in unit.releases.newest_of_series("kent")]
    assert series == [("custody-again", 1), ("revisit", 0)]


def test_the_earlier_ones_of_a_long_series_are_counted_up_to_99(database: Database) -> None:
    store(database, *(make_release(f"release-{number}") for number in range(102)))
    with database.read() as unit:
        [(newest, earlier)] = unit.releases.newest_of_series("kent")
    assert (newest.release.id, earlier) == ("release-101", 99)


def test_what_came_in_between_is_given_oldest_first_each_as_it_was(database: Database) -> None:
    store(database, make_release("a"), make_release("b"), make_release("a", closing="Changed."), make_release("c"))
    with database.read() as unit:
        items = unit.releases.ingested_between(1, 3)
        everything = unit.releases.ingested_between(0, unit.releases.last_seq())
    assert [(item.release.release.id, item.kind, item.version) for item in items] == [
        ("b", "new", 1),
        ("a", "revised", 2),
    ]
    assert [item.release.seq for item in everything] == [1, 2, 3, 4]
    assert everything[0].release.release.text.endswith("Published today.")


def test_an_empty_store_says_so(database: Database) -> None:
    with database.read() as unit:
        releases = unit.releases
        assert (releases.count(), releases.last_seq(), releases.years(), releases.last_ingested_at()) == (
            0,
            0,
            None,
            None,
        )
        assert (releases.latest(), releases.bodies_held(), releases.unreadable()) == ([], {}, [])


def test_the_span_of_years_leaves_out_what_is_undated(database: Database) -> None:
    store(database, make_release("a", cycle=None), make_release("b", cycle="2012"))
    store(database, make_release("c", published_on=date(2017, 3, 2)))
    with database.read() as unit:
        assert unit.releases.years() == (2012, 2017)


def test_the_last_ingest_is_that_of_the_newest_revision(database: Database) -> None:
    later = NOON + timedelta(hours=1)
    with database.write() as unit:
        store_release(unit.releases, make_release("a"), at=NOON)
        store_release(unit.releases, make_release("a", closing="Changed."), at=later)
        assert unit.releases.last_ingested_at() == later


def test_bytes_are_kept_once_and_take_the_newer_verdict(database: Database) -> None:
    raw = RawRelease("kent.txt", b"\xff\xfe", fetched_at=NOON)
    with database.write() as unit:
        first = unit.releases.keep_raw(raw, sha256="s", problem="No text.", at=NOON, parser_version=1)
        assert unit.releases.unreadable() == [("kent.txt", "No text.")]
        assert not unit.releases.raw_known(raw, sha256="s", parser_version=1)
        second = unit.releases.keep_raw(raw, sha256="s", problem=None, at=NOON, parser_version=2)
        assert unit.releases.unreadable() == []
        assert unit.releases.raw_known(raw, sha256="s", parser_version=2)
        assert not unit.releases.raw_known(raw, sha256="s", parser_version=3)
    assert first == second


def test_what_could_not_be_read_is_told_only_while_it_is_what_its_location_holds(database: Database) -> None:
    def read(location: str, sha256: str, problem: str | None) -> None:
        raw = RawRelease(location, sha256.encode())
        unit.releases.keep_raw(raw, sha256=sha256, problem=problem, at=NOON, parser_version=1)

    with database.write() as unit:
        read("kent.pdf", "scan", "No text.")
        read("copy.pdf", "scan", "No text.")
        assert unit.releases.unreadable() == [("copy.pdf", "No text."), ("kent.pdf", "No text.")]
        read("kent.pdf", "text", None)
        assert unit.releases.unreadable() == [("copy.pdf", "No text.")]


def test_a_media_type_of_any_length_can_be_kept(database: Database) -> None:
    raw = RawRelease("kent.html", b"Kent", "text/html; charset=" + "u" * 200)
    with database.write() as unit:
        raw_id = unit.releases.keep_raw(raw, sha256="s", problem=None, at=NOON, parser_version=1)
        kept = unit.rereading.document(raw_id)
    assert kept is not None
    assert str(kept.readings[0].media_type).startswith("text/html; charset=uu")


def test_bytes_are_known_where_they_are_the_last_read_and_nowhere_else(database: Database) -> None:
    first, second = RawRelease("kent.txt", b"first"), RawRelease("kent.txt", b"second")
    elsewhere = RawRelease("copy.txt", b"first")
    with database.write() as unit:

        def read(raw: RawRelease, parser_version: int = 1) -> None:
            sha256 = raw.content.decode()
            unit.releases.keep_raw(raw, sha256=sha256, problem=None, at=NOON, parser_version=parser_version)

        def known(raw: RawRelease, parser_version: int = 1) -> bool:
            return unit.releases.raw_known(raw, sha256=raw.content.decode(), parser_version=parser_version)

        for raw, before in ((first, second), (second, first), (first, second), (second, first)):
            read(raw)
            assert known(raw)
            assert not known(before)
        assert not known(elsewhere)
        read(elsewhere, parser_version=2)
        assert known(elsewhere, parser_version=2)
        assert not known(elsewhere)
        assert known(second)


def test_the_revision_of_the_store_moves_with_each_release_stored(database: Database) -> None:
    assert database.revision() == 0
    store(database, make_release("a"), make_release("b"))
    assert database.revision() == 2
    store(database, make_release("a", closing="Changed."))
    assert database.revision() == 3
