"""Sources on a web written by hand: what tests of watching act on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from fakes import FakeClock

from summaries.errors import PageGone
from summaries.ports import Fetched, NotModified, Validators
from summaries.watched import Source, SourceKind, SourceState
from summaries.watching import CheckReport, check_due

if TYPE_CHECKING:
    from summaries.store.database import Database

SITE = "https://news.example.org"
NEWS = Source(SourceKind.LIST, f"{SITE}/hmicfrs/news/", 1800)
FEED = Source(SourceKind.FEED, f"{SITE}/feed.xml", 1800)
ACCORDION = Source(SourceKind.PAGE, f"{SITE}/hmicfrs/all-at-once/", 1800)


@dataclass
class FakeWeb:
    """Gives pages by address, or raises what stands there. A page is not modified while its bytes are the same.

    Releases are plain text here: what looking does is the same for every format.
    """

    clock: FakeClock
    pages: dict[str, bytes | BaseException] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    known: list[Validators | None] = field(default_factory=list)

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | NotModified:
        self.asked.append(url)
        self.known.append(known)
        content = self.pages.get(url, PageGone())
        if isinstance(content, BaseException):
            raise content
        etag = f'"{hash(content)}"'
        if known and known.etag == etag:
            return NotModified(url)
        media_type = "text/html; charset=utf-8" if content.startswith(b"<") else "text/plain; charset=utf-8"
        return Fetched(url, content, media_type, Validators(etag), self.clock.now())


class Watch:
    """A store, a clock and a web, with what tests do to them. `paused` holds the seconds of each pause."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.web = FakeWeb(self.clock)
        self.paused: list[float] = []
        self.stopping = threading.Event()

    def lists(self, *names: str, source: Source = NEWS) -> None:
        """From now on the list holds these releases, newest first; each has a page."""
        links = "".join(f'<li><a href="{self.url(name)}">{name}</a></li>' for name in names)
        self.web.pages[source.address] = f"<html><body><ul>{links}</ul></body></html>".encode()
        for name in names:
            self.web.pages.setdefault(self.url(name), release(name))

    @staticmethod
    def url(name: str) -> str:
        return f"{SITE}/hmicfrs/news/news-feed/{name}/"

    def check(self, *sources: Source) -> list[CheckReport]:
        return check_due(
            self.database,
            self.web,
            self.clock,
            sources=sources or (NEWS,),
            jitter=Random(1),
            wait=self.paused.append,
            stopping=self.stopping.is_set,
        )

    def next_check(self, source: Source = NEWS) -> CheckReport:
        """The clock is moved on to when the source is due."""
        wait = self.state(source).next_at - self.clock.now()
        self.clock.advance(seconds=max(0.0, wait.total_seconds()))
        [report] = self.check(source)
        return report

    def state(self, source: Source = NEWS) -> SourceState:
        with self.database.read() as unit:
            return unit.sources.known([source.key])[source.key]

    def held(self) -> int:
        with self.database.read() as unit:
            return unit.releases.count()

    def pages_asked(self) -> list[str]:
        """The names of the pages asked for since this was last called, without lists."""
        asked = [url.rstrip("/").rpartition("/")[2] for url in self.web.asked if "/news-feed/" in url]
        self.web.asked.clear()
        return asked


def release(name: str, closing: str = "") -> bytes:
    """A page with a release of its own headline."""
    headline = f"Kent Police has made progress, inspection {name} finds"
    return f"{headline}\n\nHMICFRS inspected Kent Police. Report {name} was published today. {closing}".encode()


NO_RELEASE = b"My cat is well.\n\nShe sleeps."
