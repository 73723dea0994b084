"""The parts of a release: headline, context, what was found, who said what, closing words, notes to editors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from summaries.parsing.layout.attribution import Attribution, read_attribution
from summaries.parsing.layout.blocks import Block, BlockKind
from summaries.parsing.layout.headlines import find_headline, is_lost
from summaries.parsing.layout.quotations import Quotation, read_quotation

if TYPE_CHECKING:
    from summaries.parsing.layout.passage import Passage

_NOTES = re.compile(r"notes?(?: (?:to|for) editors?)?|editors'? notes?", re.IGNORECASE)
# What pages print after an article: nothing below it is the release's.
_AFTER = re.compile(
    r"(?:original article link|channel website|share this (?:article|page|story)|latest news(?: from)?"
    r"|related (?:news|articles|stories|links|pages|content)"
    r"|more (?:news|stories)|most (?:read|popular)|you may also like|(?:follow|contact) us"
    r"|subscribe|comments|leave a (?:reply|comment)|advertisement)\b.{0,160}",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\W{0,4}ends\W{0,4}", re.IGNORECASE)
# A lead-in that lost its colon stops in the middle of a sentence.
_UNFINISHED = re.compile(r"\b(?:that|to|for|by|is|was|has|the (?:force|service|constabulary))$", re.IGNORECASE)
_LISTS = (BlockKind.BULLET, BlockKind.NUMBERED)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list with the line that leads into it: one list even where an empty line or a page break falls inside."""

    lead_in: Passage | None
    items: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One speaker's words."""

    attribution: Attribution
    quotation: Quotation


@dataclass(slots=True)
class Sections:
    """`prose` is every paragraph and heading that is in no other part, with those after the first statement in
    `closing`."""

    headline: Passage
    context: list[Passage] = field(default_factory=list)
    lists: list[ItemList] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    closing: list[Passage] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)

    def body(self) -> list[Passage]:
        """All passages but the notes, in the order printed."""
        listed = [
            passage
            for items in self.lists
            for passage in ((items.lead_in, *items.items) if items.lead_in else items.items)
        ]
        said = [paragraph for spoken in self.spoken for paragraph in spoken.quotation.paragraphs]
        together = [self.headline, *self.context, *listed, *said, *self.closing]
        # A release that lost its headline is titled by another of its lines, which stands in its own part as well.
        return sorted({passage.start: passage for passage in together}.values(), key=lambda passage: passage.start)


def read_sections(blocks: list[Block]) -> Sections:
    """Put each block in its part. `blocks` must not be empty; see `headlines` for which of them is the headline."""
    first = find_headline(blocks)
    sections = Sections(blocks[first].passage)
    at = 0 if is_lost(blocks, first) else first + 1
    while at < len(blocks):
        block = blocks[at]
        if _is_after(block, sections):
            break
        if _NOTES.fullmatch(block.passage.plain.strip(" :-")):
            sections.notes = _notes(blocks[at + 1 :])
            break
        at = _read_one(sections, blocks, at)
    return sections


def _is_after(block: Block, sections: Sections) -> bool:
    has_begun = bool(sections.context or sections.lists or sections.spoken)
    return has_begun and _AFTER.fullmatch(block.passage.plain) is not None


def _notes(blocks: list[Block]) -> list[Passage]:
    notes = takewhile(lambda block: not _AFTER.fullmatch(block.passage.plain), blocks)
    return [note.passage for note in notes if not _ENDS.fullmatch(note.passage.plain)]


def _read_one(sections: Sections, blocks: list[Block], at: int) -> int:
    """Read what begins at `at` and give the index after it."""
    block = blocks[at]
    if block.kind in _LISTS:
        return _read_list(sections, blocks, at)
    attribution = read_attribution(block.passage, blocks[at - 1].passage if at else None)
    if attribution:
        rest = block.passage.cut(attribution.length)
        following = _paragraphs_from(blocks, at + 1)
        quotation, taken = read_quotation([rest, *following] if rest.text else following)
        if quotation:
            sections.spoken.append(Spoken(attribution, quotation))
            if quotation.rest:
                sections.closing.append(quotation.rest)
            return at + 1 + taken - (1 if rest.text else 0)
    if not _ENDS.fullmatch(block.passage.plain):
        (sections.closing if sections.spoken else sections.context).append(block.passage)
    return at + 1


def _paragraphs_from(blocks: list[Block], at: int) -> list[Passage]:
    """The paragraphs up to a heading, a list, another speaker or the notes."""
    end = at
    while end < len(blocks) and blocks[end].kind is BlockKind.PARAGRAPH and not _begins_part(blocks[end].passage):
        end += 1
    return [block.passage for block in blocks[at:end]]


def _read_list(sections: Sections, blocks: list[Block], at: int) -> int:
    end = at
    while end < len(blocks) and blocks[end].kind in _LISTS:
        end += 1
    before = sections.closing if sections.spoken else sections.context
    lead_in = before.pop() if before and _leads_into(before[-1], blocks[at - 1].passage) else None
    sections.lists.append(ItemList(lead_in, tuple(block.passage for block in blocks[at:end])))
    return end


def _leads_into(last: Passage, previous: Passage) -> bool:
    return last is previous and (last.plain.endswith(":") or _UNFINISHED.search(last.plain) is not None)


def _begins_part(passage: Passage) -> bool:
    plain = passage.plain.strip(" :-")
    return bool(_NOTES.fullmatch(plain) or _ENDS.fullmatch(plain)) or read_attribution(passage) is not None
