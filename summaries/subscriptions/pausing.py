"""Pause a subscription, and take it up again with a choice of what becomes of what came in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.delivery import CatchUp, SubscriptionState
from summaries.errors import BadSubscription, NotActive, NotPaused, StoreUnavailable
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
    """A subscription, still paused when nobody said what is to become of the `count` releases that came in during the
    pause. `before` waited for a digest when it began: they are posted whatever is said."""

    subscription: Subscription
    count: int
    before: int = 0


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
            paused_at_seq=work.releases.last_seq() if held.paused_at_seq is None else held.paused_at_seq,
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
    titles, or `SKIP` it; what waited when the pause began is posted all the same. Without a choice, and when something
    came in, nothing is changed and `Waiting` tells how much.

    Raises NoSuchSubscription, and NotPaused when it is not paused.
    """
    with store.write() as work:
        held = locked_here(work, team_id=team_id, channel_id=channel_id, subscription_id=subscription_id)
        if held.state is not SubscriptionState.PAUSED:
            raise NotPaused(subscription_id=held.id)
        if choice is None and (waiting := waiting_for(work, held)).count:
            return waiting
        return _resumed(work, held, choice, by=by, now=clock.now())


def resume_due(store: Store, clock: Clock) -> Sequence[Subscription]:
    """Resume (`POST`) what was paused to a time that has come, and give it. Planning asks for it at every tick; any
    number of workers may. What goes wrong with some is raised together at the end (ExceptionGroup)."""
    now = clock.now()
    with store.read() as work:
        due = [subscription.id for subscription in work.subscriptions.paused_until(now)]
    resumed: list[Subscription] = []
    problems: list[Exception] = []
    for subscription_id in due:
        try:
            with store.write() as work:
                held = work.subscriptions.lock(subscription_id)
                if held and held.state is SubscriptionState.PAUSED and held.paused_until and held.paused_until <= now:
                    resumed.append(_resumed(work, held, CatchUp.POST, by=ITSELF, now=now))
        except StoreUnavailable:
            raise
        except Exception as problem:  # one that cannot be read keeps no other one paused
            problem.add_note(f"while subscription {subscription_id} was resumed")
            problems.append(problem)
    if problems:
        raise ExceptionGroup("some subscriptions could not be resumed", problems)
    return resumed


def waiting_for(work: UnitOfWork, subscription: Subscription) -> Waiting:
    """How many releases came in since its last digest that it wants and was not shown: during its pause, and before."""
    wanted = wanted_filter(subscription)
    began = subscription.paused_at_seq
    last = work.releases.last_seq()
    came_in = [
        item.release
        for item in work.releases.ingested_between(subscription.position, last)
        if wanted.matches(item.release.release) and not subscription.skips(item.release.seq)
    ]
    shown = {number for number, _, _ in work.windows.shown(subscription.id, {one.number for one in came_in})}
    before = {one.number for one in came_in if one.seq <= (last if began is None else began)} - shown
    return Waiting(subscription, len({one.number for one in came_in} - before - shown), len(before))


def _resumed(work: UnitOfWork, held: Subscription, choice: CatchUp | None, *, by: str, now: datetime) -> Subscription:
    """Active again, from now on. When nothing waits, or it is skipped, the next digest has nothing to catch up with."""
    waiting = waiting_for(work, held)
    skips = choice is CatchUp.SKIP
    catches_up = waiting.count > 0 and not skips
    active = replace(
        held,
        state=SubscriptionState.ACTIVE,
        paused_since=held.paused_since if catches_up else None,
        paused_until=None,
        paused_at_seq=None,
        catch_up=choice if catches_up else None,
        position=work.releases.last_seq() if skips and not waiting.before else held.position,
        skipped=_skipped(work, held) if skips else held.skipped,
        due_after=begins_after(work, held, now),
        changed_by=by,
        changed_at=now,
    )
    work.subscriptions.save(active)
    return active


def _skipped(work: UnitOfWork, held: Subscription) -> tuple[tuple[int, int], ...]:
    began = held.position if held.paused_at_seq is None else max(held.position, held.paused_at_seq)
    last = work.releases.last_seq()
    return (*held.skipped, (began, last)) if last > began else held.skipped
