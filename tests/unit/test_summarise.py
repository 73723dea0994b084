"""The extract: nothing in it is ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpus import Document, documents
from reading import peel_release, read, seed_text

from summaries.summarise import summarise
from summaries.types import Kind, Release

SAID = "HM Inspector of Constabulary Zoë Billingham said:"


@pytest.mark.parametrize(
    ("number", "verdict", "quote"),
    [
        (
            "000",
            "Thames Valley Police is 'good' at legitimately keeping people safe and reducing crime",
            "Overall, I have judged Thames Valley Police as 'good' at how legitimately it keeps people safe and reduces"
            " crime.",
        ),
        (
            "001",
            "Thames Valley Police has made good progress in the way it identifies, monitors and manages integrity"
            " issues",
            "Thames Valley Police has made good progress in how it manages integrity issues since HMIC last reviewed"
            " this in 2011.",
        ),
        (
            "002",
            "Northamptonshire Police is 'good' at legitimately keeping people safe and reducing crime",
            "I am pleased to report that Northamptonshire Police has performed well in all areas of how legitimately it"
            " reduces crime and keeps people safe.",
        ),
        (
            "003",
            "Leicestershire Police judged as 'good' at how legitimately it keeps people safe and reduces crime",
            "Leicestershire Police is, in general, good at legitimately keeping people safe and reducing crime.",
        ),
        (
            "004",
            "Hampshire Constabulary is 'good' at legitimately keeping people safe and reducing crime",
            "I have judged that Hampshire Constabulary as 'good' at legitimately keeping people safe and reducing"
            " crime.",
        ),
    ],
)
def test_a_seed_has_a_verdict_and_a_quote(number: str, verdict: str, quote: str) -> None:
    summary = summarise(read(seed_text(number)))

    assert summary.quote
    assert (summary.verdict.words, summary.quote.words) == (verdict, quote)
    assert (summary.speaker, summary.speaker_role) == ("Zoë Billingham", "HM Inspector of Constabulary")


def test_the_points_are_the_findings() -> None:
    release = read(seed_text("000"))

    assert summarise(release).points == release.findings


def test_the_speakers_judgment_is_preferred_to_earlier_sentences_that_name_the_force() -> None:
    judging = "I have judged it as 'good' at how legitimately it keeps people safe and reduces crime."
    release = peel_release(
        "Kent Police is 'good' at legitimately keeping people safe and reducing crime",
        SAID,
        f'"Kent Police listens. In 2015 the force was judged to be good. {judging}"',
    )
    quote = summarise(release).quote

    assert quote
    assert quote.quote == judging


def test_a_statement_that_names_no_force_gives_its_first_sentence() -> None:
    quote = summarise(peel_release("Kent Police report", SAID, '"Thank you. We are done."')).quote

    assert quote
    assert quote.quote == "Thank you."


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("The force works hard. I have serious concerns about how it treats victims.", "I have serious concerns"),
        ("Kent Police is busy. I am broadly satisfied with what Kent Police does.", "I am broadly satisfied"),
        (
            "The force has fine stations. But nobody is in them. The force must staff them.",
            "The force must staff them.",
        ),
        (
            "The county is large. That is not of the force's making. The force does too little.",
            "The force does too little.",
        ),
        ("I thank the force for its help. The force does too little.", "The force does too little."),
        ("Policing is hard. I am worried about the weather. Kent Police copes.", "Kent Police copes."),
        ("I thank the force for its help.", "I thank the force"),
    ],
)
def test_the_quote_says_what_to_make_of_the_body_and_is_not_half_of_what_was_said(said: str, chosen: str) -> None:
    quote = summarise(peel_release("Kent Police report", SAID, f'"{said}"')).quote

    assert quote
    assert quote.quote.startswith(chosen)


def corpus_release(name: str) -> Release:
    return next(document.parse()[0] for document in documents() if document.name == name)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("04-peel-2018-19-surrey", "Inspectors satisfied with most aspects of Surrey Police’s performance"),
        (
            "05-peel-2025-27-hampshire",
            "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS) graded",
        ),
        ("14-engage-entry-gwent", "Inspectorate places Gwent Police under enhanced monitoring"),
        ("16-regional-north-west", "North-west forces must pull together against organised crime"),
        ("19-state-of-policing-2023", "Police forces must win back the public, says Chief Inspector"),
    ],
)
def test_without_an_overall_grade_the_verdict_is_the_tally_the_move_or_the_headline(name: str, verdict: str) -> None:
    assert summarise(corpus_release(name)).verdict.words.startswith(verdict)


def test_words_of_others_than_inspectors_are_never_the_quote() -> None:
    summary = summarise(corpus_release("22-pcc-page-surrey"))

    assert (summary.quote, summary.speaker, summary.speaker_role) == (None, None, None)


def test_an_inspector_quoted_after_somebody_else_is_the_speaker() -> None:
    release = corpus_release("22-force-copy-northamptonshire")
    assert release.statement
    chief, *others = release.other_statements
    swapped = replace(release, statement=chief, other_statements=(*others, release.statement))

    assert summarise(swapped).speaker == "Roy Wilsher"


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_every_part_of_a_summary_stands_in_the_text(document: Document) -> None:
    for release in document.parse():
        summary = summarise(release)
        assert all(
            release.text[part.start : part.end] == part.quote for part in (summary.verdict, summary.quote) if part
        )


def test_without_a_statement_there_is_no_quote() -> None:
    summary = summarise(read("Kent Police report\n\nWords."))

    assert (summary.quote, summary.speaker, summary.speaker_role) == (None, None, None)
    assert summary.verdict.quote == "Kent Police report"


@pytest.mark.parametrize(("text", "verdict"), [("\n\n First line.\nSecond.", "First line."), ("", "")])
def test_a_release_without_evidence_for_its_title_has_its_first_line_as_verdict(text: str, verdict: str) -> None:
    assert summarise(Release("an-id", "A title", Kind.OTHER, text)).verdict.quote == verdict
