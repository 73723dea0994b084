from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from media_samples import page_of, read_page
from reading import SEEDS

from summaries.errors import UnreadableRelease
from summaries.media import read_document
from summaries.parsing import parse
from summaries.types import RawRelease

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param("Zoë said".encode("utf-8-sig"), "Zoë said", id="UTF-8 with a mark"),
        pytest.param("Zoë said".encode("utf-16"), "Zoë said", id="UTF-16"),
        pytest.param(
            "Zoë said “words”, no mark".encode("utf-16-le"), "Zoë said “words”, no mark", id="UTF-16 unmarked"
        ),
        pytest.param("Zoë said “words”, no mark".encode("utf-16-be"), "Zoë said “words”, no mark", id="UTF-16 big end"),
        pytest.param("Zoë “said”".encode("cp1252"), "Zoë “said”", id="Windows-1252"),
        pytest.param(b"one\r\ntwo\rthree", "one\ntwo\nthree", id="line ends"),
        pytest.param("one\u2028two\u0085three".encode(), "one\ntwo\nthree", id="line separators"),
        pytest.param(b"one page\fthe next", "one page\n\nthe next", id="page break"),
        pytest.param(b"a long enough line with one \x00NUL in it", "a long enough line with one NUL in it", id="NUL"),
        pytest.param("co\u00adoperate \u200bzero".encode(), "cooperate zero", id="unseen characters"),
        pytest.param("Zoe\u0308".encode(), "Zoë", id="composed"),
        pytest.param(b"fish &amp;amp; chips", "fish &amp;amp; chips", id="escapes left alone"),
    ],
)
def test_text_is_decoded_and_cleaned(content: bytes, text: str) -> None:
    assert page_of(content).text == text


@pytest.mark.parametrize("path", SEEDS.values(), ids=SEEDS)
def test_the_text_of_a_seed_is_stored_as_it_stands(path: Path) -> None:
    assert page_of(path.read_bytes()).text.encode() == path.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n ",
        b"123 456",
        b"\x00\x01\x02\x03 words",
        b"%PDF-1.4 words",
        b"PK\x03\x04 words",
        b"\x89PNG words",
        b"<html><body>42</body></html>",
        b"<?xml version='1.0'?><a>words</a>",
        b"---\n\n42\n",
        b"words " * 400_000,
    ],
)
def test_what_holds_no_readable_text_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableRelease):
        page_of(content)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\xd0\xcf\x11\xe0 words", "an old Word"),
        (b"{\\rtf1 words}", "a rich-text file"),
        (b"\xff\xd8\xff words", "a picture"),
        (b"\x1f\x8b words", "a compressed file"),
        (b"PK\x03\x04 words", "a damaged archive"),
        (b"<?xml version='1.0'?><urlset><p>words</p></urlset>", "neither a page nor a feed"),
    ],
)
def test_a_kind_that_is_not_read_is_named(content: bytes, named: str) -> None:
    with pytest.raises(UnreadableRelease, match=named):
        page_of(content)


@pytest.mark.parametrize(
    ("content", "location", "given", "expected"),
    [
        (b"some words", "a.txt", None, "text/plain"),
        (b"some words", "a.MD", None, "text/markdown"),
        (b"some words", "a.md", "text/plain; charset=utf-8", "text/plain"),
        (b"some words", "a", "text/x-markdown", "text/x-markdown"),
        (b"some words", "a.pdf", "application/pdf", "text/plain"),
        (b"some words", "a", "text/html", "text/plain"),
        (b"<p>some words", "a.txt", "text/plain", "text/html"),
        (b"<p>some words", "a", "application/xhtml+xml; charset=utf-8", "application/xhtml+xml"),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<!DOCTYPE html>some words", "a", "application/octet-stream", "text/html"),
        (b"Some <b>words</b>", "a.html", None, "text/html"),
        (b"Some <b>words</b>", "a.md", None, "text/markdown"),
        ("<html><body>some words</body></html>".encode("utf-16"), "a", None, "text/html"),
    ],
)
def test_the_bytes_decide_what_a_document_is(content: bytes, location: str, given: str | None, expected: str) -> None:
    document = read_document(RawRelease(location, content, given))

    assert document.media_type == expected
    assert "words" in document.pages[0].text


