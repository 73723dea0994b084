"""Events are stored before they are acknowledged, answered after, and answered once.

Slack re-sends an event that is not acknowledged within three seconds, and Bolt would run the listener again; a process
killed after acknowledging would lose it. So: insert by `event_id`, acknowledge, answer in a thread, mark done. Who
begins an answer takes the event first, so that only one does. What a killed process left is answered by whoever sweeps
next.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.ports import Clock, Store

SWEEP_AFTER = timedelta(seconds=30)  # longer than most questions wait for a thread, so a sweep leaves them theirs
SLOW_BY = timedelta(minutes=4)  # longer still where web sites or files are waited for
HELD_FOR = timedelta(minutes=4)  # longer than any answer takes once work on it has begun
GIVE_UP_AFTER = timedelta(minutes=15)  # an answer that comes later than this answers nobody

log = structlog.get_logger()


class NotSent(BotError):
    """The answer certainly did not reach Slack, so it may be sent again."""


class EventInbox:
    """`answer` is given a stored event's body; it may take its time. It raises NotSent when it may be asked again."""

    def __init__(self, store: Store, clock: Clock, answer: Callable[[dict[str, Any]], object]) -> None:
        self._store = store
        self._clock = clock
        self._answer = answer
        self._quick = ThreadPoolExecutor(max_workers=8, thread_name_prefix="inbox")
        self._slow = ThreadPoolExecutor(max_workers=4, thread_name_prefix="inbox-slow")  # no question waits behind it

    def receive(self, body: dict[str, Any], *, slow: bool = False) -> bool:
        """Store the event and answer it soon. False, and nothing more, when it was received before.

        A sweep leaves one whose answer is `slow` for longer: it may have to wait for others like it.
        """
        event_id = str(body["event_id"])
        now = self._clock.now()
        held = now + (SLOW_BY if slow else SWEEP_AFTER)
        with self._store.write() as unit:
            new = unit.inbox.receive(event_id, json.dumps(body), now, not_before=held)
        if new:
            (self._slow if slow else self._quick).submit(self._begin, event_id, body, held)
        return new

    def take_over(self) -> None:
        """Leave what was received before now to the next sweep, all of it: for who knows that nobody else answers."""
        with self._store.write() as unit:
            unit.inbox.free_waiting()

    def sweep(self) -> int:
        """Answer what was received and acknowledged but never finished; give how many that was."""
        started = self._clock.now()
        answered = 0
        while event := self._take(started):
            self._process(*event)
            answered += 1
        return answered

    def close(self) -> None:
        """Finish what is being answered."""
        self._quick.shutdown(wait=True)
        self._slow.shutdown(wait=True)

    def _begin(self, event_id: str, body: dict[str, Any], held: datetime) -> None:
        """Answer an event, unless a sweep took it while it waited for this thread."""
        until = self._clock.now() + HELD_FOR
        with self._store.write() as unit:
            taken = unit.inbox.take(event_id, found=held, until=until)
        if taken:
            self._process(event_id, body, until)

    def _take(self, free_at: datetime) -> tuple[str, dict[str, Any], datetime] | None:
        """One waiting event: taken singly, because answering many could outlast the claim on the last of them."""
        until = self._clock.now() + HELD_FOR
        with self._store.write() as unit:
            for event_id, body in unit.inbox.take_waiting(at=free_at, until=until, limit=1):
                return event_id, json.loads(body), until
        return None

    def _process(self, event_id: str, body: dict[str, Any], held: datetime) -> None:
        """Answer an event that is held by us, to `held`, and note that it is done."""
        if self._clock.now() - _sent_at(body) > GIVE_UP_AFTER:
            log.error("an event was given up: it is too old to answer", event_id=event_id)
        else:
            try:
                self._answer(body)
            except NotSent:
                log.warning("an answer could not be sent yet", event_id=event_id)
                self._put_back(event_id, held)
                return
            except Exception:
                # It may have been seen all the same: answering again would repeat it, so it is left at that.
                log.exception("an event could not be answered", event_id=event_id)
        with self._store.write() as unit:
            unit.inbox.done(event_id, self._clock.now())

    def _put_back(self, event_id: str, held: datetime) -> None:
        """Leave it to a later sweep: not to the one that may be under way, which would try it over and over."""
        with self._store.write() as unit:
            unit.inbox.take(event_id, found=held, until=self._clock.now() + SWEEP_AFTER)


def _sent_at(body: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(body["event_time"], UTC)
