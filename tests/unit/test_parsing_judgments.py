"""A wrong grade is worse than none: which sentences state a grade, whose, and of when."""

from __future__ import annotations

import pytest
from reading import PEEL_CONTEXT, peel_release, read

from summaries.types import Confidence, Grade, Scale, Scope

KENT_GOOD = "Kent Police is 'good' at legitimately keeping people safe and reducing crime - HMIC"
SAID = "HM Inspector of Constabulary Zoë Billingham said:"


@pytest.mark.parametrize(
    ("headline", "grade"),
    [
        (KENT_GOOD, Grade.GOOD),
        (
            "Kent Police judged as ‘outstanding’ at how legitimately it keeps people safe and reduces crime - HMIC",
            Grade.OUTSTANDING,
        ),
        ("Kent Police is ‘inadequate’ at legitimately keeping people safe and reducing crime", Grade.INADEQUATE),
        (
            "Kent Police 'requires improvement' at legitimately keeping people safe and reducing crime",
            Grade.REQUIRES_IMPROVEMENT,
        ),
        (
            "Kent Police requires improvement at how legitimately it keeps people safe and reduces crime",
            Grade.REQUIRES_IMPROVEMENT,
        ),
        (
            "Kent Police judged as requiring improvement at how legitimately it keeps people safe and reduces crime",
            Grade.REQUIRES_IMPROVEMENT,
        ),
        ("Kent Police is, in general, good at legitimately keeping people safe and reducing crime", Grade.GOOD),
        ("Kent Police is still 'inadequate' at legitimately keeping people safe and reducing crime", Grade.INADEQUATE),
    ],
)
def test_a_headline_can_state_the_grade(headline: str, grade: Grade) -> None:
    (judgment,) = peel_release(headline).judgments

    assert (judgment.body, judgment.about, judgment.grade) == ("kent", "legitimacy", grade)


@pytest.mark.parametrize(
    "sentence",
    [
        "Overall, I have judged Kent Police as 'good' at how legitimately it keeps people safe and reduces crime.",
        "I have judged that Kent Police as 'good' at legitimately keeping people safe and reducing crime.",
        "Following our 2015 report I have now judged the force to be good at how legitimately it keeps people safe and"
        " reduces crime.",
        "Overall, HMIC judged the force to be good.",
    ],
)
def test_the_inspector_can_state_the_grade(sentence: str) -> None:
    (judgment,) = peel_release("Inspectors report on Kent Police", SAID, f'"{sentence}"').judgments

    assert judgment.grade is Grade.GOOD
    assert judgment.evidence.quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Kent Police has made good progress in how legitimately it keeps people safe and reduces crime.",
        "Kent Police is good at identifying risks.",
        "Kent Police is 'good' at identifying risks.",
        "The force has performed well and has good processes.",
        "The force was judged good progress in all it did.",
        "Kent Police provides an outstanding service and adequate training.",
        "HMIC did not judge whether the force is good at legitimately keeping people safe and reducing crime.",
        "The force could be judged good at how legitimately it keeps people safe and reduces crime if it improves.",
        "Kent Police has not been graded as good at how legitimately it keeps people safe and reduces crime.",
        "HMIC graded Derbyshire and Essex police forces as outstanding, 36 as good and five as requiring improvement.",
        "Essex Police was judged as 'inadequate' at how legitimately it treats people.",
        "Kent Police and Essex Police are 'good' at legitimately keeping people safe and reducing crime.",
        "All other forces were judged as 'good'.",
        "We assessed how good the force is.",
        "Judged as 'good' at how legitimately people are kept safe.",
    ],
)
def test_praise_conditions_and_other_forces_are_no_grade(sentence: str) -> None:
    release = peel_release("Inspectors report on Kent Police", sentence)

    assert (release.judgments, release.prior_judgments) == ((), ())
    assert release.confidence is Confidence.CHECK


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("In 2015 the force was also judged to be good.", "2015"),
        ("It has built on 2015, when we also graded the force as 'good'.", "2015"),
        ("This matches last year's findings, in which we judged the force to be good.", "last year"),
        ("The force was previously judged as good.", "previously"),
        ("Previously, the force was judged as good.", "Previously"),
        ("In its last inspection the force was judged as good.", "last inspection"),
        ("In December 2015, HMIC judged the force as good.", "2015"),
        ("The force was graded as 'good' in 2014.", "2014"),
        ("Last year Kent Police was 'good' at how legitimately it keeps people safe and reduces crime.", "Last year"),
    ],
)
def test_a_dated_past_grade_is_an_earlier_one(sentence: str, when: str) -> None:
    release = peel_release(KENT_GOOD.replace("good", "inadequate"), SAID, f'"{sentence}"')

    assert [(prior.grade, prior.when) for prior in release.prior_judgments] == [(Grade.GOOD, when)]
    assert [judgment.grade for judgment in release.judgments] == [Grade.INADEQUATE]