@pytest.mark.parametrize(
    ("content", "given"),
    [
        pytest.param('<meta charset="utf-8"><p>Zoë words'.encode(), None, id="UTF-8 that says so"),
        pytest.param('<meta charset="iso-8859-1"><p>Zoë words'.encode(), None, id="UTF-8 that says otherwise"),
        pytest.param("<p>Zoë words".encode("mac-roman"), "text/html; charset=macintosh", id="as the site says"),
        pytest.param('<meta charset="macintosh"><p>Zoë words'.encode("mac-roman"), None, id="as the page says"),
        pytest.param("<p>Zoë words".encode("cp1252"), "text/html; charset=punycode", id="as nobody should say"),
        pytest.param("<p>Zoë words".encode("cp1252"), "text/html; charset=iso-8859-99", id="as nobody can say"),
    ],
)
def test_a_page_is_decoded_by_what_it_is_rather_than_by_what_it_says(content: bytes, given: str | None) -> None:
    assert read_document(RawRelease("a", content, given)).pages[0].text == "Zoë words"


def test_a_saved_mail_gives_its_plain_text() -> None:
    mail = (
        "Received: from a.example\r\n\tby b.example\r\nFrom: Press Office <press@a.example>\r\nTo: you@b.example\r\n"
        "Subject: A release\r\nContent-Type: text/plain; charset=windows-1252\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nKent Police is =91good=92\r\n\r\n- one;\r\n- two.\r\n"
    )
    document = read_document(RawRelease("a.txt", mail.encode()))

    assert document.media_type == "message/rfc822"
    assert document.pages[0].text == "Kent Police is ‘good’\n\n- one;\n- two.\n"


def test_of_a_mail_in_two_forms_the_one_with_lists_and_links_is_read() -> None:
    mail = """From: a@a.example
To: b@b.example
Subject: A release
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=xx

--xx
Content-Type: text/plain

plain words
--xx
Content-Type: text/html; charset=utf-8

<table><tr><td><h1>Kent Police</h1><p>One <a href="https://a.example/r">report</a>.</p><p>Two.</p></td></tr></table>
--xx--
"""
    assert page_of(mail.encode()).text == "# Kent Police\n\nOne [report](https://a.example/r).\n\nTwo."


@pytest.mark.parametrize(
    "body",
    [
        "Content-Type: application/pdf\n\nwords",
        "Content-Type: text/plain\n\n",
        "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(2000)),
    ],
)
def test_a_mail_without_a_message_is_unreadable(body: str) -> None:
    with pytest.raises(UnreadableRelease):
        page_of(f"From: a@a.example\nTo: b@b.example\nSubject: words\n{body}".encode())


def test_a_text_that_only_begins_like_a_mail_is_text() -> None:
    assert page_of(b"From: today\nKent Police is good.\nSubject: to change").text.startswith("From: today")


def test_a_page_within_a_line_of_text_is_still_text() -> None:
    assert read_page("Kent Police <is> good").text == "Kent Police <is> good"


@pytest.mark.parametrize("content", [b"Page 12", b"[*](ab)", b"---\n\n42\n"])
def test_a_document_of_marks_and_page_numbers_holds_no_release(content: bytes) -> None:
    with pytest.raises(UnreadableRelease):
        parse(RawRelease("a", content))


def test_the_source_record_holds_the_digests_of_bytes_and_of_text() -> None:
    source = parse(RawRelease("a", b"one\r\ntwo")).source

    assert source.sha256 == sha256(b"one\r\ntwo").hexdigest()
    assert source.text_sha256 == sha256(b"one\ntwo").hexdigest()
