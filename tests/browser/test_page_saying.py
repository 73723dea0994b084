"""What a person says on the page and what arrives there, in a real browser against a canned server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_fixture import PageServer, bot_message, say
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser


def test_a_command_is_completed_with_its_hint_and_its_answer_is_marked_private(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit()
    page.locator("#composer").press_sequentially("/")
    expect(page.get_by_test_id("completion")).to_contain_text("/hmic")
    page.press("#composer", "Tab")
    expect(page.locator("#composer")).to_have_value("/hmic ")
    expect(page.locator(".usage-hint")).to_contain_text("a force, latest, help")
    page.locator("#composer").press_sequentially("Hampshire")
    page.press("#composer", "Enter")
    said = server.wait_for_post("say")
    assert said == {"person": "U01", "conversation": "C2", "text": "/hmic Hampshire"}
    answer = page.locator("[data-ephemeral]")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_test_id("in-reply-to")).to_contain_text("/hmic Hampshire")


@pytest.mark.parametrize(
    ("typed", "completed"), [("ask @hm", "ask @hmic "), ("@ma", "@Maya Okafor "), ("#new", "#newsroom ")]
)
def test_people_the_bot_and_channels_are_completed(visit: Callable[..., Page], typed: str, completed: str) -> None:
    page = visit()
    page.locator("#composer").press_sequentially(typed)
    expect(page.get_by_test_id("completion").first).to_have_attribute("aria-selected", "true")
    page.press("#composer", "Enter")
    expect(page.locator("#composer")).to_have_value(completed)


def test_arrow_up_in_an_empty_box_recalls_what_was_said(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    for text in ("first", "/hmic latest"):
        say(page, text)
        expect(page.locator("#composer")).to_have_value("")
    page.press("#composer", "ArrowUp")
    expect(page.locator("#composer")).to_have_value("/hmic latest")
    page.press("#composer", "ArrowUp")
    expect(page.locator("#composer")).to_have_value("first")
    page.press("#composer", "ArrowDown")
    page.press("#composer", "ArrowDown")
    expect(page.locator("#composer")).to_have_value("")


def test_a_refused_line_comes_back_with_the_reason(visit: Callable[..., Page]) -> None:
    page = visit()
    say(page, "/nonsense 1")
    expect(page.locator("#composer-slot").get_by_test_id("composer-error")).to_contain_text(
        "/nonsense is not a command here"
    )
    expect(page.locator("#composer")).to_have_value("/nonsense 1")


def test_a_suggestion_is_said_with_one_click_where_it_belongs(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    page.locator("[data-suggestion='/hmic latest']").click()
    assert server.wait_for_post("say")["text"] == "/hmic latest"
    expect(page.get_by_test_id("suggestions")).to_have_count(0)
    page.get_by_test_id("try-first").click()
    page.locator("[data-suggestion=Hampshrie]").click()
    assert server.wait_for_post("say", lambda body: body["text"] == "Hampshrie")["conversation"] == "DU01"
    expect(page.get_by_test_id("log")).to_contain_text("Hampshrie")


def test_a_suggestion_can_be_edited_before_it_is_said(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    page.get_by_role("button", name="Put “/hmic latest” in the message box").click()
    expect(page.locator("#composer")).to_have_value("/hmic latest")
    expect(page.locator("#composer")).to_be_focused()
    assert server.posts == []


def test_nothing_can_be_said_in_an_archived_channel(visit: Callable[..., Page]) -> None:
    expect(visit("C4").locator("#composer")).to_be_disabled()


def test_a_thread_opens_beside_and_takes_replies(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit("C1")
    page.get_by_test_id("open-thread").click()
    thread = page.locator("#thread")
    expect(thread).to_contain_text("In a thread, then.")
    page.fill("#thread-composer", "Thank you")
    page.press("#thread-composer", "Enter")
    assert server.wait_for_post("say")["thread_ts"] == server.state["messages"][0]["ts"]
    expect(thread).to_contain_text("Thank you")
    expect(page.get_by_test_id("open-thread")).to_contain_text("2 replies")
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_being_someone_else_shows_their_workspace_and_speaks_as_them(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit()
    say(page, "/hmic Hampshire")
    expect(page.locator("[data-ephemeral]")).to_have_count(1)
    page.select_option("#person", "U02")
    expect(page.locator("#sidebar")).to_contain_text("Tom Bellamy")
    expect(page.locator("[data-ephemeral]")).to_have_count(0)
    expect(page.locator("[data-conversation=DU02]")).to_have_count(1)
    expect(page.locator("[data-conversation=DU01]")).to_have_count(0)
    say(page, "hello")
    assert server.wait_for_post("say", lambda body: body["text"] == "hello")["person"] == "U02"
    page.reload()
    expect(page.locator("#person")).to_have_value("U02")


def test_messages_arrive_change_and_go_while_the_page_is_open(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    server.say("C2", "fresh off the press")
    log = page.get_by_test_id("log")
    expect(log).to_contain_text("fresh off the press")
    message = server.state["messages"][-1]
    server.push("message_changed", message=message | {"text": "corrected", "edited": True})
    expect(log).to_contain_text("corrected")
    expect(log).to_contain_text("(edited)")
    server.push("message_deleted", conversation="C2", ts=message["ts"])
    expect(log.locator("article")).to_have_count(0)


def test_a_private_answer_can_be_replaced_and_taken_away(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    private = bot_message("C2", "1900000000.000100", "one moment", ephemeral_to="U01", ephemeral_id="E1")
    server.push("message", message=private)
    expect(page.locator("[data-ephemeral=E1]")).to_contain_text("one moment")
    server.push("ephemeral_replaced", message=private | {"text": "here it is"})
    expect(page.locator("[data-ephemeral=E1]")).to_contain_text("here it is")
    server.push("ephemeral_deleted", ephemeral_id="E1")
    expect(page.locator("[data-ephemeral]")).to_have_count(0)


def test_messages_elsewhere_are_counted_until_they_are_looked_at(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit()
    server.say("C1", "one")
    server.say("C1", "two")
    entry = page.locator("[data-conversation=C1]")
    expect(entry.get_by_test_id("unread")).to_contain_text("2")
    entry.click()
    expect(page.locator(".new-line")).to_have_count(1)
    expect(page.get_by_test_id("unread")).to_have_count(0)


def test_a_lost_connection_comes_back_with_what_was_missed(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    server.state["messages"].append(bot_message("C2", "1900000000.000100", "said while nobody listened"))
    server.drop_streams()
    expect(page.get_by_test_id("log")).to_contain_text("said while nobody listened")
    expect(page.locator("#connection")).to_be_hidden()


def test_a_notice_stays_until_it_is_dismissed_and_is_only_for_its_person(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit()
    server.push("notice", person="U02", text="not for Maya")
    server.push("notice", person="U01", text="hmic did not answer. Look at its log.")
    notice = page.get_by_test_id("notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("Look at its log.")
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_have_count(0)


def test_an_answer_in_the_direct_messages_is_mentioned_elsewhere(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit("home")
    server.say("DU02", "not for Maya")
    server.say("DU01", "here is what you asked for")
    expect(page.get_by_test_id("toast")).to_have_count(1)
    page.get_by_test_id("toast").get_by_role("button", name="Read it").click()
    expect(page.get_by_test_id("log")).to_contain_text("here is what you asked for")
