"""The worker's ticks. APScheduler only wakes us; what is due is written in the database, so a missed or doubled tick
costs nothing. `misfire_grace_time=None` because its default drops a job that is a second late.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from summaries.digests import open_due_windows
from summaries.outbox import send_due
from summaries.subscriptions import revive_workspaces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.bootstrap import Bot
    from summaries.outbox import SendReport

SWEEP_SECONDS = 30

log = structlog.get_logger()


def start_ticks(bot: Bot, *, every: float, alone: bool = False) -> BackgroundScheduler:
    """Start planning, sending and sweeping every so many seconds, in threads of their own. Stop with `.shutdown()`.

    `alone` says that no other process answers events: what waits already was left by one that is gone, and is answered
    at once instead of when it has waited for long.
    """
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    with _logged("reviving"):
        revive_workspaces(bot.services.store, bot.services.clock)
    now = bot.services.clock.now()
    scheduler.add_job(plan_and_send, IntervalTrigger(seconds=every), args=[bot])
    scheduler.add_job(
        sweep, IntervalTrigger(seconds=SWEEP_SECONDS), args=[bot, now if alone else None], next_run_time=now
    )
    scheduler.start()
    return scheduler


def plan_and_send(bot: Bot) -> None:
    """Open the windows that are due, then send what is owed. A digest that cannot be made keeps no other from going."""
    with _logged("planning"):
        open_due_windows(bot.services.store, bot.services.clock, bot.render_digest)
    with _logged("sending"):
        while _send(bot).handled:
            pass


def sweep(bot: Bot, left_before: datetime | None) -> None:
    """Answer events that a killed process had acknowledged."""
    with _logged("sweeping"):
        bot.dispatcher.inbox.sweep(left_before=left_before)


def _send(bot: Bot) -> SendReport:
    return send_due(bot.services.store, bot.poster, bot.services.clock, owner=bot.owner, settings=bot.outbox_settings)


@contextmanager
def _logged(work: str) -> Iterator[None]:
    """A failure is logged and tried again at the next tick; APScheduler would log it in its own words."""
    try:
        yield
    except Exception:
        log.exception("a tick failed", work=work)
