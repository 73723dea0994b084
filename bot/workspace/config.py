"""What a stand-in workspace is made of: who is in it, what the bot may do, how strict and how patient it is."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.cast import CHANNELS, COMMANDS, PEOPLE, SUGGESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.workspace.cast import Channel, Command, Person, Suggestion

# The bot scopes of the app's manifest, the optional history scopes included.
SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "metadata.message:read",
        "users:read",
    }
)


def _secret() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceConfig:
    """All times are in seconds. The defaults are Slack's, but for event retries, which Slack spreads over minutes.

    Tokens and the signing secret are made up afresh unless given; hand them to the bot as its settings.
    """

    signing_secret: str = field(default_factory=_secret)
    bot_token: str = field(default_factory=lambda: f"xoxb-{_secret()}")
    app_token: str = field(default_factory=lambda: f"xapp-{_secret()}")
    team_id: str = "T01RIPLEY"
    team_name: str = "Ripley County Scrutiny"
    team_domain: str = "ripley-county"
    app_id: str = "A01HMIC"
    bot_id: str = "B01HMIC"
    bot_user_id: str = "U00HMIC"
    bot_name: str = "hmic"
    people: tuple[Person, ...] = PEOPLE
    channels: tuple[Channel, ...] = CHANNELS
    commands: tuple[Command, ...] = COMMANDS
    suggestions: tuple[Suggestion, ...] = SUGGESTIONS
    scopes: frozenset[str] = SCOPES
    journal: Path | None = None
    answer_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    response_url_uses: int = 5
    event_retry_delays: tuple[float, ...] = (0.1, 1.0, 5.0)
    per_channel_per_second: int | None = None
    history_per_minute: int | None = None
    data_blocks: bool = True  # False: tables and charts are refused, as by clients that do not know them yet
    history_objects: int = 999  # Slack gives commercially distributed apps 15
    clock: Callable[[], float] = time.time
