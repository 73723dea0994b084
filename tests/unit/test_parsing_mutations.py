"""The layout of a release may change in every way an extractor changes it; what was read may not."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import mutations
import pytest
from corpus import Document, documents
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import MUTATIONS, PAGE_BREAKS, curly, straight
from reading import SEEDS, evidences, facts, read, seed_text

seed_numbers = st.sampled_from(sorted(SEEDS))
PEEL_SEEDS = ("000", "002", "003", "004")


# Corpus documents in text or Markdown: the others have no layout of their own.
TEXTS = [document for document in documents() if document.path.suffix in (".txt", ".md")]
_HYPHENS = str.maketrans("–—‐‑", "----")

each_text = pytest.mark.parametrize("document", TEXTS, ids=lambda document: document.name)


def text_of(document: Document) -> str:
    return document.path.read_text(encoding="utf-8")


def facts_of(document: Document) -> list[dict[str, Any]]:
    return _facts_of(document.name)


@cache
def _facts_of(name: str) -> list[dict[str, Any]]:
    document = next(document for document in TEXTS if document.name == name)
    return facts_in(document, text_of(document))


def facts_in(document: Document, text: str) -> list[dict[str, Any]]:
    """The facts of each release in a text that stands where the document does; dashes count as hyphens."""
    return [_plain(facts(release)) for release in document.parse(text.encode())]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    return value.translate(_HYPHENS) if isinstance(value, str) else value


@pytest.mark.parametrize("mutation", MUTATIONS)
@each_text
def test_no_change_of_layout_changes_what_is_read(document: Document, mutation: str) -> None:
    assert facts_in(document, MUTATIONS[mutation](text_of(document))) == facts_of(document)


def family(mutation: str) -> str:
    return mutation.partition(" ")[0]


# Marks are changed and lines laid out first: what does so reads the text as it was written.
ORDER = ("bullets", "spread", "wrapped")
some_mutations = st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=2, max_size=3, unique_by=family).map(
    lambda names: sorted(names, key=lambda name: (*(family(name) != first for first in ORDER), name))
)


@settings(max_examples=75)
@given(st.sampled_from(TEXTS), some_mutations)
def test_no_two_or_three_changes_together_do(document: Document, names: list[str]) -> None:
    text = text_of(document)
    for name in names:
        text = MUTATIONS[name](text)

    assert facts_in(document, text) == facts_of(document)


@settings(max_examples=75)
@given(st.sampled_from(TEXTS), st.sampled_from(PAGE_BREAKS), st.data())
def test_a_page_may_end_inside_any_paragraph_or_item(document: Document, page_break: str, data: st.DataObject) -> None:
    text = text_of(document)
    at = data.draw(st.sampled_from(mutations.places_inside(text)))

    assert facts_in(document, mutations.broken_inside(text, at, page_break)) == facts_of(document)


@each_text
def test_a_running_head_on_each_page_is_not_read(document: Document) -> None:
    text = text_of(document)
    headed = mutations.broken_between(text, "\n\n2\n\nHMIC – press release\n\n")
    if headed.count("HMIC – press release") < 3 or len(document.releases) > 1:
        return  # printed once or twice it may be any line; and the sections of a page are read one by one

    assert facts_in(document, headed) == facts_of(document)


@each_text
def test_a_paragraph_a_line_reads_as_one_with_empty_lines(document: Document) -> None:
    text = text_of(document)
    if document.name == "21-engage-list":
        return  # its items and its headings cannot be told apart without the lines between

    assert facts_in(document, mutations.one_line_a_block(text)) == facts_of(document)


@settings(max_examples=40)
@given(seed_numbers, st.integers(30, 200))
def test_wrapping_lines_at_any_width_changes_nothing(number: str, width: int) -> None:
    text = seed_text(number)

    assert facts(read(mutations.reflowed(text, width))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(number: str, ending: str) -> None:
    text = seed_text(number)

    assert facts(read(text.replace("\n", ending))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_change_nothing(number: str, encoding: str) -> None:
    text = seed_text(number)

    assert facts(read(text.encode(encoding))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_straight_marks_for_curly_ones_change_nothing(number: str) -> None:
    text = seed_text(number)

    assert facts(read(straight(text))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_curly_marks_for_straight_ones_change_nothing(number: str) -> None:
    text = seed_text(number)

    assert facts(read(curly(text))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_a_release_without_heading_and_bold_marks_reads_the_same(number: str) -> None:
    text = seed_text(number)
    unmarked = text.replace("## ", "").replace("**", "")

    assert facts(read(unmarked)) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
@pytest.mark.parametrize("mark", ["*", "•", "–", "▪"])
def test_any_bullet_mark_makes_the_same_list(number: str, mark: str) -> None:
    text = seed_text(number)

    assert facts(read(re.sub(r"(?m)^- ", f"{mark} ", text))) == facts(read(text))


@settings(max_examples=40)
@given(
    st.sampled_from(PEEL_SEEDS),
    st.data(),
    st.sampled_from(["\n\n", "\f", "\n\n\n\n", "\n\n3\n\n", "\n\nPage 2 of 3\n\n"]),
)
def test_a_page_break_between_any_two_words_of_a_marked_statement_is_healed(
    number: str, data: st.DataObject, page_break: str
) -> None:
    text = seed_text(number)
    release = read(text)
    assert release.statement
    spoken = release.statement.evidence
    spaces = [
        found.start() for found in re.finditer(r"(?<=\S) (?=\S)", text) if spoken.start < found.start() < spoken.end
    ]
    at = data.draw(st.sampled_from(spaces))
    broken = text[:at] + page_break + text[at + 1 :]

    assert facts(read(broken)) == facts(release)


@settings(max_examples=30)
@given(seed_numbers, st.data())
def test_a_page_break_inside_a_finding_is_healed_where_the_next_word_is_small(number: str, data: st.DataObject) -> None:
    text = seed_text(number)
    release = read(text)
    finding = data.draw(st.sampled_from(release.findings)).evidence
    spaces = [
        found.start()
        for found in re.finditer(r"(?<=[\w,]) (?=[a-z])", text)
        if finding.start < found.start() < finding.end
    ]
    at = data.draw(st.sampled_from(spaces))

    assert facts(read(f"{text[:at]}\n\n{text[at + 1 :]}")) == facts(release)


@settings(max_examples=30)
@given(seed_numbers, st.data())
def test_whatever_is_cut_out_every_evidence_is_still_in_the_text(number: str, data: st.DataObject) -> None:
    text = seed_text(number)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    kept = text[:start] + text[end:]
    if not re.search(r"[^\W\d_]{2}", kept):
        return
    release = read(kept)

    for evidence in evidences(release):
        assert release.text[evidence.start : evidence.end] == evidence.quote
