"""Made-up pages of many releases, as the inspectorate printed them and as extractors leave them."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import cycle
from typing import TYPE_CHECKING

from summaries.register import Body, BodyKind, bodies

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_HEADING = "PEEL: police effectiveness 2016 – force press releases"
_OPENING = (
    "HMIC has looked at how effectively all 43 police forces of England and Wales keep people safe and reduce crime."
    " What it found in each of them follows.",
    "Get the force press releases",
    "Please click on the headings below to see each press release.",
)
GRADES = ("good", "requires improvement", "outstanding", "inadequate")
_NOTES = (
    "Jump to notes to editors",
    "Notes to editors",
    "1. HMIC inspects all police forces in England and Wales.",
    "2. A report on every force is on our website.",
)


class Layout(StrEnum):
    """What is left of the head of a section."""

    HEADED = "heading"
    DOUBLED = "button and heading"
    TITLED = "a line without marks"
    LEAD_IN = "lead-in only"
    LISTED = "list only, named by the link line after it"
    NOT_LED = "heading and list, without a lead-in"
    BARE = "bare name as heading, prose only"


def police_forces() -> list[Body]:
    """The 43 of England and Wales, by id."""
    return sorted((body for body in bodies().values() if body.kind is BodyKind.POLICE), key=lambda body: body.id)


def page(forces: Sequence[Body], *layouts: Layout, notes: bool = True) -> str:
    """A page with a section for each force, laid out by turns; its grade is 'good' by turns with the other ones."""
    laid_out = zip(forces, cycle(layouts or tuple(Layout)), cycle(GRADES), strict=False)
    sections = [section(force, layout, grade) for force, layout, grade in laid_out]
    return "\n\n".join([f"# {PAGE_HEADING}", *_OPENING, *sections, *(_NOTES if notes else ())])


def as_text(markdown: str) -> str:
    """The same page as an extractor of plain text gives it."""
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", re.sub(r"(?m)^#+ ", "", markdown))


def headline(force: Body, grade: str) -> str:
    says = grade if grade == "requires improvement" else f"is {grade}"
    return f"{force.official}’s effectiveness at keeping people safe and reducing crime {says}"


def section(force: Body, layout: Layout, grade: str = "good") -> str:
    name = force.official
    title = headline(force, grade)
    found = [
        "- is ‘good’ at preventing crime and tackling anti-social behaviour;",
        "- ‘requires improvement’ at investigating crime and reducing re-offending; and",
        "- is ‘good’ at tackling serious and organised crime.",
    ]
    lead_in = f"HMIC judged that {name}:"
    link = f"[PEEL: police effectiveness 2016 – {name}](https://www.justiceinspectorates.gov.uk/hmic/publications/{force.id}/)"
    said = [
        "HM Inspector of Constabulary Zoë Billingham said:",
        f"“I have seen much in {force.short} to be glad of, and some things that must change before I return.",
        "“Officers told us what stands in their way, and the chief constable has listened to them.”",
    ]
    head, tail = {
        Layout.HEADED: ([f"## {title}", lead_in], [link, *said]),
        Layout.DOUBLED: ([title, f"## {title}", lead_in], [link, *said]),
        Layout.TITLED: ([title, lead_in], [link, *said]),
        Layout.LEAD_IN: ([lead_in], [link, *said]),
        Layout.LISTED: ([], [link, *said]),
        Layout.NOT_LED: ([f"## {title}"], [link, *said]),
        Layout.BARE: ([f"## {name}"], [link]),
    }[layout]
    if layout is Layout.BARE:
        prose = "This force was not asked all of the questions this year, while the cause of"
        prose += " a great fire in its headquarters. Inspectors will see it again when it has moved into its new home."
        return "\n\n".join([*head, prose, *tail])
    return "\n\n".join([*head, "\n".join(found), *tail])
