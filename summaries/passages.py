"""The passages of a release that hold what is looked for: whole sentences, each with the one before and after it.

Nothing is written or cut: every part is evidence. What is looked for are the words, phrases, topics and grades that a
filter asks for; a release that was found by other conditions has no passage, and shows its verdict instead.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from summaries.parsing.layout.blocks import BlockKind, read_blocks
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.query.tokens import stem, stems, words
from summaries.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summaries.parsing.layout.blocks import Block
    from summaries.parsing.layout.passage import Passage
    from summaries.query import Filter, Literal
    from summaries.types import Judgment, NamedGrade, Release

#: Characters of a text that are read: some fifteen times a release of the usual length.
MOST_READ = 60_000

_LONGEST_NEIGHBOUR = 600  # characters: more context than this hides what was found
_ENDED = re.compile(r"[.!?;][\"'”’)\]*_]{0,4}$")

#: Words that hold sentences together, by their stems. They are looked for, and marked, only where no others are.
LITTLE_WORDS = frozenset(
    stems(
        "a about all also an and any are as at be been but by can could did do does for from had has have he her his"
        " how i if in into is it its me more my no not of on or our say she so some such than that the their them there"
        " these they this those to up was we were what when where which who why will with would you your"
    )
)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A sentence that holds what is looked for, with its neighbours. `marks` are the matches inside it, in order and
    apart; `held` is what it holds of what was looked for, each once."""

    sentence: Evidence
    before: Evidence | None
    after: Evidence | None
    marks: tuple[Evidence, ...]
    held: frozenset[Sought]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to look for in a row: exactly, or by their stems."""

    words: tuple[str, ...]
    exact: bool = False

    @property
    def is_phrase(self) -> bool:
        return self.exact and len(self.words) > 1


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    before: Passage | None
    after: Passage | None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: as it is compared, and where it stands in which sentence."""

    token: str
    stem: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Match:
    sought: Sought
    sentence: int
    start: int
    end: int


def sought_by(wanted: Filter) -> tuple[Sought, ...]:
    """What a filter asks a text to hold, each once. Little words are left out, unless there are no others."""
    asked = dict.fromkeys(_sought(one) for one in wanted.looked_for)
    all_asked = [sought for sought in asked if sought.words]
    telling = [one for one in all_asked if one.exact or not LITTLE_WORDS.issuperset(one.words)]
    return tuple(telling or all_asked)


def spans_asked_for(release: Release, wanted: Filter) -> tuple[tuple[str, Evidence], ...]:
    """What bears out the topics and grades that a filter asks for, each with the evidence: of a grade the word, of the
    bodies asked for where any is."""
    bodies, grades = wanted.bodies, wanted.values("grade")
    given: list[Judgment | NamedGrade] = [*release.judgments, *release.named_grades]
    graded = [one for one in given if one.grade in grades and (not bodies or one.body in bodies)]
    stated = [(str(one.grade), _word_in(release.text, one.evidence, one.grade)) for one in graded]
    topics = [(topic, span) for topic in wanted.values("topic") for span in release.topic_spans.get(topic, ())]
    return (*topics, *stated)


def find_passages(
    release: Release, sought: Sequence[Sought], spans: Sequence[tuple[str, Evidence]] = ()
) -> list[FoundPassage]:
    """The sentences that hold any of what is sought, or one of these spans, each of which has a name: the best first.

    The best hold the most phrases, then the most different words; of those that hold the same, what the release found
    or quotes goes first, then its other sentences, then headings and titles, and its notes come last; then as printed.
    A sentence that is printed twice counts once. Of a text longer than MOST_READ only the beginning is read.
    """
    sentences = _sentences(release.text)
    matches = [*_matches(sentences, sought), *_span_matches(sentences, spans)]
    by_sentence = groupby(sorted(matches, key=lambda one: (one.sentence, one.start)), key=lambda one: one.sentence)
    found: dict[str, FoundPassage] = {}
    for index, together in by_sentence:
        if len(sentences[index].passage.text) <= LONGEST_SENTENCE:
            passage = _found(sentences[index], list(together))
            found.setdefault(passage.sentence.words.casefold(), passage)
    return sorted(found.values(), key=lambda one: _worth(release, one))


def _sought(literal: Literal) -> Sought:
    parts = literal.value.split()
    return Sought(tuple(parts if literal.exact else map(stem, parts)), literal.exact)


def _sentences(text: str) -> list[_Sentence]:
    """Every sentence in the order printed. An item of a list is one, and stands between what leads into the list and
    the next item; but notes to editors are numbered, and are read as paragraphs."""
    parts = [part for block in _grouped(read_blocks(text[:MOST_READ])) for part in block]
    return parts[:-1] if len(text) > MOST_READ else parts  # what is cut off in the middle is no sentence


