"""The page's side of the stand-in: its JSON, its stream, what it lets a person do, and whom it listens to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.responses import JSONResponse
from workspace_bot import CHANNEL, Stage, button, modal, section, staged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAYA, TOM = "U01OKAFOR", "U02BELLAMY"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


def state(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{stage.url}/page-api/state").json()
    return found


def do(stage: Stage, what: str, **body: Any) -> dict[str, Any]:
    """Post to the page's API; what it answered."""
    answer: dict[str, Any] = httpx.post(f"{stage.url}/page-api/{what}", json=body).json()
    return answer


def events(stage: Stage, after: int, count: int) -> list[dict[str, Any]]:
    """The next events of the stream."""
    found: list[dict[str, Any]] = []
    with httpx.stream("GET", f"{stage.url}/page-api/stream", params={"after": after}, timeout=10) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
            if len(found) == count:
                break
    return found


def test_the_state_names_everything_the_page_needs(stage: Stage) -> None:
    found = state(stage)

    assert found["team"] == {"id": "T01RIPLEY", "name": "Ripley County Scrutiny"}
    assert found["bot"] == {"id": "B01HMIC", "user_id": "U00HMIC", "name": "hmic"}
    assert [one["name"] for one in found["people"]] == ["Maya Okafor", "Tom Bellamy", "Priya Nair"]
    kinds = [(one["kind"], one.get("person")) for one in found["conversations"]]
    assert kinds == [("channel", None)] * 3 + [("dm", MAYA), ("dm", TOM), ("dm", "U03NAIR")]
    assert found["commands"][0]["command"] == "/hmic"
    assert len(found["suggestions"]) == 8
    assert found["homes"] == {MAYA: None, TOM: None, "U03NAIR": None}
    assert (found["messages"], found["cursor"]) == ([], 0)


def test_what_happens_is_streamed_in_order_after_the_cursor(stage: Stage) -> None:
    stage.client.chat_postMessage(channel=CHANNEL, text="before")
    cursor = state(stage)["cursor"]
    ts = stage.client.chat_postMessage(channel=CHANNEL, text="first")["ts"]
    stage.client.chat_update(channel=CHANNEL, ts=ts, text="second")
    stage.client.chat_delete(channel=CHANNEL, ts=ts)
    stage.workspace.staff.archive("#newsroom")

    seen = events(stage, cursor, 4)

    assert [one["type"] for one in seen] == ["message", "message_changed", "message_deleted", "conversation"]
    assert [one["message"]["text"] for one in seen[:2]] == ["first", "second"]
    assert seen[2] == {"type": "message_deleted", "conversation": CHANNEL, "ts": ts}


