"""`problems(payload, surface)`: what Slack would refuse in a message or view, and a little that it wrongly allows.

Hand-written because slack_sdk's own models check only part of the limits and take a hundred times as long. Blocks that
we never send are unknown here on purpose. The stand-in workspace refuses what this refuses; rendering checks by it too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.rendering import limits
from bot.rendering.validator_blocks import block
from bot.rendering.validator_parts import plain
from bot.rendering.validator_rules import Check, Problem, anything, boolean, items, markup, record, string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rendering.validator_rules import Place

__all__ = ["Problem", "problems"]


def problems(payload: Mapping[str, Any], surface: str) -> list[Problem]:
    """Everything wrong with a payload, in the order it was met; an empty list means it may be sent.

    Args:
        payload: for "message" and "ephemeral" the body of a post ({text, blocks, metadata, …}: keys other than these
            and `attachments` are not looked at); for "modal" and "home" the view.
        surface: "message", "ephemeral", "modal" or "home".
    """
    check = Check(surface)
    if surface in _VIEWS:
        _VIEWS[surface](check, payload, None)
    else:
        _message(check, payload)
    if check.chars > limits.BLOCKS_TEXT:
        check.fail((None, "blocks"), "blocks_too_long", f"{check.chars} characters of text in blocks together")
    return check.problems


def _message(check: Check, payload: Mapping[str, Any]) -> None:
    _message_text(check, payload.get("text", ""), (None, "text"))
    if "blocks" in payload:
        _message_blocks(check, payload["blocks"], (None, "blocks"))
    if "metadata" in payload:
        _metadata(check, payload["metadata"], (None, "metadata"))
    if payload.get("attachments"):
        check.fail((None, "attachments"), "unknown_key", "attachments are not checked here: use blocks")


def _message_text(check: Check, text: object, at: Place) -> None:
    """Required even with blocks: notifications and screen readers get nothing else (chat.postMessage, "text")."""
    if not isinstance(text, str):
        check.refuse(text, at, "text")
    elif len(text) > limits.TEXT:
        check.fail(at, "too_long", f"{len(text)} characters; the most is {limits.TEXT}")
    elif not text or text.isspace():
        check.fail(at, "no_text", "a message needs text of its own, also when it has blocks")
    else:
        markup(check, text, at)


def _metadata(check: Check, metadata: object, at: Place) -> None:
    _metadata_shape(check, metadata, at)
    size = len(json.dumps(metadata).encode())
    if size > limits.METADATA_BYTES:
        check.fail(at, "metadata_too_large", f"{size} bytes; the most is {limits.METADATA_BYTES}")


def _payload_object(check: Check, value: object, at: Place) -> None:
    if not isinstance(value, dict):
        check.refuse(value, at, "an object")
        return
    for key, item in value.items():
        if item is None:
            check.refuse(item, (at, key), "a value")


def _modal_has_submit(check: Check, view: Any, at: Place) -> None:
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if has_input and "submit" not in view:
        check.fail((at, "submit"), "missing", "a modal with inputs needs a submit button")


_metadata_shape = record(
    {"event_type": string(limits.METADATA_EVENT_TYPE), "event_payload": _payload_object},
)
_message_blocks = items(block, 0, limits.MESSAGE_BLOCKS)
_view_blocks = items(block, 1, limits.VIEW_BLOCKS)
_view = {
    "private_metadata": string(limits.VIEW_PRIVATE_METADATA),
    "callback_id": string(limits.VIEW_CALLBACK_ID),
    "external_id": string(limits.VIEW_EXTERNAL_ID),
}
_VIEWS = {
    "modal": record(
        {"type": anything, "title": plain(limits.VIEW_TITLE), "blocks": _view_blocks},
        {
            **_view,
            "submit": plain(limits.VIEW_SUBMIT),
            "close": plain(limits.VIEW_CLOSE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        then=_modal_has_submit,
    ),
    "home": record({"type": anything, "blocks": _view_blocks}, _view),
}
