"""A question taken apart: which words name a body, a year, a pillar, a topic, and which say what is wanted. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.understanding.fire import with_fire
from bot.understanding.vocabulary import is_word, longest, phrases, regions
from bot.understanding.when import DATE, SPAN, of_date, of_years
from summaries.forces import Exact, NoMatch, named
from summaries.naming import bodies_typed
from summaries.register import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from summaries.forces import Match

_TOKEN = re.compile(r"[^\W_]+(?:['’]s\b)?")
_QUOTED = re.compile(r'"([^"]{1,200})"')
_FILTER = re.compile(r'(?<![\w-])-?[a-z]{2,12}:(?:"[^"]{1,100}"|[^\s"]{1,100})', re.IGNORECASE)
_RECEIPT = re.compile(
    r"(?<![\w-])(?:r-? ?|(?:release|number|no\.?) #?)(?P<number>\d{1,6})(?P<revision>\.\d{1,3})?"
    r"(?:\s?(?:¶|p(?:ara(?:graph)?)?\.?)\s?(?P<paragraph>\d{1,4}))?(?!\w)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\bnew (?:york|jersey|zealand|orleans)\b", re.IGNORECASE)
_APART = re.compile(r"[,;.:]")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a question. `kind` is one of the vocabulary's, or `body`, `year`, `phrase` (it was quoted),
    `receipt`, `unclear`: what no answer can do right by, or `word`: one that is not known. `apart`: a comma or the like
    stands before it."""

    kind: str
    value: str
    typed: str
    match: Match | None = None
    apart: bool = False


@dataclass(frozen=True)
class Reading:
    """The parts of a question, in order."""

    words: str
    parts: tuple[Part, ...]

    def of(self, *kinds: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind in kinds)

    @cached_property
    def cues(self) -> frozenset[str]:
        """What the words show to be wanted."""
        return frozenset(part.value for part in self.parts if part.kind == "do")

    @cached_property
    def leans(self) -> bool:
        """Whether it goes on from something said before."""
        return any(part.kind == "lean" for part in self.parts)


def read(words: str) -> Reading:
    """Take normalised words apart."""
    claimed: list[tuple[int, int, Part]] = []
    free = words
    for pattern, part_of in (
        (_QUOTED, _phrase),
        (_FILTER, _filter),
        (_RECEIPT, _receipt),
        (_ELSEWHERE, _elsewhere),
    ):
        claimed.extend((found.start(), found.end(), part_of(found)) for found in pattern.finditer(free))
        free = _blank(free, ((start, end) for start, end, _ in claimed))
    claimed.extend(_dates(free))
    free = _blank(free, ((start, end) for start, end, _ in claimed))
    claimed.extend((found.start(), found.end(), _when(found)) for found in SPAN.finditer(free))
    free = _blank(free, ((start, end) for start, end, _ in claimed))
    claimed.extend((found.start(), found.end(), _region(found)) for found in regions().finditer(free))
    free = _blank(free, ((start, end) for start, end, _ in claimed))
    for typed in bodies_typed(free, is_word):
        name = free[typed.start : typed.end]
        claimed.append((typed.start, typed.end, Part("body", body_name(name, typed.match), name, typed.match)))
    free = _blank(free, ((start, end) for start, end, _ in claimed))
    claimed.extend(_of_vocabulary(free))
    return Reading(words, tuple(with_fire(list(_set_apart(words, claimed)))))


def body_name(typed: str, match: Match) -> str:
    """The name a command calls a body by: its own, or as typed when it is not clear which body is meant. The beginning
    of its name will do where that is enough: `Hampshire`."""
    typed = re.sub(r"['’]s?$|^the ", "", typed, flags=re.IGNORECASE)
    if not isinstance(match, Exact):
        return typed
    body = match.body
    for name in [body.short] if _means(body.short, body.id) else [body.official]:
        if normalise(name).startswith(normalise(typed)) and _means(start := name[: len(typed)], body.id):
            ends = len(start) == len(name) or not name[len(start)].isalnum()
            if ends and normalise(start) == normalise(typed):
                return start
    return body.short if _means(body.short, body.id) else body.official


def _means(name: str, body_id: str) -> bool:
    match = named(name)
    return isinstance(match, Exact) and match.body.id == body_id


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "|" * (end - start) + text[end:]  # no word reaches across what is taken
    return text


def _region(found: re.Match[str]) -> Part:
    _, value = phrases()[tuple(normalise(found.group()).split())]
    return Part("filter", value, found.group())


def _phrase(found: re.Match[str]) -> Part:
    """Quoted words; a name that was quoted is a name."""
    match = named(found[1])
    if match:
        return Part("body", body_name(found[1], match), found[1], match)
    return Part("phrase", found[0], found[0])


def _filter(found: re.Match[str]) -> Part:
    return Part("filter", found[0], found[0])


def _receipt(found: re.Match[str]) -> Part:
    paragraph = f" ¶{found['paragraph']}" if found["paragraph"] else ""
    return Part("receipt", f"R-{found['number']}{found['revision'] or ''}{paragraph}", found[0])


def _elsewhere(found: re.Match[str]) -> Part:
    return Part("unclear", "", found[0])


def _dates(text: str) -> Iterator[tuple[int, int, Part]]:
    for found in DATE.finditer(text):
        filters = of_date(found)
        for value in filters or ():
            yield found.start(), found.end(), Part("filter", value, found[0])
        if not filters:
            yield found.start(), found.end(), Part("unclear", "", found[0])


def _when(found: re.Match[str]) -> Part:
    value = of_years(found)
    return Part("filter" if ":" in value else "year", value, found[0])


def _set_apart(words: str, claimed: list[tuple[int, int, Part]]) -> Iterator[Part]:
    """The parts in order, each with whether a comma or the like stands before it."""
    end = 0
    for start, its_end, part in sorted(claimed, key=lambda entry: entry[:2]):
        yield replace(part, apart=bool(_APART.search(words[end:start])))
        end = its_end


def _of_vocabulary(text: str) -> Iterator[tuple[int, int, Part]]:
    tokens = list(_TOKEN.finditer(text))
    norms = [normalise(token.group()) or token.group().lower() for token in tokens]
    at = 0
    while at < len(tokens):
        length, (kind, value) = _longest_phrase(text, tokens, norms, at)
        start, end = tokens[at].start(), tokens[at + length - 1].end()
        yield start, end, Part(kind, value, text[start:end])
        at += length


def _longest_phrase(text: str, tokens: list[re.Match[str]], norms: list[str], at: int) -> tuple[int, tuple[str, str]]:
    for length in range(min(longest(), len(tokens) - at), 0, -1):
        known = phrases().get(tuple(norms[at : at + length]))
        if known and "|" not in text[tokens[at].start() : tokens[at + length - 1].end()]:
            return length, known
    return 1, ("word", norms[at])


__all__ = ["NoMatch", "Part", "Reading", "body_name", "read"]
