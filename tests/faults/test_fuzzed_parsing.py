"""Whatever bytes come, parsing gives releases whose evidence holds, or says that they cannot be read, and soon."""

from __future__ import annotations

import random

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.types import RawRelease

seeds = st.integers(0, 2**32)
IN_PROCESS = [kind for kind in fuzzing.KINDS if kind not in ("feed", "pdf")]


@pytest.mark.parametrize("kind", IN_PROCESS)
@settings(max_examples=100)
@given(seeds)
def test_any_input_of_a_kind_is_read_with_its_evidence_or_refused(kind: str, seed: int) -> None:
    make, _ = fuzzing.KINDS[kind]

    fuzzing.check(RawRelease("a.md", make(random.Random(seed))))


@pytest.mark.parametrize("kind", ["feed", "pdf"])
@settings(max_examples=5)
@given(seeds)
def test_any_feed_or_pdf_is_read_with_its_evidence_or_refused(kind: str, seed: int) -> None:
    make, _ = fuzzing.KINDS[kind]

    fuzzing.check(RawRelease("a", make(random.Random(seed))))


@settings(max_examples=200)
@given(st.binary(max_size=2000), st.text(max_size=30), st.none() | st.text(max_size=30))
def test_any_bytes_under_any_name_and_type(content: bytes, name: str, media_type: str | None) -> None:
    fuzzing.check(RawRelease(name, content, media_type))


@settings(max_examples=200)
@given(st.text(max_size=600))
def test_any_text(text: str) -> None:
    fuzzing.check(RawRelease("a.txt", text.encode("utf-8", "surrogatepass")))


@settings(max_examples=100)
@given(st.lists(st.sampled_from(fuzzing.fragments()), max_size=60))
def test_paragraphs_of_the_corpus_in_any_order(pieces: list[str]) -> None:
    fuzzing.check(RawRelease("a.md", "\n".join(pieces).encode()))


def test_the_same_seed_makes_the_same_input() -> None:
    assert fuzzing.any_input(random.Random(7)) == fuzzing.any_input(random.Random(7))
