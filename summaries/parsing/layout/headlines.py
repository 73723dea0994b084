"""Which block is the headline: the first that is one, past the labels and dates that pages print above it.

A section of a page of many releases may have lost its own; the link line that closes it then names it best.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.parsing.layout.attribution import read_attribution
from summaries.parsing.layout.blocks import Block, BlockKind
from summaries.parsing.layout.printed_dates import WEEKDAY, is_date_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTS = (BlockKind.BULLET, BlockKind.NUMBERED)
_FEW = 8  # blocks: what stands above a headline is a handful of lines
_LONGEST_TITLE_LINE = 220  # characters
_ABOVE = re.compile(
    r"(?:(?:skip|jump) to [\w ]{1,40}|print (?:this )?(?:document|page)|english(?: cymraeg)?|cymraeg|home|menu|search"
    r"|(?:press|news|media) (?:release|notice)s?|news|news feed|latest news|for immediate release|published:?"
    r"|(?:hmic(?:frs)?|(?:hm|her majesty's|his majesty's) inspectorate of constabulary[\w &,()]{0,50})(?: logo)?"
    r"|date (?:19|20)\d\d-\d\d-\d\d\b.{0,100}|\W?printable version"
    r"|office of the [\w ,&]{4,70}|by [A-Z][\w.' -]{3,40}|@\w{2,30}"
    r"|(?:strictly )?(?:embargo|not for publication)[^.]{0,80}"
    rf"|(?:published(?: on)?|date|publication date|posted(?: on)?|first published)?[: ]{{0,2}}{WEEKDAY}"
    r"\d{1,2}(?:st|nd|rd|th)?[ /.-][\w]{1,9}[ /.-](?:19|20)?\d\d(?:[, ]{1,3}(?:at )?\d\d?[:.]\d\d(?:[:.]\d\d)?)?"
    r"|\W{1,20}|press statement|editorial image|image (?:caption|copyright|source)\b.{0,120}"
    r"|(?:inspecting policing|promoting improvements?) in [\w ,&]{1,80})[.:]?",
    re.IGNORECASE,
)
# A page of results has no other headline than the label above them.
_RESULTS = re.compile(r"(?:showing|search) results\b|\d{1,6} results\b|page \d{1,4} of \d", re.IGNORECASE)


def find_headline(blocks: Sequence[Block]) -> int:
    """The index of the headline; of the link line where the headline is lost, else of the first block."""
    first = next((at for at, block in enumerate(blocks[:_FEW]) if not _stands_above(block)), 0)
    if first > 0 and _RESULTS.match(blocks[first].passage.plain):
        return first - 1
    if not _cannot_be(blocks, first):
        return first
    titles = (at for at, block in enumerate(blocks) if at > first and _is_title_line(block))
    return next(titles, first)


def _stands_above(block: Block) -> bool:
    plain = block.passage.plain
    return block.kind is not BlockKind.HEADING and (_ABOVE.fullmatch(plain) is not None or is_date_line(plain))


def is_lost(blocks: Sequence[Block], headline: int) -> bool:
    """Whether the block taken for the headline is also another part of the release, which must be read as such."""
    return headline > 0 and not all(_stands_above(block) for block in blocks[:headline])


def _cannot_be(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a finding, a lead-in to findings or somebody's words."""
    block, plain = blocks[at], blocks[at].passage.plain
    if block.kind in _LISTS:
        return True
    if block.kind is BlockKind.HEADING:
        return False
    leads_in = plain.endswith(":") and at + 1 < len(blocks) and blocks[at + 1].kind in _LISTS
    return leads_in or plain.startswith('"') or read_attribution(block.passage) is not None


def _is_title_line(block: Block) -> bool:
    plain = block.passage.plain
    if block.kind in _LISTS or len(plain) > _LONGEST_TITLE_LINE or plain[-1:] in ".;,?!:\"'":
        return False
    return plain[:1].isupper() and not _ABOVE.fullmatch(plain) and " " in plain
