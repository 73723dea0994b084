"""views.*: modals and the Home tab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.rendering import limits
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.strictness import wrong_with

if TYPE_CHECKING:
    from bot.workspace.methods.call import Call
    from bot.workspace.model import JSON


def open_view(call: Call) -> JSON:
    """views.open: one modal for one trigger."""
    body = _body(call, "modal")
    person = call.core.triggers.exchange(call.need("trigger_id"))
    return {"view": call.core.views.shown(call.core.views.open(person, body))}


def push(call: Call) -> JSON:
    """views.push: a modal on top of the one that is open."""
    body = _body(call, "modal")
    person = call.core.triggers.exchange(call.need("trigger_id"))
    return {"view": call.core.views.shown(call.core.views.push(person, body))}


def update(call: Call) -> JSON:
    """views.update: by view_id or external_id."""
    view = call.core.views.find(call.text("view_id"), call.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    call.core.views.update(view, _body(call, view.body["type"]), call.text("hash"))
    return {"view": call.core.views.shown(view)}


def publish(call: Call) -> JSON:
    """views.publish: a person's Home tab."""
    person = call.need("user_id")
    if person not in call.core.state.people:
        raise invalid_arguments("user_id is nobody here")
    view = call.core.views.publish(person, _body(call, "home"), call.text("hash"))
    return {"view": call.core.views.shown(view)}


def _body(call: Call, kind: str) -> JSON:
    body: Any = call.value("view", "invalid_arguments")
    if not isinstance(body, dict) or body.get("type") != kind:
        raise invalid_arguments(f"view is not a view of type {kind}")
    if len(json.dumps(body).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    found = wrong_with(body, kind, call.core.config)
    if found:
        messages = [f"[ERROR] {one.message} [json-pointer:/view{one.pointer}]" for one in found]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    return body
