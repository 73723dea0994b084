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

from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.ports import Clock, Store

SWEEP_AFTER = timedelta(seconds=30)  # longer than most answers take, so a sweep does not race the first try
SLOW_BY = timedelta(minutes=4)  # longer still when web sites or files are waited for
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
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="inbox")

    def receive(self, body: dict[str, Any], *, slow: bool = False) -> bool:
        """Store the event and answer it soon. False, and nothing more, when it was received before.

        One whose answer is `slow` counts as received later than it was, so that a sweep leaves it its time.
        """
        event_id = str(body["event_id"])
        at = self._clock.now() + (SLOW_BY if slow else timedelta(0))
        with self._store.write() as unit:
            new = unit.inbox.receive(event_id, json.dumps(body), at)
        if new:
            self._threads.submit(self._process, event_id, body)
        return new

    def sweep(self, *, left_before: datetime | None = None) -> int:
        """Answer what was received and acknowledged but never finished; give how many that was.

        `left_before` is a moment from before which nobody is still answering anything, for who knows one.
        """
        started = self._clock.now()
        older_than = max(started - SWEEP_AFTER, left_before or started - SWEEP_AFTER)
        answered = 0
        while event := self._take(older_than):
            self._process(*event)
            answered += 1
        return answered

    def close(self) -> None:
        """Finish what is being answered."""
        self._threads.shutdown(wait=True)

    def _take(self, older_than: datetime) -> tuple[str, dict[str, Any]] | None:
        """One waiting event: taken singly, because answering many could outlast the claim on the last of them."""
        with self._store.write() as unit:
            for event_id, body in unit.inbox.take_waiting(older_than=older_than, at=self._clock.now(), limit=1):
                return event_id, json.loads(body)
        return None

    def _process(self, event_id: str, body: dict[str, Any]) -> None:
        if self._clock.now() - _sent_at(body) > GIVE_UP_AFTER:
            log.error("an event was given up: it is too old to answer", event_id=event_id)
        else:
            try:
                self._answer(body)
            except NotSent:
                log.warning("an answer could not be sent yet", event_id=event_id)
                return  # kept as waiting: the next sweep tries again
            except Exception:
                # It may have been seen all the same: answering again would repeat it, so it is left at that.
                log.exception("an event could not be answered", event_id=event_id)
        with self._store.write() as unit:
            unit.inbox.done(event_id, self._clock.now())


def _sent_at(body: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(body["event_time"], UTC)
