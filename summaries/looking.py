"""One look at a source: ask for it and for the pages it leads to, ingest them, note each.

No transaction is open while a site is asked. Each page is stored and noted as soon as it is read: a worker that is
killed half-way loses nothing and repeats little.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summaries.errors import StoreUnavailable
from summaries.ingest import ingest_all
from summaries.parsing import PARSER_VERSION
from summaries.ports import NotModified, Validators
from summaries.rechecks import Trouble, page_failed, page_read, trouble_of
from summaries.sources.folder import find_files, read_file
from summaries.sources.pages import links_to_releases
from summaries.types import RawRelease
from summaries.watched import SourceKind, SourcePage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from pathlib import Path

    from summaries.ingest import Decision, IngestReport
    from summaries.ports import Clock, Fetched, Fetcher, Store, UnitOfWork
    from summaries.sources.pages import Listed
    from summaries.watched import Source, SourceState

PAUSE_SECONDS = 1.0
REFUSED_IN_A_ROW = 3
"""Pages refused one after another before the site, and not the page, is taken to refuse us."""

SETTLED_SECONDS = 5.0
"""A file changed more recently may still be being copied: half a release would be taken for a whole one."""

_LONGEST_URL, _LONGEST_MEDIA_TYPE = 1000, 100  # as much as the store holds; none of the inspectorate's comes near


@dataclass(slots=True)
class Found:
    """What a look has come to so far.

    `stopped` is the trouble that ended it. `troubles` are those of single pages and files, by address; `missed` those
    among them that kept one from being read for the first time, and may pass; `first_read` counts those that were.
    `left` counts pages and files that wait for their first reading. `validators` are what to ask for changes with next
    time.
    """

    reports: list[IngestReport] = field(default_factory=list)
    stopped: Trouble | None = None
    troubles: list[tuple[str, Trouble]] = field(default_factory=list)
    missed: list[Trouble] = field(default_factory=list)
    first_read: int = 0
    left: int = 0
    validators: Validators | None = None

    def note(self, where: str, trouble: Trouble, *, missed: bool) -> None:
        """Trouble with a page or file."""
        if trouble.stops_the_check:
            self.stopped = trouble
            return
        self.troubles.append((where, trouble))
        if missed:
            self.missed.append(trouble)

    def count(self, decision: Decision) -> int:
        """How many releases were decided so."""
        return sum(report.count(decision) for report in self.reports)

    @property
    def failure(self) -> Trouble | None:
        """Why the look counts as failed: it was ended, or none of the new pages could be read. What it did not see may
        have been a release."""
        if self.stopped is not None:
            return self.stopped
        return self.missed[0] if self.missed and not self.first_read else None

    @property
    def problems(self) -> tuple[str, ...]:
        """All that was wrong, for people: what failed the look first."""
        ended = [self.stopped.words] if self.stopped else []
        unread = [f"{report.location}: {report.problem}" for report in self.reports if report.problem]
        return tuple(dict.fromkeys([*ended, *(f"{where}: {it.words}" for where, it in self.troubles), *unread]))

    @property
    def errors(self) -> tuple[Exception, ...]:
        """What nobody foresaw, for the log."""
        met = [trouble for _, trouble in self.troubles] + ([self.stopped] if self.stopped else [])
        return tuple(trouble.error for trouble in met if trouble.error)


@dataclass(frozen=True, slots=True)
class Looker:
    """What looking takes. `hosts` are those that pages may be on, beside a source's own; `wait` pauses so many seconds;
    when `stopping`, no further request is made."""

    store: Store
    fetcher: Fetcher
    clock: Clock
    hosts: Collection[str]
    jitter: Callable[[], float]
    wait: Callable[[float], object]
    stopping: Callable[[], bool]
    most_pages: int

    def look(self, source: Source, state: SourceState) -> Found:
        """Look at a claimed source. Whatever goes wrong is in what is returned; only StoreUnavailable is raised."""
        found = Found()
        try:
            match source.kind:
                case SourceKind.FOLDER:
                    self._read_folder(source, found)
                case SourceKind.PAGE:
                    self._read_single_page(source, state, found)
                case _:
                    self._follow(source, state, found)
        except StoreUnavailable:
            raise
        except Exception as error:
            found.stopped = self._met(error, source.address)
        return found

    def _read_folder(self, source: Source, found: Found) -> None:
        for file in find_files([source.address]):
            if self.stopping():
                found.left += 1
                return
            try:
                if self._is_being_written(file):
                    found.left += 1
                    continue
                found.reports += ingest_all(self.store, [read_file(file)], clock=self.clock)
                found.first_read += 1
            except StoreUnavailable:
                raise
            except Exception as error:
                found.note(str(file), trouble_of(error), missed=True)

    def _is_being_written(self, file: Path) -> bool:
        """A file dated after now is not: it would be put off for ever."""
        try:
            age = self.clock.now().timestamp() - file.stat().st_mtime
        except OSError:
            return False  # reading it tells what is wrong
        return 0 <= age < SETTLED_SECONDS

    def _read_single_page(self, source: Source, state: SourceState, found: Found) -> None:
        fetched = self.fetcher.fetch(source.address, _validators(state))
        if isinstance(fetched, NotModified):
            return
        report = self._ingest(source.address, fetched, None)
        if report.problem:
            found.stopped = Trouble(report.problem, "unreadable")
            return
        found.reports.append(report)
        found.validators = fetched.validators

    def _follow(self, source: Source, state: SourceState, found: Found) -> None:
        """Note the pages that a list or feed leads to, then look at those that are due."""
        fetched = self.fetcher.fetch(source.address, _validators(state))
        if not isinstance(fetched, NotModified):
            listed = links_to_releases(fetched.content, fetched.media_type, fetched.url, hosts=self.hosts)
            with self.store.write() as unit:
                unit.sources.list_pages(_as_pages(listed, source, self.clock.now()))
            found.validators = fetched.validators
        with self.store.read() as unit:
            due = list(unit.sources.due_pages(source.key, now=self.clock.now()))
        self._look_at_pages(due, found)

    def _look_at_pages(self, due: list[SourcePage], found: Found) -> None:
        asked = refused = 0
        for page in due[: self.most_pages]:
            if found.stopped or self.stopping() or self._rests(page.url):
                break
            self.wait(PAUSE_SECONDS)
            trouble = self._look_at_page(page, found)
            asked += 1
            refused = refused + 1 if trouble and trouble.is_refusal else 0
            if refused == REFUSED_IN_A_ROW:
                found.stopped = trouble
        found.left = sum(1 for page in due[asked:] if page.read_at is None)

    def _look_at_page(self, page: SourcePage, found: Found) -> Trouble | None:
        trouble = None
        try:
            looked_at = self._read(page, found)
        except StoreUnavailable:
            raise
        except Exception as error:
            trouble = self._met(error, page.url)
            found.note(page.url, trouble, missed=page.read_at is None and not trouble.is_final)
            if trouble.is_the_sites:
                return trouble
            looked_at = page_failed(page, trouble, self.clock.now(), jitter=self.jitter())
        else:
            found.first_read += page.read_at is None
        with self.store.write() as unit:
            unit.sources.save_page(looked_at)
        return trouble

    def _read(self, page: SourcePage, found: Found) -> SourcePage:
        # What could not be read is tried again whole, changed or not: the trouble may have been ours, and have passed.
        known = None if page.problem else _validators(page)
        fetched = self.fetcher.fetch(page.url, known)
        if isinstance(fetched, NotModified):
            return page_read(page, self.clock.now(), problem=page.problem)
        report = self._ingest(page.url, fetched, page.published_on)
        found.reports.append(report)
        kept = replace(
            page,
            etag=fetched.validators.etag,
            last_modified=fetched.validators.last_modified,
            parser_version=PARSER_VERSION,
            sha256=sha256(fetched.content).hexdigest(),
        )
        return page_read(kept, self.clock.now(), problem=report.problem)

    def _ingest(self, location: str, fetched: Fetched, published_on: date | None) -> IngestReport:
        media_type = (fetched.media_type or "")[:_LONGEST_MEDIA_TYPE] or None
        raw = RawRelease(location, fetched.content, media_type, fetched.fetched_at, published_on)
        [report] = ingest_all(self.store, [raw], clock=self.clock)
        return report

    def _met(self, error: Exception, address: str) -> Trouble:
        """The trouble an error means. A site that wants to be left alone is left alone by all workers."""
        trouble = trouble_of(error)
        if trouble.host_rest is not None:
            with self.store.write() as unit:
                unit.throttles.hold(site_key(address), self.clock.now() + trouble.host_rest)
        return trouble

    def _rests(self, address: str) -> bool:
        with self.store.read() as unit:
            return rests_until(unit, address, self.clock.now()) is not None


def site_key(address: str) -> str:
    """The throttle of a site: until when it asked to be left alone."""
    return f"site:{(urlsplit(address).hostname or '')[:150]}"


def rests_until(unit: UnitOfWork, address: str, now: datetime) -> datetime | None:
    """Until when the site of an address asked to be left alone; None when it may be asked. Folders never rest."""
    until = unit.throttles.not_before(site_key(address))
    return until if until is not None and until > now else None


def _validators(held: SourceState | SourcePage) -> Validators | None:
    """What to ask for changes with. A page that an older parser read is read anew, changed or not."""
    return Validators(held.etag, held.last_modified) if held.parser_version == PARSER_VERSION else None


def _as_pages(listed: list[Listed], source: Source, now: datetime) -> list[SourcePage]:
    """Newest first: by the dates given, which feeds may have in any order; without dates, in the order of the list."""
    newest_first = sorted(listed, key=lambda one: one.published_on or date.min, reverse=True)
    return [
        SourcePage(one.url, source.key, now, position, one.published_on, next_at=now)
        for position, one in enumerate(newest_first)
        if one.url.isprintable() and len(one.url.encode()) <= _LONGEST_URL
    ]
