"""Where releases that are held use a word: their own sentences, as evidence beside a definition of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.passages import Sought, find_passages
from summaries.query import Filter, Literal
from summaries.query.filters import TEXT
from summaries.query.tokens import tokens
from summaries.types import Grade
from summaries.verbatim import sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.ports import Store, StoredRelease
    from summaries.types import Evidence

_MOST_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Usage:
    """A sentence that uses the word, and the word in it."""

    stored: StoredRelease
    sentence: Evidence
    marks: tuple[Evidence, ...]


def usages(store: Store, word: str, programme: str | None = None, *, most: int = 2) -> tuple[Usage, ...]:
    """Sentences of different releases that use a word; where it is a grade, those that give it. Raises
    StoreUnavailable."""
    looked_for = tokens(word)
    if not looked_for:
        return ()
    is_grade = word in {grade.value for grade in Grade}
    literal = Literal("grade", word) if is_grade else Literal(TEXT, " ".join(looked_for), exact=True)
    narrower = ((Literal("programme", programme),),) if programme else ()
    with store.read() as unit:
        found = unit.search.find(Filter(((literal,), *narrower)), limit=_MOST_LOOKED_AT).releases
    told = [usage for stored in found for usage in (_giving(stored, word) if is_grade else _using(stored, looked_for))]
    return tuple({usage.sentence.words: usage for usage in reversed(told)}.values())[::-1][:most]


def _giving(stored: StoredRelease, grade: str) -> Iterator[Usage]:
    given = next((one for one in stored.release.judgments if one.grade == grade), None)
    if given is None:
        return
    sentence = sentence_around(stored.release.text, given.evidence.start, given.evidence.end)
    if grade in sentence.words.casefold():  # one of a list has its grade from the words that lead in to the list
        yield Usage(stored, sentence, (given.evidence,))


def _using(stored: StoredRelease, words: list[str]) -> Iterator[Usage]:
    for passage in find_passages(stored.release, (Sought(tuple(words), exact=True),))[:1]:
        yield Usage(stored, passage.sentence, passage.marks)
