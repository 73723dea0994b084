"""Text to blocks: headings, paragraphs, bullets and numbered items; wrapped lines joined, page breaks healed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from summaries.parsing.layout.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    passage: Passage


@dataclass(slots=True)
class _Open:
    """A block whose lines are still being read. `item` is the kind and mark of the item it is or may be the rest of."""

    kind: BlockKind
    start: int
    end: int
    item: tuple[BlockKind, str] | None
    starts_small: bool
    last_line: str
    last_width: int


_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_BULLET = re.compile(r"\s{0,12}([-*+•·▪◦‣●○■–—\uf0b7])\s+(?=\S)")
_NUMBERED = re.compile(r"\s{0,12}\(?(\d{1,2})[.)]\s+(?=\S)")
_RULE = re.compile(r"\s*(?:-[-\s]{2,}|[*][*\s]{2,}|_[_\s]{2,}|={3,}\s*)")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s)?\d{1,3}(?:\s(?:of|/)\s\d{1,3})?\s*", re.IGNORECASE)
_ENDED = re.compile(r"""[.!?:;]["'”’)\]]{0,3}$""")
_ITEM_ENDED = re.compile(r"""(?:[.!?:;]["'”’)\]]{0,3}|; (?:and|or))$""")
_OPENING = " \"'“‘(["
_WIDEST_PAGE = 200  # characters
_FEWEST_HEADS = 3  # fewer may be a line that happens to be repeated
_LONGEST_HEAD = 100  # characters: of a line at the head or foot of each page
_NARROWEST = 40  # characters: below it too little is known of where lines end
_MAY_END_TITLE = frozenset(("on", "in", "over", "about", "under", "by", "with", "for", "from"))  # "…, six months on"
_TIED = re.compile(r";(?: (?:and|or|but))?$")
_LISTS = (BlockKind.BULLET, BlockKind.NUMBERED)
_SMALL_ITEM = re.compile(r"\S\s+[\"'“‘]?[a-z]")
_INLINE_BULLET = re.compile(r"(?<=\S) [•▪◦‣●\uf0b7] ")
_NOTES_LINE = re.compile(r"\W{0,4}N(?i:otes?(?: (?:to|for) editors?)?)\W{0,3}")
_ATTRIBUTION_LINE = re.compile(r"(?!(?:He|She|They)\b)[A-Z][^.\n]{2,200}\bsaid:\W{0,4}")
_SPEAKS = re.compile(r"\"[A-Z]")
_SPEECH = re.compile(r"\bsaid:\W{0,4}\n|\n[\"'“‘]")
# A sentence does not end on one of these, so what follows a page break belongs to it even with a capital.
_UNFINISHED = re.compile(
    r"a|an|the|of|to|and|or|but|nor|in|on|at|by|for|from|with|as|that|which|who|whose|is|are|was|were|be|been|has|have"
    r"|had|its|their|our|his|her|this|these|those|than|if|when|while|because|into|over|under|between|about|such|not",
    re.IGNORECASE,
)


def read_blocks(text: str) -> list[Block]:
    """The blocks of a document in order. Empty when the text holds nothing but white space, rules and page numbers."""
    groups: list[tuple[BlockKind, list[Passage]]] = []
    for kind, start, end in _raw_blocks(text):
        passage = Passage.read(text, start, end)
        if not passage.text:
            continue
        goes_on = _continues(groups[-1][0], groups[-1][1][-1].plain, passage.plain) if groups else False
        if goes_on and len(groups) == 1 and groups[0][1][-1].plain.rpartition(" ")[2].casefold() in _MAY_END_TITLE:
            goes_on = _starts_small(passage.plain)
        if goes_on and kind is BlockKind.PARAGRAPH:
            groups[-1][1].append(passage)
        else:
            groups.append((kind, [passage]))
    blocks = [Block(kind, Passage.join(pieces)) for kind, pieces in groups]
    return _with_unmarked_lists([part for block in blocks for part in _with_inline_items(block)])


