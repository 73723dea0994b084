from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fakes import MORNING
from follow import Follower
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summaries.delivery import DigestItem, Showing, Window, WindowKind

if TYPE_CHECKING:
    from summaries.delivery import Subscription
    from summaries.ports import StoredRelease
    from summaries.store.database import Database


def window(subscription: Subscription, period: str = "2026-11-21/daily") -> Window:
    return Window(0, subscription.id, period, 0, 1, MORNING, MORNING, 1, MORNING)


def test_a_window_is_opened_once_a_period(follower: Follower) -> None:
    subscription = follower.subscribe()
    item = DigestItem(follower.release("kent-1"), "new", 1)
    with follower.database.write() as work:
        opened = work.windows.open(window(subscription), [item])
        assert opened is not None
        assert work.windows.open(window(subscription), []) is None
        assert work.windows.open(window(subscription, "2026-11-22/daily"), []) is not None
    with follower.database.read() as work:
        assert work.windows.get(opened.id) == opened
        assert work.windows.get(404) is None


def test_the_same_period_of_another_subscription_is_another_window(follower: Follower) -> None:
    first, second = follower.subscribe("C1"), follower.subscribe("C2")
    with follower.database.write() as work:
        assert work.windows.open(window(first), []) is not None
        assert work.windows.open(window(second), []) is not None


def test_windows_are_listed_newest_first_and_the_newest_due_is_told_of_the_active(follower: Follower) -> None:
    subscription, other = follower.subscribe(when="daily 08:30"), follower.subscribe("C2", when="daily 08:30")
    for _ in range(3):
        follower.clock.advance(hours=24)
        follower.plan()
    periods = [opened.period for opened in follower.windows(subscription)]
    assert periods == ["2026-11-23/daily", "2026-11-22/daily", "2026-11-21/daily"]
    with follower.database.read() as work:
        newest = work.windows.of_subscription(subscription.id, limit=1)
        assert [opened.period for opened in newest] == periods[:1]
        assert set(work.windows.last_due(before=MORNING + timedelta(days=9))) == {subscription.id, other.id}
        assert work.windows.last_due(before=MORNING + timedelta(days=9))[subscription.id] == newest[0].due_at


def test_a_subscription_without_windows_has_none_due(follower: Follower) -> None:
    follower.subscribe()
    with follower.database.read() as work:
        assert work.windows.last_due(before=MORNING + timedelta(days=9)) == {}


def test_what_was_shown_is_told_by_number_kind_and_version(follower: Follower) -> None:
    subscription, other = follower.subscribe("C1"), follower.subscribe("C2", what="Essex")
    first, second = follower.release("kent-1"), follower.release("kent-2")
    follower.plan()
    with follower.database.read() as work:
        assert work.windows.shown(subscription.id, [first.number, second.number, 404]) == {
            (first.number, "new", 1),
            (second.number, "new", 1),
        }
        assert work.windows.shown(subscription.id, [second.number]) == {(second.number, "new", 1)}
        assert work.windows.shown(subscription.id, []) == set()
        assert work.windows.shown(other.id, [first.number]) == set()


def test_the_schema_refuses_an_item_shown_before(follower: Follower) -> None:
    subscription = follower.subscribe()
    item = DigestItem(follower.release("kent-1"), "new", 1)
    follower.plan()
    with pytest.raises(sa.exc.IntegrityError), follower.database.write() as work:
        work.windows.open(window(subscription), [item])
    with follower.database.write() as work:
        revised = replace(item, kind="revised", version=2)
        assert work.windows.open(window(subscription), [revised]) is not None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    when=st.sampled_from(["now", "daily 01:30", "weekdays 00:10", "weekly Sun 02:10", "monthly 1st Sun 02:30"]),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
    steps=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 60 * 24 * 9)), min_size=1, max_size=8),
)
def test_whenever_workers_run_windows_join_and_each_release_is_shown_once(
    database: Database, when: str, zone: str, steps: list[tuple[int, int]]
) -> None:
    """Releases come in and time passes as it likes; a subscription that is caught up has shown each release once."""
    follower = Follower(database)
    with follower.database.read() as work:
        channel_id = f"C{len(work.subscriptions.active())}"
        base = work.releases.last_seq()
    subscription = follower.subscribe(channel_id, when=when, zone=zone)
    stored: list[StoredRelease] = []
    for releases, minutes in steps:
        stored += [follower.release(f"{channel_id}-{len(stored) + each}") for each in range(releases)]
        follower.plan()
        follower.clock.advance(minutes=minutes)
    follower.clock.advance(days=40)
    follower.plan()
    windows = list(reversed(follower.windows(subscription)))
    edges = [base, *(edge for opened in windows for edge in (opened.from_seq, opened.to_seq)), base + len(stored)]
    assert edges[::2] == edges[1::2]
    assert len({opened.period for opened in windows}) == len(windows)
    with follower.database.read() as work:
        shown = work.windows.shown(subscription.id, [each.number for each in stored])
    assert shown == {(each.number, "new", 1) for each in stored}


