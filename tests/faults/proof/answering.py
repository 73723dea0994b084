"""Runs in which nobody dies: each way in which Slack can answer, a thousand workspaces at once, ten days of nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from fakes import FakeClock

from bot.slack.poster import SlackPoster
from bot.workspace.faults import Fault
from proof.crew import crew
from proof.killing import FAULT_SECONDS, REST_SECONDS
from proof.marks import PARENT, Marks
from proof.receiver import EDIT, POST, token_of
from proof.result import Result
from proof.worker import QUICK, Order
from proof.world import World, world
from summaries.delivery import Cadence, CadenceKind
from summaries.digests import open_due_windows
from summaries.outbox import send_due

FAULTS = tuple(fault for fault in Fault if fault is not Fault.DUPLICATE_EVENT)  # that one is of events, not of calls
ROLES = ("parent", "reply", "edit")
PATIENT = replace(QUICK, lease_seconds=4, http_timeout_seconds=2)
DAYS = 10


def matrix(url: str, database: str, *, each: int, seed: int) -> Result:
    """Every fault × so many deliveries × the parent, a reply, and the edit that a second release of the day makes."""
    result = Result("fault matrix", f"{len(FAULTS)} faults × {each} × {', '.join(ROLES)}", database, seed)
    cases = [(fault, role) for fault in FAULTS for role in ROLES for _ in range(each)]
    with (
        result.timed(),
        world(url, teams=len(cases)) as scene,
        crew(Order(url, scene.api, limit=16, at_once=8), 3) as it,
    ):
        for (fault, role), (team, channel) in zip(cases, scene.subscriptions.values(), strict=True):
            faults = scene.receiver.cores[team].faults
            if role == "edit":
                faults.next(EDIT, fault, seconds=FAULT_SECONDS, channel=channel)
            else:
                faults.next(POST, fault, seconds=FAULT_SECONDS, channel=channel, reply=role == "reply")

        def tend() -> None:
            it.bury()
            scene.repair()

        for _ in range(2):
            scene.publish()
            scene.rest(seconds=2 * REST_SECONDS, meanwhile=tend)
        unmet = sum(core.faults.waiting() for core in scene.receiver.cores.values())
        result.facts["faults"] = len(cases) - unmet
        result.require(not unmet, f"{unmet} faults never met their call")
        result.judge(scene)
    return result


def scale(url: str, database: str, *, teams: int, seed: int) -> Result:
    """Ten deliveries in each of so many workspaces: five channels, a parent and a reply each; some rate limits and lost
    replies on the way. The receiver measures how close two messages of a channel come."""
    result = Result("scale", f"{teams} workspaces × 5 channels × 2", database, seed)
    order = Order(url, "", settings=PATIENT, limit=50, at_once=8)
    with (
        result.timed(),
        world(url, teams=teams, channels=5) as scene,
        crew(replace(order, api=scene.api), 3) as workers,
    ):
        scene.receiver.misbehave({Fault.RATE_LIMITED: 0.01, Fault.LOST_REPLY: 0.005}, seed=seed, seconds=1)
        scene.publish()
        scene.rest(seconds=10 * REST_SECONDS, meanwhile=workers.bury)
        result.judge(scene)
        gap = scene.receiver.smallest_gap()
        result.facts["smallest_gap_seconds"] = gap
        result.require(gap is not None and gap >= 1, f"two messages of a channel were {gap} seconds apart")
    return result


def ten_days_down(url: str, database: str, *, channels: int, seed: int) -> Result:
    """Nobody runs for ten days on which releases come in: then each subscription gets one digest, which covers them."""
    result = Result("ten days down", f"{channels} daily digests", database, seed)
    clock = FakeClock(datetime(2026, 11, 2, 9, tzinfo=UTC))
    daily = Cadence(CadenceKind.DAILY, at=time(8, 30))
    with result.timed(), world(url, teams=1, channels=channels, cadence=daily, since=clock.now()) as scene:
        scene.publish(at=clock.now())
        clock.advance(days=1)
        deliver(scene, clock)
        seen = scene.receiver.count()
        for _ in range(DAYS):
            scene.publish(at=clock.now())
            clock.advance(days=1)
        deliver(scene, clock)
        result.judge(scene)
        late = [one.text for one in scene.receiver.accepted()[seen:] if PARENT.fullmatch(one.text)]
        covering = sum(f", {DAYS} periods:" in text for text in late)
        result.facts["digests_after"], result.facts["covering_all_days"] = len(late), covering
        result.require(len(late) == covering == channels, f"{len(late)} digests, {covering} of them cover all days")
    return result


def deliver(scene: World, clock: FakeClock) -> None:
    """What one worker does in this process, where nobody kills it: open what is due, and post until nothing is owed."""
    open_due_windows(scene.database, clock, Marks())
    poster = SlackPoster(base_url=scene.api, token_of=token_of, timeout=5)
    morning = clock.now()
    while scene.owed():
        send_due(scene.database, poster, clock, owner="proof", settings=QUICK, limit=50)
        clock.advance(seconds=1)
        if clock.now() - morning > timedelta(hours=3):
            raise AssertionError("deliveries did not come to rest")
    poster.close()