def test_a_follower_hears_of_what_happens_while_it_listens(stage: Stage) -> None:
    with httpx.stream("GET", f"{stage.url}/page-api/stream", params={"after": 0}, timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith(":")
        stage.client.chat_postMessage(channel=CHANNEL, text="live")

        numbered = [line for _, line in zip(range(3), lines, strict=False) if line]

    assert numbered[0] == "id: 1"
    assert json.loads(numbered[1].removeprefix("data: "))["message"]["text"] == "live"


def test_a_line_that_starts_with_a_slash_is_a_command(stage: Stage) -> None:
    stage.bot.answers["command"] = JSONResponse({"text": "Kent"})

    assert do(stage, "say", person=MAYA, conversation=CHANNEL, text="/hmic Kent") == {"ok": True}

    (message,) = state(stage)["messages"]
    assert message.pop("ts")
    assert message.pop("ephemeral_id")
    assert message == {
        "conversation": CHANNEL,
        "user": "U00HMIC",
        "text": "Kent",
        "ephemeral_to": MAYA,
        "in_reply_to": "/hmic Kent",
    }


def test_anything_else_that_is_typed_is_a_message(stage: Stage) -> None:
    assert do(stage, "say", person=MAYA, conversation=CHANNEL, text="1 < 2") == {"ok": True}

    assert [(one["user"], one["text"]) for one in state(stage)["messages"]] == [(MAYA, "1 &lt; 2")]


@pytest.mark.parametrize(
    ("text", "thread_ts", "words"),
    [
        ("/nope", None, "/nope is not a command here"),
        ("/hmic Kent", "1.000001", "in a thread"),
        ("   ", None, "nothing to send"),
        ("hello", "1.000001", "gone"),
    ],
)
def test_what_cannot_be_said_is_refused_in_plain_words(
    stage: Stage, text: str, thread_ts: str | None, words: str
) -> None:
    answer = do(stage, "say", person=MAYA, conversation=CHANNEL, text=text, thread_ts=thread_ts)

    assert answer["ok"] is False
    assert words in answer["error"]


def test_nobody_reads_or_writes_in_anothers_dm(stage: Stage) -> None:
    dm = stage.client.chat_postMessage(channel=TOM, text="Tom only", blocks=[button("b")])

    assert do(stage, "say", person=MAYA, conversation=dm["channel"], text="hi")["ok"] is False
    answer = do(stage, "act", person=MAYA, conversation=dm["channel"], ts=dm["ts"], action_id="b")
    assert answer == {"ok": False, "error": "That message is gone."}


def test_a_button_on_the_page_presses_the_button(stage: Stage) -> None:
    ts = stage.client.chat_postMessage(channel=CHANNEL, text="card", blocks=[button("share", "R-1")])["ts"]
    block = state(stage)["messages"][0]["blocks"][0]["block_id"]

    assert do(stage, "act", person=MAYA, conversation=CHANNEL, ts=ts, block_id=block, action_id="share")["ok"]

    assert stage.bot.of_kind("block_actions")[0].body["actions"][0]["value"] == "R-1"


def test_a_modal_is_shown_filled_in_and_taken_away(stage: Stage) -> None:
    do(stage, "say", person=MAYA, conversation=CHANNEL, text="/hmic subscribe")
    trigger = stage.bot.of_kind("command")[0].body["trigger_id"]
    stage.client.views_open(trigger_id=trigger, view=modal())
    (shown,) = events(stage, 0, 1)
    assert (shown["type"], shown["person"]) == ("view_opened", MAYA)
    view = shown["view"]["id"]
    stage.bot.answers["view_submission"] = JSONResponse({"response_action": "errors", "errors": {"words": "Which?"}})

    refused = do(stage, "submit", person=MAYA, view_id=view, values={})
    assert (refused["ok"], refused["errors"]) == (False, {"words": "Which?"})
    stage.bot.answers.clear()
    assert do(stage, "submit", person=MAYA, view_id=view, values={}) == {"ok": True}

    assert events(stage, 1, 1) == [{"type": "view_closed", "person": MAYA, "view_id": view}]
    assert do(stage, "close", person=MAYA, view_id=view) == {"ok": False, "error": "That is no longer open."}


def test_opening_home_asks_the_bot_and_shows_what_it_publishes(stage: Stage) -> None:
    assert do(stage, "home", person=TOM) == {"ok": True}
    assert stage.workspace.wait_idle()
    stage.client.views_publish(user_id=TOM, view={"type": "home", "blocks": [section("Welcome")]})

    assert stage.bot.of_kind("event")[0].body["event"]["type"] == "app_home_opened"
    assert state(stage)["homes"][TOM]["blocks"][0]["text"]["text"] == "Welcome"


def test_what_the_page_sends_in_a_muddle_is_refused(stage: Stage) -> None:
    assert do(stage, "say", person=MAYA)["ok"] is False
    assert httpx.post(f"{stage.url}/page-api/say", json=[]).status_code == 400


def test_a_notice_is_streamed_to_the_page(stage: Stage) -> None:
    stage.bot.answers["command"] = JSONResponse({}, status_code=500)
    do(stage, "say", person=MAYA, conversation=CHANNEL, text="/hmic Kent")

    (notice,) = events(stage, 0, 1)

    assert (notice["type"], notice["person"]) == ("notice", MAYA)
    assert "HTTP 500" in notice["text"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
@pytest.mark.parametrize("path", ["/", "/page-api/state", "/api/api.test", "/control/requests"])
def test_a_request_for_another_host_is_refused(stage: Stage, host: str, path: str) -> None:
    assert httpx.get(f"{stage.url}{path}", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:80"])
def test_this_machines_names_are_accepted(stage: Stage, host: str) -> None:
    assert httpx.get(f"{stage.url}/page-api/state", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/page-api/say", "/control/revoke"])
@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json", "origin": "https://evil.example"},
        {"content-type": "application/json", "origin": "null"},
    ],
)
def test_a_post_that_another_site_could_forge_is_refused(stage: Stage, path: str, headers: dict[str, str]) -> None:
    assert httpx.post(f"{stage.url}{path}", content=b"{}", headers=headers).status_code == 403
    assert stage.client.auth_test()["ok"]


def test_the_pages_own_origin_may_post(stage: Stage) -> None:
    answer = httpx.post(
        f"{stage.url}/page-api/say",
        json={"person": MAYA, "conversation": CHANNEL, "text": "hi"},
        headers={"origin": stage.url},
    )

    assert answer.json() == {"ok": True}


def test_the_page_and_its_files_are_served(stage: Stage) -> None:
    page = httpx.get(stage.url)

    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["x-frame-options"] == "DENY"
    assert httpx.get(f"{stage.url}/page/index.html").status_code == 200
    assert httpx.get(f"{stage.url}/page/../server.py").status_code == 404


def test_channels_are_as_they_were_after_a_restart(tmp_path: Path) -> None:
    journal = tmp_path / "state" / "workspace.jsonl"
    with staged(journal=journal) as stage:
        parent = stage.client.chat_postMessage(channel=CHANNEL, text="parent", blocks=[section("p")])["ts"]
        stage.client.chat_postMessage(channel=CHANNEL, text="reply", thread_ts=parent)
        changed = stage.client.chat_postMessage(channel=CHANNEL, text="before")["ts"]
        stage.client.chat_update(channel=CHANNEL, ts=changed, text="after")
        gone = stage.client.chat_postMessage(channel=CHANNEL, text="gone")["ts"]
        stage.client.chat_delete(channel=CHANNEL, ts=gone)
        stage.client.chat_postEphemeral(channel=CHANNEL, user=MAYA, text="whispered")
        kept = [one for one in state(stage)["messages"] if "ephemeral_to" not in one]

    with staged(journal=journal) as stage:
        assert state(stage)["messages"] == kept
        assert [one["text"] for one in kept] == ["parent", "reply", "after"]


def test_a_line_torn_by_a_crash_costs_that_message_only(tmp_path: Path) -> None:
    journal = tmp_path / "workspace.jsonl"
    with staged(journal=journal) as stage:
        stage.client.chat_postMessage(channel=CHANNEL, text="whole")
        stage.client.chat_postMessage(channel=CHANNEL, text="torn")
    journal.write_bytes(journal.read_bytes()[:-10])

    with staged(journal=journal) as stage:
        assert [one["text"] for one in state(stage)["messages"]] == ["whole"]
        stage.client.chat_postMessage(channel=CHANNEL, text="next")
    with staged(journal=journal) as stage:
        assert [one["text"] for one in state(stage)["messages"]] == ["whole", "next"]


def test_no_timestamp_is_given_twice_even_when_the_clock_goes_back(tmp_path: Path) -> None:
    journal = tmp_path / "workspace.jsonl"
    with staged(journal=journal, clock=lambda: 1_800_000_000.0) as stage:
        stamps = [stage.client.chat_postMessage(channel=CHANNEL, text="x")["ts"] for _ in range(3)]
    with staged(journal=journal, clock=lambda: 1_700_000_000.0) as stage:
        stamps.append(stage.client.chat_postMessage(channel=CHANNEL, text="x")["ts"])

    assert stamps == sorted(set(stamps))


def test_a_server_stops_while_a_page_is_listening() -> None:
    with staged() as stage:
        stream = httpx.stream("GET", f"{stage.url}/page-api/stream", timeout=10)
        response = stream.__enter__()
        lines = response.iter_lines()
        assert next(lines).startswith(":")

    assert [line for line in lines if line] == []
    stream.__exit__(None, None, None)


def test_a_permalink_brings_one_to_the_page(stage: Stage) -> None:
    ts = stage.client.chat_postMessage(channel=CHANNEL, text="x")["ts"]
    address = stage.client.chat_getPermalink(channel=CHANNEL, message_ts=ts)["permalink"]

    assert httpx.get(address).headers["location"] == f"/#{CHANNEL}"


def test_home_has_buttons_and_a_modal_can_be_closed_from_the_page(stage: Stage) -> None:
    stage.client.views_publish(user_id=TOM, view={"type": "home", "blocks": [button("go")]})
    home = state(stage)["homes"][TOM]
    assert do(stage, "act", person=TOM, conversation=CHANNEL, view_id=home["id"], action_id="go") == {"ok": True}
    assert do(stage, "act", person=MAYA, conversation=CHANNEL, view_id=home["id"], action_id="go")["ok"] is False

    trigger = stage.bot.of_kind("block_actions")[0].body["trigger_id"]
    view = stage.client.views_open(trigger_id=trigger, view=modal())["view"]["id"]
    assert do(stage, "close", person=TOM, view_id=view) == {"ok": True}


def test_a_socket_from_another_site_is_refused(stage: Stage) -> None:
    headers = {"upgrade": "websocket", "connection": "Upgrade", "sec-websocket-version": "13"}
    headers |= {"sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==", "origin": "https://evil.example"}

    assert httpx.get(f"{stage.url}/link/?ticket=x", headers=headers).status_code == 403
