"""When to look again: the decisions of watching, without its doings.

Politeness: a page is looked at daily while it is new, then weekly; trouble is met by waiting longer each time; what a
site asks for is kept to; what is gone is let go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.errors import FetchProblem, SummariesError
from summaries.watched import CheckOutcome

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.ports import Validators
    from summaries.watched import SourceCheck, SourcePage, SourceState

SOON = timedelta(minutes=1)
"""How long until the next look when pages are left, or after a first failure that may pass."""

LONGEST_WAIT = timedelta(hours=6)
GONE_FIRST = timedelta(hours=1)
NEW_FOR = timedelta(days=30)
DAILY, WEEKLY = timedelta(days=1), timedelta(days=7)
MOST_TRIES = 30
"""Looks at a page that fail in a row, over about a week, before it is looked at weekly only."""

TRIES_WHEN_GONE = 6
"""Looks at a page that is gone, an hour apart at first, before it is let go: a list may lead to a page some time before
it is published."""

HOST_REST = timedelta(minutes=5)
"""How long a site that is busy, and does not say for how long, is left alone."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong with a source or a page, in words for people. `kind` is that of a FetchProblem; `retry_after` is
    in seconds; `error` is what nobody foresaw, to be logged.
    """

    words: str
    kind: str = "failed"
    retry_after: float | None = None
    error: Exception | None = None

    @property
    def stops_the_check(self) -> bool:
        """The next page of the same site would meet it too."""
        return self.kind == "busy"

    @property
    def is_refusal(self) -> bool:
        """We are not wanted: of one page that may be the page's, of several the site's."""
        return self.kind == "refused"

    @property
    def is_the_sites(self) -> bool:
        """It says nothing about the page that was asked for."""
        return self.kind == "busy"

    @property
    def is_final(self) -> bool:
        """Waiting seldom mends it."""
        return self.kind in {"gone", "not allowed", "too large"}

    @property
    def host_rest(self) -> timedelta | None:
        """How long its site is to be left alone by everybody; None when it did not ask for that."""
        if self.retry_after is not None:
            return timedelta(seconds=self.retry_after)
        return HOST_REST if self.kind == "busy" else None


def trouble_of(error: Exception) -> Trouble:
    """The trouble an error means. What is not one of ours was not foreseen, and stays with it."""
    if isinstance(error, FetchProblem):
        return Trouble(str(error), error.kind, error.retry_after)
    if isinstance(error, SummariesError):
        return Trouble(str(error))
    return Trouble(f"Something unexpected went wrong ({type(error).__name__}): the log tells more.", error=error)


def page_read(page: SourcePage, now: datetime, *, problem: str | None = None) -> SourcePage:
    """The page after it was read, or found to be as it was; `problem` says why no release could be read from it."""
    read_at = page.read_at or now
    following = DAILY if now - read_at < NEW_FOR else WEEKLY
    return replace(page, read_at=read_at, next_at=now + following, failures=0, problem=problem)


def page_failed(page: SourcePage, trouble: Trouble, now: datetime, *, jitter: float) -> SourcePage:
    """The page after a look that failed; `jitter`, from 0 to 1, spreads the looks of many."""
    failed = replace(page, failures=page.failures + 1, problem=trouble.words)
    if trouble.is_final and failed.failures >= TRIES_WHEN_GONE:
        return replace(failed, next_at=None)
    first = GONE_FIRST if trouble.is_final or trouble.is_refusal else SOON
    wait = _backoff(failed.failures, first, jitter) if failed.failures < MOST_TRIES else WEEKLY
    return replace(failed, next_at=now + max(wait, _asked(trouble)))


def source_checked(
    state: SourceState,
    check: SourceCheck,
    *,
    pages_left: bool = False,
    validators: Validators | None = None,
    parser_version: int,
) -> SourceState:
    """The source after a check that did not fail. `validators` are new ones; without, those held go on to count."""
    following = timedelta(seconds=state.interval_seconds)
    state = replace(
        state,
        next_at=check.at + (min(SOON, following) if pages_left else following),
        last_checked_at=check.at,
        last_success_at=check.at,
        last_new_at=check.at if check.outcome is CheckOutcome.OK else state.last_new_at,
        failures=0,
        problem=check.problem,
        checks=state.checks + 1,
    )
    if validators is None:
        return state
    return replace(state, etag=validators.etag, last_modified=validators.last_modified, parser_version=parser_version)


def source_failed(
    state: SourceState,
    check: SourceCheck,
    trouble: Trouble,
    *,
    patient: bool,
    jitter: float,
    pages_left: bool = False,
) -> SourceState:
    """The source after a check that failed. `patient` waits longer after each failure in a row, up to six hours; else
    it is looked at as often as ever, and soon when there is something left to read. `jitter`, from 0 to 1, spreads the
    looks of many.

    What was got before the trouble counts, and the site's validators do not: the next look gets all of it.
    """
    failures = state.failures + 1
    usual = timedelta(seconds=state.interval_seconds)
    soon = min(SOON, usual)
    first = usual if trouble.stops_the_check or trouble.is_refusal or trouble.is_final else soon
    impatient = soon if pages_left else usual
    wait = max(_backoff(failures, first, jitter), _asked(trouble)) if patient else impatient
    return replace(
        state,
        next_at=check.at + wait,
        etag=None,
        last_modified=None,
        last_checked_at=check.at,
        last_new_at=check.at if check.new or check.revised else state.last_new_at,
        failures=failures,
        problem=check.problem,
        checks=state.checks + 1,
        failed_checks=state.failed_checks + 1,
    )


def _backoff(failures: int, first: timedelta, jitter: float) -> timedelta:
    """Twice as long after each failure in a row, of which between half and all is waited."""
    doubled: timedelta = first * 2 ** min(failures - 1, 20)
    return min(doubled, max(LONGEST_WAIT, first)) * (0.5 + jitter / 2)


def _asked(trouble: Trouble) -> timedelta:
    return trouble.host_rest or timedelta(0)
