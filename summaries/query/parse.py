"""Read the filter language: `force:kent pillar:legitimacy -topic:custody "abuse of authority"`.

What people type becomes a `Filter` by `parse_filter`, which asks the registers; what was stored is read by
`read_filter`, which does not: a stored filter goes on meaning the same when names change.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from summaries.errors import BadFilter
from summaries.query.filters import ALL, KEYS, TEXT, Filter, Literal
from summaries.query.lexing import lex
from summaries.query.reader import Reader
from summaries.query.tokens import tokens

if TYPE_CHECKING:
    from summaries.peers import Groups
    from summaries.query.filters import Clause
    from summaries.query.lexing import Lexeme
    from summaries.query.reader import Condition

LONGEST = 5_000
"""Characters of a filter that are read; a longer one is refused."""

_MOST_CLAUSES = 500


def parse_filter(text: str, *, bare: OneOf["names", "text"] = "names", groups: Groups | None = None) -> Filter:
    """Read what a person typed: `Kent and Essex`, `force:kent -pillar:legitimacy`, `"abuse of authority" or vetting`.

    Bare words are `names` of bodies, pillars, programmes and years, or `text` that a release must hold. `groups` are
    those that `peers:` may name. Raises BadFilter (facts `unknown`: the key or value there is not, `nearest`),
    AmbiguousBody (`typed`, `candidates`: the bodies it may be) and UnknownBody (`typed`, `candidates`: bodies with a
    name much like it, perhaps none).
    """
    if len(text) > LONGEST:
        raise _too_much()
    choices = Reader(lex(text), bare, groups).read()
    if not choices:
        raise BadFilter("There is no word to look for. Write one." if bare == "text" else None)
    clauses = [clause for choice in choices for clause in _clauses(choice)]
    if len(clauses) > _MOST_CLAUSES:
        raise _too_much()
    return Filter(tuple(clauses))


def read_filter(canonical: str) -> Filter:
    """Read a filter's own `text` back. Raises BadFilter when it is not one."""
    lexemes = [] if canonical == ALL else lex(canonical)
    clauses: list[list[Literal]] = []
    joined = False
    while lexemes:
        if clauses and not joined and (lexemes[0].sort, lexemes[0].text) == ("word", "or"):
            lexemes, joined = lexemes[1:], True
            continue
        literal = _stored(*lexemes[:2])
        lexemes = lexemes[2:]
        if joined:
            clauses[-1].append(literal)
        else:
            clauses.append([literal])
        joined = False
    if joined or (not clauses and canonical != ALL):
        raise BadFilter
    return Filter(tuple(map(tuple, clauses)))


def _stored(key: Lexeme, value: Lexeme | None = None) -> Literal:
    if value is None or key.sort != "key" or key.text not in KEYS or value.sort not in ("word", "quoted"):
        raise BadFilter
    if key.text != TEXT:
        return Literal(key.text, value.text, key.negated)
    return Literal(TEXT, " ".join(tokens(value.text)), key.negated, exact=value.sort == "quoted")


def _clauses(choice: list[Condition]) -> list[Clause]:
    """Clauses that hold together exactly when one of the conditions does."""
    each: list[list[Clause]] = []
    for literals, negated in choice:
        if not literals:
            return []
        each.append([(replace(one, negated=True),) for one in literals] if negated else [literals])
    if prod(map(len, each)) > _MOST_CLAUSES:
        raise _too_much()
    return [tuple(one for clause in picked for one in clause) for picked in product(*each)]


def _too_much() -> BadFilter:
    return BadFilter("That filter says more than can be looked for at once. Name fewer things.")
