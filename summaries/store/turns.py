"""Turns of the threads of one process, in the order in which they asked.

A plain lock, and the pool of connections, let who gives it back have it again at once: while one thread planned window
after window, a person's command would wait for all of them.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from summaries.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SECONDS = 30
"""How long a thread waits for its turn."""


class Turns:
    """One thread at a time, first come, first served."""

    def __init__(self, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest_seconds = longest_seconds
        self._guard = Lock()
        self._queue: deque[Lock] = deque()  # whose turn it is comes first, and its lock is free

    @property
    def asked(self) -> int:
        """How many have a turn or wait for one."""
        return len(self._queue)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it. Raises StoreUnavailable when none came for long."""
        mine = Lock()
        mine.acquire()
        with self._guard:
            self._queue.append(mine)
            if self._queue[0] is mine:
                mine.release()
        try:
            if not mine.acquire(timeout=self._longest_seconds):
                raise StoreUnavailable
            yield
        finally:
            self._leave(mine)

    def _leave(self, mine: Lock) -> None:
        with self._guard:
            was_first = self._queue[0] is mine
            self._queue.remove(mine)
            if was_first and self._queue:
                self._queue[0].release()
