"""response_url: the right to answer one command or click, five times within thirty minutes."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.blocks import with_ids
from bot.workspace.errors import SlackError
from bot.workspace.model import JSON, Message
from bot.workspace.strictness import wrong_with

if TYPE_CHECKING:
    from bot.rendering.validator import Problem
    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.state import WorkspaceState


@dataclass(slots=True)
class Turn:
    """Something a person did that the bot may answer: a command, or a click in `source`.

    `answers` collects the messages that were shown or changed in reply.
    """

    id: str
    person: str
    conversation: str
    given_at: float
    in_reply_to: str | None = None
    source: Message | None = None
    uses: int = 0
    answers: list[Message] = field(default_factory=list)


class ResponseUrls:
    """The turns that may still be answered, and what an answer does."""

    def __init__(self, config: WorkspaceConfig, state: WorkspaceState) -> None:
        self._config = config
        self._state = state
        self._lock = threading.Lock()
        self._turns: dict[str, Turn] = {}

    def give(
        self, person: str, conversation: str, *, in_reply_to: str | None = None, source: Message | None = None
    ) -> Turn:
        """A turn with a response_url of its own."""
        turn = Turn(
            secrets.token_hex(12), person, conversation, self._config.clock(), in_reply_to=in_reply_to, source=source
        )
        with self._lock:
            self._turns[turn.id] = turn
        return turn

    def use(self, turn_id: str, body: JSON) -> None:
        """Answer through the response_url.

        Raises SlackError: no_such_url, expired_url, used_url, or what is wrong with the message.
        """
        with self._lock:
            turn = self._turns.get(turn_id)
            if turn is None:
                raise SlackError("no_such_url", status=404)
            if self._config.clock() - turn.given_at > self._config.response_url_seconds:
                raise SlackError("expired_url", status=404)
            if turn.uses >= self._config.response_url_uses:
                raise SlackError("used_url", status=404)
            turn.uses += 1
        self.answer(turn, body)

    def answer(self, turn: Turn, body: JSON) -> None:
        """Carry out an answer: a new message, or a change to the one that was clicked."""
        if body.get("delete_original"):
            self._state.delete(_original(turn))
            return
        surface = "message" if body.get("response_type") == "in_channel" else "ephemeral"
        found = wrong_with(body, surface, self._config)
        if found:
            raise refused(found, status=400)
        content = {"text": body["text"], "blocks": with_ids(body["blocks"]) if body.get("blocks") else None}
        if body.get("replace_original"):
            original = _original(turn)
            self._state.change(original, **content)
            turn.answers.append(original)
            return
        turn.answers.append(self._new(turn, body, content))

    def _new(self, turn: Turn, body: JSON, content: JSON) -> Message:
        message = Message(
            turn.conversation,
            self._state.next_ts(),
            self._config.bot_user_id,
            thread_ts=body.get("thread_ts"),
            in_reply_to=turn.in_reply_to,
            **content,
        )
        if body.get("response_type", "ephemeral") == "in_channel":
            return self._state.post(message)
        message.ephemeral_to = turn.person
        return self._state.whisper(message)


def refused(found: list[Problem], *, status: int = 200) -> SlackError:
    """The error of Slack's for what the validator found."""
    codes = {problem.code for problem in found}
    first = found[0]
    code = "invalid_blocks"
    if "no_text" in codes:
        code = "no_text"
    elif "metadata_too_large" in codes:
        code = "metadata_too_large"
    elif first.pointer.startswith("/metadata"):
        code = "invalid_metadata_format"
    elif first.pointer == "/text":
        code = "msg_too_long" if first.code == "too_long" else "invalid_arguments"
    elif "blocks_too_long" in codes:
        code = "msg_blocks_too_long"
    messages = [f"[ERROR] {one.message} [json-pointer:{one.pointer}]" for one in found]
    return SlackError(code, status=status, response_metadata={"messages": messages})


def _original(turn: Turn) -> Message:
    if turn.source is None:
        raise SlackError("no_original_message", status=400)
    return turn.source
