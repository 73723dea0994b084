"""What an admin decides about messages that did not go by themselves: send again, give up, or "it arrived".

Which decision is allowed from which state is settled here, and each is logged with the message's attempts. Sending
again what nobody knows the fate of is the one way in which a message may come twice, and only a person can choose it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from summaries.delivered import FOLLOWS_ANOTHER, NOBODY_WANTS, SKIPPED, SKIPPED_UNKNOWN, Message, by_state, message_of
from summaries.delivery import Delivery, DeliveryKind, DeliveryState, SubscriptionState
from summaries.errors import CannotDecide, NoSuchDelivery
from summaries.payloads import fingerprint
from summaries.planning.retaking import as_it_is_now, correct_outdated, shown_later
from summaries.planning.run import Run
from summaries.subscriptions import unpark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import Subscription, Window
    from summaries.delivery_names import DeliveryName
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import Clock, Store, UnitOfWork

LONG_UNKNOWN = timedelta(hours=1)
"""After this long it is time that somebody looked why an unknown outcome cannot be settled."""
CLOCKS_DIFFER = timedelta(minutes=10)
MOST_NEEDING, MOST_LOOKED_AT = 50, 1_000

_LINK = re.compile(
    r"https?://[^\s/]{1,200}/archives/(?P<channel>[A-Z0-9]{2,30})/p(?P<seconds>\d{10})(?P<fraction>\d{6})"
)


class Decision(StrEnum):
    RETRY = "retried"
    SKIP = "skipped"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Needing:
    """A message that somebody has to look at, with its digest's window and subscription. `may_repeat`: it may be there
    already, so that sent again it may come twice. `decisions` are those allowed; `replies` is how many messages wait
    for it or were given up with it; `waiting` how many more wait for the same channel."""

    message: Message
    window: Window
    subscription: Subscription
    decisions: tuple[Decision, ...]
    may_repeat: bool
    replies: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """The deliveries of a workspace, or of all: how many are in each state, since when the oldest is owed, and what
    needs somebody (`more` of it than is given here)."""

    counts: dict[str, int]
    oldest_owed: datetime | None
    needing: tuple[Needing, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to. `revived` messages go again with this one; `resumed` subscriptions were parked."""

    decision: Decision
    before: Delivery
    after: Delivery
    subscription: Subscription
    may_repeat: bool = False
    revived: int = 0
    resumed: int = 0


def overview(store: Store, clock: Clock, *, team_id: str | None) -> Overview:
    """How deliveries do, in one workspace (None: in all). Raises StoreUnavailable."""
    long_ago = clock.now() - LONG_UNKNOWN
    with store.read() as work:
        found = [
            one
            for state in _LOOKED_AT
            for one in work.deliveries.of_team(
                team_id, states=[state], without=NOBODY_WANTS | FOLLOWS_ANOTHER, limit=MOST_LOOKED_AT
            )
        ]
        wanted, waiting = _once_a_channel([one for one in found if _needs_somebody(one, long_ago)])
        return Overview(
            by_state(work, team_id),
            work.deliveries.oldest_owed(team_id),
            tuple(_needing(work, one, waiting[one.id]) for one in wanted[:MOST_NEEDING]),
            more=max(0, len(wanted) - MOST_NEEDING),
        )


def all_subscriptions(store: Store, *, team_id: str) -> Sequence[Subscription]:
    """The subscriptions of a workspace that have not ended, oldest first. Raises StoreUnavailable."""
    with store.read() as work:
        return work.subscriptions.of_team(team_id)


def decide(
    store: Store,
    clock: Clock,
    render: DigestRenderer,
    *,
    team_id: str | None,
    name: DeliveryName,
    decision: Decision,
    by: str,
    link: str = "",
) -> Decided:
    """Decide about one message of a workspace (None: of any). `by` is the person's id; `link` is the address of the
    message in Slack, for ARRIVED. What was given up is sent as its releases are now; what is there after all is
    corrected.

    Raises NoSuchDelivery, and CannotDecide with words for whoever decides: when the decision is not one that its state
    allows, when all that a message shows was shown since, when the link cannot be that message's, or when somebody else
    was quicker.
    """
    now = clock.now()
    run = Run(render, now)
    with store.write() as work:
        held = _find(work, name, team_id)
        subscription = _subscription_of(work, held)
        if decision not in allowed(held, subscription):
            raise CannotDecide(_why_not(held, subscription, decision, name), delivery=str(name))
        after = _after(work, held, subscription, decision, link, now)
        if decision is Decision.RETRY and (later := _shown_later(work, subscription, held)):
            raise CannotDecide(
                f"All that {name} holds was shown since, in D-{later}. Sent now it would be there twice."
            )
        if not _write(work, run, subscription, after, by=by, outcome=decision, was=held.state):
            raise CannotDecide(f"{name} changed just now. Look again: `/hmic admin deliveries`.")
        if decision is Decision.ARRIVED:
            correct_outdated(work, run, subscription, after)
        revived = _revive(work, run, subscription, held, by) if decision is not Decision.SKIP else 0
    resumed = _resume(store, clock, held, subscription) if decision is Decision.RETRY else 0
    return Decided(decision, held, after, subscription, may_repeat(held), revived, resumed)


