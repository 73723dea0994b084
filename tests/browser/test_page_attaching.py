"""Files on the page: chosen, dropped, taken off again, sent, and read by the real bot."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from page_fixture import PageServer, say
from playwright.sync_api import FilePayload, Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

RELEASE: FilePayload = {
    "name": "release.txt",
    "mimeType": "text/plain",
    "buffer": b"Kent Police is good \xe2\x80\x93 HMIC",
}
OTHER: FilePayload = {"name": "other.html", "mimeType": "text/html", "buffer": b"<p>other</p>"}
DROP = """(box) => {
  const data = new DataTransfer();
  data.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
  box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def choose(page: Page, *files: FilePayload) -> None:
    """Choose files as a person does: with the button, from the keyboard."""
    with page.expect_file_chooser() as chooser:
        page.locator("#composer-slot").get_by_role("button", name="Attach a file").press("Enter")
    chooser.value.set_files(list(files))


def test_a_chosen_file_is_sent_without_a_word(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    send = page.locator("#composer-slot").get_by_role("button", name="Send")
    expect(send).to_be_disabled()
    choose(page, RELEASE)
    expect(page.get_by_role("list", name="Files to send")).to_contain_text("release.txt")
    expect(page.locator("#composer")).to_be_focused()
    page.press("#composer", "Enter")

    said = server.wait_for_post("say")
    assert said["files"] == [{"name": "release.txt", "content": base64.b64encode(RELEASE["buffer"]).decode()}]
    assert said["text"] == ""
    expect(page.get_by_role("list", name="Files to send")).to_be_hidden()


def test_a_file_can_be_taken_off_again(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    choose(page, RELEASE, OTHER)
    page.get_by_role("button", name="Take release.txt off").click()
    say(page, "only this one")

    assert [file["name"] for file in server.wait_for_post("say")["files"]] == ["other.html"]


def test_a_file_is_dropped_on_the_message_box(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    page.locator("form.composer").first.evaluate(DROP)
    expect(page.get_by_role("list", name="Files to send")).to_contain_text("dropped.txt")
    page.press("#composer", "Enter")

    assert server.wait_for_post("say")["files"][0]["name"] == "dropped.txt"


def test_files_chosen_for_one_conversation_do_not_go_to_another(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    choose(page, RELEASE)
    page.locator("[data-conversation^=D]").first.click()
    expect(page.get_by_role("list", name="Files to send")).to_be_hidden()
    say(page, "Hampshire")

    assert "files" not in server.wait_for_post("say")


def test_too_many_files_are_refused_in_words(visit: Callable[..., Page]) -> None:
    page = visit()
    choose(page, *[{**OTHER, "name": f"{number}.html"} for number in range(11)])

    expect(page.locator("#composer-slot").get_by_test_id("composer-error")).to_contain_text("10 files at most")
    expect(page.get_by_role("list", name="Files to send").get_by_role("listitem")).to_have_count(10)


def test_a_message_shows_its_files(visit: Callable[..., Page], server: PageServer) -> None:
    page = visit()
    server.say("C2", "Here it is", files=[{"id": "F1", "name": "report <b>.pdf", "size": 2_500_000}])

    shown = page.get_by_role("article").last.get_by_role("list", name="Files")
    expect(shown).to_contain_text("report <b>.pdf")
    expect(shown).to_contain_text("2.4 MB")
