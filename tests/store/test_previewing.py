"""What the next digest would be, and when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from fakes import render_titles

from summaries.delivery import Quiet, SubscriptionState
from summaries.digests import next_run, preview
from summaries.subscriptions.starting_again import begins_after

if TYPE_CHECKING:
    from follow import Follower


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


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


def test_the_next_run_passes_over_quiet_days_and_a_pause_has_none(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30", quiet=Quiet(weekends=True))
    assert next_run(subscription, follower.clock.now()) == utc("2026-11-23T08:30")
    assert next_run(replace(subscription, state=SubscriptionState.PAUSED), follower.clock.now()) is None


def test_a_period_that_had_its_digest_before_its_time_was_moved_is_not_told_as_the_next_run(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    follower.plan()
    with follower.database.write() as work:
        later = replace(follower.get(subscription), cadence=replace(subscription.cadence, at=time(17)))
        changed = replace(later, due_after=begins_after(work, later, follower.clock.now()))
        work.subscriptions.save(changed)

    told = next_run(changed, follower.clock.now())

    assert told == utc("2026-11-22T17:00")
    follower.clock.advance(hours=12)
    assert follower.plan() == 0
    follower.clock.advance(hours=24)
    follower.plan()
    assert follower.windows(subscription)[0].due_at == told
