"""The page on the real stand-in workspace, without a bot: the two must mean the same by their contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_fixture import say
from playwright.sync_api import Browser, Page, expect

from bot.workspace.server import create_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The page of a workspace with the default cast and nobody to answer."""
    complaints: list[str] = []
    with create_workspace().serve_in_thread() as url:
        page = browser.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        page.wait_for_selector("body[data-ready]")
        yield page
        page.close()
    assert complaints == []


def test_what_is_said_arrives_and_a_mention_names_the_bot(page: Page) -> None:
    say(page, "@hmic Leicestershire & #newsroom <b>")
    message = page.get_by_role("article")
    expect(message).to_contain_text("@hmic Leicestershire & #newsroom <b>")
    expect(message.locator(".mention")).to_have_text(["@hmic", "#newsroom"])


def test_a_command_that_nobody_answers_leaves_a_notice(page: Page) -> None:
    page.locator("[data-suggestion='/hmic Hampshire']").click()
    expect(page.get_by_test_id("notice")).to_contain_text("Look at its log, then try again.")


def test_an_unknown_command_is_refused_in_the_message_box(page: Page) -> None:
    say(page, "/nonsense")
    expect(page.locator("#composer-slot").get_by_test_id("composer-error")).to_contain_text("is not a command here")


def test_everyone_in_the_cast_can_be_someone(page: Page) -> None:
    for person, name in (("U02BELLAMY", "Tom Bellamy"), ("U03NAIR", "Priya Nair")):
        page.select_option("#person", person)
        say(page, f"I am {name}")
        expect(page.get_by_role("article").last).to_contain_text(name)
