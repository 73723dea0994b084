"""The parts of a release: headline, context, what was found, who said what, closing words, notes to editors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.parsing.attribution import Attribution, read_attribution
from summaries.parsing.blocks import Block, BlockKind
from summaries.parsing.quotations import Quotation, read_quotation

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage

_NOTES = re.compile(r"notes?(?: (?:to|for) editors?)?|editors'? notes?", re.IGNORECASE)
_ENDS = re.compile(r"\W{0,4}ends\W{0,4}", re.IGNORECASE)
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
        return sorted(together, key=lambda passage: passage.start)


def read_sections(blocks: list[Block]) -> Sections:
    """Put each block in its part. `blocks` must not be empty: the first is the headline, whatever its kind."""
    sections = Sections(blocks[0].passage)
    at = 1
    while at < len(blocks):
        block = blocks[at]
        if _NOTES.fullmatch(block.passage.plain.strip(" :-")):
            sections.notes = [note.passage for note in blocks[at + 1 :] if not _ENDS.fullmatch(note.passage.plain)]
            break
        at = _read_one(sections, blocks, at)
    return sections


def _read_one(sections: Sections, blocks: list[Block], at: int) -> int:
    """Read what begins at `at` and give the index after it."""
    block = blocks[at]
    if block.kind in _LISTS:
        return _read_list(sections, blocks, at)
    attribution = read_attribution(block.passage)
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
    return last is previous and last.plain.endswith(":")


def _begins_part(passage: Passage) -> bool:
    plain = passage.plain.strip(" :-")
    return bool(_NOTES.fullmatch(plain) or _ENDS.fullmatch(plain)) or read_attribution(passage) is not None
