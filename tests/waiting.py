"""Waiting for what happens in other threads and processes: on a condition, with a deadline, never for a time."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def wait_for(condition: Callable[[], object], *, seconds: float = 20.0) -> None:
    """Wait until the condition holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    breath = threading.Event()  # never set: gives other threads the processor between two looks
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        breath.wait(0.01)
