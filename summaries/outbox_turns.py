"""Taking turns: how often Slack may be called about a channel and a workspace, kept in the store for all workers.

A channel is held for as long as the lease of the call that was given its turn, and after the call for its pace: so its
receiver, too, sees no two messages closer together, however slow the first one was.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind
from summaries.throttle_keys import channel_key, editing_key, posting_key

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Delivery, Outcome
    from summaries.delivery_ports import Throttles
    from summaries.outcomes import OutboxSettings


def calling_key(delivery: Delivery) -> str:
    """The throttle of the method that a delivery calls, in its workspace."""
    return editing_key(delivery.team_id) if _is_edit(delivery) else posting_key(delivery.team_id)


def take_turn(throttles: Throttles, sending: Delivery, now: datetime, settings: OutboxSettings) -> datetime | None:
    """None when the turn was taken; else when to ask again. An edit takes no turn of its channel: nothing is added."""
    workspace = calling_key(sending)
    pace = timedelta(seconds=settings.edit_pace_seconds if _is_edit(sending) else settings.workspace_pace_seconds)
    if not throttles.take(workspace, now=now, until=now + pace):
        return throttles.not_before(workspace) or now + pace
    if _is_edit(sending):
        return None
    channel, until = channel_key(sending.team_id, sending.channel_id), sending.lease_until or now
    if throttles.take(channel, now=now, until=until):
        return None
    return throttles.not_before(channel) or until


def end_turn(throttles: Throttles, sent: Delivery, outcome: Outcome, now: datetime, settings: OutboxSettings) -> None:
    """After the call: the channel's pace begins, and what Slack said about the workspace is kept."""
    if outcome.retry_after:
        throttles.hold(calling_key(sent), now + timedelta(seconds=outcome.retry_after))
    if _is_edit(sent) or sent.lease_until is None:
        return
    channel, until = channel_key(sent.team_id, sent.channel_id), now + timedelta(seconds=settings.pace_seconds)
    if not throttles.shorten(channel, was=sent.lease_until, until=until):
        throttles.hold(channel, until)


def _is_edit(delivery: Delivery) -> bool:
    return delivery.kind is DeliveryKind.EDIT
