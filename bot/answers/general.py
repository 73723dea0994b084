"""Answers about the bot itself: help and status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.following import followed_here
from bot.intents import VERBS
from bot.rendering.message import Reply
from bot.rendering.views import view
from summaries import lookup, watching

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents import Help
    from bot.services import Services


def help_(intent: Help, ask: Ask, services: Services) -> Reply:
    """What can be asked, most used first; of one verb when named; what this channel follows; the newest releases."""
    verb = intent.verb if intent.verb in VERBS else None
    return Reply(
        "help.j2",
        {
            "verb": verb,
            "unknown": intent.verb if verb is None else None,
            "followed": followed_here(ask, services),
            "views": [view(stored) for stored in lookup.latest(services.store, 3)],
        },
    )


def status(services: Services) -> Reply:
    """What the store holds, what could not be read, how the sources do."""
    held = lookup.store_status(services.store)
    with services.store.read() as unit:
        owed = unit.deliveries.counts()
    sources = watching.statuses(services.store, services.clock, services.sources)
    return Reply("status.j2", {"held": held, "owed": owed, "sources": sources})
