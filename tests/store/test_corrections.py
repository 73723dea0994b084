"""What was shown is kept true: corrections and withdrawals follow every message."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from fakes import Crash, CrashAt, TitleRenderer, render_titles
from releases import make_release

from summaries.delivery import DeliveryKind, DeliveryState, Quiet, SubscriptionState, WindowKind
from summaries.digests import WINDOW_STEPS, open_due_windows
from summaries.planning.corrections import correct
from summaries.planning.run import Run
from summaries.receipts import parse_receipt
from summaries.subscriptions import park, pause, unpark
from summaries.types import RawRelease
from summaries.verifying import verify
from summaries.withdrawing import NothingToWithdraw, withdraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from follow import Follower

    from summaries.delivery import Delivery, DigestContent, RenderedPart, Subscription


def shown(follower: Follower, subscription: Subscription, *, names: Sequence[str] = ("kent-1",)) -> None:
    """A digest of these releases is in the channel."""
    for name in names:
        follower.release(name)
    follower.plan()
    follower.send_all()
    assert follower.states(subscription) == [DeliveryState.SENT] * (len(names) + 1)


def of_kind(follower: Follower, subscription: Subscription, kind: WindowKind) -> list[Delivery]:
    with follower.database.read() as work:
        windows = work.windows.of_subscription(subscription.id, kind=kind)
        return [one for window in windows for one in work.deliveries.of_window(window.id)]


def texts(deliveries: Sequence[Delivery], kind: DeliveryKind) -> list[str]:
    return [str(one.payload["text"]) for one in deliveries if one.kind is kind]


def test_a_revision_edits_every_message_that_shows_the_release_and_one_reply_tells_of_it(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    parent, reply = follower.deliveries(subscription)
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    owed = of_kind(follower, subscription, WindowKind.CORRECTION)
    assert texts(owed, DeliveryKind.EDIT) == ["1 new, 1 corrected", "kent-1 (revision 2)"]
    assert {one.target_id for one in owed if one.kind is DeliveryKind.EDIT} == {parent.id, reply.id}
    [told] = [one for one in owed if one.kind is DeliveryKind.POST]
    assert (told.payload["text"], told.parent_id) == ("kent-1: 1, now 2", parent.id)


def test_a_correction_ends_as_edited_messages_and_one_reply(follower: Follower) -> None:
    shown(follower, follower.subscribe())
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new, 1 corrected", "kent-1 (revision 2)", "kent-1: 1, now 2"]


def test_a_correction_is_no_digest_item_and_is_told_once(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.release("kent-1")
    follower.clock.advance(hours=1)
    follower.plan()
    follower.send_all()
    follower.release("kent-1", text="Corrected.")
    for _ in range(3):
        follower.plan()
        follower.clock.advance(hours=24)
    kinds = [window.kind for window in follower.windows(subscription)]
    assert kinds.count(WindowKind.CORRECTION) == 1
    assert "kent-1: 1, now 2" in {delivery.payload["text"] for delivery in follower.deliveries(subscription)}
    periods = of_kind(follower, subscription, WindowKind.PERIOD)
    assert texts(periods, DeliveryKind.POST) == ["1 new", "kent-1"]


def test_a_correction_is_told_where_the_filter_wants_the_release_no_more(follower: Follower) -> None:
    subscription = follower.subscribe(what="Kent")
    shown(follower, subscription)
    follower.release("kent-1", body="essex", text="It was Essex all along.")
    follower.plan()
    assert texts(of_kind(follower, subscription, WindowKind.CORRECTION), DeliveryKind.POST) == ["kent-1: 1, now 2"]


def test_each_revision_is_told_from_what_stood_there(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    for text in ("Second.", "Third."):
        follower.release("kent-1", text=text)
        follower.plan()
    owed = of_kind(follower, subscription, WindowKind.CORRECTION)
    assert sorted(texts(owed, DeliveryKind.POST)) == ["kent-1: 1, now 2", "kent-1: 2, now 3"]
    assert len(texts(owed, DeliveryKind.EDIT)) == 4, "what told of a correction stays as it was"


def test_a_newer_edit_keeps_what_an_older_one_said_of_another_release(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    shown(follower, subscription, names=("kent-1", "kent-2"))
    for name in ("kent-1", "kent-2"):
        follower.release(name, text="Corrected.")
        follower.plan()
    follower.send_all()
    assert follower.titles()[0] == "2 new, 2 corrected"


def test_two_revisions_that_come_at_once_are_each_told(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.clock.advance(hours=1)
    shown(follower, subscription, names=("kent-1", "kent-2"))
    for name in ("kent-1", "kent-2"):
        follower.release(name, text="Corrected.")
    follower.plan()
    follower.send_all()
    told = texts(of_kind(follower, subscription, WindowKind.CORRECTION), DeliveryKind.POST)
    assert sorted(told) == ["kent-1: 1, now 2", "kent-2: 1, now 2"]
    assert follower.titles()[0] == "2 new, 2 corrected"


def test_what_only_we_read_otherwise_corrects_nothing(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    made = make_release("kent-1", title="kent-1", bodies=("kent",), programme=None)
    raw = RawRelease("kent-1.txt", made.text.encode())
    at = follower.clock.now()
    with follower.database.write() as work:
        sha256 = hashlib.sha256(raw.content).hexdigest()
        raw_id = work.releases.keep_raw(raw, sha256=sha256, problem=None, at=at, parser_version=2)
        reread = replace(made, text=f"{made.text}\nA line that was overlooked.")
        added = work.releases.add_revision(reread, content_hash="v1:2", raw_id=raw_id, at=at, parser_version=2)
    assert added.revision == 2
    follower.plan()
    assert of_kind(follower, subscription, WindowKind.CORRECTION) == []


def test_a_release_whose_message_was_given_up_comes_revised_with_the_next_digest(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30", hold=True)
    follower.release("kent-1")
    follower.clock.advance(hours=1)
    follower.plan()
    [window] = follower.windows(subscription)
    with follower.database.write() as work:
        work.deliveries.reject(window.id)
    follower.release("kent-1", text="Corrected.")
    follower.clock.advance(hours=24)
    follower.plan()
    assert of_kind(follower, subscription, WindowKind.CORRECTION) == []
    newest = follower.windows(subscription)[0]
    with follower.database.read() as work:
        assert work.windows.items_of(newest.id) == [(_number(follower), "revised", 2)]


@pytest.mark.parametrize("state", [SubscriptionState.PAUSED, SubscriptionState.PARKED])
def test_a_correction_reaches_who_is_paused_at_once_and_who_is_parked_later(
    follower: Follower, state: SubscriptionState
) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    if state is SubscriptionState.PAUSED:
        here = {"team_id": "T1", "channel_id": "C1"}
        pause(follower.database, follower.clock, subscription_id=subscription.id, by="U1", **here)
    else:
        with follower.database.write() as work:
            park(work, subscription.id, follower.clock, error_class="channel_gone", code="is_archived")
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    owed = of_kind(follower, subscription, WindowKind.CORRECTION)
    if state is SubscriptionState.PARKED:
        assert {one.state for one in owed} == {DeliveryState.PAUSED}
        unpark(follower.database, follower.clock, team_id="T1")
    follower.send_all()
    assert follower.titles()[:3] == ["1 new, 1 corrected", "kent-1 (revision 2)", "kent-1: 1, now 2"]


def test_an_ended_subscription_is_told_nothing(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    follower.end(subscription)
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    assert of_kind(follower, subscription, WindowKind.CORRECTION) == []


def test_in_quiet_time_the_edit_is_made_and_the_reply_waits(follower: Follower) -> None:
    subscription = follower.subscribe(quiet=Quiet(hours=(time(18), time(8))))
    shown(follower, subscription)
    follower.clock.advance(hours=12)
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    for one in of_kind(follower, subscription, WindowKind.CORRECTION):
        waits = one.next_at - follower.clock.now()
        assert (one.kind is DeliveryKind.EDIT) == (waits.total_seconds() == 0), waits


@pytest.mark.parametrize("step", WINDOW_STEPS)
@pytest.mark.parametrize("nth", [1, 2])
def test_a_crash_while_correcting_loses_and_repeats_nothing(follower: Follower, step: str, nth: int) -> None:
    followers = [follower.subscribe(channel) for channel in ("C1", "C2")]
    follower.release("kent-1")
    follower.plan()
    follower.send_all()
    follower.release("kent-1", text="Corrected.")
    with pytest.raises(Crash):
        follower.plan(at=CrashAt(step, nth=nth))
    follower.plan()
    follower.plan()
    follower.send_all()
    for subscription in followers:
        told = ["1 new, 1 corrected", "kent-1 (revision 2)", "kent-1: 1, now 2"]
        assert follower.titles(subscription.channel_id) == told


def test_a_correction_that_cannot_be_rendered_is_made_later_and_stops_no_other(follower: Follower) -> None:
    broken, well = (follower.subscribe(channel, when="daily 08:30") for channel in ("C1", "C2"))
    follower.release("kent-1")
    follower.clock.advance(hours=1)
    follower.plan()
    follower.send_all()
    follower.release("kent-1", text="Corrected.")

    class Renderer(TitleRenderer):
        def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
            if content.subscription.id == broken.id and content.window.kind is WindowKind.CORRECTION:
                raise LookupError("no such template")
            return super().__call__(content)

    with pytest.raises(ExceptionGroup):
        open_due_windows(follower.database, follower.clock, Renderer())
    assert of_kind(follower, broken, WindowKind.CORRECTION) == []
    assert len(of_kind(follower, well, WindowKind.CORRECTION)) == 3
    follower.plan()
    assert len(of_kind(follower, broken, WindowKind.CORRECTION)) == 3
    assert len(of_kind(follower, well, WindowKind.CORRECTION)) == 3


def test_a_withdrawn_release_is_struck_in_every_message_and_one_reply_says_why(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    withdraw(follower.database, follower.clock, _number(follower), "published  in error")
    follower.plan()
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["1 new, 1 withdrawn", "~kent-1~", "kent-1: withdrawn, published in error"]
    [window] = [one for one in follower.windows(subscription) if one.kind is WindowKind.WITHDRAWAL]
    assert window.period == f"withdrawal/{_number(follower)}/1"


def test_a_withdrawn_release_is_told_as_withdrawn_when_it_is_verified(follower: Follower) -> None:
    stored = follower.release("kent-1")
    receipt = parse_receipt(f"R-{stored.number}")
    assert receipt is not None
    assert not verify(follower.database, receipt[0], None).withdrawn
    withdraw(follower.database, follower.clock, stored.number, "published in error")
    assert verify(follower.database, receipt[0], None).withdrawn


def test_what_was_withdrawn_before_the_digest_is_not_in_it(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    follower.release("kent-1")
    follower.release("kent-2")
    withdraw(follower.database, follower.clock, _number(follower), "published in error")
    follower.clock.advance(hours=1)
    follower.plan()
    assert texts(follower.deliveries(subscription), DeliveryKind.POST) == ["1 new", "kent-2"]


def test_a_withdrawn_release_is_noted_with_when_and_why_and_cannot_be_withdrawn_again(follower: Follower) -> None:
    stored, other = follower.release("kent-1"), follower.release("kent-2")
    assert withdraw(follower.database, follower.clock, stored.number, "published in error") == stored
    for number in (stored.number, 404):
        with pytest.raises(NothingToWithdraw):
            withdraw(follower.database, follower.clock, number, "again")
    with follower.database.read() as work:
        [noted] = work.releases.withdrawn()
        assert work.releases.by_number(other.number) == other
    assert (noted.number, noted.at, noted.why) == (stored.number, follower.clock.now(), "published in error")


def test_a_revision_that_comes_in_later_undoes_a_withdrawal(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    withdraw(follower.database, follower.clock, _number(follower), "published in error")
    follower.plan()
    follower.release("kent-1", text="As it should have been.")
    follower.plan()
    follower.send_all()
    assert follower.titles()[:2] == ["1 new, 1 corrected", "kent-1 (revision 2)"]
    withdraw(follower.database, follower.clock, _number(follower), "wrong again")
    follower.plan()
    follower.send_all()
    assert follower.titles()[:2] == ["1 new, 1 withdrawn", "~kent-1~"]


def test_planners_at_once_correct_strike_and_post_once(follower: Follower) -> None:
    for number in range(4):
        follower.subscribe(f"C{number}")
    for name in ("kent-1", "kent-2"):
        follower.release(name, programme="PEEL")
        follower.plan()
    follower.send_all()
    follower.release("kent-1", programme="PEEL", text="Corrected.")
    with follower.database.read() as work:
        other = work.releases.current("kent-2")
    assert other is not None
    withdraw(follower.database, follower.clock, other.number, "published in error")
    follower.release("kent-3", programme="PEEL")
    barrier = Barrier(4)

    def plan() -> int:
        barrier.wait(timeout=30)
        return follower.plan()

    with ThreadPoolExecutor(4) as threads:
        opened = [future.result() for future in [threads.submit(plan) for _ in range(4)]]
    assert sum(opened) == 4 * 3
    follower.send_all()
    for number in range(4):
        first, *replies = follower.titles(f"C{number}")
        assert first == "2 new, 1 corrected, 1 withdrawn"
        told = ["kent-1: 1, now 2", "kent-2: withdrawn, published in error", "1 new", "kent-3"]
        assert sorted(replies) == sorted(["kent-1 (revision 2)", "~kent-2~", *told])


def test_what_is_shown_as_it_is_needs_no_correction(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    number = _number(follower)
    with follower.database.write() as work:
        run = Run(render_titles, follower.clock.now())
        assert correct(work, run, subscription, number) == 0
    assert len(follower.windows(subscription)) == 1


def test_planning_looks_at_what_came_in_once(follower: Follower) -> None:
    subscription = follower.subscribe()
    shown(follower, subscription)
    with follower.database.read() as work:
        assert work.windows.planned_to() == work.releases.last_seq() == 1


def _number(follower: Follower) -> int:
    with follower.database.read() as work:
        found = work.releases.current("kent-1")
    assert found is not None
    return found.number
