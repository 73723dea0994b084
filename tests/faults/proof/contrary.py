"""The negative controls: designs that are known to repeat, under the same harness. If none did, it would be blind."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.workspace.faults import Fault
from proof.crew import crew
from proof.killing import REST_SECONDS
from proof.receiver import POST
from proof.result import Result
from proof.worker import QUICK, Death, Order
from proof.world import POLL_SECONDS, NotAtRest, World, world

if TYPE_CHECKING:
    from proof.crew import Crew

LATE_SECONDS = 2.5


def resending(url: str, database: str, *, deaths: int, seed: int) -> Result:
    """Workers die with a message accepted and not recorded; a lease that ran out is taken for "not sent"."""
    result = Result("control", "a lease that ran out is sent again", database, seed)
    order = Order(url, "", variant="resend", limit=1, at_once=1)
    with result.timed(), world(url, teams=deaths) as scene, crew(replace(order, api=scene.api), 0) as workers:
        scene.publish()
        deadline = time.monotonic() + REST_SECONDS
        while workers.killed.get("after-post", 0) < deaths and time.monotonic() < deadline:
            while len(workers.workers) < 3:
                workers.hire(Death("after-post"))
            workers.bury()
            time.sleep(POLL_SECONDS)
        result.kills = workers.killed.get("after-post", 0)
        _finish(scene, workers, result)
    return result


def sdk_retries(url: str, database: str, *, lost: int, seed: int) -> Result:
    """Replies get lost; Slack's client, as it comes, sends again by itself."""
    patient = replace(QUICK, lease_seconds=10, http_timeout_seconds=5)
    return _faulty(
        Result("control", "Slack's client with its default retries", database, seed),
        Order(url, "", variant="sdk", settings=patient),
        Fault.LOST_REPLY,
        channels=lost,
    )


def unsettled(url: str, database: str, *, lost: int, seed: int) -> Result:
    """Replies get lost and messages are seen late; the channel is read back at once."""
    return _faulty(
        Result("control", "no time to settle", database, seed),
        Order(url, "", settings=replace(QUICK, settle_seconds=0)),
        Fault.LATE_LOST,
        channels=lost,
    )


def _faulty(result: Result, order: Order, fault: Fault, *, channels: int) -> Result:
    """The first message of each channel meets the fault."""
    url = order.database
    with result.timed(), world(url, teams=channels) as scene, crew(replace(order, api=scene.api), 2) as workers:
        for team, channel in scene.subscriptions.values():
            scene.receiver.cores[team].faults.next(POST, fault, seconds=LATE_SECONDS, channel=channel)
        scene.publish()
        _finish(scene, workers, result)
    return result


def _finish(scene: World, workers: Crew, result: Result) -> None:
    """Until nothing is owed, or for as long as that may take: such a design need not come to rest."""
    workers.disarm()
    try:
        scene.rest(seconds=REST_SECONDS / 3, meanwhile=workers.bury)
    except NotAtRest as restless:
        result.facts["rest"] = str(restless)
    result.condemn(scene)