def is_ended(plain: str) -> bool:
    """Whether a paragraph ends as sentences and lead-ins do, so that nothing after it can belong to it."""
    return _ENDED.search(plain) is not None


def _with_inline_items(block: Block) -> Iterator[Block]:
    """A list that was run together: "Kent Police: • is good; and • works hard."."""
    passage = block.passage
    marks = [found.span() for found in _INLINE_BULLET.finditer(passage.plain)]
    if block.kind in (BlockKind.HEADING, BlockKind.NUMBERED) or not marks:
        yield block
        return
    ends = [start for start, _ in marks[1:]] + [len(passage.plain)]
    before = passage.cut(0, marks[0][0])
    if before.text:
        yield Block(block.kind, before)
    for (_, start), end in zip(marks, ends, strict=True):
        if (item := passage.cut(start, end)).text:
            yield Block(BlockKind.BULLET, item)


def _with_unmarked_lists(blocks: list[Block]) -> list[Block]:
    """A list whose bullets are lost: after a lead-in, paragraphs that end in a semicolon and the one that ends them."""
    listed: list[Block] = []
    in_list = False
    for block in blocks:
        before = listed[-1] if listed else None
        tied = _TIED.search(block.passage.plain) is not None
        opens = before is not None and (before.passage.plain.endswith(":") or before.kind in _LISTS) and tied
        closes = in_list and before is not None and _TIED.search(before.passage.plain) is not None
        speaks = _SPEAKS.match(block.passage.plain) is not None
        is_item = block.kind is BlockKind.PARAGRAPH and (opens or closes) and not speaks
        listed.append(Block(BlockKind.BULLET, block.passage) if is_item else block)
        in_list = (in_list or is_item) if block.kind in _LISTS else is_item
    return listed


def _raw_blocks(text: str) -> Iterator[tuple[BlockKind, int, int]]:
    current: _Open | None = None
    item: tuple[BlockKind, str] | None = None
    at = 0
    lines = text.split("\n")
    page_width = _page_width(lines)
    running_heads = _running_heads(lines)
    for line in lines:
        start, at = at, at + len(line) + 1
        content = line.strip()
        if not content or content in running_heads or _RULE.fullmatch(line) or _PAGE_NUMBER.fullmatch(line):
            if current:
                yield current.kind, current.start, current.end
            current = None
            continue
        kind, mark, width = _classify(line)
        if current and not _opens_block(current, kind, mark, content, width=page_width):
            current.end, current.last_line, current.last_width = start + len(line), content, len(line.rstrip())
            continue
        if current:
            yield current.kind, current.start, current.end
        if kind in _LISTS:
            item = (kind, mark)
        elif kind is BlockKind.HEADING or not _starts_small(content):
            item = None
        current = _Open(
            kind, start + width, start + len(line), item, _starts_small(content), content, len(line.rstrip())
        )
    if current:
        yield current.kind, current.start, current.end


def _running_heads(lines: list[str]) -> frozenset[str]:
    """Lines printed at least three times and nowhere but next to a page number: the head or foot of the pages."""
    printed = [line.strip() for line in lines if line.strip()]
    is_number = [_PAGE_NUMBER.fullmatch(line) is not None for line in printed]
    beside: Counter[str] = Counter()
    for at, line in enumerate(printed):
        if not is_number[at] and len(line) <= _LONGEST_HEAD:
            beside[line] += any(is_number[max(at - 1, 0) : at + 2])
    times = Counter(printed)
    heads = frozenset(line for line, count in beside.items() if times[line] == count >= _FEWEST_HEADS)
    # Pages hold more than their heads: where they would not, these are the rows of a table.
    return heads if 2 * sum(times[line] for line in heads) < len(printed) else frozenset()


def _page_width(lines: list[str]) -> int | None:
    """The length of the longest line that was wrapped: one that goes straight on, no heading and no address. None where
    each line is a whole paragraph: the longest is longer than pages are wide, or no line goes on in the next."""
    if max((len(line) for line in lines if _may_wrap(line)), default=0) > _WIDEST_PAGE:
        return None
    followed = [(line.rstrip(), after.lstrip()) for line, after in pairwise(lines) if line.strip() and after.strip()]
    is_wrapped = any(_starts_small(after) and not _ENDED.search(line) for line, after in followed)
    return max((len(line) for line, _ in followed if _may_wrap(line)), default=0) if is_wrapped else None


