"""Receipts: the public form of evidence, `R-12 ¶3`, that lets anyone find the words again.

A receipt without a revision, `R-12 ¶3`, names the first one: a later one is printed as `R-12.2 ¶3`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.types import Evidence

if TYPE_CHECKING:
    from summaries.ports import StoredRelease

_BLANK_LINES = re.compile(r"\n\s*\n")
# As pasted: with any hyphen or none, with a space or one that does not break, with ¶ or "para", in brackets or quotes.
_PASTED = re.compile(
    r"[\s\"'“‘(\[`]{0,4}r\s?[-\u2010-\u2015\u2212]?\s?(?P<number>\d{1,9})(?:\.(?P<revision>\d{1,6}))?"
    r"(?:[\s,]{0,3}(?:¶|§|par(?:a(?:graph)?)?\b\.?|p\b\.?|p(?=\d)|par(?:a(?:graph)?)?(?=\d))\s{0,2}(?P<paragraph>\d{1,6}))?"
    r"(?![\w-])[)\]`]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt points to: a release by number, the revision and the paragraph where they are named."""

    number: int
    revision: int | None = None
    paragraph: int | None = None

    def __str__(self) -> str:
        return _printed(self.number, self.revision or 1, self.paragraph)


def parse_receipt(words: str) -> tuple[Receipt, str] | None:
    """The receipt at the head of what a person pasted, and the words after it; None when there is none."""
    found = _PASTED.match(words)
    if found is None:
        return None
    number, revision, paragraph = (
        int(part) if part else None for part in found.group("number", "revision", "paragraph")
    )
    return Receipt(number or 0, revision, paragraph), words[found.end() :].strip()


def paragraphs(text: str) -> list[Evidence]:
    """The paragraphs of a text, in order: what blank lines part, without the white space round it."""
    edges = [0, *(edge for gap in _BLANK_LINES.finditer(text) for edge in gap.span()), len(text)]
    pieces = [Evidence.of(text, *span) for span in zip(edges[::2], edges[1::2], strict=True)]
    return [_trimmed(text, piece) for piece in pieces if piece.quote.strip()]


def paragraph_number(text: str, offset: int) -> int:
    """Which paragraph of the text, counted from 1, holds the offset."""
    return max(1, sum(1 for paragraph in _BLANK_LINES.split(text[: offset + 1]) if paragraph.strip()))


def receipt(stored: StoredRelease, evidence: Evidence) -> str:
    """`R-<number> ¶<paragraph>`, with a space that does not break; a later revision is named too: `R-12.2 ¶3`."""
    return _printed(stored.number, stored.revision, paragraph_number(stored.release.text, evidence.start))


def _printed(number: int, revision: int, paragraph: int | None) -> str:
    name = f"R-{number}" if revision == 1 else f"R-{number}.{revision}"
    return name if paragraph is None else f"{name}\N{NO-BREAK SPACE}¶{paragraph}"


def _trimmed(text: str, piece: Evidence) -> Evidence:
    start = piece.end - len(piece.quote.lstrip())
    return Evidence.of(text, start, piece.start + len(piece.quote.rstrip()))
