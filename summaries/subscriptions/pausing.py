"""Pause a subscription, and take it up again with a choice of what becomes of what came in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.delivery import CatchUp, SubscriptionState
from summaries.errors import BadSubscription, NotActive, NotPaused
from summaries.subscriptions.following import locked_here
from summaries.subscriptions.parking import ITSELF
from summaries.subscriptions.starting_again import begins_after
from summaries.subscriptions.wanted import wanted_filter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from summaries.delivery import Subscription
    from summaries.ports import Clock, Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Waiting:
    """A subscription that is still paused, for nobody said what is to become of the `count` releases that came in."""

    subscription: Subscription
    count: int


def pause(
    store: Store,
    clock: Clock,
    *,
    team_id: str,
    channel_id: str,
    subscription_id: int,
    by: str,
    until: datetime | None = None,
) -> Subscription:
    """Pause a subscription of this channel, to a moment or until somebody resumes it; one that is paused already gets
    the new end. It keeps its place: nothing is lost. What is already written is still posted.

    Raises NoSuchSubscription, NotActive (it is parked), BadSubscription when `until` is past.
    """
    with store.write() as work:
        held = locked_here(work, team_id=team_id, channel_id=channel_id, subscription_id=subscription_id)
        if held.state is SubscriptionState.PARKED:
            raise NotActive(subscription_id=held.id)
        now = clock.now()
        if until is not None and until <= now:
            raise BadSubscription("That is not to come any more. Write `2w`, `3d`, `until Monday` or `until 5 Dec`.")
        paused = replace(
            held,
            state=SubscriptionState.PAUSED,
            paused_since=held.paused_since or now,
            paused_until=until,
            catch_up=None,
            changed_by=by,
            changed_at=now,
        )
        work.subscriptions.save(paused)
        return paused


def resume(
    store: Store,
    clock: Clock,
    *,
    team_id: str,
    channel_id: str,
    subscription_id: int,
    by: str,
    choice: CatchUp | None = None,
) -> Subscription | Waiting:
    """Take up a paused subscription: `POST` what came in with the next digest (`now`: at once), `SUMMARISE` it there as
    titles, or `SKIP` it. Without a choice, and when something waits, nothing is changed and `Waiting` tells how much.

    Raises NoSuchSubscription, and NotPaused when it is not paused.
    """
    with store.write() as work:
        held = locked_here(work, team_id=team_id, channel_id=channel_id, subscription_id=subscription_id)
        if held.state is not SubscriptionState.PAUSED:
            raise NotPaused(subscription_id=held.id)
        count = _waiting(work, held)
        if choice is None and count:
            return Waiting(held, count)
        return _resumed(work, held, choice, count, by=by, now=clock.now())


def resume_due(store: Store, clock: Clock) -> Sequence[Subscription]:
    """Resume (`POST`) what was paused to a time that has come, and give it. Planning asks for it at every tick; any
    number of workers may."""
    now = clock.now()
    with store.read() as work:
        due = [subscription.id for subscription in work.subscriptions.paused_until(now)]
    resumed = []
    for subscription_id in due:
        with store.write() as work:
            held = work.subscriptions.lock(subscription_id)
            if held and held.state is SubscriptionState.PAUSED and held.paused_until and held.paused_until <= now:
                count = _waiting(work, held)
                resumed.append(_resumed(work, held, CatchUp.POST, count, by=ITSELF, now=now))
    return resumed


def _waiting(work: UnitOfWork, subscription: Subscription) -> int:
    """How many releases came in since its last digest that it wants and was not shown."""
    wanted = wanted_filter(subscription)
    came_in = work.releases.ingested_between(subscription.position, work.releases.last_seq())
    matching = {item.release.number for item in came_in if wanted.matches(item.release.release)}
    shown = {number for number, _, _ in work.windows.shown(subscription.id, matching)}
    return len(matching - shown)


def _resumed(
    work: UnitOfWork, held: Subscription, choice: CatchUp | None, count: int, *, by: str, now: datetime
) -> Subscription:
    """Active again, from now on. When nothing waits, or it is skipped, the next digest has nothing to catch up with."""
    catches_up = bool(count) and choice is not CatchUp.SKIP
    active = replace(
        held,
        state=SubscriptionState.ACTIVE,
        paused_since=held.paused_since if catches_up else None,
        paused_until=None,
        catch_up=choice if catches_up else None,
        position=work.releases.last_seq() if choice is CatchUp.SKIP else held.position,
        due_after=begins_after(work, held, now),
        changed_by=by,
        changed_at=now,
    )
    work.subscriptions.save(active)
    return active
