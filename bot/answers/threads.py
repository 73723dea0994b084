"""What is remembered of a thread: the command last understood in it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from summaries.errors import StoreUnavailable

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.services import Services
    from bot.understanding import Understood

log = structlog.get_logger()


def last_words(ask: Ask, services: Services) -> str | None:
    """The command last understood in the thread of an ask; None outside a thread, and when the store does not say: an
    answer waits for nothing that it can do without."""
    if not ask.thread:
        return None
    try:
        with services.store.read() as unit:
            return unit.conversations.last(ask.team_id, ask.channel_id, ask.thread)
    except StoreUnavailable:
        return None


def remember(understood: Understood, ask: Ask, services: Services) -> None:
    """Remember what was understood for what follows in the thread. Failing to is logged and fails no answer."""
    if ask.thread and understood.is_leant_on:
        _keep(understood.words, ask, ask.thread, services)


def remember_under(thread: str, ask: Ask, services: Services) -> None:
    """Remember the same for another thread: the one below the answer itself, where it was posted outside any."""
    if words := last_words(ask, services):
        _keep(words, ask, thread, services)


def _keep(words: str, ask: Ask, thread: str, services: Services) -> None:
    try:
        with services.store.write() as unit:
            unit.conversations.remember(ask.team_id, ask.channel_id, thread, words, at=services.clock.now())
    except StoreUnavailable:
        log.warning("what was understood in a thread was not kept", exc_info=True)
