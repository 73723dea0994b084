"""Every event is answered once, whatever waits, sweeps and dies meanwhile."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from fakes import FakeClock
from waiting import wait_for

from bot.inbox import EventInbox, NotSent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.store.database import Database


class Desk:
    """An inbox and what it answered. An event whose id is in `held_back` is answered when `gate` opens."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.clock = clock
        self.gate = threading.Event()
        self.held_back: set[str] = set()
        self.refusals: Counter[str] = Counter()
        self.begun: Counter[str] = Counter()
        self.inbox = EventInbox(database, clock, self._answer)

    def receive(self, event_id: str, *, slow: bool = False) -> None:
        at = int(self.clock.now().timestamp())
        self.inbox.receive({"event_id": event_id, "event_time": at}, slow=slow)

    def close(self) -> None:
        self.gate.set()
        self.inbox.close()

    def _answer(self, body: dict[str, Any]) -> None:
        event_id = body["event_id"]
        self.begun[event_id] += 1
        if event_id in self.held_back:
            self.gate.wait(20)
        if self.refusals[event_id]:
            self.refusals[event_id] -= 1
            raise NotSent


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with closing(Desk(database, FakeClock())) as made:
        yield made


def hold_back(desk: Desk, count: int, *, slow: bool) -> None:
    """Give every thread for such events something that does not end."""
    names = [f"{'slow' if slow else 'quick'}-{number}" for number in range(count)]
    desk.held_back.update(names)
    for name in names:
        desk.receive(name, slow=slow)


def test_a_question_does_not_wait_behind_slow_work(desk: Desk) -> None:
    hold_back(desk, 20, slow=True)
    desk.receive("question")

    wait_for(lambda: desk.begun["question"])


def test_a_question_that_a_sweep_answered_while_it_waited_is_not_answered_again(desk: Desk) -> None:
    hold_back(desk, 8, slow=False)
    wait_for(lambda: desk.begun.total() == 8)
    desk.receive("question")
    desk.clock.advance(seconds=31)

    assert desk.inbox.sweep() == 1
    desk.close()
    assert set(desk.begun.values()) == {1}
    assert desk.begun["question"] == 1


@pytest.mark.parametrize("slow", [True, False])
def test_a_sweep_leaves_what_is_being_answered(desk: Desk, slow: bool) -> None:
    desk.held_back.add("asked")
    desk.receive("asked", slow=slow)
    wait_for(lambda: desk.begun["asked"])
    desk.clock.advance(seconds=100)

    assert desk.inbox.sweep() == 0


@pytest.mark.parametrize("slow", [True, False])
def test_who_takes_over_answers_at_once_what_a_killed_process_left(database: Database, desk: Desk, slow: bool) -> None:
    killed = Desk(database, desk.clock)
    killed.inbox.close()  # as a killed process would: kept, and no thread to answer
    with pytest.raises(RuntimeError):
        killed.receive("asked", slow=slow)
    desk.clock.advance(seconds=1)

    assert desk.inbox.sweep() == 0
    desk.inbox.take_over()
    assert desk.inbox.sweep() == 1
    assert desk.inbox.sweep() == 0
    assert desk.begun == {"asked": 1}


def test_an_answer_that_never_left_is_tried_again_by_a_later_sweep_and_once_by_each(desk: Desk) -> None:
    desk.refusals["asked"] = 2
    desk.receive("asked")
    wait_for(lambda: desk.refusals["asked"] == 1)
    desk.inbox.close()
    tries = []
    for _ in range(3):
        desk.clock.advance(seconds=31)
        tries.append(desk.inbox.sweep())

    assert tries == [1, 1, 0]
    assert desk.begun["asked"] == 3
