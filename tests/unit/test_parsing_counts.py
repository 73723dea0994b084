"""Causes of concern and areas for improvement are counted as stated, and only those of this inspection."""

from __future__ import annotations

import pytest
from reading import read

TITLE = "Custody services in Kent need improvement, inspectors say"


def counts(*paragraphs: str) -> tuple[int | None, int | None]:
    release = read("\n\n".join([TITLE, *paragraphs]))
    return release.causes_of_concern, release.areas_for_improvement


@pytest.mark.parametrize(
    ("sentence", "causes", "areas"),
    [
        ("Inspectors found three main causes of concern in Kent, which were many.", 3, None),
        ("They identified an additional 22 areas for improvement.", None, 22),
        ("They identified a cause of concern about detention.", 1, None),
        ("HMICFRS has issued one cause of concern and five areas for improvement.", 1, 5),
        ("The inspectorate raised an accelerated cause of concern.", 1, None),
        ("There are twenty-one areas in need of improvement.", None, 21),
        ("Twelve areas for improvement were set out.", None, 12),
        ("Inspectors highlighted 17 areas for improvement, among them records of the use of force.", None, 17),
    ],
)
def test_what_is_stated_is_counted(sentence: str, causes: int | None, areas: int | None) -> None:
    assert counts(sentence) == (causes, areas)


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2019 inspectors found four causes of concern.",
        "The last inspection gave the force four areas for improvement.",
        "Previously there were two causes of concern.",
        "Two of the causes of concern have gone.",
        "It has addressed three causes of concern.",
        "Across all forces there were 40 causes of concern.",
        "A cause of concern is always followed by a recommendation.",
        "Inspectors found three causes of concern …",
        "There are areas for improvement.",
        "The force was inspected in 2021 areas of it improved.",
    ],
)
def test_what_is_recalled_or_cut_off_or_of_others_is_not(sentence: str) -> None:
    assert counts(sentence) == (None, None)


def test_two_numbers_are_a_doubt_and_none_is_taken() -> None:
    release = read(f"{TITLE}\n\nThere are two causes of concern.\n\nInspectors raised four causes of concern.")

    assert release.causes_of_concern is None
    assert any("Different numbers" in doubt for doubt in release.doubts)


def test_one_number_said_twice_is_no_doubt() -> None:
    assert counts("There are two causes of concern.", "The two causes of concern are grave.") == (2, None)


def test_notes_count_nothing() -> None:
    assert counts("It was grave.", "Notes to editors", "1. There were three causes of concern.") == (None, None)


def test_a_count_points_at_its_words() -> None:
    release = read(f"{TITLE}\n\nThere are two **main** causes\nof concern.")

    assert release.field_evidence["causes_of_concern"].words == "two **main** causes of concern"