def allowed(delivery: Delivery, subscription: Subscription) -> tuple[Decision, ...]:
    """The decisions that may be taken about a message now."""
    again = () if subscription.state is SubscriptionState.ENDED else (Decision.RETRY,)
    match delivery.state:
        case DeliveryState.NEEDS_REVIEW:
            return (Decision.ARRIVED, *again, Decision.SKIP)
        case DeliveryState.PAUSED:
            return (*again, Decision.SKIP)
        case DeliveryState.DEAD if delivery.error_class in FOLLOWS_ANOTHER | {"ended", "rejected", "superseded"}:
            return ()
        case DeliveryState.DEAD if delivery.error_class == SKIPPED_UNKNOWN:
            return (Decision.ARRIVED, *again)
        case DeliveryState.DEAD if delivery.error_class == SKIPPED:
            return again
        case DeliveryState.DEAD:
            return (*again, Decision.SKIP)
        case _:
            return ()


def may_repeat(delivery: Delivery) -> bool:
    """Whether the message may be there already."""
    return delivery.state is DeliveryState.NEEDS_REVIEW or delivery.error_class == SKIPPED_UNKNOWN


_LOOKED_AT = (DeliveryState.NEEDS_REVIEW, DeliveryState.DEAD, DeliveryState.PAUSED, DeliveryState.AMBIGUOUS)


def _needs_somebody(delivery: Delivery, long_ago: datetime) -> bool:
    unknown = delivery.state is DeliveryState.AMBIGUOUS
    return not unknown or (delivery.attempt_started_at or long_ago) < long_ago


def _once_a_channel(found: Sequence[Delivery]) -> tuple[list[Delivery], dict[str, int]]:
    """What waits for its channel stands for all that does, the oldest for the rest; and how many more each stands
    for."""
    stands_for: dict[object, list[Delivery]] = {}
    for one in found:
        paused = one.state is DeliveryState.PAUSED
        stands_for.setdefault((one.team_id, one.channel_id) if paused else one.id, []).append(one)
    oldest = [
        min(same, key=lambda one: (one.window_id, one.kind is not DeliveryKind.POST)) for same in stands_for.values()
    ]
    return oldest, {one.id: len(same) - 1 for one, same in zip(oldest, stands_for.values(), strict=True)}


def _needing(work: UnitOfWork, delivery: Delivery, waiting: int) -> Needing:
    window, subscription = work.windows.get(delivery.window_id), _subscription_of(work, delivery)
    if window is None:
        raise NoSuchDelivery
    return Needing(
        message_of(delivery, work.deliveries.attempts(delivery.id)),
        window,
        subscription,
        allowed(delivery, subscription),
        may_repeat(delivery),
        replies=len(_dependants(work, delivery)),
        waiting=waiting,
    )


def _find(work: UnitOfWork, name: DeliveryName, team_id: str | None) -> Delivery:
    if name.part is None:
        raise CannotDecide(f"{name} is a whole digest. Name one message of it, such as `{name}.0`.")
    found = next((one for one in work.deliveries.of_window(name.window_id) if name.names(one)), None)
    if found is None or team_id not in {None, found.team_id}:
        raise NoSuchDelivery(f"There is no message {name}. `/hmic admin deliveries` lists those that need somebody.")
    return found


def _subscription_of(work: UnitOfWork, delivery: Delivery) -> Subscription:
    window = work.windows.get(delivery.window_id)
    subscription = work.subscriptions.get(window.subscription_id) if window else None
    if subscription is None:
        raise NoSuchDelivery
    return subscription


def _dependants(work: UnitOfWork, delivery: Delivery) -> list[Delivery]:
    """The replies to a message and the changes of it that go when it does: those of later windows, too."""
    leaning = work.deliveries.leaning_on(delivery.id)
    return [one for one in leaning if one.state is not DeliveryState.DEAD or given_up_with_another(one)]


def _after(
    work: UnitOfWork, held: Delivery, subscription: Subscription, decision: Decision, link: str, now: datetime
) -> Delivery:
    free = replace(held, owner=None, lease_until=None, searched_to=None)
    match decision:
        case Decision.SKIP:
            why = SKIPPED_UNKNOWN if may_repeat(held) else SKIPPED
            return replace(free, state=DeliveryState.DEAD, error_class=why)
        case Decision.ARRIVED:
            ts = _timestamp(held, link, now) if link else None
            if ts is None and _dependants(work, held):
                raise CannotDecide(
                    "It has replies, which need to know where it is. In Slack choose Copy link on the message, then: "
                    f"`/hmic admin arrived {message_of(held).name} LINK`."
                )
            return replace(free, state=DeliveryState.SENT, slack_ts=ts, error_class=None, error_code=None)
        case Decision.RETRY if _waits_for_its_channel(held, subscription):
            return held
        case Decision.RETRY:
            return _owed_anew(free, now)


