"""Searching what is held: the index of either database finds what `Filter.matches` means, and nothing else."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import sqlalchemy as sa
from corpus import held_releases as releases
from databases import postgres_server, run_on
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from releases import make_release, store_release

from summaries.found import Found
from summaries.query import Filter, Literal, parse_filter
from summaries.query.facets import facets
from summaries.query.tokens import tokens
from summaries.store.database import Database, open_database
from summaries.store.engines import database_url as read_url
from summaries.store.search import SqlSearch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from summaries.ports import StoredRelease
    from summaries.types import Release


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store of all these, which no test changes."""
    if request.param == "sqlite":
        yield from _fill(f"sqlite:///{tmp_path_factory.mktemp('search') / 'hmic.sqlite3'}")
        return
    server, name = postgres_server(request.config), f"search_{uuid4().hex}"
    run_on(server, f"CREATE DATABASE {name}")
    yield from _fill(server.format(name=name))
    run_on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _fill(url: str) -> Iterator[Database]:
    with open_database(url) as database:
        database.upgrade()
        with database.write() as unit:
            for release in releases():
                store_release(unit.releases, release)
        yield database


def text(words: str, *, exact: bool = False, negated: bool = False) -> Literal:
    return Literal("text", " ".join(tokens(words)), negated, exact)


def found(database: Database, wanted: Filter) -> list[str]:
    """The ids of all that a search finds, in its order; `newest` must find the same, newest first."""
    with database.read() as unit:
        every = unit.search.find(wanted, limit=1_000)
        newest = unit.search.newest(wanted, limit=1_000)
    assert len(every.releases) == every.total
    assert by_age(every.releases) == ids(newest) == by_age(newest)
    assert every.ranked or ids(every.releases) == ids(newest)
    return ids(every.releases)


def ids(stored: Iterable[StoredRelease]) -> list[str]:
    return [one.release.id for one in stored]


def by_age(stored: Iterable[StoredRelease]) -> list[str]:
    return ids(sorted(stored, key=lambda one: (one.release.dated, one.seq), reverse=True))


def store(database: Database, *made: Release) -> list[StoredRelease]:
    with database.write() as unit:
        return [store_release(unit.releases, release) for release in made]


def held_values(key: str) -> list[str]:
    return sorted(frozenset().union(*(facets(release)[key] for release in releases())))


@cache
def runs_of_words() -> list[str]:
    """Words as they stand in the texts, one to three together, of every text some."""
    words = [tokens(release.text) for release in releases()]
    return sorted({" ".join(one[at : at + at % 3 + 1]) for one in words for at in range(0, len(one), 7)})


FACETS = st.sampled_from(["force", "pillar", "programme", "grade", "kind", "topic", "inspector"]).flatmap(
    lambda key: st.builds(Literal, st.just(key), st.sampled_from([*held_values(key), "no such thing"]), st.booleans())
)
TEXTS = st.builds(Literal, st.just("text"), st.sampled_from([*runs_of_words(), "zebra"]), st.booleans(), st.booleans())
YEARS = st.integers(2008, 2027).map(str) | st.tuples(st.integers(1990, 2016), st.integers(2015, 2030)).map(
    lambda years: f"{years[0]}..{years[1]}"
)
DATES = st.dates().map(str) | st.sampled_from(
    [
        "1000",
        "2015",
        "2016",
        "2017",
        "9999",
        "2016-03",
        "2016-12-08",
        "2017-03",
        *(str(release.published_on) for release in releases() if release.published_on),
    ]
)
TIMES = st.builds(Literal, st.just("year"), YEARS, st.booleans()) | st.builds(
    Literal, st.sampled_from(["before", "after"]), DATES, st.booleans()
)
LITERALS = FACETS | TEXTS | TIMES
FILTERS = st.lists(st.lists(LITERALS, min_size=1, max_size=3).map(tuple), max_size=4).map(
    lambda clauses: Filter(tuple(clauses))
)


@settings(max_examples=75, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=FILTERS)
@example(wanted=Filter(((Literal("after", "2016", negated=True),),)))
@example(wanted=Filter(((Literal("before", "2016", negated=True),),)))
@example(wanted=Filter(((Literal("before", "2026"),),)))
def test_a_search_finds_exactly_what_its_filter_matches(filled: Database, wanted: Filter) -> None:
    assert sorted(found(filled, wanted)) == sorted(release.id for release in releases() if wanted.matches(release))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ('"abuse of authority"', 4),
        ('"authority of abuse"', 0),
        ("wellbeing -force:hampshire-and-isle-of-wight", 3),
        ("vetting zebra", 0),
        ("zebra or vetted", 2),
        ("year:2012", 1),
        ("pillar:legitimacy before:2016-12", 0),
    ],
)
def test_what_people_look_for_in_the_seeds(database: Database, typed: str, number: int) -> None:
    store(database, *releases()[:5])
    with database.read() as unit:
        assert unit.search.find(parse_filter(typed, bare="text"), limit=10).total == number


ADVERSARIAL = (
    *("", " ", '"', '""', "'", "''", "\\", "*", "a*", "NEAR(a b)", "exact:a", "-", "- -", "a OR", "NOT a", "AND", "("),
    *("^a", "a:b", "a & !b | c <-> d", "{", "=a", "%s", ":wanted", "\x00", "a\x00b", "\ud800", "🚓", "ẞ", "İstanbul"),
    *("ﬁne", "½", "٣", "x" * 10_000, "a b " * 2_500, "'); DROP TABLE release; --"),
)


