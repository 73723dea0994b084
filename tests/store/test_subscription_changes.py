from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import MORNING

from summaries.delivery import Cadence, CadenceKind, Quiet, Subscription
from summaries.errors import BadFilter, BadSubscription, NoSuchSubscription
from summaries.periods import next_period
from summaries.subscriptions import Changed, change, options_of

if TYPE_CHECKING:
    from follow import Follower


def change_it(follower: Follower, subscription: Subscription, words: str) -> Changed:
    return change(
        follower.database,
        follower.clock,
        team_id="T1",
        channel_id=subscription.channel_id,
        subscription_id=subscription.id,
        words=words,
        by="U2",
    )


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("daily 09:00", {"cadence": Cadence(CadenceKind.DAILY, time(9))}),
        ("9am", {"cadence": Cadence(CadenceKind.DAILY, time(9))}),
        ("9 AM layout:flat", {"cadence": Cadence(CadenceKind.DAILY, time(9)), "layout": "flat"}),
        ("at 17:05", {"cadence": Cadence(CadenceKind.DAILY, time(17, 5))}),
        ("weekly Mon", {"cadence": Cadence(CadenceKind.WEEKLY, time(8, 30), 0)}),
        ("now", {"cadence": Cadence(CadenceKind.NOW)}),
        ("layout:flat hold:yes", {"layout": "flat", "hold": True}),
        ("empty:note detail:full urgent:no", {"empty_policy": "note", "detail": "full", "urgent": False}),
        ("zone:Europe/Paris", {"zone": "Europe/Paris"}),
        ("quiet:weekends daily 9:00", {"quiet": Quiet(weekends=True), "cadence": Cadence(CadenceKind.DAILY, time(9))}),
        ("to Essex", {"filter": "force:essex"}),
        ("to Essex weekly Fri layout:compact here", {"filter": "force:essex", "layout": "compact"}),
        ("layout:compact here", {"layout": "compact"}),
    ],
)
def test_what_is_said_is_changed_and_the_rest_stays(follower: Follower, words: str, changes: dict[str, object]) -> None:
    subscription = follower.subscribe(what="Kent", when="daily 08:30")
    follower.clock.advance(hours=2)
    changed = change_it(follower, subscription, words)
    assert changed.before == subscription
    assert changed.after == follower.get(subscription)
    assert (changed.after.changed_by, changed.after.created_by) == ("U2", "U1")
    for name, value in changes.items():
        assert getattr(changed.after, name) == value
    if "weekly" not in words:
        kept = ("changed_by", "changed_at", "due_after")
        as_before = {name: getattr(subscription, name) for name in (*changes, *kept)}
        assert replace(changed.after, **as_before) == subscription


@pytest.mark.parametrize("words", ["", "daily 08:30", "to force:kent", "layout:thread zone:Europe/London", "8.30"])
def test_words_that_change_nothing_leave_it_as_it_was(follower: Follower, words: str) -> None:
    subscription = follower.subscribe(what="Kent", when="daily 08:30")
    follower.clock.advance(hours=2)
    assert change_it(follower, subscription, words) == Changed(subscription, subscription)


@pytest.mark.parametrize(
    ("words", "error", "told"),
    [
        ("Essex", BadSubscription, "`change 1 to Essex`"),
        ("Essex daily 09:00", BadSubscription, "`change 1 to Essex`"),
        ("to", BadSubscription, "`change 1 to Kent, Essex`"),
        ("to daily 09:00", BadSubscription, "`change 1 to Kent, Essex`"),
        ("daily 25:00", BadSubscription, "`daily 08:30`"),
        ("layout:wide", BadSubscription, "`layout:flat`"),
        ("to Nowhere-on-Sea", BadFilter, "Nowhere-on-Sea"),
        ("quiet:08:00-09:00", BadSubscription, "is within the quiet hours"),
        ("daily 19:00 quiet:18:00-08:00", BadSubscription, "is within the quiet hours"),
        ("layout:flat me", BadSubscription, "stays where it is posted"),
    ],
)
def test_what_was_not_understood_changes_nothing_and_says_what_to_write(
    follower: Follower, words: str, error: type[Exception], told: str
) -> None:
    subscription = follower.subscribe(what="Kent", when="daily 08:30")
    with pytest.raises(error) as raised:
        change_it(follower, subscription, words)
    assert told in str(raised.value)
    assert follower.get(subscription) == subscription


def test_what_follows_at_once_has_no_time_to_change(follower: Follower) -> None:
    subscription = follower.subscribe(when="now")
    with pytest.raises(BadSubscription, match="Write `change 1 daily 09:00`"):
        change_it(follower, subscription, "9am")


