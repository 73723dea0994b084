"""Files in the stand-in: sent by people, told to the bot, handed to who may read them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from workspace_bot import CHANNEL, Stage, staged

from bot.workspace.config import SCOPES
from bot.workspace.files import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAYA, DM = "U01OKAFOR", "D01OKAFOR"
CONTENT = "Kent Police – good".encode()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


def drop(stage: Stage, channel: str = "dm", name: str = "a b.txt", text: str = "") -> dict[str, Any]:
    """Send a file; the event that the bot was told of it by."""
    stage.workspace.person("Maya").drop(channel, (name, CONTENT), text=text)
    assert stage.workspace.wait_idle()
    event: dict[str, Any] = stage.bot.of_kind("event")[-1].body["event"]
    return event


def fetch(stage: Stage, url: str, token: str | None = None) -> httpx.Response:
    headers = {"authorization": f"Bearer {token or stage.workspace.config.bot_token}"}
    return httpx.get(url, headers=headers)


def say(stage: Stage, **body: Any) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.post(f"{stage.url}/page-api/say", json={"person": MAYA, **body}).json()
    return answer


def test_a_file_in_a_direct_message_is_told_with_its_facts(stage: Stage) -> None:
    event = drop(stage)
    [file] = event["files"]

    assert (event["type"], event["subtype"], event["channel_type"]) == ("message", "file_share", "im")
    assert (file["name"], file["mimetype"], file["size"]) == ("a b.txt", "text/plain", len(CONTENT))
    assert file["url_private"].startswith(f"{stage.url}/files-pri/")


def test_a_mention_with_a_file_is_told_once_without_a_subtype(stage: Stage) -> None:
    event = drop(stage, "#inspections", text="@hmic look")

    assert (event["type"], "subtype" in event, len(event["files"])) == ("app_mention", False, 1)
    assert len(stage.bot.of_kind("event")) == 1


@pytest.mark.parametrize("name", ["a b.txt", "é – 50%.pdf", "a/b?c#d.html", "<b>.md"])
def test_a_file_is_handed_to_the_token_of_the_bot(stage: Stage, name: str) -> None:
    url = drop(stage, name=name)["files"][0]["url_private"]

    assert fetch(stage, url).content == CONTENT


def test_a_wrong_token_is_led_away_to_sign_in(stage: Stage) -> None:
    answer = fetch(stage, drop(stage)["files"][0]["url_private"], "xoxb-wrong")

    assert (answer.status_code, answer.headers["location"]) == (302, "/sign-in")
    assert "Sign in" in httpx.get(f"{stage.url}/sign-in").text


def test_without_the_scope_the_page_to_sign_in_comes_instead_of_the_file() -> None:
    with staged(scopes=SCOPES - {"files:read"}) as stage:
        answer = fetch(stage, drop(stage)["files"][0]["url_private"])

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert CONTENT not in answer.content


def test_a_deleted_file_is_not_found(stage: Stage) -> None:
    [file] = drop(stage)["files"]
    stage.workspace.core.files.forget(file["id"])

    assert fetch(stage, file["url_private"]).status_code == 404


def test_the_page_sends_a_file_and_shows_its_name_and_size_only(stage: Stage) -> None:
    file = {"name": "a.txt", "content": base64.b64encode(CONTENT).decode()}

    assert say(stage, conversation=DM, text="", files=[file]) == {"ok": True}
    [message] = httpx.get(f"{stage.url}/page-api/state").json()["messages"]
    assert [sorted(one) for one in message["files"]] == [["id", "name", "size"]]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"text": "", "files": []}, "nothing to send"),
        ({"text": "/hmic help", "files": [{"name": "a", "content": ""}]}, "cannot carry files"),
        ({"text": "", "files": [{"name": "a", "content": ""}] * 11}, "10 files at most"),
        ({"text": "", "files": [{"name": "a", "content": "not base64"}]}, "could not be read"),
        ({"text": "", "files": [{"name": "a"}]}, "could not be read"),
        ({"text": "", "files": "a"}, "could not be read"),
    ],
)
def test_the_page_is_told_what_cannot_be_sent(stage: Stage, body: dict[str, Any], words: str) -> None:
    assert words in say(stage, conversation=CHANNEL, **body)["error"]


def test_a_file_that_is_too_large_is_refused(stage: Stage) -> None:
    file = {"name": "a", "content": base64.b64encode(bytes(MOST_BYTES + 1)).decode()}

    assert "none larger than 25 MiB" in say(stage, conversation=DM, text="", files=[file])["error"]


def test_a_message_with_a_file_outlives_the_workspace_and_its_file_does_not(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    with staged(journal=journal) as stage:
        drop(stage)
    with staged(journal=journal) as stage:
        [message] = stage.workspace.person("Maya").sees("dm")
        assert message.files is not None
        assert message.files[0]["name"] == "a b.txt"
        path = message.files[0]["url_private"].partition("/files-pri/")[2]
        assert fetch(stage, f"{stage.url}/files-pri/{path}").status_code == 404
