"""What every answer may use: made once by `bot.bootstrap`, handed down, never looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.intents.wanted import SharedFile
    from bot.rendering.environment import Renderer
    from summaries.peers import Groups
    from summaries.ports import Clock, Fetcher, Store
    from summaries.watched import Source


class Files(Protocol):
    """Where shared files are."""

    def read(self, file: SharedFile, *, limit: int) -> bytes:
        """The bytes of a file, no more than `limit`. Raises FileProblem, whose message says what to do."""


class Uploads(Protocol):
    """Where files of ours are handed out."""

    def share(self, name: str, content: bytes, *, title: str, to: str, thread: str = "") -> None:
        """Put a file into a channel, or into the direct messages with a person, by id; into a thread when one is given.
        `title` says what it is. Raises UploadProblem, whose message says what to do."""


class People(Protocol):
    """Who may decide for a workspace."""

    def is_admin(self, team_id: str, user_id: str) -> bool:
        """Whether this person may. Raises CannotTellAdmins, whose message says what to do."""


@dataclass(frozen=True, slots=True)
class ExportLimits:
    """How much is sent as one file: rows of CSV or lines of JSON, and bytes."""

    rows: int = 20_000
    size: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Services:
    """`zone` is the time zone that new subscriptions get; `sources` are those that are watched. `fetcher` is the web;
    `files` and `uploads` are None where no files are shared, as in the terminal, and `people` where nobody is
    asked for. `groups` are those that the filter `peers:` may name."""

    store: Store
    clock: Clock
    renderer: Renderer
    zone: str
    fetcher: Fetcher
    sources: tuple[Source, ...] = ()
    files: Files | None = None
    uploads: Uploads | None = None
    groups: Groups = field(default_factory=dict)
    export_limits: ExportLimits = ExportLimits()
    people: People | None = None