def test_only_its_own_channel_can_change_a_subscription(follower: Follower) -> None:
    subscription = follower.subscribe()
    with pytest.raises(NoSuchSubscription):
        change_it(follower, replace(subscription, channel_id="C2"), "daily")
    follower.end(subscription)
    with pytest.raises(NoSuchSubscription):
        change_it(follower, subscription, "daily")


def test_it_cannot_become_one_that_the_channel_has_already(follower: Follower) -> None:
    first, second = follower.subscribe(when="daily 08:30"), follower.subscribe(when="daily 09:00")
    with pytest.raises(BadSubscription, match=f"`#{first.id}` follows the same"):
        change_it(follower, second, "8.30")
    assert change_it(follower, second, "layout:flat").after.layout == "flat"
    follower.end(first)
    assert change_it(follower, second, "8.30").after.cadence == first.cadence


def test_the_store_itself_refuses_the_same_wish_twice(follower: Follower) -> None:
    first, second = follower.subscribe(when="daily 08:30"), follower.subscribe(when="daily 09:00")
    with pytest.raises(BadSubscription, match="already"), follower.database.write() as work:
        work.subscriptions.save(replace(second, cadence=first.cadence))
    assert follower.get(second) == second


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_new_times_do_not_make_up_for_periods_before_them(follower: Follower) -> None:
    subscription = follower.subscribe(when="monthly 1st Tue")
    follower.clock.advance(days=20)
    changed = change_it(follower, subscription, "daily 08:00").after
    assert changed.due_after == follower.clock.now()
    assert follower.plan() == 0
    follower.clock.advance(days=1)
    assert follower.plan() == 1
    assert follower.windows(subscription)[0].coalesced == 1


@pytest.mark.parametrize(
    ("when", "changed_at", "words", "first_after"),
    [
        ("daily 08:30", "2026-11-23T09:00", ["daily 10:00"], "2026-11-24/daily"),
        ("weekly Mon 08:30", "2026-11-25T09:00", ["weekly Fri 08:30"], "2026-W49/weekly"),
        ("weekly Mon 08:30", "2026-11-25T09:00", ["daily 10:00", "weekly Fri 08:30"], "2026-W49/weekly"),
        ("monthly 1st Tue 08:30", "2026-12-03T09:00", ["monthly last Fri 08:30"], "2027-01/monthly"),
        ("daily 08:30", "2026-11-23T09:00", ["zone:America/New_York"], "2026-11-24/daily"),
    ],
)
def test_a_period_that_had_its_digest_is_not_due_again_at_its_new_time(
    follower: Follower, when: str, changed_at: str, words: list[str], first_after: str
) -> None:
    subscription = follower.subscribe(when=when)
    follower.clock.advance(seconds=(at(changed_at) - MORNING).total_seconds())
    assert follower.plan() == 1
    for said in words:
        after = change_it(follower, subscription, said).after
        follower.clock.advance(hours=2)
        follower.plan()
    begins = next_period(after.cadence, after.zone, max(after.changed_at, after.due_after))
    assert begins
    assert begins.key == first_after
    for _ in range(60):
        follower.clock.advance(days=1)
        if follower.plan():
            break
    window = follower.windows(subscription)[0]
    assert (window.period, window.coalesced) == (first_after, 1)


def test_a_time_changed_before_it_has_come_is_kept_the_same_day(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    change_it(follower, subscription, "daily 10:00")
    follower.clock.advance(hours=1)
    assert follower.plan() == 0
    follower.clock.advance(hours=1)
    assert follower.plan() == 1
    assert follower.windows(subscription)[0].period == "2026-11-21/daily"


def test_days_that_were_quiet_are_not_made_up_for_when_they_no_longer_are(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")  # a Saturday, at 08:00
    quiet = change_it(follower, subscription, "quiet:weekends").after
    assert options_of(quiet).quiet == Quiet(weekends=True)
    follower.clock.advance(days=1)
    assert follower.plan() == 0
    change_it(follower, subscription, "quiet:none")
    assert follower.plan() == 0
    follower.clock.advance(minutes=31)
    assert follower.plan() == 1
    assert follower.windows(subscription)[0].coalesced == 1


def test_what_waits_is_not_lost_by_a_change(follower: Follower) -> None:
    subscription = follower.subscribe(when="monthly 1st Tue")
    follower.release("kent-1")
    changed = change_it(follower, subscription, "now").after
    assert changed.position == subscription.position
    follower.plan()
    follower.send_all()
    assert "kent-1" in "\n".join(follower.titles())
    assert changed.due_after - MORNING == timedelta(0)
