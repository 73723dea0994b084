from __future__ import annotations

from hashlib import sha256

import pytest
from reading import read

from summaries.errors import UnreadableRelease
from summaries.parsing import parse
from summaries.types import RawRelease


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param("Zoë said".encode("utf-8-sig"), "Zoë said", id="UTF-8 with a mark"),
        pytest.param("Zoë said".encode("utf-16"), "Zoë said", id="UTF-16"),
        pytest.param("Zoë “said”".encode("cp1252"), "Zoë “said”", id="Windows-1252"),
        pytest.param(b"one\r\ntwo\rthree", "one\ntwo\nthree", id="line ends"),
        pytest.param("one\u2028two\u0085three".encode(), "one\ntwo\nthree", id="line separators"),
        pytest.param(b"one page\fthe next", "one page\n\nthe next", id="page break"),
        pytest.param(b"a long enough line with one \x00NUL in it", "a long enough line with one NUL in it", id="NUL"),
        pytest.param("co\u00adoperate \u200bzero".encode(), "cooperate zero", id="unseen characters"),
        pytest.param("Zoe\u0308".encode(), "Zoë", id="composed"),
    ],
)
def test_text_is_decoded_and_cleaned(content: bytes, text: str) -> None:
    assert read(content).text == text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n ",
        b"123 456",
        b"Page 12",
        b"[*](ab)",
        b"\x00\x01\x02\x03 words",
        b"%PDF-1.4 words",
        b"PK\x03\x04 words",
        b"\x89PNG words",
        b"<html><body>words</body></html>",
        b"\xef\xbb\xbf <!doctype html>words",
        b"<?xml version='1.0'?><a>words</a>",
        b"---\n\n42\n",
    ],
)
def test_what_holds_no_readable_text_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableRelease):
        read(content)


def test_another_media_type_is_unreadable_and_named() -> None:
    with pytest.raises(UnreadableRelease, match="application/pdf"):
        parse(RawRelease("a", b"words enough", "application/pdf; version=1"))


@pytest.mark.parametrize(
    ("location", "given", "expected"),
    [
        ("a.txt", None, "text/plain"),
        ("a.MD", None, "text/markdown"),
        ("a.md", "text/plain; charset=utf-8", "text/plain"),
    ],
)
def test_the_media_type_is_the_given_one_or_told_from_the_name(location: str, given: str | None, expected: str) -> None:
    assert parse(RawRelease(location, b"some words", given)).source.media_type == expected


def test_the_source_record_holds_the_digests_of_bytes_and_of_text() -> None:
    source = parse(RawRelease("a", b"one\r\ntwo")).source

    assert source.sha256 == sha256(b"one\r\ntwo").hexdigest()
    assert source.text_sha256 == sha256(b"one\ntwo").hexdigest()
