"""Follow releases in a channel: start, list, end with a reason, and park while the channel cannot be posted to.

A change begins by locking the subscription, so that one made while a window opens is neither lost nor undone by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from summaries.cadence import nearly_cadence, parse_cadence, starts_cadence
from summaries.delivery import OutcomeKind, Subscription, SubscriptionState
from summaries.errors import BadSubscription, NoSuchSubscription, StoreUnavailable
from summaries.query import parse_filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from summaries.peers import Groups
    from summaries.ports import Clock, Store, UnitOfWork

DEFAULT_CADENCE = "daily 08:30"
_QUOTE = re.compile(r"[\"“”]")
TARGETS = {"here": "channel", "me": "person"}
ITSELF = "hmic"
"""Who changed a subscription when no person did."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What follows `subscribe`, taken apart but not yet checked. `target` is "channel" or "person"."""

    filter_text: str
    cadence_text: str
    target: str


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The subscription that now stands. `is_new` is False when the channel had it already; `resumed` says that it had
    been parked and was made active again."""

    subscription: Subscription
    is_new: bool
    resumed: bool = False


def parse_subscribe(text: str) -> Wish:
    """Take `Hampshire daily 08:30 here` apart into WHAT, WHEN (else daily) and `here` or `me` (else here).

    Raises BadSubscription (fact `nearest`) when it does not say what to follow.
    """
    words = text.split()
    target = TARGETS.get(words[-1].lower()) if words else None
    if target:
        words.pop()
    unquoted = [place for place in range(len(words)) if not _within_quotes(words, place)]
    start = next((place for place in unquoted if starts_cadence(words[place])), None)
    if start is None:
        # A misspelt cadence is not part of a name: "Kent dayly" is told what is wrong with "dayly".
        start = next((place for place in unquoted if place and nearly_cadence(words[place])), len(words))
    cadence = " ".join(words[start:]) or DEFAULT_CADENCE
    what = words[:start]
    if what and not target and what[-1].lower() in TARGETS:
        target = TARGETS[what.pop().lower()]
    if not what:
        nearest = f"subscribe all {cadence}"
        raise BadSubscription(f"Say what to follow: `{nearest}`, or a force instead of `all`.", nearest=nearest)
    return Wish(" ".join(what), cadence, target or "channel")


def _within_quotes(words: Sequence[str], place: int) -> bool:
    """Whether a quotation that began before this word has not ended: "weekly" in it says nothing of when."""
    return len(_QUOTE.findall(" ".join(words[:place]))) % 2 == 1


def subscribe(
    store: Store,
    clock: Clock,
    *,
    team_id: str,
    channel_id: str,
    target: str,
    filter_text: str,
    cadence_text: str,
    zone: str,
    by: str,
    groups: Groups | None = None,
) -> Subscribed:
    """Start following, from what comes in after now: a new subscription does not flood the channel with the past.

    A wish the channel has already is reported; when it was parked it resumes, for somebody wants it tried again. The
    filter may name `groups`; who is in one is settled now.
    Raises BadFilter, AmbiguousBody, UnknownBody or BadSubscription for what was not understood.
    """
    wanted, cadence, now = parse_filter(filter_text, groups=groups), parse_cadence(cadence_text), clock.now()
    _check_zone(zone)
    with store.write() as work:
        seq = work.releases.last_seq()
        wish = Subscription(
            id=0,
            team_id=team_id,
            channel_id=channel_id,
            target=target,
            filter=wanted.text,
            cadence=cadence,
            zone=zone,
            empty_policy="skip",
            layout="thread",
            detail="extract",
            hold=False,
            state=SubscriptionState.ACTIVE,
            reason=None,
            paused_until=None,
            baseline=seq,
            position=seq,
            created_by=by,
            created_at=now,
            changed_by=by,
            changed_at=now,
        )
        added = work.subscriptions.add(wish)
        if added:
            return Subscribed(added, is_new=True)
        for held in work.subscriptions.of_channel(team_id, channel_id):
            if (held.filter, held.cadence) == (wish.filter, wish.cadence):
                resumed = _resume(work, held.id, by=by, now=now)
                return Subscribed(resumed or held, is_new=False, resumed=resumed is not None)
    raise StoreUnavailable("The subscription was changed by somebody else at this moment. Try again.")


def is_live(subscription: Subscription) -> bool:
    """Whether it opens windows and posts. When it is parked or ended, `reason` says why not."""
    return subscription.state is SubscriptionState.ACTIVE


def list_subscriptions(store: Store, *, team_id: str, channel_id: str) -> Sequence[Subscription]:
    """The subscriptions of a channel that have not ended, oldest first."""
    with store.read() as work:
        return work.subscriptions.of_channel(team_id, channel_id)


def end_subscription(
    store: Store, clock: Clock, *, team_id: str, channel_id: str, subscription_id: int, by: str, reason: str
) -> Subscription:
    """End a subscription of this channel; it is kept, with the reason. What it had waiting to be posted is given up.

    Raises NoSuchSubscription when the channel has none of this number, or it has ended.
    """
    with store.write() as work:
        held = work.subscriptions.lock(subscription_id)
        here = held and (held.team_id, held.channel_id) == (team_id, channel_id)
        if held is None or not here or held.state is SubscriptionState.ENDED:
            raise NoSuchSubscription(subscription_id=subscription_id)
        ended = replace(
            held,
            state=SubscriptionState.ENDED,
            reason=reason,
            error_class=None,
            paused_until=None,
            changed_by=by,
            changed_at=clock.now(),
        )
        work.subscriptions.save(ended)
        work.deliveries.drop(ended.id, error_class="ended")
        return ended


def park(work: UnitOfWork, subscription_id: int, clock: Clock, *, error_class: str, code: str | None) -> bool:
    """Hold an active subscription, and what it has to post, while its destination is gone. False when it is not active.

    Part of the caller's transaction: that Slack said so and what follows from it are recorded together or not at all.
    """
    held = work.subscriptions.lock(subscription_id)
    if held is None or held.state is not SubscriptionState.ACTIVE:
        return False
    work.subscriptions.save(
        replace(
            held,
            state=SubscriptionState.PARKED,
            reason=code or error_class,
            error_class=error_class,
            changed_by=ITSELF,
            changed_at=clock.now(),
        )
    )
    work.deliveries.pause(held.id, error_class=error_class, error_code=code)
    return True


def unpark(store: Store, clock: Clock, *, team_id: str, channel_id: str | None = None) -> Sequence[Subscription]:
    """Resume what is parked in a channel that can be posted to again (without a channel, in the whole workspace).

    What was held back is posted first; periods missed meanwhile come as one digest. Gives the subscriptions resumed.
    """
    with store.write() as work:
        there = (
            work.subscriptions.of_channel(team_id, channel_id) if channel_id else work.subscriptions.of_team(team_id)
        )
        return _resume_all(work, there, clock)


def revive_workspaces(store: Store, clock: Clock) -> Sequence[Subscription]:
    """Resume what was parked because a whole workspace refused us: nothing tells us that a token was replaced.

    To be called once, when a worker starts: what Slack still refuses is parked again by the first post that says so.
    What was parked because its channel is gone stays parked. Gives the subscriptions resumed.
    """
    with store.write() as work:
        refused = work.subscriptions.parked(error_class=OutcomeKind.WORKSPACE_GONE.value)
        return _resume_all(work, refused, clock)


def _resume_all(work: UnitOfWork, subscriptions: Iterable[Subscription], clock: Clock) -> Sequence[Subscription]:
    now = clock.now()
    resumed = [_resume(work, subscription.id, by=ITSELF, now=now) for subscription in subscriptions]
    return [subscription for subscription in resumed if subscription]


def _resume(work: UnitOfWork, subscription_id: int, *, by: str, now: datetime) -> Subscription | None:
    """Make a parked subscription active, and what it had to post due now. None when it is not parked."""
    held = work.subscriptions.lock(subscription_id)
    if held is None or held.state is not SubscriptionState.PARKED:
        return None
    active = replace(held, state=SubscriptionState.ACTIVE, reason=None, error_class=None, changed_by=by, changed_at=now)
    work.subscriptions.save(active)
    work.deliveries.resume(held.id, now=now)
    return active


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (OSError, LookupError, ValueError):  # not known, a folder of the database, not a name at all
        raise BadSubscription(f"`{zone}` is not a time zone. Write one such as `Europe/London`.", zone=zone) from None
