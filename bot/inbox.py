"""Events are stored before they are acknowledged, answered after, and answered once.

Slack re-sends an event that is not acknowledged within three seconds, and Bolt would run the listener again; a process
killed after acknowledging would lose it. So: insert by `event_id`, acknowledge, answer in a thread, mark done. What a
killed process left waiting is answered by whoever sweeps next.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.ports import Clock, Store

SWEEP_AFTER = timedelta(seconds=30)  # longer than any answer takes, so a sweep does not race the first try
GIVE_UP_AFTER = timedelta(minutes=15)  # an answer that comes later than this answers nobody

log = structlog.get_logger()


class EventInbox:
    """`answer` is given a stored event's body; it may take its time."""

    def __init__(self, store: Store, clock: Clock, answer: Callable[[dict[str, Any]], object]) -> None:
        self._store = store
        self._clock = clock
        self._answer = answer
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="inbox")

    def receive(self, body: dict[str, Any]) -> bool:
        """Store the event and answer it soon. False, and nothing more, when it was received before."""
        event_id = str(body["event_id"])
        with self._store.write() as unit:
            new = unit.inbox.receive(event_id, json.dumps(body), self._clock.now())
        if new:
            self._threads.submit(self._process, event_id, body)
        return new

    def sweep(self, *, left_before: datetime | None = None) -> int:
        """Answer what was received and acknowledged but never finished; give how many that was.

        `left_before` is a moment from before which nobody is still answering anything, for who knows one.
        """
        now = self._clock.now()
        older_than = now - SWEEP_AFTER
        with self._store.write() as unit:
            waiting = unit.inbox.take_waiting(older_than=max(older_than, left_before or older_than), at=now)
        for event_id, body in waiting:
            self._process(event_id, json.loads(body))
        return len(waiting)

    def close(self) -> None:
        """Finish what is being answered."""
        self._threads.shutdown(wait=True)

    def _process(self, event_id: str, body: dict[str, Any]) -> None:
        if self._clock.now() - _sent_at(body) > GIVE_UP_AFTER:
            log.error("an event was given up: it is too old to answer", event_id=event_id)
        else:
            try:
                self._answer(body)
            except Exception:
                log.exception("an event could not be answered", event_id=event_id)
                return  # kept as waiting: the next sweep tries again
        with self._store.write() as unit:
            unit.inbox.done(event_id, self._clock.now())


def _sent_at(body: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(body["event_time"], UTC)
