"""Sentences that speak of a grade and give the force none: denied, hoped for, another's, of a part, undated."""

from __future__ import annotations

import pytest
from reading import peel_release, read

from summaries.types import Confidence, Grade, Scope

SAID = "HM Inspector of Constabulary Zoë Billingham said:"
WHOLE = "at how legitimately it keeps people safe and reduces crime"

NEVER_A_GRADE = [
    "Kent Police fails to be judged 'good' overall.",
    f"Kent Police failed to be judged as 'good' {WHOLE}.",
    "Overall, Kent Police is far from being judged as good.",
    "The force must do more before it is judged as good overall.",
    "Kent Police wants to be graded as outstanding overall.",
    "Kent Police aims to be graded as outstanding overall.",
    "Kent Police seeks to be graded as outstanding overall.",
    "Kent Police hopes to be graded as outstanding overall.",
    "Kent Police hopes that it is judged as outstanding overall.",
    "Overall, Kent Police graded itself as 'outstanding'.",
    "Overall, Kent Police has graded itself as 'outstanding'.",
    "Kent Police was rated as good overall by its own staff.",
    "Kent Police is judged as good overall by its own staff.",
    "Members of the public rated Kent Police as good overall.",
    "The chief constable has rated the force as good overall. We disagree.",
    "The chief constable says that HMIC has rated the force as good overall.",
    "HMIC has rated the force as good overall, claims its chief constable.",
    "HMIC has not judged Kent Police as good overall.",
    "Nobody has graded the force as good overall.",
    "Nobody says that HMIC has graded the force as good overall.",
    "We judged half of Kent Police as 'good' overall.",
    "Overall, we judged part of the force as 'good'.",
    "Half of Kent Police is judged as good overall.",
    "HMIC has judged the force as good overall in most areas.",
    "HMIC has judged the force as 'good' or better overall.",
    "The force is judged as good at investigating crime, and does well overall.",
    "HMIC judged the force's custody suites as good overall.",
    "Ofsted inspectors judged Kent Police as good overall.",
    f"HMIC judged Kent Police as 'good' {WHOLE} last year.",
    "HMIC judged Kent Police as 'good' at legitimacy for the third year.",
    "Kent Police is judged as good overall, its own survey shows.",
    "HMIC has judged Kent Police as good overall, subject to review.",
    "If it improves, HMIC judges say, Kent Police is judged as good overall.",
    "If all goes well, and Kent Police is judged as good overall, we shall be glad.",
    "Has HMIC judged Kent Police as good overall?",
    f"Kent Police says it is 'good' {WHOLE}.",
    f"The leader of Kent Police is 'good' {WHOLE}.",
    f"Nobody in Kent Police is 'good' {WHOLE}.",
    "A year ago we judged Kent Police as good overall.",
    "The year before, HMIC judged Kent Police as good overall.",
    "In our first inspection we judged Kent Police as good overall.",
    "Two years ago HMIC judged Kent Police as good overall.",
    "When we first came, HMIC judged Kent Police as good overall.",
    "In 2014 we first inspected the force. HMIC judged it as 'good' overall.",
    "In 2014 we inspected the force, and we judged the force as good overall.",
    "Since HMIC last inspected it, the force was judged as good overall.",
    f"It was 'good' {WHOLE}.",
    "In 2014 and in 2015 the force was judged by many. It is judged as good overall.",
]


@pytest.mark.parametrize("sentence", NEVER_A_GRADE)
@pytest.mark.parametrize("spoken", [False, True])
def test_a_sentence_that_gives_no_grade_of_its_own_gives_none(sentence: str, spoken: bool) -> None:
    paragraphs = [SAID, f'"{sentence}"'] if spoken else [sentence]
    release = peel_release("Inspectors report on Kent Police", *paragraphs)

    assert (release.judgments, release.prior_judgments) == ((), ())
    assert release.confidence is Confidence.CHECK


@pytest.mark.parametrize(
    "headline",
    [
        "Kent Police hopes to be judged as 'good' at legitimately keeping people safe and reducing crime",
        "Kent Police is 'good' at legitimately keeping people safe and reducing crime, says chief constable",
        "Is Kent Police 'good' at legitimately keeping people safe and reducing crime?",
        "Public: Kent Police is 'good' at legitimately keeping people safe and reducing crime",
        "Kent Police's legitimacy at keeping people safe and reducing crime is far from good",
        "Kent Police's legitimacy at keeping people safe and reducing crime is good, it says",
        "Kent Police and Essex Police are 'good' at legitimately keeping people safe and reducing crime",
    ],
)
def test_a_headline_that_reports_or_asks_gives_no_grade(headline: str) -> None:
    assert peel_release(headline).judgments == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "A year ago we judged Kent Police as good overall.",
        "Since HMIC last came the force was judged as good.",
        "The force was judged as good overall.",
    ],
)
def test_an_undated_past_grade_is_a_doubt_that_shows_the_sentence(sentence: str) -> None:
    release = peel_release(
        "Kent Police is 'good' at legitimately keeping people safe and reducing crime", SAID, f'"{sentence}"'
    )

    assert release.prior_judgments == ()
    assert any(sentence in doubt for doubt in release.doubts)


