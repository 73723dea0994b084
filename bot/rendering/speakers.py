"""Who is quoted in a release, with name and role: each in their own right, and a joint statement once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.types import Evidence, Release, Statement


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one speaker, or of several together. `by` names them with their roles; `of_inspectorate` is False when
    none of them is an inspector of it."""

    by: str
    of_inspectorate: bool
    spans: tuple[Evidence, ...]


def speeches(release: Release) -> tuple[Speech, ...]:
    """The statements, the release's first one first; statements of the same words are one, in both names."""
    said: dict[tuple[int, int], list[Statement]] = {}
    for statement in (release.statement, *release.other_statements):
        if statement:
            said.setdefault((statement.evidence.start, statement.evidence.end), []).append(statement)
    return tuple(
        Speech(speakers_line(together), any(one.is_inspector for one in together), together[0].spans)
        for together in said.values()
    )


def speaker_line(statement: Statement) -> str:
    """Who said it: `Zoë Billingham, HM Inspector of Constabulary (Eastern Region)`."""
    named = ", ".join(part for part in (statement.speaker, statement.role) if part)
    return f"{named} ({statement.region})" if statement.region else named


def speakers_line(statements: Iterable[Statement]) -> str:
    """Who said it, all of them where several did together; empty when nobody did."""
    return ", and ".join(dict.fromkeys(speaker_line(statement) for statement in statements))
