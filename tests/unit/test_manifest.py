"""The app manifest, by the limits of Slack's schema 2.0.0."""

from __future__ import annotations

import ast
from pathlib import Path

import jsonschema
import pytest

from bot.errors import BadSettings
from bot.manifest import EVENTS, manifest

ROOT = Path(__file__).resolve().parents[2]


def text(least: int, most: int) -> dict[str, object]:
    return {"type": "string", "minLength": least, "maxLength": most}


def record(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def listed(values: object, most: int) -> dict[str, object]:
    return {"type": "array", "items": values, "maxItems": most, "uniqueItems": True}


HTTPS = {"type": "string", "pattern": "^https://[^/]+/.*"}
SCHEMA = record(
    _metadata=record(major_version={"const": 2}, minor_version={"const": 1}),
    display_information=record(
        name=text(1, 35),
        description=text(1, 140),
        background_color={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
        long_description=text(175, 4000),
    ),
    features=record(
        app_home=record(
            home_tab_enabled={"type": "boolean"},
            messages_tab_enabled={"type": "boolean"},
            messages_tab_read_only_enabled={"type": "boolean"},
        ),
        bot_user=record(display_name=text(1, 80), always_online={"type": "boolean"}),
        slash_commands=listed(
            record(
                command={"type": "string", "pattern": "^/[a-z]{1,31}$"},
                url=HTTPS,
                description=text(1, 2000),
                usage_hint=text(1, 1000),
                should_escape={"type": "boolean"},
            ),
            50,
        ),
    ),
    oauth_config=record(
        scopes=record(bot=listed(text(1, 60), 255), bot_optional=listed(text(1, 60), 255)),
    ),
    settings=record(
        event_subscriptions=record(request_url=HTTPS, bot_events=listed(text(1, 60), 100)),
        interactivity=record(is_enabled={"const": True}, request_url=HTTPS),
        org_deploy_enabled={"type": "boolean"},
        socket_mode_enabled={"type": "boolean"},
        token_rotation_enabled={"type": "boolean"},
    ),
)


@pytest.mark.parametrize("url", ["https://hmic.example.org", "https://hmic.example.org/", None])
def test_the_manifest_keeps_to_slacks_schema(url: str | None) -> None:
    jsonschema.validate(manifest(url), SCHEMA)


def test_every_address_leads_to_the_endpoint() -> None:
    made = manifest("https://hmic.example.org/")
    expected = "https://hmic.example.org/slack/events"

    assert made["features"]["slash_commands"][0]["url"] == expected
    assert made["settings"]["event_subscriptions"]["request_url"] == expected
    assert made["settings"]["interactivity"]["request_url"] == expected
    assert not made["settings"]["socket_mode_enabled"]


def test_socket_mode_needs_no_address() -> None:
    made = manifest(None)

    assert made["settings"]["socket_mode_enabled"]
    assert "request_url" not in str(made)


UNREACHABLE = [
    "http://hmic.example.org",
    "hmic.example.org",
    "https://",
    "https://a.org/?x=1",
    "https://user:pw@x.org",
    "https://localhost",
    "https://127.0.0.1",
    "https://x.org:9999999",
]


@pytest.mark.parametrize("url", [*UNREACHABLE, "https://x y.org", ""])
def test_an_address_slack_could_not_reach_is_refused(url: str) -> None:
    with pytest.raises(BadSettings, match="is not a public https address"):
        manifest(url)


def test_it_asks_for_exactly_the_events_that_are_listened_to() -> None:
    heard = {
        call.args[0].value
        for path in (ROOT / "bot" / "listeners").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "event"
        and isinstance(call.args[0], ast.Constant)
    }

    assert {name.partition(".")[0] for name in EVENTS} == heard
