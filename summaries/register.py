"""The register of bodies the inspectorate inspects or works with, and every name each has gone by.

The facts are in `data/forces.csv`, `fire_services.csv`, `other_bodies.csv` and `names.csv`; `forces` asks of them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class BodyKind(StrEnum):
    POLICE = "police"
    FIRE = "fire"
    OTHER = "other"


class NameKind(StrEnum):
    """How a body comes by a name. `TYPED` and `PLACE` are what people type; in prose they prove nothing."""

    OFFICIAL = "official"
    SHORT = "short"
    FORMER = "former"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"
    WELSH = "welsh"
    PLACE = "place"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Body:
    """A police force, fire and rescue service or other body. `official` is its name today, `short` the area alone."""

    id: str
    kind: BodyKind
    official: str
    short: str


@dataclass(frozen=True, slots=True)
class BodyName:
    """One name of a body. `valid_from` and `valid_to` are ISO dates as exact as is known ("2022"), else None."""

    body: Body
    name: str
    kind: NameKind
    valid_from: str | None = None
    valid_to: str | None = None


_BODY_FILES = ("forces.csv", "fire_services.csv", "other_bodies.csv")


def rows(file_name: str) -> Iterator[dict[str, str]]:
    """The rows of a packaged CSV file under `summaries/data`."""
    text = files("summaries").joinpath("data", file_name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def bodies() -> dict[str, Body]:
    """Every body by id, police first, then fire, then others."""
    found: dict[str, Body] = {}
    for file_name in _BODY_FILES:
        for row in rows(file_name):
            found[row["id"]] = Body(row["id"], BodyKind(row["kind"]), row["official"], row["short"])
    return found


def body_name(body_id: str) -> str:
    """A body's official name today; its id if the register no longer has it."""
    body = bodies().get(body_id)
    return body.official if body else body_id


def _name(row: dict[str, str]) -> BodyName:
    body = bodies()[row["id"]]
    return BodyName(body, row["name"], NameKind(row["kind"]), row["valid_from"] or None, row["valid_to"] or None)


@cache
def names() -> tuple[BodyName, ...]:
    """Every name of every body, its official and short names first."""
    listed = [_name(row) for row in rows("names.csv")]
    dated = {(name.body.id, name.name) for name in listed}
    plain = [BodyName(body, body.official, NameKind.OFFICIAL) for body in bodies().values()]
    plain += [BodyName(body, body.short, NameKind.SHORT) for body in bodies().values() if body.short != body.official]
    return tuple([name for name in plain if (name.body.id, name.name) not in dated] + listed)


_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_SEPARATOR = re.compile(r"[^\w]+")


def normalise(text: str) -> str:
    """A name without case, accents, punctuation, possessives or a leading article; `&` is read as `and`."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = _POSSESSIVE.sub("", folded).replace("&", " and ")
    return _SEPARATOR.sub(" ", folded).strip().removeprefix("the ")
