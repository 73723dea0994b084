"""Split the words that say what a grade is for into areas: "preventing crime and responding to the public".

Many areas hold "and" or commas themselves, so a list is split only where every part of it is an area the programmes use
(`data/areas.csv`) or begins with "how"; otherwise the words stay one.
"""

from __future__ import annotations

import re
from functools import cache

from summaries.register import rows

_SEPARATOR = re.compile(r"(?:; ?(?:and )?|, and |,? and |, )(?:(?:also|both) )?(?:(?:at|in|for) )?", re.IGNORECASE)
_PREPOSITION_AGAIN = re.compile(r"(?:,? and|,) (?:at|in|for) (?=[a-z])", re.IGNORECASE)
_OPEN = re.compile(r"(?:how|the way) ", re.IGNORECASE)
_MOST_PARTS = 24


def split_areas(words: str, *, expected: int | None = None) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each area named, or of all the words as one. `expected` areas, if stated, let a plain list
    be split whose areas are not known."""
    separators = [found.span() for found in _SEPARATOR.finditer(words)]
    if not separators or len(separators) > _MOST_PARTS:
        return ((0, len(words)),)
    found = _known(words, 0, separators, set())
    if found is not None:
        return tuple(found)
    again = [separator.span() for separator in _PREPOSITION_AGAIN.finditer(words)]
    for cuts in (again, _plain_list(words)):
        if cuts and (cuts is again or len(cuts) + 1 == expected):
            edges = [0, *[edge for cut in cuts for edge in cut], len(words)]
            return tuple(zip(edges[::2], edges[1::2], strict=True))
    return ((0, len(words)),)


def is_area(words: str) -> bool:
    """Whether the words are exactly an area that a programme grades."""
    return any(pattern.fullmatch(words) for pattern in _areas())


@cache
def _areas() -> tuple[re.Pattern[str], ...]:
    names = sorted((row["area"] for row in rows("areas.csv")), key=len, reverse=True)
    return tuple(re.compile(_pattern(name), re.IGNORECASE) for name in names)


def _pattern(name: str) -> str:
    """The name with or without its articles, commas and hyphens: extractors and writers change all three."""
    words = [re.escape(word) for word in re.findall(r"[\w-]+", name) if word not in ("the", "its")]
    pattern = r",?[ -](?:the |its )?".join(words)
    return "(?:the |its )?" + pattern.replace("antisocial", "anti-?social").replace("multi\\-agency", "multi-?agency")


def _known(words: str, at: int, separators: list[tuple[int, int]], hopeless: set[int]) -> list[tuple[int, int]] | None:
    """The areas from `at` on when every one of them is known; longest first, so that "preventing crime and antisocial
    behaviour" is one. `hopeless` remembers where none begins, so that no place is tried twice."""
    for end in [] if at in hopeless else _ends(words, at, separators):
        if end == len(words):
            return [(at, end)]
        after = next(stop for start, stop in separators if start == end)
        if (rest := _known(words, after, separators, hopeless)) is not None:
            return [(at, end), *rest]
    hopeless.add(at)
    return None


def _ends(words: str, at: int, separators: list[tuple[int, int]]) -> list[int]:
    """Where the area that begins at `at` may end: at a separator or at the end of the words."""
    edges = {start for start, _ in separators if start > at} | {len(words)}
    known = [found.end() for pattern in _areas() if (found := pattern.match(words, at)) and found.end() in edges]
    if known or not _OPEN.match(words, at):
        return list(dict.fromkeys(known))
    # "how it …" has no fixed words: it ends where another "how" or a known area begins.
    begins = [start for start, stop in separators if start > at and _begins_area(words, stop)]
    return [*begins, len(words)]


def _begins_area(words: str, at: int) -> bool:
    return _OPEN.match(words, at) is not None or any(pattern.match(words, at) for pattern in _areas())


def _plain_list(words: str) -> list[tuple[int, int]]:
    """The separators of "A, B and C", where only commas and one last "and" part the areas."""
    commas = [found.span() for found in re.finditer(r", (?:and )?", words)]
    last = words.rfind(" and ")
    if last >= 0 and not any(start <= last < end for start, end in commas) and (not commas or last > commas[-1][0]):
        commas.append((last, last + len(" and ")))
    return commas
