"""From when on a subscription is due, once its times have changed or its pause has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.delivery import WindowKind
from summaries.periods import next_period

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Subscription
    from summaries.ports import UnitOfWork

A_MONTH = 40
"""At least as many windows as a subscription opens in the longest period, however its times were changed in it."""


def begins_after(work: UnitOfWork, subscription: Subscription, now: datetime) -> datetime:
    """The `due_after` of a subscription whose times begin anew: now, or when the period is due that has had its digest
    already at another time of the same day, week or month."""
    following = next_period(subscription.cadence, subscription.zone, now, subscription.quiet)
    done = work.windows.of_subscription(subscription.id, limit=A_MONTH, kind=WindowKind.PERIOD)
    if following and any(window.period == following.key for window in done):
        return following.due_at
    return now
