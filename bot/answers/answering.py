"""From words to a message, whatever the door: understand, answer, render, check every quotation.

What goes wrong on the way is said in plain words.
"""

from __future__ import annotations

import secrets
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
from summaries.errors import SummariesError

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.services import Services

log = structlog.get_logger()


def answer(intent: Intent, ask: Ask, services: Services) -> Reply:  # noqa: C901  one arm an intent, nothing else
    """The reply to an intent. Raises SummariesError with words for the asker."""
    match intent:
        case Help():
            return general.help_(intent, ask, services)
        case AskForce():
            return forces.force(intent, services)
        case Latest():
            return forces.latest(services)
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
            return Reply("too_long.j2", {"length": intent.length})


def message_for(ask: Ask, services: Services, *, shared_by: str | None = None) -> Message:
    """The message that answers `ask`; never raises. What was not foreseen carries a reference that is in the log too.

    `shared_by` names the person who showed a private answer to the channel.
    """
    try:
        reply = answer(parse_intent(ask.text), ask, services)
        return _rendered(reply, ask, services, shared_by)
    except SummariesError as error:
        log.info("answered with an error", error=type(error).__name__, door=ask.door)
        return _rendered(Reply("error.j2", {"words": str(error)}), ask, services, None)
    except Exception:
        reference = secrets.token_hex(4).upper()
        log.exception("an answer failed", reference=reference, door=ask.door)
        return _rendered(Reply("unexpected.j2", {"reference": reference}), ask, services, None)


def _rendered(reply: Reply, ask: Ask, services: Services, shared_by: str | None) -> Message:
    everyone = (reply.public or ask.door == "mention") and not ask.personal
    context = {
        **reply.context,
        "ask": ask,
        "asked_words": normalise(ask.text)[:LONGEST],
        "seen_by_everyone": everyone,
        "shared_by": shared_by,
    }
    message = services.renderer.render(Reply(reply.template, context, reply.public))
    if message.quotations:
        with services.store.read() as unit:

            def text_of(number: int, revision: int) -> str | None:
                stored = unit.releases.by_number(number, revision)
                return stored.release.text if stored else None

            check_quotations(message, text_of)
    return message
