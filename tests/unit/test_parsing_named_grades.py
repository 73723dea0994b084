"""Releases about no force in particular: the grades they give by name, and those they only count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import HEADLINE, NATIONAL, judged

if TYPE_CHECKING:
    from summaries.parsing.grades.judgments import Judgments


def national(*paragraphs: str) -> Judgments:
    return judged(NATIONAL, *paragraphs, subjects=())


@pytest.mark.parametrize(
    ("sentence", "named", "tally"),
    [
        (
            "HMIC graded Derbyshire and Kent police forces as outstanding, 36 forces as good and five as requiring"
            " improvement.",
            {"derbyshire": "outstanding", "kent": "outstanding"},
            {"good": 36, "requires improvement": 5},
        ),
        (
            "The three forces assessed as ‘requires improvement’ are Essex Police, Surrey Police and Avon and Somerset"
            " Constabulary.",
            dict.fromkeys(("essex", "surrey", "avon-and-somerset"), "requires improvement"),
            {"requires improvement": 3},
        ),
        ("Only Durham was graded outstanding.", {"durham": "outstanding"}, None),
        ("The force judged as outstanding is Durham Constabulary.", {"durham": "outstanding"}, None),
        ("Kent was the only force to have been graded as outstanding.", {"kent": "outstanding"}, None),
        ("One force, Bedfordshire Police, was judged to be inadequate.", {"bedfordshire": "inadequate"}, None),
        (
            "Two forces were judged ‘inadequate’: Essex and Kent.",
            {"essex": "inadequate", "kent": "inadequate"},
            {"inadequate": 2},
        ),
        ("Kent Police achieved an ‘outstanding’ grade.", {"kent": "outstanding"}, None),
        (
            "Thirty-five out of 43 forces were judged as ‘good’ and three forces require improvement.",
            {},
            {"good": 35, "requires improvement": 3},
        ),
    ],
)
def test_grades_are_named_or_counted_as_printed(
    sentence: str, named: dict[str, str], tally: dict[str, int] | None
) -> None:
    judgments = national(sentence)

    assert {one.body: str(one.grade) for one in judgments.named} == named
    assert judgments.tally == tally
    assert (judgments.own, judgments.prior) == ((), ())


def test_a_list_shorter_than_its_number_is_given_with_a_doubt() -> None:
    judgments = national("The three forces assessed as ‘good’ are Essex Police and Kent Police.")

    assert [one.body for one in judgments.named] == ["essex", "kent"]
    assert any("3 forces are announced but 2 are named" in doubt for doubt in judgments.doubts)


@pytest.mark.parametrize(
    "sentence",
    [
        "All other forces were judged as ‘good’.",
        "In 2015, Kent Police was graded as outstanding.",
        "Last year only Durham was graded outstanding.",
        "Kent Police is good at preventing crime, as other forces should be.",
        "Kent Police has good detectives and Essex Police has outstanding dogs.",
        "Kent Police was graded good in two areas.",
        "If it tried, Kent Police might be graded as outstanding.",
        "Kent Police was graded as outstanding, its website says.",
    ],
)
def test_others_earlier_grades_and_praise_name_nobody(sentence: str) -> None:
    assert national(sentence).named == ()


def test_two_sentences_that_disagree_name_no_grade() -> None:
    judgments = national("Durham was graded as outstanding.", "Durham Constabulary was judged to be good.")

    assert judgments.named == ()
    assert any("different grades" in doubt for doubt in judgments.doubts)


def test_the_evidence_of_a_tally_is_the_sentence_that_counts() -> None:
    judgments = national("A new report is out.", "Six forces were judged as ‘good’.")

    assert judgments.tally_evidence is not None
    assert judgments.tally_evidence.quote == "Six forces were judged as ‘good’."
    assert HEADLINE not in judgments.tally_evidence.quote
