"""What a person does on the page: buttons, modals, Home, and the keyboard, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_blocks import JSON, MODAL
from page_fixture import PageServer, say
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser


def test_a_button_and_a_select_tell_the_bot_which_and_where(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit("C1")
    ts = server.state["messages"][2]["ts"]
    where = {"person": "U01", "conversation": "C1", "ts": ts, "block_id": "doors"}
    page.locator("[data-action-id=findings]").click()
    assert server.wait_for_post("act") == where | {"action_id": "findings", "value": "R-12"}
    page.locator("select[data-action-id=pillar]").select_option("efficiency")
    chosen = server.wait_for_post("act", lambda body: body["action_id"] == "pillar")
    assert chosen["selected_option"]["value"] == "efficiency"


def test_an_action_on_a_private_answer_names_the_answer(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    say(page, "/hmic Hampshire")
    page.locator("[data-ephemeral] [data-action-id=findings]").click()
    acted = server.wait_for_post("act")
    assert acted["ephemeral_id"].startswith("E")
    assert "ts" not in acted


def test_an_overflow_menu_works_from_the_keyboard(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit("C1")
    page.locator("[data-action-id=more]").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert server.wait_for_post("act")["selected_option"]["value"] == "why"


def test_a_button_that_asks_first_acts_only_when_the_person_agrees(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit("C1")
    page.locator("[data-action-id=stop]").click()
    expect(page.get_by_test_id("confirm")).to_contain_text("You can undo this for ten minutes.")
    page.get_by_test_id("confirm-deny").click()
    expect(page.get_by_test_id("confirm")).to_have_count(0)
    assert server.posts == []
    page.locator("[data-action-id=stop]").click()
    page.get_by_test_id("confirm-agree").click()
    assert server.wait_for_post("act")["value"] == "S-1"


def test_a_modal_shows_the_errors_of_its_fields_and_then_submits_in_slacks_shape(
    visit: Callable[..., Page], server: PageServer
) -> None:
    page = visit()
    say(page, "/hmic subscribe")
    modal = page.get_by_test_id("modal")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Please fill this in.")
    modal.get_by_label("What").fill("PC")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("Three letters at least.")
    modal.get_by_label("What").fill("Kent")
    modal.get_by_label("Friday").check()
    modal.get_by_label("From").fill("2026-12-01")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_have_count(0)
    values: JSON = server.wait_for_post("submit")["values"]
    friday = {"text": {"type": "plain_text", "text": "Friday"}, "value": "fri"}
    assert values["what"]["text"] == {"type": "plain_text_input", "value": "Kent"}
    assert values["how"]["often"]["selected_option"]["value"] == "daily"
    assert values["days"]["days"] == {"type": "checkboxes", "selected_options": [friday]}
    assert values["layout"]["layout"]["selected_option"]["value"] == "thread"
    assert values["from"]["date"] == {"type": "datepicker", "selected_date": "2026-12-01"}
    assert values["at"]["time"] == {"type": "timepicker", "selected_time": "08:30"}
    assert values["where"]["place"] == {"type": "conversations_select", "selected_conversation": "C2"}


def test_escape_closes_a_modal_and_tells_the_bot(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    say(page, "/hmic subscribe")
    expect(page.get_by_test_id("modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_have_count(0)
    assert server.wait_for_post("close") == {"person": "U01", "view_id": "V1"}


def test_what_was_typed_survives_an_update_of_the_modal(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    say(page, "/hmic subscribe")
    modal = page.get_by_test_id("modal")
    modal.get_by_label("What").fill("Kent")
    asked = server.wait_for_post("say")
    server.push(
        "view_updated", person=asked["person"], view=MODAL | {"title": {"type": "plain_text", "text": "Almost"}}
    )
    expect(modal.get_by_role("heading", name="Almost")).to_be_visible()
    expect(modal.get_by_label("What")).to_have_value("Kent")


def test_the_home_tab_is_asked_for_and_its_buttons_work(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    page.get_by_test_id("home-link").click()
    assert server.wait_for_post("home") == {"person": "U01"}
    expect(page.get_by_test_id("home")).to_contain_text("Your subscriptions")
    page.locator("[data-action-id=pause]").click()
    assert server.wait_for_post("act")["view_id"] == "VHOME"


def test_the_quick_switcher_goes_anywhere_by_name(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("Control+k")
    page.get_by_test_id("switcher").fill("insp")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("title")).to_have_text("inspections")
    page.keyboard.press("Control+k")
    page.get_by_test_id("switcher").fill("priya")
    page.keyboard.press("Enter")
    expect(page.locator("#person")).to_have_value("U03")


def test_keys_move_between_conversations_and_to_the_message_box(visit: Callable[..., Page]) -> None:
    page = visit("C1")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_test_id("title")).to_have_text("newsroom")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_test_id("title")).to_have_text("inspections")
    page.keyboard.press("?")
    expect(page.get_by_test_id("shortcuts-dialog")).to_contain_text("Previous conversation")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("shortcuts-dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#composer")).to_be_focused()
    expect(page.locator("#composer")).to_have_value("/")