def test_an_earlier_grade_told_twice_is_listed_once() -> None:
    again = "In 2015 the force was judged to be good. In 2015 we also graded the force as 'good'."

    assert len(peel_release(KENT_GOOD, again).prior_judgments) == 1


def test_a_past_grade_without_a_date_is_shown_to_a_person_and_not_used() -> None:
    release = peel_release("Inspectors report on Kent Police", "The force was judged to be good.")

    assert (release.judgments, release.prior_judgments) == ((), ())
    assert any("The force was judged to be good." in doubt for doubt in release.doubts)


def test_a_grade_dated_after_the_cycle_is_not_used() -> None:
    release = peel_release(KENT_GOOD, "In 2017 the force was judged to be inadequate.")

    assert [judgment.grade for judgment in release.judgments] == [Grade.GOOD]
    assert release.prior_judgments == ()


def test_two_sentences_that_disagree_leave_no_grade_and_a_doubt_that_names_both() -> None:
    rival = "I judged Kent Police as 'inadequate' at how legitimately it keeps people safe and reduces crime."
    release = peel_release(KENT_GOOD, SAID, f'"{rival}"')

    assert release.judgments == ()
    assert release.confidence is Confidence.CHECK
    assert any(KENT_GOOD in doubt and rival in doubt for doubt in release.doubts)


def test_the_headline_is_better_evidence_than_the_inspectors_words() -> None:
    own = "I have judged Kent Police as 'good' at how legitimately it keeps people safe and reduces crime."
    (judgment,) = peel_release(KENT_GOOD, SAID, f'"{own}"').judgments

    assert judgment.evidence.quote == KENT_GOOD.removesuffix(" - HMIC")


def test_the_words_of_someone_who_is_no_inspector_state_no_grade() -> None:
    boast = "We are judged as 'outstanding' at how legitimately we treat people."
    release = peel_release(KENT_GOOD, "Chief Constable Jane Smith said:", f'"{boast}"')

    assert [judgment.grade for judgment in release.judgments] == [Grade.GOOD]


def test_it_does_not_mean_the_subject_once_another_force_was_named() -> None:
    release = peel_release(
        KENT_GOOD, "Essex Police has a different history. In 2015 the force was judged to be inadequate."
    )

    assert release.prior_judgments == ()


def test_a_grade_on_a_scale_that_is_not_known_is_not_shown() -> None:
    release = read(
        "A fire and rescue service inspection of Kent Fire and Rescue Service\n\n"
        "HMICFRS has judged the service as 'good' at legitimacy."
    )

    assert release.judgments == ()
    assert any("which scale" in doubt for doubt in release.doubts)


def test_crime_data_integrity_has_an_overall_grade_and_no_pillar() -> None:
    release = read(
        "Gwent Police making 'great strides'\n\n"
        "In this crime data integrity inspection HMIC has judged Gwent Police overall as ‘requires improvement’."
    )
    (judgment,) = release.judgments

    assert (judgment.about, judgment.scope, judgment.grade, judgment.scale) == (
        "crime data integrity",
        Scope.OVERALL,
        Grade.REQUIRES_IMPROVEMENT,
        Scale.FOUR,
    )


def test_a_grade_of_another_pillar_is_not_the_releases_own() -> None:
    release = peel_release(
        KENT_GOOD, "HMIC judged Kent Police as 'inadequate' at how efficiently it keeps people safe and reduces crime."
    )

    assert [(judgment.about, judgment.grade) for judgment in release.judgments] == [("legitimacy", Grade.GOOD)]


def test_a_sentence_too_long_for_prose_states_nothing() -> None:
    endless = (
        "and so on " * 150
        + "HMIC judged Kent Police as 'good' at how legitimately it keeps people safe and reduces crime."
    )

    assert peel_release("Inspectors report on Kent Police", endless).judgments == ()


def test_an_unnamed_programme_still_has_the_scale_of_its_pillar() -> None:
    release = read(KENT_GOOD)

    assert (release.programme, release.cycle) == (None, None)
    assert [judgment.scale for judgment in release.judgments] == [Scale.FOUR]
    assert PEEL_CONTEXT not in release.text
