"""Elements of a page to blocks of Markdown, in one pass without recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from summaries.media.furniture import is_furniture, opens_panel
from summaries.media.links import link_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is without the mark; `mark` is `## `, `- `, `1. ` or nothing."""

    kind: BlockKind
    text: str
    mark: str = ""


_BREAKING_TAGS = (
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr"
    " ul"
)
_BREAKING = frozenset(_BREAKING_TAGS.split())
_STRUCTURE = frozenset(("ul", "ol", "li", "table", "tr", "td", "th", "dd", "pre"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PANEL_LEVEL = 3  # of the heading of a panel that has none of its own
# Cells that hold whole paragraphs lay out a page; the others make rows.
_LAYS_OUT = "p + p, h1, h2, h3, h4, ul, ol, table, blockquote"
_FOOTNOTE = re.compile(r"\s*[\[(]?\d{1,3}[\])]?\s*")
_LONGEST_FOOTNOTE = 8


def read_blocks(root: LexborNode, base: str | None) -> list[Block]:
    """The blocks of an element in order, furniture left out. `base` is the address that links are relative to."""
    writer = _Writer(base)
    for node, entering in _walk(root):
        if node.is_text_node:
            writer.add(node.text_content or "")
        elif entering:
            writer.enter(node)
        else:
            writer.leave(node)
    writer.flush()
    return writer.blocks


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every text node once, every element twice: entering and leaving it."""
    pending = [(root, True)]
    while pending:
        node, entering = pending.pop()
        yield node, entering
        if not entering or node.is_text_node:
            continue
        pending.append((node, False))
        child = node.last_child
        while child is not None:
            if child.is_text_node or (child.is_element_node and not _left_out(child)):
                pending.append((child, True))
            child = child.prev


def _left_out(node: LexborNode) -> bool:
    if node.tag == "sup":  # a footnote's number printed against a word or a year would make another of it
        words = node.text()
        return len(words) <= _LONGEST_FOOTNOTE and _FOOTNOTE.fullmatch(words) is not None
    return is_furniture(node)


class _Writer:
    """The blocks so far and the words of the one that is open."""

    def __init__(self, base: str | None) -> None:
        self.blocks: list[Block] = []
        self._base = base
        self._words: list[str] = []
        self._link: tuple[str, int] | None = None  # address and where in the words it begins
        self._headings: list[int] = []
        self._items: list[str] = []  # the mark of each list item that is open; empty once written
        self._lists: list[int | None] = []  # of each list that is open, the next number, or None for bullets
        self._tables: list[bool] = []  # of each table that is open, whether its rows are written as rows
        self._row: list[str] = []
        self._cell: list[str] | None = None
        self._verbatim = 0  # how many `pre` are open
        self._after_term = False

    def add(self, text: str) -> None:
        self._words.append(text if self._verbatim else text.replace("\n", " "))

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if _breaks(node):
            self.flush()
        if level := _level(node):
            self._headings.append(level)
        if tag in _STRUCTURE:
            self._open(tag, node)
        elif tag == "br":
            self._words.append("\n")
        elif tag == "q":
            self._words.append("“")
        elif tag == "a":
            self._open_link(node)
        self._after_term = False

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "a":
            self._close_link()
        elif tag == "q":
            self._words.append("”")
        written = len(self.blocks)
        if _breaks(node):
            self.flush()
        if _level(node):
            self._headings.pop()
        if tag in _STRUCTURE:
            self._close(tag)
        self._after_term = tag == "dt" and len(self.blocks) == written + 1

    def _open(self, tag: str, node: LexborNode) -> None:
        match tag:
            case "ul" | "ol":
                self._lists.append(_first_number(node) if tag == "ol" else None)
            case "li":
                self._items.append(self._next_mark(node))
            case "table":
                self._tables.append(not any(part.css_first(_LAYS_OUT) for part in node.iter()))
            case "td" | "th" if self._tables and self._tables[-1]:
                self._cell = []
            case "dd" if self._after_term:  # "Published:" and the day are one line to a reader
                self._words.append(self.blocks.pop().text + " ")
            case "pre":
                self._verbatim += 1

    def _close(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self._lists.pop()
            case "li":
                self._items.pop()
            case "table":
                self._tables.pop()
            case "td" | "th" if self._cell is not None:
                self._row.append(" ".join(self._cell))
                self._cell = None
            case "tr":
                if cells := [cell for cell in self._row if cell]:
                    self.blocks.append(Block(BlockKind.ROW, " | ".join(cells)))
                self._row = []
            case "pre":
                self._verbatim -= 1

    def flush(self) -> None:
        """Close the open block, if it has words. A link that is open goes on in the next."""
        link = self._link
        self._close_link()
        if link:
            self._link = (link[0], 0)
        words, self._words = "".join(self._words), []
        lines = [" ".join(line.split()) for line in words.split("\n")]
        if text := "\n".join(lines).strip():
            self._write(text)

    def _write(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(_one_line(text))
        elif self._headings:
            self.blocks.append(Block(BlockKind.HEADING, _one_line(text), "#" * self._headings[-1] + " "))
        elif self._items and self._items[-1]:
            self.blocks.append(Block(BlockKind.ITEM, _one_line(text), self._items[-1]))
            self._items[-1] = ""
        else:
            parts = (part.strip() for part in text.split("\n\n"))
            self.blocks.extend(Block(BlockKind.PARAGRAPH, part) for part in parts if part)

    def _open_link(self, node: LexborNode) -> None:
        self._close_link()
        if address := link_mark(node.attributes.get("href"), self._base):
            self._link = (address, len(self._words))

    def _close_link(self) -> None:
        if self._link is None:
            return
        address, start = self._link
        self._link = None
        self._words[start:] = [_linked("".join(self._words[start:]), address)]

    def _next_mark(self, node: LexborNode) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        given = node.attributes.get("value") or ""
        number = int(given) if given.isdecimal() and len(given) < 4 else self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "


def _breaks(node: LexborNode) -> bool:
    return node.tag in _BREAKING or opens_panel(node)


def _level(node: LexborNode) -> int:
    return _HEADINGS.get(node.tag or "") or (_PANEL_LEVEL if opens_panel(node) else 0)


def _first_number(node: LexborNode) -> int:
    given = node.attributes.get("start") or ""
    return int(given) if given.isdecimal() and len(given) < 4 else 1


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _linked(words: str, address: str) -> str:
    """Words that are themselves the address, or that would break the mark-up, stay as they are."""
    inner = words.strip()
    if not inner or "[" in inner or "]" in inner or "\n" in inner:
        return words
    if inner.rstrip("/").partition("://")[2] == address.rstrip("/").partition("://")[2]:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}[{inner}]({address}){after}"
