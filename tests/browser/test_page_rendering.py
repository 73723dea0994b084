"""How the stand-in workspace's page looks, in a real browser: blocks, themes, sizes, and words that mean harm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from page_blocks import HOSTILE
from page_fixture import PAGE
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

DRAWN = [
    "section",
    "header",
    "context",
    "divider",
    "actions",
    "rich_text",
    "image",
    "table",
    "data_table",
    "data_visualization",
    "markdown",
]


def overflow(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_every_kind_of_block_is_drawn_and_an_unknown_one_says_so(visit: Callable[..., Page]) -> None:
    page = visit("C1")
    for kind in DRAWN:
        expect(page.locator(f".block-{kind}[data-block-type={kind}]").first).to_be_visible()
    unknown = page.get_by_test_id("unknown-block")
    expect(unknown).to_have_count(1)
    expect(unknown).to_contain_text("hologram")


def test_charts_are_drawn_with_their_numbers_in_a_table_beside(visit: Callable[..., Page]) -> None:
    page = visit("C1")
    for kind in ("bar", "line", "area", "pie"):
        figure = page.locator("figure", has=page.locator(f"svg.chart-{kind}"))
        expect(figure.get_by_role("img", name=f"Legitimacy, {kind}")).to_be_visible()
        expect(figure.locator(".visually-hidden table")).to_contain_text("31")
    expect(page.locator("svg.chart-bar rect")).to_have_count(8)


def test_a_data_table_sorts_filters_and_turns_pages(visit: Callable[..., Page]) -> None:
    table = visit("C1").locator(".data-table")
    names = table.locator("tbody th")
    expect(names).to_have_text(["Kent", "Essex", "Avon and Somerset"])
    table.get_by_role("button", name="Findings").click()
    expect(names).to_have_text(["Dorset", "Essex", "Wiltshire"])
    table.get_by_role("button", name="Next rows").click()
    expect(names).to_have_text(["Kent", "Avon and Somerset"])
    table.get_by_label("Filter Findings by force").fill("som")
    expect(names).to_have_text(["Avon and Somerset"])


def test_mrkdwn_is_styled_and_its_entities_are_decoded(visit: Callable[..., Page]) -> None:
    words = visit("C1").locator(".block-section", has_text="snake_case_name").locator(".text")
    expect(words.locator("strong")).to_have_text("bold")
    expect(words.locator("em")).to_have_text("italic")
    expect(words.locator("s")).to_have_text("gone")
    expect(words.locator("code")).to_have_text("code")
    expect(words.locator("blockquote")).to_have_text("a quoted line")
    expect(words.locator("pre")).to_have_text("fenced")
    expect(words.locator(".mention")).to_have_text(["@Tom Bellamy", "#newsroom"])
    expect(words).to_contain_text("@here <b> snake_case_name 2*3*4")


def test_rich_text_shows_its_words_as_they_are_and_broadcasts_do_nothing(visit: Callable[..., Page]) -> None:
    page = visit("C3")
    quoted = page.locator(".block-rich_text")
    expect(quoted).to_contain_text("&lt;kept&gt;")
    expect(quoted).to_contain_text("<!channel>")
    expect(page.locator(".block-section .inert").first).to_have_text("@channel")


def test_nothing_in_the_data_becomes_markup_or_runs(visit: Callable[..., Page]) -> None:
    page = visit("C3")
    expect(page.locator(".message").first).to_contain_text(HOSTILE)
    expect(page.locator("#header")).to_contain_text(HOSTILE)
    page.get_by_text("press me too").click()
    page.get_by_role("button", name="<img").first.click()
    assert page.evaluate("window.harmed") is None
    assert page.locator("#content img, #content script, #content [onerror]").count() == 0
    assert page.evaluate("[...document.links].filter(a => !/^(https?|mailto):/.test(a.href)).length") == 0
    expect(page.locator(".block-unknown")).to_have_count(2)


def test_links_open_in_a_new_tab_that_cannot_reach_back(visit: Callable[..., Page]) -> None:
    links = visit("C1").locator("#content a")
    assert links.count() >= 4
    for link in links.all():
        expect(link).to_have_attribute("target", "_blank")
        expect(link).to_have_attribute("rel", re.compile("noopener"))


def test_the_theme_follows_the_system_until_one_is_chosen_and_remembered(visit: Callable[..., Page]) -> None:
    page = visit(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.get_by_test_id("theme").click()
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate(ground) == light


@pytest.mark.parametrize("place", ["C1", "C2", "C3", "home"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(visit: Callable[..., Page], place: str) -> None:
    page = visit(place, width=360, height=740)
    assert overflow(page) == 0
    inner = page.evaluate("[...document.querySelectorAll('.scroller')].map(e => e.scrollWidth - e.clientWidth)")
    assert max(inner) == 0


def test_the_sidebar_is_a_drawer_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit(width=390, height=844)
    entry = page.locator("[data-conversation=C1]")
    expect(entry).not_to_be_visible()
    page.get_by_test_id("open-drawer").click()
    entry.click()
    expect(page.get_by_test_id("title")).to_have_text("inspections")
    expect(entry).not_to_be_visible()


def test_every_control_has_a_name(visit: Callable[..., Page]) -> None:
    page = visit("C1")
    for control in page.locator("button:visible, select:visible, textarea:visible, input:visible, a:visible").all():
        assert control.evaluate("e => (e.ariaLabel || e.labels?.[0]?.textContent || e.textContent).trim()"), (
            control.evaluate("e => e.outerHTML")
        )


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", "ground surface raised sunken hover accent-soft private danger-soft"),
        ("ink-soft", "ground surface raised sunken hover private"),
        ("accent", "surface raised private"),
        ("accent-ink", "accent"),
        ("private-ink", "private"),
        ("danger", "surface raised danger-soft"),
        ("mention", "mention-ground"),
    ],
)
def test_text_keeps_the_contrast_that_wcag_aa_asks_for(theme: str, ink: str, grounds: str) -> None:
    css = (PAGE / "style" / "base.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    colours = {name: (light if theme == "light" else dark) for name, light, dark in pairs}
    for ground in grounds.split():
        low, high = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{ink} on {ground}"
