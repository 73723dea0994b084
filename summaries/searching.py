"""Searching what is held: pages of releases with their best passages, and the nearest sentences to words that fit no
verb. Each reads one snapshot of the store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from summaries.forces import bodies as register
from summaries.found import SEARCH_COUNTED
from summaries.passages import LITTLE_WORDS, FoundPassage, Sought, find_passages, sought_by, spans_asked_for
from summaries.query import Filter, Literal
from summaries.query.filters import TEXT
from summaries.query.tokens import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summaries.ports import Store, StoredRelease, UnitOfWork

#: Releases on a page of a search.
PAGE = 5

_MOST_NEAREST = 3  # sentences, each from another release
_RELEASES_WEIGHED = 8  # that the index puts first, whose sentences are then weighed
_MOST_WORDS = 8  # of a question: more are no question
_RELEASES_SPELT_BY = 40  # whose words a word that occurs nowhere is likened to
_NEAREST_SPELLING = 80.0  # of 100: a letter or two apart in a word of seven


@dataclass(frozen=True, slots=True)
class Hit:
    """A release that was found. `passage` is its best one, None where the filter asks for no words, or where the text
    does not hold them in one sentence; `more` counts the others."""

    stored: StoredRelease
    passage: FoundPassage | None
    more: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked through: how many releases, on how many bodies, of which first and last year where those are
    known."""

    releases: int
    bodies: int
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of a search. `total` counts all releases found; `at_least`: there may be more than that."""

    wanted: Filter
    hits: tuple[Hit, ...]
    total: int
    ranked: bool
    page: int

    @property
    def at_least(self) -> bool:
        return self.total >= SEARCH_COUNTED

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)

    @property
    def first(self) -> int:
        """The place of the first hit of this page among all, counted from 1."""
        return (self.page - 1) * PAGE + 1

    @property
    def has_more(self) -> bool:
        return self.page < self.pages


@dataclass(frozen=True, slots=True)
class Instead:
    """What finds something where a search found nothing: another filter, and how many releases it finds."""

    wanted: Filter
    total: int
    why: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """What is true where a search finds nothing. `unheld` are words that no release holds, each with the nearest word
    that one does, or None."""

    coverage: Coverage
    unheld: tuple[tuple[str, str | None], ...] = ()
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """The sentences that hold most of the words of a question, at most three, and what was looked through."""

    hits: tuple[Hit, ...]
    coverage: Coverage


def search(store: Store, wanted: Filter, page: int = 1) -> SearchResult:
    """The releases that a filter means, PAGE at a time; `page` counts from 1. Raises StoreUnavailable."""
    with store.read() as unit:
        found = unit.search.find(wanted, limit=PAGE, offset=(page - 1) * PAGE)
    sought = sought_by(wanted)
    hits = tuple(
        _hit(stored, find_passages(stored.release, sought, spans_asked_for(stored.release, wanted)))
        for stored in found.releases
    )
    return SearchResult(wanted, hits, found.total, found.ranked, page)


def nothing_found(store: Store, wanted: Filter) -> Nothing:
    """Why a search may have found nothing, and what to try. Raises StoreUnavailable."""
    with store.read() as unit:
        coverage = _coverage(unit)
        if not coverage.releases:
            return Nothing(coverage)
        unheld = [word for word in _bare_words(wanted) if not _count(unit, _any_of([word]))]
        spelt = _words_held(unit) if unheld else ()
        near = {word: _nearest_word(word, spelt) for word in unheld}
        others = [*_spelt_otherwise(wanted, near), *_wider(wanted, unheld)]
        instead = [Instead(other, total, why) for why, other in others if (total := _count(unit, other))]
        return Nothing(coverage, tuple(near.items()), tuple(instead))


def nearest(store: Store, words: str, bodies: Sequence[str] = ()) -> Nearest:
    """The sentences nearest to a question: those that hold most of its words, the rarer the better, of these `bodies`
    (register ids) where any is named.

    Little words do not count, nor do those that every release holds, nor the names of the bodies: what held these only
    would be no nearer than any other sentence. Raises StoreUnavailable.
    """
    with store.read() as unit:
        coverage = _coverage(unit, bodies)
        found_in = {word: _count(unit, _of_bodies(_any_of([word]), bodies)) for word in _telling_words(words, bodies)}
        most = coverage.releases if bodies else coverage.releases - 1
        worth = {word: log(1 + coverage.releases / total) for word, total in found_in.items() if 0 < total <= most}
        if not worth:
            return Nearest((), coverage)
        releases = unit.search.find(_of_bodies(_any_of(worth), bodies), limit=_RELEASES_WEIGHED).releases
    sought = {sought_by(_any_of([word]))[0]: value for word, value in worth.items()}
    hits = [_hit(stored, found) for stored in releases if (found := _weighed(stored, sought))]
    hits.sort(key=lambda hit: -_weight(hit.passage, sought))
    return Nearest(tuple(hits[:_MOST_NEAREST]), coverage)


def _telling_words(words: str, bodies: Sequence[str]) -> list[str]:
    names = {stem(word) for body in bodies for word in tokens(register()[body].official)}
    telling = {stem(word): word for word in tokens(words) if stem(word) not in LITTLE_WORDS | names}
    return list(telling.values())[:_MOST_WORDS]


def _hit(stored: StoredRelease, passages: Sequence[FoundPassage]) -> Hit:
    return Hit(stored, passages[0] if passages else None, max(len(passages) - 1, 0))


def _weighed(stored: StoredRelease, worth: dict[Sought, float]) -> list[FoundPassage]:
    passages = find_passages(stored.release, tuple(worth))
    return sorted(passages, key=lambda passage: -_weight(passage, worth))


def _weight(passage: FoundPassage | None, worth: dict[Sought, float]) -> float:
    return sum(worth[one] for one in passage.held) if passage else 0.0


def _coverage(unit: UnitOfWork, bodies: Sequence[str] = ()) -> Coverage:
    if bodies:
        held = unit.releases.bodies_held()
        return Coverage(_count(unit, Filter.of_bodies(*bodies)), sum(body in held for body in bodies), None)
    return Coverage(unit.releases.count(), len(unit.releases.bodies_held()), unit.releases.years())


def _count(unit: UnitOfWork, wanted: Filter) -> int:
    return unit.search.find(wanted, limit=1).total


def _any_of(words: Iterable[str]) -> Filter:
    return Filter((tuple(Literal(TEXT, word) for word in words),))


def _of_bodies(wanted: Filter, bodies: Sequence[str]) -> Filter:
    return Filter((*wanted.clauses, *Filter.of_bodies(*bodies).clauses))


def _bare_words(wanted: Filter) -> list[str]:
    return list(dict.fromkeys(one.value for one in wanted.looked_for if not one.exact))[:_MOST_WORDS]


def _spelt_otherwise(wanted: Filter, near: Mapping[str, str | None]) -> list[tuple[str, Filter]]:
    words = {word: other for word, other in near.items() if other}
    if not words:
        return []
    clauses = tuple(
        tuple(
            replace(one, value=words[one.value]) if one in wanted.looked_for and one.value in words else one
            for one in clause
        )
        for clause in wanted.clauses
    )
    return [("with " + " and ".join(f"“{word}”" for word in words.values()), Filter(clauses))]


def _wider(wanted: Filter, unheld: Sequence[str]) -> list[tuple[str, Filter]]:
    """Filters that ask for less: the words alone, a phrase's words apart, without the words that no release holds, any
    of the others."""
    text = [clause for clause in wanted.clauses if any(one in wanted.looked_for for one in clause)]
    others = [clause for clause in wanted.clauses if clause not in text]
    wider: list[tuple[str, Filter]] = []
    if text and others:
        wider.append(("without the other conditions", Filter(tuple(text))))
    phrases = [clause for clause in text if len(clause) == 1 and clause[0].exact and " " in clause[0].value]
    if phrases:
        apart = [(Literal(TEXT, word),) for [phrase] in phrases for word in phrase.value.split()]
        rest = [clause for clause in wanted.clauses if clause not in phrases]
        wider.append(("with the words apart", Filter((*apart, *rest))))
    held = [clause for clause in text if not all(one.value in unheld for one in clause)]
    if unheld and held:
        named = " and ".join(f"“{word}”" for word in unheld)
        wider.append((f"without {named}", Filter((*held, *others))))
    if len(held) > 1:
        wider.append(("with any of the words", Filter((tuple(one for clause in held for one in clause), *others))))
    return wider


def _words_held(unit: UnitOfWork) -> frozenset[str]:
    """The words of the newest releases: enough to tell a slip of the keyboard by."""
    newest = unit.search.newest(Filter(), limit=_RELEASES_SPELT_BY)
    return frozenset(word for stored in newest for word in tokens(stored.release.text) if len(word) > 3)


def _nearest_word(word: str, held: Iterable[str]) -> str | None:
    best = process.extractOne(word.casefold(), held, scorer=fuzz.ratio, score_cutoff=_NEAREST_SPELLING)
    return best[0] if best else None
