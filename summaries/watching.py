"""Watching: look at the sources that are due and remember how it went.

A worker claims a source under a lease, so that of two one looks at it. What a look is, is in `looking.py`; when to look
again is decided in `rechecks.py`.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from summaries.errors import StoreUnavailable
from summaries.ingest import Decision
from summaries.looking import Looker, rests_until
from summaries.parsing import PARSER_VERSION
from summaries.rechecks import source_checked, source_failed
from summaries.sources.addresses import USUAL_HOSTS
from summaries.watched import KEEP_CHECKS, CheckOutcome, SourceCheck, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from summaries.looking import Found
    from summaries.ports import Clock, Fetcher, Store
    from summaries.watched import Source, SourceState

MOST_PAGES = 10
"""Pages asked for in one check; the rest is left for the next, which then comes soon."""

LEASE = timedelta(minutes=15)
"""Longer than a check takes: eleven exchanges of half a minute each, with pauses."""

OVERDUE = timedelta(minutes=20)
"""When no worker has looked for so long after it was time, none is running."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one look at a source came to. `problem` is why it failed or, if it did not, what could not be read;
    `problems` is all there was. `left` pages wait for the next look. `errors` are those nobody foresaw, to be logged.
    """

    source: Source
    outcome: CheckOutcome
    next_at: datetime | None
    new: int = 0
    revised: int = 0
    left: int = 0
    problem: str | None = None
    problems: tuple[str, ...] = ()
    errors: tuple[Exception, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A configured source with what is remembered of it: nothing before its first check. `overdue`: no worker looks."""

    source: Source
    state: SourceState | None
    overdue: bool


def check_due(
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    *,
    sources: Sequence[Source],
    hosts: Collection[str] = USUAL_HOSTS,
    jitter: Random | None = None,
    wait: Callable[[float], object] = time.sleep,
    stopping: Callable[[], bool] = lambda: False,
    most_pages: int = MOST_PAGES,
) -> list[CheckReport]:
    """Look at those of `sources` that are due, one after another; the trouble of one keeps no other from its turn.

    `hosts` are those that listed pages may be on, beside their source's own. `wait` is called with the seconds to pause
    before each request but the first of a check; when `stopping`, no further request is made. Raises StoreUnavailable;
    what was claimed is then given back or, when that failed too, taken up again when its lease has run out.
    """
    jitter = jitter or SystemRandom()
    watcher = _Watcher(Looker(store, fetcher, clock, hosts, jitter.random, wait, stopping, most_pages))
    reports = (watcher.check(source) for source in watcher.due(sources))
    return [report for report in reports if report is not None]


def check_now(
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    *,
    source: Source,
    hosts: Collection[str] = USUAL_HOSTS,
    jitter: Random | None = None,
    wait: Callable[[float], object] = time.sleep,
) -> CheckReport:
    """Look at one source whether it is due or not. WAITING when another worker is at it. Raises StoreUnavailable."""
    jitter = jitter or SystemRandom()
    watcher = _Watcher(Looker(store, fetcher, clock, hosts, jitter.random, wait, lambda: False, MOST_PAGES))
    watcher.due([source])
    return watcher.check(source, early=True) or _waiting(source, None, "Another worker is looking at it now.")


def statuses(store: Store, clock: Clock, sources: Sequence[Source]) -> list[SourceStatus]:
    """The configured sources, in their order. Raises StoreUnavailable."""
    with store.read() as unit:
        known = unit.sources.known(source.key for source in sources)
    late = clock.now() - OVERDUE
    return [
        SourceStatus(source, state, overdue=state is not None and (state.checking_until or state.next_at) < late)
        for source, state in ((source, known.get(source.key)) for source in sources)
    ]


@dataclass(frozen=True, slots=True)
class _Watcher:
    looker: Looker

    def due(self, sources: Sequence[Source]) -> list[Source]:
        """Those that seem due; the claim decides. What is not in the store yet, or at another pace, is written."""
        store, now = self.looker.store, self.looker.clock.now()
        keys = [source.key for source in sources]
        with store.read() as unit:
            known = unit.sources.known(keys)
        if any(_changed(source, known.get(source.key)) for source in sources):
            with store.write() as unit:
                unit.sources.keep(sources, at=now)
                known = unit.sources.known(keys)
        return [source for source in sources if known[source.key].next_at <= now]

    def check(self, source: Source, *, early: bool = False) -> CheckReport | None:
        """Claim, look, record. None when another worker was first, or when we are told to stop."""
        if self.looker.stopping():
            return None
        now = self.looker.clock.now()
        held = now + LEASE
        with self.looker.store.write() as unit:
            state = unit.sources.claim(source.key, now=now, until=held, early=early)
            if state is None:
                return None
            free_at = rests_until(unit, source.address, now)
            if free_at is not None:
                unit.sources.settle(replace(state, next_at=free_at), held=held)
                return _waiting(source, free_at, "The site asked to be left alone for a while.")
        try:
            found = self.looker.look(source, state)
        except BaseException:  # interrupted, or the database went away: nobody should have to wait for the lease
            with suppress(StoreUnavailable), self.looker.store.write() as unit:
                unit.sources.settle(state, held=held)
            raise
        return self._record(source, state, found, held)

    def _record(self, source: Source, state: SourceState, found: Found, held: datetime) -> CheckReport:
        check = _check_of(found, self.looker.clock.now())
        failure = found.failure
        if failure is not None:
            # A folder is near, and a file dropped into it is waited for.
            patient = source.kind is not SourceKind.FOLDER
            after = source_failed(
                state, check, failure, patient=patient, jitter=self.looker.jitter(), pages_left=found.left > 0
            )
        else:
            after = source_checked(
                state, check, pages_left=found.left > 0, validators=found.validators, parser_version=PARSER_VERSION
            )
        with self.looker.store.write() as unit:
            if unit.sources.settle(after, held=held):
                unit.sources.record(source.key, check, forget_before=check.at - KEEP_CHECKS)
        return CheckReport(
            source,
            check.outcome,
            after.next_at,
            check.new,
            check.revised,
            found.left,
            check.problem,
            found.problems,
            found.errors,
        )


def _check_of(found: Found, at: datetime) -> SourceCheck:
    new, revised = found.count(Decision.NEW), found.count(Decision.REVISED)
    if found.failure is not None:
        outcome = CheckOutcome.FAILED
    else:
        outcome = CheckOutcome.OK if new or revised else CheckOutcome.UNCHANGED
    problems = found.problems
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return SourceCheck(at, outcome, new, revised, f"{problems[0]}{more}" if problems else None)


def _changed(source: Source, state: SourceState | None) -> bool:
    return state is None or state.interval_seconds != source.interval_seconds


def _waiting(source: Source, next_at: datetime | None, problem: str) -> CheckReport:
    return CheckReport(source, CheckOutcome.WAITING, next_at, problem=problem, problems=(problem,))
