"""From words to a message, whatever the door: understand, answer, render, check every quotation.

What goes wrong on the way is said in plain words.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.answers import (
    adding,
    admin,
    approving,
    changing,
    checking,
    exporting,
    following,
    forces,
    general,
    grading,
    proposing,
    searching,
    seeing,
)
from bot.answers.threads import last_words, remember
from bot.answers.unclear import which_body
from bot.intents import LONGEST, normalise, parse_intent, wanted
from bot.rendering.gate import check_quotations
from bot.rendering.message import Message, Reply
from bot.understanding import Understood, understand
from summaries.errors import AmbiguousBody, NotUnderstood, StoreUnavailable, UnknownBody

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.services import Services

log = structlog.get_logger()


def answer(intent: wanted.Intent, ask: Ask, services: Services) -> Reply:  # noqa: C901  one arm an intent, nothing else
    """The reply to an intent. Raises NotUnderstood with words for the asker."""
    match intent:
        case wanted.Help():
            return general.help_(intent, ask, services)
        case wanted.AskForce():
            return forces.force(intent, services)
        case wanted.Latest():
            return forces.latest(intent, services)
        case wanted.Search():
            return searching.search(intent, ask, services)
        case wanted.Grades():
            return grading.grades(intent, ask, services)
        case wanted.Compare():
            return grading.compare(intent, ask, services)
        case wanted.History():
            return grading.history(intent, ask, services)
        case wanted.Changed():
            return checking.changed(intent, ask, services)
        case wanted.Explain():
            return checking.explain(intent, ask, services)
        case wanted.Quote():
            return checking.quote(intent, ask, services)
        case wanted.Verify():
            return checking.verify(intent, ask, services)
        case wanted.Export():
            return exporting.export(intent, ask, services)
        case wanted.Status():
            return general.status(ask, services)
        case wanted.Subscribe():
            return proposing.subscribe(intent, ask, services)
        case wanted.ListSubscriptions():
            return following.subscriptions(ask, services)
        case wanted.Unsubscribe():
            return following.unsubscribe(intent, ask, services)
        case wanted.Change():
            return changing.change(intent, ask, services)
        case wanted.Pause():
            return changing.pause(intent, ask, services)
        case wanted.Resume():
            return changing.resume(intent, ask, services)
        case wanted.Backfill():
            return changing.backfill(intent, ask, services)
        case wanted.Approve():
            return approving.approve(intent, ask, services)
        case wanted.Reject():
            return approving.reject(intent, ask, services)
        case wanted.Preview():
            return proposing.preview(intent, ask, services)
        case wanted.NextRuns():
            return following.next_runs(ask, services)
        case wanted.Why():
            return seeing.why(intent, ask, services)
        case wanted.Deliveries():
            return seeing.deliveries(ask, services)
        case wanted.Admin():
            return admin.admin(intent, ask, services)
        case wanted.ShowRelease():
            return adding.show_release(intent, services)
        case wanted.Add():
            return adding.add(intent, services)
        case wanted.AddFiles():
            return adding.add_files(intent, services)
        case wanted.ReadPaste():
            return adding.read_paste(intent, services) or answer(parse_intent(ask.text), ask, services)
        case wanted.KeepPaste():
            return adding.keep_paste(intent, services)
        case wanted.DidYouMean():
            return Reply("did_you_mean.j2", {"nearly": intent.words}, failed=True)
        case wanted.Unsure():
            return searching.nothing_sure(intent.words, ask, services, bodies=intent.bodies)
        case wanted.TooLong():
            return Reply("too_long.j2", {"most": LONGEST}, failed=True)


def message_for(
    ask: Ask, services: Services, intent: wanted.Intent | None = None, *, shared_by: str | None = None
) -> Message:
    """The message that answers `ask`; never raises. What is our fault carries a reference that is in the log too.

    `intent` is what is wanted when the words alone do not say: a file came with them. `shared_by` names the person who
    showed a private answer to the channel.
    """
    understood = Understood(normalise(ask.text))
    try:
        if intent is None:
            understood = understand(ask.text, last_words(ask, services))
        reply = answer(intent or understood.intent, ask, services)
        message = _rendered(reply, ask, services, understood, shared_by)
    except (AmbiguousBody, UnknownBody) as unclear:
        message = _rendered(which_body(unclear, understood.words), ask, services, understood)
    except NotUnderstood as error:
        message = _rendered(Reply("error.j2", {"words": str(error)}, failed=True), ask, services, understood)
    except Exception as error:
        reference = secrets.token_hex(4).upper()
        log.exception("an answer failed", reference=reference, door=ask.door)
        context = {"reference": reference, "no_database": isinstance(error, StoreUnavailable)}
        return _rendered(Reply("unexpected.j2", context, failed=True), ask, services, understood)
    if intent is None:
        remember(understood, ask, services)
    return message


def acknowledgement(ask: Ask, services: Services) -> Message:
    """What is said at once where the answer will take long."""
    understood = understand(ask.text)
    intent = understood.intent
    urls = intent.urls if isinstance(intent, wanted.Add) else ()
    making = isinstance(intent, wanted.Export)
    reply = Reply("exporting.j2") if making else Reply("reading.j2", {"names": adding.names_of(urls)})
    return _rendered(reply, ask, services, understood)


def _rendered(
    reply: Reply, ask: Ask, services: Services, understood: Understood, shared_by: str | None = None
) -> Message:
    context = {
        **reply.context,
        "ask": ask,
        "typed_words": normalise(ask.text)[:LONGEST],
        "asked_words": understood.words[:LONGEST],
        "cut_short": len(understood.words) > LONGEST,
        "carried": understood.carried,
        "seen_by_everyone": (reply.public or ask.door == "mention") and not ask.personal,
        "shared_by": shared_by,
    }
    message = services.renderer.render(replace(reply, context=context))
    if message.quotations:
        with services.store.read() as unit:
            check_quotations(
                message, lambda *key: reply.unstored[key] if key in reply.unstored else unit.releases.text_of(*key)
            )
    return message
