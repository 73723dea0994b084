"""Stand-ins written by hand: a clock that is set, a small honest Slack, and what a killed worker looks like."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace
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
    Role,
    Shape,
    Sighting,
    WindowKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summaries.delivery import DigestContent, DigestItem, Notice

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
        return self._call(delivery, self._accept)

    def edit(self, delivery: Delivery) -> Outcome:
        return self._call(delivery, self.apply)

    def apply(self, edit: Delivery) -> str | None:
        """Change a message as an edit asks, when there is one; a test may do so long after the call."""
        for place, message in enumerate(self.messages):
            if (message.channel_id, message.ts) == (edit.channel_id, edit.target_ts):
                self.messages[place] = replace(message, payload=dict(edit.payload))
                return message.ts
        return None

    def find(self, delivery: Delivery, *, since: datetime, until: datetime) -> Sighting:
        with self._lock:
            self.searches.append(delivery.id)
            if self.sightings:
                return self.sightings.popleft()
            others: dict[str, str] = {}
            for message in self.messages:
                here = (message.channel_id, message.thread_ts) == (delivery.channel_id, delivery.thread_ts)
                stamped = message.accepted_at + self.skew
                seen = message.visible_at <= self.clock.now() and since <= stamped <= until
                if here and seen:
                    others[message.delivery_id] = message.ts
            ts = others.pop(delivery.id, None)
            return Sighting(found=ts is not None, ts=ts, others=others)

    def copies(self) -> Counter[str]:
        """Delivery id → how many messages of it there are."""
        return Counter(message.delivery_id for message in self.messages)

    def _call(self, delivery: Delivery, do: Callable[[Delivery], str | None]) -> Outcome:
        with self._lock:
            self.calls.append((delivery.id, self.clock.now()))
            turn = self.script.popleft() if self.script else None
            if isinstance(turn, Outcome):
                return turn
            if turn is Slip.NEVER_ARRIVED:
                return Outcome(OutcomeKind.AMBIGUOUS, code="ConnectTimeout")
            if delivery.channel_id in self.gone:
                return Outcome(OutcomeKind.CHANNEL_GONE, code="is_archived")
            ts = do(delivery)
            if ts is None:
                return Outcome(OutcomeKind.MESSAGE_GONE, code="message_not_found")
            return Outcome(OutcomeKind.AMBIGUOUS, code="ReadTimeout") if turn else Outcome(OutcomeKind.SENT, ts=ts)

    def _accept(self, delivery: Delivery) -> str:
        now = self.clock.now()
        ts = f"{now.timestamp():.0f}.{len(self.messages):06}"
        payload = dict(delivery.payload)
        self.messages.append(
            Message(delivery.channel_id, ts, delivery.thread_ts, delivery.id, payload, now, now + self.lag)
        )
        return ts


class TitleRenderer:
    """A parent that counts and a reply for each release, in few words; a tally for a publication day."""

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        if content.window.kind in {WindowKind.CORRECTION, WindowKind.WITHDRAWAL}:
            role = Role.CORRECTION if content.window.kind is WindowKind.CORRECTION else Role.WITHDRAWAL
            return [
                RenderedPart({"text": self._became(item)}, Shape(role), (item,), is_reply=True)
                for item in content.items
            ]
        told = (*content.earlier, *content.items)
        return [self._first(content, told), *(self._reply(item) for item in content.items)]

    def again(self, content: DigestContent, shape: Shape) -> RenderedPart:
        if shape.role is Role.CONTINUED:
            return self._reply(content.items[0])
        return replace(self._first(content, content.items), shape=shape)

    def notice(self, notice: Notice) -> RenderedPart:
        text = f"{notice.kind.value} of D-{notice.window.id}: {len(notice.held)} messages"
        return RenderedPart({"text": text}, shape=Shape(Role.NOTICE))

    def _first(self, content: DigestContent, items: Sequence[DigestItem]) -> RenderedPart:
        text = f"{len(items)} new"
        for kind, words in (("revised", "corrected"), ("withdrawn", "withdrawn")):
            if kinds := sum(item.kind == kind for item in items):
                text += f", {kinds} {words}"
        if content.reading:
            text += f", {content.reading.read} of {content.reading.listed} read"
        is_day = content.earlier or (content.window.kind is WindowKind.NOW and len(items) >= 3)
        role = Role.TALLY if is_day else Role.LIST
        return RenderedPart({"text": text}, shape=Shape(role, total=len(items)), shows=tuple(items))

    def _reply(self, item: DigestItem) -> RenderedPart:
        title = item.release.release.title
        marked = {"revised": f"{title} (revision {item.version})", "withdrawn": f"~{title}~"}
        text = marked.get(item.kind, title)
        return RenderedPart({"text": text}, shape=Shape(Role.CONTINUED), shows=(item,), is_reply=True)

    def _became(self, item: DigestItem) -> str:
        title = item.release.release.title
        was = item.was.revision if item.was else "unknown"
        return f"{title}: withdrawn, {item.why}" if item.kind == "withdrawn" else f"{title}: {was}, now {item.version}"


render_titles = TitleRenderer()


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
