"""The day a release was published: as it says, as its feed or page tells, or from a small calendar, marked inferred.

Only a labelled date or one that stands alone near the top is one of publication. Dates of consultations, visits and
updates are not; nor is the day a page was moved to a new site, which shows by lying more than a year after the years of
the programme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from summaries.frameworks import programmes
from summaries.parsing.layout.printed_dates import ALONE, DATE, LABEL, TIME, WEEKDAY, day_of, is_date_line, span_of
from summaries.register import rows
from summaries.types import Kind, PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.parsing.about.framework import Framework
    from summaries.parsing.about.origin import Origin
    from summaries.parsing.layout.passage import Passage
    from summaries.types import Evidence

_LABELLED = re.compile(rf"(?:^|(?<=[|.] )){LABEL} ?[-:|]? ?{TIME} ?{WEEKDAY}{DATE}", re.IGNORECASE)
_SURE_LABEL = re.compile(r"publi|release", re.IGNORECASE)
# A sentence that says when: "today (Thursday 20 October 2022)", "will publish the report at 00.01 on 20 October 2022".
_TOLD = re.compile(
    r"\b(?:today,? \(?|(?:will|to) (?:be published|publish (?:the|this|its|our) (?:report|letter|findings))"
    rf"(?: \w{{1,20}}){{0,4}}?(?: at [\d.:]{{4,5}} ?(?:am|hrs|hours)?)?,? on ){WEEKDAY}{DATE}",
    re.IGNORECASE,
)
_NEAR_TOP = 6  # blocks: a page's head is a title, a strap-line, a label or two
_MOST_DATE_LINES = 2  # of a release; more are those of a list of releases
_LONGEST_LABEL_LINE = 160  # characters


@dataclass(frozen=True, slots=True)
class Published:
    """The day with its basis; `evidence` only where the text prints it. `doubt` tells of a date that was set aside."""

    on: date | None = None
    basis: PublishedBasis | None = None
    evidence: Evidence | None = None
    doubt: str | None = None


def read_published(passages: Sequence[Passage], framework: Framework, origin: Origin) -> Published:
    """`passages` are the blocks of the release in order; `origin` holds what its page or feed told."""
    printed = _printed(passages)
    if printed:
        day, evidence = printed
        found = Published(day, PublishedBasis.STATED, evidence)
    elif origin.stamp:
        found = Published(*origin.stamp)
    else:
        return _from_calendar(framework, origin)
    last = _last_year(framework)
    if found.on and last and found.on.year > last + 1:
        doubt = f"The date {found.on.isoformat()} is that of a page moved later, not of publication."
        held = _from_calendar(framework, origin)
        return Published(held.on, held.basis, None, doubt)
    return found


def _printed(passages: Sequence[Passage]) -> tuple[date, Evidence] | None:
    is_list = sum(is_date_line(passage.plain) for passage in passages) > _MOST_DATE_LINES
    near_top = 0 if is_list else _NEAR_TOP
    for at, passage in enumerate(passages):
        plain = passage.plain[:_LONGEST_LABEL_LINE]
        told = _TOLD.search(passage.plain)
        labelled = _LABELLED.search(plain)
        if labelled and (at < near_top or _SURE_LABEL.match(labelled.group())):
            found, matched = day_of(labelled), labelled
        elif at < near_top and (alone := ALONE.fullmatch(passage.plain)):
            found, matched = day_of(alone), alone
        elif told:
            found, matched = day_of(told), told
        else:
            continue
        if found:
            return found, passage.evidence(*span_of(matched))
    return None


def _last_year(framework: Framework) -> int | None:
    """The last year of a cycle: 2016 of "2016", 2022 of "2021/22", 2025 of "2023-25"; of rounds by number as listed."""
    cycle = framework.cycle or ""
    if years := re.fullmatch(r"((?:19|20)\d\d)(?:[/-](\d\d))?", cycle):
        return int(years[1][:2] + years[2]) if years[2] else int(years[1])
    listed = (
        row for row in rows("cycle_years.csv") if (row["programme"], row["cycle"]) == (framework.programme, cycle)
    )
    return next((int(row["last_year"]) for row in listed), None)


@cache
def _calendar() -> tuple[dict[str, str], ...]:
    return tuple(rows("calendar.csv"))


def _from_calendar(framework: Framework, origin: Origin) -> Published:
    """Only the releases that announce an inspection came out on its day; one on a revisit or a letter came later."""
    usual = programmes()[framework.programme].kind if framework.programme else None
    if framework.kind not in {usual, Kind.NATIONAL}:
        return Published()
    for row in _calendar():
        about = (row["programme"], row["cycle"], row["pillar"] or None)
        if about == (framework.programme, framework.cycle, framework.pillar) and row["page"] in (origin.slug or ""):
            return Published(date.fromisoformat(row["published_on"]), PublishedBasis.CALENDAR)
    return Published()
