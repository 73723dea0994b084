"""A release has one id, wherever it is found and however often; two releases have two."""

from __future__ import annotations

import pytest
from reading import PEEL_CONTEXT, read, seed_text

from summaries.parsing.about.origin import canonical_slug, original_url
from summaries.parsing.layout.blocks import read_blocks

SLUG = "officers-in-two-forces-praised-for-their-patience"
RELEASE = """Officers in two forces praised for their patience

Inspectors have said that Kent Police and Essex Police were patient.
"""
HOSTS = (
    "http://www.hmic.gov.uk/news/releases-2012",
    "https://www.justiceinspectorates.gov.uk/hmic/news/news-feed",
    "https://www.justiceinspectorates.gov.uk/hmicfrs/news/news-feed",
    "https://hmicfrs.justiceinspectorates.gov.uk/news/news-feed",
)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("end", ["", "/", "/?print=1", "/#content", "?utm_source=mail#top", ".html", "//"])
def test_a_page_keeps_its_id_on_every_host_and_however_its_address_ends(host: str, end: str) -> None:
    assert read(RELEASE, f"{host}/{SLUG}{end}").id == SLUG


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        pytest.param(f"{HOSTS[0]}/0272012-{SLUG}/", SLUG, id="number of an early release"),
        pytest.param(f"{HOSTS[0]}/027/2012-{SLUG}/", f"2012-{SLUG}", id="a year that is part of the slug"),
        pytest.param(
            f"https://www.wired-gov.net/wg/news.nsf/articles/{SLUG.replace('-', '+')}+13042022091500?open",
            SLUG,
            id="time stamp of a mirror",
        ),
        pytest.param(f"https://x.uk/{SLUG.upper()}", SLUG, id="capitals"),
        pytest.param("https://x.uk/a%20release%E2%80%93of%20ours", "a-release-of-ours", id="escapes"),
        pytest.param("https://x.uk/", None, id="home page"),
        pytest.param("https://x.uk/?p=12", None, id="query only"),
        pytest.param("https://[x", None, id="no address"),
    ],
)
def test_the_slug_is_the_last_part_of_the_address(url: str, slug: str | None) -> None:
    assert canonical_slug(url) == slug


def test_a_file_and_a_page_of_one_release_share_an_id_where_the_title_tells_it() -> None:
    assert read(RELEASE, "saved.txt").id == read(RELEASE, f"{HOSTS[3]}/{SLUG}/").id == SLUG


def test_what_a_release_is_about_goes_before_its_address() -> None:
    text = seed_text("000")

    assert {read(text, where).id for where in ("a.txt", "b.md", f"{HOSTS[1]}/page/", f"{HOSTS[2]}/other/")} == {
        "peel-2016-legitimacy-thames-valley"
    }


@pytest.mark.parametrize(
    "line",
    [
        "Original article link: {}",
        "Original article link\n{}",
        "[Original article link]({})",
        "Originally published at [the inspectorate's site]({}).",
    ],
)
def test_a_copy_tells_the_address_of_its_original(line: str) -> None:
    url = f"{HOSTS[3]}/{SLUG}/"
    blocks = read_blocks(f"{RELEASE}\n{line.format(url)}\n\nShare this article")

    assert original_url(block.passage for block in blocks) == url


@pytest.mark.parametrize(
    "line",
    [
        f"Get the report: {HOSTS[3]}/{SLUG}/",
        "Original article link: https://www.kentmessenger.example/news/1",
        "Original article link: https://www.justiceinspectorates.gov.uk/",
        "The original article was better.",
    ],
)
def test_other_links_are_no_original(line: str) -> None:
    assert original_url(block.passage for block in read_blocks(f"{RELEASE}\n{line}")) is None


def test_two_releases_that_share_two_fifths_of_their_words_have_two_ids() -> None:
    shared = " ".join([PEEL_CONTEXT] * 3)
    kent, essex = (
        read(f"{name} is 'good' at legitimately keeping people safe and reducing crime - HMIC\n\n{shared}\n\n{words}")
        for name, words in (
            ("Kent Police", "Its officers are fair. " * 20),
            ("Essex Police", "Its staff are so. " * 20),
        )
    )

    assert (kent.id, essex.id) == ("peel-2016-legitimacy-kent", "peel-2016-legitimacy-essex")


def test_a_correction_keeps_its_id() -> None:
    text = seed_text("003")
    corrected = text.replace("Leicestershire Police", "Leicestershire Police (the force)", 1).replace("good", "Good", 1)

    assert read(f"{text}\nCorrected: a figure was wrong.").id == read(text).id
    assert read(corrected).id == read(text).id


def test_a_correction_of_a_page_keeps_its_id_although_its_title_changes() -> None:
    changed = RELEASE.replace("praised", "commended")

    assert read(changed, f"{HOSTS[3]}/{SLUG}/").id == SLUG


def test_the_same_bytes_fetched_again_have_the_same_id() -> None:
    assert read("Kent\n\nA short one.").id == read("Kent\n\nA short one.").id


def test_two_titles_that_say_too_little_are_told_apart_by_their_opening() -> None:
    one, other = (read(f"Custody inspection\n\nInspectors visited {where}.") for where in ("Kent", "Essex"))

    assert one.id != other.id
