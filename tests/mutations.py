"""Ways in which extractors, editors and mail change the layout of a release and nothing of what it says."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from summaries.parsing.layout.blocks import Block, BlockKind, read_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

_LISTS = (BlockKind.BULLET, BlockKind.NUMBERED)
_LINK = re.compile(r"\]\(http")


def reflowed(text: str, width: int, indent: str = "") -> str:
    """Every paragraph and item wrapped at a width, as in text taken from a PDF; headings and links stay one line."""
    return _relaid(text, lambda block, mark, words: _wrapped(block, mark, words, width, indent))


def one_line_a_block(text: str) -> str:
    """Every paragraph and item on one line, without empty lines, as some extractors leave them."""
    return re.sub(r"\n{2,}", "\n", _relaid(text, lambda _, mark, words: mark + words))


def spread(text: str) -> str:
    """An empty line after every item as well."""
    return re.sub(r"\n+", "\n\n", _relaid(text, lambda _, mark, words: mark + words))


def _relaid(text: str, lay_out: Callable[[Block, str, str], str]) -> str:
    out: list[str] = []
    before: BlockKind | None = None
    for block in read_blocks(text):
        line, end = _lines_of(text, block)
        start = block.passage.start
        words = " ".join(text[start:end].split())
        opening = text[line:start]
        if before:
            out.append("\n" if before in _LISTS and block.kind in _LISTS else "\n\n")
        out.append(lay_out(block, opening, words))
        before = block.kind
    return "".join(out) + "\n"


def _lines_of(text: str, block: Block) -> tuple[int, int]:
    """Where the lines of a block begin and end, with its mark and what is hidden in its last line."""
    span = block.passage.evidence()
    end = text.find("\n", span.end)
    return text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end


def _wrapped(block: Block, mark: str, words: str, width: int, indent: str) -> str:
    if block.kind is BlockKind.HEADING or _LINK.search(words):
        return mark + words
    hanging = indent if block.kind in _LISTS else ""
    return textwrap.fill(mark + words, width, subsequent_indent=hanging, break_on_hyphens=False, break_long_words=False)


def straight(text: str) -> str:
    return text.translate(str.maketrans("‘’“”", "''\"\""))


def curly(text: str) -> str:
    opened = re.sub(r"(?<![\w.,!?)'])\"|^\"", "“", straight(text), flags=re.MULTILINE).replace('"', "”")
    return re.sub(r"(?<!\w)'(?=\w)", "‘", opened).replace("'", "’")


def without_marks(text: str) -> str:
    """Headings and bold lost."""
    return re.sub(r"(?m)^#{1,6} ", "", text).replace("**", "")


def with_bullets(text: str, mark: str) -> str:
    return re.sub(r"(?m)^([ \t]*)[-*•·▪] (?=\S)", rf"\1{mark} ", text)


def with_hard_spaces(text: str) -> str:
    """Every fifth space one that does not break, but for those that make the mark of an item or heading."""
    count = iter(range(10_000_000))
    return re.sub(r"(?<=[\w,;’']) (?=\w)", lambda found: "\u00a0" if next(count) % 5 == 0 else found.group(), text)


def with_hyphens(text: str) -> str:
    """A spaced hyphen for every spaced dash."""
    return re.sub(r"(?<=\w) [–—] (?=\w)", " - ", text)


def with_dashes(text: str) -> str:
    return re.sub(r"(?<=\w) - (?=\w)", " – ", text)


def broken_between(text: str, page_break: str) -> str:
    """A page ends after every fourth paragraph."""
    paragraphs = re.split(r"\n{2,}", text.strip("\n"))
    return "".join(paragraph + (page_break if at % 4 == 3 else "\n\n") for at, paragraph in enumerate(paragraphs))


def places_inside(text: str) -> list[int]:
    """The spaces in paragraphs and items at which a page may end so that a reader still knows the two halves as one:
    the next word is small, and what stands before ends nothing."""
    lines = [
        _lines_of(text, block)
        for block in read_blocks(text)
        if block.kind is not BlockKind.HEADING and not _LINK.search(text, *_lines_of(text, block))
    ]
    spaces = [found.start() for found in re.finditer(r"(?<=[\w,]) (?=[a-z]{2})", text)]
    return [at for at in spaces if any(start < at < end for start, end in lines)]


def broken_inside(text: str, at: int, page_break: str) -> str:
    return f"{text[:at]}{page_break}{text[at + 1 :]}"


#: Page breaks as they come out in text: an empty line, a form feed, a page number, with and without a label.
PAGE_BREAKS = ("\n\n", "\f", "\n\n3\n\n", "\n\nPage 2 of 3\n\n", "\n2\n\f\n")

#: What changes a whole text, by name.
MUTATIONS: dict[str, Callable[[str], str]] = {
    **{f"wrapped at {width}": lambda text, width=width: reflowed(text, width) for width in (60, 72, 100)},  # type: ignore[misc]
    "wrapped with an indent": lambda text: reflowed(text, 80, "  "),
    "wrapped with one space": lambda text: reflowed(text, 90, " "),
    "spread": spread,
    "straight quotes": straight,
    "curly quotes": curly,
    "headings lost": without_marks,
    "bullets •": lambda text: with_bullets(text, "•"),
    "bullets -": lambda text: with_bullets(text, "-"),
    "bullets *": lambda text: with_bullets(text, "*"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "hard spaces": with_hard_spaces,
    "hyphens": with_hyphens,
    "dashes": with_dashes,
    **{
        f"page breaks {page_break!r}": lambda text, page_break=page_break: broken_between(text, page_break)  # type: ignore[misc]
        for page_break in PAGE_BREAKS
    },
}
