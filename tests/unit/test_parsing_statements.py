"""Who is speaking, and where what they say begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading import peel_release, read

from summaries.parsing.layout.attribution import read_attribution
from summaries.parsing.layout.passage import Passage

if TYPE_CHECKING:
    from summaries.types import Statement

HEADLINE = "Kent Police is 'good' at legitimately keeping people safe and reducing crime - HMIC"
SAID = "HM Inspector of Constabulary Zoë Billingham said:"
CLOSING = "HMIC has also published individual assessments."


@pytest.mark.parametrize(
    ("printed", "speaker", "role", "region", "is_inspector"),
    [
        (
            "HM Inspector of Constabulary Zoe Billingham said:",
            "Zoë Billingham",
            "HM Inspector of Constabulary",
            None,
            True,
        ),
        (
            "HM Inspector of Constabulary for the Eastern Region, Zöe Billingham, said:",
            "Zoë Billingham",
            "HM Inspector of Constabulary",
            "Eastern Region",
            True,
        ),
        (
            "HM Inspector of Constabulary Mike Cunningham QPM, who led the inspection, said:",
            "Michael Cunningham",
            "HM Inspector of Constabulary",
            None,
            True,
        ),
        ("HMI Matt Parr CB said:", "Matt Parr", "HMI", None, True),
        ("HMI Dru Sharpling, who led this inspection, said:", "Dru Sharpling", "HMI", None, True),
        ("Her Majesty's Inspector Wendy Williams said:", "Wendy Williams", "Her Majesty's Inspector", None, True),
        (
            "His Majesty’s Chief Inspector of Constabulary Andy Cooke recently said:",
            "Andy Cooke",
            "His Majesty's Chief Inspector of Constabulary",
            None,
            True,
        ),
        (
            "His Majesty's Chief Inspector of Constabulary, Andy Cooke said:",
            "Andy Cooke",
            "His Majesty's Chief Inspector of Constabulary",
            None,
            True,
        ),
        (
            "Her Majesty's Chief Inspector of Constabulary, Sir Thomas Winsor, said:",
            "Sir Thomas Winsor",
            "Her Majesty's Chief Inspector of Constabulary",
            None,
            True,
        ),
        (
            "His Majesty's Inspector of Fire and Rescue Services Roy Wilsher OBE QFSM said:",
            "Roy Wilsher",
            "His Majesty's Inspector of Fire and Rescue Services",
            None,
            True,
        ),
        (
            "HM Inspector of Constabulary for the Metropolitan Police Service Matt Parr said:",
            "Matt Parr",
            "HM Inspector of Constabulary",
            "Metropolitan Police Service",
            True,
        ),
        (
            "HM Inspector of Constabulary Jane O'Neill-Smith said:",
            "Jane O'Neill-Smith",
            "HM Inspector of Constabulary",
            None,
            True,
        ),
        ("Zoë Billingham said:", "Zoë Billingham", None, None, True),
        ("Chief Constable Jane Smith said:", "Jane Smith", "Chief Constable", None, False),
        ("Review Lead Matt Parr said:", "Matt Parr", "Review Lead", None, False),
        (
            "HM Chief Inspector of Prisons, Peter Clarke, said:",
            "Peter Clarke",
            "HM Chief Inspector of Prisons",
            None,
            False,
        ),
        (
            "Zoë Billingham, HM Inspector of Constabulary, said:",
            "Zoë Billingham",
            "HM Inspector of Constabulary",
            None,
            True,
        ),
        (
            "Responding to HM Inspector of Constabulary Zoë Billingham, Police and Crime Commissioner David Munro"
            " said:",
            "David Munro",
            "Police and Crime Commissioner",
            None,
            False,
        ),
        (
            "Former HM Inspector of Constabulary Zoë Billingham said:",
            "Zoë Billingham",
            "Former HM Inspector of Constabulary",
            None,
            False,
        ),
        (
            "Martin Lomas, Deputy Chief Inspector of Prisons, and HM Inspector of Constabulary Dru Sharpling said:",
            "Dru Sharpling",
            "HM Inspector of Constabulary",
            None,
            True,
        ),
        (
            "HM Inspector Roy Wilsher has responsibility for Lincolnshire Police. He said:",
            "Roy Wilsher",
            "HM Inspector",
            None,
            True,
        ),
        (
            "His Majesty’s Inspector of Constabulary and Fire & Rescue Services, Lee Freeman KPM, said:",
            "Lee Freeman",
            "His Majesty's Inspector of Constabulary and Fire & Rescue Services",
            None,
            True,
        ),
        (
            "Commenting on the report, HM Inspector of Constabulary Zoë Billingham, lead for PEEL, said:",
            "Zoë Billingham",
            "HM Inspector of Constabulary",
            None,
            True,
        ),
        ("The HMI for the North of England, Phil Gormley, said:", "Phil Gormley", "HMI", "North of England", True),
        (
            "Sir Tom Winsor, Chief Inspector of Constabulary, said:",
            "Sir Thomas Winsor",
            "Chief Inspector of Constabulary",
            None,
            True,
        ),
        (
            "Chief Constable Ian Hopkins, of Greater Manchester Police, said:",
            "Ian Hopkins",
            "Chief Constable",
            None,
            False,
        ),
        (
            "Martin Lomas, Deputy Chief Inspector of Prisons, said:",
            "Martin Lomas",
            "Deputy Chief Inspector of Prisons",
            None,
            False,
        ),
        (
            "Police and Crime Commissioner Donna Jones added:",
            "Donna Jones",
            "Police and Crime Commissioner",
            None,
            False,
        ),
    ],
)
def test_attributions(printed: str, speaker: str, role: str | None, region: str | None, is_inspector: bool) -> None:
    read_as = read_attribution(Passage.read(printed, 0, len(printed)))

    assert read_as
    assert (read_as.speaker.name, read_as.speaker.role, read_as.speaker.region, read_as.is_inspector) == (
        speaker,
        role,
        region,
        is_inspector,
    )
    assert read_as.evidence.quote == printed


@pytest.mark.parametrize(
    "printed",
    [
        "He said:",
        "The report said:",
        "HMIC said:",
        "Inspectors said: nothing was wrong",
        'He said "so". Jane Smith said: x',
        "and then Jane Smith said:",
        "Jane Smith said nothing.",
        "It ended. Jane Smith said:",
        "Responding to HM Inspector of Constabulary Zoë Billingham said:",
    ],
)
def test_what_introduces_nobody_by_name_is_no_attribution(printed: str) -> None:
    assert read_attribution(Passage.read(printed, 0, len(printed))) is None


def test_two_who_speak_together_are_both_named() -> None:
    printed = "Martin Lomas, Deputy Chief Inspector of Prisons, and Dru Sharpling, HM Inspector of Constabulary, said:"

    read_as = read_attribution(Passage.read(printed, 0, len(printed)))

    assert read_as
    assert (read_as.speaker.name, read_as.is_inspector) == ("Dru Sharpling", True)
    assert [(other.name, other.role, other.is_inspector) for other in read_as.also] == [
        ("Martin Lomas", "Deputy Chief Inspector of Prisons", False)
    ]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("HM Inspector of Constabulary Wendy Williams said she was pleased with much of it.", "Wendy Williams"),
        ("Chief Constable Jane Smith said that it would work harder.", "Jane Smith"),
        ("The force has welcomed the report.", None),
        ("Jane Smith and John Brown said that it would work harder.", None),
    ],
)
def test_she_is_whoever_the_paragraph_before_says_spoke(before: str, speaker: str | None) -> None:
    statement = peel_release(HEADLINE, before, "She said:", "“There is more to do.”").statement

    assert (statement.speaker if statement else None) == speaker


def spoken(*paragraphs: str) -> Statement:
    statement = peel_release(HEADLINE, *paragraphs).statement
    assert statement
    return statement


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param([SAID, '"One."', CLOSING], ["One."], id="one paragraph"),
        pytest.param([SAID, '" One. "', CLOSING], ["One."], id="spaces inside the marks"),
        pytest.param([SAID, '"One.', '"Two."', CLOSING], ["One.", "Two."], id="each opens, the last closes"),
        pytest.param(
            [SAID, '"One.', "Two.", 'Three."', CLOSING], ["One.", "Two.", "Three."], id="only the first opens"
        ),
        pytest.param([SAID, '"One."', '"Two."', CLOSING], ["One.", "Two."], id="each closed by itself"),
        pytest.param(
            [SAID, '"One.', "More.", '"Two."', CLOSING], ["One. More.", "Two."], id="page break at a sentence's end"
        ),
        pytest.param([SAID, '"One and', 'Two."', CLOSING], ["One and Two."], id="page break inside a sentence"),
        pytest.param([SAID, "“It is ‘good’.”", CLOSING], ["It is ‘good’."], id="curly marks with single ones inside"),
        pytest.param([SAID, "‘The force’s work is good.’", CLOSING], ["The force’s work is good."], id="single marks"),
        pytest.param(
            [f'{SAID} "One.', '"Two."', CLOSING], ["One.", "Two."], id="attribution and words in one paragraph"
        ),
        pytest.param(
            [SAID, '"They call it a "disgrace"."', CLOSING], ['They call it a "disgrace".'], id="marks inside"
        ),
        pytest.param([f"**{SAID}**", '"One."', CLOSING], ["One."], id="bold attribution"),
        pytest.param([f"### {SAID}", '"One."', "Notes to editors", "1. A"], ["One."], id="notes follow"),
    ],
)
def test_a_statement_is_what_stands_between_its_marks(paragraphs: list[str], expected: list[str]) -> None:
    assert list(spoken(*paragraphs).paragraphs) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([SAID, '"One.', '"Two.', CLOSING], ["One.", "Two."]),
        ([SAID, '"One and', "two.", CLOSING], ["One and two."]),
        ([SAID, '"One', "Two", CLOSING], ["One"]),
    ],
)
def test_without_a_closing_mark_only_marked_words_are_taken_and_a_person_is_asked(
    paragraphs: list[str], expected: list[str]
) -> None:
    release = peel_release(HEADLINE, *paragraphs)

    assert release.statement
    assert list(release.statement.paragraphs) == expected
    assert any("no closing quotation mark" in doubt for doubt in release.doubts)


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param([SAID, '"One.', CLOSING, "The end."], ["One."], id="nothing closes it"),
        pytest.param([SAID, '"One.', 'The chief said "we agree".'], ["One."], id="another's words close themselves"),
        pytest.param([SAID, '"One.', 'The chief said: "we agree"', CLOSING], ["One."], id="another's words at the end"),
        pytest.param([SAID, '"One." The force has replied.', '"Two."'], ["One."], id="goes on in the paragraph"),
        pytest.param([f'{SAID} "One." The force has replied.'], ["One."], id="goes on after the attribution"),
        pytest.param([SAID, '"It is "good"." The force has replied.'], ['It is "good".'], id="marks inside"),
        pytest.param([SAID, "'The forces' work is 'good'.' It replied."], ["The forces' work is 'good'."], id="single"),
        pytest.param([SAID, '"One."', '"We agree," said the chief.'], ["One."], id="another speaks next"),
        pytest.param([SAID, '"', '"One."'], ["One."], id="a mark alone"),
    ],
)
def test_what_the_release_tells_is_never_put_in_the_speakers_mouth(paragraphs: list[str], expected: list[str]) -> None:
    release = peel_release(HEADLINE, *paragraphs)

    assert release.statement
    assert list(release.statement.paragraphs) == expected


def test_a_quotation_that_ends_inside_a_paragraph_is_a_doubt_and_the_rest_is_told() -> None:
    release = peel_release(
        HEADLINE,
        SAID,
        '"One." HMIC judged Kent Police as ‘inadequate’ at legitimately keeping people safe and reducing crime.',
    )

    assert any("end inside a paragraph" in doubt for doubt in release.doubts)
    assert any("different grades" in doubt for doubt in release.doubts)


def test_words_without_any_marks_are_one_paragraph_and_a_doubt() -> None:
    release = peel_release(HEADLINE, SAID, "The force did well.", CLOSING)

    assert release.statement
    assert release.statement.paragraphs == ("The force did well.",)
    assert any("no quotation marks" in doubt for doubt in release.doubts)


def test_the_inspector_is_the_speaker_and_others_are_kept_apart() -> None:
    release = peel_release(
        HEADLINE, "Chief Constable Jane Smith said:", '"We agree."', SAID, '"The force did well."', CLOSING
    )

    assert release.statement
    assert release.statement.speaker == "Zoë Billingham"
    assert [(other.speaker, other.is_inspector) for other in release.other_statements] == [("Jane Smith", False)]


@pytest.mark.parametrize("after", [[], ["## Get the report"], ["Notes to editors", "1. One"], [SAID]])
def test_an_attribution_that_nothing_follows_is_no_statement(after: list[str]) -> None:
    assert peel_release(HEADLINE, SAID, *after).statement is None


def test_an_empty_quotation_is_no_statement() -> None:
    assert peel_release(HEADLINE, SAID, '"', CLOSING).statement is None


def test_the_statement_spans_its_paragraphs() -> None:
    release = peel_release(HEADLINE, SAID, '"One and', "two.", '"Three."', CLOSING)

    assert release.statement
    assert [span.quote for span in release.statement.spans] == ["One and\n\ntwo.", "Three."]
    assert release.statement.evidence.quote == 'One and\n\ntwo.\n\n"Three.'
    assert release.field_evidence["speaker"].quote == SAID


def test_ends_and_notes_are_no_part_of_the_text() -> None:
    release = read("A headline\n\nSome words.\n\n-ends-\n\nNotes for editors:\n\n1. One\n2. Two\n\nEnds")

    assert release.notes == ("One", "Two")