def _may_wrap(line: str) -> bool:
    return not _HEADING.match(line) and "://" not in line


def _classify(line: str) -> tuple[BlockKind, str, int]:
    if found := _HEADING.match(line):
        return BlockKind.HEADING, "#", found.end()
    if found := _BULLET.match(line):
        return BlockKind.BULLET, found.group(1), found.end()
    if found := _NUMBERED.match(line):
        return BlockKind.NUMBERED, found.group(1), found.end()
    return BlockKind.PARAGRAPH, "", 0


def _starts_small(plain: str) -> bool:
    return plain.lstrip(_OPENING)[:1].islower()


def _opens_block(current: _Open, kind: BlockKind, mark: str, content: str, *, width: int | None) -> bool:
    """Whether this line, with no empty line before it, begins something new rather than continuing what is open.

    `width` is that of the page; see `_page_width`.
    """
    if kind is BlockKind.HEADING:
        return True
    if kind is not BlockKind.PARAGRAPH:
        # A dash or number at the start of a wrapped line is not an item unless what came before had ended.
        return (
            _is_next_item(current, kind, mark)
            or current.kind is BlockKind.HEADING
            or _ITEM_ENDED.search(current.last_line) is not None
            or _NOTES_LINE.fullmatch(current.last_line) is not None
            or (width is None and kind is BlockKind.BULLET and _SMALL_ITEM.match(content) is not None)
        )
    if width is None:
        return not _goes_on(current, content)
    has_room = _has_room(current, content, width)
    if has_room and _ENDED.search(current.last_line):
        # What goes on in small letters after a stop is an item only among others that have lost their marks as well.
        return not _starts_small(content) or (current.kind not in _LISTS and current.starts_small)
    if current.kind is BlockKind.HEADING:
        return not content[0].islower()
    if current.last_line.rstrip("*_").endswith(":"):
        speaks = _SPEECH.search(f"{current.last_line}\n{content}") is not None
        return not content[0].islower() and (has_room is not False or speaks)
    if _NOTES_LINE.fullmatch(content) or _NOTES_LINE.fullmatch(current.last_line):
        return True
    return _ENDED.search(current.last_line) is not None and _ATTRIBUTION_LINE.fullmatch(content) is not None


def _has_room(current: _Open, content: str, width: int) -> bool | None:
    """Whether the next word would have fitted on the last line, so that it was ended on purpose; None where too little
    is known of where lines end."""
    if width <= _NARROWEST:
        return None
    return current.last_width + len(content.split(maxsplit=1)[0]) + 1 < width


def _goes_on(current: _Open, content: str) -> bool:
    """In a text with a paragraph a line, whether this line is nevertheless the rest of the one before."""
    if current.last_line.rpartition(" ")[2].casefold() in _MAY_END_TITLE:
        return content[0].islower()
    return _continues(current.kind, current.last_line, content) or (
        current.kind is not BlockKind.HEADING and content[0].islower() and not _ENDED.search(current.last_line)
    )


def _is_next_item(current: _Open, kind: BlockKind, mark: str) -> bool:
    if current.item is None or kind is not current.item[0]:
        return False
    before = current.item[1]
    return mark == before if kind is BlockKind.BULLET else int(mark) == int(before) + 1


def _continues(kind: BlockKind, before: str, after: str) -> bool:
    """Whether a page ended inside the block that closes with `before`, so that the paragraph `after` is the rest."""
    if kind is BlockKind.HEADING:
        return False
    ended = _ENDED if kind is BlockKind.PARAGRAPH else _ITEM_ENDED
    if ended.search(before) or _TIED.search(before):
        return False
    last_word = before.rpartition(" ")[2]
    return _starts_small(after) or last_word.endswith(",") or _UNFINISHED.fullmatch(last_word) is not None
