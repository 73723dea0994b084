from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from fakes import MORNING

from summaries.delivery import Cadence, CadenceKind, DeliveryState, Quiet, Subscription, SubscriptionState
from summaries.errors import BadFilter, BadSubscription, NoSuchSubscription
from summaries.subscriptions import (
    UNSAID,
    Options,
    Subscribed,
    Wish,
    end_subscription,
    is_live,
    list_subscriptions,
    options_of,
    park,
    parse_subscribe,
    pause,
    revive_workspaces,
    subscribe,
    unpark,
)

if TYPE_CHECKING:
    from follow import Follower


def start(
    follower: Follower, *, what: str = "Kent", when: str = "daily", channel_id: str = "C1", options: Options = UNSAID
) -> Subscribed:
    return subscribe(
        follower.database,
        follower.clock,
        team_id="T1",
        channel_id=channel_id,
        target="channel",
        filter_text=what,
        cadence_text=when,
        zone="Europe/London",
        by="U1",
        options=options,
    )


def end(follower: Follower, subscription: Subscription, *, channel_id: str = "C1", team_id: str = "T1") -> Subscription:
    return end_subscription(
        follower.database,
        follower.clock,
        team_id=team_id,
        channel_id=channel_id,
        subscription_id=subscription.id,
        by="U2",
        reason="too many",
    )


def park_it(
    follower: Follower, subscription: Subscription, error_class: str = "channel_gone", code: str | None = "is_archived"
) -> bool:
    with follower.database.write() as work:
        return park(work, subscription.id, follower.clock, error_class=error_class, code=code)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("all daily 08:30 here", Wish("all", "daily 08:30", "channel")),
        ("all", Wish("all", "daily 08:30", "channel")),
        ("Hampshire me", Wish("Hampshire", "daily 08:30", "person")),
        ("thames valley weekly Mon 09:00", Wish("thames valley", "weekly Mon 09:00", "channel")),
        ("Kent, Essex monthly 1st Tue ME", Wish("Kent, Essex", "monthly 1st Tue", "person")),
        ("all me now", Wish("all", "now", "person")),
        ("all here now", Wish("all", "now", "channel")),
    ],
)
def test_what_follows_subscribe_is_taken_apart(typed: str, wish: Wish) -> None:
    assert parse_subscribe(typed) == wish


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("", "subscribe all daily 08:30"),
        ("weekly Mon", "subscribe all weekly Mon"),
        ("me", "subscribe all daily 08:30"),
        ("here daily 9:00", "subscribe all daily 9:00"),
    ],
)
def test_a_wish_for_nothing_is_answered_with_a_right_form(typed: str, nearest: str) -> None:
    with pytest.raises(BadSubscription) as raised:
        parse_subscribe(typed)
    assert raised.value.facts["nearest"] == nearest


def test_a_subscription_is_stored_whole(follower: Follower) -> None:
    follower.release("kent-1")
    made = start(follower, when="monthly last Fri 16:00")
    assert made.is_new
    stored = follower.get(made.subscription)
    assert stored == made.subscription
    assert stored.cadence == Cadence(CadenceKind.MONTHLY, time(16), 4, -1)
    assert (stored.filter, stored.baseline, stored.position) == ("force:kent", 1, 1)
    assert (stored.created_by, stored.created_at, stored.state) == ("U1", MORNING, SubscriptionState.ACTIVE)


def test_a_subscription_is_stored_with_all_its_options(follower: Follower) -> None:
    quiet = Quiet((time(18), time(8)), weekends=True, holidays=True)
    wish = Options("note", "compact", "titles", quiet, hold=True, urgent=False, zone="Asia/Kolkata")
    made = start(follower, options=wish).subscription
    assert follower.get(made) == made
    assert options_of(made) == wish


def test_the_same_wish_in_a_channel_is_reported_and_not_doubled(follower: Follower) -> None:
    first = start(follower, what="Kent", when="daily")
    again = start(follower, what="force:kent", when="daily 08:30")
    assert not again.is_new
    assert again.subscription == first.subscription
    assert start(follower, when="daily 09:00").is_new
    assert start(follower, what="all").is_new
    assert start(follower, channel_id="C2").is_new


