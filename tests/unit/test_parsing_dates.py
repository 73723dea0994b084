"""The day of publication: stated, of a page or feed, of the calendar, or none; never another day of the text."""

from __future__ import annotations

from datetime import date

import pytest
from reading import PEEL_CONTEXT, read

from summaries.parsing import parse
from summaries.types import PublishedBasis, RawRelease

TITLE = "Kent Police is 'good' at legitimately keeping people safe and reducing crime - HMIC"
PLAIN = "Inspectors praise patience of officers in Kent"
DAY = date(2022, 10, 20)
STATED = (DAY, PublishedBasis.STATED)


def published(text: str, **given: object) -> tuple[date | None, PublishedBasis | None]:
    (release,) = parse(RawRelease("a.txt", text.encode(), **given)).releases  # type: ignore[arg-type]
    return release.published_on, release.published_basis


@pytest.mark.parametrize(
    "line",
    [
        "Published on: 20 October 2022",
        "Published: 20 Oct 2022",
        "Publication date: Thursday, 20th October 2022",
        "Date: 20/10/2022",
        "Posted on October 20, 2022",
        "Press release - 20 October 2022",
        "News | 20 October 2022",
        "EMBARGOED UNTIL 00:01 Thursday 20 October 2022",
        "Embargoed until: 00:01hrs on 20 October 2022",
        "20 October 2022",
        "Thursday 20 October 2022",
        "20th of October 2022, 9:30 am",
        "2022-10-20",
        "20.10.2022",
    ],
)
@pytest.mark.parametrize("above", [True, False], ids=["above the headline", "below it"])
def test_a_date_with_a_label_or_alone_near_the_top_is_that_of_publication(line: str, above: bool) -> None:
    head = [line, PLAIN] if above else [PLAIN, line]
    release = read("\n\n".join([*head, "The inspectorate has said that they were."]))

    assert (release.published_on, release.published_basis) == STATED
    assert release.title == PLAIN
    assert "2022" in release.field_evidence["published_on"].quote


@pytest.mark.parametrize(
    "sentence",
    [
        "The inspectorate has today (20 October 2022) published its report.",
        "HMICFRS said today, Thursday 20 October 2022, that the force is slow.",
        "HMICFRS will publish the report at 00.01 on 20 October 2022.",
    ],
)
def test_a_sentence_that_says_when_dates_it(sentence: str) -> None:
    assert published(f"{PLAIN}\n\n{sentence}") == STATED


@pytest.mark.parametrize(
    "text",
    [
        "HMIC is consulting on its programme. Responses are wanted by 5pm on Friday 24 February 2017.",
        "Consultation closes: 24 February 2017",
        "We inspected the force between 3 March 2022 and 14 March 2022.",
        "The visit of 4 May 2022 was unannounced.",
        "The force was moved into Engage on 11 March 2024.",
        "The plan is due by 30 April 2024.",
        "Last updated: 3 April 2023",
    ],
)
def test_another_day_of_the_text_is_not_that_of_publication(text: str) -> None:
    assert published(f"{PLAIN}\n\n{text}\n\nMore of it follows here.") == (None, None)


def test_a_date_that_stands_alone_far_below_dates_something_else() -> None:
    paragraphs = [f"Paragraph {at} of a release." for at in range(10)]

    assert published("\n\n".join([PLAIN, *paragraphs, "20 October 2022"])) == (None, None)


def test_of_the_seven_dates_of_a_letter_only_the_labelled_one_counts() -> None:
    letter = """Letter to the chief constable of Kent Police

Published on: 20 October 2022

11 October 2022

Dear Chief Constable

I wrote on 9 January 2022 on what we saw between 4 April 2022 and 8 April 2022. You replied on 2 May 2022. Please send
me a plan by 30 November 2022.

Yours sincerely
"""
    assert published(letter) == STATED
    assert published(letter.replace("Published on: 20 October 2022\n\n", ""))[0] == date(2022, 10, 11)


@pytest.mark.parametrize(
    "line", ["31 February 2022", "Published on: 32 October 2022", "2022-13-40", "Date: 20/20/2022"]
)
def test_a_day_that_is_none_dates_nothing(line: str) -> None:
    assert published(f"{PLAIN}\n\n{line}") == (None, None)


def test_the_day_of_a_feed_serves_where_the_text_prints_none() -> None:
    assert published(PLAIN, published_on=DAY) == (DAY, PublishedBasis.FEED)
    assert published(f"{PLAIN}\n\nPublished on: 20 October 2022", published_on=date(2022, 10, 23)) == STATED


def test_a_release_of_a_day_that_the_calendar_holds_is_dated_by_it_and_says_so() -> None:
    release = read(f"{TITLE}\n\n{PEEL_CONTEXT}\n\nThis was PEEL 2016.")

    assert (release.published_on, release.published_basis) == (date(2016, 12, 8), PublishedBasis.CALENDAR)
    assert "published_on" not in release.field_evidence


def test_a_revisit_after_an_inspection_of_the_calendar_is_not_dated_by_it() -> None:
    text = "Kent Police revisited on its legitimacy\n\nDuring the revisit to PEEL 2016 legitimacy, HMIC found better."

    assert published(text) == (None, None)


@pytest.mark.parametrize("year", [2019, 2023])
def test_a_day_long_after_the_cycle_is_that_of_a_moved_page_and_a_doubt(year: int) -> None:
    release = read(f"{TITLE}\n\nPublished on: 27 April {year}\n\n{PEEL_CONTEXT}\n\nThis was PEEL 2016.")

    assert (release.published_on, release.published_basis) == (date(2016, 12, 8), PublishedBasis.CALENDAR)
    assert any("moved later" in doubt for doubt in release.doubts)


def test_a_day_in_the_year_after_the_cycle_is_kept() -> None:
    assert published(f"{TITLE}\n\nPublished on: 2 March 2017\n\n{PEEL_CONTEXT}\n\nThis was PEEL 2016.") == (
        date(2017, 3, 2),
        PublishedBasis.STATED,
    )
