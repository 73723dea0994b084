"""Answers about deliveries: why a release was posted or not, and what was posted when."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import CannotTellAdmins
from bot.rendering.message import Reply
from summaries import delivered, reasons
from summaries.cadence import cadence_words, describe
from summaries.delivery_names import read_name
from summaries.errors import BadSubscription, NoSuchDelivery, NoSuchReceipt, NoSuchSubscription
from summaries.query import read_filter
from summaries.receipts import parse_receipt
from summaries.subscriptions import list_subscriptions

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Why
    from bot.services import Services
    from summaries.delivered import Digest
    from summaries.delivery import Subscription

MOST_WHOLE = 2
"""Subscriptions of which every stage is told; of more, only the one that settled it."""
MOST_TOLD = 10
MOST_DIGESTS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A subscription with its words."""

    subscription: Subscription
    filter_words: str
    cadence_words: str
    described: str


def why(intent: Why, ask: Ask, services: Services) -> Reply:
    """Why a release was posted here or not, stage by stage; or what became of a digest."""
    require_conversation(ask)
    words = intent.words
    if name := read_name(words.partition(" ")[0]):
        return _why_digest(name.window_id, ask, services)
    read = parse_receipt(words) or parse_receipt(f"R-{words}")
    if read is None:
        raise NoSuchReceipt("Say which release: `/hmic why R-5`. Or which digest: `/hmic why D-12`.")
    receipt, rest = read
    wanted = re.fullmatch(r"(?:number |no\.? ?|#)?(\d{1,9})", rest.strip().lower())
    if rest.strip() and not wanted:
        raise NoSuchSubscription("Name a subscription by its number: `/hmic why R-5 3`. `/hmic subscriptions` has it.")
    subscriptions = [_subscription(int(wanted[1]), ask, services)] if wanted else subscriptions_here(ask, services)
    found = [
        (told(one), reasons.why(services.store, services.clock, subscription=one, number=receipt.number))
        for one in subscriptions[:MOST_TOLD]
    ]
    context = {
        "number": receipt.number,
        "stored": found[0][1].stored if found else None,
        "whys": found,
        "whole": MOST_WHOLE,
        "more": len(subscriptions) - len(found),
    }
    return Reply("why.j2", context)


def deliveries(ask: Ask, services: Services) -> Reply:
    """The last digests of this channel or, asked for in private, of this person: when they were due and posted, and
    what became of each."""
    require_conversation(ask)
    here = ask.user_id if ask.personal or ask.door == "home" else ask.channel_id
    found = delivered.recent(services.store, team_id=ask.team_id, places=[here], limit=MOST_DIGESTS)
    return Reply("deliveries.j2", {"digests": [(told(one.subscription), one) for one in found]})


def told(subscription: Subscription) -> Told:
    """A subscription with its words."""
    return Told(
        subscription,
        read_filter(subscription.filter).words,
        cadence_words(subscription.cadence),
        describe(subscription.cadence, subscription.zone, subscription.quiet),
    )


def places(ask: Ask) -> list[str]:
    """Where what is asked about is followed: here and, where nobody else reads the answer, by the asker in person."""
    if ask.personal or ask.door == "home":
        return [ask.user_id]
    return [ask.channel_id] if ask.door == "mention" else [ask.channel_id, ask.user_id]


def subscriptions_here(ask: Ask, services: Services) -> list[Subscription]:
    """What is followed in these places."""
    return [
        one
        for place in filter(None, places(ask))
        for one in list_subscriptions(services.store, team_id=ask.team_id, channel_id=place)
    ]


def require_conversation(ask: Ask) -> None:
    """Raise where there is no channel and no person, as in the terminal."""
    if not ask.channel_id and not ask.user_id:
        raise BadSubscription("Digests belong to a channel or a person: say this in Slack, or run `hmic deliveries`.")


def may_see(subscription: Subscription, ask: Ask, services: Services) -> bool:
    """Whether it is followed where this is asked, or whoever asks in private may see all of the workspace."""
    if subscription.team_id != ask.team_id:
        return False
    if subscription.channel_id in places(ask):
        return True
    if ask.door in {"mention", "terminal"} or services.people is None:
        return False
    with suppress(CannotTellAdmins):
        return services.people.is_admin(ask.team_id, ask.user_id)
    return False


def _subscription(number: int, ask: Ask, services: Services) -> Subscription:
    """A subscription by its number, ended or not."""
    with services.store.read() as work:
        found = work.subscriptions.get(number)
    if found is None or not may_see(found, ask, services):
        raise NoSuchSubscription(subscription_id=number)
    return found


def _why_digest(window_id: int, ask: Ask, services: Services) -> Reply:
    found: Digest = delivered.digest(services.store, team_id=ask.team_id, window_id=window_id)
    if not may_see(found.subscription, ask, services):
        raise NoSuchDelivery(f"There is no digest {found.name} here. `/hmic deliveries` lists them.")
    return Reply("why_digest.j2", {"digest": found, "told": told(found.subscription)})
