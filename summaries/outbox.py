"""Post what is owed, once: claim, commit the intent, post, record; settle what is unknown by reading the channel back.

No transaction is open during a call to Slack. Every write is fenced on owner and attempt. Locks are taken in one order
(throttles, subscriptions, deliveries), so that workers never wait for each other in a circle. What is done with one
delivery is in `outbox_sender.py`, what each outcome leads to in `outcomes.py`; states and guarantees are told in
`docs/adr/0005-deliveries.md`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from summaries.errors import StoreUnavailable
from summaries.outbox_sender import DEFERRED, LOST, STEPS, Handled, Sender

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summaries.delivery import Delivery
    from summaries.delivery_ports import DigestRenderer, Poster
    from summaries.outcomes import OutboxSettings
    from summaries.ports import Clock, Store

__all__ = ["DEFERRED", "LOST", "STEPS", "Handled", "SendReport", "send_due"]


@dataclass(frozen=True, slots=True)
class SendReport:
    """What one round did. Empty when nothing was due."""

    handled: tuple[Handled, ...]

    def count(self, result: str) -> int:
        """How many deliveries came to this result."""
        return sum(1 for handled in self.handled if handled.result == result)


def send_due(
    store: Store,
    poster: Poster,
    clock: Clock,
    *,
    owner: str,
    settings: OutboxSettings,
    limit: int = 20,
    at_once: int = 1,
    render: DigestRenderer | None = None,
    at: Callable[[str], None] = lambda step: None,
    jitter: Callable[[], float] = lambda: SystemRandom().random(),
) -> SendReport:
    """Claim up to `limit` due deliveries and post, edit or settle each, in up to `at_once` threads.

    `owner` names this worker for the life of its process, in at most 80 characters: no other one, before or after, may
    have the same name. `at` is told each of STEPS as it is reached, in whichever thread. With `render`, who made a
    subscription is told when it is parked.
    What fails with one delivery keeps no other from being handled. Raises StoreUnavailable at the end, else the only
    error, else an ExceptionGroup of all; what was claimed is taken up again when its lease has run out.
    """
    sender = Sender(store, poster, clock, owner, settings, at, jitter, render)
    now = clock.now()
    with store.write() as work:
        claimed = work.deliveries.claim(
            owner=owner,
            now=now,
            lease_until=sender.lease(now),
            # A call begins only when the lease covers it whole: one whose lease ran out is over by now.
            settle_at=now + timedelta(seconds=settings.settle_seconds),
            limit=limit,
        )
    if claimed:
        at("claimed")
    return SendReport(_handle_all(sender, claimed, at_once))


def _handle_all(sender: Sender, claimed: Sequence[Delivery], at_once: int) -> tuple[Handled, ...]:
    def handle(delivery: Delivery) -> Handled | Exception:
        try:
            return sender.handle(delivery)
        except Exception as problem:
            return problem

    if min(at_once, len(claimed)) > 1:
        with ThreadPoolExecutor(min(at_once, len(claimed)), thread_name_prefix="sending") as threads:
            results = list(threads.map(handle, claimed))
    else:
        results = [handle(delivery) for delivery in claimed]
    _raise(sorted((each for each in results if isinstance(each, Exception)), key=_importance))
    return tuple(each for each in results if isinstance(each, Handled))


def _importance(problem: Exception) -> bool:
    return not isinstance(problem, StoreUnavailable)


def _raise(problems: Sequence[Exception]) -> None:
    if problems and (len(problems) == 1 or isinstance(problems[0], StoreUnavailable)):
        raise problems[0]
    if problems:
        raise ExceptionGroup("some deliveries could not be handled", problems)
