"""One page, many releases: an accordion of 14 to 43, each about one body.

A section is known by marks that name its body: a heading or headline, a lead-in ("HMIC judged that X:"), and the link
line that closes it ("PEEL: police effectiveness 2016 – X"). Any of them may be missing or doubled. A page is taken
apart only where several bodies each have a section with something in it: an index of links is not an accordion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.forces import Exact, match_force
from summaries.mentions import find_bodies
from summaries.parsing.layout.attribution import read_attribution
from summaries.parsing.layout.blocks import Block, BlockKind
from summaries.register import BodyKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_MARK = 220  # characters: a headline or a link line
_ENOUGH_WORDS = 25  # in a section's prose, for it to be more than a link
_LISTS = (BlockKind.BULLET, BlockKind.NUMBERED)
_FIRE_PAGE = re.compile(r"\bfire\b|\bfrs\b", re.IGNORECASE)
_LEADS_IN = re.compile(r"\b(?:judged|found|graded|assessed|concluded|said)\b[^:]{0,160}:$", re.IGNORECASE)
_SHARED_END = re.compile(r"(?:jump to )?notes? (?:to|for) editors?|(?:back|return) to top|ends", re.IGNORECASE)
_RELEASES = re.compile(r"\b(?:force|service|press) (?:press )?releases?$", re.IGNORECASE)
_LINK_LINE = re.compile(
    r"\b(?:PEEL|reports?|inspections?|assessments?|letter)\b[^.]{0,120} - |\b20\d\d\b.{0,60} - ", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:get|jump|download|read|please|click|published|publication|police forces|contents)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page that is one release. `heading` is the page's own, where the page holds several."""

    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    body: str
    first: int
    end: int


def split_page(text: str, blocks: Sequence[Block]) -> tuple[Part | None, list[Part]]:
    """What stands before the first release, if there are several, and the releases: one, or those of the accordion."""
    heading: str | None = blocks[0].passage.text
    sections = _sections(blocks, is_fire=_FIRE_PAGE.search(blocks[0].passage.plain) is not None)
    full = [section for section in sections if _has_content(blocks[section.first : section.end])]
    if not _is_accordion(blocks, sections, full):
        return None, [Part(text)]
    if full[0].first == 0:
        heading = None
    starts = [_line_start(text, blocks[section.first]) for section in full]
    last = full[-1]
    stop = _line_start(text, blocks[last.end]) if last.end < len(blocks) else len(text)
    ends = [*starts[1:], stop]
    parts = [Part(text[start:end].strip("\n"), heading) for start, end in zip(starts, ends, strict=True)]
    before = text[: starts[0]].strip("\n")
    return (Part(before, heading) if before else None), parts


def _is_accordion(blocks: Sequence[Block], sections: Sequence[_Section], full: Sequence[_Section]) -> bool:
    """Whether these are releases of their own and not the parts of one about several bodies."""
    telling = [section for section in full if _tells(blocks[section.first : section.end])]
    alone = [section for section in telling if _stands_alone(blocks[section.first : section.end])]
    about = {mention.body.id for mention in find_bodies(blocks[0].passage.text)}
    of_headline = about & {section.body for section in full}
    if len(of_headline) > 1 or 2 * len(full) <= len(sections):
        return False
    if _RELEASES.search(blocks[0].passage.plain):  # the page says that it holds several, though one may be all it kept
        return bool(telling) or len(full) > 1
    return len(alone) >= (3 if of_headline else 2)


def _line_start(text: str, block: Block) -> int:
    """Where the line of a block begins: its mark or its hashes belong to it."""
    return text.rfind("\n", 0, block.passage.start) + 1


def _sections(blocks: Sequence[Block], *, is_fire: bool) -> list[_Section]:
    marks = [(at, body) for at, block in enumerate(blocks) if (body := _marked(block, is_fire=is_fire))]
    groups: list[tuple[str, int, int]] = []
    for at, body in marks:
        if groups and groups[-1][0] == body:
            groups[-1] = (body, groups[-1][1], at)
        else:
            groups.append((body, at, at))
    if not groups:
        return []
    firsts = [_first_block(blocks, first, groups[at - 1][2] if at else -1) for at, (_, first, _) in enumerate(groups)]
    ends = [*firsts[1:], _end(blocks, groups[-1][2])]
    return [_Section(body, first, end) for (body, _, _), first, end in zip(groups, firsts, ends, strict=True)]


def _marked(block: Block, *, is_fire: bool) -> str | None:
    """The one body that a block marks a section of."""
    plain = block.passage.plain
    if block.kind in _LISTS or len(plain) > _LONGEST_MARK or plain[:1] in "\"'" or read_attribution(block.passage):
        return None
    is_title = plain[-1:] not in ".;,?!:" or block.kind is BlockKind.HEADING
    if not is_title and not _LEADS_IN.search(plain):
        return None
    if _LABEL.match(plain):
        return None
    named = {mention.body.id for mention in find_bodies(block.passage.text) if mention.body.kind is not BodyKind.OTHER}
    if is_fire:
        named = _as_fire(block.passage.text) or named
    return named.pop() if len(named) == 1 else None


def _as_fire(text: str) -> set[str]:
    """On a page of fire services a bare "Avon" is the service, not the force that has a name like it."""
    match = match_force(f"{text} fire") if len(text.split()) <= 6 else None
    return {match.body.id} if isinstance(match, Exact) and match.body.kind is BodyKind.FIRE else set()


def _first_block(blocks: Sequence[Block], mark: int, previous: int) -> int:
    """A section whose heading is lost may begin with its list, or with the paragraph that leads into the list: what
    stands above the link line, and below no heading or lead-in."""
    first = mark
    if not _is_link_line(blocks[mark]):
        return first
    while first - 1 > previous and blocks[first - 1].kind in _LISTS:
        first -= 1
    if first < mark and first - 1 > previous and blocks[first - 1].passage.plain.endswith(":"):
        first -= 1
    return first


def _is_link_line(block: Block) -> bool:
    """The title of a report: "PEEL: police effectiveness 2016 – Kent Police"."""
    plain = block.passage.plain
    is_line = block.kind is BlockKind.PARAGRAPH and len(plain) <= _LONGEST_MARK and plain[-1:] not in ".;,?!:"
    return is_line and _LINK_LINE.search(plain) is not None


def _end(blocks: Sequence[Block], last_mark: int) -> int:
    """Where the last section ends: at the notes that all of them share."""
    for at in range(last_mark + 1, len(blocks)):
        if _SHARED_END.fullmatch(blocks[at].passage.plain.strip(" :-")):
            return at
    return len(blocks)


def _tells(blocks: Sequence[Block]) -> bool:
    """Whether there is a list of findings or somebody speaking."""
    return any(block.kind in _LISTS or read_attribution(block.passage) for block in blocks)


def _stands_alone(blocks: Sequence[Block]) -> bool:
    """Whether it has what a release has and the part of one has not: a report of its own, or words spoken on it."""
    return any(
        _is_link_line(block) or block.passage.plain[:1] == '"' or read_attribution(block.passage) for block in blocks
    )


def _has_content(blocks: Sequence[Block]) -> bool:
    return _tells(blocks) or sum(_prose_words(blocks)) >= _ENOUGH_WORDS


def _prose_words(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and block.passage.plain[-1:] in ".'\"":
            yield len(block.passage.plain.split())
