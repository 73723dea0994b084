"""What following releases needs from outside, as Protocols: the tables of deliveries, and Slack.

The store opens transactions over these (`ports.UnitOfWork`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from summaries.delivery import (
        Attempt,
        Delivery,
        DeliveryState,
        DigestContent,
        DigestItem,
        Notice,
        Outage,
        Outcome,
        RenderedPart,
        Shape,
        Showing,
        Sighting,
        Subscription,
        Window,
        WindowKind,
    )


class Subscriptions(Protocol):
    """Standing wishes: none is ever deleted."""

    def add(self, subscription: Subscription) -> Subscription | None:
        """Store it (its `id` is ignored) and give it back with its id. None when the channel already has this filter at
        this cadence, not ended."""

    def get(self, subscription_id: int) -> Subscription | None:
        """The subscription of this id, ended or not."""

    def lock(self, subscription_id: int) -> Subscription | None:
        """As `get`, and nobody else can change it until this transaction ends: what a change starts from."""

    def of_channel(self, team_id: str, channel_id: str) -> Sequence[Subscription]:
        """Not ended, oldest first."""

    def ended(self, team_id: str, channel_id: str, *, limit: int = 50) -> Sequence[Subscription]:
        """Of a channel, the last to end first."""

    def of_team(self, team_id: str) -> Sequence[Subscription]:
        """Not ended, oldest first."""

    def active(self) -> Sequence[Subscription]:
        """All that are active, oldest first."""

    def parked(self, *, error_class: str) -> Sequence[Subscription]:
        """All that are parked for this class of error, oldest first."""

    def paused_until(self, now: datetime) -> Sequence[Subscription]:
        """All that are paused to a time that has come, oldest first."""

    def save(self, subscription: Subscription) -> None:
        """Write all of a subscription that is there, by its id. Lock it first. Raises BadSubscription when the channel
        has another of the same filter and cadence, not ended."""


class Windows(Protocol):
    """The spans that digests covered, and what they held."""

    def open(self, window: Window, items: Iterable[DigestItem]) -> Window | None:
        """Write window and items. None when the period is already open (another worker was first). Items already shown
        to the subscription in the same kind and version are refused by the schema."""

    def get(self, window_id: int) -> Window | None:
        """The window of this id."""

    def of_subscription(
        self, subscription_id: int, *, limit: int = 10, kind: WindowKind | None = None
    ) -> Sequence[Window]:
        """Newest first; of one kind when it is named."""

    def last_before(self, subscription_id: int, kind: WindowKind, *, before: datetime) -> Window | None:
        """The newest window of a kind that was due before a moment."""

    def of_team(self, team_id: str, *, limit: int = 10) -> Sequence[Window]:
        """The newest windows of all subscriptions of a workspace, newest first."""

    def joined_to(self, window_id: int) -> Sequence[Window]:
        """The windows that added to this one's message, oldest first."""

    def unclosed_days(self, *, since: datetime, still_since: datetime) -> Sequence[Window]:
        """The windows of kind NOW, due since then and of active subscriptions, whose message may be of a publication
        day that was not closed yet, oldest first: another joined them, or they hold three releases or more, `closed_at`
        is not set, and neither they nor what joined them opened after `still_since`."""

    def close_day(self, window_id: int, at: datetime | None) -> None:
        """Note that a publication day's message got its last line or, without a time, that it goes on."""

    def last_due(self, *, before: datetime) -> dict[int, datetime]:
        """Subscription id → when its newest window of kind PERIOD that was due before a moment was due, of the active
        subscriptions that have one."""

    def shown(self, subscription_id: int, numbers: Iterable[int]) -> set[tuple[int, str, int]]:
        """Of these releases, the (number, kind, version) that earlier digests of the subscription held."""

    def items_of(self, window_id: int) -> Sequence[tuple[int, str, int]]:
        """The (number, kind, version) of a window's items, in the order in which these versions came in."""

    def messages_showing(self, numbers: Iterable[int], *, subscription_id: int | None = None) -> Sequence[Showing]:
        """The messages, posted or still owed, that show any of these releases, each with the version that it shows or
        is being edited to: of one subscription or, one after the other, of all; oldest first. None of one that ended.
        """

    def unstruck(self) -> Sequence[Showing]:
        """The messages that show a withdrawn release as if it were not, of subscriptions not ended."""

    def planned_to(self) -> int:
        """The ingest sequence up to which planning has looked for corrections and for what cannot wait; 0 at first."""

    def plan_to(self, seq: int) -> None:
        """Move that on; never back. To be called after a beat."""

    def window_of(self, subscription_id: int, number: int) -> Sequence[tuple[Window, str, int]]:
        """The windows in which a subscription got a release, oldest first, each with kind and version."""


