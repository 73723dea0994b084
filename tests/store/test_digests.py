from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest
from fakes import FakeClock, render_titles
from follow import Follower

from summaries.delivery import DeliveryState, DigestContent, RenderedPart, SubscriptionState
from summaries.digests import next_run, open_due_windows, preview
from summaries.subscriptions import end_subscription, park, unpark

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
    open_due_windows(follower.database, follower.clock, lambda content: _keep(seen, content))
    [item] = seen[0].items
    assert (item.kind, item.version, item.release) == ("new", 2, revised)
    assert seen[0].subscription.id == subscription.id


def test_a_release_revised_after_the_digest_comes_again_as_revised(follower: Follower) -> None:
    follower.subscribe()
    seen: list[DigestContent] = []
    for text in ("First.", "Second."):
        follower.release("kent-1", text=text)
        open_due_windows(follower.database, follower.clock, lambda content: _keep(seen, content))
    assert [(item.kind, item.version) for content in seen for item in content.items] == [("new", 1), ("revised", 2)]


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


def test_a_preview_shows_what_waits_and_writes_nothing(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent", when="daily 08:30")
    follower.release("kent-1")
    follower.release("essex-1", body="essex")
    shown = preview(follower.database, follower.clock, subscription, render_titles)
    assert shown.waiting == 1
    assert [part.payload["text"] for part in shown.parts] == ["1 new", "kent-1"]
    assert follower.windows(subscription) == []


def test_a_preview_with_nothing_waiting_is_made_of_the_newest_as_an_example(follower: Follower) -> None:
    for name in ("kent-1", "kent-2", "kent-3", "kent-4"):
        follower.release(name)
    follower.release("surrey-1", body="surrey")
    subscription = follower.subscribe(what="Kent, Essex")
    shown = preview(follower.database, follower.clock, subscription, render_titles)
    assert shown.waiting == 0
    assert [part.payload["text"] for part in shown.parts] == ["3 new", "kent-4", "kent-3", "kent-2"]


def test_the_next_run_is_told_in_utc(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30", zone="America/New_York")
    assert next_run(subscription, follower.clock.now()) == utc("2026-11-21T13:30")
    assert next_run(follower.subscribe(when="now"), follower.clock.now()) is None


def _keep(seen: list[DigestContent], content: DigestContent) -> Sequence[RenderedPart]:
    seen.append(content)
    return render_titles(content)
