"""Printed lines to Markdown: paragraphs by the space between them, bullets, headings; what repeats on pages left out.

Lengths are points, measured from the foot of the page as PDF does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# `o` and the private characters are bullets of Word's: Courier New, Symbol and Wingdings.
_BULLET = re.compile(
    r"[•·▪◦‣●○■□–—\-\uf0b7\uf0a7\uf0d8\uf02d]\s{1,8}(?=\S)|[•▪◦●■\uf0b7\uf0a7\uf0d8](?=\S)|o\s{1,8}(?=[A-Z“‘\"'])"
)
_LONE_BULLET = re.compile(r"[•·▪◦‣●○■□–—\-o\uf0b7\uf0a7\uf0d8\uf02d]")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s{1,8}\S")
_PAGE_NUMBER = re.compile(r"(?:page\s)?[-–—]?\s?\d{1,3}\s?[-–—]?(?:\s(?:of|/)\s\d{1,3})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"""[.!?:;]["'”’)\]]{0,3}$""")

_EDGE = 3  # lines at the head and foot of a page among which running heads are looked for
_REPEATED = 3  # pages
_LARGER = 1.15  # times the size of the body: a heading
_WIDER = 1.22  # times the usual step from line to line: a new paragraph
_WIDEST_STEP = 1.9  # times the size of the body: lines further apart are paragraphs of one line each
_LONGEST_HEADING = 250  # characters
_SHORT_LINE = 0.8  # of the width of the text: the last line of a paragraph, if a sentence ends there


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False

    @property
    def is_item(self) -> bool:
        return _BULLET.match(self.text) is not None or _NUMBERED.match(self.text) is not None


def in_reading_order(lines: list[Line]) -> list[Line]:
    """The lines of a page from top to bottom, bullets that were drawn apart put before what they stand beside.

    A page with lines side by side, as in columns, is left in the order in which it was drawn, which is the writer's.
    """
    marked = [line for line in lines if not _LONE_BULLET.fullmatch(line.text)]
    for bullet in (line for line in lines if _LONE_BULLET.fullmatch(line.text)):
        for at, line in enumerate(marked):
            if _same_line(bullet, line) and line.left > bullet.left:
                text = f"{bullet.text} {line.text}"
                marked[at] = replace(line, text=text, left=bullet.left)
                break
    from_top = sorted(marked, key=lambda line: -line.baseline)
    return marked if any(_same_line(one, other) for one, other in pairwise(from_top)) else from_top


def to_markdown(pages: list[list[Line]]) -> str:
    """Paragraphs with an empty line between them, their lines as printed; items as `- `, headings as `## `."""
    pages = [[replace(line, text=line.text.translate(_LIGATURES)) for line in page] for page in pages]
    pages = [page for page in _without_running_heads(pages) if page]
    if not pages:
        return ""
    lines = [line for page in pages for line in page]
    body = _usual([line.size for line in lines for _ in range(max(1, len(line.text) // 10))])
    pairs = (pair for page in pages for pair in pairwise(page) if _both_of_body(*pair, body))
    step = min(_usual([one.baseline - other.baseline for one, other in pairs]), _WIDEST_STEP * body)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    short = left + _SHORT_LINE * (right - left)
    text = [_block(block, body) for page in pages for block in _blocks(page, step, short)]
    return "".join(_between(before, after) + after for before, after in pairwise(["", *text]))


def _blocks(page: list[Line], step: float, short: float) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in page:
        if blocks and not _begins(blocks[-1], line, step, short):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _begins(block: list[Line], line: Line, step: float, short: float) -> bool:
    """Whether a line begins a new block rather than continuing the one above it."""
    last = block[-1]
    gap = last.baseline - line.baseline
    if gap < 0 or abs(last.size - line.size) > 0.1 * max(last.size, 1) or last.bold != line.bold:
        return True
    if gap > max(_WIDER * step, 1.3 * line.size):
        return True
    if line.is_item and (block[0].is_item or _ENDED.search(last.text)):
        return True
    return last.right < short and _ENDED.search(last.text) is not None


def _block(block: list[Line], body: float) -> str:
    text = "\n".join(line.text for line in block)
    if found := _BULLET.match(text):
        return "- " + text[found.end() :]
    stands_out = block[0].size >= _LARGER * body or all(line.bold for line in block)
    if stands_out and len(text) <= _LONGEST_HEADING and not text.endswith(".") and not _NUMBERED.match(text):
        return "## " + text.replace("\n", " ")
    return text


def _between(before: str, after: str) -> str:
    if not before:
        return ""
    return "\n" if before.startswith("- ") and after.startswith("- ") else "\n\n"


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and lines that recur, but for a number, at one place near the head or foot of the page:
    on three pages, or on both of two as the very first or last line."""
    near = Counter(form for page in pages for form in {_form(line) for line in page[:_EDGE] + page[-_EDGE:]})
    outer = Counter(form for page in pages for form in {_form(line) for line in page[:1] + page[-1:]})

    def is_running(page: list[Line], at: int) -> bool:
        form = _form(page[at])
        if at in (0, len(page) - 1):
            both_of_two = len(pages) == 2 and outer[form] == 2 and len(page) > 2
            if both_of_two or _PAGE_NUMBER.fullmatch(page[at].text):
                return True
        return (at < _EDGE or at >= len(page) - _EDGE) and near[form] >= _REPEATED

    return [[line for at, line in enumerate(page) if not is_running(page, at)] for page in pages]


def _form(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.baseline)


def _same_line(one: Line, other: Line) -> bool:
    return abs(one.baseline - other.baseline) <= 0.3 * max(one.size, other.size, 1)


def _both_of_body(one: Line, other: Line, body: float) -> bool:
    """Whether two lines that follow each other are both of the body's size, one below the other."""
    same = abs(one.size - body) < 0.6 and abs(other.size - body) < 0.6
    return same and 0 < one.baseline - other.baseline < 3 * body


def _usual(lengths: list[float]) -> float:
    """The most frequent length, to half a point; of equally frequent ones the least; 0 when there are none."""
    counted = Counter(round(length * 2) / 2 for length in lengths)
    return min(counted, key=lambda length: (-counted[length], length), default=0.0)
