"""The shapes Slack sends, as far as the listeners rely on them. Anything else is refused before a listener sees it.

Extra keys are kept and ignored: Slack adds some without notice. Sources: Slack's pages on slash commands, interaction
payloads and the Events API.
"""

from __future__ import annotations

import json
from typing import Any, Literal
from urllib.parse import parse_qs

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from bot.errors import MalformedPayload


class _Ref(BaseModel):
    id: str = Field(min_length=1)


class Command(BaseModel):
    command: str
    team_id: str
    channel_id: str
    user_id: str
    text: str = ""


class _Action(BaseModel):
    action_id: str
    type: str
    value: str = ""


class BlockActions(BaseModel):
    type: Literal["block_actions"]
    user: _Ref
    team: _Ref
    actions: list[_Action] = Field(min_length=1)


class _View(BaseModel):
    callback_id: str
    state: dict[str, Any]


class ViewSubmission(BaseModel):
    type: Literal["view_submission"]
    user: _Ref
    team: _Ref
    view: _View


class OtherInteraction(BaseModel):
    type: Literal["shortcut", "message_action", "view_closed", "block_suggestion"]
    user: _Ref


class _Event(BaseModel):
    type: str


class EventCallback(BaseModel):
    type: Literal["event_callback"]
    event_id: str = Field(min_length=1, max_length=80)
    event_time: int = Field(ge=0, le=4_102_444_800)  # seconds since 1970, to the year 2100
    team_id: str
    event: _Event


class UrlVerification(BaseModel):
    type: Literal["url_verification"]
    challenge: str


_INTERACTION: TypeAdapter[Any] = TypeAdapter(BlockActions | ViewSubmission | OtherInteraction)
_EVENT: TypeAdapter[Any] = TypeAdapter(EventCallback | UrlVerification)
_COMMAND: TypeAdapter[Any] = TypeAdapter(Command)


def parse_form(content: bytes) -> dict[str, Any]:
    """The body of a form-encoded request: a slash command, or the JSON of an interaction from its `payload` field.

    Bolt decides by whether the word "payload" occurs anywhere in the body, so a command that contains it is lost; here
    the field itself decides. Raises MalformedPayload.
    """
    try:
        fields = {
            key: values[0]
            for key, values in parse_qs(content.decode(), keep_blank_values=True, max_num_fields=100).items()
        }
    except ValueError:
        raise MalformedPayload("The form could not be decoded.") from None
    if "payload" in fields and "command" not in fields:
        return check_interaction(_parse_json(fields["payload"]))
    if fields.get("ssl_check") == "1":
        return fields
    return _checked(_COMMAND, fields)


def parse_event(content: bytes) -> dict[str, Any]:
    """The body of a JSON request: an event or the challenge. Raises MalformedPayload."""
    return _checked(_EVENT, _parse_json(content))


def check_command(body: Any) -> dict[str, Any]:
    return _checked(_COMMAND, body)


def check_interaction(body: Any) -> dict[str, Any]:
    return _checked(_INTERACTION, body)


def check_event(body: Any) -> dict[str, Any]:
    return _checked(_EVENT, body)


def _parse_json(content: str | bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise MalformedPayload("The body is not JSON.") from None


def _checked(shape: TypeAdapter[Any], body: Any) -> dict[str, Any]:
    try:
        shape.validate_python(body)
    except (ValidationError, RecursionError):
        raise MalformedPayload from None
    checked: dict[str, Any] = body
    return checked
