"""Direct messages and mentions: read from an event, answered by posting, in the thread they were written in.

Files that come with one are read, and so is a release pasted into a direct message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers.answering import message_for
from bot.answers.ask import Ask, Door
from bot.answers.threads import remember_under
from bot.intents.wanted import AddFiles, ReadPaste
from bot.listeners.pastes import reference_of
from bot.listeners.shared_files import files_of
from bot.pasting import looks_pasted
from bot.slack.posting import post_answer

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient

    from bot.intents.wanted import Intent
    from bot.services import Services


WRITTEN = {None, "file_share", "thread_broadcast"}  # subtypes that hold what a person wrote


def register(app: App, services: Services) -> None:
    """Answer mentions and direct messages of people; what bots write, and edits and joins, are not questions."""

    def reply(body: dict[str, Any], client: WebClient, door: Door, thread_ts: str | None) -> None:
        event = body["event"]
        if event.get("bot_id") or event.get("subtype") not in WRITTEN or not event.get("user"):
            return
        ask = Ask(
            text=event.get("text") or "",
            door=door,
            team_id=body["team_id"],
            channel_id=event["channel"],
            user_id=event["user"],
            personal=door == "message",
            thread=thread_ts or event["ts"],  # what is asked of this message later is asked in its thread
            answered_in=thread_ts or "",
        )
        message = message_for(ask, services, _beside_words(event, door))
        answer_ts = post_answer(client, event["channel"], thread_ts, message)
        if thread_ts is None and answer_ts:
            remember_under(answer_ts, ask, services)

    def mention(body: dict[str, Any], client: WebClient) -> None:
        event = body["event"]
        reply(body, client, "mention", event.get("thread_ts") or event["ts"])

    def direct_message(body: dict[str, Any], client: WebClient) -> None:
        event = body["event"]
        if event.get("channel_type") == "im":
            reply(body, client, "message", event.get("thread_ts"))

    app.event("app_mention")(mention)
    app.event("message")(direct_message)


def _beside_words(event: dict[str, Any], door: Door) -> Intent | None:
    """What is wanted when it is not for the words to say."""
    if files := files_of(event):
        return AddFiles(files)
    text = event.get("text") or ""
    return ReadPaste(text, reference_of(event)) if door == "message" and looks_pasted(text) else None
