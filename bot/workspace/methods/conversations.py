"""conversations.*: what there is, what the bot is in, and what was said."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from bot.workspace.errors import SlackError
from bot.workspace.model import micros

if TYPE_CHECKING:
    from bot.workspace.methods.call import Call
    from bot.workspace.model import JSON, Conversation, Message

_NEXT = "next_ts:"


def history(call: Call) -> JSON:
    """conversations.history: newest first; thread replies are not in it unless they were broadcast."""
    there = _readable(call)
    now = call.core.config.clock()
    seen = [
        message
        for message in call.core.state.messages(there.id)
        if message.visible_at <= now and (message.thread_ts in (None, message.ts) or message.broadcast)
    ]
    return _page(call, _between(call, seen)[::-1], newest_first=True)


def replies(call: Call) -> JSON:
    """conversations.replies: a thread's parent, then its replies, oldest first."""
    there = _readable(call)
    thread = call.need("ts")
    now = call.core.config.clock()
    seen = [
        message
        for message in call.core.state.messages(there.id)
        if message.visible_at <= now and thread in (message.ts, message.thread_ts)
    ]
    if not seen or seen[0].ts != thread:
        raise SlackError("thread_not_found")
    return _page(call, [seen[0], *_between(call, seen[1:])], newest_first=False)


def info(call: Call) -> JSON:
    """conversations.info."""
    there = call.conversation()
    _may_know_of(call, there)
    return {"channel": _shown(call, there)}


def listing(call: Call) -> JSON:
    """conversations.list."""
    return _list(call, only_joined=False)


def of_bot(call: Call) -> JSON:
    """users.conversations, of the bot itself."""
    return _list(call, only_joined=True)


def open_dm(call: Call) -> JSON:
    """conversations.open: the direct messages with one person."""
    call.scope("im:write")
    person = call.need("users")
    if person not in call.core.state.people:
        raise SlackError("user_not_found")
    return {"channel": {"id": call.core.state.dm_of(person).id}, "no_op": True, "already_open": True}


def join(call: Call) -> JSON:
    """conversations.join."""
    call.scope("channels:join")
    there = call.conversation()
    if there.kind == "dm":
        raise SlackError("method_not_supported_for_channel_type")
    if there.archived:
        raise SlackError("is_archived")
    there.bot_is_member = True
    return {"channel": _shown(call, there)}


def _readable(call: Call) -> Conversation:
    there = call.conversation()
    call.scope("im:history" if there.kind == "dm" else "channels:history")
    if not there.bot_is_member:
        raise SlackError("not_in_channel")
    return there


def _may_know_of(call: Call, there: Conversation) -> None:
    call.scope("im:read" if there.kind == "dm" else "channels:read")


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = micros(call.ts("oldest") or "0"), call.ts("latest")
    newest = micros(latest) if latest else None
    at_the_ends = call.flag("inclusive")
    return [
        one
        for one in messages
        if (one.micros > oldest and (newest is None or one.micros < newest))
        or (at_the_ends and one.micros in (oldest, newest))
    ]


def _page(call: Call, messages: list[Message], *, newest_first: bool) -> JSON:
    start = _cursor(call)
    if start is not None:
        messages = [one for one in messages if (one.micros <= start if newest_first else one.micros >= start)]
    limit = call.count("limit", 100, call.core.config.history_objects)
    page, rest = messages[:limit], messages[limit:]
    with_metadata = call.flag("include_all_metadata")
    following = base64.b64encode(f"{_NEXT}{rest[0].micros}".encode()).decode() if rest else ""
    return {
        "messages": [_message(call, one, with_metadata=with_metadata) for one in page],
        "has_more": bool(rest),
        "response_metadata": {"next_cursor": following},
    }


def _cursor(call: Call) -> int | None:
    given = call.text("cursor")
    if not given:
        return None
    try:
        return int(base64.b64decode(given, validate=True).decode().removeprefix(_NEXT))
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None


def _message(call: Call, message: Message, *, with_metadata: bool) -> JSON:
    shown = call.core.payloads.message(message)
    if message.metadata:
        shown["metadata"] = message.metadata if with_metadata else {"event_type": message.metadata["event_type"]}
    return shown


def _list(call: Call, *, only_joined: bool) -> JSON:
    wanted = (call.text("types") or "public_channel").split(",")
    kinds = {"public_channel": "channel", "im": "dm"}
    chosen = {kinds[word] for word in wanted if word in kinds}
    for kind in chosen:
        call.scope("im:read" if kind == "dm" else "channels:read")
    found = [
        _shown(call, one)
        for one in call.core.state.conversations.values()
        if one.kind in chosen
        and (one.bot_is_member or not only_joined)
        and not (one.archived and call.flag("exclude_archived"))
    ]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def _shown(call: Call, there: Conversation) -> JSON:
    shown: JSON = {
        "id": there.id,
        "is_channel": there.kind == "channel",
        "is_im": there.kind == "dm",
        "is_group": False,
        "is_mpim": False,
        "is_private": there.kind == "dm",
        "is_archived": there.archived,
        "context_team_id": call.core.config.team_id,
    }
    if there.kind == "dm":
        return shown | {"user": there.person}
    members = len(call.core.state.people) + there.bot_is_member
    return shown | {
        "name": there.name,
        "name_normalized": there.name,
        "is_member": there.bot_is_member,
        "topic": {"value": there.topic},
        "num_members": members,
    }
