"""What happens in the workspace, in order, for the pages that follow along."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.workspace.model import JSON


class Feed:
    """A numbered list of page events; the number of the newest one is the cursor. Written from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[JSON] = []
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._closed = False

    @property
    def cursor(self) -> int:
        return len(self._events)

    def add(self, kind: str, **facts: object) -> None:
        """Record an event of this type and wake everyone who follows."""
        with self._lock:
            self._events.append({"type": kind, **facts})
            self._wake()

    def since(self, cursor: int) -> list[tuple[int, JSON]]:
        """The events after `cursor`, each with its own number."""
        return list(enumerate(self._events[cursor:], cursor + 1))

    async def follow(self, cursor: int, *, heartbeat: float) -> AsyncIterator[tuple[int, JSON] | None]:
        """Events after `cursor`, then new ones as they come, until the feed is closed.

        Gives None when nothing happened for `heartbeat` seconds, so that the caller can keep its connection alive.
        """
        news = asyncio.Event()
        with self._lock:
            self._waiting[news] = asyncio.get_running_loop()
        try:
            while not self._closed:
                news.clear()
                for number, event in self.since(cursor):
                    cursor = number
                    yield number, event
                try:
                    await asyncio.wait_for(news.wait(), heartbeat)
                except TimeoutError:
                    yield None
        finally:
            with self._lock:
                del self._waiting[news]

    def close(self) -> None:
        """End every stream: a server cannot stop while one is open."""
        with self._lock:
            self._closed = True
            self._wake()

    def _wake(self) -> None:
        for news, loop in self._waiting.items():
            loop.call_soon_threadsafe(news.set)
