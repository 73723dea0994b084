"""One call of the Web API: who calls, with what arguments, read the way Slack reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.workspace.blocks import with_ids
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.model import micros
from bot.workspace.response_urls import refused
from bot.workspace.strictness import wrong_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.workspace.core import Core
    from bot.workspace.model import JSON, Conversation, Message

_TRUE = frozenset({"1", "true", "True"})


class Call:
    """Arguments come as a form or query, where all is text and objects are JSON in text, or as a JSON body.

    `late_by` delays, in seconds, when history begins to show what this call posts.
    """

    def __init__(self, core: Core, args: Mapping[str, Any], *, late_by: float = 0.0) -> None:
        self.core = core
        self.args = args
        self.late_by = late_by

    def scope(self, needed: str) -> None:
        """Raise SlackError missing_scope unless the bot's token has this scope."""
        if needed not in self.core.config.scopes:
            raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(self.core.config.scopes)))

    def text(self, name: str) -> str | None:
        """A text argument; None when it was not given."""
        value = self.args.get(name)
        return None if value is None else str(value)

    def need(self, name: str) -> str:
        """A text argument that must be there."""
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        value = self.args.get(name, False)
        return value is True or str(value) in _TRUE

    def count(self, name: str, default: int, most: int) -> int:
        """A number of objects between 1 and `most`."""
        value = str(self.args.get(name, default))
        if not value.isdigit() or not 1 <= int(value) <= 1000:
            raise SlackError("invalid_limit")
        return min(int(value), most)

    def ts(self, name: str) -> str | None:
        """A timestamp; None when it was not given."""
        value = self.text(name)
        if value is not None:
            try:
                micros(value)
            except ValueError:
                raise SlackError(f"invalid_ts_{name}" if name in ("oldest", "latest") else "invalid_ts") from None
        return value

    def value(self, name: str, error: str) -> Any:
        """An argument that is an object or a list; None when it was not given. `error` is the code for bad JSON."""
        value = self.args.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                raise SlackError(error) from None
        return value

    def conversation(self) -> Conversation:
        """The conversation called `channel`; a person's id means the direct messages with them."""
        wanted = self.need("channel")
        if wanted in self.core.state.people:
            return self.core.state.dm_of(wanted)
        found = self.core.state.conversations.get(wanted)
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def writable(self) -> Conversation:
        """The conversation called `channel`, in which the bot may write."""
        self.scope("chat:write")
        there = self.conversation()
        if there.archived:
            raise SlackError("is_archived")
        if not there.bot_is_member:
            raise SlackError("not_in_channel")
        return there

    def content(self, surface: str) -> JSON:
        """The checked text, blocks and metadata of a message, as Message takes them."""
        body: JSON = {"text": self.text("text") or ""}
        for name, error in (("blocks", "invalid_blocks_format"), ("metadata", "invalid_metadata_format")):
            given = self.value(name, error)
            if given is not None:
                body[name] = given
        if self.value("attachments", "invalid_attachments"):
            body["attachments"] = True
        found = wrong_with(body, surface, self.core.config)
        if found:
            raise refused(found)
        return {
            "text": body["text"],
            "blocks": with_ids(body["blocks"]) if body.get("blocks") else None,
            "metadata": body.get("metadata"),
        }

    def own_message(self, there: Conversation, error: str) -> Message:
        """The bot's own message with the timestamp `ts`; `error` is for a message that is somebody else's."""
        message = self.core.state.message(there.id, self.need("ts"))
        if message is None:
            raise SlackError("message_not_found")
        if message.user != self.core.config.bot_user_id:
            raise SlackError(error)
        return message
