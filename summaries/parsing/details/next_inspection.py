"""The next inspection a release promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.types import NextInspection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.layout.passage import Passage

_SEASON = r"(?:(?:early|late|mid-?|spring|summer|autumn|winter|next|the end|[A-Z][a-z]{2,8})(?: of)?(?: the)? )"
_NEXT = re.compile(
    r"\b(?:(?:will|shall) (?:\w{1,20} ){0,3}?(?:re-?inspect|inspect|revisit|re-?visit|return|assess)"
    r"|(?:when|before) (?:\w{1,12} )?(?:re-?)?inspects"
    r"|next (?:full )?inspection (?:\w{1,20} ){0,6}?(?:will be|is (?:due|planned)|takes place))\b"
    rf"(?: [\w'-]{{1,20}}){{0,8}}?(?: (?:in|during|by|within|from|for) (?:the )?{_SEASON}{{0,2}}"
    r"(?:(?P<year>20\d\d)|\d{1,2} (?:weeks|months)|year))\b"
)


def read_next_inspection(passages: Iterable[Passage]) -> NextInspection | None:
    """The first promise to inspect again that says when; "will continue to monitor" is no such promise."""
    for passage in passages:
        found = _NEXT.search(passage.plain)
        if found:
            year = found["year"]
            return NextInspection(
                passage.text[found.start() : found.end()], int(year) if year else None, passage.evidence(*found.span())
            )
    return None
