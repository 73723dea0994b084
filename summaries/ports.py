"""What the use cases need from outside, as Protocols. The store, Slack and the clock are adapters to these.

A use case takes a `Store` and opens one transaction at a time; no transaction stays open across a network call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from summaries.delivery import DigestItem
    from summaries.delivery_ports import Deliveries, Outages, Subscriptions, Throttles, Windows
    from summaries.found import Search
    from summaries.kept import Rereading
    from summaries.types import Pillar, RawRelease, Release
    from summaries.watched import PagesOfDay, Source, SourceCheck, SourcePage, SourceState


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A release that its source took back: when we learned it and why, in words for people."""

    number: int
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release as the store knows it. `seq` is the ingest sequence of this revision: later is always larger, and the
    order of commits is the order of `seq`. `number` is the short public number: receipts print `R-12`. `withdrawn`: the
    release was taken back since, and is not to be quoted."""

    number: int
    seq: int
    revision: int
    content_hash: str
    release: Release
    location: str
    ingested_at: datetime
    withdrawn: Withdrawn | None = None


class Releases(Protocol):
    """Releases and their revisions; the ingest sequence."""

    def current(self, release_id: str) -> StoredRelease | None:
        """The newest revision of a release by its stable id."""

    def by_number(self, number: int, revision: int | None = None) -> StoredRelease | None:
        """A release by its short number: its newest revision, or the one asked for."""

    def text_of(self, number: int, revision: int) -> str | None:
        """The stored text of a revision, without the rest of it; None when there is no such revision."""

    def last_text_from(self, number: int, location: str) -> str | None:
        """The text of the newest revision of a release that was read at a location; None when none was."""

    def add_revision(
        self, release: Release, *, content_hash: str, raw_id: int, at: datetime, parser_version: int
    ) -> StoredRelease:
        """Store as new (revision 1) or as the next revision, taking the next ingest sequence in this transaction."""

    def replace_current(self, number: int, release: Release, *, content_hash: str, parser_version: int) -> None:
        """Write what a newer parser read from the same text in place of the newest revision, which stays of the same
        number and sequence. The sequence moves on, so that whoever keeps answers by it forgets them."""

    def hold_ingest(self) -> None:
        """Wait until no other ingest is under way; held to the end of this transaction. What is read after it is still
        true when a revision is added."""

    def keep_raw(self, raw: RawRelease, *, sha256: str, problem: str | None, at: datetime, parser_version: int) -> int:
        """Keep the bytes once per sha256, note that they were the last read at their location, and give their id.
        `problem` says why nothing could be parsed from them."""

    def raw_known(self, raw: RawRelease, *, sha256: str, parser_version: int) -> bool:
        """Are these bytes what was last read at their location, by this parser and without a problem?"""

    def of_body(
        self, body_id: str, *, year: int | None = None, pillar: Pillar | None = None, limit: int = 20
    ) -> Sequence[StoredRelease]:
        """Releases with this body as subject, newest first."""

    def newest_of_series(self, body_id: str) -> Sequence[tuple[StoredRelease, int]]:
        """The newest release of each programme and pillar with this body as subject, newest first, and how many earlier
        ones of that series there are, counted up to 99."""

    def latest(self, *, body_id: str | None = None, limit: int = 5) -> Sequence[StoredRelease]:
        """The newest releases first, of all or of one body."""

    def ingested_between(self, after: int, upto: int) -> Sequence[DigestItem]:
        """What came in with `after < seq <= upto`, oldest first: one item a (release, revision). What only we read
        otherwise, from bytes known before, did not come in; nor did what is retired or withdrawn by now."""

    def bodies_held(self) -> dict[str, int]:
        """Body id → how many current releases have it as subject."""

    def last_seq(self) -> int:
        """The ingest sequence of the newest revision stored; 0 when there is none."""

    def count(self) -> int:
        """How many releases there are, revisions not counted."""

    def years(self) -> tuple[int, int] | None:
        """The first and last year of what is held; None when nothing held is dated."""

    def withdraw(self, number: int, *, at: datetime, why: str) -> bool:
        """Note that a release is withdrawn, in words for people. False when there is no such release, or it is already.
        The sequence moves on, so that it is noticed; a revision that comes in later is held again."""

    def withdrawn(self, *, since: datetime | None = None) -> Sequence[Withdrawn]:
        """The releases withdrawn (since then), the first first."""

    def last_ingested_at(self) -> datetime | None:
        """When a release was last stored or revised; None when none was."""

    def unreadable(self) -> Sequence[tuple[str, str]]:
        """(location, problem) of what was last read at a location but could not be parsed."""


class Conversations(Protocol):
    """What was last asked in a thread, so that a follow-up can lean on it."""

    def last(self, team_id: str, channel_id: str, thread: str) -> str | None:
        """The words last understood in this thread; None when nothing was."""

    def remember(self, team_id: str, channel_id: str, thread: str, words: str, *, at: datetime) -> None:
        """Put these words in the place of what was remembered of the thread."""


class Inbox(Protocol):
    """Events received but perhaps not yet answered, keyed on Slack's `event_id`."""

    def receive(self, event_id: str, body: str, at: datetime, *, not_before: datetime | None = None) -> bool:
        """Store it; False when it was received before. Whoever looks for what waits finds it from `not_before` on."""

    def take(self, event_id: str, *, found: datetime, until: datetime) -> bool:
        """Hold it to `until` when it is not done and still held to `found`: of two workers one gets it."""

    def done(self, event_id: str, at: datetime) -> None:
        """Note that it was answered; the first time counts."""

    def take_waiting(self, *, at: datetime, until: datetime, limit: int = 20) -> Sequence[tuple[str, str]]:
        """(event_id, body) of what is not done and at `at` held by nobody, the first received first; each is given to
        one caller only, and held to `until`."""

    def free_waiting(self) -> None:
        """Nobody holds anything any more: who did is gone."""