class Deliveries(Protocol):
    """The outbox: messages owed, and what became of them."""

    def add(self, delivery: Delivery, shows: Iterable[DigestItem] = ()) -> None:
        """Write what is owed, once a window, kind and part: the schema refuses another. `shows` are the releases that
        its message will hold; of an edit, what the message it changes will. An edit supersedes those of the same
        message that have not begun."""

    def rewrite(
        self, delivery: Delivery, payload: Mapping[str, object], payload_hash: str, shows: Iterable[DigestItem]
    ) -> bool:
        """Give what was not begun (held, pending or paused, never tried) another content, and say what it shows now;
        a worker that claimed it loses it. False, and nothing, when a call was begun."""

    def shown_in(self, delivery_id: str) -> Sequence[tuple[int, str, int]]:
        """The (number, kind, version) that a message holds, in their order there."""

    def is_superseded(self, edit: Delivery) -> bool:
        """Whether a newer edit of the same message waits. None can come in before this transaction ends."""

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this id."""

    def of_window(self, window_id: int) -> Sequence[Delivery]:
        """The posts of a window's digest, the parent first, then its edits, then its notices."""

    def leaning_on(self, delivery_id: str) -> Sequence[Delivery]:
        """The replies to a message and the changes of it, whichever windows they are of, oldest window first."""

    def claim(
        self, *, owner: str, now: datetime, lease_until: datetime, settle_at: datetime, limit: int
    ) -> Sequence[Delivery]:
        """Take due work under a lease: pending whose parent or target is sent, whose earlier parts are done and over
        whose target no other edit is under way, and ambiguous that is due to be settled. What a throttle holds is left,
        and of a workspace no more is taken than one post, one edit and one to look for: the next would have to wait for
        its turn. First, a `sending` whose lease ran out is turned ambiguous, to be settled at `settle_at`, and what has
        lost its parent or target is turned dead; but a reply that joined a message of an earlier window then stands
        alone."""

    def update(self, delivery: Delivery, *, owner: str, attempt: int) -> bool:
        """Write, fenced on id, owner and attempt. False when another worker holds it by now."""

    def record_attempt(self, delivery: Delivery, *, worker: str, ended_at: datetime, outcome: Outcome) -> None:
        """Log what a call to post came to."""

    def record_sighting(self, delivery: Delivery, *, worker: str, ended_at: datetime, sighting: Sighting) -> None:
        """Log what reading the channel back came to, the first time it came to that."""

    def pause(self, subscription_id: int, *, error_class: str, error_code: str | None) -> int:
        """Pause what is pending for a subscription, claimed or not, and say how many."""

    def resume(self, subscription_id: int, *, now: datetime) -> int:
        """Make pending, due `now`, what was paused, and say how many. Its time begins anew with its next attempt."""

    def drop(self, subscription_id: int, *, error_class: str) -> int:
        """Turn dead what is held, pending or paused: nobody wants it any more."""

    def take_back(self, subscription_id: int, *, error_class: str, held: bool, now: datetime) -> int:
        """Make pending, due `now`, what was dropped for this reason; with `held`, its digests are held again."""

    def approve(self, window_id: int, *, now: datetime) -> int:
        """Make pending, due `now`, what is held of a window, and say how many."""

    def reject(self, window_id: int, *, by: str | None = None) -> int:
        """Turn dead (class "rejected") what is held of a window, and say how many; `by` is noted as the error's
        code."""

    def of_team(
        self,
        team_id: str | None,
        *,
        states: Iterable[DeliveryState] = (),
        without: Iterable[str] = (),
        limit: int = 20,
    ) -> Sequence[Delivery]:
        """Of a workspace (None: of all), in any of these states (none named: in any), the newest window's first;
        `without` names classes of errors to leave out."""

    def attempts(self, delivery_id: str) -> Sequence[Attempt]:
        """The log of a delivery, oldest first."""

    def decide(
        self,
        delivery: Delivery,
        *,
        by: str,
        at: datetime,
        outcome: str,
        was: DeliveryState,
        shows: Iterable[DigestItem] = (),
    ) -> bool:
        """Write what a person decided about a delivery and what its message shows from now on, if that is said, and log
        it. False when it is no longer in the state they
        saw, and when an edit is to be made again that a later one has overtaken."""

    def settle_others(self, team_id: str, channel_id: str, seen: Mapping[str, str]) -> int:
        """Delivery id → ts, as seen in this channel: those that were ambiguous and that nobody holds are sent."""

    def counts(self, team_id: str | None = None) -> dict[str, int]:
        """State → how many deliveries, of a workspace or of all, are in it; a state that none is in is left out."""

    def oldest_owed(self, team_id: str | None = None) -> datetime | None:
        """When the window of the oldest delivery opened that is pending, sending or ambiguous; None when none is."""

    def next_due(self) -> datetime | None:
        """When there may next be something to claim; None when nothing waits for its time."""