def test_windows_are_listed_by_subscription_kind_and_workspace_newest_first(follower: Follower) -> None:
    subscription, other = follower.subscribe(), follower.subscribe("C2")
    with follower.database.write() as work:
        period = work.windows.open(window(subscription), [])
        urgent = work.windows.open(replace(window(subscription, "urgent/000001"), kind=WindowKind.URGENT), [])
        elsewhere = work.windows.open(window(other), [])
    with follower.database.read() as work:
        assert work.windows.of_subscription(subscription.id) == [urgent, period]
        assert work.windows.of_subscription(subscription.id, kind=WindowKind.PERIOD) == [period]
        assert work.windows.of_team("T1", limit=2) == [elsewhere, urgent]
        assert work.windows.of_team("T2") == []


def test_only_periods_tell_when_a_subscription_was_last_due(follower: Follower) -> None:
    subscription = follower.subscribe()
    later = MORNING + timedelta(hours=1)
    with follower.database.write() as work:
        work.windows.open(window(subscription), [])
        work.windows.open(replace(window(subscription, "urgent/000001"), kind=WindowKind.URGENT, due_at=later), [])
    with follower.database.read() as work:
        assert work.windows.last_due(before=MORNING + timedelta(days=9)) == {subscription.id: MORNING}


def test_windows_that_join_one_are_found_by_it(follower: Follower) -> None:
    subscription = follower.subscribe()
    with follower.database.write() as work:
        first = work.windows.open(window(subscription, "now/000001"), [])
        assert first is not None
        joined = work.windows.open(replace(window(subscription, "now/000002"), joins=first.id), [])
    with follower.database.read() as work:
        assert work.windows.joined_to(first.id) == [joined]
        assert work.windows.joined_to(404) == []


def test_what_a_window_held_is_told_in_the_order_it_came_in_and_where_a_release_was_held(follower: Follower) -> None:
    subscription = follower.subscribe()
    items = [DigestItem(follower.release(name), "new", 1) for name in ("kent-2", "kent-1")]
    with follower.database.write() as work:
        opened = work.windows.open(window(subscription), reversed(items))
    assert opened is not None
    numbers = [item.release.number for item in items]
    with follower.database.read() as work:
        assert work.windows.items_of(opened.id) == [(number, "new", 1) for number in numbers]
        assert work.windows.window_of(subscription.id, numbers[0]) == [(opened, "new", 1)]
        assert work.windows.window_of(subscription.id, 404) == []


def test_planning_remembers_how_far_it_has_looked_and_never_goes_back(follower: Follower) -> None:
    with follower.database.write() as work:
        assert work.windows.planned_to() == 0
        work.outages.beat(MORNING, longest_gap=900)
        work.windows.plan_to(7)
        work.windows.plan_to(5)
    with follower.database.read() as work:
        assert work.windows.planned_to() == 7


def test_messages_that_were_given_up_show_nothing(follower: Follower) -> None:
    subscription = follower.subscribe()
    stored = follower.release("kent-1")
    follower.plan()
    with follower.database.read() as work:
        parent, reply = (one.id for one in follower.deliveries(subscription))
        shown = work.windows.messages_showing([stored.number])
        assert shown == [Showing(subscription.id, one, stored.number, "new", 1) for one in (parent, reply)]
        assert work.windows.messages_showing([stored.number], subscription_id=404) == []
        assert work.windows.unstruck() == []
    with follower.database.write() as work:
        work.releases.withdraw(stored.number, at=MORNING, why="published in error")
        assert work.windows.unstruck() == shown
        work.deliveries.drop(subscription.id, error_class="ended")
        assert work.windows.messages_showing([stored.number]) == work.windows.unstruck() == []


def test_messages_of_a_subscription_that_ended_are_not_told_of(follower: Follower) -> None:
    subscription, stored = follower.owing(), follower.release("kent-2")
    follower.plan()
    follower.send_all()
    with follower.database.write() as work:
        work.releases.withdraw(stored.number, at=MORNING, why="published in error")
        assert work.windows.messages_showing([stored.number])
    follower.end(subscription)
    with follower.database.read() as work:
        assert work.windows.messages_showing([stored.number]) == work.windows.unstruck() == []
