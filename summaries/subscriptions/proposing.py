"""What a subscription would be, before it is one: all of it, how much it would post, and what of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from summaries.delivery import DigestItem
from summaries.query import Filter, Literal
from summaries.subscriptions.following import drafted, same_wish
from summaries.subscriptions.options import UNSAID, Options
from summaries.subscriptions.wanted import wanted_filter

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Subscription
    from summaries.peers import Groups
    from summaries.ports import Clock, Store, UnitOfWork

SAMPLE = 3
"""How many releases, the newest that match, a proposal shows."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much a subscription would post, by what is held: `matching` of `held` releases, `last_year` of these dated in
    the last twelve months, which is `a_month` on average. `first_year` and `last_year_held` are the years of all that
    is held (None when nothing is dated): with releases of 2012 to 2017 alone, none this year means little.

    `matching` and `last_year` are counted up to `found.SEARCH_COUNTED`.
    """

    matching: int
    held: int
    last_year: int
    a_month: float
    first_year: int | None
    last_year_held: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """`subscription` is a draft with id 0; `already` the one that the channel has of the same releases at the same
    cadence, which `subscribe` would report instead; `beside` those of the same releases at other times; `sample` the
    newest releases that match, newest first."""

    subscription: Subscription
    estimate: Estimate
    sample: tuple[DigestItem, ...]
    already: Subscription | None = None
    beside: tuple[Subscription, ...] = ()


def propose(
    store: Store,
    clock: Clock,
    *,
    team_id: str,
    channel_id: str,
    target: str,
    filter_text: str,
    cadence_text: str,
    zone: str,
    by: str,
    groups: Groups | None = None,
    options: Options = UNSAID,
) -> Proposal:
    """What `subscribe` with the same arguments would make. Nothing is written; raises as `subscribe` does."""
    now = clock.now()
    draft = drafted(
        now,
        team_id=team_id,
        channel_id=channel_id,
        target=target,
        filter_text=filter_text,
        cadence_text=cadence_text,
        zone=zone,
        by=by,
        groups=groups,
        options=options,
    )
    with store.read() as work:
        newest = work.search.newest(wanted_filter(draft), limit=SAMPLE)
        here = work.subscriptions.of_channel(team_id, channel_id)
        return Proposal(
            draft,
            _estimate(work, draft, now),
            tuple(DigestItem(stored, "new", stored.revision) for stored in newest),
            same_wish(work, draft),
            tuple(one for one in here if one.filter == draft.filter and one.cadence != draft.cadence),
        )


def _estimate(work: UnitOfWork, draft: Subscription, now: datetime) -> Estimate:
    wanted = wanted_filter(draft)
    year_ago = now.astimezone(ZoneInfo(draft.zone)).date() - timedelta(days=365)
    since = Literal("before", year_ago.isoformat(), negated=True)
    last_year = work.search.find(Filter((*wanted.clauses, (since,))), limit=1).total
    first, last = work.releases.years() or (None, None)
    return Estimate(
        matching=work.search.find(wanted, limit=1).total,
        held=work.releases.count(),
        last_year=last_year,
        a_month=last_year / 12,
        first_year=first,
        last_year_held=last,
    )
