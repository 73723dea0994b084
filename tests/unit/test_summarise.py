"""The extract: nothing in it is ours."""

from __future__ import annotations

import pytest
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


def test_without_a_statement_there_is_no_quote() -> None:
    summary = summarise(read("Kent Police report\n\nWords."))

    assert (summary.quote, summary.speaker, summary.speaker_role) == (None, None, None)
    assert summary.verdict.quote == "Kent Police report"


@pytest.mark.parametrize(("text", "verdict"), [("\n\n First line.\nSecond.", "First line."), ("", "")])
def test_a_release_without_evidence_for_its_title_has_its_first_line_as_verdict(text: str, verdict: str) -> None:
    assert summarise(Release("an-id", "A title", Kind.OTHER, text)).verdict.quote == verdict
