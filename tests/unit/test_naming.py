"""Names of bodies in running words, as people type them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.forces import Ambiguous, Exact
from summaries.naming import TYPO_FLOOR, bodies_typed


def found(text: str) -> list[tuple[str, list[str]]]:
    listed = []
    for typed in bodies_typed(text):
        match typed.match:
            case Exact() as exact:
                ids = [exact.body.id]
            case Ambiguous() as unclear:
                ids = sorted(body.id for body in unclear.bodies)
            case unknown:
                ids = [f"near {unknown.nearest[0].body.id}"]
        listed.append((text[typed.start : typed.end], ids))
    return listed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("how did hampshire do", [("hampshire", ["hampshire-and-isle-of-wight"])]),
        ("compare kent & essex", [("kent", ["kent"]), ("essex", ["essex"])]),
        ("Devon and Cornwall and Kent", [("Devon and Cornwall", ["devon-and-cornwall"]), ("Kent", ["kent"])]),
        ("what of devon & somerset fire?", [("devon & somerset fire", ["devon-and-somerset-fire"])]),
        ("Heddlu De Cymru's record", [("Heddlu De Cymru's", ["south-wales"])]),
        ("is the Met better", [("the Met", ["metropolitan"])]),
        ("crime in Basingstoke", [("Basingstoke", ["hampshire-and-isle-of-wight"])]),
        ("vetting at WMP", [("WMP", ["west-mercia", "west-midlands"])]),
        ("how is leciestershire", [("leciestershire", ["near leicestershire"])]),
        ("news of thmaes valley", [("thmaes valley", ["near thames-valley"])]),
        (
            "West Yorkshire, not Yorkshire",
            [
                ("West Yorkshire", ["west-yorkshire"]),
                ("Yorkshire", ["humberside", "north-yorkshire", "south-yorkshire", "west-yorkshire"]),
            ],
        ),
    ],
)
def test_names_are_found_in_running_words_the_longest_first(text: str, named: list[tuple[str, list[str]]]) -> None:
    assert found(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "reading the report",
        "they met in the city",
        "all forces in England and Wales",
        "therefore a survey of people working",
        "handover of cases",
        "",
    ],
)
def test_words_of_the_language_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_word_that_is_known_is_no_name_misspelt() -> None:
    assert found("durhams") == [("durhams", ["near durham"])]
    assert bodies_typed("durhams", lambda word: word == "durhams") == []


@given(st.text(max_size=200))
def test_names_are_in_order_and_never_overlap(text: str) -> None:
    spans = [(typed.start, typed.end) for typed in bodies_typed(text)]

    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert TYPO_FLOOR < 100
