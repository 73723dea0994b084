"""chat.*: posting, changing and deleting messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.errors import SlackError
from bot.workspace.model import Message

if TYPE_CHECKING:
    from bot.workspace.methods.call import Call
    from bot.workspace.model import JSON, Conversation


def post_message(call: Call) -> JSON:
    """chat.postMessage."""
    there = call.writable()
    core = call.core
    content = call.content("message")
    message = core.state.post(
        Message(
            there.id,
            core.state.next_ts(),
            core.config.bot_user_id,
            thread_ts=_thread(call, there),
            broadcast=call.flag("reply_broadcast"),
            visible_at=core.config.clock() + call.late_by,
            **content,
        )
    )
    core.events.posted(message)
    shown = core.payloads.message(message)
    if message.metadata:
        shown["metadata"] = message.metadata
    return {"channel": there.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> JSON:
    """chat.postEphemeral: shown to one person, kept nowhere."""
    there = call.writable()
    person = call.need("user")
    if person not in call.core.state.people or there.person not in (None, person):
        raise SlackError("user_not_in_channel")
    content = call.content("ephemeral")
    del content["metadata"]
    message = call.core.state.whisper(
        Message(
            there.id,
            call.core.state.next_ts(),
            call.core.config.bot_user_id,
            thread_ts=_thread(call, there),
            ephemeral_to=person,
            **content,
        )
    )
    return {"message_ts": message.ts}


def update(call: Call) -> JSON:
    """chat.update: only the bot's own messages."""
    there = call.writable()
    message = call.own_message(there, "cant_update_message")
    content = call.content("message")
    call.core.state.change(message, **content)
    call.core.events.changed(message)
    shown = call.core.payloads.message(message)
    return {"channel": there.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> JSON:
    """chat.delete: only the bot's own messages."""
    there = call.writable()
    message = call.own_message(there, "cant_delete_message")
    call.core.state.delete(message)
    return {"channel": there.id, "ts": message.ts}


def get_permalink(call: Call) -> JSON:
    """chat.getPermalink."""
    there = call.conversation()
    ts = call.need("message_ts")
    if call.core.state.message(there.id, ts) is None:
        raise SlackError("message_not_found")
    address = f"{call.core.base_url}/archives/{there.id}/p{ts.replace('.', '')}"
    return {"channel": there.id, "permalink": address}


def _thread(call: Call, there: Conversation) -> str | None:
    thread = call.ts("thread_ts")
    if thread is not None and call.core.state.message(there.id, thread) is None:
        raise SlackError("thread_not_found")
    return thread