class Sources(Protocol):
    """What is remembered of the sources, whether or not they are still configured."""

    def keep(self, sources: Iterable[Source], *, at: datetime) -> None:
        """Remember these and how often each is looked at. One not known before is due `at`; one known at another pace
        no later than an interval after `at`."""

    def known(self, keys: Iterable[str]) -> dict[str, SourceState]:
        """Key → what is remembered of it; a source never kept is left out."""

    def claim(self, key: str, *, now: datetime, until: datetime, early: bool = False) -> SourceState | None:
        """Take it under a lease to `until` when it is due (or `early`) and under no other, in one statement: of two
        workers one gets it."""

    def settle(self, state: SourceState, *, held: datetime) -> bool:
        """Write all of it and let go. False when the lease to `held` was lost by then: nothing is written."""

    def record(self, key: str, check: SourceCheck, *, forget_before: datetime) -> None:
        """Log a check, and forget those of this source before a time."""

    def checks(self, key: str, *, since: datetime) -> Sequence[SourceCheck]:
        """The checks of a source that were logged, oldest first."""

    def list_pages(self, pages: Iterable[SourcePage]) -> None:
        """Note pages that a list led to just now: of one known before only where it was listed, and the day given."""

    def due_pages(self, key: str, *, now: datetime) -> Sequence[SourcePage]:
        """The pages of a source to look at: first those never read, each kind in the order of the list."""

    def save_page(self, page: SourcePage) -> None:
        """Write what a look at a page came to. Whose it is and where it was listed stay as they are."""

    def pages_of_day(self, day: date, *, start: datetime, end: datetime) -> PagesOfDay:
        """Count the pages that lists dated so, and the undated ones first read, or listed and not read yet, from
        `start` to `end`: the moments between which that day lies."""


class UnitOfWork(Protocol):
    """One transaction over the store. Leaving the block commits; an error rolls all of it back."""

    @property
    def releases(self) -> Releases:
        """Releases, their revisions and the ingest sequence."""

    @property
    def search(self) -> Search:
        """The index of what is held, by filter."""

    @property
    def conversations(self) -> Conversations:
        """What was last asked in threads."""

    @property
    def rereading(self) -> Rereading:
        """Documents that an older parser read."""

    @property
    def subscriptions(self) -> Subscriptions:
        """Standing wishes."""

    @property
    def windows(self) -> Windows:
        """Windows and what their digests held."""

    @property
    def deliveries(self) -> Deliveries:
        """The outbox."""

    @property
    def inbox(self) -> Inbox:
        """Events received."""

    @property
    def throttles(self) -> Throttles:
        """Not-before times."""

    @property
    def sources(self) -> Sources:
        """What is remembered of the sources."""

    @property
    def outages(self) -> Outages:
        """When no worker ran."""


class Store(Protocol):
    """Where all of it is kept."""

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """One snapshot: all that is read inside belongs to one moment. Raises StoreUnavailable."""

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """One transaction, not to be nested. Raises StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave to ask "has it changed since?" with: its `ETag` and `Last-Modified`, as sent."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as a site sent it. `url` is the address after redirects."""

    url: str
    content: bytes
    media_type: str | None
    validators: Validators
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class NotModified:
    """The site says that the page is as it was when its validators were given."""

    url: str


class Fetcher(Protocol):
    """The web, as sources see it. One polite, guarded request; nothing is sent again by itself."""

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | NotModified:
        """Get a page, asking only for changes since `known`. Raises FetchProblem."""
