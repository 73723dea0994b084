"""Post what was held before a subscription began: asked for by a button, once."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryState, DigestContent, DigestItem, SubscriptionState, Window, WindowKind
from summaries.delivery_names import digest_name
from summaries.errors import BadSubscription, NoSuchSubscription
from summaries.planning.owing import owe_digest
from summaries.subscriptions import wanted_filter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.delivery import Subscription
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import Clock, Store, StoredRelease, UnitOfWork

MOST = 10
"""Releases that a back-fill posts."""

PERIOD = "backfill"
_LOOKED_AT = 50


def backfill(
    store: Store, clock: Clock, render: DigestRenderer, *, team_id: str, channel_id: str, subscription_id: int
) -> int:
    """Owe a digest of the newest releases that the subscription's filter means, that were held when it began and that
    it was not shown; how many these are. It may be done once; when there is nothing, nothing is written.

    Raises NoSuchSubscription when the channel has none of this number, or it has ended; BadSubscription when it was
    done before, or when the channel cannot be posted to.
    """
    with store.write() as work:
        held = work.subscriptions.lock(subscription_id)
        here = held and (held.team_id, held.channel_id) == (team_id, channel_id)
        if held is None or not here or held.state is SubscriptionState.ENDED:
            raise NoSuchSubscription(subscription_id=subscription_id)
        if held.state is SubscriptionState.PARKED:
            raise BadSubscription("This channel cannot be posted to at present, so nothing was posted.")
        items = tuple(DigestItem(stored, "new", stored.revision) for stored in islice(_unseen(work, held), MOST))
        now = clock.now()
        window = Window(0, held.id, PERIOD, 0, held.baseline, now, now, 1, now, WindowKind.BACKFILL)
        if done := next(iter(work.windows.of_subscription(held.id, limit=1, kind=WindowKind.BACKFILL)), None):
            raise BadSubscription(_told(work, done))
        if not items or (opened := work.windows.open(window, items)) is None:
            return 0
        owe_digest(work, held, opened, render(DigestContent(held, opened, items)), render)
        return len(items)


def _told(work: UnitOfWork, done: Window) -> str:
    """What became of the back-fill that was asked for before."""
    owed = work.deliveries.of_window(done.id)
    if any(one.state is DeliveryState.HELD for one in owed):
        name = digest_name(done.id)
        return f"The releases from before wait for approval: `/hmic approve {name}` or `/hmic reject {name}`."
    if any(one.error_class == "rejected" for one in owed):
        return "The releases from before were not approved, so they are not posted. `/hmic search` finds them."
    return "The releases from before were posted already. Nothing is posted twice."


def _unseen(work: UnitOfWork, subscription: Subscription) -> Iterator[StoredRelease]:
    """What the filter means of what was held, newest first. What was revised since comes, or came, with a digest."""
    wanted = wanted_filter(subscription)
    for page in count():
        found = work.search.newest(wanted, limit=_LOOKED_AT, offset=page * _LOOKED_AT)
        if not found:
            return
        shown = {number for number, _, _ in work.windows.shown(subscription.id, [one.number for one in found])}
        taken_back = {one.number for one in work.releases.withdrawn()}
        for stored in found:
            if stored.seq <= subscription.baseline and stored.number not in shown | taken_back:
                yield stored
