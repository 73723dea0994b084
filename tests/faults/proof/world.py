"""What is to be delivered, and where: subscriptions in the channels of many workspaces, and releases that come in."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from releases import make_release, store_release

from proof.receiver import Receiver
from summaries.delivery import Cadence, CadenceKind, Subscription, SubscriptionState
from summaries.store.database import open_database
from summaries.store.engines import database_url
from summaries.store.tables import subscription
from summaries.subscriptions import revive_workspaces, unpark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from summaries.store.database import Database

POLL_SECONDS = 0.02
_FURTHEST_BACK = sa.select(sa.func.min(subscription.c.position))
OWED = ("pending", "sending", "ambiguous", "paused", "held")


class NotAtRest(AssertionError):
    """Deliveries did not come to rest in time."""


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class World:
    """A store, its receiver, and who follows what: each channel follows everything, as it comes."""

    url: str
    database: Database
    receiver: Receiver
    api: str
    subscriptions: dict[int, tuple[str, str]]
    releases: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._looking = sa.create_engine(database_url(self.url), poolclass=sa.NullPool)

    def publish(self, count: int = 1, *, at: datetime | None = None) -> None:
        """Releases come in, all of one programme and one day."""
        with self.database.write() as work:
            for _ in range(count):
                name = f"release-{len(self.releases) + 1}"
                stored = store_release(work.releases, make_release(name, title=name), at=at or datetime.now(UTC))
                self.releases.append(stored.number)

    def owed(self) -> int:
        """How many deliveries have not come to an end."""
        with self.database.read() as work:
            counts = work.deliveries.counts()
        return sum(counts.get(state, 0) for state in OWED)

    def planned(self) -> bool:
        """Whether all that came in has been made into windows for all who follow."""
        with self._looking.connect() as connection:
            furthest_back: int = connection.execute(_FURTHEST_BACK).scalar_one()
        with self.database.read() as work:
            return furthest_back >= work.releases.last_seq()

    def rest(self, *, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Wait until nothing is owed any more. Raises NotAtRest."""
        deadline = time.monotonic() + seconds
        while self.owed() or not self.planned():
            if time.monotonic() > deadline:
                with self.database.read() as work:
                    raise NotAtRest(f"after {seconds:g} seconds: {work.deliveries.counts()}")
            meanwhile()
            time.sleep(POLL_SECONDS)

    def repair(self) -> None:
        """What people do about a bot that was shut out: its channel is opened again, or its token replaced."""
        with self.database.read() as work:
            channels = work.subscriptions.parked(error_class="channel_gone")
            workspaces = work.subscriptions.parked(error_class="workspace_gone")
        for parked in channels:
            state = self.receiver.cores[parked.team_id].state
            there = state.conversations[parked.channel_id]
            there.bot_is_member = True
            state.archive(there, archived=False)
            unpark(self.database, Clock(), team_id=parked.team_id, channel_id=parked.channel_id)
        for parked in workspaces:
            self.receiver.cores[parked.team_id].token_revoked = False
        if workspaces:
            revive_workspaces(self.database, Clock())


@contextmanager
def world(
    url: str,
    *,
    teams: int,
    channels: int = 1,
    cadence: Cadence | None = None,
    since: datetime | None = None,
) -> Iterator[World]:
    """A world over an empty store, with so many workspaces of so many channels, and a subscription in each."""
    places = {f"T{team:04}": [f"C{team:04}X{channel:04}" for channel in range(channels)] for team in range(teams)}
    receiver = Receiver(places)
    cadence = cadence or Cadence(CadenceKind.NOW)
    with open_database(url) as database, receiver.listening() as api:
        with database.write() as work:
            made = [
                work.subscriptions.add(_subscription(team, channel, cadence, since or datetime.now(UTC)))
                for team, there in places.items()
                for channel in there
            ]
        subscriptions = {one.id: (one.team_id, one.channel_id) for one in made if one is not None}
        yield World(url, database, receiver, api, subscriptions)


def _subscription(team: str, channel: str, cadence: Cadence, now: datetime) -> Subscription:
    return Subscription(
        id=0,
        team_id=team,
        channel_id=channel,
        target="channel",
        filter="all",
        cadence=cadence,
        zone="Europe/London",
        empty_policy="skip",
        layout="thread",
        detail="extract",
        hold=False,
        state=SubscriptionState.ACTIVE,
        reason=None,
        paused_until=None,
        baseline=0,
        position=0,
        created_by="U01OKAFOR",
        created_at=now,
        changed_by="U01OKAFOR",
        changed_at=now,
        due_after=now,
    )
