"""Under which terms a release stands in the index, and which terms a filter asks for: the same for both databases.

All that a filter can name is a term, words and facets alike (`force:kent`), so that any filter is one expression over
one index and no join can spoil its plan. Of days and years every prefix of their digits is a term: a span of time is
then a choice of few (2010 to 2016 is `201`, but for 2017 to 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from summaries.query.dates import days, years
from summaries.query.facets import facets, published_within
from summaries.query.filters import TEXT
from summaries.query.tokens import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from summaries.query import Filter, Literal
    from summaries.types import Release

EXACT, STEMS, FACETS = "exact", "stems", "facets"
YEAR, FIRST_DAY, LAST_DAY = "year", "first-day", "last-day"
END_OF_DAYS = 99_991_231
LONGEST_FACET = 500
"""As much of a facet as is compared, in characters: PostgreSQL refuses a term of two thousand bytes."""
SEQ_BITS = 36
"""How much of a place is the sequence: seventy thousand million revisions."""


def place(dated: int, seq: int) -> int:
    """Where a release stands in the index: sorts by the date it bears (yyyymmdd), then by its sequence."""
    return dated << SEQ_BITS | seq


def seq_at(place: int) -> int:
    """The sequence of the revision that stands at a place."""
    return place & (1 << SEQ_BITS) - 1


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one release: its words in order, the stems of these, and its facets in no order."""

    exact: list[str]
    stems: list[str]
    facets: list[str]


class Term(NamedTuple):
    """Tokens that stand one after another in one stream: `exact`, `stems` or `facets`."""

    stream: str
    tokens: tuple[str, ...]


class Condition(NamedTuple):
    """Holds when any of the terms does; when negated, if none does."""

    terms: tuple[Term, ...]
    negated: bool


EVERYTHING = Term(FACETS, ("*",))
NOTHING = Term(FACETS, ("-",))


def terms_of(release: Release) -> Terms:
    """The terms of a release."""
    words = tokens(release.text)
    return Terms(words, [stem(word) for word in words], sorted({*EVERYTHING.tokens, *_facets(release)}))


def conditions_of(wanted: Filter) -> list[list[Condition]]:
    """The clauses of a filter: all must hold, each by any of its conditions."""
    return [[_condition(one) for one in clause] for clause in wanted.clauses]


def _condition(literal: Literal) -> Condition:
    """Not to have come out before a day is a condition of its own: where the day is not known neither holds."""
    if literal.key in ("before", "after"):
        return Condition(tuple(_days(literal)), negated=False)
    return Condition(tuple(_terms(literal)), literal.negated)


def _facets(release: Release) -> Iterator[str]:
    for key, values in facets(release).items():
        for value in values:
            yield _facet(key, value)
    first, last = published_within(release)
    numbers = {FIRST_DAY: f"{first:08}", LAST_DAY: f"{last:08}"}
    if release.year is not None:
        numbers[YEAR] = f"{release.year:04}"
    for key, digits in numbers.items():
        for length in range(len(digits) + 1):
            yield _facet(key, digits[:length])


def _terms(literal: Literal) -> Iterable[Term]:
    """The terms of which any must be there; none when nothing can be meant."""
    if literal.key == TEXT:
        words = tuple(literal.value.split())
        term = Term(EXACT, words) if literal.exact else Term(STEMS, tuple(map(stem, words)))
        return [term] if words else []
    if literal.key == "year":
        prefixes = covering(*years(literal.value), width=4)
        return [Term(FACETS, (_facet(YEAR, prefix),)) for prefix in prefixes]
    return [Term(FACETS, (_facet(literal.key, literal.value),))]


def _days(literal: Literal) -> Iterator[Term]:
    """What is known to have come out on that side: by its last day before one, or by its first from one on."""
    first, last = days(literal.value)
    side = {
        ("before", False): (LAST_DAY, 0, first - 1),
        ("before", True): (FIRST_DAY, first, END_OF_DAYS),
        ("after", False): (FIRST_DAY, last + 1, END_OF_DAYS),
        ("after", True): (LAST_DAY, 0, last),
    }
    key, low, high = side[literal.key, literal.negated]
    return (Term(FACETS, (_facet(key, prefix),)) for prefix in covering(low, high, width=8))


def _facet(key: str, value: str) -> str:
    """A facet as one token: lower case, no space, no character that a database could stumble over."""
    folded = f"{key}:{value}".casefold()[:LONGEST_FACET]
    return "".join(char if char.isprintable() and char != " " else "\u00a0" for char in folded)


def of_words(clauses: list[list[Condition]]) -> list[list[Condition]]:
    """The clauses that only words can fulfil: what matches can be ranked by."""

    def is_words(condition: Condition) -> bool:
        return not condition.negated and all(term.stream != FACETS for term in condition.terms)

    return [clause for clause in clauses if all(map(is_words, clause))]


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a database spells an expression of terms."""

    term: Callable[[Term], str]
    conjunction: str
    disjunction: str
    exception: str

    def expression(self, clauses: list[list[Condition]]) -> str:
        """Of nested brackets there are few whatever the filter: databases bound their depth."""
        kept: list[str] = []
        excluded: list[Term] = []
        for clause in clauses:
            if len(clause) == 1 and clause[0].negated:
                excluded.extend(clause[0].terms)
            else:
                kept.append(self._choice(clause))
        whole = self.conjunction.join(dict.fromkeys(kept)) or self.term(EVERYTHING)
        return f"({whole}){self.exception}{self._any_of(excluded)}" if excluded else whole

    def _choice(self, clause: list[Condition]) -> str:
        """Several negated conditions fail only together: "not a or not b" is all but "a and b"."""
        choices = [self._any_of(one.terms) for one in clause if not one.negated]
        together = [self._any_of(one.terms) for one in clause if one.negated]
        if together:
            choices.append(f"({self.term(EVERYTHING)}{self.exception}({self.conjunction.join(together)}))")
        return f"({self.disjunction.join(choices)})"

    def _any_of(self, terms: tuple[Term, ...] | list[Term]) -> str:
        return f"({self.disjunction.join(map(self.term, dict.fromkeys(terms or [NOTHING])))})"


def covering(low: int, high: int, width: int) -> Iterator[str]:
    """The fewest prefixes that all numbers of `width` digits from `low` to `high` have, and no others."""
    yield from _covering("", low, high, width)


def _covering(prefix: str, low: int, high: int, width: int) -> Iterator[str]:
    unit = 10 ** (width - len(prefix))
    first = int(prefix or 0) * unit
    if first > high or first + unit - 1 < low:
        return
    if low <= first and first + unit - 1 <= high:
        yield prefix
        return
    for digit in "0123456789":
        yield from _covering(prefix + digit, low, high, width)
