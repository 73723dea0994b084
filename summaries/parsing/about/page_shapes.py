"""Pages that people paste and that are no releases: landing and assessment pages, reports, letters, lists.

They are known by their shape: lines of `data/page_shapes.csv`, of which one that decides or two of one shape make a
page, where nobody is quoted and nothing is announced. When unsure it is a release.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from summaries.parsing.about.programmes import usual_kind
from summaries.register import rows
from summaries.types import Kind

if TYPE_CHECKING:
    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections

_ENOUGH = 2  # marks of one shape
_LONGEST_LINE = 120  # characters: of a label, or of the start of what is one
# A release says who found what and when; the pages about its report do not.
_ANNOUNCED = re.compile(
    r"\b(?:published today|[Tt]oday (?:we )?published|has today|the (?:police|policing|fire) inspectorate (?:has )?said"
    r"|HMIC(?:FRS)? (?:said|found that|judged that|warned)|[Ii]nspectors (?:said|found|judged))\b"
)
_ANNOUNCING = frozenset(("landing", "report", "list"))
_LIST = "list"
_LETTER = "letter"
_ASSESSMENT = "assessment"
# A grade or a date alone on its line. However many, they are one mark of an assessment: tables of forces have them too.
_STATUS = "status"


class _Mark(NamedTuple):
    shape: str
    words: str
    whole: bool
    decides: bool


@cache
def _marks() -> tuple[_Mark, ...]:
    return tuple(
        _Mark(row["shape"], row["words"], row["match"] == "whole", row["decides"] == "yes")
        for row in rows("page_shapes.csv")
    )


def is_report_page(sections: Sections, programme: str | None) -> bool:
    """Whether this is a page about inspections rather than a release: a report, its landing page, a letter, a list.

    A super-complaint is announced on what else would be a landing page."""
    is_complaint = programme is not None and usual_kind(programme) is Kind.SUPER_COMPLAINT
    return not is_complaint and _shape(sections) is not None


def is_list(sections: Sections) -> bool:
    """Whether this is a list of pages or of forces, about none of them more than the others."""
    return _shape(sections) == _LIST


def _shape(sections: Sections) -> str | None:
    prose = [sections.headline, *sections.context, *sections.closing]
    items = [passage for listed in sections.lists for passage in (listed.lead_in, *listed.items) if passage]
    marks = Counter(mark for passage in [*prose, *items] for mark in _marks() if _has(passage, mark))
    if not sections.spoken:
        for mark in marks:
            if mark.decides:
                return mark.shape
    announced = bool(sections.spoken) or any(_ANNOUNCED.search(passage.plain) for passage in prose)
    for shape in dict.fromkeys(mark.shape for mark in _marks()):
        kinds = [mark for mark in marks if mark.shape == shape]
        seen = sum(marks[mark] for mark in kinds) if shape == _LIST else len(kinds)
        seen += shape == _ASSESSMENT and any(mark.shape == _STATUS for mark in marks)
        if shape == _STATUS:
            continue
        if seen >= _ENOUGH and not (announced and shape in _ANNOUNCING) and not (sections.spoken and shape != _LETTER):
            return shape
    return None


def _has(passage: Passage, mark: _Mark) -> bool:
    line = (
        passage.plain[:_LONGEST_LINE].casefold().strip(" :") if mark.whole else passage.plain[:_LONGEST_LINE].casefold()
    )
    return (len(passage.plain) < _LONGEST_LINE and line == mark.words) if mark.whole else line.startswith(mark.words)