def test_we_judge_only_in_the_words_of_an_inspector() -> None:
    sentence = "Overall, we have judged Kent Police as 'good'."

    assert peel_release("Inspectors report on Kent Police", sentence).judgments == ()
    assert peel_release("Inspectors report on Kent Police", SAID, f'"{sentence}"').judgments != ()


def test_a_year_governs_only_its_own_clause() -> None:
    release = peel_release(
        "Inspectors report on Kent Police",
        "In 2015 the force was inadequate at legitimately keeping people safe and reducing crime, but has now been"
        " judged as good.",
    )

    assert [(prior.grade, prior.when) for prior in release.prior_judgments] == [(Grade.INADEQUATE, "2015")]
    assert [judgment.grade for judgment in release.judgments] == [Grade.GOOD]


def test_a_bare_earlier_grade_counts_beside_the_one_given_now() -> None:
    release = peel_release(
        "Inspectors report on Kent Police", "In 2015 the force was inadequate but has now been judged as good."
    )

    assert [(prior.grade, prior.when) for prior in release.prior_judgments] == [(Grade.INADEQUATE, "2015")]
    assert [(judgment.scope, judgment.grade) for judgment in release.judgments] == [(Scope.OVERALL, Grade.GOOD)]


@pytest.mark.parametrize("verb", ["is good", "requires improvement", "is inadequate", "is outstanding"])
@pytest.mark.parametrize("pillar", ["effectiveness", "legitimacy", "efficiency"])
def test_a_headline_on_a_forces_pillar_ends_with_its_grade(pillar: str, verb: str) -> None:
    release = read(
        f"Kent Police's {pillar} at keeping people safe and reducing crime {verb}\n\n"
        f"HMIC assessed it in PEEL 2016.\n\nHMIC judged that Kent Police:\n\n- is ‘outstanding’ at tackling crime"
    )
    overall, question = release.judgments

    assert (overall.scope, overall.about) == (Scope.OVERALL, pillar)
    assert overall.grade == verb.removeprefix("is ")
    assert release.overall == overall
    assert (question.scope, question.about, question.grade) == (Scope.QUESTION, "tackling crime", Grade.OUTSTANDING)


@pytest.mark.parametrize(
    ("headline", "about"),
    [
        (
            "Kent Police is outstanding at effectively tackling serious and organised crime - HMIC",
            "effectively tackling serious and organised crime",
        ),
        ("Kent Police is good at legitimacy in its custody suites", "legitimacy in its custody suites"),
    ],
)
def test_a_grade_for_a_part_of_a_pillar_is_a_questions_and_never_the_overall(headline: str, about: str) -> None:
    release = peel_release(headline)

    assert [(judgment.scope, judgment.about) for judgment in release.judgments] == [(Scope.QUESTION, about)]
    assert release.overall is None


def test_three_pillars_have_three_grades_and_no_overall() -> None:
    release = read(
        "Inspectors satisfied by most aspects of Kent Police's performance\n\n"
        "In PEEL 2018/19 Kent Police was inspected.\n\n"
        "Kent Police is good at effectively reducing crime and keeping people safe, good at efficiently using its money"
        " and requires improvement at legitimately treating people."
    )

    assert [(judgment.scope, judgment.about, judgment.grade) for judgment in release.judgments] == [
        (Scope.PILLAR, "effectiveness", Grade.GOOD),
        (Scope.PILLAR, "efficiency", Grade.GOOD),
        (Scope.PILLAR, "legitimacy", Grade.REQUIRES_IMPROVEMENT),
    ]
    assert release.overall is None


def test_what_a_list_adds_in_another_tense_is_not_dated_with_the_first() -> None:
    release = read(
        "Report on Kent Police\n\nIn PEEL 2018/19 Kent Police was inspected.\n\n"
        "In 2015 Kent Police was good at legitimacy, is inadequate at efficiency and good at effectiveness in 2014."
    )

    assert release.judgments == ()
    assert [(prior.scope, prior.about, prior.when) for prior in release.prior_judgments] == [
        (Scope.PILLAR, "legitimacy", "2015")
    ]


def test_a_cycle_without_an_overall_grade_is_given_none() -> None:
    release = read("Report on Kent Police\n\nIn PEEL 2018/19, overall, HMIC has judged Kent Police as good.")

    assert release.judgments == ()
    assert release.confidence is Confidence.CHECK
