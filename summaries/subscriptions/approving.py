"""Decide about a digest that waits for approval (`hold:yes`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.delivery import SubscriptionState
from summaries.errors import NotActive, NothingHeld

if TYPE_CHECKING:
    from summaries.delivery import Subscription, Window
    from summaries.ports import Clock, Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Decided:
    """The digest that was decided about, and of how many `messages` it is."""

    subscription: Subscription
    window: Window
    messages: int


def approve(store: Store, clock: Clock, *, team_id: str, channel_id: str, window_id: int, by: str) -> Decided:
    """Post a held digest (`D-<window_id>`). Anybody in its channel may, and who made the subscription, anywhere.

    Raises NothingHeld when nothing of that number waits for approval there, NotActive when it could not be posted.
    """
    with store.write() as work:
        subscription, window = _found(work, team_id, channel_id, window_id, by)
        if subscription.state is SubscriptionState.PARKED:
            raise NotActive(subscription_id=subscription.id)
        return _decided(subscription, window, work.deliveries.approve(window.id, now=clock.now()))


def reject(store: Store, clock: Clock, *, team_id: str, channel_id: str, window_id: int, by: str) -> Decided:
    """Never post a held digest; its releases stay shown: they were decided about. Raises NothingHeld as `approve`."""
    with store.write() as work:
        subscription, window = _found(work, team_id, channel_id, window_id, by)
        return _decided(subscription, window, work.deliveries.reject(window.id))


def _found(work: UnitOfWork, team_id: str, channel_id: str, window_id: int, by: str) -> tuple[Subscription, Window]:
    """The window, and its subscription, locked: of two who decide, the second finds nothing held."""
    window = work.windows.get(window_id)
    subscription = work.subscriptions.lock(window.subscription_id) if window else None
    if window is None or subscription is None or not _may_decide(subscription, team_id, channel_id, by):
        raise NothingHeld(window_id=window_id)
    return subscription, window


def _may_decide(subscription: Subscription, team_id: str, channel_id: str, by: str) -> bool:
    here = subscription.channel_id in (channel_id, by) or subscription.created_by == by
    return subscription.team_id == team_id and here


def _decided(subscription: Subscription, window: Window, messages: int) -> Decided:
    if not messages:
        raise NothingHeld(window_id=window.id)
    return Decided(subscription, window, messages)
