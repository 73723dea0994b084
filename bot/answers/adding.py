"""Answers to what is given to be read: addresses, dropped files, a pasted release. Anyone in the workspace may add."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import FileProblem, NoSuchRelease, NothingToAdd, PasteGone
from bot.intents import parse_intent
from bot.intents.wanted import TooLong
from bot.pasting import source_text
from bot.rendering.message import Reply
from bot.rendering.receipts import UNSTORED
from bot.rendering.views import view
from summaries.contents import read_contents
from summaries.errors import FetchProblem, ReportPage
from summaries.ingest import Decision, decide, ingest
from summaries.looking import rests_until, site_key
from summaries.ports import NotModified, StoredRelease
from summaries.sources.limits import MAX_BYTES, MAX_PDF_BYTES
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.intents.wanted import Add, AddFiles, KeepPaste, ReadPaste, SharedFile, ShowRelease
    from bot.rendering.views import ReleaseView
    from bot.services import Services
    from summaries.ingest import Ingested, IngestReport
    from summaries.types import Release

MOST_ADDRESSES = 3  # each may take half a minute
MOST_FILES = 10
LONGEST_ADDRESS = 1_000  # as much as the store holds
LONGEST_SHOWN = 300
MOST_BUTTONS = 5
LONGEST_MEDIA_TYPE = 100  # the same

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READABLE_TYPES = (_PDF, "text/", "message/rfc822", "application/xhtml+xml", _DOCX)
_READABLE_NAMES = (".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xhtml", ".pdf", ".docx", ".eml")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one document. `problem` says why no release was read from it; a release it held has a decision and
    is stored."""

    name: str
    releases: tuple[Ingested, ...] = ()
    problem: str | None = None

    @classmethod
    def of(cls, name: str, report: IngestReport) -> Added:
        return cls(name, report.releases, report.problem)

    def count(self, decision: str) -> int:
        """How many of its releases were `new`, `revised` or `unchanged`."""
        return sum(ingested.decision == decision for ingested in self.releases)

    @property
    def views(self) -> list[ReleaseView]:
        return [view(ingested.stored) for ingested in self.releases]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A release in a pasted message that is not stored, and what storing it would be: new, revised or unchanged."""

    view: ReleaseView
    decision: Decision
    held: StoredRelease | None


def add(intent: Add, services: Services) -> Reply:
    """Read the pages at some addresses. Raises NothingToAdd when there is none."""
    if not intent.urls:
        raise NothingToAdd
    added = [_from_address(url, services) for url in intent.urls[:MOST_ADDRESSES]]
    return _reply(added, "pages", left=len(intent.urls) - len(added))


def add_files(intent: AddFiles, services: Services) -> Reply:
    """Read the files that came with a message."""
    added = [_from_file(file, services) for file in intent.files[:MOST_FILES]]
    return _reply(added, "files", left=len(intent.files) - len(added))


def read_paste(intent: ReadPaste, services: Services) -> Reply | None:
    """What a pasted message would be read as, storing nothing. None when no release is recognised in it, so that it may
    be a question."""
    raw = RawRelease("slack:paste", source_text(intent.text).encode(errors="replace"), "text/plain")
    contents = read_contents(raw)
    if not contents.releases:
        return _about_a_report(intent.text, contents.problem)
    previewed: list[Previewed] = []
    with services.store.read() as unit:
        for index, (release, hashed) in enumerate(contents.releases, start=1):
            held = unit.releases.current(release.id)
            shown = _unstored(release, index, raw.location, services)
            previewed.append(Previewed(_of_grades(shown), decide(held, release, hashed, raw.location), held))
    return Reply("pasted.j2", {"previewed": previewed, "reference": intent.reference}, unstored=_texts(previewed))


def keep_paste(intent: KeepPaste, services: Services) -> Reply:
    """Store the release in a pasted message. Raises PasteGone when the message is not there any more."""
    if not intent.text.strip():
        raise PasteGone
    content = source_text(intent.text).encode(errors="replace")
    raw = RawRelease(intent.location, content, "text/plain", services.clock.now())
    return _reply([Added.of("the pasted message", ingest(services.store, raw, clock=services.clock))], "messages")


def show_release(intent: ShowRelease, services: Services) -> Reply:
    """A release by its number, whole. Raises NoSuchRelease."""
    with services.store.read() as unit:
        stored = unit.releases.by_number(intent.number, intent.revision)
    if stored is None:
        raise NoSuchRelease
    return Reply("release.j2", {"view": view(stored)})


def names_of(urls: Sequence[str]) -> list[str]:
    """The addresses that are read of these, as they are shown: a long one is cut."""
    return [_shown(url) for url in urls[:MOST_ADDRESSES]]


def _shown(url: str) -> str:
    printable = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in url)
    return printable if len(printable) <= LONGEST_SHOWN else f"{printable[: LONGEST_SHOWN - 1]}…"


def _from_address(url: str, services: Services) -> Added:
    name = _shown(url)
    address = url.partition("#")[0]
    if not address.isprintable() or len(address.encode()) > LONGEST_ADDRESS:
        return Added(name, problem="That is not a plain web address, or it is too long. Paste the release instead.")
    if _rests(address, services):
        return Added(name, problem="The site asked to be left alone for a while. Paste the release instead.")
    try:
        page = services.fetcher.fetch(address)
        if isinstance(page, NotModified):
            raise FetchProblem(url=address)
    except FetchProblem as problem:
        if problem.kind == "busy" and problem.retry_after:
            with services.store.write() as unit:
                unit.throttles.hold(site_key(address), services.clock.now() + timedelta(seconds=problem.retry_after))
        return Added(name, problem=str(problem))
    media_type = (page.media_type or "")[:LONGEST_MEDIA_TYPE] or None
    raw = RawRelease(address, page.content, media_type, page.fetched_at)
    return Added.of(name, ingest(services.store, raw, clock=services.clock))


def _rests(address: str, services: Services) -> bool:
    try:
        with services.store.read() as unit:
            return rests_until(unit, address, services.clock.now()) is not None
    except ValueError:  # no whole address: what fetches it says so
        return False


def _from_file(file: SharedFile, services: Services) -> Added:
    try:
        content = _content_of(file, services)
    except FileProblem as problem:
        return Added(file.name, problem=str(problem))
    media_type = (file.media_type or "")[:LONGEST_MEDIA_TYPE] or None
    raw = RawRelease(f"slack:{file.id}/{file.name}", content, media_type, services.clock.now())
    return Added.of(file.name, ingest(services.store, raw, clock=services.clock))


def _content_of(file: SharedFile, services: Services) -> bytes:
    if services.files is None:
        raise FileProblem("There are no files here.")
    name, media_type = file.name.lower(), (file.media_type or "").lower()
    if not file.problem and not media_type.startswith(_READABLE_TYPES) and not name.endswith(_READABLE_NAMES):
        raise FileProblem(
            "That kind of file is not read. Drop a PDF, a Word document (.docx), a web page, mail or text."
        )
    limit = MAX_PDF_BYTES if name.endswith(".pdf") or media_type.startswith(_PDF) else MAX_BYTES
    if file.size is not None and file.size > limit:
        raise FileProblem.too_large(limit)
    content = services.files.read(file, limit=limit)
    if not content.strip():
        raise FileProblem("The file is empty.")
    return content


def _reply(added: Sequence[Added], what: str, *, left: int = 0) -> Reply:
    context = {"added": added, "what": what, "left": left, "to_open": _to_open(added)}
    return Reply("added.j2", context, failed=all(one.problem for one in added))


def _to_open(added: Sequence[Added]) -> list[int]:
    """The numbers of releases to offer: the first few of a document, the first of each of several."""
    firsts = [one.releases[: 1 if len(added) > 1 else 3] for one in added]
    return list(dict.fromkeys(ingested.stored.number for releases in firsts for ingested in releases))[:MOST_BUTTONS]


def _about_a_report(text: str, problem: str | None) -> Reply | None:
    """The answer to a letter, a list or a page about a report, which is too long to be a question; None of others."""
    recognised = problem == str(ReportPage())
    return Reply("about_a_report.j2", failed=True) if recognised and isinstance(parse_intent(text), TooLong) else None


def _unstored(release: Release, index: int, location: str, services: Services) -> StoredRelease:
    """A release that was only read, in the shape that answers are made of; it has no number."""
    return StoredRelease(UNSTORED, UNSTORED, index, "", release, location, services.clock.now())


def _of_grades(shown: StoredRelease) -> ReleaseView:
    """A view without the findings, for which a preview has no room: so no grade is left to them to tell."""
    whole = view(shown)
    return replace(whole, summary=replace(whole.summary, points=()))


def _texts(previewed: Sequence[Previewed]) -> dict[tuple[int, int], str]:
    stored = [one.view.stored for one in previewed]
    return {(one.number, one.revision): one.release.text for one in stored}
