"""Go through what a filter is written with, and say which conditions it states: the grammar of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.errors import BadFilter
from summaries.query.filters import TEXT, Literal
from summaries.query.names import EVERYTHING, JOINING, read_names, read_quoted
from summaries.query.values import known_key, read_value, unknown_value

if TYPE_CHECKING:
    from summaries.peers import Groups
    from summaries.query.lexing import Lexeme

Condition = tuple[tuple[Literal, ...], bool]
"""What is asked for, any of it, and whether it is excluded instead. Nothing asked for: everything."""

_LONGEST_VALUE = 8  # words
_OF_SEVERAL = frozenset({"force", "region", "peers", "pillar"})
"""Keys after whose value `and` joins another: a release on two bodies is not meant by `force:kent and essex`."""


class Reader:
    """Goes through the lexemes once and gives choices, each of conditions of which one must hold."""

    def __init__(self, lexemes: list[Lexeme], bare: str, groups: Groups | None) -> None:
        self._left = lexemes
        self._bare = bare
        self._groups = groups

    def read(self) -> list[list[Condition]]:
        choices: list[list[Condition]] = []
        joined = False
        while self._left:
            if self._at("|", "or"):
                self._left = self._left[1:]
                joined = bool(choices)
                continue
            found = self._next()
            if found and joined:
                choices[-1].append(found[0])
                found, joined = found[1:], False
            choices += [[condition] for condition in found]
        return choices

    def _next(self) -> list[Condition]:
        first = self._left[0]
        if first.sort == "key":
            return [self._keyed()]
        if first.sort == "word" and self._bare == "names":
            return self._run_of_names()
        self._left = self._left[1:]
        if first.sort == "quoted" and self._bare == "names":
            return [(read_quoted(first.text), first.negated)]
        if first.sort == "," or first.text.casefold() in JOINING:
            return []
        if first.sort == "word" and first.text.casefold() in EVERYTHING:
            return [_everything(negated=first.negated)]
        literals = read_value(TEXT, first.text, None, exact=first.sort == "quoted")
        return [(literals, first.negated)] if literals else []

    def _run_of_names(self) -> list[Condition]:
        """The names in the words from here to the next sign, key or minus, which is of the first name after it."""
        negated = self._left[0].negated
        run = self._words()
        self._left = self._left[len(run) :]
        named = read_names(run)
        if negated and named == [()]:
            return [_everything(negated=True)]
        return [(literals, negated and place == 0) for place, literals in enumerate(named)]

    def _keyed(self) -> Condition:
        typed, self._left = self._left[0], self._left[1:]
        key = known_key(typed.text)
        found = list(self._value(key) or self._fail(key))
        while size := self._joint(key):
            kept, self._left = self._left, self._left[size:]
            more = self._value(key)
            if more is None and kept[0].glued and self._left and self._left[0].glued:
                self._fail(key)
            if more is None:
                self._left = kept
                break
            found += more
        return tuple(found), typed.negated

    def _joint(self, key: str) -> int:
        """How many lexemes here say that another value of the key may follow."""
        if len(self._left) < 2 or self._left[1].sort not in ("word", "quoted") or self._left[1].negated:
            return 0
        if key == TEXT and not (self._left[0].glued and self._left[1].glued):
            return 0
        return int(self._at(",", "|", "or") or (key in _OF_SEVERAL and self._at(*JOINING)))

    def _value(self, key: str) -> tuple[Literal, ...] | None:
        """The value here: quoted, or as many words as make one. None, with nothing read, when there is none."""
        if self._left and self._left[0].sort == "quoted":
            quoted = read_value(key, self._left[0].text, self._groups, exact=True)
            self._left = self._left[1:] if quoted else self._left
            return quoted
        run = self._words()[: 1 if key == TEXT else _LONGEST_VALUE]
        for size in range(len(run), 0, -1):
            found = None if self._left[0].negated else read_value(key, " ".join(run[:size]), self._groups)
            if found:
                self._left = self._left[size:]
                return found
        return None

    def _fail(self, key: str) -> tuple[Literal, ...]:
        """Say what is wrong with the value here, which may be of several words where bare words are names."""
        first = self._left[0] if self._left else None
        if first and first.sort == "quoted":
            raise unknown_value(key, first.text, self._groups)
        run = [] if first and first.negated else self._words()
        raise unknown_value(key, " ".join(run[: None if self._bare == "names" else 1]), self._groups)

    def _words(self) -> list[str]:
        """The words from here on that stand together."""
        run: list[str] = []
        for lexeme in self._left:
            if lexeme.sort != "word" or (run and (lexeme.negated or lexeme.text.casefold() == "or")):
                break
            run.append(lexeme.text)
        return run

    def _at(self, *signs: str) -> bool:
        """Whether one of these signs or words is next."""
        if not self._left or self._left[0].negated:
            return False
        return self._left[0].sort in ("word", ",", "|") and self._left[0].text.casefold() in signs


def _everything(*, negated: bool) -> Condition:
    if negated:
        raise BadFilter("`-all` leaves nothing. Name what to leave out.")
    return (), False
