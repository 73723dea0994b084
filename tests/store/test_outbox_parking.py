"""Who made a subscription is told when it cannot be posted to: once, in person, beside all that is recorded anyway."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import make_delivery, render_titles

from summaries.delivery import DeliveryKind, DeliveryState, Outcome, OutcomeKind, SubscriptionState
from summaries.subscriptions import unpark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from follow import Follower

    from summaries.delivery import Delivery, DigestContent, Notice, RenderedPart, Shape, Subscription

MAKER = "U1"
GONE = Outcome(OutcomeKind.CHANNEL_GONE, code="is_archived")


class Broken:
    """A renderer whose notices fail."""

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        return render_titles(content)

    def again(self, content: DigestContent, shape: Shape) -> RenderedPart:
        return render_titles.again(content, shape)

    def notice(self, notice: Notice) -> RenderedPart:
        raise LookupError("no such template")


def notices(follower: Follower, subscription: Subscription) -> list[Delivery]:
    return [each for each in follower.deliveries(subscription) if each.kind is DeliveryKind.NOTICE]


def send_all(follower: Follower) -> None:
    for _ in range(20):
        follower.send(render=render_titles)
        follower.clock.advance(seconds=5)


def parked(follower: Follower, channel_id: str = "C1") -> Subscription:
    """A subscription whose channel was found to be gone, and what follows from that."""
    subscription = follower.owing(channel_id)
    follower.poster.gone.add(channel_id)
    send_all(follower)
    assert follower.get(subscription).state is SubscriptionState.PARKED
    return subscription


def test_who_made_a_parked_subscription_is_told_in_person(follower: Follower) -> None:
    subscription = parked(follower)
    [notice] = notices(follower, subscription)
    assert (notice.part, notice.channel_id, notice.state) == (0, MAKER, DeliveryState.SENT)
    assert follower.titles(MAKER) == [f"parked of D-{notice.window_id}: 0 messages"]


def test_nobody_is_told_twice_of_the_same_digest(follower: Follower) -> None:
    subscription = parked(follower)
    unpark(follower.database, follower.clock, team_id="T1", channel_id="C1")
    send_all(follower)
    assert follower.get(subscription).state is SubscriptionState.PARKED
    assert len(follower.titles(MAKER)) == 1


def test_who_cannot_be_posted_to_is_not_told_there(follower: Follower) -> None:
    assert notices(follower, parked(follower, MAKER)) == []


def test_nobody_is_told_when_the_whole_workspace_is_gone(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Outcome(OutcomeKind.WORKSPACE_GONE, code="token_revoked"))
    send_all(follower)
    assert follower.get(subscription).state is SubscriptionState.PARKED
    assert notices(follower, subscription) == []


def test_without_a_renderer_nobody_is_told(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.gone.add("C1")
    follower.send_all()
    assert notices(follower, subscription) == []


def test_a_notice_that_does_not_arrive_is_dead_and_changes_nothing_else(follower: Follower) -> None:
    follower.poster.gone.add(MAKER)
    subscription = parked(follower)
    [notice] = notices(follower, subscription)
    assert (notice.state, notice.error_class) == (DeliveryState.DEAD, "channel_gone")
    assert follower.get(subscription).reason == "is_archived"


def test_a_notice_is_not_held_up_by_the_channel_it_tells_of(follower: Follower) -> None:
    subscription = follower.owing()
    [window] = follower.windows(subscription)
    notice = replace(make_delivery(window_id=window.id, channel_id=MAKER), kind=DeliveryKind.NOTICE)
    with follower.database.write() as work:
        work.deliveries.add(notice)
        assert work.deliveries.pause(subscription.id, error_class="channel_gone", error_code=None) == 2
        assert work.deliveries.resume(subscription.id, now=follower.clock.now()) == 2
        assert work.deliveries.pause(subscription.id, error_class="workspace_gone", error_code=None) == 3
        assert work.deliveries.resume(subscription.id, now=follower.clock.now()) == 3


def test_what_waited_for_approval_and_then_cannot_be_posted_is_told_too(follower: Follower) -> None:
    subscription = follower.subscribe(hold=True)
    follower.release("kent-1")
    follower.plan()
    [window] = follower.windows(subscription)
    with follower.database.write() as work:
        work.deliveries.approve(window.id, now=follower.clock.now())
    follower.poster.gone.add("C1")
    send_all(follower)
    assert [text.split()[0] for text in follower.titles(MAKER)] == ["approval", "parked"]


def test_a_notice_that_cannot_be_rendered_keeps_the_outcome_from_nothing(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(GONE)
    with pytest.raises(LookupError):
        follower.send(render=Broken())
    assert follower.get(subscription).state is SubscriptionState.PARKED
    assert set(follower.states(subscription)) == {DeliveryState.PAUSED}


def test_what_was_said_to_a_worker_that_was_overtaken_parks_nothing(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(GONE)

    def overtake(step: str) -> None:
        if step == "after-post":
            follower.clock.advance(minutes=2)
            follower.send("other")

    assert follower.send("w", at=overtake).count("lost") == 1
    assert follower.get(subscription).state is SubscriptionState.ACTIVE
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
