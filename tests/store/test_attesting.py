"""Silence is attested: how often the sources were looked at, and when nothing could be learned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import MORNING, TitleRenderer

from summaries.attesting import Attester, attested
from summaries.delivery import DigestContent, Outage, Window, WindowKind
from summaries.digests import open_due_windows
from summaries.planning.circumstances import attestation_of
from summaries.watched import CheckOutcome, Source, SourceCheck, SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from follow import Follower

    from summaries.delivery import RenderedPart
    from summaries.store.database import Database

LIST = Source(SourceKind.LIST, "https://hmicfrs.test/news", 300)
FEED = Source(SourceKind.FEED, "https://hmicfrs.test/feed", 300)


def looked(follower: Follower, source: Source, *outcomes: str, every: timedelta = timedelta(hours=1)) -> None:
    """Looks at a source from now on, at a pace: `.` went well, `x` failed."""
    at = follower.clock.now()
    with follower.database.write() as work:
        work.sources.keep([source], at=at)
        for number, sign in enumerate("".join(outcomes)):
            outcome = CheckOutcome.FAILED if sign == "x" else CheckOutcome.UNCHANGED
            check = SourceCheck(at + number * every, outcome, 0, 0, "It is down." if sign == "x" else None)
            work.sources.record(source.key, check, forget_before=MORNING)


class Seen(TitleRenderer):
    """Keeps the content of each digest that it renders."""

    def __init__(self) -> None:
        self.contents: list[DigestContent] = []

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        self.contents.append(content)
        return super().__call__(content)


def plan(follower: Follower, *sources: Source) -> list[DigestContent]:
    """What digests were written in one run of planning."""
    seen = Seen()
    open_due_windows(follower.database, follower.clock, seen, sources=sources)
    return seen.contents


def test_looks_and_failures_are_counted_over_all_sources(follower: Follower) -> None:
    looked(follower, LIST, "....x...")
    looked(follower, FEED, "xx......")
    with follower.database.read() as work:
        found = attested(work, [LIST.key, FEED.key], since=MORNING, until=MORNING + timedelta(hours=6))
    assert (found.sources, found.checks, found.failures) == (2, 14, 3)


def test_a_source_could_not_be_looked_at_from_its_first_failure_to_its_next_success(follower: Follower) -> None:
    looked(follower, LIST, "..xx..x")
    until = MORNING + timedelta(hours=8)
    with follower.database.read() as work:
        found = attested(work, [LIST.key], since=MORNING, until=until)
    hours = [MORNING + timedelta(hours=number) for number in range(8)]
    assert found.outages == (Outage(hours[2], hours[4], LIST.key), Outage(hours[6], until, LIST.key))


def test_a_worker_that_was_away_leaves_an_outage(database: Database) -> None:
    with database.write() as work:
        assert work.outages.beat(MORNING, longest_gap=900) is None
        assert work.outages.beat(MORNING + timedelta(minutes=15), longest_gap=900) is None
        gone = work.outages.beat(MORNING + timedelta(minutes=45), longest_gap=900)
        assert gone == Outage(MORNING + timedelta(minutes=15), MORNING + timedelta(minutes=45))
    with database.read() as work:
        assert list(work.outages.since(MORNING)) == [gone]
        assert list(work.outages.since(MORNING + timedelta(minutes=45))) == []


def test_a_clock_that_is_set_back_makes_no_outage(database: Database) -> None:
    with database.write() as work:
        work.outages.beat(MORNING, longest_gap=900)
        assert work.outages.beat(MORNING - timedelta(hours=2), longest_gap=900) is None
        assert work.outages.beat(MORNING + timedelta(minutes=5), longest_gap=900) is None
    with database.read() as work:
        assert list(work.outages.since(MORNING - timedelta(days=1))) == []


def test_an_empty_note_says_what_was_looked_at_since_the_last_digest(follower: Follower) -> None:
    follower.subscribe(when="daily 08:30", empty="note")
    follower.clock.advance(hours=1)
    plan(follower, LIST)
    looked(follower, LIST, "x" + 23 * ".")
    follower.clock.advance(hours=24)
    [content] = plan(follower, LIST)
    assert content.attestation is not None
    assert (content.attestation.checks, content.attestation.failures) == (24, 1)
    assert content.attestation.since == MORNING + timedelta(minutes=30)
    assert content.attestation.until == follower.clock.now()


def test_a_digest_with_something_in_it_says_nothing_of_the_looking(follower: Follower) -> None:
    follower.subscribe(when="daily 08:30")
    plan(follower, LIST)  # a worker runs
    follower.clock.advance(minutes=10)
    plan(follower, LIST)
    follower.release("kent-1")
    follower.clock.advance(minutes=14)
    plan(follower, LIST)
    follower.clock.advance(minutes=14)
    [content] = plan(follower, LIST)
    assert content.attestation is None


def test_a_digest_during_whose_span_nobody_was_running_says_so(follower: Follower) -> None:
    follower.subscribe(when="daily 08:30")
    plan(follower)
    follower.release("kent-1")
    follower.clock.advance(minutes=40)
    [content] = plan(follower)
    assert content.attestation is not None
    assert content.attestation.outages == (Outage(MORNING, MORNING + timedelta(minutes=40)),)


@pytest.mark.parametrize("name", [None, "kent-1"], ids=["nothing new", "something new"])
def test_only_an_empty_note_says_that_nothing_is_watched(follower: Follower, name: str | None) -> None:
    subscription = follower.subscribe(when="daily 08:30", empty="note")
    if name:
        follower.release(name)
    for _ in range(4):
        contents = plan(follower)
        follower.clock.advance(minutes=14)
    [content] = contents
    told = content.attestation
    assert (told and (told.sources, told.since)) == (None if name else (0, subscription.created_at))


def test_of_a_time_whose_checks_are_forgotten_nothing_is_said(follower: Follower) -> None:
    looked(follower, LIST, "....")
    until = MORNING + timedelta(hours=4)
    forgotten = Attester((LIST.key,), kept_from=until)
    half = Attester((LIST.key,), kept_from=MORNING + timedelta(hours=2))
    with follower.database.read() as work:
        assert forgotten.of(work, MORNING, until) is None
        found = half.of(work, MORNING, until)
    assert found is not None
    assert (found.since, found.checks) == (MORNING + timedelta(hours=2), 2)


def test_an_old_digest_is_attested_from_the_one_before_it_however_many_came_since(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    at = [MORNING + timedelta(days=day) for day in range(110)]
    with follower.database.write() as work:
        opened = [work.windows.open(Window(0, subscription.id, str(due), 0, 0, due, due, 1, due), ()) for due in at]
    assert opened[2] is not None
    with follower.database.read() as work:
        told = attestation_of(work, Attester((LIST.key,)), subscription, opened[2], ())
    assert told is not None
    assert told.since == at[1]


def test_ten_days_down_come_as_one_digest_that_says_what_it_covers_and_that_nobody_was_running(
    follower: Follower,
) -> None:
    daily = follower.subscribe("C1", when="daily 08:30")
    weekly = follower.subscribe("C2", when="weekly Mon 08:30")
    plan(follower, LIST)
    for day in range(3):
        follower.release(f"day-{day}")
    follower.clock.advance(days=10)
    by_channel = {content.subscription.channel_id: content for content in plan(follower, LIST)}
    assert plan(follower, LIST) == []
    content = by_channel["C1"]
    assert (content.window.coalesced, content.window.covers_from) == (10, MORNING + timedelta(minutes=30))
    assert len(content.items) == 3
    assert content.attestation is not None
    assert content.attestation.outages == (Outage(MORNING, MORNING + timedelta(days=10)),)
    assert by_channel["C2"].window.coalesced == 2  # two Mondays
    follower.send_all()
    assert follower.titles("C1") == follower.titles("C2") == ["3 new", "day-0", "day-1", "day-2"]
    for subscription in (daily, weekly):
        assert [window.kind for window in follower.windows(subscription)] == [WindowKind.PERIOD]


def test_a_message_that_is_corrected_keeps_what_it_said_of_the_looking(follower: Follower) -> None:
    class Again(Seen):
        def again(self, content: DigestContent, shape: object) -> RenderedPart:
            self.contents.append(content)
            return super().again(content, shape)  # type: ignore[arg-type]

    follower.subscribe(when="daily 08:30")
    plan(follower)
    follower.release("kent-1")
    follower.clock.advance(days=3)
    [first] = plan(follower)
    follower.clock.advance(minutes=10)
    follower.release("kent-1", text="Corrected.")
    render = Again()
    open_due_windows(follower.database, follower.clock, render)
    edited = [content for content in render.contents if content.window.kind is WindowKind.PERIOD]
    assert [content.attestation for content in edited] == [first.attestation, None]
