"""Following releases, for tests: subscribe a channel, let releases come in, run workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sa
from fakes import FakeClock, FakePoster, render_titles
from releases import make_release, store_release

from summaries.digests import open_due_windows
from summaries.outbox import SendReport, send_due
from summaries.outcomes import OutboxSettings
from summaries.store.engines import database_url
from summaries.subscriptions import Options, end_subscription, subscribe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summaries.delivery import Delivery, DeliveryState, Subscription, Window
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import StoredRelease
    from summaries.store.database import Database
    from summaries.watched import Source


def run_sql(url: str, statement: sa.Executable) -> list[tuple[object, ...]]:
    """Look into a store, or meddle with it, behind its back."""
    engine = sa.create_engine(database_url(url))
    try:
        with engine.begin() as connection:
            result = connection.execute(statement)
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


def nothing(step: str) -> None:
    """A failpoint hook at which nothing fails."""


@dataclass
class Follower:
    """A store, a clock and a fake Slack, with what tests do to them."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    settings: OutboxSettings = field(default_factory=OutboxSettings)

    def __post_init__(self) -> None:
        self.poster = FakePoster(self.clock)

    def subscribe(
        self,
        channel_id: str = "C1",
        *,
        what: str = "all",
        when: str = "now",
        zone: str = "Europe/London",
        **options: Any,
    ) -> Subscription:
        return subscribe(
            self.database,
            self.clock,
            team_id="T1",
            channel_id=channel_id,
            target="channel",
            filter_text=what,
            cadence_text=when,
            zone=zone,
            by="U1",
            options=Options(**options),
        ).subscription

    def release(
        self,
        name: str,
        *,
        body: str = "kent",
        text: str = "Published today.",
        programme: str | None = None,
        **more: Any,
    ) -> StoredRelease:
        """A release comes in; one of the same name is the next revision of it."""
        made = make_release(name, title=name, bodies=(body,), closing=text, programme=programme, **more)
        with self.database.write() as work:
            return store_release(work.releases, made, at=self.clock.now())

    def plan(self, *, sources: Sequence[Source] = (), at: Callable[[str], None] = nothing) -> int:
        return open_due_windows(self.database, self.clock, render_titles, sources=sources, at=at)

    def send(
        self,
        owner: str | None = None,
        *,
        at: Callable[[str], None] = nothing,
        limit: int = 20,
        at_once: int = 1,
        render: DigestRenderer | None = None,
    ) -> SendReport:
        """One round of a worker, a new one each time unless named."""
        return send_due(
            self.database,
            self.poster,
            self.clock,
            owner=owner or uuid4().hex,
            settings=self.settings,
            limit=limit,
            at_once=at_once,
            render=render,
            at=at,
            jitter=lambda: 1.0,
        )

    def send_all(self, *, at: Callable[[str], None] = nothing) -> None:
        """Rounds of new workers, the clock moved on to what is due next, until nothing is."""
        for _ in range(200):
            self.send(at=at)
            with self.database.read() as work:
                due = work.deliveries.next_due()
            if due is None:
                return
            self.clock.advance(seconds=max(0.0, (due - self.clock.now()).total_seconds()))
        raise AssertionError("deliveries did not come to rest")

    def owing(self, channel_id: str = "C1", *, name: str = "kent-1") -> Subscription:
        """A subscription that owes a parent and one reply, about a release of this name."""
        subscription = self.subscribe(channel_id)
        self.release(name)
        self.plan()
        return subscription

    def end(self, subscription: Subscription) -> None:
        end_subscription(
            self.database,
            self.clock,
            team_id=subscription.team_id,
            channel_id=subscription.channel_id,
            subscription_id=subscription.id,
            by="U1",
            reason="enough",
        )

    def get(self, subscription: Subscription) -> Subscription:
        with self.database.read() as work:
            found = work.subscriptions.get(subscription.id)
        assert found is not None
        return found

    def windows(self, subscription: Subscription) -> Sequence[Window]:
        """Newest first."""
        with self.database.read() as work:
            return work.windows.of_subscription(subscription.id, limit=100)

    def deliveries(self, subscription: Subscription) -> list[Delivery]:
        """Of all its windows, oldest first."""
        with self.database.read() as work:
            windows = reversed(work.windows.of_subscription(subscription.id, limit=100))
            return [delivery for window in windows for delivery in work.deliveries.of_window(window.id)]

    def states(self, subscription: Subscription) -> list[DeliveryState]:
        return [delivery.state for delivery in self.deliveries(subscription)]

    def titles(self, channel_id: str = "C1") -> list[str]:
        """What people see in a channel, oldest first."""
        return [str(message.payload["text"]) for message in self.poster.messages if message.channel_id == channel_id]
