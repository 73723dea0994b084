"""What the inspectorate's words mean, in ours."""

from __future__ import annotations

import pytest

from summaries.definitions import definitions, explain
from summaries.forces import bodies
from summaries.frameworks import programmes
from summaries.types import Grade


@pytest.mark.parametrize("grade", [*Grade, "cause of concern", "area for improvement", "Engage", "scan", "PEEL", "AFI"])
def test_the_words_of_every_release_are_explained(grade: str) -> None:
    assert explain(grade).definitions


def test_adequate_exists_only_since_five_grades_do() -> None:
    told = {one.programme: one for one in explain("adequate").definitions}

    assert set(told) == {"PEEL", "Fire and rescue"}
    assert "only since PEEL 2021/22" in told["PEEL"].words
    assert "only since round 3" in told["Fire and rescue"].words


@pytest.mark.parametrize(
    ("asked", "term", "programme"),
    [
        ("Adequate", "adequate", None),
        ("adequate fire", "adequate", "Fire and rescue"),
        ("adequate in PEEL 2021/22", "adequate", "PEEL"),
        ("fire and rescue pillars", "pillar", "Fire and rescue"),
        ("requiring improvement", "requires improvement", None),
        ("“causes of concern”?", "cause of concern", None),
        ("hmic", "HMICFRS", None),
        ("56 days", "response duty", None),
    ],
)
def test_a_term_is_known_by_its_forms_and_narrowed_by_its_programme(
    asked: str, term: str, programme: str | None
) -> None:
    found = explain(asked)

    assert (found.term, found.programme) == (term, programme)
    assert all(one.programme in (programme, None) for one in found.definitions if programme)


def test_an_unknown_word_leads_to_the_terms_that_are_spelt_like_it() -> None:
    found = explain("adaquate")

    assert (found.term, found.nearest[0]) == (None, "adequate")


@pytest.mark.parametrize("word", ["", "zebra crossing", "¶", "x" * 300])
def test_a_word_that_is_like_no_term_has_no_nearest(word: str) -> None:
    assert explain(word).nearest == ()


def test_every_definition_says_what_it_follows_and_of_which_programme() -> None:
    assert all(one.source and one.words and one.cycles for one in definitions())
    assert {one.programme for one in definitions()} <= {None, *programmes()}


def test_no_definition_says_anything_of_a_force_or_service() -> None:
    inspected = [body.official for body in bodies().values() if body.kind in ("police", "fire")]

    assert [one.words for one in definitions() for name in inspected if name in one.words] == []
