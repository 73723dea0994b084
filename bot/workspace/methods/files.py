"""files.*: a file of the bot's, from asking for a place for it to showing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.model import Message

if TYPE_CHECKING:
    from bot.workspace.methods.call import Call
    from bot.workspace.model import JSON, Conversation

_CHANNEL = re.compile(r"[CGDZ][A-Z0-9]{8,}")


def get_upload_url(call: Call) -> JSON:
    """files.getUploadURLExternal: an address for so many bytes."""
    call.scope("files:write")
    name, length = call.need("filename"), call.need("length")
    if not length.isdigit() or int(length) == 0:
        raise invalid_arguments("length must be a number of bytes above zero")
    file_id, url = call.core.files.expect(name, int(length))
    return {"upload_url": url, "file_id": file_id}


def complete_upload(call: Call) -> JSON:
    """files.completeUploadExternal, once: files without a channel stay private, and here nobody ever sees them."""
    call.scope("files:write")
    wanted = call.value("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) and one.get("id") for one in wanted):
        raise invalid_arguments("files must be a list of objects with an id")
    there = _channel(call)
    thread = _thread(call, there)
    files = call.core.files.complete([(str(one["id"]), one.get("title")) for one in wanted])
    if there is not None:
        state = call.core.state
        text = call.text("initial_comment") or ""
        bot = call.core.config.bot_user_id
        message = state.post(Message(there.id, state.next_ts(), bot, text, thread_ts=thread, files=files))
        call.core.events.posted(message)
    return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}


def _channel(call: Call) -> Conversation | None:
    given = call.text("channel_id")
    if given is None:
        return None
    if not _CHANNEL.fullmatch(given):  # a person's id, which chat.postMessage would take
        raise invalid_arguments(f"input must match regex pattern: ^{_CHANNEL.pattern}$ [json-pointer:/channel_id]")
    there = call.core.state.conversations.get(given)
    if there is None:
        raise SlackError("channel_not_found")
    if there.archived:
        raise SlackError("is_archived")
    if not there.bot_is_member:
        raise SlackError("not_in_channel")
    return there


def _thread(call: Call, there: Conversation | None) -> str | None:
    """The thread by its parent's timestamp: a reply's is refused, as Slack would file the message nowhere."""
    ts: Any = call.ts("thread_ts")
    if ts is None or there is None:
        return None
    parent = call.core.state.message(there.id, ts)
    if parent is None or parent.thread_ts not in (None, ts):
        raise SlackError("thread_not_found")
    return str(ts)
