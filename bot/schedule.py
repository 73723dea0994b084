"""The worker's ticks. APScheduler only wakes us; what is due is written in the database, so a missed or doubled tick
costs nothing. `misfire_grace_time=None` because its default drops a job that is a second late.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from summaries.digests import open_due_windows
from summaries.outbox import send_due
from summaries.subscriptions import revive_workspaces
from summaries.watched import CheckOutcome
from summaries.watching import check_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.bootstrap import Bot, WatchSettings
    from bot.services import Services
    from summaries.outbox import SendReport
    from summaries.watching import CheckReport

SWEEP_SECONDS = 30
SENDING_SECONDS = 5  # then new windows are opened before more is sent
SOON_SECONDS = 1.5  # a little more than the pace of a channel
SHORTEST_WAIT_SECONDS = 0.02  # another worker may be about to take what is due

log = structlog.get_logger()


class Ticks:
    """Ticks under way. `stopping` is set when they are to end: a look at a source then asks for no further page."""

    def __init__(self, scheduler: BackgroundScheduler, stopping: threading.Event) -> None:
        self._scheduler = scheduler
        self._stopping = stopping

    def shutdown(self) -> None:
        """Start nothing more, and come back when what is under way has ended."""
        self._stopping.set()
        self._scheduler.shutdown()


def start_ticks(bot: Bot, *, every: float, alone: bool = False) -> Ticks:
    """Start planning, sending, watching and sweeping every so many seconds, in threads of their own. Stop with
    `.shutdown()`.

    `alone` says that no other process answers events, nor this one yet: what waits already was left by one that is
    gone, and is answered at once instead of when it has waited for long.
    """
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    with _logged("reviving"):
        revive_workspaces(bot.services.store, bot.services.clock)
    if alone:
        with _logged("taking over"):
            bot.dispatcher.inbox.take_over()
    now = bot.services.clock.now()
    stopping = threading.Event()
    scheduler.add_job(plan_and_send, IntervalTrigger(seconds=every), args=[bot, stopping.wait])
    scheduler.add_job(sweep, IntervalTrigger(seconds=SWEEP_SECONDS), args=[bot], next_run_time=now)
    if bot.watch_settings:
        work = [bot.services, bot.watch_settings, stopping]
        scheduler.add_job(watch, IntervalTrigger(seconds=every), args=work, next_run_time=now)
    scheduler.start()
    return Ticks(scheduler, stopping)


def plan_and_send(bot: Bot, wait: Callable[[float], bool] | None = None) -> None:
    """Open the windows that are due, then send what is owed. A digest that cannot be made keeps no other from going.

    With `wait` (which says whether to stop), what is held for a moment by the pace of its channel is waited for.
    """
    with _logged("planning"):
        services = bot.services
        open_due_windows(services.store, services.clock, bot.render_digest, sources=services.sources)
    with _logged("sending"):
        _send_all(bot, wait)


def watch(services: Services, watched: WatchSettings, stopping: threading.Event) -> None:
    """Look at the sources that are due. `stopping` ends it between two pages."""
    with _logged("watching"):
        reports = check_due(
            services.store,
            watched.fetcher,
            services.clock,
            sources=watched.sources,
            hosts=watched.hosts,
            wait=stopping.wait,
            stopping=stopping.is_set,
        )
        for report in reports:
            _log_check(report)


def sweep(bot: Bot) -> None:
    """Answer events that a killed process had acknowledged."""
    with _logged("sweeping"):
        bot.dispatcher.inbox.sweep()


def _send_all(bot: Bot, wait: Callable[[float], bool] | None) -> None:
    """Round after round, until nothing is due soon, or it is time to plan again."""
    clock = bot.services.clock
    until = clock.now() + timedelta(seconds=SENDING_SECONDS)
    while clock.now() < until:
        if _send(bot).handled:
            if wait and wait(0):
                return
            continue
        with bot.services.store.read() as work:
            due = work.deliveries.next_due()
        if wait is None or due is None or due > clock.now() + timedelta(seconds=SOON_SECONDS):
            return
        if wait(max((due - clock.now()).total_seconds(), SHORTEST_WAIT_SECONDS)):
            return


def _send(bot: Bot) -> SendReport:
    return send_due(
        bot.services.store,
        bot.poster,
        bot.services.clock,
        owner=bot.owner,
        settings=bot.outbox_settings,
        at_once=bot.send_at_once,
        render=bot.render_digest,
    )


def _log_check(report: CheckReport) -> None:
    level = log.warning if report.outcome is CheckOutcome.FAILED else log.info
    level(
        "a source was checked",
        source=report.source.key,
        outcome=report.outcome.value,
        new=report.new,
        revised=report.revised,
        left=report.left,
        problems=list(report.problems),
    )
    for error in report.errors:
        log.error("reading a source failed", source=report.source.key, exc_info=error)


@contextmanager
def _logged(work: str) -> Iterator[None]:
    """A failure is logged and tried again at the next tick; APScheduler would log it in its own words."""
    try:
        yield
    except Exception:
        log.exception("a tick failed", work=work)
