"""Posting a delivery to Slack, and looking whether one arrived. One HTTP request a call, never re-sent from here.

Slack's SDK re-sends on a dropped connection unless told not to, and folds very different failures into one exception;
for deliveries the difference between "never left" and "no reply came" is everything, so this speaks HTTP itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from bot.slack.errors import kind_of
from bot.slack.tls import trusted
from summaries.delivery import Outcome, OutcomeKind, Sighting

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Delivery

EVENT_TYPE = "hmic_digest_delivery"
PAGE = 15  # what conversations.history gives apps outside the Marketplace; asking for more gains nothing
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class SlackPoster:
    """The `Poster` port over Slack's Web API. `timeout` is in seconds."""

    def __init__(self, *, base_url: str, token: str, timeout: float) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout,
            headers={"authorization": f"Bearer {token}"},
            transport=httpx.HTTPTransport(
                verify=trusted(), retries=0, limits=httpx.Limits(max_connections=32, keepalive_expiry=5)
            ),
        )

    def post(self, delivery: Delivery) -> Outcome:
        """Post once, with the delivery's id in the metadata that `find` reads back."""
        body: dict[str, Any] = {
            **delivery.payload,
            "channel": delivery.channel_id,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}},
        }
        if delivery.thread_ts:
            body["thread_ts"] = delivery.thread_ts
        try:
            response = self._http.post("chat.postMessage", json=body)
        except _NEVER_LEFT as error:
            return Outcome(OutcomeKind.NOT_SENT, code=type(error).__name__)
        except httpx.HTTPError as error:
            return Outcome(OutcomeKind.AMBIGUOUS, code=type(error).__name__)
        return _outcome(response)

    def find(self, delivery: Delivery, *, since: datetime, until: datetime) -> Sighting:
        """Look through the channel's messages (or the thread's replies) between two moments for the delivery's id."""
        channel = self._conversation(delivery.channel_id)
        if isinstance(channel, Sighting):
            return channel
        query: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "latest": f"{until.timestamp():.6f}",
            "inclusive": "true",
            "include_all_metadata": "true",
            "limit": PAGE,
        }
        method = "conversations.history"
        if delivery.thread_ts:
            method, query = "conversations.replies", {**query, "ts": delivery.thread_ts}
        while True:
            page = self._read(method, query)
            if isinstance(page, Sighting):
                return page
            for message in page.get("messages", []):
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("delivery_id") == delivery.id:
                    return Sighting(found=True, ts=message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return Sighting(found=False)
            query["cursor"] = cursor

    def close(self) -> None:
        self._http.close()

    def _conversation(self, channel_id: str) -> str | Sighting:
        """The channel to read. Posting takes a person's id for their direct messages, reading history does not."""
        if not channel_id.startswith(("U", "W")):
            return channel_id
        opened = self._read("conversations.open", {"users": channel_id})
        return opened if isinstance(opened, Sighting) else str(opened["channel"]["id"])

    def _read(self, method: str, query: dict[str, Any]) -> dict[str, Any] | Sighting:
        try:
            response = self._http.get(method, params=query)
            document = response.json()
        except (httpx.HTTPError, ValueError) as error:
            return Sighting(found=False, readable=False, code=type(error).__name__, retry_after=60)
        if response.status_code == 429:
            return Sighting(found=False, readable=False, code="ratelimited", retry_after=_retry_after(response))
        if not isinstance(document, dict) or not document.get("ok"):
            code = str(document.get("error", "unknown")) if isinstance(document, dict) else "unparsable"
            # Slack's own hiccups pass; a missing scope or a lost channel does not.
            passing = response.status_code >= 500 or kind_of(code) is OutcomeKind.AMBIGUOUS
            return Sighting(found=False, readable=False, code=code, retry_after=60 if passing else None)
        return document


def _outcome(response: httpx.Response) -> Outcome:
    """What a reply to chat.postMessage came to."""
    status = response.status_code
    if status == 429:
        return Outcome(OutcomeKind.NOT_SENT, code="ratelimited", http_status=status, retry_after=_retry_after(response))
    try:
        document = response.json()
    except ValueError:
        return Outcome(OutcomeKind.AMBIGUOUS, code="unparsable", http_status=status)
    if not isinstance(document, dict) or status != 200:
        return Outcome(OutcomeKind.AMBIGUOUS, code=f"http_{status}", http_status=status)
    if document.get("ok") and document.get("ts"):
        return Outcome(OutcomeKind.SENT, ts=str(document["ts"]), http_status=status)
    code = str(document.get("error", "unknown"))
    return Outcome(kind_of(code), code=code, http_status=status)


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else 30.0
