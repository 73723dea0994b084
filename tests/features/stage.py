"""The whole bot in a stand-in workspace, over real HTTP: what feature tests act in.

Feature tests speak only the public surface: what people type and see, files that are added, Slack's own requests.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fakes import FakeClock
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from bot import web
from bot.bootstrap import Bot, build_bot
from bot.schedule import plan_and_send
from bot.settings import Settings
from bot.workspace.config import WorkspaceConfig
from bot.workspace.server import Workspace, create_workspace
from bot.workspace.serving import in_thread
from summaries.ingest import IngestReport, ingest_all
from summaries.sources.folder import find_files, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.model import Message
    from summaries.ports import Fetcher

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass
class Stage:
    """A workspace, the bot in it, and the clock both go by. Ticks are run by hand."""

    workspace: Workspace
    bot: Bot
    clock: FakeClock
    url: str

    def add(self, *paths: Path) -> list[IngestReport]:
        """What `hmic add` does."""
        return list(ingest_all(self.bot.database, map(read_file, find_files(paths)), clock=self.clock))

    def tick(self, bot: Bot | None = None) -> None:
        """One tick of the worker, or of one that is made otherwise."""
        plan_and_send(bot or self.bot)

    def ask(self, text: str, *, who: str = "Maya", channel: str = "#inspections") -> Message:
        """Give `/hmic text` and return its one answer."""
        [answer] = self.workspace.person(who).command(channel, f"/hmic {text}".rstrip())
        return answer

    def follow(self, words: str, *, who: str = "Maya", channel: str = "#inspections") -> Message:
        """Follow at once, as the button of a proposal does, and return the confirmation."""
        return self.ask(f"subscribe {words} confirm", who=who, channel=channel)

    def press(self, message: Message, label: str, *, who: str = "Maya") -> list[Message]:
        """Use the button of this label, and return what that answered at once."""
        [(block, element)] = [
            (block, element)
            for block in message.blocks or ()
            for element in block.get("elements", ())
            if element.get("type") == "button" and element["text"]["text"] == label
        ]
        return self.workspace.person(who).press(message, element["action_id"], block_id=block["block_id"])

    def sees(self, channel: str = "#inspections", who: str = "Maya") -> list[Message]:
        return self.workspace.person(who).sees(channel)

    def posts(self, channel: str = "#inspections") -> list[Message]:
        """What everybody can see in a channel."""
        return [message for message in self.sees(channel) if not message.ephemeral_to]


def unpaced(bot: Bot) -> Bot:
    """A bot that waits for no pace of its workspace: the clock stands still during a tick."""
    settings = replace(bot.outbox_settings, workspace_pace_seconds=0, edit_pace_seconds=0)
    return replace(bot, outbox_settings=settings)


@contextlib.contextmanager
def staged(database_url: str, *, fetcher: Fetcher | None = None, **workspace_settings: object) -> Iterator[Stage]:
    """A stage over a store whose tables are in place; it may hold releases already. `fetcher` is the bot's web."""
    clock = FakeClock()
    config = WorkspaceConfig(
        clock=lambda: clock.now().timestamp(),
        event_retry_delays=(0.0, 0.0, 0.0),
        **workspace_settings,  # type: ignore[arg-type]
    )
    workspace = create_workspace(config)
    app = Starlette()
    serving = contextlib.ExitStack()
    with contextlib.ExitStack() as stack:
        stack.callback(workspace.close)
        url = serving.enter_context(in_thread(app, workspace.core))
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            DATABASE_URL=database_url,
            SLACK_BOT_TOKEN=SecretStr(config.bot_token),
            SLACK_SIGNING_SECRET=SecretStr(config.signing_secret),
            SLACK_API_BASE_URL=f"{url}/api/",
        )
        bot = unpaced(build_bot(settings, clock=clock, fetcher=fetcher))
        stack.callback(bot.close)
        stack.callback(serving.close)  # first: a bot being put away is told of nothing more
        app.router.routes.extend([*web.routes(bot), Mount("/", workspace.asgi)])
        workspace.connect(base_url=url, bot_url=f"{url}/slack/events")
        yield Stage(workspace, bot, clock, url)
