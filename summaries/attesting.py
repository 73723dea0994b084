"""What can be said of the looking in a span of time: silence is only worth something when somebody was looking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.delivery import Attestation, Outage
from summaries.watched import CheckOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from summaries.ports import UnitOfWork
    from summaries.watched import SourceCheck


def attested(work: UnitOfWork, sources: Sequence[str], *, since: datetime, until: datetime) -> Attestation:
    """How often these sources (by their keys) were looked at, how many of these looks failed, and the times in which
    nothing could be learned: no worker ran, or looking at a source failed until it went well again.

    The log of checks goes back 60 days; what is older is not counted.
    """
    outages = [one for one in work.outages.since(since) if one.started_at < until]
    checks = failures = 0
    for key in sources:
        seen = [check for check in work.sources.checks(key, since=since) if check.at <= until]
        checks += len(seen)
        failures += sum(check.outcome is CheckOutcome.FAILED for check in seen)
        outages += _failing(key, seen, until)
    in_order = sorted(outages, key=lambda one: (one.started_at, one.source or ""))
    return Attestation(since, until, len(sources), checks, failures, tuple(in_order))


@dataclass(frozen=True, slots=True)
class Attester:
    """Attestations of a run of planning: subscriptions of one cadence share theirs. Checks of before `kept_from` are
    forgotten by now: of that time nothing can be said."""

    sources: tuple[str, ...]
    kept_from: datetime | None = None
    given: dict[tuple[datetime, datetime], Attestation] = field(default_factory=dict)
    stood: dict[tuple[datetime, datetime], bool] = field(default_factory=dict)

    def of(self, work: UnitOfWork, since: datetime, until: datetime, *, anyhow: bool = False) -> Attestation | None:
        """The attestation of as much of a span as is known. None of one that is all forgotten and, unless it is to be
        given `anyhow`, when nothing is watched and nothing is known to have stood still."""
        span = (max(since, self.kept_from or since), until)
        if span[0] >= until > since:
            return None
        if span not in self.given:
            self.given[span] = attested(work, self.sources, since=span[0], until=until)
        found = self.given[span]
        return found if anyhow or found.sources or found.outages else None

    def stood_still(self, work: UnitOfWork, since: datetime, until: datetime) -> bool:
        """Whether no worker ran for some time of a span."""
        span = (since, until)
        if span not in self.stood:
            self.stood[span] = any(one.started_at < until for one in work.outages.since(since))
        return self.stood[span]


def _failing(key: str, checks: Sequence[SourceCheck], until: datetime) -> Iterator[Outage]:
    """From the first look that failed to the next that did not, or to the end."""
    began: datetime | None = None
    for check in checks:
        if check.outcome is CheckOutcome.FAILED:
            began = began or check.at
        elif began:
            yield Outage(began, check.at, key)
            began = None
    if began:
        yield Outage(began, until, key)
