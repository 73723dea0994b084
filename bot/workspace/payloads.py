"""The bodies that Slack sends to an app: commands, interactions, events, and the signature over them. Pure."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.cast import Person
    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.model import JSON, Conversation, Message


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature of a request body (authentication/verifying-requests-from-slack)."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


class Payloads:
    """Builds payloads for one workspace."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        # The verification token that signatures replaced; Slack still sends it.
        self._token = secrets.token_hex(12)

    def command(
        self, person: Person, conversation: Conversation, command: str, text: str, *, response_url: str, trigger_id: str
    ) -> dict[str, str]:
        """The form of a slash command, all of Slack's fields."""
        return {
            "token": self._token,
            "team_id": self._config.team_id,
            "team_domain": self._config.team_domain,
            "channel_id": conversation.id,
            "channel_name": "directmessage" if conversation.kind == "dm" else conversation.name,
            "user_id": person.id,
            "user_name": person.username,
            "command": command,
            "text": text,
            "api_app_id": self._config.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": trigger_id,
        }

    def interaction(self, kind: str, person: Person, trigger_id: str, **more: object) -> JSON:
        """What every interaction has, and `more` of this kind."""
        return {
            "type": kind,
            "user": {
                "id": person.id,
                "username": person.username,
                "name": person.username,
                "team_id": self._config.team_id,
            },
            "api_app_id": self._config.app_id,
            "token": self._token,
            "team": {"id": self._config.team_id, "domain": self._config.team_domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": trigger_id,
            **more,
        }

    def event(self, event: JSON) -> JSON:
        """An event in its envelope, with an id of its own."""
        return {
            "token": self._token,
            "team_id": self._config.team_id,
            "context_team_id": self._config.team_id,
            "context_enterprise_id": None,
            "api_app_id": self._config.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(6).upper()}",
            "event_time": int(self._config.clock()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._config.team_id,
                    "user_id": self._config.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": secrets.token_hex(10),
        }

    def message(self, message: Message) -> JSON:
        """A message as history and events give it, metadata aside."""
        given: JSON = {
            "type": "message",
            "user": message.user,
            "text": message.text,
            "ts": message.ts,
            "team": self._config.team_id,
        }
        if message.user == self._config.bot_user_id:
            given |= {"bot_id": self._config.bot_id, "app_id": self._config.app_id}
        if message.blocks:
            given["blocks"] = message.blocks
        if message.thread_ts:
            given["thread_ts"] = message.thread_ts
        if message.reply_count:
            given["reply_count"] = message.reply_count
        if message.broadcast:
            given["subtype"] = "thread_broadcast"
        if message.files:
            given |= {"files": message.files, "upload": False, "subtype": "file_share"}
        if message.edited:
            given["edited"] = {"user": message.user, "ts": message.ts}
        return given
