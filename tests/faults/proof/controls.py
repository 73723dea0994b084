"""Negative controls: what a worker does that has not understood the problem. Each must be caught posting twice."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import kind_of
from bot.slack.poster import EVENT_TYPE, SlackPoster
from proof.receiver import token_of
from summaries.delivery import DeliveryState, Outcome, OutcomeKind
from summaries.store.engines import database_url
from summaries.store.tables import delivery

if TYPE_CHECKING:
    from summaries.delivery import Delivery

_RUN_OUT = (
    sa.update(delivery)
    .where(delivery.c.state == DeliveryState.SENDING.value, delivery.c.lease_until < sa.bindparam("now"))
    .values(state=DeliveryState.PENDING.value, owner=None, lease_until=None, next_at=sa.bindparam("now"))
)


def resend_run_out(database: str) -> None:
    """Take a lease that ran out in mid-call for "not sent", as job queues do, and send again."""
    with _engine(database).begin() as connection:
        connection.execute(_RUN_OUT, {"now": datetime.now(UTC)})


@cache
def _engine(database: str) -> sa.Engine:
    return sa.create_engine(database_url(database))


class SdkPoster(SlackPoster):
    """The poster, but for Slack's own client as it comes: on a dropped connection that sends again, unasked."""

    def __init__(self, api: str, timeout: float) -> None:
        super().__init__(base_url=api, token_of=token_of, timeout=timeout)
        self._api, self._timeout = api, int(timeout)

    def post(self, delivery: Delivery) -> Outcome:
        client = WebClient(token_of(delivery.team_id), base_url=self._api, timeout=self._timeout)
        body: dict[str, Any] = {
            **delivery.payload,
            "channel": delivery.channel_id,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}},
        }
        if delivery.thread_ts:
            body["thread_ts"] = delivery.thread_ts
        try:
            answer = client.api_call("chat.postMessage", json=body)
        except (OSError, HTTPException) as broken:
            return Outcome(OutcomeKind.AMBIGUOUS, code=type(broken).__name__)
        except SlackApiError as refused:
            return Outcome(kind_of(str(refused.response.get("error"))), retry_after=1)
        return Outcome(OutcomeKind.SENT, ts=str(answer["ts"]))
