"""What was delivered, and what is still owed: digests with their messages, each message with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind, DeliveryState, OutcomeKind
from summaries.delivery_names import digest_name, name_of
from summaries.errors import NoSuchDelivery

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from summaries.delivery import Attempt, Delivery, Subscription, Window
    from summaries.ports import Store, StoredRelease, UnitOfWork

MOST_WINDOWS = 50
"""How many windows of a subscription are looked through: those that brought nothing are no digests."""

SKIPPED, SKIPPED_UNKNOWN = "skipped", "skipped_unknown"
"""Why a person gave a message up: of the second nobody knows whether it was posted."""

NOBODY_WANTS = frozenset({"ended", "rejected", "superseded", SKIPPED, SKIPPED_UNKNOWN})
"""Why a message is given up that nobody has to look at: somebody decided so."""

FOLLOWS_ANOTHER = frozenset({"parent_dead", "target_dead"})
"""Why a message is given up with the one it belongs to, and decided about with that one."""

SETTLED = "settled"
"""Beside the states: given up, and nobody has to look at it."""

MOST_NAMED, MOST_DEAD = 2, 1_000

# The state of a digest is that of its message which most needs somebody.
_ORDER = (
    DeliveryState.NEEDS_REVIEW,
    DeliveryState.DEAD,
    DeliveryState.PAUSED,
    DeliveryState.AMBIGUOUS,
    DeliveryState.SENDING,
    DeliveryState.PENDING,
    DeliveryState.HELD,
    DeliveryState.SENT,
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message owed or posted. `name` is its short one, `D-12.3`; `sent_at` is when Slack took it, None when it has
    not, or when that is not known. `attempts` are left out where nobody asks for them."""

    name: str
    delivery: Delivery
    sent_at: datetime | None
    attempts: tuple[Attempt, ...] = ()

    @property
    def state(self) -> DeliveryState:
        return self.delivery.state


@dataclass(frozen=True, slots=True)
class Digest:
    """A window that owes or has posted something. `messages` are its posts, `edits` the changes of messages that it
    made and `notices` what its subscription's maker is told, which is no part of what became of it; `items` is how many
    releases it brought, of which `named` are the first."""

    name: str
    window: Window
    subscription: Subscription
    items: int
    messages: tuple[Message, ...]
    edits: tuple[Message, ...]
    notices: tuple[Message, ...] = ()
    named: tuple[StoredRelease, ...] = ()

    @property
    def decisive(self) -> Message | None:
        """Its message which most needs somebody; what nobody wants any more counts only when all is so. None when it
        brought nothing, and so has no message."""
        owed = [*self.messages, *self.edits]
        wanted = [one for one in owed if not given_up(one.delivery)] or owed
        return min(wanted, key=lambda one: _ORDER.index(one.state), default=None)

    @property
    def state(self) -> DeliveryState | None:
        return self.decisive.state if self.decisive else None

    @property
    def sent_at(self) -> datetime | None:
        """When its first message was posted."""
        return min((one.sent_at for one in self.messages if one.sent_at), default=None)


def recent(store: Store, *, team_id: str, places: Collection[str], limit: int = 10) -> list[Digest]:
    """The newest digests of what these channels or persons follow, newest first. Raises StoreUnavailable."""
    with store.read() as work:
        here = [one for place in places for one in work.subscriptions.of_channel(team_id, place)]
        found = _digests(work, here)
        return [digest for digest, _ in zip(found, range(limit), strict=False)]


def digest(store: Store, *, team_id: str | None, window_id: int) -> Digest:
    """The digest of a window, with the log of each message. Raises NoSuchDelivery: when there is none, or when it is
    another workspace's (None: of all)."""
    with store.read() as work:
        window = work.windows.get(window_id)
        subscription = work.subscriptions.get(window.subscription_id) if window else None
        if window is None or subscription is None or team_id not in {None, subscription.team_id}:
            raise NoSuchDelivery(f"There is no digest {digest_name(window_id)}. `/hmic deliveries` lists them.")
        return _digest(work, window, subscription, logged=True)


def by_state(work: UnitOfWork, team_id: str | None) -> dict[str, int]:
    """State → how many messages are in it, of a workspace or of all; those given up that need nobody are SETTLED."""
    counted = dict(work.deliveries.counts(team_id))
    settled = NOBODY_WANTS | FOLLOWS_ANOTHER
    needing = work.deliveries.of_team(team_id, states=[DeliveryState.DEAD], without=settled, limit=MOST_DEAD)
    if (dead := counted.pop(DeliveryState.DEAD.value, 0)) > len(needing):
        counted[SETTLED] = dead - len(needing)
    return {**counted, DeliveryState.DEAD.value: len(needing)} if needing else counted


def message_of(delivery: Delivery, attempts: Sequence[Attempt] = ()) -> Message:
    """A delivery by its short name, with the time at which Slack took it."""
    return Message(name_of(delivery), delivery, _sent_at(delivery, attempts), tuple(attempts))


def given_up(delivery: Delivery) -> bool:
    """Whether it is not to be sent because somebody decided so, and nobody has to look at it."""
    return delivery.state is DeliveryState.DEAD and delivery.error_class in NOBODY_WANTS


def _digests(work: UnitOfWork, subscriptions: Sequence[Subscription]) -> Iterator[Digest]:
    windows = [
        (window, subscription)
        for subscription in subscriptions
        for window in work.windows.of_subscription(subscription.id, limit=MOST_WINDOWS)
    ]
    for window, subscription in sorted(windows, key=lambda one: (one[0].opened_at, one[0].id), reverse=True):
        found = _digest(work, window, subscription)
        if found.messages or found.edits:
            yield found


def _digest(work: UnitOfWork, window: Window, subscription: Subscription, *, logged: bool = False) -> Digest:
    owed = work.deliveries.of_window(window.id)
    told = [message_of(one, work.deliveries.attempts(one.id) if logged else ()) for one in owed]
    items = work.windows.items_of(window.id)
    first = (work.releases.by_number(number, version) for number, _, version in items[:MOST_NAMED])
    posts, edits, notices = (
        tuple(one for one in told if one.delivery.kind is kind)
        for kind in (DeliveryKind.POST, DeliveryKind.EDIT, DeliveryKind.NOTICE)
    )
    named = tuple(one for one in first if one)
    return Digest(digest_name(window.id), window, subscription, len(items), posts, edits, notices, named)


def _sent_at(delivery: Delivery, attempts: Sequence[Attempt] = ()) -> datetime | None:
    """Slack's timestamps are seconds since 1970, with a fraction that tells messages apart. When a message was changed
    is in the log."""
    if delivery.state is not DeliveryState.SENT:
        return None
    if delivery.kind is DeliveryKind.EDIT:
        return max((one.ended_at for one in attempts if one.outcome == OutcomeKind.SENT), default=None)
    if not delivery.slack_ts:
        return None
    return datetime.fromtimestamp(float(delivery.slack_ts), UTC)
