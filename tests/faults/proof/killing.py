"""Runs in which workers are killed, at each step of the state machine or at any moment, or frozen for too long."""

from __future__ import annotations

import random
import signal
import time
from typing import TYPE_CHECKING

from bot.workspace.faults import Fault
from proof.crew import crew
from proof.receiver import READS
from proof.result import Result
from proof.worker import QUICK, Death, Order
from proof.world import POLL_SECONDS, World, world
from summaries.digests import WINDOW_STEPS
from summaries.outbox import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proof.crew import Crew, Worker

FAILPOINTS = (*WINDOW_STEPS, *STEPS)
READING_BACK = frozenset({"before-find", "after-find", "before-settle", "settled"})
CREW = 3
MIXED = {
    Fault.RATE_LIMITED: 0.02,
    Fault.ERROR_BEFORE: 0.04,
    Fault.ERROR_AFTER: 0.04,
    Fault.BAD_GATEWAY: 0.02,
    Fault.LOST_REQUEST: 0.04,
    Fault.LOST_REPLY: 0.06,
    Fault.HANG: 0.02,
    Fault.HANG_BEFORE: 0.02,
    Fault.DELAYED: 0.02,
    Fault.TRUNCATED: 0.03,
    Fault.EMPTY: 0.02,
    Fault.LATE_LOST: 0.04,
    Fault.INTERNAL_ERROR: 0.03,
    Fault.FATAL_ERROR: 0.03,
}
FAULT_SECONDS = 1.1  # longer than a worker waits for an answer, shorter than the time to settle
PAUSE_SECONDS = (1.05 * QUICK.lease_seconds, 0.95 * (QUICK.call_seconds + QUICK.settle_seconds))
"""Longer than the lease; and no longer than the guarantee covers, should it be just between the last look at the clock
and the write to the socket (docs/adr/0005-deliveries.md, "Guarantee")."""
REST_SECONDS = 300


def failpoints(url: str, database: str, *, steps: Sequence[str], kills: int, seed: int) -> Result:
    """SIGKILL at each of these steps, so many times, each as a worker comes to it for the first to third time."""
    result = Result("failpoint", steps[0] if len(steps) == 1 else f"{len(steps)} steps", database, seed)
    chance = random.Random(f"{seed} {steps}")
    teams = max(6, min(60, kills * len(steps)))
    with result.timed(), world(url, teams=teams) as scene, crew(Order(url, scene.api, limit=2), 0) as workers:
        rates = {Fault.LOST_REPLY: 0.1, Fault.ERROR_BEFORE: 0.05}
        if not READING_BACK.isdisjoint(steps):
            rates = {Fault.LOST_REPLY: 0.8 if len(steps) == 1 else 0.4}
        scene.receiver.misbehave(rates, seed=seed, seconds=FAULT_SECONDS)
        deadline = time.monotonic() + REST_SECONDS
        while (left := _unkilled(workers, steps, kills)) and time.monotonic() < deadline:
            keep_busy(scene)
            while len(workers.workers) < CREW:
                workers.hire(Death(chance.choice(left), chance.randint(1, min(3, kills))))
            workers.bury()
            time.sleep(POLL_SECONDS)
        _come_to_rest(scene, workers)
        result.kills = sum(workers.killed.values())
        result.facts["hits"] = {step: workers.killed.get(step, 0) for step in steps}
        left = _unkilled(workers, steps, kills)
        result.require(not left, f"not reached {kills} times: {', '.join(left)}")
        result.judge(scene)
    return result


def random_kills(url: str, database: str, *, kills: int, seed: int) -> Result:
    """SIGKILL to any of four workers at any moment, while Slack misbehaves in fourteen ways."""
    result = Result("random kills", "4 workers, 14 faults", database, seed)
    chance = random.Random(seed)
    with result.timed(), world(url, teams=20, channels=3) as scene, crew(Order(url, scene.api), 4) as workers:
        _upset(scene, seed)
        while workers.killed.get("random", 0) < kills:
            keep_busy(scene)
            _let_work(scene, more=chance.randint(1, 3))
            time.sleep(chance.uniform(0, POLL_SECONDS))
            workers.kill_one(chance)
            workers.hire()
        _come_to_rest(scene, workers)
        result.kills = workers.killed["random"]
        result.judge(scene)
    return result


def pauses(url: str, database: str, *, stops: int, seed: int) -> Result:
    """SIGSTOP to any of six workers, at most four at once, for longer than a lease; then SIGCONT."""
    result = Result("pauses", "6 workers, 14 faults", database, seed)
    chance = random.Random(seed)
    stopped: list[tuple[float, Worker]] = []
    with result.timed(), world(url, teams=20, channels=3) as scene, crew(Order(url, scene.api), 6) as workers:
        _upset(scene, seed)
        done = 0
        while done < stops or stopped:
            keep_busy(scene)
            for until, worker in [one for one in stopped if one[0] <= time.monotonic()]:
                worker.signal(signal.SIGCONT)
                stopped.remove((until, worker))
            awake = [worker for worker in workers.workers if all(worker is not other for _, other in stopped)]
            if done < stops and len(stopped) < 4:
                worker = chance.choice(awake)
                worker.signal(signal.SIGSTOP)
                stopped.append((time.monotonic() + chance.uniform(*PAUSE_SECONDS), worker))
                done += 1
            time.sleep(chance.uniform(POLL_SECONDS, 5 * POLL_SECONDS))
        _come_to_rest(scene, workers)
        result.facts["pauses"] = done
        result.judge(scene)
    return result


def _unkilled(workers: Crew, steps: Sequence[str], kills: int) -> list[str]:
    """The steps at which not enough have died yet."""
    return [step for step in steps if workers.killed.get(step, 0) < kills]


def keep_busy(scene: World) -> None:
    """Let a release come in whenever most of what the last ones led to has been delivered."""
    if scene.owed() < len(scene.subscriptions) and scene.planned():
        scene.publish()


def _let_work(scene: World, *, more: int) -> None:
    """Until the receiver has been called so many times more, or for a moment: the killed must have had a chance."""
    before, deadline = scene.receiver.calls(), time.monotonic() + 10 * POLL_SECONDS
    while scene.receiver.calls() < before + more and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS / 10)


def _upset(scene: World, seed: int) -> None:
    scene.receiver.misbehave(MIXED, seed=seed, seconds=FAULT_SECONDS)
    scene.receiver.misbehave({Fault.RATE_LIMITED: 0.05}, seed=seed, seconds=1, methods=READS)


def _come_to_rest(scene: World, workers: Crew) -> None:
    """Slack and the workers behave again, and all that is owed is delivered."""
    workers.bury()
    scene.receiver.behave()
    workers.disarm()
    scene.rest(seconds=REST_SECONDS, meanwhile=workers.bury)
