"""The app manifest: what Slack is asked for, each scope because something in `bot.listeners` or `bot.slack` uses it.

Limits of the manifest (name 35, description 140, long description 175 to 4,000 characters, and so on) are of Slack's
page "App manifest reference", schema 2.0.0.
"""

from __future__ import annotations

import re
from typing import Any

from bot.errors import BadSettings

SCOPES = {
    "app_mentions:read": "hears @hmic",
    "channels:read": "notices that a public channel it posts in has come back",
    "chat:write": "posts digests and answers in threads",
    "commands": "has /hmic",
    "files:read": "reads a release that is dropped as a file in a message to it",
    "files:write": "sends the file that `export` makes",
    "groups:read": "the same for private channels",
    "im:history": "reads direct messages sent to it",
    "im:write": "answers in direct messages",
    "metadata.message:read": "recognises its own digests when it reads a channel back",
}
OPTIONAL_SCOPES = {
    "channels:history": "reads a public channel back when Slack's reply to a digest was lost",
    "groups:history": "the same in private channels",
    "chat:write.public": "posts in public channels it has not joined",
    "users:read": "knows the workspace's admins, who may decide about deliveries",
}
_PUBLIC = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::[0-9]{1,5})?(?:/[\w./-]*)?", re.IGNORECASE)
_LOCAL = {"127.0.0.1", "0.0.0.0"}  # noqa: S104  named to be refused
EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_unarchive",
    "group_unarchive",
    "member_joined_channel",
    "message.im",
)


def manifest(url: str | None) -> dict[str, Any]:
    """The manifest, for the bot at this public https address, or for Socket Mode without one. Raises BadSettings."""
    endpoint: dict[str, str] = {}
    if url is not None:
        if not _PUBLIC.fullmatch(url) or url.partition("://")[2].partition("/")[0].partition(":")[0] in _LOCAL:
            raise BadSettings(f"“{url}” is not a public https address; write it as https://hmic.example.org.")
        endpoint = {"url": f"{url.rstrip('/')}/slack/events"}
    request_url = {"request_url": endpoint["url"]} if endpoint else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "hmic",
            "description": "Answers from police and fire inspection press releases, and digests of new ones",
            "background_color": "#12343b",
            "long_description": (
                "Ask about a police force and get the inspectorate's own words: the grade, the findings, what the "
                "inspector said, each with the place it comes from. Subscribe a channel and be told, once, when there "
                "is something new. hmic reads only messages sent to it, and reads a channel back only to make sure "
                "that a digest was not posted twice. It is not run by HMICFRS."
            ),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "hmic", "always_online": True},
            "slash_commands": [
                {
                    "command": "/hmic",
                    **endpoint,
                    "description": "Ask what inspectors said about a police force",
                    "usage_hint": "Hampshire | latest | subscribe all daily 08:30 | help",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES), "bot_optional": sorted(OPTIONAL_SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
