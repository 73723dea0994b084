"""Answers about what is followed: list it, end it, and when it is due. Which subscription a person means, and what is
told of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering.message import Reply
from summaries import digests
from summaries import subscriptions as standing
from summaries.cadence import cadence_words, describe, describe_quiet
from summaries.delivery import CadenceKind, DeliveryState, SubscriptionState
from summaries.delivery_names import digest_name
from summaries.errors import BadSubscription, NoSuchSubscription
from summaries.query import read_filter
from summaries.quiet import quiet_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.answers.ask import Ask
    from bot.intents.wanted import Unsubscribe
    from bot.services import Services
    from summaries.delivery import Subscription

_NUMBER = re.compile(r"(?:number |no\.? ?)?#?(\d{1,9})(?:\s+|$)(?!(?:d|w|m|days?|weeks?|months?)\b)", re.IGNORECASE)
_MOST_HELD = 200  # deliveries that wait for approval, of a workspace


@dataclass(frozen=True, slots=True)
class Followed:
    """A subscription with what is told of it. `next_run` is when it is next due (None for `now`), `quiet_until` the end
    of a quiet time that is on. `options` are those that are not as usual, as typed; `held` the digests that wait for
    approval."""

    subscription: Subscription
    filter_words: str
    cadence_words: str
    described: str
    quiet_words: str
    options: tuple[str, ...]
    next_run: datetime | None
    quiet_until: datetime | None
    live: bool
    held: tuple[str, ...] = ()

    @property
    def personal(self) -> bool:
        return self.subscription.target == "person"

    @property
    def leaves_out_corporate(self) -> bool:
        """Whether it names nothing that it wants, and yet leaves out notices of the inspectorate about itself."""
        wanted = read_filter(self.subscription.filter)
        names_none = all(literal.negated for clause in wanted.clauses for literal in clause)
        return names_none and standing.wanted_filter(self.subscription) != wanted

    @property
    def is_timed(self) -> bool:
        return self.subscription.cadence.kind is not CadenceKind.NOW


@dataclass(frozen=True, slots=True)
class Meant:
    """What the words after a verb mean: one of the subscriptions here, or None when it must be asked which; and the
    `rest` of the words."""

    followed: Followed | None
    among: Sequence[Followed]
    rest: str


def subscriptions(ask: Ask, services: Services) -> Reply:
    """What this channel, or this person, follows."""
    require_conversation(ask)
    return Reply("subscriptions.j2", {"followed": followed_here(ask, services)})


def unsubscribe(intent: Unsubscribe, ask: Ask, services: Services) -> Reply:
    """End a subscription by number, or the only one there is."""
    meant = meant_here("" if intent.words == "all" else intent.words, ask, services)
    if meant.followed is None or meant.rest:
        return which("unsubscribe", meant)
    found = meant.followed.subscription
    with services.store.read() as work:
        waiting = standing.waiting_for(work, found)
    ended = standing.end_subscription(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=found.channel_id,
        subscription_id=found.id,
        by=ask.user_id,
        reason=f"ended by {ask.user_id}",
    )
    context = {
        "followed": followed(ended, services),
        "again": standing.wish_words(standing.wish_of(ended)),
        "waiting": waiting.count + waiting.before,
        "held": meant.followed.held,
    }
    return Reply("unsubscribed.j2", context, public=ended.target == "channel")


def next_runs(ask: Ask, services: Services) -> Reply:
    """When this channel's digests are due, soonest first; those that follow at once, and those that wait, come last."""
    require_conversation(ask)
    here = followed_here(ask, services)
    timed = sorted((one for one in here if one.next_run), key=lambda one: one.next_run or services.clock.now())
    return Reply("next.j2", {"followed": [*timed, *(one for one in here if not one.next_run)]})


def which(verb: str, meant: Meant, more: str = "") -> Reply:
    """Ask which subscription is meant; `more` are words that belong after its number."""
    return Reply("which_subscription.j2", {"followed": meant.among, "verb": verb, "more": more})


def meant_here(
    words: str, ask: Ask, services: Services, *, states: Iterable[SubscriptionState] = tuple(SubscriptionState)
) -> Meant:
    """The subscription of this conversation that words begin by naming; without a number the only one there is in one
    of these states. Raises NoSuchSubscription for a number that is none here."""
    require_conversation(ask)
    here = followed_here(ask, services)
    number = _NUMBER.match(words)
    if number:
        wanted = int(number[1])
        found = next((one for one in here if one.subscription.id == wanted), None)
        if found is None:
            raise NoSuchSubscription(subscription_id=wanted)
        return Meant(found, here, words[number.end() :].strip())
    among = [one for one in here if one.subscription.state in set(states)] or here
    return Meant(among[0] if len(among) == 1 else None, among, words.strip())


def followed_here(ask: Ask, services: Services) -> list[Followed]:
    """What the conversation of an ask follows, and what the asker follows in person; nothing in the terminal.

    An answer that everybody will see leaves out what is the asker's own.
    """
    if ask.personal or ask.door == "home":
        places = [ask.user_id]
    else:
        places = [ask.channel_id] if ask.door == "mention" else [ask.channel_id, ask.user_id]
    here = [
        subscription
        for place in filter(None, places)
        for subscription in standing.list_subscriptions(services.store, team_id=ask.team_id, channel_id=place)
    ]
    held = _held(services, ask.team_id) if any(one.hold for one in here) else {}
    return [followed(one, services, held.get(one.id, ())) for one in here]


def followed(subscription: Subscription, services: Services, held: Sequence[str] = ()) -> Followed:
    """A subscription, or the draft of one, with what is told of it."""
    now, zone, quiet = services.clock.now(), subscription.zone, subscription.quiet
    end_of_quiet = quiet_until(quiet, zone, now)
    return Followed(
        subscription,
        read_filter(subscription.filter).words,
        cadence_words(subscription.cadence),
        describe(subscription.cadence, zone),
        describe_quiet(quiet),
        tuple(word for word in standing.wish_of(subscription).options.words if not word.startswith("zone:")),
        digests.next_run(subscription, now),
        end_of_quiet if end_of_quiet > now else None,
        standing.is_live(subscription),
        tuple(held),
    )


def require_conversation(ask: Ask) -> None:
    """Raise BadSubscription where there is no channel and no person to tell anything."""
    if not ask.channel_id:
        raise BadSubscription("Subscriptions belong to a channel or a person: say this in Slack.")


def _held(services: Services, team_id: str) -> Mapping[int, list[str]]:
    """Subscription id → the names of its digests that wait for approval, oldest first."""
    names: dict[int, list[str]] = {}
    with services.store.read() as work:
        waiting = work.deliveries.of_team(team_id, states=[DeliveryState.HELD], limit=_MOST_HELD)
        for window_id in sorted({delivery.window_id for delivery in waiting}):
            if window := work.windows.get(window_id):
                names.setdefault(window.subscription_id, []).append(digest_name(window_id))
    return names
