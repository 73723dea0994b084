"""Receipts as they are printed, pasted and followed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cards import Case, cases, store
from hypothesis import given
from hypothesis import strategies as st
from releases import make_release

from summaries.receipts import Receipt, paragraph_number, paragraphs, parse_receipt, receipt
from summaries.types import Evidence

if TYPE_CHECKING:
    from summaries.ports import StoredRelease


@pytest.mark.parametrize(
    ("pasted", "number", "revision", "paragraph", "rest"),
    [
        ("R-5", 5, None, None, ""),
        ("R-5 ¶3", 5, None, 3, ""),
        ("R-5\N{NO-BREAK SPACE}¶3", 5, None, 3, ""),
        ("R\N{NON-BREAKING HYPHEN}5", 5, None, None, ""),
        ("R–5 ¶3", 5, None, 3, ""),
        ("r5 p3", 5, None, 3, ""),
        ("r5p3", 5, None, 3, ""),
        ("R-5.2 ¶ 3", 5, 2, 3, ""),
        ("R-5, para 3", 5, None, 3, ""),
        ("(R-5 ¶3)", 5, None, 3, ""),
        ("R-5 paragraph 3", 5, None, 3, ""),
        ('R-5 ¶3 "the words"', 5, None, 3, '"the words"'),
        ("R-5 praised the force", 5, None, None, "praised the force"),
    ],
)
def test_a_receipt_is_read_however_it_was_pasted(
    pasted: str, number: int, revision: int | None, paragraph: int | None, rest: str
) -> None:
    assert parse_receipt(pasted) == (Receipt(number, revision, paragraph), rest)


@pytest.mark.parametrize("typed", ["", "R", "Rutland 5", "R2D2", "R-12x", "5 ¶3", "PR-5"])
def test_what_only_looks_like_a_receipt_is_none(typed: str) -> None:
    assert parse_receipt(typed) is None


@given(
    number=st.integers(1, 999_999_999),
    revision=st.integers(1, 999_999),
    text=st.text(st.sampled_from("ab.\n \t\f\N{NO-BREAK SPACE}"), min_size=1, max_size=60),
    place=st.integers(0, 59),
)
def test_a_receipt_that_was_printed_leads_back_to_its_paragraph(
    number: int, revision: int, text: str, place: int
) -> None:
    words = [at for at, letter in enumerate(text) if not letter.isspace()]
    if not words:
        return
    at = words[place % len(words)]
    stored = _stored(text, number, revision)
    printed = receipt(stored, Evidence.of(text, at, at + 1))

    read = parse_receipt(printed)
    assert read is not None
    assert (read[0].number, read[0].revision or 1, str(read[0])) == (number, revision, printed)
    named = paragraphs(text)[(read[0].paragraph or 0) - 1]
    assert named.start <= at < named.end


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_paragraphs_of_a_release_are_those_that_its_receipts_count(case: Case) -> None:
    text = case.release.text
    found = paragraphs(text)

    assert [paragraph_number(text, one.start) for one in found] == list(range(1, len(found) + 1))
    assert all(text[one.start : one.end] == one.quote == one.quote.strip() for one in found)


def _stored(text: str, number: int, revision: int) -> StoredRelease:
    return replace(store(replace(make_release(), text=text), number), revision=revision)
