"""Lists: which report findings, what each finding says, and whether it praises."""

from __future__ import annotations

import pytest
from reading import peel_release

from summaries.parsing.details.polarity import polarity_of
from summaries.types import Finding, Polarity

HEADLINE = "Kent Police is 'good' at legitimately keeping people safe and reducing crime - HMIC"
FOUND = "HMIC found that Kent Police:"


def findings(*paragraphs: str) -> tuple[Finding, ...]:
    return peel_release(HEADLINE, *paragraphs).findings


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("treats the people it serves with fairness and respect", Polarity.PRAISE),
        ("is to be commended for its investment", Polarity.PRAISE),
        ("has an effective vetting process in place", Polarity.PRAISE),
        ("understands clearly the importance of fairness", Polarity.PRAISE),
        ("officers and staff understand the importance of fairness", Polarity.PRAISE),
        ("There have been clear improvements", Polarity.PRAISE),
        ("should improve how it understands lessons learned", Polarity.CONCERN),
        ("needs to do more", Polarity.CONCERN),
        ("seeks feedback, but it needs to improve how it uses it", Polarity.CONCERN),
        ("is committed to wellbeing, although hindered by slow referrals", Polarity.CONCERN),
        ("the absence of an effective review system", Polarity.CONCERN),
        ("there has been a reduction in the number of staff in the unit", Polarity.CONCERN),
        ("seven cases of inappropriate behaviour were found", Polarity.CONCERN),
        ("is good at prevention but could do more to investigate", Polarity.CONCERN),
        ("does not always record crime", Polarity.CONCERN),
        ("is taking steps to improve its reviews so that supervision is better", Polarity.NEUTRAL),
        ("aims to treat all people with fairness and respect", Polarity.NEUTRAL),
        ("has updated most of its policies", Polarity.NEUTRAL),
        ("says what is and is not acceptable", Polarity.NEUTRAL),
        ("is not good at managing demand", Polarity.CONCERN),
        ("does not treat the people it serves fairly", Polarity.CONCERN),
        ("is unable to manage risk effectively", Polarity.CONCERN),
        ("has yet to put an effective plan in place", Polarity.CONCERN),
        ("is no longer outstanding", Polarity.CONCERN),
        ("rarely treats people with fairness and respect", Polarity.CONCERN),
        ("isn't effective", Polarity.CONCERN),
        ("has a strong culture of bullying", Polarity.CONCERN),
        ("is good at prevention, but it is not effective at investigation", Polarity.CONCERN),
        ("listens to the concerns of the public", Polarity.NEUTRAL),
        ("has no backlogs", Polarity.NEUTRAL),
        ("answers calls without delay", Polarity.NEUTRAL),
        ("found no evidence of inappropriate behaviour", Polarity.NEUTRAL),
        ("has reduced delays", Polarity.NEUTRAL),
        ("needs no improvement", Polarity.NEUTRAL),
        ("inspects police as well as fire services", Polarity.NEUTRAL),
        ("looks after the well-being of staff", Polarity.NEUTRAL),
        ("has a good record of poor performance", Polarity.NEUTRAL),
        ("treats people fairly and listens to the concerns of the public", Polarity.PRAISE),
        ("is not only good at prevention", Polarity.PRAISE),
        ("manages misconduct well", Polarity.PRAISE),
        ("since 2011 there have been 129 applications", Polarity.NEUTRAL),
    ],
)
def test_polarity_follows_the_stated_rules(text: str, polarity: Polarity) -> None:
    assert polarity_of(FOUND, text) is polarity


@pytest.mark.parametrize(
    ("lead_in", "polarity"),
    [
        ("The force was moved because it is not:", Polarity.CONCERN),
        ("The force is failing to:", Polarity.CONCERN),
        ("Inspectors were concerned to find:", Polarity.CONCERN),
        ("To leave monitoring the force needs to:", Polarity.CONCERN),
        ("Inspectors were pleased to find:", Polarity.PRAISE),
        ("Inspectors found:", Polarity.NEUTRAL),
    ],
)
def test_the_lead_in_governs_a_bare_item(lead_in: str, polarity: Polarity) -> None:
    assert polarity_of(lead_in, "recording crime within a day") is polarity


def test_a_denying_lead_in_turns_praise_into_concern() -> None:
    assert polarity_of("because it is not:", "effectively managing risk well") is Polarity.CONCERN


def test_list_punctuation_goes_and_a_sentence_keeps_its_full_stop() -> None:
    listed = findings(FOUND, "- works well;\n- listens; and\n- learns.\n- The force is a place of learning.")

    assert [finding.text for finding in listed] == [
        "works well",
        "listens",
        "learns",
        "The force is a place of learning.",
    ]


def test_the_lead_in_is_the_last_sentence_before_the_list() -> None:
    (finding,) = findings("This was the first visit. HMIC found that Kent Police:", "- works well")

    assert finding.lead_in == "HMIC found that Kent Police:"


@pytest.mark.parametrize(
    ("lead_in", "item"),
    [
        ("HMIC asked:", "- how well does it work?"),
        ("Forces were assessed against the following areas:", "- prevention"),
        ("The report is written in two parts:", "- the first"),
        ("HMIC recommends that forces:", "- work harder"),
        ("HMIC found answers to these:", "- how well does it work?"),
    ],
)
def test_lists_of_questions_areas_and_recommendations_are_not_findings(lead_in: str, item: str) -> None:
    assert findings(lead_in, item) == ()


@pytest.mark.parametrize(
    "before", ["The documents are these:", "HMIC published them. It found more", "x " * 700 + "found:"]
)
def test_a_list_that_nothing_calls_findings_is_left_to_a_person(before: str) -> None:
    release = peel_release(HEADLINE, before, "- something")

    assert release.findings == ()
    assert any("it begins “something”" in doubt for doubt in release.doubts)


def test_two_lists_keep_their_own_lead_ins() -> None:
    listed = findings(
        "Inspectors were pleased to find:", "- a plan", "However, inspectors were concerned to find:", "- no staff"
    )

    assert [(finding.lead_in, finding.polarity) for finding in listed] == [
        ("Inspectors were pleased to find:", Polarity.PRAISE),
        ("However, inspectors were concerned to find:", Polarity.CONCERN),
    ]


def test_numbered_findings_are_findings() -> None:
    assert [finding.text for finding in findings(FOUND, "1. works well\n2. listens")] == ["works well", "listens"]
