"""The words inside quotation marks: where they end, which paragraphs are one, and what they say without the marks.

A quotation of several paragraphs opens each with a mark and closes the last, or marks only its first and last; curly
and straight marks mix. It ends at the first closing mark that closes none opened inside it. What follows is the
release's own again, and taking it for speech would be a false quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.parsing.layout.blocks import is_ended
from summaries.parsing.layout.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_AFTER_CLOSE = " .,;)"


@dataclass(frozen=True, slots=True)
class Quotation:
    """`closed`: its last mark was printed. `marked`: its first was; without it only one paragraph is taken. `rest` is
    what follows the closing mark in the same paragraph: no part of the quotation."""

    paragraphs: tuple[Passage, ...]
    closed: bool
    marked: bool
    rest: Passage | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """One paragraph of speech without its marks. `opens`: it began with one; `rest`: what its closing mark left out."""

    spoken: Passage
    opens: bool
    closed: bool
    rest: Passage | None


def read_quotation(candidates: list[Passage]) -> tuple[Quotation | None, int]:
    """The quotation that these paragraphs begin with, and how many of them it takes."""
    if not candidates:
        return None, 0
    mark = candidates[0].plain[:1]
    if mark not in ("'", '"'):
        return Quotation((candidates[0],), closed=False, marked=False), 1
    pieces = _extent([_piece(paragraph, mark) for paragraph in candidates])
    paragraphs = tuple(_heal(pieces))
    last = pieces[-1]
    quotation = Quotation(paragraphs, last.closed, marked=True, rest=last.rest) if paragraphs else None
    return quotation, len(pieces)


def _piece(paragraph: Passage, mark: str) -> _Piece:
    opens = paragraph.plain.startswith(mark)
    close = _closing_mark(paragraph.plain, mark)
    rest = paragraph.cut(close + 1) if close is not None else None
    return _Piece(
        spoken=paragraph.cut(1 if opens else 0, close),
        opens=opens,
        closed=close is not None,
        rest=rest if rest and rest.plain.strip(_AFTER_CLOSE) else None,
    )


def _extent(pieces: list[_Piece]) -> list[_Piece]:
    """Up to the closing mark. Paragraphs without a mark are speech only where it comes after them."""
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        # The next paragraph may be quoted as well, but not when it goes on to say who else said so.
        goes_on = following is not None and following.opens and following.rest is None
        if piece.closed and (piece.rest or not goes_on):
            return pieces[: at + 1]
    unmarked = next((at for at, piece in enumerate(pieces) if not piece.opens), len(pieces))
    return pieces[:unmarked]


def _closing_mark(plain: str, mark: str) -> int | None:
    """Where the paragraph closes the quotation it began in, or with."""
    depth = 1
    for at, opening in _marks(plain, mark):
        if opening:
            depth += 1
            continue
        # An apostrophe closes a quotation only after a stop or at the end: "the forces' work".
        if mark == "'" and depth == 1 and plain[at - 1] not in ".,!?" and plain[at + 1 :].strip(_AFTER_CLOSE):
            continue
        depth -= 1
        if depth == 0:
            return at
    return None


def _marks(plain: str, mark: str) -> Iterator[tuple[int, bool]]:
    """Each mark after the first character, and whether it opens: at the end it closes, among letters it is none."""
    last = len(plain.rstrip(_AFTER_CLOSE)) - 1
    for found in re.finditer(re.escape(mark), plain):
        at = found.start()
        if at == 0:
            continue
        spaced_before, spaced_after = plain[at - 1] in " ([", not plain[at + 1 : at + 2].isalnum()
        if at == last or (spaced_after and not spaced_before):
            yield at, False
        elif spaced_before and not spaced_after:
            yield at, True


def _heal(pieces: list[_Piece]) -> Iterator[Passage]:
    """Join what a page break parted: an unfinished paragraph, or one without a mark where each opens with one."""
    each_marked = sum(piece.opens for piece in pieces) > 1
    groups: list[list[Passage]] = []
    for piece in pieces:
        if not piece.spoken.text:
            continue
        if groups and not piece.opens and (each_marked or not is_ended(groups[-1][-1].plain)):
            groups[-1].append(piece.spoken)
        else:
            groups.append([piece.spoken])
    return (Passage.join(group) for group in groups)
