"""Reading takes its time: nobody waits for it, and nothing is lost or said twice meanwhile."""

from __future__ import annotations

import contextlib
import json
import threading
from typing import TYPE_CHECKING

import pytest
from fakes import FakeClock
from pydantic import SecretStr
from sites import HOST, Site, Web, page
from stage import SEEDS, Stage, staged
from waiting import wait_for

from bot.bootstrap import build_bot
from bot.settings import Settings
from bot.slack import later
from bot.slack.socket_mode import SocketDoor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sites import Exchange

ADDRESS = f"http://{HOST}/hampshire/"
[HAMPSHIRE] = (path.read_text() for path in SEEDS.glob("004_*"))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        made.plays("/hampshire/", page(HAMPSHIRE, media_type="text/plain"))
        yield made


@pytest.fixture
def stage(database_url: str, site: Site) -> Iterator[Stage]:
    with staged(database_url, fetcher=Web(site).fetcher()) as made:
        yield made


@pytest.fixture
def gate(site: Site) -> Iterator[threading.Event]:
    """Holds the site's answer back until it is set."""
    opened = threading.Event()
    release = site.answers["/hampshire/"]

    def answer(exchange: Exchange) -> None:
        opened.wait(20)
        release(exchange)

    site.plays("/hampshire/", answer)
    yield opened
    opened.set()


def outcomes(stage: Stage, channel: str = "#inspections") -> list[str]:
    """What people were told became of it, by the first words."""
    return [one.text.partition(":")[0] for one in stage.sees(channel) if one.text.startswith(("New", "Already"))]


def test_a_command_is_acknowledged_while_the_site_still_thinks(stage: Stage, gate: threading.Event) -> None:
    [acknowledged] = stage.workspace.person("Maya").command("#inspections", f"/hmic add {ADDRESS}")

    assert acknowledged.text == f"Reading `{ADDRESS}` … I shall say here what became of it."
    assert outcomes(stage) == []
    gate.set()
    wait_for(lambda: outcomes(stage) == ["New"])


@pytest.mark.parametrize("channel", ["#inspections", "dm"])
def test_a_sweep_leaves_a_slow_answer_its_time(stage: Stage, gate: threading.Event, site: Site, channel: str) -> None:
    maya = stage.workspace.person("Maya")
    if channel == "dm":
        maya.say("dm", ADDRESS)
    else:
        maya.command(channel, f"/hmic add {ADDRESS}")
    wait_for(lambda: site.paths() == ["/hampshire/"])
    stage.clock.advance(seconds=100)

    assert stage.bot.dispatcher.inbox.sweep() == 0
    gate.set()
    wait_for(lambda: outcomes(stage, channel) == ["New"])
    assert site.paths() == ["/hampshire/"]


def test_what_a_killed_process_had_acknowledged_is_answered_by_the_next(stage: Stage) -> None:
    core = stage.workspace.core
    maya = stage.workspace.person("Maya")
    turn = core.response_urls.give(maya.id, "C01INSPECT")
    command = core.payloads.command(
        core.state.people[maya.id],
        core.state.conversations["C01INSPECT"],
        "/hmic",
        f"add {ADDRESS}",
        response_url=f"{stage.url}/response/{turn.id}",
        trigger_id="1",
    )
    kept = later.kept(command, stage.clock.now())
    stage.bot.dispatcher.inbox.close()  # as a killed process would: kept, and no thread to answer
    with pytest.raises(RuntimeError):
        stage.bot.dispatcher.inbox.receive(kept, slow=True)
    stage.clock.advance(minutes=5)

    assert stage.bot.dispatcher.inbox.sweep() == 1
    assert outcomes(stage) == ["New"]


def test_without_a_database_nothing_is_promised(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        DATABASE_URL=f"sqlite:///{tmp_path}/no-such-folder/hmic.db",
        SLACK_BOT_TOKEN=SecretStr("xoxb-made-up"),
        SLACK_SIGNING_SECRET=SecretStr("made up"),
    )
    command = {"command": "/hmic", "text": f"add {ADDRESS}", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    with contextlib.closing(build_bot(settings, clock=FakeClock())) as bot:
        response = bot.dispatcher.handle(command)

    assert response.status == 200
    assert json.loads(response.body)["text"].startswith("I could not make a note of that")


def test_over_socket_mode_it_is_the_same(stage: Stage) -> None:
    door = SocketDoor(
        app_token=stage.workspace.config.app_token,
        base_url=stage.workspace.api_url,
        handle=stage.bot.dispatcher.handle,
    )
    door.open()
    try:
        wait_for(lambda: stage.workspace.core.sockets.connected)
        stage.workspace.connect(bot_url=f"{stage.url}/nowhere")
        [acknowledged] = stage.workspace.person("Maya").command("#inspections", f"/hmic add {ADDRESS}")
        wait_for(lambda: outcomes(stage) == ["New"])
    finally:
        door.close()

    assert acknowledged.text.startswith("Reading")
