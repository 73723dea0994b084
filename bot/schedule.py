"""The worker's ticks. APScheduler only wakes us; what is due is written in the database, so a missed or doubled tick
costs nothing. `misfire_grace_time=None` because its default drops a job that is a second late.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from summaries.digests import open_due_windows
from summaries.outbox import send_due

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.bootstrap import Bot

SWEEP_SECONDS = 30

log = structlog.get_logger()


def start_ticks(bot: Bot, *, every: float, alone: bool = False) -> BackgroundScheduler:
    """Start planning, sending and sweeping every so many seconds, in threads of their own. Stop with `.shutdown()`.

    `alone` says that no other process answers events: what waits already was left by one that is gone, and is answered
    at once instead of at a sweep.
    """
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for tick, seconds in ((plan_and_send, every), (sweep, SWEEP_SECONDS)):
        scheduler.add_job(_guarded, IntervalTrigger(seconds=seconds), args=(tick.__name__, tick, bot))
    if alone:
        left_behind = partial(sweep, received_before=bot.services.clock.now())
        scheduler.add_job(_guarded, args=("first sweep", left_behind, bot))
    scheduler.start()
    return scheduler


def plan_and_send(bot: Bot) -> None:
    """Open the windows that are due, then send what is owed."""
    open_due_windows(bot.services.store, bot.services.clock, bot.render_digest)
    send_due(
        bot.services.store,
        bot.poster,
        bot.services.clock,
        owner=bot.owner,
        settings=bot.outbox_settings,
    )


def sweep(bot: Bot, received_before: datetime | None = None) -> None:
    """Answer events that a killed process had acknowledged."""
    bot.dispatcher.inbox.sweep(received_before=received_before)


def _guarded(name: str, tick: Callable[[Bot], None], bot: Bot) -> None:
    # A failed tick is logged and tried again at the next one; APScheduler would only log it in its own words.
    try:
        tick(bot)
    except Exception:
        log.exception("a tick failed", tick=name)
