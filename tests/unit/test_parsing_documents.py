"""What makes the releases of one document, and of two documents, one or several."""

from __future__ import annotations

import pytest
from reading import read, seed_text

from summaries.contents import read_contents
from summaries.parsing import parse, plain_words
from summaries.types import RawRelease, Release

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item>
<title>Kent Police moved into enhanced monitoring</title>
<link>https://hmicfrs.justiceinspectorates.gov.uk/news/news-feed/kent-police-moved/</link>
<description>Kent Police has been moved into Engage. [&#8230;]</description></item></channel></rss>"""

SECTION = """## Kent Police’s effectiveness at keeping people safe and reducing crime is {grade}

HMIC judged that Kent Police:

- is ‘{grade}’ at preventing crime; and
- is ‘good’ at investigating crime.

"""
OTHER = SECTION.replace("Kent", "Essex").format(grade="good")


def accordion(*sections: str) -> tuple[Release, ...]:
    page = "# PEEL: police effectiveness 2016 – force press releases\n\n" + "".join(sections)
    return parse(RawRelease("a.md", page.encode())).releases


def test_a_section_printed_twice_is_one_release() -> None:
    kent = SECTION.format(grade="good")

    assert [release.id for release in accordion(kent, OTHER, kent)] == [
        "peel-2016-effectiveness-kent",
        "peel-2016-effectiveness-essex",
    ]


def test_two_texts_that_read_as_one_release_are_kept_apart_with_a_doubt() -> None:
    releases = accordion(SECTION.format(grade="good"), OTHER, SECTION.format(grade="outstanding"))

    assert len({release.id for release in releases}) == 3
    assert [bool(release.doubts) for release in releases] == [False, False, True]


def test_an_excerpt_in_a_feed_is_kept_but_is_no_release() -> None:
    contents = read_contents(RawRelease("feed.xml", FEED.encode()))

    assert contents.releases == ()
    assert "only the beginning of a release" in (contents.problem or "")


@pytest.mark.parametrize("slug", ["index.html", "press-release", "default.aspx", "news", "viewnews.html"])
def test_an_address_that_names_no_page_gives_no_id(slug: str) -> None:
    ids = {
        parse(RawRelease(f"https://{force}.example.org/{slug}", f"{force} Police in the news\n\nSome words.".encode()))
        .releases[0]
        .id
        for force in ("Kent", "Essex")
    }

    assert len(ids) == 2


def test_the_same_headline_on_two_inspections_of_custody_is_two_releases() -> None:
    title = "Unannounced inspection visit to police custody suites in Kent Police"
    first, second = (read(f"{title}\n\nKent Police custody was inspected in {year}.") for year in (2015, 2019))

    assert first.kind is second.kind
    assert first.id != second.id


def test_a_very_long_address_gives_an_id_that_can_be_stored() -> None:
    raw = RawRelease(f"https://www.gov.uk/{'a' * 700}", b"Kent Police news\n\nSome words.")

    assert len(parse(raw).releases[0].id) <= 200


def test_layout_marks_and_quotes_are_no_words() -> None:
    text = seed_text("000")
    other = text.replace('"', "”").replace("\n- ", "\n• ").replace("## ", "").replace("\n\n", "\n\n\n")

    assert plain_words(other) == plain_words(text)
    assert plain_words(text.replace("wellbeing", "welfare")) != plain_words(text)


def test_a_release_without_a_date_sorts_by_the_last_year_it_names_that_is_not_ahead() -> None:
    release = read(
        "Kent Police moved into enhanced monitoring\n\nKent Police was last inspected in 2022. HMICFRS will inspect"
        " the force again in 2026."
    )

    assert (release.published_on, release.year) == (None, None)
    assert release.dated == 2022_0000
