"""Groups of bodies that whoever runs hmic keeps in a file: the peers a force is compared with, a collaboration.

The file is CSV with the columns `name` and `members`, members parted by `|`. A name may be a force's or any word.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import TYPE_CHECKING

from summaries.forces import Exact, bodies, match_force
from summaries.register import normalise

if TYPE_CHECKING:
    from pathlib import Path

Groups = Mapping[str, tuple[str, ...]]
"""Group to its members by register id. A group named after a body is kept under that body's id, others under their
normalised name."""

COLUMNS = {"name", "members"}


def read_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a file of groups. Raises ValueError that says what is wrong where, OSError when there is none."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        if not set(table.fieldnames or ()) >= COLUMNS:
            raise ValueError(f"{path} needs the columns name and members in its first line")
        groups: dict[str, tuple[str, ...]] = {}
        for row in table:
            try:
                groups[group_key(row["name"])] = _members(row["members"] or "")
            except ValueError as problem:
                raise ValueError(f"{path}, line {table.line_num}: {problem}") from None
    return groups


def group_key(name: str) -> str:
    """The key a group of this name is kept under."""
    body = name if name in bodies() else _body(name)
    key = body or normalise(name)
    if not key:
        raise ValueError("a group needs a name")
    return key


def _members(listed: str) -> tuple[str, ...]:
    members: dict[str, None] = {}
    for name in filter(None, (part.strip() for part in listed.split("|"))):
        body = name if name in bodies() else _body(name)
        if body is None:
            raise ValueError(f"“{name}” is not the name of one body")
        members[body] = None
    if not members:
        raise ValueError("a group needs members, parted by |")
    return tuple(members)


def _body(name: str) -> str | None:
    match = match_force(name)
    return match.body.id if isinstance(match, Exact) else None
