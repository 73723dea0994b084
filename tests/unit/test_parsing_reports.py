"""The report a release announces: its title and address, as far as they are printed."""

from __future__ import annotations

import pytest
from reading import read

HEAD = "Kent Police praised for patience\n\nThe inspectorate has said that Kent Police is patient."
TITLE = "PEEL 2021/22 – An inspection of Kent Police"
URL = "https://hmicfrs.justiceinspectorates.gov.uk/peel-reports/kent-2021-22/"
END = "Notes to editors\n\n1. Forces are inspected each year."


def report(*paragraphs: str) -> tuple[str | None, str | None] | None:
    found = read("\n\n".join([HEAD, *paragraphs])).report
    return (found.title, found.url) if found else None


@pytest.mark.parametrize("label", ["Get the report", "Get the letter", "Cael yr adroddiad", "Read the full report:"])
def test_the_line_under_the_label_is_its_title(label: str) -> None:
    assert report(label, TITLE, END) == (TITLE, None)


@pytest.mark.parametrize(
    "label",
    [
        f"Get the report: [{TITLE}]({URL})",
        f"Get the report\n\n[{TITLE}]({URL})",
        f"[Get the report]({URL})\n\n{TITLE}",
        f"**Get the report**\n\n- Notes first.\n\n[{TITLE}]({URL})",
        f"[{TITLE}]({URL})",
    ],
)
def test_its_address_may_be_behind_the_label_or_the_title(label: str) -> None:
    assert report(label, END) == (TITLE, URL)


def test_a_link_that_only_asks_to_read_it_gives_no_title() -> None:
    assert report(f"[Get the report]({URL})", "It was a good visit.") == (None, URL)


def test_the_label_repeated_below_changes_nothing() -> None:
    assert report("Get the report", TITLE, "More of it.", "Get the report", "Another title") == (TITLE, None)


def test_a_link_line_whose_address_is_lost_names_it() -> None:
    line = "PEEL: police effectiveness 2016 – Kent Police"

    assert report(line, "The force does well.") == (line, None)


def test_a_sentence_that_prints_its_address_names_it() -> None:
    assert report("The full report, 'Waiting for Kent', is at www.hmic.gov.uk/kent.") == (
        "Waiting for Kent",
        "www.hmic.gov.uk/kent",
    )


def test_the_notes_are_looked_at_last() -> None:
    in_notes = f"{END}\n2. The report is at www.hmic.gov.uk/notes."

    assert report(in_notes) == (None, "www.hmic.gov.uk/notes")
    assert report("The report is at www.hmic.gov.uk/text.", in_notes) == (None, "www.hmic.gov.uk/text")


@pytest.mark.parametrize(
    "text",
    [
        "Get the press release\n\n[All forces praised](https://x.uk/national/)",
        "Contact us at www.hmic.gov.uk.",
        "The report will be sent to the chief constable.",
        "The report can be found at www.hmic.gov.uk.",
        "Kent Police: praised by all News — 28 Feb 2025 Kent Police was inspected … Read more",
        "See [Twitter](https://x.uk/twitter) and [our newsletter](https://x.uk/newsletter-2016).",
        f"Get the report\n\n{'A title that goes on and on ' * 20}",
    ],
)
def test_other_links_and_lines_are_no_report(text: str) -> None:
    assert report(text) is None


def test_the_evidence_is_what_names_it() -> None:
    release = read(f"{HEAD}\n\nGet the report\n\n[{TITLE}]({URL})")

    assert release.report
    assert release.report.evidence.quote == TITLE
