"""Documents nobody would write: what the fuzz tests and `benchmarks/fuzz.py` feed to the parser, and what must hold."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from corpus import CORPUS
from media_samples import Printed, pdf
from reading import ROOT, SEEDS, evidences

from summaries.document_json import document_json
from summaries.errors import UnreadableRelease
from summaries.parsing import parse
from summaries.types import RawRelease

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

#: Seconds of processor time that one input may take.
LONGEST = 2.0
_MOST_BYTES = 30_000
_ALIKE = str.maketrans("iIkKsS12", "ıİKKſſ١²")  # letters and digits that patterns may take for others
_NAMES = ("a.txt", "a.md", "a.html", "a.xml", "a.pdf", "a.eml", "https://hmicfrs.justiceinspectorates.gov.uk/news/x/")
_TYPES = (None, None, "text/plain", "text/html; charset=windows-1252", "application/rss+xml", "application/pdf", "x/y")


def _listed(words: str) -> list[str]:
    return words.split("|")


# Words and marks of which releases are made: they reach the readers and not only the guards before them.
_WORDS = _listed(
    "Kent Police|Essex Police|Avon and Somerset Constabulary|London Fire Brigade|the force|the service|HMIC|HMICFRS"
    "|is|was|has been|‘good’|'requires improvement'|outstanding|inadequate|adequate|not graded|judged|graded|at|in"
    "|how|effectively|efficiently|legitimately|keeping people safe|reducing crime|preventing crime|PEEL|2016|2018/19"
    "|2021/22|police legitimacy 2016|causes of concern|areas for improvement|two|nine|36|forces|enhanced monitoring"
    "|Engage|moved into|removed from|on 11 March 2024|Published on: 8 December 2016|today|custody|crime data integrity"
    "|HM Inspector of Constabulary Zoë Billingham said:|Matt Parr,|who led the inspection,|said:|added:|will inspect"
    "|again in 2017|Notes to editors|Get the report|the report|www.hmic.gov.uk|[PEEL 2016 – Kent](https://x.uk/a-b)"
    "|Original article link: https://www.justiceinspectorates.gov.uk/hmic/a|found that|HMIC found that Kent Police:"
    "|needs to:|not|no|and|; and|, and|:|;|.|,|“|”|‘|’|\"|'|(|)|-|–|*|**|_|#|…|\u00a0|1.|2.|•|a|it|é|ß|İ|\u0301"
    "|\U0001f600"
)
_GAPS = (*[" "] * 5, "\n", "\n", "\n\n", "\n\n", "\n- ", "\n\n- ", "\n1. ", "\n## ", "\f", "\r\n", "\t", "")
_TAGS = _listed(
    "<p>|</p>|<h1>|<h2>|</h2>|<ul>|<li>|</li>|</ul>|<div class='x'>|</div>|<a href='https://x.uk/a'>|</a>|<br>|<table>"
    "|<td>|<blockquote>|<button aria-expanded>|<main>|<article>|<script>|</script>|<!--|-->|<![CDATA[|]]>|&amp;|&#0;"
    "|&#x1F600;|<time datetime='2016-12-08'>|<meta charset=x>|<|>|<p title=\"|</html>|<title>|<form>|<style>"
)
_FEED = _listed(
    "<title>|</title>|<link>https://x.uk/a</link>|<description>|</description>|<feed>|<entry>|</entry>|<content:encoded>"
    "|<pubDate>Thu, 08 Dec 2016 09:00:00 GMT</pubDate>|<![CDATA[|]]>|&lt;p&gt;|<!DOCTYPE a [|]>|<!ENTITY a 'b'>|&a;"
    "|<?xml version='1.0'?>|</item><item><title>Kent Police is good</title><description>It is.</description>"
)


@cache
def originals() -> tuple[bytes, ...]:
    """The seeds and the corpus, byte for byte."""
    paths: list[Path] = [*SEEDS.values(), *(path for path in sorted(CORPUS.iterdir()) if path.suffix != ".toml")]
    return tuple(path.read_bytes() for path in paths)


@cache
def fragments() -> tuple[str, ...]:
    """Every paragraph and line of them."""
    return tuple(
        piece for content in originals() for piece in content.decode("utf-8").splitlines(keepends=True) if piece.strip()
    )


def random_bytes(rnd: random.Random) -> bytes:
    return rnd.choice((b"", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>")) + rnd.randbytes(
        rnd.randrange(400)
    )


def mutated(rnd: random.Random) -> bytes:
    """An original with bits flipped, parts cut, doubled, put in from another or in odd letters, or its end lost."""
    content = bytearray(rnd.choice(originals()))
    for _ in range(rnd.choice((1, 1, 2, 4, 16))):
        at = rnd.randrange(len(content) + 1)
        to = min(len(content), at + rnd.choice((1, 1, 3, 20, 200, 2000)))
        change = rnd.randrange(6)
        if change == 0 and at < len(content):
            content[at] ^= 1 << rnd.randrange(8)
        elif change == 1:
            del content[at:to]
        elif change == 2:
            content[at:at] = content[at:to] * rnd.choice((1, 2, 9))
        elif change == 3:
            other = rnd.choice(originals())
            start = rnd.randrange(len(other))
            content[at:at] = other[start : start + rnd.randrange(1, 1500)]
        elif change == 4:
            content[at:to] = content[at:to].decode("utf-8", "replace").translate(_ALIKE).encode()
        else:
            del content[at:]
    return bytes(content[:_MOST_BYTES])


def shuffled(rnd: random.Random) -> bytes:
    """Paragraphs and lines of many originals in any order."""
    pieces = rnd.choices(fragments(), k=rnd.choice((3, 10, 40, 120)))
    return rnd.choice(("", "\n")).join(pieces).encode()[:_MOST_BYTES]


def written(rnd: random.Random) -> bytes:
    """Text of the words and marks that readers look for; now and then one stretch of it many times over."""
    text = "".join(part for _ in range(rnd.choice((5, 30, 120))) for part in (rnd.choice(_WORDS), rnd.choice(_GAPS)))
    if rnd.random() < 0.05:
        text *= rnd.choice((10, 50, 200))
    return text.encode(rnd.choice(("utf-8", "utf-8", "utf-16")), "replace")[:_MOST_BYTES]


def html(rnd: random.Random) -> bytes:
    return b"<html><body>" + _tagged(rnd, _TAGS)


def feed(rnd: random.Random) -> bytes:
    head = b"<?xml version='1.0'?><rss version='2.0'><channel><item>"
    return head + _tagged(rnd, _FEED) + b"</item></channel></rss>"


def _tagged(rnd: random.Random, tags: list[str]) -> bytes:
    parts = (rnd.choice(tags if rnd.random() < 0.5 else _WORDS) + rnd.choice(_GAPS) for _ in range(rnd.randrange(120)))
    return "".join(parts).encode()


def broken_pdf(rnd: random.Random) -> bytes:
    """A small PDF, some of it damaged; each takes a process of its own."""
    lines = [
        Printed(rnd.choice(_WORDS[:40]).encode("cp1252", "replace").decode("cp1252"), 800 - 14 * y) for y in range(9)
    ]
    content = bytearray(pdf(lines))
    for _ in range(rnd.randrange(6)):
        content[rnd.randrange(len(content))] = rnd.randrange(256)
    return bytes(content)


#: Makers of inputs with how often each is used; those that cost a process (feeds, PDFs) seldom.
KINDS: dict[str, tuple[Callable[[random.Random], bytes], int]] = {
    "random bytes": (random_bytes, 200),
    "mutated originals": (mutated, 300),
    "shuffled originals": (shuffled, 150),
    "written": (written, 250),
    "html": (html, 100),
    "feed": (feed, 2),
    "pdf": (broken_pdf, 1),
}


def any_input(rnd: random.Random) -> tuple[str, RawRelease]:
    """The kind of an input, and the input; the same for the same state of `rnd`."""
    (kind,) = rnd.choices(list(KINDS), [weight for _, weight in KINDS.values()])
    return kind, RawRelease(rnd.choice(_NAMES), KINDS[kind][0](rnd), rnd.choice(_TYPES))


@cache
def _documented() -> frozenset[str]:
    """Every name that the document on the JSON of a release gives in its table."""
    table = re.findall(r"(?m)^\| .*\|$", (ROOT / "docs" / "release-json.md").read_text(encoding="utf-8"))
    return frozenset(re.findall(r"`([a-z_]+)`", "\n".join(table)))


def check(raw: RawRelease) -> int:
    """Parse an input, prove what must hold of it, and say how many releases it gave; none when it is unreadable.

    Raises AssertionError where evidence or JSON is wrong, and whatever the parser raises that it must not.
    """
    try:
        document = parse(raw)
    except UnreadableRelease:
        return 0
    for release in document.releases:
        for evidence in evidences(release):
            assert evidence.quote, release.title
            assert release.text[evidence.start : evidence.end] == evidence.quote, evidence
    public = document_json(document)
    assert all(set(release) <= _documented() for release in public["releases"])
    written_out = json.dumps(public, ensure_ascii=False, allow_nan=False)
    written_out.encode("utf-8")
    assert json.loads(written_out) == public
    return len(document.releases)
