"""Undo that a subscription was ended: the same wish, made again a moment later, goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.delivery import SubscriptionState
from summaries.subscriptions.options import options_of

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Subscription
    from summaries.ports import UnitOfWork

UNDONE_WITHIN = timedelta(minutes=10)
"""So long after its end making the same wish again means that it should not have ended."""


def ended_alike(work: UnitOfWork, wish: Subscription) -> Subscription | None:
    """The last subscription of this channel to end that was the same in all: what, when, and every option."""
    ended = work.subscriptions.ended(wish.team_id, wish.channel_id)
    return next((one for one in ended if _wish(one) == _wish(wish)), None)


def taken_back(work: UnitOfWork, ended: Subscription, *, by: str, now: datetime) -> Subscription | None:
    """An ended subscription as it was: with its number, its place, and what it had to post. None when it ended too long
    ago, or was taken back meanwhile. Of what had been paused the pause goes on."""
    held = work.subscriptions.lock(ended.id)
    if held is None or held.state is not SubscriptionState.ENDED or now - held.changed_at > UNDONE_WITHIN:
        return None
    was_paused = held.paused_at_seq is not None
    back = replace(
        held,
        state=SubscriptionState.PAUSED if was_paused else SubscriptionState.ACTIVE,
        reason=None,
        changed_by=by,
        changed_at=now,
    )
    work.subscriptions.save(back)
    work.deliveries.take_back(back.id, error_class="ended", held=back.hold, now=now)
    return back


def _wish(subscription: Subscription) -> tuple[object, ...]:
    return subscription.filter, subscription.cadence, subscription.target, options_of(subscription)
