"""What a destination that is gone leads to: its subscriptions are parked, and who made one is told, once.

Part of the transaction that records the call: that Slack said so and what follows from it are written together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from summaries.delivery import Delivery, DeliveryKind, DeliveryState, Notice, NoticeKind, OutcomeKind
from summaries.payloads import fingerprint
from summaries.subscriptions import park

if TYPE_CHECKING:
    from summaries.delivery import Outcome, Subscription, Window
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import Clock, UnitOfWork


def park_what_is_gone(
    work: UnitOfWork, delivery: Delivery, outcome: Outcome, clock: Clock, render: DigestRenderer | None
) -> Exception | None:
    """Park what the outcome says is gone. Gives the error of a notice that could not be rendered: it keeps nothing else
    from being recorded."""
    match outcome.kind:
        case OutcomeKind.CHANNEL_GONE if not _is_of_notice(work, delivery):
            window = work.windows.get(delivery.window_id)
            if window and _park(work, window.subscription_id, outcome, clock) and render:
                return _tell_maker(work, window, clock, render)
        case OutcomeKind.WORKSPACE_GONE:
            for subscription in work.subscriptions.of_team(delivery.team_id):
                _park(work, subscription.id, outcome, clock)
    return None


def _is_of_notice(work: UnitOfWork, delivery: Delivery) -> bool:
    """Whether it goes to a person beside the digests: a notice, or an edit of one."""
    message = work.deliveries.get(delivery.target_id) if delivery.target_id else delivery
    return message is not None and message.kind is DeliveryKind.NOTICE


def _park(work: UnitOfWork, subscription_id: int, outcome: Outcome, clock: Clock) -> bool:
    return park(work, subscription_id, clock, error_class=outcome.kind.value, code=outcome.code)


def _tell_maker(work: UnitOfWork, window: Window, clock: Clock, render: DigestRenderer) -> Exception | None:
    parked = work.subscriptions.get(window.subscription_id)
    if parked is None or parked.channel_id == parked.created_by:
        return None
    told = [each for each in work.deliveries.of_window(window.id) if each.kind is DeliveryKind.NOTICE]
    if len(told) > parked.hold:  # a digest that waited for approval has had a notice about that
        return None
    try:
        rendered = render.notice(Notice(NoticeKind.PARKED, parked, window))
    except Exception as problem:
        problem.add_note(f"while telling who made subscription {parked.id} that it is parked")
        return problem
    work.deliveries.add(_notice(parked, window, dict(rendered.payload), len(told), clock))
    return None


def _notice(parked: Subscription, window: Window, payload: dict[str, object], part: int, clock: Clock) -> Delivery:
    return Delivery(
        id=str(uuid4()),
        window_id=window.id,
        part=part,
        kind=DeliveryKind.NOTICE,
        team_id=parked.team_id,
        channel_id=parked.created_by,
        payload=payload,
        payload_hash=fingerprint(payload),
        state=DeliveryState.PENDING,
        owner=None,
        lease_until=None,
        attempt=0,
        attempt_started_at=None,
        next_at=clock.now(),
        expires_at=None,
        thread_ts=None,
        slack_ts=None,
        error_class=None,
        error_code=None,
    )
