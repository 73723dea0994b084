"""Planning goes on, whatever is wrong with one subscription, one clock, or one worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from fakes import TitleRenderer
from releases import make_release, store_release

from summaries.delivery import Quiet, WindowKind
from summaries.digests import open_due_windows
from summaries.subscriptions import pause, unpark
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from follow import Follower

    from summaries.delivery import DigestContent, RenderedPart, Subscription

URGENT = "An accelerated cause of concern was issued."
TODAY = date(2026, 11, 21)


def break_filter(follower: Follower, subscription: Subscription) -> None:
    """Give a subscription a filter that nobody can read any more."""
    with follower.database.write() as work:
        held = work.subscriptions.lock(subscription.id)
        assert held is not None
        work.subscriptions.save(replace(held, filter="oldkey:x"))


def test_a_filter_that_cannot_be_read_keeps_nobody_paused_and_no_other_digest_back(follower: Follower) -> None:
    bad, good, other = (follower.subscribe(f"C{number}", when="daily 08:30") for number in (1, 2, 3))
    until = follower.clock.now().replace(hour=8, minute=15)
    for one in (bad, good):
        where = {"team_id": "T1", "channel_id": one.channel_id, "subscription_id": one.id}
        pause(follower.database, follower.clock, **where, by="U1", until=until)
    break_filter(follower, bad)
    follower.release("kent-1")
    for minutes in (20, 20):
        follower.clock.advance(minutes=minutes)
        with pytest.raises(ExceptionGroup):
            follower.plan()
    assert [len(follower.windows(one)) for one in (bad, good, other)] == [0, 1, 1]


def test_a_filter_that_cannot_be_read_keeps_nothing_urgent_from_others(follower: Follower) -> None:
    bad = follower.subscribe("C1", when="weekly Mon 09:00")
    follower.subscribe("C2", when="weekly Mon 09:00")
    break_filter(follower, bad)
    follower.release("kent-1", text=URGENT, published_on=TODAY)
    with pytest.raises(ExceptionGroup):
        follower.plan()
    follower.send_all()
    assert follower.titles("C2") == ["1 new", "kent-1"]


def test_a_digest_that_cannot_be_rendered_does_not_keep_planning_at_the_same_place(follower: Follower) -> None:
    class Renderer(TitleRenderer):
        def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
            raise ValueError("no such template")

    follower.subscribe()
    follower.release("kent-1")
    with pytest.raises(ExceptionGroup):
        open_due_windows(follower.database, follower.clock, Renderer())
    with follower.database.read() as work:
        assert work.windows.planned_to() == work.releases.last_seq() == 1


def test_a_worker_whose_clock_was_ahead_keeps_no_later_digest_back(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 09:00")
    follower.release("kent-1")
    follower.clock.advance(days=400)
    follower.plan()
    follower.clock.advance(days=-400)
    follower.release("kent-2")
    for _ in range(3):
        follower.clock.advance(days=1)
        follower.plan()
    periods = [window.period for window in follower.windows(subscription)]
    assert periods == ["2027-12-25/daily", "2026-11-23/daily", "2026-11-22/daily", "2026-11-21/daily"]
    follower.send()
    assert follower.titles() == ["1 new"], "what is owed for next year waits, what is owed now does not"


def test_what_was_parked_is_posted_at_the_end_of_quiet_time(follower: Follower) -> None:
    follower.subscribe(when="daily 09:00", quiet=Quiet(hours=(time(18), time(8))))
    follower.release("kent-1")
    follower.clock.advance(hours=2)
    follower.plan()
    follower.poster.gone.add("C1")
    follower.send_all()
    follower.poster.gone.clear()
    follower.clock.advance(hours=18)
    unpark(follower.database, follower.clock, team_id="T1", channel_id="C1")
    follower.send_all()
    assert [message.accepted_at.hour for message in follower.poster.messages] == [8, 8]


def test_our_own_reading_of_what_was_shown_is_told_by_no_digest(follower: Follower) -> None:
    subscription = follower.subscribe(when="weekly Mon 09:00")
    made = make_release("kent-1", title="kent-1", bodies=("kent",), closing=URGENT, published_on=TODAY)
    with follower.database.write() as work:
        store_release(work.releases, made, at=follower.clock.now())
    follower.plan()
    follower.send_all()
    raw, at = RawRelease("kent-1.txt", made.text.encode()), follower.clock.now()
    with follower.database.write() as work:
        digest = sha256(raw.content).hexdigest()
        raw_id = work.releases.keep_raw(raw, sha256=digest, problem=None, at=at, parser_version=2)
        reread = replace(made, cycle="2017")
        work.releases.add_revision(reread, content_hash="v2:made", raw_id=raw_id, at=at, parser_version=2)
    follower.clock.advance(days=3)
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    assert {window.kind for window in follower.windows(subscription)} == {WindowKind.URGENT, WindowKind.PERIOD}
