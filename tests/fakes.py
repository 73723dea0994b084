"""Stand-ins written by hand: a clock that is set, a small honest Slack, and what a killed worker looks like."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

from summaries.delivery import (
    Delivery,
    DeliveryState,
    Outcome,
    OutcomeKind,
    RenderedPart,
    Sighting,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import DigestContent

MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until told to move."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, **by: float) -> None:
        self._now += timedelta(**by)


class Crash(BaseException):
    """The end of a worker: like a kill, no `except Exception` sees it."""


class CrashAt:
    """A failpoint hook that ends the worker the `nth` time it reaches a step."""

    def __init__(self, step: str, *, nth: int = 1) -> None:
        self.step, self.left = step, nth

    def __call__(self, step: str) -> None:
        if step == self.step:
            self.left -= 1
            if self.left == 0:
                raise Crash(step)


class Slip(Enum):
    """How a call may go wrong without saying whether the message was accepted."""

    LOST_REPLY = "accepted, and the reply lost"
    NEVER_ARRIVED = "not accepted, and no reply"


@dataclass(frozen=True)
class Message:
    channel_id: str
    ts: str
    thread_ts: str | None
    delivery_id: str
    payload: dict[str, object]
    accepted_at: datetime
    visible_at: datetime


@dataclass
class FakePoster:
    """Keeps what it accepts. Calls follow `script` in order, then go well. `lag` is how late messages can be seen,
    `skew` how far its own clock is from ours."""

    clock: FakeClock
    script: deque[Outcome | Slip] = field(default_factory=deque)
    lag: timedelta = timedelta(0)
    skew: timedelta = timedelta(0)
    gone: set[str] = field(default_factory=set)
    sightings: deque[Sighting] = field(default_factory=deque)
    messages: list[Message] = field(default_factory=list)
    calls: list[tuple[str, datetime]] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def post(self, delivery: Delivery) -> Outcome:
        with self._lock:
            self.calls.append((delivery.id, self.clock.now()))
            turn = self.script.popleft() if self.script else None
            if isinstance(turn, Outcome):
                return turn
            if turn is Slip.NEVER_ARRIVED:
                return Outcome(OutcomeKind.AMBIGUOUS, code="ConnectTimeout")
            if delivery.channel_id in self.gone:
                return Outcome(OutcomeKind.CHANNEL_GONE, code="is_archived")
            ts = self._accept(delivery)
            return Outcome(OutcomeKind.AMBIGUOUS, code="ReadTimeout") if turn else Outcome(OutcomeKind.SENT, ts=ts)

    def find(self, delivery: Delivery, *, since: datetime, until: datetime) -> Sighting:
        with self._lock:
            self.searches.append(delivery.id)
            if self.sightings:
                return self.sightings.popleft()
            for message in self.messages:
                here = (message.channel_id, message.thread_ts) == (delivery.channel_id, delivery.thread_ts)
                stamped = message.accepted_at + self.skew
                seen = message.visible_at <= self.clock.now() and since <= stamped <= until
                if here and seen and message.delivery_id == delivery.id:
                    return Sighting(found=True, ts=message.ts)
            return Sighting(found=False)

    def copies(self) -> Counter[str]:
        """Delivery id → how many messages of it there are."""
        return Counter(message.delivery_id for message in self.messages)

    def _accept(self, delivery: Delivery) -> str:
        now = self.clock.now()
        ts = f"{now.timestamp():.0f}.{len(self.messages):06}"
        payload = dict(delivery.payload)
        self.messages.append(
            Message(delivery.channel_id, ts, delivery.thread_ts, delivery.id, payload, now, now + self.lag)
        )
        return ts


def render_titles(content: DigestContent) -> Sequence[RenderedPart]:
    """A parent that counts and a reply for each release."""
    titles = [item.release.release.title for item in content.items]
    return [RenderedPart({"text": f"{len(titles)} new"}), *(RenderedPart({"text": title}) for title in titles)]


def make_delivery(*, window_id: int = 1, part: int = 0, at: datetime = MORNING, channel_id: str = "C1") -> Delivery:
    """A delivery that has just been written."""
    return Delivery(
        id=str(uuid4()),
        window_id=window_id,
        part=part,
        team_id="T1",
        channel_id=channel_id,
        payload={"text": "1 new"},
        payload_hash="0" * 64,
        state=DeliveryState.PENDING,
        owner=None,
        lease_until=None,
        attempt=0,
        attempt_started_at=None,
        next_at=at,
        expires_at=None,
        thread_ts=None,
        slack_ts=None,
        error_class=None,
        error_code=None,
    )
