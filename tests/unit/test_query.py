from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releases import make_release

from summaries.errors import AmbiguousBody, BadFilter, UnknownBody
from summaries.forces import bodies
from summaries.query import Filter, parse_filter, read_filter

KENT, ESSEX = "kent", "essex"
KENT_IN_WORDS = "Kent Police, on legitimacy, from 2016 on, with ‘vetting’, not graded good"
HAMPSHIRE = "force:hampshire-and-isle-of-wight"


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
        ("Kent and Essex legitimacy 2016", "force:essex force:kent pillar:legitimacy year:2016"),
        ("the releases on Kent in 2016", "force:kent year:2016"),
        ("Hampshire PEEL 2016 -legitimacy", f'{HAMPSHIRE} -pillar:legitimacy programme:"PEEL 2016"'),
        ("-Kent", "-force:kent"),
        ("–Thames Valley legitimacy", "-force:thames-valley pillar:legitimacy"),
        ("-force:kent,essex", "-force:essex -force:kent"),
        ("force:kent, essex", "force:essex force:kent"),
        ("force:kent|essex", "force:essex force:kent"),
        ("force:devon and cornwall", "force:devon-and-cornwall"),
        ("force: thames valley 2016", "force:thames-valley year:2016"),
        ("Kent or legitimacy", "force:kent or pillar:legitimacy"),
        ("Kent | pillar:legitimacy", "force:kent or pillar:legitimacy"),
        ("Kent legitimacy OR Essex", "force:kent force:essex or pillar:legitimacy"),
        ("-Kent or -Essex", "-force:essex or -force:kent"),
        ("-force:kent,essex or 2016", "-force:essex or year:2016 -force:kent or year:2016"),
        ("(Kent or Essex)", "force:essex force:kent"),
        ("grade:good or outstanding", "grade:good grade:outstanding"),
        ("all or Kent", "all"),
        ("all legitimacy", "pillar:legitimacy"),
        ("“abuse of authority”", 'text:"abuse of authority"'),
        ('"Thames Valley"', "force:thames-valley"),
        ("Kent text:vetting", "force:kent text:vetting"),
        ('Kent -"abuse of authority"', 'force:kent -text:"abuse of authority"'),
        ("custody", "programme:Custody"),
    ],
)
def test_a_filter_has_one_canonical_text_however_it_was_typed(typed: str, canonical: str) -> None:
    assert parse_filter(typed).text == canonical


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("vetting", "text:vetting"),
        ("Kent vetting", "text:kent text:vetting"),
        ("vetting vetting", "text:vetting"),
        ("well-being", "text:well-being"),
        ("‘vetting’", "text:vetting"),
        ('"Abuse  of Authority"', 'text:"abuse of authority"'),
        ('"no end', 'text:"no end"'),
        ("vetting or custody", "text:custody or text:vetting"),
        ("vetting and custody & force", "text:custody text:force text:vetting"),
        ("-vetting", "-text:vetting"),
        ("vetting - custody", "text:custody text:vetting"),
        ("everything", "all"),
        ("wellbeing -force:hampshire", f"-{HAMPSHIRE} text:wellbeing"),
        ("vetting force:thames valley", "force:thames-valley text:vetting"),
        ("vetting force:kent and essex and custody", "force:essex force:kent text:custody text:vetting"),
        ("grade:requires improvement vetting", 'grade:"requires improvement" text:vetting'),
        ("force:kent or vetting", "force:kent or text:vetting"),
        ("text:a,b", "text:a or text:b"),
        ("text:a, b", "text:a text:b"),
        ("10:30", "text:10-30"),
    ],
)
def test_where_bare_words_are_text_they_are_names_of_nothing(typed: str, canonical: str) -> None:
    assert parse_filter(typed, bare="text").text == canonical


def test_the_bodies_keep_the_order_in_which_they_were_named() -> None:
    assert parse_filter("Surrey, Kent and Essex").bodies == ("surrey", "kent", "essex")
    assert parse_filter("Surrey, Kent") == parse_filter("Kent, Surrey")
    assert len({parse_filter("Surrey, Kent"), parse_filter("Kent, Surrey")}) == 1


@pytest.mark.parametrize(
    ("typed", "offered"), [("vetting", "topic:vetting"), ("Kent good", "grade:good"), ("parr", "inspector:parr")]
)
def test_a_word_that_is_a_value_of_a_key_is_offered_under_it(typed: str, offered: str) -> None:
    with pytest.raises(UnknownBody, match=f"Did you mean `{offered}`"):
        parse_filter(typed)


