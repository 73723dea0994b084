"""The real bot, killed with SIGKILL while it posts and answers. Slack, in the test's process, lives on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from follow import run_sql
from made_up import force_names, write_releases
from scene import DESKS
from waiting import wait_for

from bot.workspace.faults import Fault
from summaries.store.tables import delivery, inbox_event, throttle

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Process
    from scene import Scene

pytestmark = pytest.mark.faults
HANG_SECONDS = 3  # longer than the bot waits for a reply


@dataclass(frozen=True)
class Post:
    """A digest about to be posted by a bot that will not live to record it."""

    scene: Scene
    running: Process
    release: Path
    desk: str
    channel: str

    def kill_once(self, fault: Fault, **more: float) -> None:
        """Let Slack answer the post with a fault, and kill as soon as Slack has dealt with it or has accepted it."""
        self.scene.workspace.faults.next("chat.postMessage", fault, channel=self.channel, **more)  # type: ignore[arg-type]
        seen = len(self.scene.texts(self.desk))
        self.scene.add(self.release)
        wait_for(lambda: self.refused() or len(self.scene.texts(self.desk)) > seen)
        self.running.kill()

    def refused(self) -> bool:
        return any(
            call.method == "chat.postMessage" and call.channel == self.channel for call in self.scene.workspace.requests
        )

    def kill_under_way(self) -> None:
        """Kill when the message has been sent and Slack has not seen it."""
        self.scene.gate.hold(self.channel)
        self.scene.add(self.release)
        self.scene.gate.wait_until_held()
        self.running.kill()


def never_arrives(post: Post) -> None:
    post.kill_under_way()
    post.scene.gate.lose()


def arrives_after_the_death(post: Post) -> None:
    post.kill_under_way()
    post.scene.gate.let_through()


def accepted_before_the_reply(post: Post) -> None:
    post.kill_once(Fault.HANG, seconds=HANG_SECONDS)


def accepted_and_the_reply_lost(post: Post) -> None:
    post.kill_once(Fault.LOST_REPLY)


def refused_with_a_server_error(post: Post) -> None:
    post.kill_once(Fault.ERROR_BEFORE)


def accepted_with_a_server_error(post: Post) -> None:
    post.kill_once(Fault.ERROR_AFTER)


DEATHS = (
    never_arrives,
    arrives_after_the_death,
    accepted_before_the_reply,
    accepted_and_the_reply_lost,
    refused_with_a_server_error,
    accepted_with_a_server_error,
)


def test_each_digest_is_seen_exactly_once_wherever_its_sender_was_killed(scene: Scene) -> None:
    names = force_names(len(DEATHS))
    releases = write_releases(scene.folder / "releases", names)
    desks = [f"#{desk.name}" for desk in DESKS]
    running = scene.run()
    for name, desk in zip(names, desks, strict=True):
        scene.ask(f"subscribe {name} now confirm", desk)
    for death, release, desk, channel in zip(DEATHS, releases, desks, DESKS, strict=True):
        death(Post(scene, running, release, desk, channel.id))
        running = scene.run()
    wait_for(lambda: scene.sent() == len(DEATHS), seconds=60)

    copies = {death.__name__: scene.copies(name, desk) for death, name, desk in zip(DEATHS, names, desks, strict=True)}
    assert copies == {death.__name__: 1 for death in DEATHS}


def test_a_bot_that_took_sending_for_not_sent_would_be_caught_posting_twice(scene: Scene) -> None:
    """The negative control: with the recovery undone behind the bot's back, the same kill makes a second copy."""
    [name] = force_names(1)
    [release] = write_releases(scene.folder / "releases", [name])
    patient = {"HMIC_HTTP_TIMEOUT_SECONDS": "20", "HMIC_LEASE_SECONDS": "60"}  # so that only the kill ends the call
    running = scene.run(**patient)
    scene.ask("subscribe all now confirm")
    accepted_before_the_reply(Post(scene, running, release, "#inspections", "C01INSPECT"))
    sending = sa.update(delivery).where(delivery.c.state == "sending")
    taken = run_sql(
        scene.database_url, sending.values(state="pending", owner=None, lease_until=None).returning(delivery.c.id)
    )
    run_sql(scene.database_url, sa.delete(throttle))  # the channel is still held for the call that was killed
    scene.run()
    wait_for(lambda: scene.sent() == 1)

    assert len(taken) == 1
    assert scene.copies(name) == 2


def test_a_direct_message_acknowledged_by_a_bot_that_was_killed_is_answered_once_by_the_next(scene: Scene) -> None:
    maya = scene.workspace.person("Maya")
    scene.add(*write_releases(scene.folder / "releases", ["Kent Police", "Essex Police"]))
    running = scene.run()
    scene.gate.hold(scene.workspace.state.dm_of(maya.id).id)
    maya.say("dm", "Kent")
    scene.gate.wait_until_held()  # the answer has left the bot and reaches nobody
    assert scene.workspace.wait_idle(), "the event was not acknowledged"
    running.kill()
    scene.gate.lose()
    scene.run()
    wait_for(lambda: len(maya.sees("dm")) > 1)
    maya.say("dm", "Essex")
    assert scene.workspace.wait_idle()
    wait_for(lambda: not run_sql(scene.database_url, sa.select(inbox_event).where(inbox_event.c.done_at.is_(None))))

    answers = [message.text.partition(":")[0] for message in maya.sees("dm") if message.user != maya.id]
    assert answers == ["Kent Police", "Essex Police"]
