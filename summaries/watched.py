"""What watching is made of: sources, what is remembered of each, checks and pages. Values only, no decisions.

Times are aware, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

KEEP_CHECKS = timedelta(days=60)
"""How long it is kept what a check came to."""


class SourceKind(StrEnum):
    FEED = "feed"
    LIST = "list"  # a page of news that links to releases
    PAGE = "page"  # one page that holds the releases itself
    FOLDER = "folder"


class CheckOutcome(StrEnum):
    OK = "ok"  # something was new or revised
    UNCHANGED = "unchanged"
    FAILED = "failed"
    WAITING = "waiting"  # not looked at: its site asked to be left alone, or another worker is at it; never stored


@dataclass(frozen=True, slots=True)
class Source:
    """A place to look for releases, as configured."""

    kind: SourceKind
    address: str
    interval_seconds: int

    @property
    def key(self) -> str:
        """What it goes by everywhere: kind and address, as in the setting."""
        return f"{self.kind}:{self.address}"


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source. `failures` counts those in a row, `checks` and `failed_checks` all there were.

    `problem` is the trouble of the last check: why it failed or, of one that did not, what could not be read of it.
    `checking_until` is the lease of the worker that looks at it now. `etag`, `last_modified` are what its site gave to
    ask for changes with; they hold for pages read by the parser of `parser_version`.
    """

    key: str
    interval_seconds: int
    next_at: datetime
    checking_until: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    parser_version: int | None = None
    last_checked_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    problem: str | None = None
    checks: int = 0
    failed_checks: int = 0


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One look at a source: how many releases were new or revised, and what was wrong."""

    at: datetime
    outcome: CheckOutcome
    new: int
    revised: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page that a feed or list leads to. It belongs to one source, which listed it at `position` from the top: the
    first that did, as long as that one is looked at and does not fail.

    `published_on` is the day that a feed or list gave; `read_at` when it was first read, `next_at` when to look at it
    (again): None when there is no more use in it. `sha256` is of the bytes last read.
    """

    url: str
    source_key: str
    listed_at: datetime
    position: int
    published_on: date | None = None
    read_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    problem: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    parser_version: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class PagesOfDay:
    """How the pages of one day went: `read`, tried in vain (`unreadable`), not tried yet (`waiting`)."""

    read: int
    unreadable: int
    waiting: int

    @property
    def listed(self) -> int:
        return self.read + self.unreadable + self.waiting
