"""What cannot wait for its period is posted at once, and the period leaves it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from fakes import MORNING, Crash, CrashAt
from releases import make_release, store_release

from summaries.delivery import Quiet, WindowKind
from summaries.digests import WINDOW_STEPS
from summaries.planning.urgency import is_urgent
from summaries.types import Evidence, Grade, Judgment, Kind, Monitoring, MonitoringEvent, Scale, Scope

if TYPE_CHECKING:
    from follow import Follower

    from summaries.ports import StoredRelease
    from summaries.types import Release

TODAY = date(2026, 11, 21)


def moved(release_id: str = "kent-engage", *, event: MonitoringEvent = MonitoringEvent.ENTERED, **more: Any) -> Release:
    made = make_release(
        release_id,
        title=release_id,
        programme=None,
        cycle=None,
        pillar=None,
        kind=Kind.MONITORING,
        published_on=more.pop("published_on", TODAY),
        **more,
    )
    return replace(made, monitoring=Monitoring(event, None, Evidence.of(made.text, 0, 5)))


def graded(
    grade: Grade,
    *,
    cycle: str = "2016",
    day: date = TODAY,
    kind: Kind = Kind.FORCE_INSPECTION,
    force: str = "kent",
) -> Release:
    name = f"{force}-{cycle}"
    made = make_release(name, title=name, bodies=(force,), cycle=cycle, published_on=day, kind=kind)
    judgment = Judgment(force, Scope.PILLAR, "legitimacy", grade, Scale.FOUR, Evidence.of(made.text, 0, 4))
    return replace(made, judgments=(judgment,))


def keep(follower: Follower, release: Release) -> StoredRelease:
    with follower.database.write() as work:
        return store_release(work.releases, release, at=follower.clock.now())


def urgent(follower: Follower, release: Release) -> bool:
    stored = keep(follower, release)
    with follower.database.read() as work:
        return is_urgent(work, stored, follower.clock.now())


@pytest.mark.parametrize(
    ("event", "expected"),
    [(MonitoringEvent.ENTERED, True), (MonitoringEvent.LEFT, True), (MonitoringEvent.REMAINS, False)],
)
def test_moves_in_monitoring_are_urgent_and_staying_is_not(
    follower: Follower, event: MonitoringEvent, expected: bool
) -> None:
    assert urgent(follower, moved(event=event)) is expected


def test_an_accelerated_cause_of_concern_is_urgent_and_a_note_that_explains_the_term_is_not(follower: Follower) -> None:
    told = make_release("told", closing="We issued an accelerated cause of concern.", published_on=TODAY)
    assert urgent(follower, told)
    noted = make_release(
        "noted", closing="An accelerated cause of concern is one that cannot wait.", published_on=TODAY
    )
    at = noted.text.index("An accelerated")
    assert not urgent(follower, replace(noted, note_spans=(Evidence.of(noted.text, at, len(noted.text)),)))


@pytest.mark.parametrize(
    ("grade", "cycle", "expected"),
    [
        (Grade.INADEQUATE, "2016", True),
        (Grade.GOOD, "2016", False),
        (Grade.INADEQUATE, "2023-25", False),
    ],
    ids=["moved", "the same", "not comparable"],
)
def test_a_grade_that_moved_against_the_comparable_one_before_is_urgent(
    follower: Follower, grade: Grade, cycle: str, expected: bool
) -> None:
    keep(follower, graded(Grade.GOOD, cycle="2015", day=date(2025, 11, 21)))
    assert urgent(follower, graded(grade, cycle=cycle)) is expected


def test_a_first_grade_is_not_urgent(follower: Follower) -> None:
    assert not urgent(follower, graded(Grade.INADEQUATE))


def test_a_national_release_is_not_urgent_for_the_grades_it_repeats(follower: Follower) -> None:
    keep(follower, graded(Grade.GOOD, cycle="2015", day=date(2025, 11, 21)))
    assert not urgent(follower, graded(Grade.INADEQUATE, kind=Kind.NATIONAL))


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 10, 22), True), (date(2026, 10, 1), False)])
def test_what_is_added_from_an_archive_is_no_alarm(follower: Follower, day: date, expected: bool) -> None:
    assert urgent(follower, moved(published_on=day)) is expected


def test_an_undated_release_is_news_by_the_year_it_tells(follower: Follower) -> None:
    assert not urgent(follower, moved("old", published_on=None, closing="It moved in 2017."))
    assert urgent(follower, moved("new", published_on=None, closing="It moved in 2026."))
    assert urgent(follower, moved("unknown", published_on=None, closing="It moved."))


def test_it_is_posted_at_once_and_the_digest_leaves_it_out(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    keep(follower, moved())
    follower.release("kent-1")
    assert follower.plan() == 1
    assert follower.plan() == 0
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-engage"]
    assert follower.get(subscription).position == 0
    follower.clock.advance(hours=1)
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-engage", "1 new", "kent-1"]
    kinds = [window.kind for window in follower.windows(subscription)]
    assert kinds == [WindowKind.PERIOD, WindowKind.URGENT]


def test_an_urgent_window_is_not_taken_for_a_period(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    for _ in range(2):  # the first is posted before its day's period is due
        keep(follower, moved(f"moved at {follower.clock.now()}"))
        follower.plan()
        follower.clock.advance(hours=24)
    follower.plan()
    with follower.database.read() as work:
        periods = work.windows.of_subscription(subscription.id, kind=WindowKind.PERIOD)
    assert [(window.period, window.coalesced) for window in periods] == [
        ("2026-11-22/daily", 1),
        ("2026-11-21/daily", 1),
    ]


@pytest.mark.parametrize(
    "wish",
    [{"what": "Essex"}, {"urgent": False}, {"what": "-kind:monitoring"}],
    ids=["another force", "not wanted", "excluded"],
)
def test_who_does_not_want_it_is_not_disturbed(follower: Follower, wish: dict[str, Any]) -> None:
    follower.subscribe(when="daily 08:30", **wish)
    keep(follower, moved())
    assert follower.plan() == 0


def test_what_came_in_before_somebody_followed_is_not_posted_to_them(follower: Follower) -> None:
    keep(follower, moved())
    follower.subscribe(when="daily 08:30")
    assert follower.plan() == 0


def test_who_follows_at_once_gets_it_once(follower: Follower) -> None:
    follower.subscribe()
    keep(follower, moved())
    assert follower.plan() == 1
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-engage"]


def test_it_waits_for_the_end_of_quiet_time(follower: Follower) -> None:
    night = Quiet(hours=(time(18), time(8)))
    subscription = follower.subscribe(when="daily 08:30", quiet=night)
    follower.clock.advance(hours=12)
    keep(follower, moved())
    follower.plan()
    due = {one.next_at for one in follower.deliveries(subscription) if one.next_at > follower.clock.now()}
    assert due == {datetime(2026, 11, 22, 8, tzinfo=MORNING.tzinfo)}


def test_grades_that_moved_on_one_publication_day_are_one_message(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 17:00")
    for force in ("kent", "essex", "surrey"):
        keep(follower, graded(Grade.GOOD, cycle="2015", day=date(2025, 11, 21), force=force))
    follower.clock.advance(hours=12)
    follower.plan()
    follower.clock.advance(hours=12)
    follower.send_all()
    follower.poster.messages.clear()
    for force in ("kent", "essex", "surrey"):
        keep(follower, graded(Grade.INADEQUATE, force=force))
        follower.plan()
        follower.send_all()
    assert follower.titles() == ["3 new", "kent-2016", "essex-2016", "surrey-2016"]
    first, *replies = follower.poster.messages
    assert {message.thread_ts for message in replies} == {first.ts}
    kinds = [window.kind for window in follower.windows(subscription)]
    assert kinds == [WindowKind.URGENT] * 3 + [WindowKind.PERIOD]


def test_one_revised_before_the_digest_is_corrected_and_not_repeated(follower: Follower) -> None:
    follower.subscribe(when="daily 08:30")
    keep(follower, moved())
    follower.plan()
    follower.send_all()
    keep(follower, moved(closing="Corrected."))
    follower.clock.advance(hours=1)
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new, 1 corrected", "kent-engage (revision 2)", "kent-engage: 1, now 2"]


@pytest.mark.parametrize("step", WINDOW_STEPS)
@pytest.mark.parametrize("nth", [1, 2])
def test_a_crash_loses_and_repeats_nothing(follower: Follower, step: str, nth: int) -> None:
    for channel in ("C1", "C2"):
        follower.subscribe(channel, when="daily 08:30")
    keep(follower, moved())
    with pytest.raises(Crash):
        follower.plan(at=CrashAt(step, nth=nth))
    follower.plan()
    follower.send_all()
    assert follower.titles("C1") == follower.titles("C2") == ["1 new", "kent-engage"]