def test_a_wish_that_ended_can_be_made_again_and_begins_anew(follower: Follower) -> None:
    first = start(follower)
    ended = end(follower, first.subscription)
    follower.release("kent-1")
    follower.clock.advance(minutes=11)
    again = start(follower)
    assert (again.is_new, again.undone, again.ended) == (True, False, ended)
    assert again.subscription.id != first.subscription.id
    assert again.subscription.position == 1


@pytest.mark.parametrize("hold", [False, True])
def test_ending_is_undone_by_making_the_same_wish_again_within_ten_minutes(follower: Follower, hold: bool) -> None:
    first = follower.subscribe(hold=hold)
    follower.release("kent-1")
    follower.plan()
    owed = [(one.id, one.kind, one.state) for one in follower.deliveries(first)]
    before = follower.get(first)
    end(follower, first)
    follower.release("kent-2")
    follower.clock.advance(minutes=9)
    assert follower.subscribe(hold=hold) == follower.get(first)
    back = follower.get(first)
    assert (back.id, back.state, back.position, back.baseline) == (first.id, before.state, before.position, 0)
    assert [(one.id, one.kind, one.state) for one in follower.deliveries(first)] == owed
    follower.plan()
    if not hold:
        follower.send_all()
        told = "\n".join(follower.titles())
        assert "kent-1" in told
        assert "kent-2" in told


def test_the_same_with_other_options_is_another_wish_and_begins_anew(follower: Follower) -> None:
    first = follower.subscribe()
    end(follower, first)
    other = follower.subscribe(layout="flat")
    assert other.id != first.id


def test_of_what_was_paused_when_it_ended_the_pause_goes_on(follower: Follower) -> None:
    first = follower.subscribe()
    paused = pause(follower.database, follower.clock, team_id="T1", channel_id="C1", subscription_id=first.id, by="U2")
    end(follower, first)
    back = follower.subscribe()
    assert (back.id, back.state, back.paused_since) == (first.id, SubscriptionState.PAUSED, paused.paused_since)


def test_a_wish_that_is_parked_resumes_with_what_it_owes_when_somebody_makes_it_again(follower: Follower) -> None:
    first = start(follower, when="now")
    assert not first.resumed
    follower.release("kent-1")
    follower.plan()
    park_it(follower, first.subscription)
    follower.clock.advance(hours=72)
    again = subscribe(
        follower.database,
        follower.clock,
        team_id="T1",
        channel_id="C1",
        target="channel",
        filter_text="force:kent",
        cadence_text="now",
        zone="Europe/London",
        by="U2",
    )
    assert (again.is_new, again.resumed) == (False, True)
    assert again.subscription == follower.get(first.subscription)
    assert is_live(again.subscription)
    assert (again.subscription.changed_by, again.subscription.created_by) == ("U2", "U1")
    assert again.subscription.position == 1
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    third = start(follower, when="now")
    assert (third.is_new, third.resumed) == (False, False)


@pytest.mark.parametrize("state", SubscriptionState)
def test_only_an_active_subscription_is_live(follower: Follower, state: SubscriptionState) -> None:
    subscription = replace(start(follower).subscription, state=state)
    assert is_live(subscription) == (state is SubscriptionState.ACTIVE)


def test_people_who_subscribe_at_the_same_moment_make_one_subscription(follower: Follower) -> None:
    barrier = Barrier(4)

    def one() -> Subscribed:
        barrier.wait(timeout=30)
        return start(follower)

    with ThreadPoolExecutor(4) as threads:
        made = [future.result() for future in [threads.submit(one) for _ in range(4)]]
    assert sorted(each.is_new for each in made) == [False, False, False, True]
    assert len({each.subscription.id for each in made}) == 1


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "Europe", "../etc/passwd", "/etc/passwd", "a\0b"])
def test_a_zone_there_is_not_is_refused(follower: Follower, zone: str) -> None:
    with pytest.raises(BadSubscription):
        follower.subscribe(zone=zone)


def test_what_is_not_understood_stores_nothing(follower: Follower) -> None:
    with pytest.raises(BadFilter):
        start(follower, what="Hampshrie")
    with pytest.raises(BadSubscription):
        start(follower, when="hourly")
    assert list_subscriptions(follower.database, team_id="T1", channel_id="C1") == []


