"""The facts a reader of the five seeds would write down."""

from __future__ import annotations

from datetime import date

import pytest
from reading import SEEDS, evidences, read, seed_text

from summaries.types import BodyRole, Confidence, Grade, Kind, Pillar, Polarity, PublishedBasis, Scale, Scope

PEEL_SEEDS = ("000", "002", "003", "004")
PRAISE, CONCERN, NEUTRAL = Polarity.PRAISE, Polarity.CONCERN, Polarity.NEUTRAL


@pytest.mark.parametrize(
    ("number", "release_id", "printed", "official"),
    [
        ("000", "peel-2016-legitimacy-thames-valley", "Thames Valley Police", "Thames Valley Police"),
        ("001", "revisiting-police-relationships-2012-thames-valley", "Thames Valley Police", "Thames Valley Police"),
        ("002", "peel-2016-legitimacy-northamptonshire", "Northamptonshire Police", "Northamptonshire Police"),
        ("003", "peel-2016-legitimacy-leicestershire", "Leicestershire Police", "Leicestershire Police"),
        (
            "004",
            "peel-2016-legitimacy-hampshire-and-isle-of-wight",
            "Hampshire Constabulary",
            "Hampshire and Isle of Wight Constabulary",
        ),
    ],
)
def test_each_seed_is_about_one_force(number: str, release_id: str, printed: str, official: str) -> None:
    release = read(seed_text(number))
    (subject,) = release.subjects

    assert (release.id, subject.printed_as, subject.name) == (release_id, printed, official)


@pytest.mark.parametrize("number", PEEL_SEEDS)
def test_the_legitimacy_releases_are_peel_2016_and_good(number: str) -> None:
    release = read(seed_text(number))
    (judgment,) = release.judgments

    assert (release.kind, release.programme, release.cycle, release.pillar) == (
        Kind.FORCE_INSPECTION,
        "PEEL",
        "2016",
        Pillar.LEGITIMACY,
    )
    assert (judgment.scope, judgment.about, judgment.grade, judgment.scale) == (
        Scope.OVERALL,
        "legitimacy",
        Grade.GOOD,
        Scale.FOUR,
    )
    assert judgment.evidence.quote.startswith(release.subjects[0].printed_as)
    assert "second year running" in release.field_evidence["cycle"].quote


@pytest.mark.parametrize(("number", "when"), [("000", None), ("002", "2015"), ("003", "last year"), ("004", "2015")])
def test_earlier_grades_are_recalled_only_where_the_text_recalls_them(number: str, when: str | None) -> None:
    recalled = [(prior.about, prior.grade, prior.when) for prior in read(seed_text(number)).prior_judgments]

    assert recalled == ([("legitimacy", Grade.GOOD, when)] if when else [])


def test_good_progress_is_no_grade() -> None:
    release = read(seed_text("001"))

    assert (release.kind, release.programme, release.cycle) == (Kind.REVISIT, "Revisiting police relationships", "2012")
    assert (release.pillar, release.judgments, release.prior_judgments) == (None, (), ())


@pytest.mark.parametrize(
    ("number", "lead_in", "polarities"),
    [
        ("000", "HMIC found that Thames Valley Police:", [PRAISE, CONCERN, PRAISE]),
        (
            "001",
            "In Thames Valley, HMIC found:",
            [NEUTRAL, PRAISE, NEUTRAL, PRAISE, NEUTRAL, NEUTRAL, NEUTRAL, CONCERN, PRAISE, NEUTRAL, CONCERN],
        ),
        ("002", "HMIC found that Northamptonshire Police:", [PRAISE, PRAISE, NEUTRAL]),
        ("003", "HMIC found that Leicestershire Police:", [CONCERN, NEUTRAL, PRAISE]),
        ("004", "HMIC found that Hampshire Constabulary:", [PRAISE, PRAISE, CONCERN]),
    ],
)
def test_findings_keep_their_lead_in_and_have_a_polarity(number: str, lead_in: str, polarities: list[Polarity]) -> None:
    findings = read(seed_text(number)).findings

    assert {finding.lead_in for finding in findings} == {lead_in}
    assert [finding.polarity for finding in findings] == polarities


def test_a_wrapped_finding_is_one_and_loses_only_its_list_punctuation() -> None:
    findings = read(seed_text("004")).findings

    assert findings[2].text.startswith("is committed to treating its staff fairly")
    assert findings[2].text.endswith("the absence of an effective personal development review system")
    assert [finding.text[-6:] for finding in findings[:2]] == ["espect", " staff"]


