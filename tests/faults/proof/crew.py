"""The worker processes: forked from a server that has imported everything, so that a new one works within a moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from proof.worker import Death, work

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    from proof.worker import Order

TESTS = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Worker:
    process: ForkServerProcess
    death: Death | None

    def signal(self, number: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)


@dataclass(slots=True)
class Crew:
    """Workers under one order, replaced as they die. `killed` counts deaths: by step for failpoints, by "random" for
    those from outside."""

    order: Order
    workers: list[Worker] = field(default_factory=list)
    killed: dict[str, int] = field(default_factory=dict)

    def hire(self, death: Death | None = None) -> Worker:
        """Start a worker, with its failpoint if it has one."""
        process = _forks().Process(target=work, args=(replace(self.order, death=death),), daemon=True)
        process.start()
        worker = Worker(process, death)
        self.workers.append(worker)
        return worker

    def bury(self) -> int:
        """Take away those whose failpoint killed them, and say how many. A worker that ended otherwise is an error."""
        dead = [worker for worker in self.workers if worker.process.exitcode is not None]
        for worker in dead:
            if worker.process.exitcode != -signal.SIGKILL or worker.death is None:
                raise RuntimeError(f"a worker ended with status {worker.process.exitcode}")
            self._count(worker.death.step, worker)
        return len(dead)

    def kill_one(self, chance: random.Random) -> None:
        """SIGKILL to one of them, whatever it is doing."""
        worker = chance.choice(self.workers)
        worker.signal(signal.SIGKILL)
        worker.process.join()
        if worker.process.exitcode != -signal.SIGKILL:
            raise RuntimeError(f"a worker had ended with status {worker.process.exitcode}")
        self._count("random", worker)

    def disarm(self) -> None:
        """No more deaths by failpoint: whoever has one is replaced by a worker without."""
        for worker in [one for one in self.workers if one.death is not None]:
            self._put_away(worker)
            self.hire()

    def close(self) -> None:
        for worker in list(self.workers):
            self._put_away(worker)

    def _put_away(self, worker: Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        self.workers.remove(worker)

    def _count(self, what: str, worker: Worker) -> None:
        self.killed[what] = self.killed.get(what, 0) + 1
        self.workers.remove(worker)
        worker.process.close()


@contextmanager
def crew(order: Order, size: int) -> Iterator[Crew]:
    """So many workers; none is left running after the block."""
    made = Crew(order)
    try:
        for _ in range(size):
            made.hire()
        yield made
    finally:
        made.close()


@cache
def _forks() -> ForkServerContext:
    """The server that forks workers. It finds our modules by PYTHONPATH: its own sys.path is a bare one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "proof.worker", "psycopg"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS / "faults"), str(TESTS), *filter(None, sys.path)])
    try:
        from multiprocessing import forkserver

        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return context
