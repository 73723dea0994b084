"""What holds for any bytes at all."""

from __future__ import annotations

import pytest
from corpus import documents as corpus
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading import evidences, read

from summaries.errors import UnreadableRelease
from summaries.parsing import parse
from summaries.release_json import from_json, to_json
from summaries.summarise import summarise
from summaries.types import RawRelease, Release

# Pieces of which releases are made, so that random documents reach the readers and not only the guards.
PIECES = (
    "Kent Police is 'good' at legitimately keeping people safe and reducing crime - HMIC",
    "## ",
    "\n\n",
    "\n",
    "- ",
    "1. ",
    "**",
    "*",
    '"',
    "“",
    "”",
    "HMIC found that Kent Police:",
    "HM Inspector of Constabulary Zoë Billingham said:",
    "treats people well; and",
    "as",
    ". ",
    "I have judged Kent Police as 'inadequate' at how legitimately it keeps people safe and reduces crime.",
    "In 2015 the force was judged to be good.",
    "Notes to editors",
    "129 applications",
    "the report *Without Fear or Favour* is at www.hmic.gov.uk",
    "will inspect again in 2017",
    "This is the second year running HMIC has inspected, as part of PEEL.",
    "[link](http://x.uk)",
    "\f",
    "it",
    "Essex Police",
    "'",
)
documents = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40).map(" ".join)


def parsed(text: str) -> Release | None:
    try:
        return read(text)
    except UnreadableRelease:
        return None


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from([None, "text/plain", "text/markdown; charset=utf-8", "image/png", ""]))
@example(b"", None)
@example(b"\xff\xfeA", None)
@example(b"\xff\xfe\x00\xd8a\x00", None)
@example(b"%PDF-1.7 words", None)
@example(b"\xef\xbb\xbf<!DOCTYPE html><p>words", None)
def test_any_bytes_parse_or_are_unreadable_and_nothing_else(content: bytes, media_type: str | None) -> None:
    try:
        document = parse(RawRelease("x", content, media_type))
    except UnreadableRelease:
        return

    assert len(document.releases) == 1


@settings(max_examples=150)
@given(documents)
def test_every_evidence_is_the_text_it_points_at(text: str) -> None:
    release = parsed(text)
    if release is None:
        return

    summary = summarise(release)
    for evidence in (*evidences(release), *evidences(summary)):
        assert evidence.quote
        assert release.text[evidence.start : evidence.end] == evidence.quote


@settings(max_examples=75)
@given(documents)
def test_a_parsed_release_survives_its_own_json(text: str) -> None:
    release = parsed(text)
    if release is None:
        return

    assert from_json(to_json(release)) == release


@settings(max_examples=50)
@given(documents)
def test_parsing_the_stored_text_again_gives_the_same_release(text: str) -> None:
    release = parsed(text)
    if release is None:
        return

    assert read(release.text) == release


@pytest.mark.parametrize(
    "unit",
    [
        "ab",
        "ab\n\n",
        "word word\n\n",
        "- ab\n",
        '" ab',
        '"ab\n\n',
        "*ab* ",
        "*ab",
        "[ab](",
        "two cases ",
        "judged ab ",
        "the force was judged good in 2015 ",
        "Kent Police is good at legitimately ab. ",
        "will inspect ",
        "Aa Bb said: ",
        "HM Inspector of Constabulary Jane Smith said:\n\n",
        "1. ab\n",
        "PEEL ",
        "ab   ",
        "ab. ",
        "Kent and ",
        "report *Ab cd ef* ",
        "report 'Abcdefgh' ",
        "www.a.b/",
        "the report at www.x.uk ",
        "needs to ",
        "# ab\n",
        "found:\n\n- ab\n\n",
        "( ab",
        "it is ",
    ],
)
def test_time_grows_only_with_length(unit: str) -> None:
    """A reader that is quadratic in any of these would run into the time limit of the suite."""
    read(unit * (50_000 // len(unit)))


@pytest.mark.parametrize("letters", ["iıkKsſ", "iİIıSſ"], ids=["small", "capital"])
def test_letters_that_patterns_take_for_others_break_no_reading(letters: str) -> None:
    alike = str.maketrans(letters[::2], letters[1::2])
    documents = [document for document in corpus() if document.path.suffix in (".txt", ".md")]
    assert documents
    for document in documents:
        document.parse(document.path.read_text(encoding="utf-8").translate(alike).encode())
