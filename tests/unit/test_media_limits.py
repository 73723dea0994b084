"""What holds for any bytes at all: an answer or UnreadableRelease, in bounded time, without control characters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from media_samples import Printed, docx, page_of, pdf

from summaries.errors import UnreadableRelease
from summaries.media import read_document
from summaries.media.child import read
from summaries.media.guarded import read_guarded
from summaries.media.kinds import Kind
from summaries.types import RawRelease

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]")
TAGS = (
    "html head body title main article header footer nav aside h1 h2 p br ul ol li dl dt dd table tr td th caption"
    " details summary button form select option a b i font sup pre q blockquote script style template svg span div time"
)
PIECES = (
    *(f"<{tag}>" for tag in TAGS.split()),
    *(f"</{tag}>" for tag in TAGS.split()),
    "<a href='//a.example/ '>",
    "<a href='http://[x'>",
    "<base href='x:y'>",
    "<li value=99>",
    "<td colspan=2>",
    "<div class='accordion-title'>",
    "<div class='related'>",
    "<meta property='article:published_time' content='2016-13-99'>",
    "<time datetime='0001-01-01T00:00:00+14:00'>",
    "<!--",
    "-->",
    "words ",
    "&#0;&#x85;&#8203;",
    "\x00",
    "\u2028",
)
pages = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join)
MAIL = b"From: a@a.example\nTo: b@b.example\nSubject: words\n"


def texts(content: bytes, media_type: str | None = None, location: str = "a") -> list[str]:
    try:
        return [page.text for page in read_document(RawRelease(location, content, media_type)).pages]
    except UnreadableRelease:
        return []


@settings(max_examples=100)
@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html", "message/rfc822", "image/png", "text/plain; charset=x"]),
)
@example(b"\xff\xfeA", None)
@example(b"\xfe\xff\xd8\x00words", None)
def test_any_bytes_give_clean_text_or_are_unreadable(content: bytes, media_type: str | None) -> None:
    for text in texts(content, media_type):
        assert not CONTROL.search(text)


@settings(max_examples=200)
@given(pages)
def test_any_page_gives_clean_text_or_is_unreadable(markup: str) -> None:
    for text in texts(f"<p>{markup}".encode(errors="replace"), location="http://site.example/a"):
        assert not CONTROL.search(text)


@settings(max_examples=100)
@given(st.lists(st.sampled_from([
    b"Content-Type: text/html; charset=utf-8\n", b"Content-Type: multipart/mixed; boundary=x\n", b"\n--x\n", b"--x--",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: uuencode\n", b"\n\n", b"begin 644 a\n#0V%T\n",
    b"Content-Type: text/plain; charset=\xff\n", b"=?utf-8?q?=ff?=", b"words",
    b"Content-Type: message/rfc822\n", b"\x00",
    b"Content-Disposition: attachment; filename*=x''%ff\n", b"Content-Type: text/plain; charset*0*=a''%\n",
]), max_size=12).map(b"".join))  # fmt: skip
def test_any_mail_gives_clean_text_or_is_unreadable(rest: bytes) -> None:
    for text in texts(MAIL + rest):
        assert not CONTROL.search(text)


@st.composite
def mutations(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few bytes changed, cut out or said twice."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(changed) - 1)))
        length = draw(st.integers(0, 20))
        changed[at : at + length] = draw(st.binary(max_size=8) | st.just(bytes(changed[at : at + 2 * length])))
    return bytes(changed)


SAMPLES = {
    Kind.PDF: pdf(
        [Printed("Kent Police is good", 700), Printed("• at some things", 680)], [Printed("More words", 700)]
    ),
    Kind.DOCX: docx(("Heading1", "Kent Police"), ("ListBullet", "is good")),
    Kind.FEED: b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>Kent</title><link>http://a.example/b</link>"
    b"<pubDate>Thu, 02 Mar 2017 00:01:00 GMT</pubDate><description>&lt;p&gt;words</description></item></channel></rss>",
}


@settings(max_examples=30)
@given(st.data(), st.sampled_from(list(SAMPLES)))
def test_any_damage_to_a_document_gives_clean_text_or_makes_it_unreadable(data: st.DataObject, kind: Kind) -> None:
    try:
        found = read(kind, data.draw(mutations(SAMPLES[kind])), None)
    except UnreadableRelease:
        return
    for page in found:
        assert not CONTROL.search(page.text)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<p>words" + b"<span>" * 100_000, id="nested"),
        pytest.param(b"<p>words" + b"<div>" * 9_000, id="nested, few enough to be read here"),
        pytest.param(b"<p>words" + b"<ul><li>" * 4_900, id="lists in lists"),
        pytest.param(b"<p>words" + b"<table><td>" * 4_900, id="tables in tables"),
        pytest.param(
            b"<p>words" + b"".join(b"<font size=%d>" % at for at in range(4_000)) + b"</p>" + b"<p>x" * 4_000,
            id="formatting that is never closed",
        ),
    ],
)
def test_a_page_built_to_exhaust_its_reader_is_read_all_the_same(content: bytes) -> None:
    assert page_of(content).text.startswith("words")


def test_a_page_of_usual_size_is_read_whole() -> None:
    markup = "<main><h1>All forces</h1>" + "<h2>Kent</h2><p>Kent Police is <b>good</b> at a few things.</p>" * 5_000

    assert page_of(markup.encode()).text.count("Kent Police is good at a few things.") == 5_000


@pytest.mark.parametrize(
    ("limits", "reason"),
    [({"cpu_seconds": 1}, "needs more time or memory"), ({"patience": 0.01}, "took too long")],
)
def test_a_child_that_needs_too_much_is_a_document_that_cannot_be_read(limits: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnreadableRelease, match=reason):
        read_guarded(Kind.HTML, b"<p>words" + b"<div>" * 100_000, **limits)
