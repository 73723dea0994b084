"""One worker process, as `hmic worker` is one, but that it can be told where to die. Imported before it is forked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.slack.poster import SlackPoster
from bot.slack.tls import trusted
from proof.controls import SdkPoster, resend_run_out
from proof.marks import Marks
from proof.receiver import token_of
from summaries.digests import open_due_windows
from summaries.errors import StoreUnavailable
from summaries.outbox import DEFERRED, send_due
from summaries.outcomes import OutboxSettings
from summaries.store.database import open_database

if TYPE_CHECKING:
    from summaries.delivery_ports import Poster

IDLE_SECONDS = 0.02
trusted()  # read once, before the fork: it would be half of what a new worker does before it works

QUICK = OutboxSettings(
    lease_seconds=1.6,
    http_timeout_seconds=0.8,
    margin_seconds=0.2,
    settle_seconds=1.5,
    clock_skew_seconds=5,
    backoff_seconds=0.1,
    backoff_cap_seconds=0.5,
)
"""So that what a dead worker held is settled three seconds later."""


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Death:
    """Where a worker is to kill itself: the `nth` time that it comes to a step."""

    step: str
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """All that a worker is told. `variant` is "outbox", or one of the negative controls: "resend", "sdk"."""

    database: str
    api: str
    settings: OutboxSettings = QUICK
    variant: str = "outbox"
    limit: int = 4
    at_once: int = 2
    death: Death | None = None


@dataclass(slots=True)
class Failpoint:
    """SIGKILLs its own process: nothing is flushed, closed or undone."""

    death: Death | None
    seen: int = field(default=0)

    def __call__(self, step: str) -> None:
        if self.death is None or step != self.death.step:
            return
        self.seen += 1
        if self.seen >= self.death.nth:
            os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()  # the signal may be a moment in coming


def work(order: Order) -> None:
    """Plan and send until killed, or until whoever started this is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    at = Failpoint(order.death)
    owner = uuid4().hex
    poster = _poster(order)
    with open_database(order.database) as database:
        while parent is None or parent.is_alive():
            try:
                open_due_windows(database, Clock(), Marks(), at=at)
                busy = True
                while busy:
                    if order.variant == "resend":
                        resend_run_out(order.database)
                    report = send_due(
                        database,
                        poster,
                        Clock(),
                        owner=owner,
                        settings=order.settings,
                        limit=order.limit,
                        at_once=order.at_once,
                        at=at,
                    )
                    busy = len(report.handled) > report.count(DEFERRED)
            except StoreUnavailable:
                pass  # as a tick of `hmic worker` would be tried again
            time.sleep(IDLE_SECONDS)


def _poster(order: Order) -> Poster:
    if order.variant == "sdk":
        return SdkPoster(order.api, order.settings.http_timeout_seconds)
    return SlackPoster(base_url=order.api, token_of=token_of, timeout=order.settings.http_timeout_seconds)
