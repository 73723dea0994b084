"""Park a subscription while its destination cannot be posted to, and take it up again when it can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from summaries.delivery import OutcomeKind, SubscriptionState
from summaries.quiet import quiet_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from summaries.delivery import Subscription
    from summaries.ports import Clock, Store, UnitOfWork

ITSELF = "hmic"
"""Who changed a subscription when no person did."""

_MAY_PARK = {SubscriptionState.ACTIVE, SubscriptionState.PAUSED}


def park(work: UnitOfWork, subscription_id: int, clock: Clock, *, error_class: str, code: str | None) -> bool:
    """Hold an active or paused subscription, and what it has to post, while its destination is gone. False when it is
    neither.

    Part of the caller's transaction: that Slack said so and what follows from it are recorded together or not at all.
    """
    held = work.subscriptions.lock(subscription_id)
    if held is None or held.state not in _MAY_PARK:
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
        return _unpark_all(work, there, clock)


def revive_workspaces(store: Store, clock: Clock) -> Sequence[Subscription]:
    """Resume what was parked because a whole workspace refused us: nothing tells us that a token was replaced.

    To be called once, when a worker starts: what Slack still refuses is parked again by the first post that says so.
    What was parked because its channel is gone stays parked. Gives the subscriptions resumed.
    """
    with store.write() as work:
        refused = work.subscriptions.parked(error_class=OutcomeKind.WORKSPACE_GONE.value)
        return _unpark_all(work, refused, clock)


def _unpark_all(work: UnitOfWork, subscriptions: Iterable[Subscription], clock: Clock) -> Sequence[Subscription]:
    now = clock.now()
    resumed = [unparked(work, subscription.id, by=ITSELF, now=now) for subscription in subscriptions]
    return [subscription for subscription in resumed if subscription]


def unparked(work: UnitOfWork, subscription_id: int, *, by: str, now: datetime) -> Subscription | None:
    """Take up a parked subscription as it was before: active, or paused when a person had paused it. What it had to
    post is due now or, in its quiet time, at the end of that. None when it is not parked."""
    held = work.subscriptions.lock(subscription_id)
    if held is None or held.state is not SubscriptionState.PARKED:
        return None
    was_paused = held.paused_since is not None and held.catch_up is None
    state = SubscriptionState.PAUSED if was_paused else SubscriptionState.ACTIVE
    taken_up = replace(held, state=state, reason=None, error_class=None, changed_by=by, changed_at=now)
    work.subscriptions.save(taken_up)
    work.deliveries.resume(held.id, now=quiet_until(held.quiet, held.zone, now))
    return taken_up
