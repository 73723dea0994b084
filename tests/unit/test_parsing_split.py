"""A page of many releases is taken apart; one release, however many bodies it names, is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accordions import GRADES, Layout, as_text, headline, page, police_forces, section
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import evidences

from summaries.parsing import parse
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.register import Body
    from summaries.types import Release

FORCES = police_forces()
ALL_LAYOUTS = tuple(Layout)


def releases(text: str, location: str = "page.md") -> tuple[Release, ...]:
    return parse(RawRelease(location, text.encode())).releases


def subjects(found: tuple[Release, ...]) -> list[list[str]]:
    return [[body.id for body in release.subjects] for release in found]


@pytest.mark.parametrize("form", [str, as_text], ids=["markdown", "text"])
@pytest.mark.parametrize(
    "layouts", [*((layout,) for layout in Layout), ALL_LAYOUTS], ids=lambda layouts: " and ".join(layouts)[:40]
)
def test_a_page_of_all_43_forces_is_43_releases_each_about_its_own(
    layouts: tuple[Layout, ...], form: Callable[[str], str]
) -> None:
    text = form(page(FORCES, *layouts))
    found = releases(text)

    assert subjects(found) == [[force.id] for force in FORCES]
    at = 0
    for release in found:
        at = text.index(release.text, at) + len(release.text)  # in order, and none inside another
        for evidence in evidences(release):
            assert release.text[evidence.start : evidence.end] == evidence.quote


def test_the_forty_three_have_43_ids_and_the_grade_of_their_own_headline() -> None:
    found = releases(page(FORCES, Layout.HEADED))

    assert [release.id for release in found] == [f"peel-2016-effectiveness-{force.id}" for force in FORCES]
    assert [release.overall and release.overall.grade for release in found] == [
        GRADES[at % len(GRADES)] for at in range(len(FORCES))
    ]


def test_each_of_them_keeps_its_findings_and_its_statement() -> None:
    for force, release in zip(FORCES, releases(page(FORCES, Layout.DOUBLED, Layout.LEAD_IN)), strict=True):
        assert len(release.findings) == 3
        assert release.statement
        assert force.short in release.statement.paragraphs[0]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(FORCES), min_size=3, max_size=12, unique=True), st.data())
def test_any_order_of_forces_and_layouts_reads_as_a_release_each(forces: list[Body], data: st.DataObject) -> None:
    layouts = data.draw(st.lists(st.sampled_from(Layout), min_size=len(forces), max_size=len(forces)))
    found = releases(page(forces, *layouts, notes=data.draw(st.booleans())))

    assert subjects(found) == [[force.id] for force in forces]


def test_notes_that_all_of_them_share_are_in_none_of_them() -> None:
    found = releases(page(FORCES[:3], Layout.HEADED))

    assert not any("Notes to editors" in release.text for release in found)


def test_an_index_of_links_is_one_page() -> None:
    links = [f"[PEEL: police effectiveness 2016 – {force.official}](https://x.uk/{force.id}/)" for force in FORCES]

    assert len(releases("\n\n".join(["# Force reports", "Get the force reports", *links]))) == 1
    assert len(releases("\n\n".join(["# Force press releases", *[f"## {force.official}" for force in FORCES]]))) == 1


def test_a_list_of_forces_with_their_grades_is_one_page() -> None:
    rows = [f"- {force.official}: good" for force in FORCES]

    assert len(releases("\n".join(["PEEL 2016 grades", "", "HMIC graded all forces.", "", *rows]))) == 1


def test_one_release_on_several_bodies_is_not_taken_apart_at_its_sub_headings() -> None:
    text = """Warwickshire Police and West Mercia Police must do more about burglary, inspectors say

The two forces were inspected together, and what was found differs from one to the other.

## Warwickshire Police

Inspectors found that the force:

- answers burglary calls within the hour; and
- has too few detectives for those that follow.

## West Mercia Police

Inspectors found that the force:

- has enough detectives; and
- does not reach victims of burglary on the same day.

HM Inspector of Constabulary Wendy Williams said:

“The two forces have much to learn from each other.”
"""
    found = releases(text)

    assert subjects(found) == [["warwickshire", "west-mercia"]]
    assert len(found[0].findings) == 4


@pytest.mark.parametrize("mark", ["## {}", "In {}, inspectors found that:"])
def test_a_national_release_with_an_example_from_each_of_three_forces_stays_whole(mark: str) -> None:
    parts = [f"{mark.format(force.official)}\n\n- callers wait four minutes." for force in FORCES[:3]]
    text = "\n\n".join(
        [
            "Police forces are slow to answer 101 calls, inspectors warn",
            "HMICFRS has today published a report on how all forces answer calls that are no emergency.",
            *parts,
            "HM Inspector of Constabulary Matt Parr said:",
            "“The public deserve an answer.”",
        ]
    )

    assert len(releases(text)) == 1


def test_a_force_named_in_the_statement_of_another_begins_no_release() -> None:
    first, second, third = FORCES[:3]
    told = section(first, Layout.HEADED).replace("I have seen much", f"Like {third.official}, I have seen much")
    text = "\n\n".join(["# Force press releases", told, section(second, Layout.HEADED)])

    assert subjects(releases(text)) == [[first.id], [second.id]]


def test_two_sections_of_one_force_are_one_release() -> None:
    first, second = FORCES[:2]
    text = page([first, second], Layout.DOUBLED)

    assert text.count(headline(first, "good")) == 2
    assert subjects(releases(text)) == [[first.id], [second.id]]


def test_a_page_that_says_it_holds_several_may_have_kept_one() -> None:
    (release,) = releases(page(FORCES[:1], Layout.HEADED))

    assert release.title == headline(FORCES[0], "good")
    assert "Please click" not in release.text
