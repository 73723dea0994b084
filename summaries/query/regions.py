"""The regions of England and Wales, each with the bodies that have their headquarters in it (`data/regions.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from summaries.register import BodyKind, bodies, rows

# What may follow the name of a region: it tells which of its bodies are meant.
_ENDINGS = {
    "police": BodyKind.POLICE,
    "police forces": BodyKind.POLICE,
    "forces": BodyKind.POLICE,
    "fire": BodyKind.FIRE,
    "fire services": BodyKind.FIRE,
    "fire and rescue services": BodyKind.FIRE,
}


@dataclass(frozen=True, slots=True)
class Region:
    """`name` is as it is typed (`south east`), `spoken` as it stands in a sentence (“the South East”)."""

    name: str
    spoken: str
    bodies: tuple[str, ...]


@cache
def regions() -> dict[str, Region]:
    """Every region by name, its police forces first."""
    found: dict[str, list[str]] = {}
    spoken: dict[str, str] = {}
    for row in rows("regions.csv"):
        name = row["region"].removeprefix("the ").lower()
        spoken[name] = row["region"]
        found.setdefault(name, []).append(row["id"])
    order = list(bodies())
    return {name: Region(name, spoken[name], tuple(sorted(ids, key=order.index))) for name, ids in found.items()}


def police_region_of(body_id: str) -> str | None:
    """The name by which the police forces of a force's region are asked for (`south east police`); None for a body that
    is no police force of a region."""
    here = (name for name, region in regions().items() if body_id in region.bodies)
    return next((f"{name} police" for name in here if bodies()[body_id].kind is BodyKind.POLICE), None)


@cache
def bodies_by_region() -> dict[str, tuple[str, ...]]:
    """The bodies meant by each name of a region, and by it with “police”, “forces” or “fire services” after it."""
    found = {name: region.bodies for name, region in regions().items()}
    for name, region in regions().items():
        for ending, kind in _ENDINGS.items():
            members = tuple(one for one in region.bodies if bodies()[one].kind is kind)
            if members:
                found[f"{name} {ending}"] = members
    return found
