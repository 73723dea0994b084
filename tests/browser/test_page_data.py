"""Tables and charts in the page, as the bot paints them: legible on a phone, with nothing cut off."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from bot.rendering.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from page_fixture import PageServer

pytestmark = pytest.mark.browser

UNIT = "4 outstanding, 3 good, 2 requires improvement"


@pytest.fixture(params=[1280, 390])
def page(request: pytest.FixtureRequest, server: PageServer, visit: Callable[..., Page]) -> Page:
    """A message with a table and a chart, on a desk and on a phone."""
    canvas = Canvas()
    grades = ["– nothing held", "✔ good · R-2 ¶3", "▲ requires improvement · R-12 ¶14"]
    canvas.table([["Force", "2015", "2016", "2017"], ["Hampshire and Isle of Wight Constabulary", *grades]], "Grades")
    canvas.chart("Legitimacy", ["2015", "2016", "2018/19"], [("grade", [3, 3, 4])], y_label=UNIT)
    server.say("C2", "Grades", blocks=canvas.blocks)
    return visit("C2", width=request.param)


def test_a_chart_is_not_drawn_smaller_than_its_letters_can_be_read(page: Page) -> None:
    scale = page.locator("svg.chart").evaluate("one => one.getBoundingClientRect().width / one.viewBox.baseVal.width")

    assert scale == pytest.approx(1)


def test_what_a_charts_numbers_are_is_told_whole(page: Page) -> None:
    expect(page.locator("figure .chart-unit")).to_have_text(UNIT)
    expect(page.locator("svg.chart .axis-title")).to_have_count(0)


def test_labels_under_a_chart_do_not_run_into_each_other(page: Page) -> None:
    boxes = page.locator("svg.chart text[text-anchor=middle]").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({left, right}) => [left, right])"
    )

    assert len(boxes) == 3
    assert all(before[1] < after[0] for before, after in pairwise(boxes))


def test_a_receipt_in_a_table_stays_on_one_line(page: Page) -> None:
    receipts = page.locator(".table-frame .receipt")

    expect(receipts).to_have_text(["R-2 ¶3", "R-12 ¶14"])
    assert receipts.evaluate_all("all => all.map(one => one.getClientRects().length)") == [1, 1]


def test_the_page_is_not_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
