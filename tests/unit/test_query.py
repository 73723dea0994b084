from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releases import make_release

from summaries.errors import AmbiguousBody, BadFilter, UnknownBody
from summaries.forces import bodies
from summaries.query import Filter, parse_filter, read_filter

KENT, ESSEX = "kent", "essex"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("all", "all"),
        (" Everything ", "all"),
        ("Kent", "force:kent"),
        ("force:kent", "force:kent"),
        ("FORCE:Kent", "force:kent"),
        ("hants", "force:hampshire-and-isle-of-wight"),
        ("Kent, Essex", "force:essex force:kent"),
        ("Kent or Essex, kent", "force:essex force:kent"),
        ("Kent and Essex", "force:essex force:kent"),
        ("Devon & Cornwall", "force:devon-and-cornwall"),
        ("Devon and Cornwall and Kent", "force:devon-and-cornwall force:kent"),
        ('force:kent force:"Avon and Somerset"', "force:avon-and-somerset force:kent"),
        ("Kent fire", "force:kent-fire"),
    ],
)
def test_a_filter_has_one_canonical_text_however_it_was_typed(typed: str, canonical: str) -> None:
    assert parse_filter(typed).text == canonical


@given(st.sets(st.sampled_from(sorted(bodies())), max_size=6))
def test_a_canonical_text_reads_the_same_with_and_without_the_register(wanted: set[str]) -> None:
    made = Filter.of_bodies(*sorted(wanted))
    assert read_filter(made.text) == made
    assert parse_filter(made.text) == made


def test_a_stored_filter_is_read_though_the_register_no_longer_knows_the_body() -> None:
    gone = read_filter("force:no-such-force")
    assert gone.bodies == ("no-such-force",)
    assert gone.words == "no-such-force"


def test_a_name_of_two_bodies_is_asked_about() -> None:
    with pytest.raises(AmbiguousBody) as raised:
        parse_filter("Kent, WMP")
    assert raised.value.facts["typed"] == "WMP"
    assert {body.id for body in raised.value.facts["candidates"]} == {"west-mercia", "west-midlands"}  # type: ignore[attr-defined]


def test_a_misspelt_name_is_answered_with_the_nearest_and_not_guessed() -> None:
    with pytest.raises(UnknownBody) as raised:
        parse_filter("Hampshrie")
    candidates = raised.value.facts["candidates"]
    assert candidates[0].id == "hampshire-and-isle-of-wight"  # type: ignore[index]
    assert "Hampshire and Isle of Wight Constabulary" in str(raised.value)


def test_a_word_like_no_name_has_no_candidates() -> None:
    with pytest.raises(UnknownBody) as raised:
        parse_filter("payload")
    assert raised.value.facts["candidates"] == ()


def test_a_key_there_is_not_is_named() -> None:
    with pytest.raises(BadFilter) as raised:
        parse_filter("Kent colour:blue")
    assert raised.value.facts["unknown"] == "colour:"


@pytest.mark.parametrize("typed", ["", "  ", "force:", ",", '""'])
def test_a_filter_that_names_nothing_is_refused(typed: str) -> None:
    with pytest.raises(BadFilter):
        parse_filter(typed)


@given(st.text(max_size=60))
def test_any_text_is_a_filter_or_a_bad_filter(text: str) -> None:
    try:
        parsed = parse_filter(text)
    except BadFilter:
        return
    assert read_filter(parsed.text) == parsed


def test_the_words_name_the_bodies_for_people() -> None:
    assert parse_filter("all").words == "every release"
    assert parse_filter("Kent").words == "Kent Police"
    assert parse_filter("Kent, Essex, Surrey").words == "Essex Police, Kent Police and Surrey Police"


def test_all_matches_every_release() -> None:
    assert parse_filter("all").matches(make_release(bodies=()))


def test_a_body_matches_what_is_about_it_and_not_what_only_mentions_it() -> None:
    wanted = Filter.of_bodies(ESSEX, KENT)
    assert wanted.matches(make_release(bodies=(KENT,)))
    assert wanted.matches(make_release(bodies=("surrey", ESSEX)))
    assert not wanted.matches(make_release(bodies=("surrey",), mentions=(KENT,)))
