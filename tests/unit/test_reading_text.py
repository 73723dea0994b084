"""What a person at a terminal is told of a parsed document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cards import case
from reading import read

from summaries.reading_text import document_text
from summaries.types import ParsedDocument, Release, SourceRecord


def text_of(*releases: Release) -> str:
    return document_text(ParsedDocument(SourceRecord("a.txt", "text/plain", "", None, ""), releases))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("05-peel-2021-22-kent", "  published: 20 October 2022 (stated)\n  recording data about crime: outstanding\n"),
        ("05-peel-2021-22-kent", "  tally: outstanding 1, good 2, adequate 4, requires improvement 2, of 9 areas\n"),
        ("05-peel-2021-22-kent", "  causes of concern: 1\n  areas for improvement: 12\n"),
        ("15-engage-exit-wiltshire", "  enhanced monitoring: left (in it since 28 June 2022)\n"),
        ("14-engage-entry-gwent", "  enhanced monitoring: entered\n"),
        ("16-regional-north-east", "  Durham Constabulary: serious and organised crime: outstanding\n"),
        ("06-national-efficiency-2015", "  Humberside Police: inadequate\n  tally: good 31, requires improvement 9\n"),
        ("10-custody-2015-cumbria", "    Dru Sharpling, HM Inspector of Constabulary\n    Martin Lomas, Deputy"),
        ("15-engage-exit-wiltshire", "  also quoted: Roy Wilsher, His Majesty's Inspector of Constabulary\n"),
        ("22-pcc-page-surrey", "  also quoted: Margaret Holloway, Police and Crime Commissioner\n"),
        (
            "06-national-efficiency-2015",
            "  next inspection: will inspect the efficiency of every force again in 2016\n",
        ),
        ("04-peel-2018-19-cumbria", "/publications/peel-assessment-2018-19-cumbria/\n"),
        ("10-custody-2015-cumbria", "  counted: 21 recommendations\n  topics: custody"),
        ("10-custody-2015-cumbria", "  notes to editors: 4\n"),
    ],
)
def test_each_fact_is_on_a_line_of_its_own(name: str, told: str) -> None:
    assert told in text_of(case(name).release)


def test_what_is_not_known_takes_no_line() -> None:
    release = replace(read("Kent Police report"), doubts=())

    assert text_of(release).splitlines()[2:] == []


def test_releases_of_one_document_stand_apart() -> None:
    one = read("Kent Police report")

    assert text_of(one, one).count("\n\nKent Police report\n") == 1