def test_of_a_name_typed_wrong_in_part_the_whole_is_looked_up() -> None:
    with pytest.raises(UnknownBody) as raised:
        parse_filter("Devon and Cornwal")
    assert raised.value.facts["typed"] == "Devon and Cornwal"
    with pytest.raises(UnknownBody) as raised:
        parse_filter("Kent, Essex Hampshrie")
    assert raised.value.facts["typed"] == "Hampshrie"


def test_a_quoted_name_that_is_only_nearly_right_is_asked_about_and_not_looked_for() -> None:
    with pytest.raises(UnknownBody):
        parse_filter('"Hampshrie"')


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


NAMES = [
    "kent",
    "wmp",
    "thames",
    "valley",
    "legitimacy",
    "peel",
    "good",
    "vetting",
    "2015..2017",
    "March",
    "south-east",
]
KEYED = ["force:", "pillar:", "grade:", "year:", "before:", "text:", "peers:", "region:", "since:", "x:"]
PIECES = st.sampled_from([*NAMES, *KEYED, "all", "and", "or", *"|,-():\"'“–\0"])


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=9).map("".join)
    ),
    st.sampled_from(["names", "text"]),
)
def test_any_text_is_a_filter_or_a_bad_filter(text: str, bare: Literal["names", "text"]) -> None:
    try:
        parsed = parse_filter(text, bare=bare, groups={"kent": ("essex",)})
    except BadFilter:
        return
    assert read_filter(parsed.text) == parsed
    assert parse_filter(parsed.text, bare=bare).text == parsed.text
    assert parsed.words


@pytest.mark.parametrize(
    "stored", ["", "Kent", "force:", "region:wales", "force:kent or", "or force:kent", "all x", "-"]
)
def test_what_is_not_a_stored_filter_is_not_read_as_one(stored: str) -> None:
    with pytest.raises(BadFilter):
        read_filter(stored)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("all", "every release"),
        ("Kent", "Kent Police"),
        ("Kent, Essex, Surrey", "Essex Police, Kent Police and Surrey Police"),
        ("Kent legitimacy -grade:good since:2016 text:vetting", KENT_IN_WORDS),
        ("region:wales", "bodies in Wales"),
        ("region:london, surrey", "bodies in London and Surrey Police"),
        ('region:"south east police"', "police forces in the South East"),
        ("-region:wales", "releases not about bodies in Wales"),
        ("peel 2016", "releases of PEEL 2016"),
        ("custody 2015..2017", "releases of the programme Custody, of 2015 to 2017"),
        ("Kent or legitimacy", "releases either about Kent Police or on legitimacy"),
        ("-Kent or -legitimacy", "releases either not about Kent Police or not on legitimacy"),
        ("inspector:zoe billingham before:2 March 2016", "releases quoting Zoë Billingham, before 2 March 2016"),
        ('"abuse of authority" or text:vetting', "releases with “abuse of authority” or ‘vetting’"),
        ("after:2016-03 kind:revisit", "releases of the kind revisit, from April 2016 on"),
        ('grade:"not graded"', "releases graded “not graded”"),
    ],
)
def test_the_words_say_what_is_meant_for_people(typed: str, words: str) -> None:
    assert parse_filter(typed).words == words


def test_very_many_bodies_are_named_up_to_a_number_with_how_many_more() -> None:
    units = [body for body in bodies() if body.endswith("-rocu")]
    others = ["british-transport-police", "national-crime-agency", "border-force", "guernsey-police", "kent"]
    assert Filter.of_bodies(*units, *others[:3]).words.endswith(
        "and Yorkshire and the Humber Regional Organised Crime Unit"
    )
    assert Filter.of_bodies(*units, *others).words.endswith("South West Regional Organised Crime Unit and 3 more")


def test_all_matches_every_release() -> None:
    assert parse_filter("all").matches(make_release(bodies=()))


def test_a_body_matches_what_is_about_it_and_not_what_only_mentions_it() -> None:
    wanted = Filter.of_bodies(ESSEX, KENT)
    assert wanted.matches(make_release(bodies=(KENT,)))
    assert wanted.matches(make_release(bodies=("surrey", ESSEX)))
    assert not wanted.matches(make_release(bodies=("surrey",), mentions=(KENT,)))
