"""What a filter means: which releases it matches, and that its parts fit together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from corpus import documents
from hypothesis import given
from hypothesis import strategies as st
from releases import make_release

from summaries.parsing import parse
from summaries.query import Filter, Literal, parse_filter, read_filter
from summaries.query.facets import PILLARS, facets
from summaries.query.filters import KEYS
from summaries.query.vocabulary import values
from summaries.types import (
    Evidence,
    Grade,
    Judgment,
    Kind,
    NamedGrade,
    NextInspection,
    Pillar,
    PriorJudgment,
    RawRelease,
    Release,
    Scale,
    Scope,
    Statement,
)

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
SPAN = Evidence(0, 0, "")
WORDS = ["vetting", "force", "kent", "abuse of authority", "the inspectorate", "custody", "nowhere", "2016"]


def some_releases() -> list[Release]:
    """A third of the corpus, and the seeds."""
    read = [release for document in documents()[::3] for release in document.parse()]
    return read + [release for seed in SEEDS for release in parse(RawRelease(seed.name, seed.read_bytes())).releases]


RELEASES = some_releases()


def _literals() -> st.SearchStrategy[Literal]:
    held = {
        key: sorted({value for release in RELEASES for value in facets(release)[key]}) for key in facets(RELEASES[0])
    }
    valued = [
        st.builds(Literal, st.just(key), st.sampled_from(some), st.booleans()) for key, some in held.items() if some
    ]
    years = st.integers(2009, 2026)
    ranges = st.tuples(years, years).map(sorted).map(lambda span: f"{span[0]}..{span[1]}")
    days = st.dates(date(2010, 1, 1), date(2025, 12, 31)).map(str)
    dates = st.one_of(years.map(str), days.map(lambda day: day[:7]), days)
    return st.one_of(
        *valued,
        st.builds(Literal, st.just("year"), st.one_of(years.map(str), ranges), st.booleans()).filter(_is_span),
        st.builds(Literal, st.sampled_from(["before", "after"]), dates, st.booleans()),
        st.builds(Literal, st.just("text"), st.sampled_from(WORDS), st.booleans(), st.booleans()),
    )


def _is_span(literal: Literal) -> bool:
    first, _, last = literal.value.partition("..")
    return first != last


LITERALS = _literals()
CLAUSES = st.lists(LITERALS, min_size=1, max_size=3).map(tuple)
FILTERS = st.lists(CLAUSES, max_size=4).map(lambda clauses: Filter(tuple(clauses)))


@given(FILTERS)
def test_a_filter_is_read_back_from_its_canonical_text(made: Filter) -> None:
    assert read_filter(made.text) == made
    assert read_filter(made.text).text == made.text
    for bare in ("names", "text"):
        assert parse_filter(made.text, bare=bare).text == made.text  # type: ignore[arg-type]


@given(FILTERS)
def test_a_filter_read_back_matches_the_same_and_has_the_same_words(made: Filter) -> None:
    again = read_filter(made.text)
    assert again.words == made.words
    assert [again.matches(release) for release in RELEASES] == [made.matches(release) for release in RELEASES]


@given(LITERALS)
def test_a_condition_and_its_negation_part_all_releases_in_two_but_for_those_of_no_known_day(literal: Literal) -> None:
    one, other = Filter(((literal,),)), Filter(((replace(literal, negated=not literal.negated),),))
    for release in RELEASES:
        held = {one.matches(release), other.matches(release)}
        if literal.key in ("before", "after") and release.published_on is None:
            assert held != {True}
        else:
            assert held == {True, False}


@given(LITERALS, LITERALS)
def test_or_is_the_union_and_a_sequence_the_intersection(left: Literal, right: Literal) -> None:
    either, both = Filter(((left, right),)), Filter(((left,), (right,)))
    alternatives = left.key == right.key != "text" and not (left.negated or right.negated)
    for release in RELEASES:
        held = [Filter(((literal,),)).matches(release) for literal in (left, right)]
        assert either.matches(release) == any(held)
        assert both.matches(release) == (any(held) if alternatives else all(held))


@given(st.text(max_size=80), st.sampled_from(["names", "text"]))
def test_all_matches_every_release_whatever_is_in_it(text: str, bare: str) -> None:
    assert Filter().matches(replace(make_release(), text=text))
    assert parse_filter("all", bare=bare).matches(replace(make_release(), text=text))  # type: ignore[arg-type]


def test_a_clause_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Filter(((),))


def test_every_key_of_a_release_can_be_asked_for() -> None:
    assert set(facets(RELEASES[0])) <= set(KEYS)
    for release in RELEASES:
        asked = {key: held for key, held in facets(release).items() if held}
        for key, held in asked.items():
            assert all(Filter(((Literal(key, value),),)).matches(release) for value in held)
    assert set(values("pillar").values()) == set(PILLARS)


TEXT = "Zoë’s team vetted officers. It found abuse of\f authority, and well-being was good."


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("vetting", True),
        ("vets ZOE", True),
        ("vetting corruption", False),
        ("vetting or corruption", True),
        ("-vetting", False),
        ("-corruption", True),
        ('"vetted officers"', True),
        ('"vetting officers"', False),
        ('"abuse of authority"', True),
        ('"authority abuse"', False),
        ('"etted officer"', False),
        ("well-being", True),
        ("being-well", False),
        ("abuses authorities", True),
        ("vet", True),
        ("vett", False),
    ],
)
def test_bare_words_match_by_stem_and_quoted_ones_as_they_are(typed: str, matches: bool) -> None:
    assert parse_filter(typed, bare="text").matches(replace(make_release(), text=TEXT)) is matches


UNDATED_2016 = make_release(cycle="2016")
UNDATED_2018 = make_release(cycle="2018/19")
MARCH_2017 = make_release(cycle="2016", published_on=date(2017, 3, 2))
TIMELESS = replace(make_release(cycle=None, closing="Published in 2016."), programme=None)


@pytest.mark.parametrize(
    ("typed", "release", "matches"),
    [
        ("before:2017", UNDATED_2016, False),
        ("before:2030", UNDATED_2016, False),
        ("-before:2016", UNDATED_2016, True),
        ("-before:2016-01-01", UNDATED_2016, True),
        ("-before:2016-01-02", UNDATED_2016, False),
        ("-before:2017", UNDATED_2016, False),
        ("-after:2015", UNDATED_2016, False),
        ("-after:2016", UNDATED_2016, False),
        ("-after:2030", UNDATED_2016, False),
        ("before:2016", UNDATED_2016, False),
        ("before:2016-06", UNDATED_2016, False),
        ("after:2015", UNDATED_2016, True),
        ("after:2016", UNDATED_2016, False),
        ("after:2016-01-01", UNDATED_2016, False),
        ("after:2016-06", UNDATED_2016, False),
        ("before:2017-03-02", MARCH_2017, False),
        ("before:2017-03-03", MARCH_2017, True),
        ("after:2017-03-02", MARCH_2017, False),
        ("since:2017-03-02", MARCH_2017, True),
        ("until:2017-03-02", MARCH_2017, True),
        ("after:2017-02", MARCH_2017, True),
        ("before:2017", MARCH_2017, False),
        ("year:2016", MARCH_2017, True),
        ("year:2017", MARCH_2017, False),
        ("year:2018", UNDATED_2018, True),
        ("year:2015..2017", UNDATED_2016, True),
        ("year:2017..2019", UNDATED_2016, False),
        ("before:2030", TIMELESS, False),
        ("after:2000", TIMELESS, False),
        ("-before:2030", TIMELESS, False),
        ("-after:2016", TIMELESS, False),
        ("-after:2016 or force:kent", TIMELESS, True),
        ("-before:2017", MARCH_2017, True),
        ("-before:2018", MARCH_2017, False),
        ("-after:2016", MARCH_2017, False),
        ("-after:2017", MARCH_2017, True),
        ("-after:2017-03-02", MARCH_2017, True),
        ("year:2016", TIMELESS, False),
        ("before:2010 after:2020", MARCH_2017, False),
    ],
)
def test_time_is_that_of_publication_else_no_earlier_than_the_year_and_never_a_guess(
    typed: str, release: Release, matches: bool
) -> None:
    assert parse_filter(typed).matches(release) is matches


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_day_is_before_after_or_on_another_day(published: date, named: date) -> None:
    release = make_release(published_on=published)
    found = [word for word in ("before", "after", "since", "until") if parse_filter(f"{word}:{named}").matches(release)]
    if published == named:
        assert found == ["since", "until"]
    else:
        assert found == (["before", "until"] if published < named else ["after", "since"])
    assert parse_filter(f"since:{named}") == parse_filter(f"after:{named - timedelta(days=1)}")


def _speaks(name: str, *, inspector: bool) -> Statement:
    return Statement(name, None, inspector, None, (), (), SPAN)


GRADED = replace(
    make_release(pillar=None, bodies=("kent", "essex"), mentions=("surrey",), kind=Kind.NATIONAL),
    judgments=(
        Judgment("kent", Scope.PILLAR, "efficiency", Grade.GOOD, Scale.FOUR, SPAN),
        Judgment("kent", Scope.QUESTION, "call handling", Grade.GOOD, Scale.FOUR, SPAN),
    ),
    prior_judgments=(PriorJudgment("kent", Scope.PILLAR, "legitimacy", Grade.OUTSTANDING, "2015", SPAN),),
    named_grades=(NamedGrade("surrey", Grade.INADEQUATE, SPAN),),
    topics=("vetting", "stop and search"),
    statement=_speaks("Sir Thomas Winsor", inspector=True),
    other_statements=(_speaks("Zoë Billingham", inspector=True), _speaks("Matt Parr", inspector=False)),
    next_inspection=NextInspection("in 2018", 2018, SPAN),
)


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("force:kent", True),
        ("force:surrey", False),
        ("force:surrey,essex", True),
        ("-force:essex", False),
        ("pillar:efficiency", True),
        ("pillar:legitimacy", False),
        ("programme:peel", True),
        ("programme:peel-2016", True),
        ("programme:peel-2017", False),
        ("grade:good", True),
        ("grade:inadequate", True),
        ("grade:outstanding", False),
        ("kind:national", True),
        ("kind:force-inspection", False),
        ("topic:vetting", True),
        ("-topic:stop and search", False),
        ("topic:custody", False),
        ("inspector:winsor", True),
        ("inspector:Tom Winsor", True),
        ("inspector:Zoe Billingham", True),
        ("inspector:parr", False),
        ("year:2018", False),
        ("force:kent pillar:efficiency grade:good -topic:custody", True),
        ("pillar:legitimacy or topic:vetting", True),
    ],
)
def test_each_key_asks_for_what_the_release_itself_says(typed: str, matches: bool) -> None:
    assert parse_filter(typed).matches(GRADED) is matches


def test_the_words_looked_for_are_the_positive_ones_once_each() -> None:
    wanted = parse_filter('vetting or kent -custody "abuse of authority" vetting', bare="text")
    assert wanted.looked_for == (
        Literal("text", "vetting"),
        Literal("text", "kent"),
        Literal("text", "abuse of authority", exact=True),
    )


def test_the_pillar_of_a_release_is_a_pillar_it_is_about() -> None:
    assert parse_filter("legitimacy").matches(make_release(pillar=Pillar.LEGITIMACY))
