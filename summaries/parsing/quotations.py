"""The words inside quotation marks: where they end, which paragraphs are one, and what they say without the marks.

A quotation of several paragraphs opens each with a mark and closes the last, or marks only its first and last; curly
and straight marks mix. What follows is the release's own again, and taking it for speech would be a false quote.
"""

from __future__ import annotations

from dataclasses import dataclass

from summaries.parsing.blocks import is_ended
from summaries.parsing.passage import Passage


@dataclass(frozen=True, slots=True)
class Quotation:
    """`closed`: its last mark was printed. `marked`: its first was; without it only one paragraph is taken."""

    paragraphs: tuple[Passage, ...]
    closed: bool
    marked: bool


def read_quotation(candidates: list[Passage]) -> tuple[Quotation | None, int]:
    """The quotation that these paragraphs begin with, and how many of them it takes."""
    if not candidates:
        return None, 0
    mark = candidates[0].plain[:1]
    if mark not in ("'", '"'):
        return Quotation((candidates[0],), closed=False, marked=False), 1
    taken, closed = _extent(candidates, mark)
    together = _heal(candidates[:taken], mark)
    spoken = [_without_marks(paragraph, mark) for paragraph in together]
    paragraphs = tuple(paragraph for paragraph in spoken if paragraph.text)
    return (Quotation(paragraphs, closed, marked=True) if paragraphs else None), taken


def _extent(candidates: list[Passage], mark: str) -> tuple[int, bool]:
    for at, paragraph in enumerate(candidates):
        last_of_all = at + 1 == len(candidates)
        if _closes(paragraph.plain, mark) and (last_of_all or not candidates[at + 1].plain.startswith(mark)):
            return at + 1, True
    # No closing mark was printed: only paragraphs that open with one are certainly speech.
    return max(at for at, paragraph in enumerate(candidates) if paragraph.plain.startswith(mark)) + 1, False


def _closes(plain: str, mark: str) -> bool:
    return len(plain) > 1 and plain.rstrip(".,;)")[1:].endswith(mark)


def _heal(paragraphs: list[Passage], mark: str) -> list[Passage]:
    """Join what a page break parted: an unfinished paragraph, or one without a mark where each opens with one."""
    each_marked = sum(paragraph.plain.startswith(mark) for paragraph in paragraphs) > 1
    groups: list[list[Passage]] = []
    for paragraph in paragraphs:
        opens = paragraph.plain.startswith(mark)
        if groups and not opens and (each_marked or not is_ended(groups[-1][-1].plain)):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return [Passage.join(group) for group in groups]


def _without_marks(paragraph: Passage, mark: str) -> Passage:
    if paragraph.plain.startswith(mark):
        paragraph = paragraph.cut(1)
    unpaired = paragraph.plain.count(mark) % 2 == 1 if mark == '"' else True
    if unpaired and paragraph.plain.endswith(mark):
        return paragraph.cut(0, len(paragraph.text) - 1)
    return paragraph
