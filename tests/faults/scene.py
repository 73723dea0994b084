"""A stand-in workspace in the test's own process, and the real `hmic` beside it: what was posted survives a kill."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate import Gate
from processes import Process, hmic

from bot.bootstrap import SystemClock
from bot.workspace.cast import CHANNELS, Channel
from bot.workspace.config import WorkspaceConfig
from bot.workspace.server import Workspace, create_workspace
from bot.workspace.serving import in_thread
from summaries.ingest import ingest_all
from summaries.sources.folder import find_files, read_file
from summaries.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.model import Message

QUICK = {
    "HMIC_TICK_SECONDS": "0.1",
    "HMIC_HTTP_TIMEOUT_SECONDS": "1",
    "HMIC_LEASE_SECONDS": "3.2",  # must cover the timeout and the outbox's margin of two seconds
    "HMIC_SETTLE_SECONDS": "0.5",
}
DESKS = tuple(Channel(f"C1{number}DESK", f"desk-{number}", "A desk that follows one force") for number in range(6))
LISTENING = re.compile(r"listening on (http://\S+)\.")


@dataclass
class Scene:
    """The workspace, the gate before it, the database's address, and the processes started so far."""

    workspace: Workspace
    gate: Gate
    database_url: str
    folder: Path
    _processes: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def hmic(self, *arguments: str, **settings: str) -> Process:
        """Start `hmic ARGUMENTS`, in Slack as far as it can tell; it does not outlive the test."""
        everything = {
            "DATABASE_URL": self.database_url,
            "SLACK_BOT_TOKEN": self.workspace.config.bot_token,
            "SLACK_SIGNING_SECRET": self.workspace.config.signing_secret,
            "SLACK_API_BASE_URL": self.workspace.api_url,
            "PORT": "0",
            **QUICK,
            **settings,
        }
        return self._processes.enter_context(hmic(*arguments, folder=self.folder, settings=everything))

    def run(self, **settings: str) -> Process:
        """Start `hmic run` and let the workspace talk to it."""
        process = self.hmic("run", **settings)
        found = LISTENING.search(process.wait_for_line("listening on"))
        assert found is not None
        self.workspace.connect(bot_url=f"{found[1]}/slack/events")
        return process

    def add(self, *paths: Path) -> None:
        """What `hmic add` does, without waiting for another process to start."""
        with open_database(self.database_url) as database:
            for report in ingest_all(database, map(read_file, find_files(paths)), clock=SystemClock()):
                assert report.problem is None

    def ask(self, text: str, channel: str = "#inspections") -> Message:
        """Give `/hmic text` by a signed request, and return the one answer."""
        [answer] = self.workspace.person("Maya").command(channel, f"/hmic {text}")
        return answer

    def texts(self, channel: str = "#inspections") -> list[str]:
        """What everybody can read in a channel."""
        return [message.text for message in self.workspace.person("Tom").sees(channel) if not message.ephemeral_to]

    def copies(self, name: str, channel: str = "#inspections") -> int:
        """How many messages of a channel hold this force's release, known by its title."""
        return sum(f"{name} is 'good' at" in text for text in self.texts(channel))

    def sent(self) -> int:
        """How many digest messages the bot knows it has sent."""
        found = re.search(r"Messages: (\d+) sent\.", self.ask("status").text)
        return int(found[1]) if found else 0

    def close(self) -> None:
        """End the processes first: a gate that still holds a message would keep the workspace from closing."""
        self._processes.close()
        self.gate.lose()


@contextlib.contextmanager
def set_up(database_url: str, folder: Path) -> Iterator[Scene]:
    """A scene over a store whose tables are in place and which holds nothing."""
    workspace = create_workspace(WorkspaceConfig(channels=(*CHANNELS, *DESKS)))
    gate = Gate(workspace.asgi)
    with contextlib.closing(workspace), in_thread(gate, workspace.core) as url:
        workspace.connect(base_url=url)
        with contextlib.closing(Scene(workspace, gate, database_url, folder)) as scene:
            yield scene