def _owed_anew(delivery: Delivery, now: datetime) -> Delivery:
    """To be tried at once, with a day of its own to succeed in."""
    return replace(
        delivery,
        state=DeliveryState.PENDING,
        owner=None,
        lease_until=None,
        next_at=now,
        expires_at=None,
        error_class=None,
        error_code=None,
    )


def _shown_later(work: UnitOfWork, subscription: Subscription, held: Delivery) -> int | None:
    return shown_later(work, subscription, held) if held.state is DeliveryState.DEAD else None


def _write(
    work: UnitOfWork,
    run: Run,
    subscription: Subscription,
    after: Delivery,
    *,
    by: str,
    outcome: Decision,
    was: DeliveryState,
) -> bool:
    """What a person decided; what had been given up, and is owed again, with its releases as they are now: while it was
    given up nothing corrected it."""
    again = was is DeliveryState.DEAD and after.state is DeliveryState.PENDING
    part = as_it_is_now(work, run, subscription, after) if again else None
    if part:
        payload = dict(part.payload)
        after = replace(after, payload=payload, payload_hash=fingerprint(payload))
    shows = part.shows if part else ()
    return work.deliveries.decide(after, by=by, at=run.now, outcome=outcome.value, was=was, shows=shows)


def _revive(work: UnitOfWork, run: Run, subscription: Subscription, held: Delivery, by: str) -> int:
    """What was given up with a message goes when the message does; of its changes the last."""
    lost = [_owed_anew(one, run.now) for one in _dependants(work, held) if given_up_with_another(one)]
    again, dead = Decision.RETRY, DeliveryState.DEAD
    return sum(_write(work, run, subscription, one, by=by, outcome=again, was=dead) for one in reversed(lost))


def given_up_with_another(delivery: Delivery) -> bool:
    """Whether it was given up because the message that it answers or changes was."""
    return delivery.state is DeliveryState.DEAD and delivery.error_class in FOLLOWS_ANOTHER


def _resume(store: Store, clock: Clock, held: Delivery, subscription: Subscription) -> int:
    """A message that waits for its channel goes when that is tried again, with all else that waits for it."""
    if not _waits_for_its_channel(held, subscription):
        return 0
    return len(unpark(store, clock, team_id=subscription.team_id, channel_id=subscription.channel_id))


def _waits_for_its_channel(delivery: Delivery, subscription: Subscription) -> bool:
    return delivery.state is DeliveryState.PAUSED and subscription.state is SubscriptionState.PARKED


def _timestamp(held: Delivery, link: str, now: datetime) -> str:
    """Slack's timestamp in the address of a message, when it can be this one's: it cannot be read to make sure."""
    found = _LINK.match(link)
    if found is None:
        raise CannotDecide("That is not the link of a message. In Slack choose Copy link on the message itself.")
    personal = held.channel_id.startswith(("U", "W")) and found["channel"].startswith("D")
    if found["channel"] != held.channel_id and not personal:
        raise CannotDecide("That message is in another conversation. Copy the link of the one that was to be posted.")
    posted = datetime.fromtimestamp(int(found["seconds"]), UTC)
    began = held.attempt_started_at or posted
    if not began - CLOCKS_DIFFER <= posted <= now + CLOCKS_DIFFER:
        raise CannotDecide("That message is from another time than this one. Copy the link of the right one.")
    return f"{found['seconds']}.{found['fraction']}"


def _why_not(held: Delivery, subscription: Subscription, decision: Decision, name: DeliveryName) -> str:
    if held.state is DeliveryState.SENT:
        return f"{name} was sent, so there is nothing to decide."
    if held.state is DeliveryState.HELD:
        return f"{name} waits for approval: `/hmic approve D-{name.window_id}`, or `/hmic reject D-{name.window_id}`."
    if held.state is DeliveryState.AMBIGUOUS:
        return f"{name} is being looked for in its channel. When that cannot tell, it is listed for you to decide."
    if held.state in {DeliveryState.PENDING, DeliveryState.SENDING}:
        return f"{name} is on its way. `/hmic why D-{name.window_id}` shows how it does."
    if given_up_with_another(held):
        return f"{name} belongs to another message that was given up. Decide about that one, and this one follows."
    if held.error_class == "superseded":
        return f"{name} was overtaken: a newer change says it all."
    if decision is Decision.RETRY and subscription.state is SubscriptionState.ENDED:
        return f"{name} is of a subscription that has ended. Subscribe again to go on."
    if decision is Decision.ARRIVED:
        return f"{name} certainly did not arrive: Slack refused it, or was never asked. Try it again, or give it up."
    return f"{name} was given up: somebody decided so."
