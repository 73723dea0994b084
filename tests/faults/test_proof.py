"""The short version of `make faults`: a little of everything that it does, on both databases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest
from databases import postgres_server
from fakes import FakeClock
from proof.answering import deliver
from proof.receiver import token_of
from proof.runs import QUICK, all_runs
from proof.stores import KINDS, Stores
from proof.verdict import judge
from proof.world import world

if TYPE_CHECKING:
    from proof.result import Result
    from proof.runs import Run
    from proof.world import World

pytestmark = pytest.mark.faults
RUNS = [run for run in all_runs(QUICK, seed=5) if run.database in KINDS and not run.group.startswith("machine")]


def name_of(run: Run) -> str:
    return f"{run.name}-{run.database}"


@pytest.fixture(scope="session")
def stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return Stores(tmp_path_factory.mktemp("proof"), partial(postgres_server, request.config))


def carried_out(run: Run, stores: Stores) -> Result:
    with stores.fresh(run.database) as url:
        return run.do(url)


@pytest.mark.parametrize("run", [run for run in RUNS if run.group != "controls"], ids=name_of)
def test_nothing_is_lost_and_nothing_repeated(run: Run, stores: Stores) -> None:
    result = carried_out(run, stores)

    assert result.verdict is not None, result.line()
    assert (result.verdict.lost, result.verdict.repeated, result.problems) == (0, 0, [])


@pytest.mark.parametrize("run", [run for run in RUNS if run.group == "controls"], ids=name_of)
def test_a_design_that_is_known_to_repeat_is_seen_repeating(run: Run, stores: Stores) -> None:
    result = carried_out(run, stores)

    assert result.verdict is not None, result.line()
    assert result.verdict.repeated > 0


def test_the_judge_sees_what_is_lost_repeated_misplaced_and_misbelieved(stores: Stores) -> None:
    clock = FakeClock()
    with stores.fresh("sqlite") as url, world(url, teams=2, since=clock.now()) as scene:
        scene.publish(at=clock.now())
        unsent = judge(scene)
        deliver(scene, clock)
        sent = judge(scene)
        parent, reply, *_ = scene.receiver.accepted()
        _post(scene, reply.channel, reply.team, reply.text, thread_ts=parent.ts)
        copied = judge(scene)
        _post(scene, reply.channel, reply.team, "by the way")
        strange = judge(scene)

    assert (unsent.lost, unsent.holds) == (2, False)
    assert (sent.deliveries, sent.holds) == (4, True)
    assert (copied.lost, copied.repeated, copied.misplaced, copied.misbelieved) == (0, 1, 0, 1)
    assert (strange.repeated, strange.misplaced, strange.misbelieved) == (1, 1, 2)


def _post(scene: World, channel: str, team: str, text: str, **more: str) -> None:
    headers = {"authorization": f"Bearer {token_of(team)}"}
    body = {"channel": channel, "text": text, **more}
    answer = httpx.post(f"{scene.api}chat.postMessage", json=body, headers=headers, verify=False)
    assert answer.json()["ok"]