def test_a_channel_lists_its_own_subscriptions_that_have_not_ended(follower: Follower) -> None:
    mine, ended = start(follower).subscription, start(follower, what="all").subscription
    start(follower, channel_id="C2")
    end(follower, ended)
    parked = start(follower, what="Essex").subscription
    park_it(follower, parked)
    listed = list_subscriptions(follower.database, team_id="T1", channel_id="C1")
    assert [subscription.id for subscription in listed] == [mine.id, parked.id]
    assert list_subscriptions(follower.database, team_id="T2", channel_id="C1") == []


def test_an_ended_subscription_is_kept_with_its_reason(follower: Follower) -> None:
    made = start(follower).subscription
    follower.clock.advance(hours=1)
    ended = end(follower, made)
    stored = follower.get(made)
    assert stored == ended
    assert (stored.state, stored.reason, stored.changed_by) == (SubscriptionState.ENDED, "too many", "U2")
    assert stored.changed_at - stored.created_at == timedelta(hours=1)


def test_only_its_own_channel_can_end_a_subscription_and_only_once(follower: Follower) -> None:
    made = start(follower).subscription
    for elsewhere in ({"channel_id": "C2"}, {"team_id": "T2"}):
        with pytest.raises(NoSuchSubscription):
            end(follower, made, **elsewhere)
    assert follower.get(made).state is SubscriptionState.ACTIVE
    end(follower, made)
    with pytest.raises(NoSuchSubscription):
        end(follower, made)
    with pytest.raises(NoSuchSubscription):
        end(follower, replace(made, id=404))


def test_ending_gives_up_what_waits_to_be_posted(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1")
    follower.plan()
    end(follower, subscription)
    states = {(delivery.state, delivery.error_class) for delivery in follower.deliveries(subscription)}
    assert states == {(DeliveryState.DEAD, "ended")}
    follower.send_all()
    assert follower.titles() == []


def test_a_parked_subscription_holds_what_it_owes_and_resumes_with_it(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1")
    follower.plan()
    assert park_it(follower, subscription)
    parked = follower.get(subscription)
    assert (parked.state, parked.reason) == (SubscriptionState.PARKED, "is_archived")
    follower.release("kent-2")
    assert follower.plan() == 0
    follower.clock.advance(hours=72)
    follower.send_all()
    assert follower.titles() == []

    resumed = unpark(follower.database, follower.clock, team_id="T1", channel_id="C1")
    assert [each.id for each in resumed] == [subscription.id]
    assert follower.get(subscription).reason is None
    follower.send_all()
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1", "1 new", "kent-2"]


def test_only_what_is_active_is_parked_and_only_what_is_parked_resumes(follower: Follower) -> None:
    subscription = follower.subscribe()
    assert unpark(follower.database, follower.clock, team_id="T1") == []
    assert park_it(follower, subscription)
    assert not park_it(follower, subscription)
    end(follower, subscription)
    assert unpark(follower.database, follower.clock, team_id="T1", channel_id="C1") == []
    assert not park_it(follower, replace(subscription, id=404))
    assert follower.get(subscription).state is SubscriptionState.ENDED


def test_what_a_whole_workspace_refused_is_revived_and_what_its_channel_refused_is_not(follower: Follower) -> None:
    refused = [follower.subscribe("C1"), follower.subscribe("C2")]
    archived, ended, active = (follower.subscribe(channel_id) for channel_id in ("C3", "C4", "C5"))
    for subscription in (*refused, ended):
        park_it(follower, subscription, "workspace_gone", "token_revoked")
    park_it(follower, archived)
    follower.end(ended)
    stopped = follower.get(refused[0])
    assert (stopped.reason, stopped.error_class) == ("token_revoked", "workspace_gone")

    revived = revive_workspaces(follower.database, follower.clock)

    assert [each.id for each in revived] == [each.id for each in refused]
    for subscription in (*refused, active):
        now = follower.get(subscription)
        assert (now.state, now.reason, now.error_class) == (SubscriptionState.ACTIVE, None, None)
    assert follower.get(archived).state is SubscriptionState.PARKED
    assert (follower.get(ended).state, follower.get(ended).error_class) == (SubscriptionState.ENDED, None)
    assert revive_workspaces(follower.database, follower.clock) == []


def test_a_whole_workspace_resumes_when_it_comes_back(follower: Follower) -> None:
    parked = [follower.subscribe(channel_id) for channel_id in ("C1", "C2", "C3")]
    for subscription in parked:
        park_it(follower, subscription)
    resumed = unpark(follower.database, follower.clock, team_id="T1")
    assert [each.id for each in resumed] == [each.id for each in parked]