@settings(max_examples=20)
@given(value=st.text(max_size=40))
@example(value="".join(map(chr, range(1, 0x2FF))))
def test_whatever_a_filter_holds_is_looked_for_and_never_understood(filled: Database, value: str) -> None:
    """A value is only ever a term: of what databases take for operators, quotation marks or patterns it has none."""
    words = " ".join(tokens(value))
    asked = [(Literal("topic", value),), (Literal("text", words), Literal("text", words, exact=True))]
    with filled.read() as unit:
        for wanted in (Filter((clause,)) for clause in asked):
            assert unit.search.find(wanted, limit=1).total == sum(map(wanted.matches, releases()))


for _value in ADVERSARIAL:
    test_whatever_a_filter_holds_is_looked_for_and_never_understood = example(value=_value)(
        test_whatever_a_filter_holds_is_looked_for_and_never_understood
    )


def test_a_filter_of_thousands_of_words_is_looked_for(filled: Database) -> None:
    many = tuple((text(f"word{number}"),) for number in range(500))
    few = tuple((text(words),) for words in sorted(set(tokens(releases()[0].text))))
    assert found(filled, Filter(many)) == []
    assert releases()[0].id in found(filled, Filter(few))
    assert len(found(filled, Filter(tuple((text(one[0].value, negated=True),) for one in many)))) == len(releases())
    assert len(found(filled, Filter((tuple(one[0] for one in many),)))) == 0


def test_the_best_match_comes_first_and_the_newest_of_equals(database: Database) -> None:
    closings = {"a": "Vetting.", "b": "Vetting, vetting and more vetting.", "c": "Vetting.", "d": "Nothing."}
    days = {"a": date(2017, 3, 2), "b": date(2012, 3, 2), "c": date(2016, 3, 2), "d": date(2018, 3, 2)}
    store(database, *(make_release(name, published_on=days[name], closing=closings[name]) for name in closings))
    wanted = Filter(((text("vetting"),),))
    with database.read() as unit:
        best = unit.search.find(wanted, limit=10)
        assert (ids(best.releases), best.total, best.ranked) == (["b", "a", "c"], 3, True)
        assert ids(unit.search.find(wanted, limit=1, offset=1).releases) == ["a"]
        assert unit.search.find(wanted, limit=1, offset=3).releases == []
        assert ids(unit.search.newest(wanted, limit=2)) == ["a", "c"]
        assert ids(unit.search.newest(wanted, limit=2, offset=2)) == ["b"]


def test_without_words_that_all_matches_hold_the_newest_come_first(database: Database) -> None:
    store(
        database,
        make_release("old", closing="Vetting, vetting.", published_on=date(2015, 1, 1)),
        make_release("new", closing="Published.", published_on=date(2017, 1, 1)),
    )
    either = Filter(((text("vetting"), Literal("force", "kent")),))
    with database.read() as unit:
        for wanted in (Filter(), Filter.of_bodies("kent"), either, Filter(((text("zebra", negated=True),),))):
            every = unit.search.find(wanted, limit=10)
            assert (ids(every.releases), every.total, every.ranked) == (["new", "old"], 2, False)


def test_too_many_matches_are_counted_no_further_and_come_newest_first(database: Database, database_url: str) -> None:
    names = ("a", "b", "c", "d")
    store(database, *(make_release(name, closing="Vetting. " * (name == "b") + "Vetting.") for name in names))
    store(
        database, make_release("e", closing="Custody."), make_release("f", bodies=("essex",), closing="Vetting rarely.")
    )
    engine = sa.create_engine(read_url(database_url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        search = SqlSearch(connection, counted=4)
        many = search.find(Filter(((text("vetting"),),)), limit=3)
        assert (ids(many.releases), many.total, many.ranked) == (["f", "d", "c"], 4, False)
        assert ids(search.newest(Filter(((text("vetting"),),)), limit=3, offset=2)) == ["c", "b", "a"]
        few = search.find(Filter(((text("vetting"),), (text("rarely"),))), limit=3)
        assert (ids(few.releases), few.total, few.ranked) == (["f"], 1, True)


def test_an_empty_store_is_searched(database: Database) -> None:
    with database.read() as unit:
        for wanted in (Filter(), Filter(((text("vetting"),),)), Filter.of_bodies("kent")):
            assert unit.search.find(wanted, limit=10) == Found([], 0, ranked=False)
            assert unit.search.newest(wanted, limit=10) == []


def test_a_release_longer_than_any_is_stored_and_its_words_are_found(database: Database) -> None:
    """PostgreSQL refuses more than a mebibyte of terms, and keeps places of the first sixteen thousand words."""
    closing = " ".join([*(f"word{number % 9_000} the" for number in range(30_000)), "at last zebra"])
    huge = " ".join(chr(0x4E00 + number % 20_000) * 60 + str(number) for number in range(30_000))
    [long, longest] = store(database, make_release("long", closing=closing), make_release("longest", closing=huge))
    with database.read() as unit:
        for looked_for in (text("zebra"), text("word3 the word4", exact=True), text("kent", exact=True)):
            assert long.number in [one.number for one in unit.search.find(Filter(((looked_for,),)), limit=5).releases]
        assert unit.search.find(Filter(((text("kent police"),),)), limit=5).total == 2
        assert longest.release.id in ids(unit.search.newest(Filter.of_bodies("kent"), limit=5))
