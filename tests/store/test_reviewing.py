"""What an admin may decide about a message, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import Slip, render_titles

from summaries.delivered import recent
from summaries.delivery import DeliveryKind, DeliveryState, Outcome, OutcomeKind, Sighting, SubscriptionState
from summaries.delivery_names import digest_name, name_of, read_name
from summaries.errors import CannotDecide, NoSuchDelivery
from summaries.reviewing import Decided, Decision, allowed, decide, overview

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Delivery, Subscription

PARENT, REPLY = 0, 1


def parent_of(follower: Follower, subscription: Subscription) -> Delivery:
    return follower.deliveries(subscription)[PARENT]


def decided(
    follower: Follower, delivery: Delivery, decision: Decision, *, team_id: str | None = "T1", link: str = ""
) -> Decided:
    name = read_name(name_of(delivery))
    assert name is not None
    ports = (follower.database, follower.clock, render_titles)
    return decide(*ports, team_id=team_id, name=name, decision=decision, by="U9", link=link)


def unknown_for_good(follower: Follower) -> Subscription:
    """Its parent may be in the channel, which nobody can read."""
    subscription = follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="missing_scope"))
    follower.send_all()
    assert parent_of(follower, subscription).state is DeliveryState.NEEDS_REVIEW
    return subscription


def refused(follower: Follower) -> Subscription:
    """Its parent was refused for what it holds, whichever way it was sent, so its reply was given up."""
    subscription = follower.owing()
    follower.poster.script.extend([Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks")] * 2)
    follower.send_all()
    follower.poster.script.clear()
    assert follower.states(subscription) == [DeliveryState.DEAD, DeliveryState.DEAD]
    return subscription


def link_to(ts: str) -> str:
    return f"https://ripley.slack.com/archives/C1/p{ts.replace('.', '')}"


def test_only_what_somebody_has_to_look_at_is_listed(follower: Follower) -> None:
    unknown = unknown_for_good(follower)
    follower.release("kent-2")
    follower.plan()

    found = overview(follower.database, follower.clock, team_id="T1")

    assert [one.message.name for one in found.needing] == [name_of(parent_of(follower, unknown))]
    assert (found.needing[0].may_repeat, found.needing[0].replies) == (True, 1)
    assert found.counts == {"needs_review": 1, "pending": 3}
    assert found.oldest_owed is not None


def test_another_workspace_sees_and_decides_nothing_of_it(follower: Follower) -> None:
    subscription = refused(follower)
    elsewhere = overview(follower.database, follower.clock, team_id="T2")

    assert (elsewhere.counts, elsewhere.oldest_owed, elsewhere.needing) == ({}, None, ())
    assert recent(follower.database, team_id="T2", places=["C1"]) == []
    with pytest.raises(NoSuchDelivery):
        decided(follower, parent_of(follower, subscription), Decision.RETRY, team_id="T2")
    assert follower.states(subscription) == [DeliveryState.DEAD, DeliveryState.DEAD]


def test_what_is_sent_again_unknown_may_come_twice_and_says_so(follower: Follower) -> None:
    subscription = unknown_for_good(follower)

    done = decided(follower, parent_of(follower, subscription), Decision.RETRY)
    follower.send_all()

    assert done.may_repeat
    assert set(follower.states(subscription)) == {DeliveryState.SENT}
    assert follower.poster.copies()[done.before.id] == 2


def test_what_certainly_was_not_sent_comes_once_with_what_was_given_up_because_of_it(follower: Follower) -> None:
    subscription = refused(follower)

    done = decided(follower, parent_of(follower, subscription), Decision.RETRY)
    follower.send_all()

    assert (done.may_repeat, done.revived) == (False, 1)
    assert set(follower.states(subscription)) == {DeliveryState.SENT}
    assert set(follower.poster.copies().values()) == {1}


def test_what_arrived_is_not_sent_again_and_its_replies_find_it(follower: Follower) -> None:
    subscription = unknown_for_good(follower)
    [message] = follower.poster.messages

    decided(follower, parent_of(follower, subscription), Decision.ARRIVED, link=link_to(message.ts))
    follower.send_all()

    assert set(follower.states(subscription)) == {DeliveryState.SENT}
    assert set(follower.poster.copies().values()) == {1}
    assert follower.poster.messages[1].thread_ts == message.ts


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("", "Copy link"),
        ("https://ripley.slack.com/archives/C1", "not the link of a message"),
        ("https://ripley.slack.com/archives/C2/p{now}", "another conversation"),
        ("https://ripley.slack.com/archives/C1/p1000000000000100", "another time"),
    ],
)
def test_a_link_that_cannot_be_the_messages_is_refused_with_words(follower: Follower, link: str, told: str) -> None:
    subscription = unknown_for_good(follower)
    now = f"{int(follower.clock.now().timestamp())}000100"

    with pytest.raises(CannotDecide, match=told):
        decided(follower, parent_of(follower, subscription), Decision.ARRIVED, link=link.format(now=now))

    assert parent_of(follower, subscription).state is DeliveryState.NEEDS_REVIEW


def test_a_message_that_nobody_answers_may_have_arrived_who_knows_where(follower: Follower) -> None:
    subscription = follower.owing()
    follower.send()
    follower.clock.advance(seconds=2)
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="missing_scope"))
    follower.send_all()
    reply = follower.deliveries(subscription)[REPLY]
    assert reply.state is DeliveryState.NEEDS_REVIEW

    done = decided(follower, reply, Decision.ARRIVED)

    assert (done.after.state, done.after.slack_ts) == (DeliveryState.SENT, None)


def test_what_is_given_up_is_listed_no_more_and_can_be_tried_again(follower: Follower) -> None:
    subscription = refused(follower)

    decided(follower, parent_of(follower, subscription), Decision.SKIP)
    assert overview(follower.database, follower.clock, team_id="T1").needing == ()

    decided(follower, parent_of(follower, subscription), Decision.RETRY)
    follower.send_all()
    assert set(follower.states(subscription)) == {DeliveryState.SENT}


def test_what_was_given_up_unknown_still_may_come_twice(follower: Follower) -> None:
    subscription = unknown_for_good(follower)
    decided(follower, parent_of(follower, subscription), Decision.SKIP)

    assert decided(follower, parent_of(follower, subscription), Decision.RETRY).may_repeat


def test_what_waits_for_its_channel_is_tried_with_all_that_waits_there(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.gone.add("C1")
    follower.send_all()
    assert follower.get(subscription).state is SubscriptionState.PARKED
    follower.poster.gone.clear()

    done = decided(follower, parent_of(follower, subscription), Decision.RETRY)
    follower.send_all()

    assert done.resumed == 1
    assert follower.get(subscription).state is SubscriptionState.ACTIVE
    assert follower.titles()[:1] == ["1 new"]
    assert set(follower.poster.copies().values()) == {1}


def test_one_message_stands_for_all_that_wait_for_its_channel(follower: Follower) -> None:
    subscription = follower.owing()
    follower.release("kent-2")
    follower.plan()
    follower.poster.gone.add("C1")
    follower.send_all()

    [one] = overview(follower.database, follower.clock, team_id="T1").needing

    assert one.message.name == name_of(parent_of(follower, subscription))
    assert one.waiting == len(follower.deliveries(subscription)) - 1 == 3


@pytest.mark.parametrize("error_class", ["superseded", "rejected", "ended", "skipped", "parent_dead", "target_dead"])
def test_what_somebody_decided_or_what_follows_another_needs_nobody(follower: Follower, error_class: str) -> None:
    subscription = refused(follower)
    dead = parent_of(follower, subscription)
    with follower.database.write() as work:
        assert work.deliveries.decide(
            replace(dead, error_class=error_class),
            by="U9",
            at=follower.clock.now(),
            outcome="skipped",
            was=DeliveryState.DEAD,
        )

    assert overview(follower.database, follower.clock, team_id=None).needing == ()


def test_what_is_unknown_for_long_is_listed_with_nothing_to_decide_yet(follower: Follower) -> None:
    subscription = follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.send()
    assert overview(follower.database, follower.clock, team_id="T1").needing == ()

    follower.clock.advance(hours=2)
    [one] = overview(follower.database, follower.clock, team_id="T1").needing

    assert (one.message.state, one.decisions) == (DeliveryState.AMBIGUOUS, ())
    with pytest.raises(CannotDecide, match="being looked for"):
        decided(follower, parent_of(follower, subscription), Decision.RETRY)


@pytest.mark.parametrize("decision", Decision)
def test_what_is_on_its_way_or_was_sent_is_not_decided_about(follower: Follower, decision: Decision) -> None:
    subscription = follower.owing()

    with pytest.raises(CannotDecide, match="on its way"):
        decided(follower, parent_of(follower, subscription), decision)
    follower.send_all()
    with pytest.raises(CannotDecide, match="was sent"):
        decided(follower, parent_of(follower, subscription), decision)


def test_a_refused_message_cannot_be_said_to_have_arrived(follower: Follower) -> None:
    subscription = refused(follower)

    with pytest.raises(CannotDecide, match="did not arrive"):
        decided(follower, parent_of(follower, subscription), Decision.ARRIVED)


def test_nothing_of_an_ended_subscription_is_sent_again(follower: Follower) -> None:
    subscription = unknown_for_good(follower)
    follower.end(subscription)

    assert Decision.RETRY not in allowed(parent_of(follower, subscription), follower.get(subscription))
    with pytest.raises(CannotDecide, match="has ended"):
        decided(follower, parent_of(follower, subscription), Decision.RETRY)


def test_a_reply_is_decided_about_with_the_message_it_answers(follower: Follower) -> None:
    reply = follower.deliveries(refused(follower))[REPLY]

    with pytest.raises(CannotDecide, match="belongs to another message"):
        decided(follower, reply, Decision.RETRY)


def test_each_decision_is_logged_with_who_took_it_and_when(follower: Follower) -> None:
    subscription = unknown_for_good(follower)
    follower.clock.advance(minutes=1)
    decided(follower, parent_of(follower, subscription), Decision.SKIP)

    with follower.database.read() as work:
        last = work.deliveries.attempts(parent_of(follower, subscription).id)[-1]

    assert (last.worker, last.outcome, last.ended_at) == ("U9", "skipped", follower.clock.now())


def test_a_whole_digest_is_not_decided_about(follower: Follower) -> None:
    subscription = refused(follower)
    name = read_name(digest_name(parent_of(follower, subscription).window_id))
    assert name is not None

    ports = (follower.database, follower.clock, render_titles)
    with pytest.raises(CannotDecide, match="whole digest"):
        decide(*ports, team_id="T1", name=name, decision=Decision.SKIP, by="U9")


def test_the_history_of_a_channel_is_newest_first_and_holds_no_digest_that_brought_nothing(follower: Follower) -> None:
    follower.subscribe(what="force:kent")
    for number, body in enumerate(("kent", "essex", "kent")):
        follower.release(f"{body}-{number}", body=body)
        follower.plan()
        follower.send_all()
        follower.clock.advance(minutes=5)

    found = recent(follower.database, team_id="T1", places=["C1"])

    assert [one.items for one in found] == [1, 1]
    assert found[0].window.opened_at > found[1].window.opened_at
    assert {one.state for one in found} == {DeliveryState.SENT}
    assert all(one.sent_at for one in found)


def test_names_are_read_as_they_are_printed(follower: Follower) -> None:
    owed = follower.deliveries(follower.owing())

    for delivery in owed:
        name = read_name(name_of(delivery))
        assert name is not None
        assert str(name) == name_of(delivery)
        assert [one.id for one in owed if name.names(one)] == [delivery.id]
    assert read_name("D-12.e1") != read_name("D-12.1")
    assert str(read_name("d12.E1")) == "D-12.e1"
    assert [read_name(text) for text in ("", "D-", "12", "D-1.", "D-1.x2", "R-1", "D-1.2 3")] == [None] * 7


@pytest.mark.parametrize("part", [PARENT, REPLY])
def test_what_belongs_to_a_message_that_is_nobody_knows_where_is_given_up_and_not_posted_beside_it(
    follower: Follower, part: int
) -> None:
    subscription = follower.owing()
    follower.send_all()
    lost = follower.deliveries(subscription)[part]
    with follower.database.write() as work:
        arrived = replace(lost, slack_ts=None)
        assert work.deliveries.decide(arrived, by="U9", at=lost.next_at, outcome="arrived", was=DeliveryState.SENT)
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    follower.send_all()

    later = follower.deliveries(subscription)[2:]
    leaning = [one for one in later if lost.id in {one.parent_id, one.target_id}]
    assert {(one.state, one.error_class) for one in leaning} == {(DeliveryState.DEAD, "no_timestamp")}
    assert {one.state for one in later if one not in leaning} == {DeliveryState.SENT}
    assert [message.thread_ts for message in follower.poster.messages].count(None) == 1


def test_what_a_later_release_of_the_day_adds_to_an_unknown_message_waits_for_where_it_is(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1", programme="PEEL")
    follower.plan()
    follower.release("kent-2", programme="PEEL")
    follower.plan()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="missing_scope"))
    follower.send_all()
    parent, reply, *joining = follower.deliveries(subscription)
    assert {one.target_id or one.parent_id for one in joining} == {parent.id}

    with pytest.raises(CannotDecide, match="Copy link"):
        decided(follower, parent, Decision.ARRIVED)
    decided(follower, parent, Decision.SKIP)
    follower.send_all()
    done = decided(follower, parent, Decision.RETRY)
    follower.send_all()

    edits = [one for one in joining if one.kind is DeliveryKind.EDIT]  # its own messages stand alone by now
    assert done.revived == len([reply, *edits])
    assert set(follower.states(subscription)) == {DeliveryState.SENT}


def test_what_was_given_up_is_sent_again_as_its_releases_are_now(follower: Follower) -> None:
    subscription = refused(follower)
    follower.clock.advance(hours=1)
    follower.release("kent-1", text="As it is now.")
    dead = parent_of(follower, subscription)
    decided(follower, dead, Decision.RETRY)

    follower.send_all()
    with follower.database.read() as work:
        assert [version for _, _, version in work.deliveries.shown_in(dead.id)] == [2]
    assert parent_of(follower, subscription).state is DeliveryState.SENT


def test_what_was_shown_since_by_a_later_digest_is_not_sent_again(follower: Follower) -> None:
    subscription = refused(follower)
    follower.release("kent-1", text="As it is now.")
    follower.plan()
    follower.send_all()

    with pytest.raises(CannotDecide, match="was shown since, in D-2"):
        decided(follower, parent_of(follower, subscription), Decision.RETRY)


def test_what_arrived_after_all_is_corrected_when_it_has_changed_since(follower: Follower) -> None:
    subscription = unknown_for_good(follower)
    skipped = parent_of(follower, subscription)
    decided(follower, skipped, Decision.SKIP)
    follower.release("kent-1", text="As it is now.")
    ts = f"{int(follower.clock.now().timestamp())}.000100"
    decided(follower, skipped, Decision.ARRIVED, link=link_to(ts))

    with follower.database.read() as work:
        assert [version for _, _, version in work.deliveries.shown_in(skipped.id)] == [2]
    assert [one.kind for one in follower.deliveries(subscription) if one.target_id == skipped.id] == ["edit"]
