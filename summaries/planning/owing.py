"""Write what a window owes: messages, replies in threads, edits, and what its maker is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from summaries.delivery import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    Notice,
    NoticeKind,
    RenderedPart,
    Role,
    Shape,
    SubscriptionState,
)
from summaries.payloads import fingerprint
from summaries.quiet import quiet_until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from summaries.delivery import Subscription, Window
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import UnitOfWork

_UNSENT = {DeliveryState.HELD, DeliveryState.PENDING, DeliveryState.PAUSED}

_HISTORY = {Role.CORRECTION, Role.WITHDRAWAL}
"""Replies that tell what became of a release then: they are not corrected later."""


def owe_digest(
    work: UnitOfWork, subscription: Subscription, window: Window, parts: Sequence[RenderedPart], render: DigestRenderer
) -> None:
    """A digest's messages: the first, and replies in its thread or messages beside it. When each digest waits for
    approval they are held, and the subscription's maker is asked.

    Raises ValueError when there is nothing to post.
    """
    if not parts:
        raise ValueError("a digest was rendered to no message")
    state = DeliveryState.HELD if subscription.hold else None
    first: str | None = None
    for number, part in enumerate(parts):
        parent = first if part.is_reply else None
        added = _add_post(work, subscription, window, number, part, parent_id=parent, state=state)
        first = first or added
    if subscription.hold:
        notice = Notice(NoticeKind.APPROVAL, subscription, window, tuple(parts))
        _add_notice(work, subscription, window, render.notice(notice))


def owe_replies(
    work: UnitOfWork, subscription: Subscription, window: Window, parts: Sequence[RenderedPart], *, thread_of: Delivery
) -> None:
    """Replies in the thread of a message that was posted before, or is still owed."""
    parent_id = thread_of.parent_id or thread_of.id
    for number, part in enumerate(parts):
        _add_post(work, subscription, window, number, part, parent_id=parent_id)


def owe_edit(
    work: UnitOfWork, subscription: Subscription, window: Window, number: int, part: RenderedPart, *, target: Delivery
) -> None:
    """A message's new content. It makes no sound, so that quiet time does not keep it."""
    to = target.channel_id
    edit = _delivery(subscription, window, number, part, kind=DeliveryKind.EDIT, channel_id=to, target_id=target.id)
    work.deliveries.add(edit, part.shows)


def is_untouched(message: Delivery) -> bool:
    """Whether nobody began to send a message."""
    return message.state in _UNSENT and message.attempt == 0


def rewrite(work: UnitOfWork, message: Delivery, part: RenderedPart) -> bool:
    """Give a message that nobody began to send new content. False when somebody did: it is to be edited then."""
    payload = dict(part.payload)
    return is_untouched(message) and work.deliveries.rewrite(message, payload, fingerprint(payload), part.shows)


def is_edited(work: UnitOfWork, message: Delivery) -> bool:
    """Whether an edit of a message waits."""
    return any(one.target_id == message.id and one.state in _UNSENT for one in work.deliveries.leaning_on(message.id))


def ask_again(work: UnitOfWork, subscription: Subscription, window: Window, render: DigestRenderer) -> None:
    """Show the maker of a subscription what waits for approval as it is now, in the notice that asked."""
    owed = work.deliveries.of_window(window.id)
    notice = next(
        (one for one in owed if one.kind is DeliveryKind.NOTICE and one.state is not DeliveryState.DEAD), None
    )
    held = tuple(_as_written(one) for one in owed if one.state is DeliveryState.HELD)
    if notice is None or not held:
        return
    part = render.notice(Notice(NoticeKind.APPROVAL, subscription, window, held))
    if not rewrite(work, notice, part):
        edits = sum(one.kind is DeliveryKind.EDIT for one in owed)
        owe_edit(work, subscription, window, edits, part, target=notice)


def _as_written(message: Delivery) -> RenderedPart:
    return RenderedPart(message.payload, message.shape or Shape(Role.LIST), is_reply=message.parent_id is not None)


def _add_post(
    work: UnitOfWork,
    subscription: Subscription,
    window: Window,
    number: int,
    part: RenderedPart,
    *,
    parent_id: str | None,
    state: DeliveryState | None = None,
) -> str:
    free_at = quiet_until(subscription.quiet, subscription.zone, window.opened_at)
    post = _delivery(subscription, window, number, part, parent_id=parent_id, state=state, at=free_at)
    work.deliveries.add(post, () if part.shape.role in _HISTORY else part.shows)
    return post.id


def _add_notice(work: UnitOfWork, subscription: Subscription, window: Window, part: RenderedPart) -> None:
    maker = subscription.created_by
    work.deliveries.add(_delivery(subscription, window, 0, part, kind=DeliveryKind.NOTICE, channel_id=maker))


def _delivery(
    subscription: Subscription,
    window: Window,
    number: int,
    part: RenderedPart,
    *,
    kind: DeliveryKind = DeliveryKind.POST,
    channel_id: str | None = None,
    parent_id: str | None = None,
    target_id: str | None = None,
    state: DeliveryState | None = None,
    at: datetime | None = None,
) -> Delivery:
    """What is owed to a channel that cannot be posted to waits with the rest, until the subscription is unparked."""
    parked = subscription.state is SubscriptionState.PARKED and kind is not DeliveryKind.NOTICE
    payload = dict(part.payload)
    return Delivery(
        id=str(uuid4()),
        window_id=window.id,
        part=number,
        team_id=subscription.team_id,
        channel_id=channel_id or subscription.channel_id,
        payload=payload,
        payload_hash=fingerprint(payload),
        state=state or (DeliveryState.PAUSED if parked else DeliveryState.PENDING),
        owner=None,
        lease_until=None,
        attempt=0,
        attempt_started_at=None,
        next_at=at or window.opened_at,
        expires_at=None,
        thread_ts=None,
        slack_ts=None,
        error_class=subscription.error_class if parked else None,
        error_code=subscription.reason if parked else None,
        kind=kind,
        parent_id=parent_id,
        target_id=target_id,
        shape=part.shape,
    )
