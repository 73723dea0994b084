"""The headline is the first line that can be one, whatever a page prints above it."""

from __future__ import annotations

import pytest
from reading import read

HEADLINE = "Kent Police praised for patience"
LEAD = "The inspectorate has said that Kent Police is patient with people."


@pytest.mark.parametrize(
    "above",
    [
        "Skip to content",
        "Jump to main content",
        "English Cymraeg",
        "Print this document",
        "Press release",
        "For immediate release",
        "News",
        "HMICFRS",
        "HMIC logo",
        "Inspecting policing in the public interest",
        "Promoting improvements in policing and fire & rescue services",
        "Strictly embargoed until 00:01 Thursday 8 December 2016",
        "NOT FOR PUBLICATION before midnight",
        "Published on: 8 December 2016",
        "Posted on December 8, 2016",
        "2016-12-08",
        "Thursday 8th December 2016",
        "08/12/2016 09:15:00",
        "By Ann O'Hara-Smith",
        "Office of the Police and Crime Commissioner for Kent",
    ],
)
def test_labels_and_dates_above_the_headline_are_not_it(above: str) -> None:
    release = read(f"{above}\n\n{HEADLINE}\n\n{LEAD}")

    assert release.title == HEADLINE
    assert [body.id for body in release.subjects] == ["kent"]


def test_several_of_them_may_stand_above_it() -> None:
    assert read(f"Skip to content\n\nHMICFRS\n\nNews\n\n8 December 2016\n\n{HEADLINE}\n\n{LEAD}").title == HEADLINE


def test_a_marked_heading_is_the_headline_whatever_it_says() -> None:
    assert read(f"# News\n\n{LEAD}").title == "News"


def test_a_document_of_nothing_but_labels_is_titled_by_the_first() -> None:
    assert read("Press release\n\n8 December 2016").title == "Press release"


@pytest.mark.parametrize(
    "opening",
    [
        "HMIC judged that Kent Police:\n\n- is ‘good’ at preventing crime; and\n- is ‘good’ at investigating it.",
        "- is ‘good’ at preventing crime; and\n- is ‘good’ at investigating it.",
        "“We saw much to be glad of in Kent.",
    ],
)
def test_a_section_that_lost_its_headline_is_titled_by_its_link_line_and_keeps_its_opening(opening: str) -> None:
    release = read(f"{opening}\n\nPEEL: police effectiveness 2016 – Kent Police\n\nMore was said by others.")

    assert release.title == "PEEL: police effectiveness 2016 – Kent Police"
    assert release.text.startswith(opening[:10])
    assert len(release.findings) == opening.count("\n- ") + opening.startswith("- ")


def test_a_page_of_results_is_titled_by_its_label() -> None:
    assert read("News\n\nShowing results 1 to 5 of 214\n\nKent Police praised\n\nRead more").title == "News"


def test_a_headline_without_a_verb_or_capital_after_it_is_still_the_first_line() -> None:
    assert read(f"Custody in Kent – a mixed picture\n\n{LEAD}").title == "Custody in Kent – a mixed picture"
