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
    """A slash command."""

    command: str
    team_id: str
    channel_id: str
    user_id: str
    text: str = ""


class _Action(BaseModel):
    action_id: str
    type: str
    value: str = ""


class _User(_Ref):
    team_id: str | None = None


class _Interaction(BaseModel):
    """What every interaction has, and what Bolt looks into whatever the type."""

    user: _User
    team: _Ref | None = None
    enterprise: _Ref | None = None
    channel: _Ref | None = None
    container: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    response_url: str | None = None


class BlockActions(_Interaction):
    """A click."""

    type: Literal["block_actions"]
    team: _Ref
    actions: list[_Action] = Field(min_length=1)
    view: dict[str, Any] | None = None


class _View(BaseModel):
    type: str
    callback_id: str
    state: dict[str, Any]


class ViewSubmission(_Interaction):
    """A modal, submitted."""

    type: Literal["view_submission"]
    team: _Ref
    view: _View


class OtherInteraction(_Interaction):
    """What nothing listens to yet, but Slack may send."""

    type: Literal["shortcut", "message_action"]
    callback_id: str


class ViewClosed(_Interaction):
    """A modal, closed."""

    type: Literal["view_closed"]
    view: _View


class Suggestion(_Interaction):
    """The options of a menu, asked for."""

    type: Literal["block_suggestion"]
    action_id: str


class _Event(BaseModel):
    type: str


class File(BaseModel):
    """A file as a message holds it. Source: Slack's page on the file object."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    name: str | None = None
    title: str | None = None
    mimetype: str | None = None
    size: int | None = Field(default=None, ge=0)
    url_private: str | None = None
    mode: str | None = None
    file_access: str | None = None


class EventCallback(BaseModel):
    """An event."""

    type: Literal["event_callback"]
    event_id: str = Field(min_length=1, max_length=80)
    event_time: int = Field(ge=0, le=4_102_444_800)  # seconds since 1970, to the year 2100
    team_id: str
    event: _Event


class UrlVerification(BaseModel):
    """The challenge by which Slack checks a new request URL."""

    type: Literal["url_verification"]
    challenge: str


_INTERACTION: TypeAdapter[Any] = TypeAdapter(BlockActions | ViewSubmission | ViewClosed | Suggestion | OtherInteraction)
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
    """The body, if it is a command's. Raises MalformedPayload."""
    return _checked(_COMMAND, body)


def check_interaction(body: Any) -> dict[str, Any]:
    """The body, if it is an interaction's. Raises MalformedPayload."""
    return _checked(_INTERACTION, body)


def check_event(body: Any) -> dict[str, Any]:
    """The body, if it is an event's. Raises MalformedPayload."""
    return _checked(_EVENT, body)


def check_file(file: Any) -> File:
    """A file that came with a message. Raises MalformedPayload."""
    try:
        return File.model_validate(file)
    except (ValidationError, RecursionError):
        raise MalformedPayload from None


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
