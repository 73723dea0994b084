"""From words to a message, whatever the door: understand, answer, render, check every quotation.

What goes wrong on the way is said in plain words.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.answers import following, forces, general
from bot.intents import (
    LONGEST,
    AskForce,
    Help,
    Intent,
    Latest,
    ListSubscriptions,
    NextRuns,
    Preview,
    Status,
    Subscribe,
    TooLong,
    Unsubscribe,
    normalise,
    parse_intent,
)
from bot.rendering.gate import check_quotations
from bot.rendering.message import Message, Reply
from summaries.errors import NotUnderstood, StoreUnavailable

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.services import Services

log = structlog.get_logger()


def answer(intent: Intent, ask: Ask, services: Services) -> Reply:  # noqa: C901  one arm an intent, nothing else
    """The reply to an intent. Raises NotUnderstood with words for the asker."""
    match intent:
        case Help():
            return general.help_(intent, ask, services)
        case AskForce():
            return forces.force(intent, services)
        case Latest():
            return forces.latest(intent, services)
        case Status():
            return general.status(services)
        case Subscribe():
            return following.subscribe(intent, ask, services)
        case ListSubscriptions():
            return following.subscriptions(ask, services)
        case Unsubscribe():
            return following.unsubscribe(intent, ask, services)
        case Preview():
            return following.preview(ask, services)
        case NextRuns():
            return following.next_runs(ask, services)
        case TooLong():
            return Reply("too_long.j2", {"most": LONGEST}, failed=True)


def message_for(ask: Ask, services: Services, *, shared_by: str | None = None) -> Message:
    """The message that answers `ask`; never raises. What is our fault carries a reference that is in the log too.

    `shared_by` names the person who showed a private answer to the channel.
    """
    try:
        reply = answer(parse_intent(ask.text), ask, services)
        return _rendered(reply, ask, services, shared_by)
    except NotUnderstood as error:
        return _rendered(Reply("error.j2", {"words": str(error)}, failed=True), ask, services, None)
    except Exception as error:
        reference = secrets.token_hex(4).upper()
        log.exception("an answer failed", reference=reference, door=ask.door)
        context = {"reference": reference, "no_database": isinstance(error, StoreUnavailable)}
        return _rendered(Reply("unexpected.j2", context, failed=True), ask, services, None)


def _rendered(reply: Reply, ask: Ask, services: Services, shared_by: str | None) -> Message:
    context = {
        **reply.context,
        "ask": ask,
        "asked_words": normalise(ask.text)[:LONGEST],
        "seen_by_everyone": (reply.public or ask.door == "mention") and not ask.personal,
        "shared_by": shared_by,
    }
    message = services.renderer.render(replace(reply, context=context))
    if message.quotations:
        with services.store.read() as unit:
            check_quotations(message, unit.releases.text_of)
    return message
