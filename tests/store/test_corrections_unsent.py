"""What is corrected or withdrawn before it is posted is posted as it is by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest
from fakes import TitleRenderer, render_titles

from summaries.delivery import DeliveryKind, DeliveryState, Quiet
from summaries.digests import open_due_windows
from summaries.planning.corrections import correct
from summaries.planning.run import Run
from summaries.subscriptions import approve
from summaries.withdrawing import withdraw

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Notice, RenderedPart

NUMBER = 1
"""Of the first release."""


def test_what_nobody_began_to_send_is_written_anew_and_told_as_new(follower: Follower) -> None:
    subscription = follower.subscribe(quiet=Quiet(hours=(time(18), time(7, 59))))
    follower.release("kent-1")
    follower.plan()
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    owed = follower.deliveries(subscription)
    assert [one.kind for one in owed] == [DeliveryKind.POST] * 2
    with follower.database.read() as work:
        for one in owed:
            assert work.deliveries.shown_in(one.id) == [(NUMBER, "new", 2)]
    follower.send_all()
    assert follower.titles() == ["1 new", "kent-1"]
    for _ in range(2):
        assert follower.plan() == 0


def test_the_part_that_is_not_posted_yet_is_written_anew_and_the_posted_one_is_edited(follower: Follower) -> None:
    follower.subscribe()
    follower.release("kent-1")
    follower.plan()
    follower.send()
    assert follower.titles() == ["1 new"]
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    follower.send_all()
    assert sorted(follower.titles()) == ["1 new, 1 corrected", "kent-1 (revision 2)", "kent-1: 1, now 2"]
    assert len(follower.poster.calls) == 4, "the reply was not posted as it had been, to be edited then"


def test_an_addition_that_waits_is_kept_when_its_message_is_written_anew(follower: Follower) -> None:
    follower.subscribe()
    for name in ("kent-1", "kent-2"):
        follower.release(name, programme="PEEL")
        follower.plan()
    follower.release("kent-1", programme="PEEL", text="Corrected.")
    follower.plan()
    follower.send_all()
    assert follower.titles() == ["2 new", "kent-1", "kent-2"]


@pytest.mark.parametrize("asked", [True, False], ids=["asked already", "not asked yet"])
def test_what_waits_for_approval_is_shown_as_it_will_be_posted(follower: Follower, asked: bool) -> None:
    class Telling(TitleRenderer):
        def notice(self, notice: Notice) -> RenderedPart:
            shown = "; ".join(str(part.payload["text"]) for part in notice.held)
            return replace(super().notice(notice), payload={"text": shown})

    subscription = follower.subscribe(hold=True)
    follower.release("kent-1")
    open_due_windows(follower.database, follower.clock, Telling())
    if asked:
        follower.send_all()
        assert follower.titles("U1") == ["1 new; kent-1"]
    withdraw(follower.database, follower.clock, NUMBER, "published in error")
    open_due_windows(follower.database, follower.clock, Telling())
    follower.send_all()
    assert follower.titles("U1") == ["1 new, 1 withdrawn; ~kent-1~"]
    *_, window = follower.windows(subscription)
    approve(follower.database, follower.clock, team_id="T1", channel_id="C1", window_id=window.id, by="U1")
    follower.send_all()
    assert follower.titles() == ["1 new, 1 withdrawn", "~kent-1~"]
    assert max(follower.poster.copies().values()) == 1


def test_a_message_taken_up_again_after_a_correction_is_corrected_too(follower: Follower) -> None:
    subscription = follower.subscribe("C1", when="daily 08:30")
    follower.release("kent-1")
    follower.clock.advance(hours=1)
    follower.plan()
    follower.send_all()
    first, _ = follower.deliveries(subscription)
    dead = replace(first, state=DeliveryState.DEAD)
    with follower.database.write() as work:
        assert work.deliveries.decide(dead, by="U9", at=follower.clock.now(), outcome="skip", was=DeliveryState.SENT)
    follower.release("kent-1", text="Corrected.")
    follower.plan()
    with follower.database.write() as work:
        assert work.deliveries.decide(first, by="U9", at=follower.clock.now(), outcome="sent", was=DeliveryState.DEAD)
    with follower.database.write() as work:
        held = work.subscriptions.lock(subscription.id)
        assert held is not None
        assert correct(work, Run(render_titles, follower.clock.now()), held, NUMBER) == 1
    follower.send_all()
    assert follower.titles("C1")[:2] == ["1 new, 1 corrected", "kent-1 (revision 2)"]
