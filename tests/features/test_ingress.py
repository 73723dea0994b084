"""What `/slack/events` does with requests that are right, forged, stale, oversized, junk, or signed but malformed."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage import SEEDS, Stage, staged

from summaries.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator


FORM = "application/x-www-form-urlencoded"
COMMAND = {
    "command": "/hmic",
    "text": "Hampshire",
    "team_id": "T01RIPLEY",
    "channel_id": "C01INSPECT",
    "channel_name": "inspections",
    "user_id": "U01OKAFOR",
    "user_name": "maya",
    "response_url": "https://hooks.slack.com/commands/1",
    "trigger_id": "1.2.3",
    "api_app_id": "A01HMIC",
    "token": "old",
}


WHO = {"user": {"id": "U01OKAFOR"}, "team": {"id": "T01RIPLEY"}}
CLICK: dict[str, Any] = {
    "type": "block_actions",
    **WHO,
    "channel": {"id": "C01INSPECT"},
    "response_url": "http://192.0.2.1/steal",
    "actions": [{"type": "button", "action_id": "ask:0", "block_id": "b", "value": "Hampshire"}],
}


@pytest.fixture(scope="module")
def shared_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    url = f"sqlite:///{tmp_path_factory.mktemp('door') / 'hmic.sqlite3'}"
    with open_database(url) as database:
        database.upgrade()
    with staged(url) as made, httpx.Client(base_url=made.url) as http:
        made.add(SEEDS)
        yield Door(made, http)


@pytest.fixture
def door(shared_door: Door) -> Door:
    """The door a second later, so that no two tests sign the same."""
    shared_door.stage.clock.advance(seconds=1)
    return shared_door


class Door:
    """Signs as Slack does, or as told."""

    def __init__(self, stage: Stage, http: httpx.Client) -> None:
        self.stage, self.http = stage, http

    def post(self, body: bytes, content_type: str = FORM, *, age: int = 0, **headers: Any) -> httpx.Response:
        timestamp = str(int(self.stage.clock.now().timestamp()) - age)
        secret = self.stage.workspace.config.signing_secret.encode()
        digest = hmac.new(secret, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        signed = {
            "content-type": content_type,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": f"v0={digest}",
        }
        given_headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post("/slack/events", content=body, headers=signed | given_headers)

    def command(self, **changes: str) -> httpx.Response:
        return self.post(urlencode(COMMAND | changes).encode())

    def interaction(self, payload: object) -> httpx.Response:
        return self.post(urlencode({"payload": json.dumps(payload)}).encode())


def test_a_signed_command_is_answered_in_its_own_response(door: Door) -> None:
    response = door.command()

    assert response.status_code == 200
    answer = response.json()
    assert answer["response_type"] == "ephemeral"
    assert answer["blocks"][0]["text"]["text"].startswith("Hampshire and Isle of Wight Constabulary: good")
    assert answer["text"]


def test_a_command_that_contains_the_word_payload_is_answered(door: Door) -> None:
    response = door.command(text="payload")

    assert response.status_code == 200
    assert "payload" in response.json()["text"]


@pytest.mark.parametrize(
    ("headers", "age"),
    [
        ({"x_slack_signature": "v0=" + "0" * 64}, 0),
        ({"x_slack_signature": ""}, 0),
        ({"x_slack_signature": b"v0=\xe9\xff"}, 0),
        ({"x_slack_signature": "v0=é".encode()}, 0),
        ({"x_slack_request_timestamp": ""}, 0),
        ({"x_slack_request_timestamp": "now"}, 0),
        ({"x_slack_request_timestamp": "9" * 400}, 0),
        ({"x_slack_request_timestamp": b"\xd9\xa1\xd9\xa2"}, 0),
        ({}, 301),
        ({}, -301),
    ],
)
def test_a_bad_or_stale_signature_is_401(door: Door, headers: dict[str, Any], age: int) -> None:
    assert door.post(urlencode(COMMAND).encode(), age=age, **headers).status_code == 401


def test_a_signature_within_five_minutes_is_accepted(door: Door) -> None:
    assert door.post(urlencode(COMMAND).encode(), age=299).status_code == 200


def test_a_command_played_back_is_401(door: Door) -> None:
    assert door.command().status_code == 200
    assert door.command().status_code == 401


@pytest.mark.parametrize("junk", [b"", b"\x00\xff" * 50, b"{" * 5000, b"payload=", b"[" * 100_000])
def test_unsigned_junk_is_401(door: Door, junk: bytes) -> None:
    response = door.http.post(
        "/slack/events",
        content=junk,
        headers={"content-type": "application/json", "x-slack-signature": "v0=" + "a" * 64},
    )

    assert response.status_code == 401


def test_a_body_of_two_mebibytes_is_413_whether_or_not_its_length_is_declared(door: Door) -> None:
    body = b"x" * (2 * 1024 * 1024)

    assert door.post(body).status_code == 413
    chunks = (body[start : start + 65536] for start in range(0, len(body), 65536))
    streamed = door.http.post("/slack/events", content=chunks, headers={"content-type": FORM})
    assert streamed.status_code == 413


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", "", "application/jsonp"])
def test_a_content_type_that_slack_does_not_send_is_415(door: Door, content_type: str) -> None:
    assert door.post(urlencode(COMMAND).encode(), content_type).status_code == 415


def test_only_post_is_answered(door: Door) -> None:
    assert door.http.get("/slack/events").status_code == 405


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "words",
        {},
        {"type": "block_actions"},
        {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [None]},
        {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": []},
        {
            "type": "block_actions",
            "user": None,
            "team": {"id": "T1"},
            "actions": [{"action_id": "a", "type": "button"}],
        },
        {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": {"callback_id": "a"}},
        {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": None},
        {"type": "no_such_type", "user": {"id": "U1"}},
        CLICK | {"channel": "C1"},
        CLICK | {"channel": {"id": None}},
        CLICK | {"response_url": 5},
        CLICK | {"response_url": "http://[::1"},
        CLICK | {"enterprise": 5},
        CLICK | {"view": 5},
        CLICK | {"message": 5},
        CLICK | {"user": {"id": "U1", "team_id": 5}},
        {"type": "view_submission", **WHO, "view": {"callback_id": "a", "state": {}}},
    ],
)
def test_a_signed_interaction_that_is_malformed_is_400(door: Door, payload: object) -> None:
    assert door.interaction(payload).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b'{"type": "event_callback", "event_id": "E1"',
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event_id": "E", "team_id": "T", "event": null}',
        b'{"type": "event_callback", "event_id": null, "team_id": "T", "event": {"type": "message"}}',
        b'{"type": "url_verification"}',
        b"null",
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_signed_event_that_is_malformed_is_400(door: Door, body: bytes) -> None:
    assert door.post(body, "application/json").status_code == 400


@pytest.mark.parametrize("body", [b"payload=%7B%22type%22", b"payload", b"\xff=\xfe", b"a=1&" * 500])
def test_a_signed_form_that_is_malformed_is_400(door: Door, body: bytes) -> None:
    assert door.post(body).status_code == 400


def test_the_challenge_of_a_new_request_url_is_returned(door: Door) -> None:
    response = door.post(b'{"type": "url_verification", "challenge": "c4"}', "application/json")

    assert response.status_code == 200
    assert response.json() == {"challenge": "c4"}


def test_a_click_whose_answer_would_go_to_a_foreign_host_goes_nowhere(door: Door) -> None:
    assert door.interaction(CLICK).status_code == 400


def test_health_checks_answer(door: Door) -> None:
    assert door.http.get("/healthz").text == "ok\n"
    assert door.http.get("/readyz").text == "ready\n"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
PARTS = st.sampled_from(
    [
        "user",
        "team",
        "actions",
        "view",
        "channel",
        "event",
        "event_id",
        "team_id",
        "response_url",
        "enterprise",
        "message",
        "container",
        "type",
        "event_time",
        "is_enterprise_install",
        "authorizations",
    ]
)
EVENT = {
    "type": "event_callback",
    "event_id": "Ev1",
    "event_time": 1,
    "team_id": "T01RIPLEY",
    "event": {"type": "reaction_added"},
}
SUBMISSION = {"type": "view_submission", **WHO, "view": {"type": "modal", "callback_id": "a", "state": {}}}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(good=st.sampled_from([CLICK, SUBMISSION, EVENT, {}]), parts=st.dictionaries(PARTS, JSON_VALUES, max_size=2))
def test_no_signed_payload_of_any_shape_is_a_server_error(
    door: Door, good: dict[str, object], parts: dict[str, object]
) -> None:
    door.stage.clock.advance(seconds=1)
    payload = good | parts
    if good is EVENT:
        response = door.post(json.dumps(payload).encode(), "application/json")
    else:
        response = door.interaction(payload)

    assert response.status_code < 500


def test_a_click_that_nothing_listens_to_is_acknowledged(door: Door) -> None:
    old = CLICK | {"actions": [{"type": "button", "action_id": "from_an_older_version", "block_id": "b", "value": "x"}]}

    assert door.interaction(old).status_code == 200
    assert door.interaction(SUBMISSION).status_code == 200
