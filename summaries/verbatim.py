"""Whether words stand in a text, and where: what must be the same for words to be verbatim, and what does not matter.

The kind of quotation mark, dash and space, dashes and bullets that stand alone, line and page breaks, Markdown's
asterisks, the case of the first letter and a closing stop do not matter. Every other letter does, and so do the edges
of words and of numbers: "adequate" is not in "inadequate", and "4 percent" is not in "94.4 percent".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from summaries.parsing.layout.blocks import BlockKind, read_blocks
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.receipts import paragraph_number
from summaries.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EDGES = " .,;:!?'-"
"""What may stand at either end of words, folded, without being of them."""

_DROPPED = frozenset('*"“”„‟«»\u00ad\u200b\u200c\u200d\u2060\ufeff')
_APOSTROPHES = frozenset("'‘’‛′´`")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_OMISSION = re.compile(r"\s{0,3}[\[(]?\s?(?:…|\.\s?\.\s?\.)\.?\s?[\])]?\s{0,3}")
# What stands in square brackets, with the rest of a word they cut into; the letter of "[T]he" is the word's own.
_FIRST_LETTER = re.compile(r"(?<!\w)\[(\w)\](?=\w)")
_EDITED = re.compile(r"\w{0,40}\[(?!\s?[….])[^\[\]]{1,80}\]\w{0,40}")
# A mark of a list or a dash between spaces; but not the dash of "5 - 10".
_ALONE = re.compile(r"(?<!\S)(?:[•·▪◦‣●○■\uf0b7]|[-\u2010-\u2015](?!(?<=\d\s.)\s\d))(?!\S)")
# Most of a text is plain words, one space apart: these are taken as they are, anything else by the character.
_RUNS = re.compile(r"(?P<as_it_is>[\w.,;:()/%&?!-]+(?: [\w.,;:()/%&?!-]+)*)|.", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared; `offsets` tells of each character where it stands in the text itself."""

    text: str
    offsets: tuple[int, ...]

    def find(self, words: str) -> Iterator[tuple[int, int]]:
        """Where folded words stand, as spans of the text itself, in order; the case of their first letter is free."""
        if not words:
            return
        for found in re.finditer(_pattern(words), self.text):
            yield self.offsets[found.start()], self.offsets[found.end() - 1] + 1

    def has(self, words: str) -> bool:
        return next(self.find(words), None) is not None


@lru_cache(maxsize=128)
def fold(text: str) -> Folded:
    """The text as it is compared."""
    kept: list[str] = []
    offsets: list[int] = []
    after_space = True
    text = _ALONE.sub(" ", text)  # of the same length, so that offsets hold
    for run in _RUNS.finditer(text):
        plain = run.group() if run.lastgroup == "as_it_is" else _plain(text, run.start(), run.group())
        if plain == " " and after_space:
            continue
        if plain:
            kept.append(plain)
            offsets += range(*run.span()) if len(plain) == run.end() - run.start() else [run.start()] * len(plain)
            after_space = plain[-1] == " "
    return Folded("".join(kept), tuple(offsets))


def parts_of(words: str) -> tuple[str, ...]:
    """Words that are said to be verbatim, folded: more than one part where an ellipsis tells of an omission, or square
    brackets of an editor's change."""
    unedited = _EDITED.sub("…", _FIRST_LETTER.sub(r"…\1", words))
    parts = (_part(part) for part in _OMISSION.split(unedited))
    return tuple(part for part in parts if part)


def is_edited(words: str) -> bool:
    """Whether square brackets tell of words or letters that are an editor's."""
    return _FIRST_LETTER.search(words) is not None or _EDITED.search(words) is not None


def locate(text: str, parts: Sequence[str], paragraph: int | None = None) -> tuple[Evidence, ...]:
    """Where all the parts stand in order within one paragraph, or one item of a list, one span each: in the paragraph
    asked for if they do, else in the first that has them. Empty when none does."""
    folded = fold(text)
    if not parts or not all(folded.has(part) for part in parts):
        return ()
    runs = [run for start in folded.find(parts[0]) if (run := _run(text, folded, parts, start))]
    there = [run for run in runs if paragraph_number(text, run[0].start) == paragraph]
    return next(iter(there or runs), ())


@lru_cache(maxsize=128)
def sentences(text: str) -> tuple[Evidence, ...]:
    """All sentences of a text in order; an item of a list is one, or several."""
    return tuple(one.evidence() for block in read_blocks(text) for one in block.passage.sentences())


def sentence_around(text: str, start: int, end: int) -> Evidence:
    """The span with the rest of the sentences it begins and ends in; what is longer than a sentence is none."""
    held = [one for one in sentences(text) if one.start < end and start < one.end]
    whole = [one for one in held if one.end - one.start <= LONGEST_SENTENCE]
    return Evidence.of(text, min([start, *(one.start for one in whole)]), max([end, *(one.end for one in whole)]))


@lru_cache(maxsize=128)
def item_starts(text: str) -> tuple[int, ...]:
    """Where the items of lists begin, after their marks."""
    listed = (BlockKind.BULLET, BlockKind.NUMBERED)
    return tuple(block.passage.start for block in read_blocks(text) if block.kind in listed)


def _part(words: str) -> str:
    """Folded, without the stops at its edges; the sign of a number is not one of them."""
    folded = fold(words).text
    bare = folded.strip(EDGES)
    before = folded[: folded.index(bare)]
    return f"-{bare}" if bare[:1].isdigit() and before.endswith("-") else bare


def _run(text: str, folded: Folded, parts: Sequence[str], first: tuple[int, int]) -> tuple[Evidence, ...]:
    spans = [first]
    home = paragraph_number(text, first[0])
    starts = item_starts(text) if len(parts) > 1 else ()
    for part in parts[1:]:
        after = next((span for span in folded.find(part) if span[0] >= spans[-1][1]), None)
        if after is None or paragraph_number(text, after[0]) != home:
            return ()
        if any(spans[-1][1] <= start <= after[0] for start in starts):
            return ()
        spans.append(after)
    return tuple(Evidence.of(text, *span) for span in spans)


@lru_cache(maxsize=256)
def _pattern(words: str) -> str:
    head, rest = words[0], re.escape(words[1:])
    either = f"[{re.escape(head.lower())}{re.escape(head.upper())}]" if len(head.upper()) == 1 else re.escape(head)
    before = r"(?<!\w)(?<!\d[.,:/-])(?<!\s[-.£$€])(?<![£$€])" if head.isdigit() else r"(?<!\w)"
    after = r"(?!\w)(?![.,:/-]\d)(?!\s?%)" if words[-1].isdigit() else r"(?!\w)"
    return f"{before}{either}{rest}{after}"


def _plain(text: str, offset: int, character: str) -> str:
    if character.isspace():
        return " "
    if character in _DROPPED:
        return ""
    if character in _APOSTROPHES:
        return "'" if _in_word(text, offset) else ""
    if character in _DASHES:
        return "-"
    return character if character.isascii() else unicodedata.normalize("NFKC", character)


def _in_word(text: str, offset: int) -> bool:
    return offset > 0 and text[offset - 1].isalnum() and text[offset + 1 : offset + 2].isalnum()
