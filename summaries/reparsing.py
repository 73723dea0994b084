"""Reparsing: the store read again by a newer parser (docs/adr/0007-reparsing.md).

What only our parser changed is no correction of the inspectorate's: nobody is told of it. Where the text is the same,
the newer reading takes the place of the older one; where the text came out otherwise, it becomes a revision of its own,
which digests pass over, so that older receipts still point into the text they were read from.

Documents are brought up to date in two rounds: first what is held of each, then what is new in them. A release that two
documents claim thus gets its new id before anything else could be taken for it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from summaries.contents import Contents, read_contents
from summaries.parsing import PARSER_VERSION
from summaries.release_json import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from summaries.kept import HeldRelease, KeptDocument
    from summaries.ports import Clock, Store, UnitOfWork
    from summaries.types import Release


NOT_FOUND = "hmic no longer finds it in the document it was read from"
"""Why a retired release is withdrawn, where people were shown it."""


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    REREAD = "reread"
    RENAMED = "renamed"
    NEW = "new"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one release. `number` is None of one that is not stored; `old_id` is set when it had another;
    `changed` has the public fields that differ, with their old and new values.
    """

    outcome: Outcome
    id: str
    title: str
    number: int | None = None
    old_id: str | None = None
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReparseReport:
    """What became of one document. `problem` and `problem_before` say why no release could be read from it, by now and
    before; when `failed`, it could be read before and is tried again the next time. `again`: this is its second round,
    with nothing but what is new in it.
    """

    location: str
    sha256: str
    releases: tuple[Reread, ...] = ()
    problem: str | None = None
    problem_before: str | None = None
    failed: bool = False
    again: bool = False

    def count(self, outcome: Outcome) -> int:
        return sum(release.outcome is outcome for release in self.releases)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do: what is held of a release, if anything, and what it is read as by now, if it still is."""

    outcome: Outcome
    held: HeldRelease | None = None
    release: Release | None = None
    hashed: str = ""

    @property
    def id(self) -> str:
        """The id it goes by from now on."""
        if self.release:
            return self.release.id
        return self.held.release_id if self.held else ""

    @property
    def title(self) -> str:
        if self.release:
            return self.release.title
        return str(self.held.document.get("title", "")) if self.held else ""


def reparse_all(
    store: Store,
    clock: Clock,
    *,
    dry_run: bool = False,
    stopping: Callable[[], bool] = lambda: False,
    expecting: Callable[[int], object] = lambda count: None,
) -> Iterator[ReparseReport]:
    """Read again every kept document that an older parser read, giving the report of each as soon as it is stored.

    Stopped half-way, it has lost nothing: run again, it goes on. A document that cannot be read any more leaves what is
    held of it as it was, and is tried again the next time. `expecting` is told how many there are, once a round; when
    `stopping`, no further one is begun. With `dry_run` nothing is written. Raises StoreUnavailable.
    """
    tried: set[int] = set()
    for again in (False, True):
        with store.read() as unit:
            stale = [raw_id for raw_id in unit.rereading.stale(PARSER_VERSION) if raw_id not in tried]
        expecting(len(stale))
        for raw_id in stale:
            if stopping():
                return
            report = reparse_document(store, raw_id, clock, store_new=again, dry_run=dry_run)
            if report is None:
                continue
            if report.problem:
                tried.add(raw_id)
            yield report
        if dry_run:
            return


def bring_up_to_date(store: Store, location: str, sha256: str, clock: Clock) -> None:
    """Read again what a location last held and what these bytes were read as, if an older parser did so: what then
    differs from it was changed by the inspectorate. Raises StoreUnavailable.
    """
    with store.read() as unit:
        stale = unit.rereading.stale_at(location, sha256, PARSER_VERSION)
    for raw_id in stale:
        reparse_document(store, raw_id, clock, store_new=False)


def reparse_document(
    store: Store, raw_id: int, clock: Clock, *, store_new: bool, dry_run: bool = False
) -> ReparseReport | None:
    """Read the kept bytes of an id again, in one transaction. None when they went elsewhere meanwhile.

    Unless `store_new`, what is new in them is left for later: they then stay among those to be read again.
    """
    with store.read() as unit:
        document = unit.rereading.document(raw_id)
    if document is None:
        return None
    contents = _contents(document)
    if dry_run:
        with store.read() as unit:
            changes = _changes(unit, document, contents)
        return _report(document, contents, changes, again=False)
    with store.write() as unit:
        unit.releases.hold_ingest()
        if document.is_last and sorted(unit.rereading.locations(raw_id)) != _locations(document):
            return None
        changes = _changes(unit, document, contents)
        done = [change for change in changes if store_new or change.outcome is not Outcome.NEW]
        for change in done:
            _apply(unit, document, change, clock)
        if _is_read(document, contents) and len(done) == len(changes):
            unit.rereading.note_read(raw_id, problem=contents.problem, parser_version=PARSER_VERSION)
        return _report(document, contents, done, again=store_new, numbered=unit)


def plan(
    held: Sequence[HeldRelease],
    found: Sequence[tuple[Release, str]],
    known: Mapping[str, bool],
    *,
    is_last: bool = True,
) -> list[Change]:
    """What to do with what is held of a document, given what is found in it by now. `known` says of the ids found
    whether a release is held of them.

    A release that goes by another id now is the same one: told by its text, else by its title, else by being the only
    one that is left over on both sides. What is held but found no more is retired. Of bytes that are no location's any
    more (not `is_last`) nothing new is taken.
    """
    by_id = {one.release_id: one for one in held}
    now = {release.id: (release, hashed) for release, hashed in found}
    unheld = [release for release, _ in now.values() if release.id not in by_id and not known.get(release.id, False)]
    nameless = [one for one in held if one.release_id not in now]
    heirs = _heirs(nameless, [release for release in unheld if release.id not in known], len(held) == len(now))
    changes = [
        Change(Outcome.UNCHANGED if one.content_hash == hashed else Outcome.REREAD, one, release, hashed)
        for release, hashed in now.values()
        if (one := by_id.get(release.id))
    ]
    for one in nameless:
        heir = heirs.get(one.number)
        changes.append(Change(Outcome.RENAMED, one, *now[heir]) if heir else Change(Outcome.RETIRED, one))
    if is_last:
        inherited = set(heirs.values())
        changes += [Change(Outcome.NEW, None, *now[one.id]) for one in unheld if one.id not in inherited]
    return changes


def _heirs(nameless: Sequence[HeldRelease], unheld: Sequence[Release], as_many: bool) -> dict[int, str]:
    """Number of a release held → the id it goes by now."""
    heirs: dict[int, str] = {}
    for named in ("text", "title"):
        left = [one for one in nameless if one.number not in heirs]
        free = [release for release in unheld if release.id not in heirs.values()]
        before = Counter(one.document.get(named) for one in left)
        after = {getattr(release, named): release.id for release in free}
        once = Counter(getattr(release, named) for release in free)
        heirs |= {
            one.number: after[value]
            for one in left
            if (value := one.document.get(named)) and before[value] == once[value] == 1
        }
    left = [one for one in nameless if one.number not in heirs]
    free = [release for release in unheld if release.id not in heirs.values()]
    if as_many and len(left) == len(free) == 1:
        heirs[left[0].number] = free[0].id
    return heirs


def _contents(document: KeptDocument) -> Contents:
    """What the document holds, wherever it was read: its address and day may tell more at one location than another."""
    read = [read_contents(raw) for raw in document.readings]
    found = {release.id: (release, hashed) for one in reversed(read) for release, hashed in one.releases}
    return Contents(tuple(found.values())) if found else read[0]


def _changes(unit: UnitOfWork, document: KeptDocument, contents: Contents) -> list[Change]:
    if not contents.is_readable:
        return []  # a reader that ran out of time or memory is no reason to take anything away
    held = unit.rereading.held(document.raw_id)
    known = unit.rereading.known(release.id for release, _ in contents.releases)
    return plan(held, contents.releases, known, is_last=document.is_last)


def _apply(unit: UnitOfWork, document: KeptDocument, change: Change, clock: Clock) -> None:
    held, release = change.held, change.release
    if change.outcome is Outcome.UNCHANGED:
        return
    if release is None:
        if held is not None:
            unit.rereading.retire(held.number, raw_id=document.raw_id)
            unit.releases.withdraw(held.number, at=clock.now(), why=NOT_FOUND)
        return
    if held is not None and held.release_id != release.id:
        unit.rereading.rename(held.number, release.id, raw_id=document.raw_id)
    if held is not None and held.document["text"] == release.text:
        unit.releases.replace_current(held.number, release, content_hash=change.hashed, parser_version=PARSER_VERSION)
        return
    unit.releases.add_revision(
        release, content_hash=change.hashed, raw_id=document.raw_id, at=clock.now(), parser_version=PARSER_VERSION
    )


def _is_read(document: KeptDocument, contents: Contents) -> bool:
    """What was readable and is not any more is to be tried again; what never was has been read in vain once more."""
    return contents.is_readable or document.problem is not None


def _locations(document: KeptDocument) -> list[str]:
    return sorted(raw.location for raw in document.readings)


def _report(
    document: KeptDocument,
    contents: Contents,
    changes: Iterable[Change],
    *,
    again: bool,
    numbered: UnitOfWork | None = None,
) -> ReparseReport:
    releases = tuple(_reread(change, numbered) for change in changes if not again or change.outcome is Outcome.NEW)
    return ReparseReport(
        document.readings[0].location,
        document.sha256,
        releases,
        contents.problem,
        document.problem,
        failed=not _is_read(document, contents),
        again=again,
    )


def _reread(change: Change, numbered: UnitOfWork | None) -> Reread:
    held, release = change.held, change.release
    if held is None:
        stored = numbered.releases.current(release.id) if numbered and release else None
        return Reread(change.outcome, change.id, change.title, stored.number if stored else None)
    old_id = held.release_id if held.release_id != change.id else None
    differs = change.outcome is not Outcome.UNCHANGED
    changed = _differences(held.document, to_json(release)) if release and differs else {}
    return Reread(change.outcome, change.id, change.title, held.number, old_id, changed)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = [*after, *(name for name in before if name not in after)]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
