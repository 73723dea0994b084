"""Answers about the bot itself: help and status."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.answers.following import followed_here
from bot.intents import VERBS
from bot.rendering.message import Reply
from bot.rendering.views import view
from summaries import lookup, watching
from summaries.attesting import attested
from summaries.delivered import by_state

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Help
    from bot.services import Services

LOOKED_BACK = timedelta(hours=24)


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


def status(ask: Ask, services: Services) -> Reply:
    """What the store holds, what could not be read, what became of the digests of this workspace (in the terminal: of
    all), how the sources do and did in the last day."""
    held, team_id = lookup.store_status(services.store), ask.team_id or None
    until = services.clock.now()
    since = until - LOOKED_BACK
    with services.store.read() as unit:
        owed, oldest_owed = by_state(unit, team_id), unit.deliveries.oldest_owed(team_id)
        looked = {one.key: attested(unit, [one.key], since=since, until=until) for one in services.sources}
        outages = [one for one in unit.outages.since(since) if one.started_at < until]
    sources = watching.statuses(services.store, services.clock, services.sources)
    context = {
        "held": held,
        "owed": owed,
        "oldest_owed": oldest_owed,
        "sources": sources,
        "looked": looked,
        "outages": outages,
    }
    return Reply("status.j2", context)