@pytest.mark.parametrize(("number", "paragraphs"), [("000", 4), ("001", 3), ("002", 4), ("003", 4), ("004", 5)])
def test_the_statement_is_the_inspectors_words_without_marks_or_page_breaks(number: str, paragraphs: int) -> None:
    statement = read(seed_text(number)).statement

    assert statement
    assert (statement.speaker, statement.role, statement.is_inspector) == (
        "Zoë Billingham",
        "HM Inspector of Constabulary",
        True,
    )
    assert statement.region == ("Eastern Region" if number == "001" else None)
    assert len(statement.paragraphs) == len(statement.spans) == paragraphs
    assert not any(paragraph[0] in '"“' or paragraph[-1] in '"”' for paragraph in statement.paragraphs)
    assert not any("\n" in paragraph for paragraph in statement.paragraphs)
    assert "HMIC has also published" not in " ".join(statement.paragraphs)


def test_a_quotation_broken_by_a_page_is_healed() -> None:
    statement = read(seed_text("000")).statement

    assert statement
    assert "they have been treated. As it stands, it was clear to me" in statement.paragraphs[0]
    assert "As it\n\nstands" in statement.spans[0].quote


def test_only_a_promise_with_a_time_is_a_next_inspection() -> None:
    promised = {number: read(seed_text(number)).next_inspection for number in SEEDS}

    assert promised["000"]
    assert (promised["000"].text, promised["000"].year) == ("will inspect again in 2017", 2017)
    assert [number for number, inspection in promised.items() if inspection] == ["000"]


def test_the_revisit_has_six_notes_its_figures_and_its_reports() -> None:
    release = read(seed_text("001"))

    assert len(release.notes) == len(release.note_spans) == 6
    assert "looked at police use of social media" in release.notes[1]
    assert [(figure.value, figure.unit) for figure in release.figures] == [
        (3, "instances"),
        (7, "cases"),
        (129, "applications"),
    ]
    assert [report.title for report in release.reports_named] == [
        "Without Fear or Favour",
        "Revisiting Police Relationships",
    ]
    assert release.report
    assert (release.report.title, release.report.url) == ("Revisiting police relationships", "www.hmic.gov.uk")


@pytest.mark.parametrize("number", PEEL_SEEDS)
def test_the_legitimacy_releases_count_nothing_and_link_nothing(number: str) -> None:
    release = read(seed_text(number))

    assert (release.figures, release.report, release.reports_named, release.notes) == ((), None, (), ())


def test_bodies_only_mentioned_are_listed_as_such_and_the_inspectorate_is_not_one() -> None:
    mentioned = {
        number: [body.printed_as for body in read(seed_text(number)).bodies if body.role is BodyRole.MENTIONED]
        for number in SEEDS
    }

    assert mentioned["001"] == [
        "British Transport Police",
        "National Policing Improvement Agency",
        "Police Service of Northern Ireland",
        "Serious Organised Crime Agency",
    ]
    assert all(mentioned[number] == ["IPCC"] for number in PEEL_SEEDS)


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_the_date_is_the_calendars_and_said_to_be_and_nothing_is_doubtful(number: str) -> None:
    release = read(seed_text(number))

    known = (date(2016, 12, 8), PublishedBasis.CALENDAR) if number in PEEL_SEEDS else (None, None)
    assert (release.published_on, release.published_basis) == known
    assert "published_on" not in release.field_evidence
    assert (release.confidence, release.doubts) == (Confidence.SURE, ())


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_every_evidence_of_a_seed_is_in_its_text(number: str) -> None:
    release = read(seed_text(number))
    found = list(evidences(release))

    assert len(found) > 15
    assert all(release.text[evidence.start : evidence.end] == evidence.quote for evidence in found)


def test_topics_come_from_what_was_found_and_said_not_from_shared_paragraphs() -> None:
    topics = {number: read(seed_text(number)).topics for number in SEEDS}

    assert "vetting" in topics["002"]
    assert "vetting" not in topics["000"]
    assert {"social media", "second jobs", "gifts and hospitality", "media relations"} <= set(topics["001"])
    assert "domestic abuse" in topics["004"]
    assert all("domestic abuse" not in topics[number] for number in ("000", "001", "002", "003"))