class Throttles(Protocol):
    """Not-before times shared by all workers: a channel's one message a second, a workspace's Retry-After."""

    def not_before(self, key: str) -> datetime | None:
        """The time to which `key` is held, past or not; None when it never was."""

    def hold(self, key: str, until: datetime) -> None:
        """Move the time forward to `until`; never backward, but from one so far ahead that only a clock that was wrong
        can have written it (`throttle_keys.FURTHEST`): that holds nothing."""

    def take(self, key: str, *, now: datetime, until: datetime) -> bool:
        """When nothing holds `key` at `now`, hold it to `until` and say True, in one statement: of two workers one
        gets it."""

    def shorten(self, key: str, *, was: datetime, until: datetime) -> bool:
        """Move the time back from `was` to `until`: for who took it to give back what it did not need. False, and
        nothing, when it is another time by now."""


class Outages(Protocol):
    """When no worker ran: what silence may not be taken for."""

    def beat(self, now: datetime, *, longest_gap: float) -> Outage | None:
        """A worker runs now. When the last beat is more than `longest_gap` seconds old, that time is noted as an outage
        and given back."""

    def since(self, moment: datetime) -> Sequence[Outage]:
        """The outages that ended after this moment, oldest first."""


class Poster(Protocol):
    """Slack, as the outbox sees it. Each call makes its requests once and never re-sends by itself."""

    def post(self, delivery: Delivery) -> Outcome:
        """Post once, with the delivery's id in message metadata. Never raises for what Slack or the network does."""

    def edit(self, delivery: Delivery) -> Outcome:
        """Give the message at `target_ts` the delivery's content. Never raises for what Slack or the network does."""

    def find(self, delivery: Delivery, *, since: datetime, until: datetime) -> Sighting:
        """Look for the delivery's id in the channel's history (or its thread's replies), from `searched_to` on when
        that is set."""


class DigestRenderer(Protocol):
    """What makes a digest's messages from its content."""

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        """Render at least one message: the parent first, then its replies. With `earlier` items, the first part is the
        new content of the message that the window joins, and the rest are replies to it."""

    def again(self, content: DigestContent, shape: Shape) -> RenderedPart:
        """Render one message of a digest once more: `items` are those it shows, as they are now."""

    def notice(self, notice: Notice) -> RenderedPart:
        """Render what a subscription's maker is told in person."""
