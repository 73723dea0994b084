"""A sentence ready to print: its words, its speaker, its source."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from cards import Case, cases
from hypothesis import given
from hypothesis import strategies as st
from shelf import seed

from bot.rendering.copying import forms
from summaries.quoting import ATTRIBUTION, Quoted, publisher, quotation
from summaries.receipts import paragraphs
from summaries.types import PublishedBasis

NARRATIVE = 2  # the paragraph of a seed that tells what was assessed

LIST = 7  # the one that tells what was found


def quoted(number: int, paragraph: int | None = None) -> Quoted:
    found = quotation(seed(number), paragraph)
    assert found
    return found


def test_without_a_paragraph_the_sentence_of_the_card_is_quoted() -> None:
    found = quoted(5)

    assert found.evidence.words.startswith("I have judged that Hampshire Constabulary as 'good'")
    assert [(one.speaker, one.role) for one in found.statements] == [("Zoë Billingham", "HM Inspector of Constabulary")]


def test_the_paragraph_asked_for_is_quoted_without_its_quotation_marks() -> None:
    assert quoted(5, 9).evidence.words.startswith("I have judged")
    assert quoted(5, 9).evidence.words.endswith("also judged to be good.")


def test_the_half_of_a_sentence_on_the_next_page_comes_with_its_beginning() -> None:
    assert quoted(1, 10).evidence.words.startswith("As it stands, it was clear to me")


def test_of_a_list_the_first_item_is_quoted_under_its_lead_in() -> None:
    found = quoted(5, LIST)

    assert found.evidence.words.startswith("officers and staff understand")
    assert found.evidence.words.endswith("with fairness and respect")
    assert (found.lead_in and found.lead_in.words, found.items) == ("HMIC found that Hampshire Constabulary:", 3)
    assert "under “HMIC found that Hampshire Constabulary:”: “officers" in forms(found).plain


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_no_mark_of_a_list_is_quoted(case: Case) -> None:
    for number in range(1, len(paragraphs(case.release.text)) + 1):
        found = quotation(case.stored, number)
        assert found
        assert not re.search(r"(?m)^\s*[-•*–]\s", found.evidence.quote)


def test_narrative_has_no_speaker() -> None:
    assert quoted(5, NARRATIVE).statements == ()
    assert forms(quoted(5, NARRATIVE)).plain.startswith("In the words of the press release: “")
    assert "Billingham" not in forms(quoted(5, NARRATIVE)).plain


@pytest.mark.parametrize("paragraph", [0, 99])
def test_a_paragraph_that_is_not_there_is_none(paragraph: int) -> None:
    assert quotation(seed(5), paragraph) is None


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_no_speaker_is_given_words_that_are_not_printed_as_theirs(case: Case) -> None:
    for number in range(1, len(paragraphs(case.release.text)) + 1):
        found = quotation(case.stored, number)
        assert found
        assert case.release.text[found.evidence.start : found.evidence.end] == found.evidence.quote
        for statement in found.statements:
            whole = statement.evidence
            assert whole.start <= found.evidence.start < found.evidence.end <= whole.end


@given(st.integers(1, 5), st.integers(1, 13))
def test_the_words_stand_unchanged_in_the_plain_form_and_in_the_markdown(number: int, paragraph: int) -> None:
    found = quoted(number, paragraph)

    assert f"“{found.evidence.words}”" in forms(found).plain
    assert f"> {found.evidence.words}\n" in forms(found).markdown


def test_the_source_is_valid_csl_json() -> None:
    [item] = json.loads(forms(quoted(5, 9)).csl)

    # The properties, types and shape of `csl-data.json` of CSL 1.0.2, as far as they are used.
    assert set(item) <= {"id", "type", "genre", "title", "author", "publisher", "issued", "URL", "note"}
    assert {"id", "type"} <= set(item)
    assert item["type"] == "document"
    assert item["genre"] == "Press release"
    assert item["author"] == [{"literal": "HMIC"}]
    assert item["issued"] == {"date-parts": [[2016, 12, 8]], "circa": True}
    assert item["note"] == "R-5 ¶9"


def test_a_date_that_is_stated_is_not_called_inferred() -> None:
    stored = seed(5)
    release = replace(stored.release, published_on=date(2016, 12, 8), published_basis=PublishedBasis.STATED)
    found = quotation(replace(stored, release=release), 9)
    assert found

    assert "circa" not in forms(found).csl
    assert "inferred" not in forms(found).plain
    assert "(date inferred)" in forms(quoted(5, 9)).plain


def test_a_web_page_is_linked_and_a_file_is_named() -> None:
    page = "https://hmicfrs.justiceinspectorates.gov.uk/news/news-feed/hampshire/"
    found = quotation(replace(seed(5), location=page), 9)
    assert found

    assert f"]({page})" in forms(found).markdown
    assert json.loads(forms(found).csl)[0]["URL"] == page
    assert "file a.txt" in forms(quoted(5, 9)).plain
    assert "URL" not in forms(quoted(5, 9)).csl


def test_the_licence_is_claimed_for_the_inspectorates_own_pages_only() -> None:
    copy = quotation(replace(seed(5), location="https://www.example.org/copied"), 9)
    assert copy

    assert ATTRIBUTION in forms(quoted(5, 9)).plain
    assert ATTRIBUTION not in forms(copy).plain + forms(copy).markdown


@pytest.mark.parametrize(
    ("day", "cycle", "name"),
    [
        (date(2017, 7, 18), "2016", "HMIC"),
        (date(2017, 7, 19), "2017", "HMICFRS"),
        (None, "2012", "HMIC"),
        (None, "2018/19", "HMICFRS"),
        (None, "2017", None),
        (None, None, None),
    ],
)
def test_the_inspectorate_is_named_as_it_was_on_that_day(day: date | None, cycle: str | None, name: str | None) -> None:
    assert publisher(replace(seed(5).release, published_on=day, cycle=cycle)) == name


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_quotation_marks_round_the_words_are_set_once(case: Case) -> None:
    found = quotation(case.stored)
    assert found

    assert not re.search(r"““|””|“\"|\"”", forms(found).plain)
