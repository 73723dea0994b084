"""The modals of a subscription: the form, the look at what it would make, and what became of it.

The form says the words of a command, so that it cannot make anything that a command does not. Which channel it is for
is taken from the command or the click that opened it, and carried under a seal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.answers import filling_in
from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.intents import normalise, parse_intent
from bot.rendering import modal
from bot.slack.posting import post_answer

if TYPE_CHECKING:
    from slack_bolt import Ack, App
    from slack_sdk import WebClient

    from bot.rendering.message import Message
    from bot.services import Services
    from bot.slack.responses import Responder
    from bot.slack.sealing import Seal

log = structlog.get_logger()

ACTION = re.compile(r"^form:\d+$")
_TOO_LITTLE = re.compile(r"subscribe|change(?: (?:number )?#?\d{1,9})?", re.IGNORECASE)
NOT_THEIRS = "This form was opened by somebody else, or by an older version of me. Please open it again."


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens the form, and takes it and the look at a proposal."""

    services: Services
    responder: Responder
    seal: Seal

    def register(self, app: App) -> None:
        """Listen to the buttons that open the form, and to what is submitted."""

        def click(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
            ack()
            ask = _ask(action.get("value", ""), body, (body.get("channel") or {}).get("id", ""))
            if not self.opened(ask, body, client) and body.get("response_url"):
                self.responder.send(body["response_url"], message_for(ask, self.services))

        def submitted(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            ack(**self._taken(body, client))

        def agreed(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            ack(**self._started(body, client))

        app.action(ACTION)(click)
        app.view(modal.FORM)(submitted)
        app.view(modal.LOOK)(agreed)

    def opened(self, ask: Ask, body: dict[str, Any], client: WebClient) -> bool:
        """Open the form that the words of an ask stand for. False when they stand for none, or Slack does not open it:
        then the words are to be answered."""
        trigger = body.get("trigger_id")
        form = filling_in.form_for(ask, self.services) if trigger else None
        if form is None:
            return False
        kept = {"channel": ask.channel_id, **({"number": form.number} if form.number else {})}
        sealed = self.seal.close(kept, team_id=ask.team_id, user_id=ask.user_id)
        view = modal.form(form.filled, number=form.number, personal=ask.personal, sealed=sealed)
        try:
            client.views_open(trigger_id=trigger, view=view)
        except (SlackApiError, OSError, HTTPException) as error:
            log.warning("a form was not opened", error=str(error))
            return False
        return True

    def _taken(self, body: dict[str, Any], client: WebClient) -> dict[str, Any]:
        """The answer to the form: what is wrong by field, the proposal, or what was changed."""
        kept = self._kept(body)
        if kept is None:
            return _errors({"what": NOT_THEIRS})
        filled = modal.entered(body["view"]["state"].get("values") or {})
        if problems := filling_in.problems(filled, self.services.groups):
            return _errors(problems)
        number = kept.get("number", "")
        ask = _ask(filling_in.words_of(filled, number, zone=self.services.zone), body, kept["channel"])
        message = message_for(ask, self.services, parse_intent(ask.text))
        if message.failed:
            return _errors({"what": filling_in.unmarked(message.text)})
        if number:
            _announce(message, ask, client)
            return _update(modal.told(message.blocks))
        sealed = self.seal.close({**kept, "words": ask.text}, team_id=ask.team_id, user_id=ask.user_id)
        return _update(modal.look(message.blocks, sealed=sealed))

    def _started(self, body: dict[str, Any], client: WebClient) -> dict[str, Any]:
        """The answer to "Start following": what is followed now."""
        kept = self._kept(body)
        if kept is None or "words" not in kept:
            return {}
        ask = _ask(f"{kept['words']} confirm", body, kept["channel"])
        message = message_for(ask, self.services, parse_intent(ask.text))
        if not message.failed:
            _announce(message, ask, client)
        return _update(modal.told(message.blocks))

    def _kept(self, body: dict[str, Any]) -> dict[str, str] | None:
        sealed = body["view"].get("private_metadata") or ""
        return self.seal.open(sealed, team_id=body["team"]["id"], user_id=body["user"]["id"])


def says_too_little(text: str) -> bool:
    """Whether a command is answered by the form: `subscribe`, `change 3`."""
    return bool(_TOO_LITTLE.fullmatch(normalise(text)))


def _announce(message: Message, ask: Ask, client: WebClient) -> None:
    """Tell those whom it concerns: the channel, or the person in direct messages. It is done already, and the modal
    says so; that a channel cannot be posted to undoes nothing."""
    try:
        post_answer(client, ask.channel_id if message.public else ask.user_id, None, message)
    except (SlackApiError, OSError, HTTPException) as error:
        log.warning("a subscription was not announced", error=str(error))


def _ask(text: str, body: dict[str, Any], channel_id: str) -> Ask:
    return Ask(text, "button", body["team"]["id"], channel_id, body["user"]["id"], personal=channel_id.startswith("D"))


def _errors(by_field: dict[str, str]) -> dict[str, Any]:
    return {"response_action": "errors", "errors": by_field}


def _update(view: modal.View) -> dict[str, Any]:
    return {"response_action": "update", "view": view}
