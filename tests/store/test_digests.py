from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest
from fakes import Crash, CrashAt, FakeClock, TitleRenderer, render_titles
from follow import Follower

from summaries.delivery import CatchUp, DeliveryState, DigestContent, Quiet, RenderedPart, SubscriptionState
from summaries.digests import WINDOW_STEPS, next_run, open_due_windows
from summaries.subscriptions import end_subscription, park, pause, unpark
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.store.database import Database


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_nothing_is_opened_when_nothing_is_due(follower: Follower) -> None:
    follower.subscribe(when="now")
    follower.subscribe("C2", when="daily 08:30")
    assert follower.plan() == 0


def test_now_opens_a_window_as_soon_as_something_came_in(follower: Follower) -> None:
    subscription = follower.subscribe(when="now")
    stored = follower.release("kent-1")
    assert follower.plan() == 1
    assert follower.plan() == 0
    [window] = follower.windows(subscription)
    assert (window.period, window.from_seq, window.to_seq) == ("now/000001", 0, stored.seq)
    assert window.covers_from == window.due_at == follower.clock.now()
    assert follower.get(subscription).position == stored.seq


def test_a_daily_window_opens_at_its_time_and_once(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.release("kent-1")
    assert follower.plan() == 0
    follower.clock.advance(minutes=30)
    assert follower.plan() == 1
    follower.clock.advance(hours=3)
    assert follower.plan() == 0
    [window] = follower.windows(subscription)
    assert (window.period, window.coalesced) == ("2026-11-21/daily", 1)
    assert window.due_at == window.covers_from == utc("2026-11-21T08:30")


def test_the_rendered_parts_are_written_as_deliveries(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1")
    follower.plan()
    parent, reply = follower.deliveries(subscription)
    assert [parent.payload, reply.payload] == [{"text": "1 new"}, {"text": "kent-1"}]
    assert [parent.part, reply.part] == [0, 1]
    assert parent.payload_hash == hashlib.sha256(json.dumps(parent.payload, sort_keys=True).encode()).hexdigest()
    assert (parent.state, parent.attempt, parent.owner) == (DeliveryState.PENDING, 0, None)
    assert (parent.next_at, parent.expires_at) == (follower.clock.now(), None)
    assert len({parent.id, reply.id}) == 2


def test_the_past_is_not_posted_to_a_new_subscription(follower: Follower) -> None:
    follower.release("old")
    subscription = follower.subscribe()
    follower.release("new")
    follower.plan()
    assert [delivery.payload["text"] for delivery in follower.deliveries(subscription)] == ["1 new", "new"]


def test_windows_join_without_gap_or_overlap(follower: Follower) -> None:
    subscription = follower.subscribe()
    for name in ("a", "b", "c"):
        follower.release(name)
        follower.plan()
    spans = [(window.from_seq, window.to_seq) for window in reversed(follower.windows(subscription))]
    assert spans == [(0, 1), (1, 2), (2, 3)]


def test_a_filter_keeps_out_what_it_does_not_want_and_the_window_is_still_recorded(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent")
    follower.release("essex-1", body="essex")
    assert follower.plan() == 1
    assert follower.deliveries(subscription) == []
    follower.release("kent-1")
    follower.plan()
    assert [delivery.payload["text"] for delivery in follower.deliveries(subscription)] == ["1 new", "kent-1"]


def test_an_empty_period_is_recorded_and_not_posted(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    assert follower.plan() == 1
    assert follower.plan() == 0
    assert follower.deliveries(subscription) == []
    assert len(follower.windows(subscription)) == 1


def test_an_empty_period_is_posted_when_the_subscription_wants_a_note(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    with follower.database.write() as work:
        work.subscriptions.save(replace(follower.get(subscription), empty_policy="note"))
    follower.clock.advance(hours=1)
    follower.plan()
    [note] = follower.deliveries(subscription)
    assert note.payload == {"text": "0 new"}


def test_now_posts_no_note_about_what_the_filter_kept_out(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent", when="now")
    with follower.database.write() as work:
        work.subscriptions.save(replace(follower.get(subscription), empty_policy="note"))
    follower.release("essex-1", body="essex")
    follower.plan()
    assert follower.deliveries(subscription) == []


def test_periods_missed_come_as_one_window_that_counts_them(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    for day in range(4):
        follower.release(f"day-{day}")
        follower.clock.advance(hours=24)
    assert follower.plan() == 1
    assert follower.plan() == 0
    [window] = follower.windows(subscription)
    assert (window.period, window.coalesced, window.due_at) == ("2026-11-24/daily", 4, utc("2026-11-24T08:30"))
    assert window.covers_from == utc("2026-11-21T08:30")
    assert follower.deliveries(subscription)[0].payload == {"text": "4 new"}


def test_periods_missed_while_parked_are_covered_from_the_first_of_them(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    follower.plan()
    with follower.database.write() as work:
        park(work, subscription.id, follower.clock, error_class="channel_gone", code="is_archived")
    for _ in range(3):
        follower.clock.advance(hours=24)
        follower.plan()
    unpark(follower.database, follower.clock, team_id="T1", channel_id="C1")
    assert follower.plan() == 1
    window = follower.windows(subscription)[0]
    assert (window.coalesced, window.covers_from) == (3, utc("2026-11-22T08:30"))


def test_the_hour_that_autumn_repeats_opens_one_window(database: Database) -> None:
    follower = Follower(database, FakeClock(utc("2026-10-24T12:00")))
    subscription = follower.subscribe(when="daily 01:30")
    for _ in range(48):
        follower.plan()
        follower.clock.advance(minutes=30)
    [window] = follower.windows(subscription)
    assert (window.period, window.due_at) == ("2026-10-25/daily", utc("2026-10-25T00:30"))


def test_a_release_revised_before_the_digest_is_shown_once_as_new_and_as_it_is_now(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.release("kent-1", text="First.")
    revised = follower.release("kent-1", text="Second.")
    seen: list[DigestContent] = []
    follower.clock.advance(hours=1)
    open_due_windows(follower.database, follower.clock, Keeping(seen))
    [item] = seen[0].items
    assert (item.kind, item.version, item.release) == ("new", 2, revised)
    assert seen[0].subscription.id == subscription.id


def test_a_release_revised_that_no_message_showed_comes_as_revised(follower: Follower) -> None:
    follower.release("kent-1", text="First.")
    follower.subscribe()
    follower.release("kent-1", text="Second.")
    seen: list[DigestContent] = []
    open_due_windows(follower.database, follower.clock, Keeping(seen))
    assert [(item.kind, item.version) for content in seen for item in content.items] == [("revised", 2)]


def test_an_item_shown_before_is_not_shown_again(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1")
    follower.plan()
    with follower.database.write() as work:  # as when somebody asks for the past again
        work.subscriptions.save(replace(follower.get(subscription), position=0))
    follower.release("kent-2")
    follower.plan()
    texts = [delivery.payload["text"] for delivery in follower.deliveries(subscription)]
    assert texts == ["1 new", "kent-1", "1 new", "kent-2"]


@pytest.mark.parametrize("state", [SubscriptionState.PAUSED, SubscriptionState.PARKED, SubscriptionState.ENDED])
def test_a_subscription_that_is_not_active_opens_nothing(follower: Follower, state: SubscriptionState) -> None:
    subscription = follower.subscribe()
    with follower.database.write() as work:
        work.subscriptions.save(replace(subscription, state=state))
    follower.release("kent-1")
    assert follower.plan() == 0
    assert next_run(follower.get(subscription), follower.clock.now()) is None


def test_a_digest_that_cannot_be_rendered_leaves_nothing_behind_and_stops_no_other(follower: Follower) -> None:
    broken, well = follower.subscribe("C1"), follower.subscribe("C2")
    follower.release("kent-1")

    def render(content: DigestContent) -> Sequence[RenderedPart]:
        if content.subscription.id == broken.id:
            raise LookupError("no such template")
        return render_titles(content)

    with pytest.raises(ExceptionGroup) as raised:
        open_due_windows(follower.database, follower.clock, render)
    assert [type(problem) for problem in raised.value.exceptions] == [LookupError]
    assert (follower.windows(broken), follower.get(broken).position) == ([], 0)
    assert len(follower.deliveries(well)) == 2
    assert follower.plan() == 1
    assert len(follower.deliveries(broken)) == 2


def test_a_digest_rendered_to_nothing_is_an_error_and_not_a_loss(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1")
    with pytest.raises(ExceptionGroup):
        open_due_windows(follower.database, follower.clock, lambda content: [])
    assert follower.windows(subscription) == []


def test_two_planners_at_once_open_each_window_once(follower: Follower) -> None:
    subscriptions = [follower.subscribe(f"C{number}", when=when) for number in range(4) for when in ("now", "daily")]
    follower.release("kent-1")
    follower.clock.advance(hours=1)
    barrier = Barrier(4)

    def plan() -> int:
        barrier.wait(timeout=30)
        return follower.plan()

    with ThreadPoolExecutor(4) as threads:
        opened = [future.result() for future in [threads.submit(plan) for _ in range(4)]]
    assert sum(opened) == len(subscriptions)
    for subscription in subscriptions:
        assert len(follower.windows(subscription)) == 1
        assert len(follower.deliveries(subscription)) == 2


def test_a_planner_that_comes_second_finds_the_window_done_by_the_schema_alone(follower: Follower) -> None:
    """The lock only saves the trouble: without it the unique key of the period still decides."""
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    follower.plan()
    [window] = follower.windows(subscription)
    with follower.database.write() as work:
        assert work.windows.open(window, []) is None


def test_ending_while_a_window_opens_is_not_undone_by_it(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.release("kent-1")
    inside = Event()

    def end() -> None:
        inside.wait(timeout=30)
        end_subscription(
            follower.database,
            follower.clock,
            team_id="T1",
            channel_id="C1",
            subscription_id=subscription.id,
            by="U2",
            reason="no longer needed",
        )

    def render(content: DigestContent) -> Sequence[RenderedPart]:
        inside.set()
        return render_titles(content)

    with ThreadPoolExecutor(1) as threads:
        ended = threads.submit(end)
        open_due_windows(follower.database, follower.clock, render)
        ended.result()
    after = follower.get(subscription)
    assert (after.state, after.reason, after.position) == (SubscriptionState.ENDED, "no longer needed", 1)
    assert {delivery.state for delivery in follower.deliveries(subscription)} == {DeliveryState.DEAD}


def test_what_came_in_during_a_pause_comes_with_the_next_digest_and_that_is_told_once(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    paused_at = follower.clock.now()
    here = {"team_id": "T1", "channel_id": "C1", "subscription_id": subscription.id, "by": "U1"}
    pause(follower.database, follower.clock, **here, until=paused_at + timedelta(days=3))
    follower.release("kent-1")
    seen: list[DigestContent] = []
    for _ in range(5):
        open_due_windows(follower.database, follower.clock, Keeping(seen))
        follower.clock.advance(hours=24)
    [content] = seen
    assert [item.release.release.id for item in content.items] == ["kent-1"]
    assert (content.subscription.paused_since, content.subscription.catch_up) == (paused_at, CatchUp.POST)
    after = follower.get(subscription)
    assert (after.state, after.paused_since, after.catch_up) == (SubscriptionState.ACTIVE, None, None)


def test_who_follows_at_once_gets_what_came_in_quiet_time_when_it_ends(follower: Follower) -> None:
    follower.subscribe(quiet=Quiet(hours=(time(18), time(8))))
    follower.clock.advance(hours=12)
    for name in ("kent-1", "kent-2"):
        follower.release(name)
        assert follower.plan() == 0
    follower.clock.advance(hours=12)
    assert follower.plan() == 1
    follower.send_all()
    assert follower.titles() == ["2 new", "kent-1", "kent-2"]


def test_a_digest_that_was_late_waits_for_the_end_of_quiet_time(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 17:30", quiet=Quiet(hours=(time(18), time(8))))
    follower.release("kent-1")
    follower.clock.advance(hours=12)  # no worker ran at half past five
    follower.plan()
    assert {one.next_at for one in follower.deliveries(subscription)} == {utc("2026-11-22T08:00")}


def test_a_period_that_is_done_is_not_counted_again_when_its_time_is_moved(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    follower.plan()
    with follower.database.write() as work:
        later = replace(subscription.cadence, at=time(17))
        work.subscriptions.save(replace(follower.get(subscription), cadence=later, due_after=follower.clock.now()))
    follower.clock.advance(hours=24)
    follower.plan()
    follower.clock.advance(hours=9)
    follower.plan()
    newest = follower.windows(subscription)[0]
    assert (newest.period, newest.coalesced) == ("2026-11-22/daily", 1)


@pytest.mark.parametrize("what", ["all", "Kent"])
def test_corporate_notices_are_left_out_unless_they_are_asked_for(follower: Follower, what: str) -> None:
    follower.subscribe("C1", what=what)
    follower.subscribe("C2", what=f"{what} kind:corporate" if what != "all" else "kind:corporate")
    follower.release("notice", kind=Kind.CORPORATE)
    follower.plan()
    follower.send_all()
    assert (follower.titles("C1"), follower.titles("C2")) == ([], ["1 new", "notice"])


@pytest.mark.parametrize("step", WINDOW_STEPS)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_crash_at_any_step_of_planning_loses_and_repeats_nothing(follower: Follower, step: str, nth: int) -> None:
    channels = {"C1": "now", "C2": "daily 08:30", "C3": "daily 08:30"}
    for channel, when in channels.items():
        follower.subscribe(channel, when=when)
    follower.release("kent-1")
    follower.clock.advance(hours=1)
    with pytest.raises(Crash):
        follower.plan(at=CrashAt(step, nth=nth))
    follower.plan()
    follower.send_all()
    for channel in channels:
        assert follower.titles(channel) == ["1 new", "kent-1"]


class Keeping(TitleRenderer):
    """Renders titles, and keeps what it was given."""

    def __init__(self, seen: list[DigestContent]) -> None:
        self.seen = seen

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        self.seen.append(content)
        return super().__call__(content)
