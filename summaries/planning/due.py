"""Which window a subscription is due."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from summaries.delivery import CadenceKind, Window, WindowKind
from summaries.periods import Period, due_periods
from summaries.quiet import is_quiet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from summaries.delivery import Cadence, Quiet, Subscription


def window_due(
    subscription: Subscription,
    last_due: datetime | None,
    last_seq: int,
    now: datetime,
    *,
    last_period: str | None = None,
) -> Window | None:
    """The window to open now, if any; not of the period that is done already. Of several periods missed the last one
    stands for all: one digest, not many."""
    covered = [one for one in _periods_due(subscription, last_due, last_seq, now) if one.key != last_period]
    if not covered:
        return None
    return Window(
        id=0,
        subscription_id=subscription.id,
        period=covered[-1].key,
        from_seq=subscription.position,
        to_seq=last_seq,
        due_at=covered[-1].due_at,
        opened_at=now,
        coalesced=len(covered),
        covers_from=covered[0].due_at,
        kind=WindowKind.NOW if subscription.cadence.kind is CadenceKind.NOW else WindowKind.PERIOD,
    )


def _periods_due(
    subscription: Subscription, last_due: datetime | None, last_seq: int, now: datetime
) -> Sequence[Period]:
    """The periods due and not yet done; `now` has one whenever something came in, unless it is quiet."""
    cadence, zone, quiet = subscription.cadence, subscription.zone, subscription.quiet
    if cadence.kind is CadenceKind.NOW:
        is_due = last_seq > subscription.position and not is_quiet(quiet, zone, now)
        return [Period(f"now/{last_seq:06}", now)] if is_due else []
    after = max(last_due or subscription.due_after, subscription.due_after)
    return _shared(cadence, zone, after, now, quiet)


@lru_cache(maxsize=2_000)
def _shared(cadence: Cadence, zone: str, after: datetime, now: datetime, quiet: Quiet) -> Sequence[Period]:
    """Most subscriptions keep one of a few times, and were last due at the same moment: one walk does for all."""
    return tuple(due_periods(cadence, zone, after, now, quiet))
