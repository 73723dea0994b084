"""Answers about subscriptions: start, list, end, and what comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.rendering.digest import render_digest
from bot.rendering.message import Reply
from summaries import digests, lookup
from summaries import subscriptions as following
from summaries.cadence import cadence_words, describe
from summaries.errors import BadSubscription, NoSuchSubscription
from summaries.query import read_filter

if TYPE_CHECKING:
    from datetime import datetime

    from bot.answers.ask import Ask
    from bot.intents import Subscribe, Unsubscribe
    from bot.services import Services
    from summaries.delivery import Subscription

MOST_PREVIEWS = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """A subscription with its words and when it is next due (None for `now`)."""

    subscription: Subscription
    filter_words: str
    cadence_words: str
    described: str
    next_run: datetime | None
    live: bool


def subscribe(intent: Subscribe, ask: Ask, services: Services) -> Reply:
    """Start following here, or in the asker's direct messages. Public: a channel should know what it will be told."""
    _require_conversation(ask)
    wish = following.parse_subscribe(intent.words)
    personal = ask.personal or wish.target == "person"
    made = _subscribe(wish, ask, services, personal=personal)
    context = {
        "followed": _followed(made.subscription, services),
        "is_new": made.is_new,
        "resumed": made.resumed,
        "held": lookup.how_many(services.store),
        "personal": personal,
    }
    return Reply("subscribed.j2", context, public=(made.is_new or made.resumed) and not personal)


def _subscribe(wish: following.Wish, ask: Ask, services: Services, *, personal: bool) -> following.Subscribed:
    return following.subscribe(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=ask.user_id if personal else ask.channel_id,
        target="person" if personal else "channel",
        filter_text=wish.filter_text,
        cadence_text=wish.cadence_text,
        zone=services.zone,
        by=ask.user_id,
        groups=services.groups,
    )


def subscriptions(ask: Ask, services: Services) -> Reply:
    """What this channel, or this person, follows."""
    _require_conversation(ask)
    return Reply("subscriptions.j2", {"followed": followed_here(ask, services)})


def unsubscribe(intent: Unsubscribe, ask: Ask, services: Services) -> Reply:
    """End a subscription by number, or the only one there is."""
    _require_conversation(ask)
    here = followed_here(ask, services)
    number = re.fullmatch(r"#?(\d{1,9})", intent.words)
    if not number and not (intent.words in {"", "all"} and len(here) == 1):
        return Reply("which_subscription.j2", {"followed": here})
    wanted = int(number[1]) if number else here[0].subscription.id
    found = next((one.subscription for one in here if one.subscription.id == wanted), None)
    if found is None:
        raise NoSuchSubscription(subscription_id=wanted)
    ended = following.end_subscription(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=found.channel_id,
        subscription_id=found.id,
        by=ask.user_id,
        reason=f"ended by {ask.user_id}",
    )
    return Reply("unsubscribed.j2", {"followed": _followed(ended, services)}, public=ended.target == "channel")


def preview(ask: Ask, services: Services) -> Reply:
    """What each digest of this channel would hold if it were made now; an example when nothing waits."""
    _require_conversation(ask)
    render = partial(render_digest, services.renderer)
    here = followed_here(ask, services)
    previews = [
        (followed, digests.preview(services.store, services.clock, followed.subscription, render))
        for followed in here[:MOST_PREVIEWS]
    ]
    return Reply("preview.j2", {"previews": previews, "more": len(here) - len(previews)})


def next_runs(ask: Ask, services: Services) -> Reply:
    """When this channel's digests are due, soonest first; those that follow at once come last."""
    _require_conversation(ask)
    here = followed_here(ask, services)
    timed = sorted((one for one in here if one.next_run), key=lambda one: one.next_run or services.clock.now())
    return Reply("next.j2", {"followed": [*timed, *(one for one in here if not one.next_run)]})


def followed_here(ask: Ask, services: Services) -> list[Followed]:
    """What the conversation of an ask follows, and what the asker follows in person; nothing in the terminal.

    An answer that everybody will see leaves out what is the asker's own.
    """
    if ask.personal or ask.door == "home":
        places = [ask.user_id]
    else:
        places = [ask.channel_id] if ask.door == "mention" else [ask.channel_id, ask.user_id]
    return [
        _followed(subscription, services)
        for place in filter(None, places)
        for subscription in following.list_subscriptions(services.store, team_id=ask.team_id, channel_id=place)
    ]


def _followed(subscription: Subscription, services: Services) -> Followed:
    return Followed(
        subscription,
        read_filter(subscription.filter).words,
        cadence_words(subscription.cadence),
        describe(subscription.cadence, subscription.zone),
        digests.next_run(subscription, services.clock.now()),
        following.is_live(subscription),
    )


def _require_conversation(ask: Ask) -> None:
    if not ask.channel_id:
        raise BadSubscription("Subscriptions belong to a channel or a person: say this in Slack.")
