"""The button that keeps a pasted release. Its value says which message that was; the text is read from there again, so
nothing is stored before, and an edited message is kept as it is now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.intents.wanted import KeepPaste
from bot.slack import later

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext
    from slack_sdk import WebClient

    from bot.services import Services
    from bot.slack.responses import Responder

ACTION = re.compile(r"^keep:\d+$")
_REFERENCE = re.compile(r"(?P<ts>\d{1,12}\.\d{1,9})(?: (?P<thread_ts>\d{1,12}\.\d{1,9}))?")


def reference_of(event: dict[str, Any]) -> str:
    """A message's timestamp, with its thread's where it is in one: enough to find it in the same conversation."""
    return " ".join(filter(None, [event["ts"], event.get("thread_ts")]))


def register(app: App, services: Services, responder: Responder) -> None:
    """Keep what was pasted, and put what became of it in the place of the button's message."""

    def keep(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        if context.get(later.ONLY) == later.ACKNOWLEDGE:
            return
        channel_id, user_id = (body.get("channel") or {}).get("id", ""), body["user"]["id"]
        ask = Ask("", "button", body["team"]["id"], channel_id, user_id, personal=channel_id.startswith("D"))
        reference = _REFERENCE.fullmatch(action.get("value", ""))
        text = _text_of(client, channel_id, user_id, reference) if reference and ask.personal else ""
        place = f"slack:paste/{channel_id}/{reference['ts'] if reference else ''}/pasted release"
        message = message_for(ask, services, KeepPaste(text, place))
        responder.send(body.get("response_url") or "", message, replace=not message.failed)

    app.action(ACTION)(keep)


def _text_of(client: WebClient, channel_id: str, user_id: str, reference: re.Match[str]) -> str:
    """What the person's message says now; empty when it is gone. Slack's "later" (429) is raised, to be tried again."""
    ts, thread_ts = reference["ts"], reference["thread_ts"]
    span: dict[str, Any] = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 2}
    try:
        if thread_ts:
            found = client.conversations_replies(channel=channel_id, ts=thread_ts, **span)
        else:
            found = client.conversations_history(channel=channel_id, **span)
    except SlackApiError as error:
        if error.response.status_code == 429:
            raise
        return ""
    said = (one for one in found["messages"] if one.get("ts") == ts and one.get("user") == user_id)
    return next((str(one.get("text") or "") for one in said), "")
