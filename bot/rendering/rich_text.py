"""Rich text: the one kind of block that Slack does not parse, so that quoted words keep every character."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summaries.types import Evidence

Block = dict[str, Any]
Span = tuple[int, int]

_EMPHASIS = re.compile(r"(?<![*\w])\*{1,2}(?=\S)([^*\n]{1,200})(?<=\S)\*{1,2}(?![*\w])")


def text_elements(words: str, **style: bool) -> list[Block]:
    """Rich-text elements that show `words` exactly. `<!`, `<@` and `<#` are split over two elements: rich text is not
    parsed for mentions, and this way no later copy of the JSON into a field that is parsed can turn one into a ping."""
    pieces = [piece for piece in re.split(r"(?<=<)(?=[!@#])", words) if piece]
    return [{"type": "text", "text": piece, **({"style": style} if style else {})} for piece in pieces]


def quoted_elements(words: str, marks: Sequence[Span] = (), *, mark: str = "bold") -> list[Block]:
    """A release's words, with the marked spans of them in bold, or in another style. What its Markdown emphasises is
    shown in italics, without the asterisks."""
    emphasised = list(_EMPHASIS.finditer(words))
    edges = {0, len(words), *(edge for mark in marks for edge in mark)}
    edges |= {edge for one in emphasised for edge in (*one.span(), *one.span(1))}
    elements: list[Block] = []
    for start, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= len(words))):
        here = [one for one in emphasised if one.start() <= start < one.end()]
        if any(not one.start(1) <= start < one.end(1) for one in here):
            continue  # the asterisks
        style = {mark: True} if any(low <= start < high for low, high in marks) else {}
        elements += text_elements(words[start:end], **style, **({"italic": True} if here else {}))
    return elements


def section(elements: list[Block]) -> Block:
    """A paragraph of a rich text block, or an item of its list."""
    return {"type": "rich_text_section", "elements": elements}


def marks_shown(evidence: Evidence, marks: Sequence[Evidence]) -> Iterator[Span]:
    """Where the marks, spans of the same text, stand in the evidence's words as they are shown."""
    for mark in marks:
        start, end = (_shown(evidence.quote, edge - evidence.start) for edge in (mark.start, mark.end))
        if start < end:
            yield start, end


def _shown(quote: str, offset: int) -> int:
    """Where a character of the quote stands once its line and page breaks are single spaces."""
    before = quote[: max(offset, 0)]
    words = " ".join(before.split())
    return len(words) + 1 if words and before[-1].isspace() else len(words)
