"""The parts of a workspace put together, without any server: what the Web API, the page and people act upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.events import Events
from bot.workspace.faults import Faults
from bot.workspace.files import Files
from bot.workspace.outgoing import Outgoing
from bot.workspace.pacing import Pacing, Request
from bot.workspace.payloads import Payloads
from bot.workspace.response_urls import ResponseUrls
from bot.workspace.sockets import Sockets
from bot.workspace.state import WorkspaceState
from bot.workspace.triggers import Triggers
from bot.workspace.typed import Typed
from bot.workspace.views import Views

if TYPE_CHECKING:
    from bot.workspace.config import WorkspaceConfig


class Core:
    """Every part is public: they are each other's collaborators. `base_url` is where the server is reached."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self.config = config
        self.base_url = ""
        self.token_revoked = False
        self.requests: list[Request] = []
        self.state = WorkspaceState(config)
        self.files = Files(self)
        self.views = Views(config, self.state.feed)
        self.triggers = Triggers(config)
        self.response_urls = ResponseUrls(config, self.state)
        self.faults = Faults()
        self.pacing = Pacing(config)
        self.payloads = Payloads(config)
        self.sockets = Sockets(config)
        self.outgoing = Outgoing(config, self.faults, self.sockets)
        self.events = Events(config, self.state, self.payloads, self.outgoing)
        names = {person.id: (person.username, person.name) for person in config.people}
        self.typed = Typed(names | {config.bot_user_id: (config.bot_name,) * 2}, self.state.conversations.values())

    def close(self) -> None:
        """Stop delivering, end the page's streams, close the journal."""
        self.outgoing.close()
        self.state.close()
