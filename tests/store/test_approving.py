from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from fakes import make_delivery

from summaries.delivery import DeliveryState, Subscription, Window
from summaries.errors import NotActive, NothingHeld
from summaries.subscriptions import Decided, approve, park, reject

if TYPE_CHECKING:
    from collections.abc import Callable

    from follow import Follower


@dataclass(frozen=True)
class Held:
    """A digest of two messages that waits for approval."""

    subscription: Subscription
    window: Window


@pytest.fixture
def held(follower: Follower) -> Held:
    subscription = follower.subscribe()
    now = follower.clock.now()
    with follower.database.write() as work:
        window = work.windows.open(Window(0, subscription.id, "now/000001", 0, 1, now, now, 1, now), ())
        assert window is not None
        for part in range(2):
            waits = make_delivery(window_id=window.id, part=part, at=now)
            work.deliveries.add(replace(waits, state=DeliveryState.HELD))
    return Held(subscription, window)


def decide(
    follower: Follower,
    held: Held,
    act: Callable[..., Decided] = approve,
    *,
    team_id: str = "T1",
    channel_id: str = "C1",
    by: str = "U2",
) -> Decided:
    return act(
        follower.database, follower.clock, team_id=team_id, channel_id=channel_id, window_id=held.window.id, by=by
    )


def test_what_is_approved_is_posted_once(follower: Follower, held: Held) -> None:
    follower.send_all()
    assert follower.titles() == []
    assert decide(follower, held) == Decided(held.subscription, held.window, 2)
    follower.send_all()
    assert len(follower.titles()) == 2
    for act in (approve, reject):
        with pytest.raises(NothingHeld):
            decide(follower, held, act)
    assert len(follower.titles()) == 2


def test_what_is_rejected_is_never_posted(follower: Follower, held: Held) -> None:
    assert decide(follower, held, reject).messages == 2
    follower.send_all()
    assert follower.titles() == []
    with pytest.raises(NothingHeld):
        decide(follower, held)
    assert {(one.state, one.error_class) for one in follower.deliveries(held.subscription)} == {
        (DeliveryState.DEAD, "rejected")
    }


@pytest.mark.parametrize("act", [approve, reject])
def test_who_made_it_may_decide_anywhere_and_others_only_in_its_channel(
    follower: Follower, held: Held, act: Callable[..., Decided]
) -> None:
    with pytest.raises(NothingHeld):
        decide(follower, held, act, channel_id="C2")
    with pytest.raises(NothingHeld):
        decide(follower, held, act, team_id="T2", by="U1")
    assert follower.states(held.subscription) == [DeliveryState.HELD, DeliveryState.HELD]
    assert decide(follower, held, act, channel_id="D1", by="U1").messages == 2


def test_of_two_who_decide_at_once_one_does(follower: Follower, held: Held) -> None:
    barrier = Barrier(4)

    def decide_together(act: Callable[..., Decided]) -> int:
        barrier.wait()
        try:
            return decide(follower, held, act).messages
        except NothingHeld:
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide_together, (approve, reject, approve, reject))) == [0, 0, 0, 2]


def test_a_number_that_no_digest_has_is_answered_with_words(follower: Follower, held: Held) -> None:
    with pytest.raises(NothingHeld, match="waits for approval"):
        decide(follower, Held(held.subscription, replace(held.window, id=404)))


def test_what_could_not_be_posted_now_is_not_approved_but_can_be_rejected(follower: Follower, held: Held) -> None:
    with follower.database.write() as work:
        park(work, held.subscription.id, follower.clock, error_class="channel_gone", code="is_archived")
    with pytest.raises(NotActive):
        decide(follower, held)
    assert decide(follower, held, reject).messages == 2
