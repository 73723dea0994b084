"""A digest that waits for approval is written, held, and its maker is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind, DeliveryState

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Subscription


def held(follower: Follower) -> Subscription:
    subscription = follower.subscribe(hold=True)
    follower.release("kent-1")
    follower.plan()
    return subscription


def test_its_messages_are_held_and_its_maker_is_asked_in_person(follower: Follower) -> None:
    subscription = held(follower)
    [window] = follower.windows(subscription)
    *posts, notice = follower.deliveries(subscription)
    assert [post.state for post in posts] == [DeliveryState.HELD] * 2
    assert (notice.kind, notice.channel_id, notice.state) == (DeliveryKind.NOTICE, "U1", DeliveryState.PENDING)
    assert notice.payload["text"] == f"approval of D-{window.id}: 2 messages"


def test_nothing_is_posted_before_it_is_approved(follower: Follower) -> None:
    subscription = held(follower)
    follower.send_all()
    assert follower.titles() == []
    with follower.database.write() as work:
        work.deliveries.approve(follower.windows(subscription)[0].id, now=follower.clock.now())
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]


def test_what_was_rejected_is_not_asked_about_again(follower: Follower) -> None:
    subscription = held(follower)
    with follower.database.write() as work:
        work.deliveries.reject(follower.windows(subscription)[0].id)
    follower.clock.advance(hours=24)
    assert follower.plan() == 0
    follower.send_all()
    assert follower.titles() == []


def test_a_correction_of_what_was_approved_waits_for_nobody(follower: Follower) -> None:
    subscription = held(follower)
    with follower.database.write() as work:
        work.deliveries.approve(follower.windows(subscription)[0].id, now=follower.clock.now())
    follower.send_all()
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new, 1 corrected", "kent-1 (revision 2)", "kent-1: 1, now 2"]


def test_what_is_corrected_while_it_is_held_is_posted_as_it_is_by_then(follower: Follower) -> None:
    subscription = held(follower)
    digest = follower.windows(subscription)[0]
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles() == []
    with follower.database.write() as work:
        work.deliveries.approve(digest.id, now=follower.clock.now())
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    with follower.database.read() as work:
        assert {one.version for one in work.windows.messages_showing([1])} == {2}
