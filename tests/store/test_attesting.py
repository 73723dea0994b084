"""Silence is attested: how often the sources were looked at, and when nothing could be learned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fakes import MORNING, TitleRenderer

from summaries.attesting import attested
from summaries.delivery import DigestContent, Outage, WindowKind
from summaries.digests import open_due_windows
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


def test_without_sources_and_outages_there_is_nothing_to_attest(follower: Follower) -> None:
    follower.subscribe(when="daily 08:30", empty="note")
    for _ in range(4):
        contents = plan(follower)
        follower.clock.advance(minutes=14)
    assert [content.attestation for content in contents] == [None]


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
