"""Start following, list what is followed, end it with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.cadence import parse_cadence
from summaries.delivery import Subscription, SubscriptionState
from summaries.errors import NoSuchSubscription, StoreUnavailable
from summaries.query import parse_filter
from summaries.subscriptions.options import UNSAID, Options, check_times, zone_named
from summaries.subscriptions.parking import unparked
from summaries.subscriptions.undoing import ended_alike, taken_back
from summaries.subscriptions.wanted import require_open_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from summaries.peers import Groups
    from summaries.ports import Clock, Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The subscription that now stands. `is_new` is False when the channel had it already; `resumed` says that it had
    been parked and was made active again, `undone` that it had ended a moment ago and goes on where it was. A new one
    begins anew even though the same `ended` here before."""

    subscription: Subscription
    is_new: bool
    resumed: bool = False
    undone: bool = False
    ended: Subscription | None = None


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
    options: Options = UNSAID,
) -> Subscribed:
    """Start following, from what comes in after now: a new subscription does not flood the channel with the past.

    A wish the channel has already (the same releases at the same cadence) is reported as it is, whatever its options;
    when it was parked it resumes, for somebody wants it tried again. One that ended within UNDONE_WITHIN, and was the
    same in all, goes on as if it had not. The filter may name `groups`; who is in one is
    settled now. `zone` stands unless the options name one.
    Raises BadFilter, AmbiguousBody, UnknownBody or BadSubscription for what was not understood.
    """
    now = clock.now()
    wish = drafted(
        now,
        team_id=team_id,
        channel_id=channel_id,
        target=target,
        filter_text=filter_text,
        cadence_text=cadence_text,
        zone=zone,
        by=by,
        groups=groups,
        options=options,
    )
    with store.write() as work:
        ended = ended_alike(work, wish)
        if ended and not same_wish(work, wish) and (back := taken_back(work, ended, by=by, now=now)):
            return Subscribed(back, is_new=False, undone=True)
        seq = work.releases.last_seq()
        added = work.subscriptions.add(replace(wish, baseline=seq, position=seq))
        if added:
            return Subscribed(added, is_new=True, ended=ended)
        held = same_wish(work, wish)
        if held:
            resumed = unparked(work, held.id, by=by, now=now)
            return Subscribed(resumed or held, is_new=False, resumed=resumed is not None)
    raise StoreUnavailable("The subscription was changed by somebody else at this moment. Try again.")


def drafted(
    now: datetime,
    *,
    team_id: str,
    channel_id: str,
    target: str,
    filter_text: str,
    cadence_text: str,
    zone: str,
    by: str,
    groups: Groups | None = None,
    options: Options = UNSAID,
) -> Subscription:
    """The subscription that would be made, with no id and no place yet. Raises as `subscribe` does."""
    wanted, cadence = parse_filter(filter_text, groups=groups), parse_cadence(cadence_text)
    require_open_end(wanted, now)
    draft = Subscription(
        id=0,
        team_id=team_id,
        channel_id=channel_id,
        target=target,
        filter=wanted.text,
        cadence=cadence,
        zone=zone_named(options.zone or zone),
        empty_policy="skip",
        layout="thread",
        detail="extract",
        hold=False,
        state=SubscriptionState.ACTIVE,
        reason=None,
        paused_until=None,
        baseline=0,
        position=0,
        created_by=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
        due_after=now,
    )
    made = options.over(draft)
    check_times(made)
    return made


def same_wish(work: UnitOfWork, wish: Subscription) -> Subscription | None:
    """Another subscription of the channel with the same filter at the same cadence, not ended."""
    held = work.subscriptions.of_channel(wish.team_id, wish.channel_id)
    alike = (one for one in held if (one.filter, one.cadence) == (wish.filter, wish.cadence))
    return next((one for one in alike if one.id != wish.id), None)


def is_live(subscription: Subscription) -> bool:
    """Whether it opens windows and posts. When it is parked or ended, `reason` says why not."""
    return subscription.state is SubscriptionState.ACTIVE


def list_subscriptions(store: Store, *, team_id: str, channel_id: str) -> Sequence[Subscription]:
    """The subscriptions of a channel that have not ended, oldest first."""
    with store.read() as work:
        return work.subscriptions.of_channel(team_id, channel_id)


def locked_here(work: UnitOfWork, *, team_id: str, channel_id: str, subscription_id: int) -> Subscription:
    """A subscription of this channel, locked. Raises NoSuchSubscription when the channel has none of this number, or it
    has ended."""
    held = work.subscriptions.lock(subscription_id)
    here = held and (held.team_id, held.channel_id) == (team_id, channel_id)
    if held is None or not here or held.state is SubscriptionState.ENDED:
        raise NoSuchSubscription(subscription_id=subscription_id)
    return held


def end_subscription(
    store: Store, clock: Clock, *, team_id: str, channel_id: str, subscription_id: int, by: str, reason: str
) -> Subscription:
    """End a subscription of this channel; it is kept, with the reason and its place. What it had waiting to be posted
    is given up, unless the same wish is made again within UNDONE_WITHIN.

    Raises NoSuchSubscription when the channel has none of this number, or it has ended.
    """
    with store.write() as work:
        held = locked_here(work, team_id=team_id, channel_id=channel_id, subscription_id=subscription_id)
        ended = replace(
            held,
            state=SubscriptionState.ENDED,
            reason=reason,
            error_class=None,
            changed_by=by,
            changed_at=clock.now(),
        )
        work.subscriptions.save(ended)
        work.deliveries.drop(ended.id, error_class="ended")
        return ended
