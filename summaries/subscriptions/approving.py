"""Decide about a digest that waits for approval (`hold:yes`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind, DeliveryState, SubscriptionState
from summaries.errors import NotActive, NothingHeld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import Delivery, Subscription, Window
    from summaries.ports import Clock, Store, UnitOfWork

MOST_HELD = 200
"""Deliveries of a workspace that are looked through for those that somebody may decide about."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The digest that was decided about, and of how many `messages` it is; `fate` is what became of one that was
    decided about before, in a word."""

    subscription: Subscription
    window: Window
    messages: int
    fate: str = ""


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
        return _decided(subscription, window, work.deliveries.reject(window.id, by=by))


def waiting_for_approval(store: Store, *, team_id: str, by: str) -> Sequence[tuple[Subscription, Window]]:
    """The held digests that a person is asked about, or gets, wherever they are posted; oldest first."""
    with store.read() as work:
        held = work.deliveries.of_team(team_id, states=[DeliveryState.HELD], limit=MOST_HELD)
        windows = [work.windows.get(window_id) for window_id in sorted({one.window_id for one in held})]
        found = [(work.subscriptions.get(one.subscription_id), one) for one in windows if one]
        return [(one, window) for one, window in found if one and _may_decide(one, team_id, by, by)]


def became_of(store: Store, *, team_id: str, channel_id: str, window_id: int, by: str) -> Decided | None:
    """A digest that waits for no approval (any more), with 0 `messages` held and what became of it; None when there is
    none of this number that `by` may decide about."""
    with store.read() as work:
        window = work.windows.get(window_id)
        subscription = work.subscriptions.get(window.subscription_id) if window else None
        if window is None or subscription is None or not _may_decide(subscription, team_id, channel_id, by):
            return None
        posts = [one for one in work.deliveries.of_window(window_id) if one.kind is DeliveryKind.POST]
        return Decided(subscription, window, 0, _fate(posts)) if posts else None


def _fate(posts: Sequence[Delivery]) -> str:
    """In a word: "posted", "rejected", "ended" (its subscription has), "failed", "owed"; by its first message."""
    first = posts[0]
    if first.state is DeliveryState.DEAD:
        return first.error_class if first.error_class in {"rejected", "ended"} else "failed"
    return "posted" if first.state is DeliveryState.SENT else "owed"


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
