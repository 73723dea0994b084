"""Publication days: releases of one programme and day are one message, which grows, and then gets a last line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from fakes import MORNING, Crash, CrashAt

from summaries.delivery import CatchUp, DeliveryKind, DeliveryState, Outcome, OutcomeKind, Role, WindowKind
from summaries.digests import WINDOW_STEPS
from summaries.subscriptions import pause, resume, unpark
from summaries.watched import Source, SourceKind, SourcePage

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Subscription

DAY = date(2026, 11, 21)
LIST = Source(SourceKind.LIST, "https://hmicfrs.test/news", 300)


def comes_in(follower: Follower, *names: str, programme: str = "PEEL", day: date | None = DAY) -> None:
    """Releases of a programme and day come in, and are planned and sent."""
    for name in names:
        follower.release(name, programme=programme, published_on=day)
    follower.plan()
    follower.send_all()


def page(number: int, *, at: datetime = MORNING, day: date | None = DAY) -> SourcePage:
    return SourcePage(f"https://hmicfrs.test/news/{number}", LIST.key, at, number, day, next_at=at)


def list_pages(follower: Follower, *pages: SourcePage) -> None:
    with follower.database.write() as work:
        work.sources.keep([LIST], at=follower.clock.now())
        work.sources.list_pages(pages)
        for one in pages:
            work.sources.save_page(one)


def read(one: SourcePage, *, at: datetime = MORNING, problem: str | None = None, failures: int = 0) -> SourcePage:
    read_at = None if failures else at
    return SourcePage(
        one.url, one.source_key, one.listed_at, one.position, one.published_on, read_at, at, failures, problem
    )


def now_windows(follower: Follower, subscription: Subscription) -> list[tuple[int | None, bool]]:
    """Of each, oldest first: what it joins, and whether it was closed."""
    with follower.database.read() as work:
        windows = work.windows.of_subscription(subscription.id, limit=100, kind=WindowKind.NOW)
    return [(window.joins, window.closed_at is not None) for window in reversed(windows)]


def test_a_second_release_of_the_day_joins_the_first_ones_message(follower: Follower) -> None:
    subscription = follower.subscribe()
    comes_in(follower, "kent")
    comes_in(follower, "essex")
    assert follower.titles() == ["2 new", "kent", "essex"]
    [first, second] = reversed(follower.windows(subscription))
    assert (second.joins, first.joins) == (first.id, None)


def test_a_third_one_adds_only_itself_to_the_thread(follower: Follower) -> None:
    follower.subscribe()
    for name in ("kent", "essex", "surrey"):
        comes_in(follower, name)
    assert follower.titles() == ["3 new", "kent", "essex", "surrey"]


def test_all_replies_of_a_day_are_in_one_thread(follower: Follower) -> None:
    follower.subscribe()
    for name in ("kent", "essex"):
        comes_in(follower, name)
    first, *replies = follower.poster.messages
    assert {message.thread_ts for message in replies} == {first.ts}


@pytest.mark.parametrize(
    ("programme", "day"), [("PEEL", date(2026, 11, 20)), ("PEEL", None), ("FRS", DAY)], ids=["day", "undated", "other"]
)
def test_another_programme_or_day_is_another_message(follower: Follower, programme: str, day: date | None) -> None:
    follower.subscribe()
    comes_in(follower, "kent", day=date(2026, 11, 21) if day else date(2026, 11, 19))
    comes_in(follower, "essex", programme=programme, day=day)
    assert follower.titles() == ["1 new", "kent", "1 new", "essex"]


def test_what_is_of_no_known_programme_joins_nothing(follower: Follower) -> None:
    follower.subscribe()
    for name in ("kent", "essex"):
        follower.release(name, published_on=DAY)
        follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new", "kent", "1 new", "essex"]


def test_undated_releases_of_one_programme_join_on_the_day_they_come_in(follower: Follower) -> None:
    follower.subscribe()
    comes_in(follower, "kent", day=None)
    comes_in(follower, "essex", day=None)
    assert follower.titles()[0] == "2 new"


def test_the_next_day_begins_another_message(follower: Follower) -> None:
    follower.subscribe()
    comes_in(follower, "kent")
    follower.clock.advance(hours=24)
    comes_in(follower, "essex")
    assert follower.titles()[0] == "1 new"


def test_what_comes_beside_a_publication_day_is_a_message_of_its_own(follower: Follower) -> None:
    subscription = follower.subscribe()
    comes_in(follower, "kent")
    follower.release("custody", programme="Custody", published_on=DAY)
    comes_in(follower, "essex")
    assert sorted(follower.titles()) == ["1 new", "2 new", "custody", "essex", "kent"]
    assert follower.get(subscription).position == 3
    spans = [(window.from_seq, window.to_seq) for window in reversed(follower.windows(subscription))]
    assert spans == [(0, 1), (1, 3), (3, 3)]


@pytest.mark.parametrize("options", [{"layout": "flat"}, {"hold": True}])
def test_whoever_wants_each_by_itself_gets_each_by_itself(follower: Follower, options: dict[str, object]) -> None:
    subscription = follower.subscribe(**options)
    comes_in(follower, "kent")
    comes_in(follower, "essex")
    assert now_windows(follower, subscription) == [(None, False), (None, False)]


def test_a_daily_digest_is_no_publication_day(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30", urgent=False)
    comes_in(follower, "kent")
    follower.clock.advance(hours=1)
    comes_in(follower, "essex")
    assert [window.joins for window in follower.windows(subscription)] == [None]


def test_several_at_once_are_a_tally_from_the_start(follower: Follower) -> None:
    subscription = follower.subscribe()
    comes_in(follower, "kent", "essex", "surrey")
    first = follower.deliveries(subscription)[0]
    assert first.shape is not None
    assert first.shape.role is Role.TALLY


def test_what_came_in_during_a_pause_is_one_message_when_it_is_to_be_summarised(follower: Follower) -> None:
    subscription = follower.subscribe()
    here = {"team_id": "T1", "channel_id": "C1", "subscription_id": subscription.id, "by": "U1"}
    comes_in(follower, "kent")
    pause(follower.database, follower.clock, **here)
    follower.release("custody", published_on=DAY)
    comes_in(follower, "essex", "surrey", "sussex")
    resume(follower.database, follower.clock, **here, choice=CatchUp.SUMMARISE)
    follower.plan()
    first, caught_up = reversed(follower.windows(subscription))
    assert (first.joins, caught_up.joins) == (None, None)
    with follower.database.read() as work:
        assert [number for number, _, _ in work.windows.items_of(caught_up.id)] == [2, 3, 4, 5]


def test_a_message_of_which_nobody_knows_where_it_is_is_not_joined(follower: Follower) -> None:
    subscription = follower.subscribe()
    comes_in(follower, "kent")
    first = follower.deliveries(subscription)[0]
    with follower.database.write() as work:
        arrived = replace(first, slack_ts=None)
        assert work.deliveries.decide(arrived, by="U9", at=MORNING, outcome="arrived", was=DeliveryState.SENT)
    comes_in(follower, "essex")
    assert follower.titles() == ["1 new", "kent", "1 new", "essex"]


def test_a_release_corrected_in_a_day_is_corrected_in_its_tally_and_nothing_joins_that(follower: Follower) -> None:
    follower.subscribe()
    comes_in(follower, "kent")
    comes_in(follower, "essex")
    follower.release("kent", programme="PEEL", published_on=DAY, text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles()[0] == "2 new, 1 corrected"
    comes_in(follower, "surrey")
    assert follower.titles()[0] == "2 new, 1 corrected"
    assert follower.titles()[-2:] == ["1 new", "surrey"]
    assert sum("now 2" in title for title in follower.titles()) == 1


@pytest.mark.parametrize(("minutes", "expected"), [(25, ["3 new"]), (40, ["1 new", "1 new", "1 new"])])
def test_a_message_is_joined_while_its_day_goes_on_and_no_longer(
    follower: Follower, minutes: int, expected: list[str]
) -> None:
    follower.subscribe()
    for name in ("kent", "essex", "surrey"):
        comes_in(follower, name)
        follower.clock.advance(minutes=minutes)
    assert [title for title in follower.titles() if title.endswith("new")] == expected


@pytest.mark.parametrize(
    "outcome",
    [Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks"), Outcome(OutcomeKind.CHANNEL_GONE, code="is_archived")],
    ids=["given up", "parked and paused"],
)
def test_a_message_that_is_not_posted_is_not_joined(follower: Follower, outcome: Outcome) -> None:
    subscription = follower.subscribe()
    follower.release("kent", programme="PEEL", published_on=DAY)
    follower.plan()
    follower.poster.script.append(outcome)
    follower.send()
    unpark(follower.database, follower.clock, team_id="T1")
    with follower.database.write() as work:
        work.deliveries.pause(subscription.id, error_class="channel_gone", error_code=None)
    follower.release("essex", programme="PEEL", published_on=DAY)
    follower.plan()
    assert now_windows(follower, subscription) == [(None, False), (None, False)]


def test_a_message_that_somebody_deleted_is_not_joined_again(follower: Follower) -> None:
    follower.subscribe()
    comes_in(follower, "kent")
    follower.poster.messages.pop(0)
    comes_in(follower, "essex")
    comes_in(follower, "surrey")
    assert follower.titles()[-2:] == ["1 new", "surrey"]


def test_a_day_is_closed_when_nothing_more_comes_and_every_page_was_read(follower: Follower) -> None:
    subscription = follower.subscribe()
    pages = [page(number) for number in range(3)]
    list_pages(follower, *(read(one) for one in pages[:2]), read(pages[2], failures=3, problem="It is not there."))
    comes_in(follower, "kent")
    comes_in(follower, "essex")
    follower.clock.advance(minutes=29)
    follower.plan()
    assert now_windows(follower, subscription)[0] == (None, False)
    follower.clock.advance(minutes=2)
    assert follower.plan() == 1
    assert follower.plan() == 0
    follower.send_all()
    assert follower.titles()[0] == "2 new, 2 of 3 read"
    assert now_windows(follower, subscription)[0] == (None, True)


def test_a_day_waits_for_a_page_that_nobody_looked_at_but_not_for_ever(follower: Follower) -> None:
    subscription = follower.subscribe()
    list_pages(follower, page(1))
    comes_in(follower, "kent", "essex", "surrey")
    follower.clock.advance(hours=11)
    assert follower.plan() == 0
    follower.clock.advance(hours=2)
    assert follower.plan() == 1
    follower.send_all()
    assert follower.titles()[0] == "3 new, 0 of 1 read"
    assert now_windows(follower, subscription) == [(None, True)]


def test_what_comes_after_the_close_begins_a_message_of_its_own(follower: Follower) -> None:
    subscription = follower.subscribe()
    list_pages(follower, read(page(1)))
    comes_in(follower, "kent", "essex", "surrey")
    follower.clock.advance(minutes=30)
    assert follower.plan() == 1
    comes_in(follower, "sussex")
    assert follower.titles()[0] == "3 new, 1 of 1 read"
    assert follower.titles()[-2:] == ["1 new", "sussex"]
    assert now_windows(follower, subscription) == [(None, True), (None, False)]


def test_a_correction_after_the_close_keeps_the_last_line(follower: Follower) -> None:
    follower.subscribe()
    list_pages(follower, read(page(1)))
    comes_in(follower, "kent", "essex", "surrey")
    follower.clock.advance(hours=1)
    follower.plan()
    follower.release("kent", programme="PEEL", published_on=DAY, text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles()[0] == "3 new, 1 corrected, 1 of 1 read"


def test_a_day_of_which_no_page_was_listed_is_closed_without_a_line(follower: Follower) -> None:
    subscription = follower.subscribe()
    comes_in(follower, "kent", "essex", "surrey")
    follower.clock.advance(hours=1)
    assert follower.plan() == 0
    assert now_windows(follower, subscription) == [(None, True)]
    assert {one.kind for one in follower.deliveries(subscription)} == {DeliveryKind.POST}


def test_a_single_release_is_never_closed_with_a_line(follower: Follower) -> None:
    subscription = follower.subscribe()
    list_pages(follower, read(page(1)))
    comes_in(follower, "kent")
    follower.clock.advance(hours=1)
    assert follower.plan() == 0
    assert {one.kind for one in follower.deliveries(subscription)} == {DeliveryKind.POST}


def test_pages_of_a_day_are_counted_by_their_date_or_by_when_they_were_first_read(follower: Follower) -> None:
    midnight, next_midnight = (datetime(2026, 11, day, tzinfo=UTC) for day in (21, 22))
    undated = [page(number, day=None) for number in range(10, 14)]
    list_pages(
        follower,
        read(page(1)),
        page(2),
        read(page(3, day=date(2026, 11, 20))),
        read(undated[0]),
        read(undated[1], at=datetime(2026, 11, 20, tzinfo=UTC)),
        read(undated[2], problem="No release was found."),
        undated[3],
    )
    with follower.database.read() as work:
        counted = work.sources.pages_of_day(DAY, start=midnight, end=next_midnight)
    assert (counted.read, counted.unreadable, counted.waiting, counted.listed) == (2, 1, 2, 5)


@pytest.mark.parametrize("step", WINDOW_STEPS)
def test_a_crash_while_joining_or_closing_loses_and_repeats_nothing(follower: Follower, step: str) -> None:
    follower.subscribe()
    list_pages(follower, read(page(1)))
    comes_in(follower, "kent")
    follower.release("essex", programme="PEEL", published_on=DAY)
    with pytest.raises(Crash):
        follower.plan(at=CrashAt(step))
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["2 new", "kent", "essex"]
    follower.clock.advance(hours=1)
    with pytest.raises(Crash):
        follower.plan(at=CrashAt(step))
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["2 new, 1 of 1 read", "kent", "essex"]