def _grouped(blocks: Sequence[Block]) -> Iterator[Sequence[_Sentence]]:
    lead_in: Passage | None = None
    for kind, together in groupby(blocks, key=lambda block: block.kind):
        passages = [block.passage for block in together]
        is_list = kind is BlockKind.BULLET or (kind is BlockKind.NUMBERED and lead_in is not None)
        if is_list and all(len(item.text) <= LONGEST_SENTENCE for item in passages):
            yield [_Sentence(item, lead_in, after) for item, after in zip_longest(passages, passages[1:])]
            lead_in = None
            continue
        for passage in passages:
            parts = passage.sentences()
            yield [_Sentence(one, *around) for one, around in zip(parts, _around(lead_in, parts), strict=True)]
            lead_in = parts[-1] if parts and parts[-1].plain.endswith(":") else None


def _around(lead_in: Passage | None, parts: Sequence[Passage]) -> Iterator[tuple[Passage | None, Passage | None]]:
    return zip([lead_in, *parts[:-1]], [*parts[1:], None], strict=True)


def _matches(sentences: Sequence[_Sentence], sought: Sequence[Sought]) -> Iterator[_Match]:
    """Every place where what is sought stands. A phrase may go on over the end of a sentence, as the index has it: it
    is then found in the one where it begins."""
    read = [word for index, one in enumerate(sentences) for word in _words(index, one.passage.text)]
    exact, stems = [word.token for word in read], [word.stem for word in read]
    for one in sought:
        among, first = (exact if one.exact else stems), one.words[0]
        for at, word in enumerate(among):
            if word == first and tuple(among[at : at + len(one.words)]) == one.words:
                begin, *_ = together = read[at : at + len(one.words)]
                end = next(last.end for last in reversed(together) if last.sentence == begin.sentence)
                yield _Match(one, begin.sentence, begin.start, end)


def _words(sentence: int, text: str) -> Iterator[_Word]:
    for token, start, end in words(text):
        yield _Word(token, stem(token), sentence, start, end)


def _span_matches(sentences: Sequence[_Sentence], spans: Sequence[tuple[str, Evidence]]) -> Iterator[_Match]:
    for name, span in spans:
        for index, one in enumerate(sentences):
            offsets = one.passage.offsets
            if offsets[0] <= span.start and span.end <= offsets[-1] + 1:
                start, end = bisect_left(offsets, span.start), bisect_left(offsets, span.end)
                yield _Match(Sought((name,)), index, start, end)


def _word_in(text: str, evidence: Evidence, word: str) -> Evidence:
    """The part of the evidence that is the word; all of it where it is said otherwise."""
    found = re.search(re.escape(word).replace(r"\ ", r"\s"), evidence.quote, re.IGNORECASE)
    return Evidence.of(text, evidence.start + found.start(), evidence.start + found.end()) if found else evidence


def _found(sentence: _Sentence, matches: Sequence[_Match]) -> FoundPassage:
    spans: list[tuple[int, int]] = []
    for one in matches:
        if spans and one.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], one.end))
        else:
            spans.append((one.start, one.end))
    passage = sentence.passage
    return FoundPassage(
        _unquoted(passage).evidence(),
        _neighbour(sentence.before),
        _neighbour(sentence.after),
        tuple(passage.evidence(start, end) for start, end in spans),
        frozenset(one.sought for one in matches),
    )


def _neighbour(passage: Passage | None) -> Evidence | None:
    return _unquoted(passage).evidence() if passage and len(passage.text) <= _LONGEST_NEIGHBOUR else None


def _unquoted(passage: Passage) -> Passage:
    """Without a quotation mark that only opens or closes a longer speech: alone it would quote nothing."""
    if len(passage.text) < 2 or passage.plain.count('"') != 1:
        return passage
    start, end = passage.plain[0] == '"', passage.plain[-1] == '"'
    return passage.cut(int(start), len(passage.text) - int(end))


def _worth(release: Release, passage: FoundPassage) -> tuple[int, int, int, int]:
    phrases = sum(one.is_phrase for one in passage.held)
    return (-phrases, -len(passage.held), _place(release, passage.sentence), passage.sentence.start)


def _place(release: Release, sentence: Evidence) -> int:
    """What was found or said of this body goes before the other sentences, of which much is the same in each release of
    a series; these before lines that are no sentences; the notes come last."""
    if any(sentence.meets(span) for span in release.note_spans):
        return 3
    statements = [one for one in (release.statement, *release.other_statements) if one]
    told = [*(one.evidence for one in release.findings), *(span for one in statements for span in one.spans)]
    if any(sentence.meets(span) for span in told):
        return 0
    return 1 if _ENDED.search(sentence.quote) else 2
