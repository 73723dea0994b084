"""The words of the filter language: its keys, and the values each key has, by every spelling that is understood.

Spellings beside the names themselves are in `data/filter_words.csv`; the names come from the registers they belong to.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from summaries.frameworks import cycles, programmes
from summaries.query.facets import PILLARS, spoken_name
from summaries.query.regions import bodies_by_region
from summaries.register import normalise, rows
from summaries.types import Grade, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEYS = (
    "force",
    "region",
    "peers",
    "pillar",
    "programme",
    "year",
    "grade",
    "kind",
    "topic",
    "inspector",
    "before",
    "after",
)
"""What can be typed before a colon, as help lists it. Of `since:`, `until:` and `text:` the page on filters tells."""

ALSO_KEYS = ("since", "until", "text")

NEAREST_FLOOR = 65.0
"""How alike (0 to 100) a typed key or value must be to a right one for that to be offered."""


@cache
def keys() -> dict[str, str]:
    """Every spelling of a key, with the key."""
    return {key: key for key in (*KEYS, *ALSO_KEYS)} | {row["typed"]: row["value"] for row in _spellings("")}


@cache
def values(key: str) -> dict[str, str]:
    """Every spelling of the values of a key, normalised, with the canonical value; none for a key of open values. The
    canonical value of a region is its name: which bodies are in it is told by `regions`."""
    spelt = [*_also(key), *((name, name) for name in _names(key))]
    return {normalise(typed): value for typed, value in spelt if typed}


def nearest(words: str, known: Iterable[str]) -> str | None:
    """The spelling most like the words, if any is much like them."""
    best = process.extractOne(normalise(words[:100]), list(known), scorer=fuzz.ratio, score_cutoff=NEAREST_FLOOR)
    return best[0] if best else None


@cache
def inspectors() -> dict[str, str]:
    """Every inspector's name as it is compared, whole and last, with the name as it is written."""
    found: dict[str, str] = {}
    for row in rows("inspectors.csv"):
        found[spoken_name(row["name"])] = row["name"]
        found[spoken_name(row["name"]).split()[-1]] = row["name"].split()[-1]
    return found


def _spellings(key: str) -> Iterator[dict[str, str]]:
    return (row for row in rows("filter_words.csv") if row["key"] == key)


def _names(key: str) -> Iterable[str]:
    match key:
        case "pillar":
            return PILLARS
        case "grade":
            return [grade.value for grade in Grade]
        case "kind":
            return [kind.value for kind in Kind]
        case "topic":
            return [row["topic"] for row in rows("topics.csv")]
        case "region":
            return bodies_by_region()
        case "programme":
            return [canonical for _, canonical in _programmes()]
        case "inspector":
            return inspectors()
    return ()


def _also(key: str) -> Iterator[tuple[str, str]]:
    match key:
        case "topic":
            for row in rows("topics.csv"):
                yield from ((phrase, row["topic"]) for phrase in row["phrases"].split("|"))
        case "programme":
            yield from _programmes()
        case "inspector":
            for row in rows("inspectors.csv"):
                for name in (row["name"], *filter(None, row["also_printed"].split("|"))):
                    yield name, spoken_name(row["name"])
                    yield spoken_name(name), spoken_name(row["name"])
        case _:
            yield from ((row["typed"], row["value"]) for row in _spellings(key))


def _programmes() -> Iterator[tuple[str, str]]:
    """Every way to name a programme, alone and with a cycle."""
    for programme in programmes().values():
        spelt = [row["typed"] for row in _spellings("programme") if row["value"] == programme.name]
        ways = [programme.name, *(phrase for phrase in programme.phrases if "#" not in phrase), *spelt]
        printed = [row for row in rows("cycle_names.csv") if row["programme"] == programme.name]
        for way in ways:
            yield way, programme.name
        for cycle in filter(None, (entry.cycle for entry in cycles(programme.name))):
            canonical = f"{programme.name} {cycle}"
            names = [
                cycle,
                *(row["printed"] for row in printed if row["cycle"] == cycle and row["printed"][0].isdigit()),
            ]
            for way in ways:
                yield from ((f"{way} {name}", canonical) for name in names)
            if not cycle[0].isdigit():
                yield cycle, canonical
