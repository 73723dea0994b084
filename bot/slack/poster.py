"""Posting a delivery to Slack, editing a message, and looking whether one arrived. One HTTP request each, never re-sent
from here (a person's id is first turned into the direct messages with them where Slack asks for that).

Slack's SDK re-sends on a dropped connection unless told not to, and folds very different failures into one exception;
for deliveries the difference between "never left" and "no reply came" is everything, so this speaks HTTP itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from bot.slack.errors import kind_of
from bot.slack.reading_back import Looking
from bot.slack.tls import trusted
from summaries.delivery import Outcome, OutcomeKind, Sighting
from summaries.outcomes import RATE_LIMITED
from summaries.throttle_keys import FURTHEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from summaries.delivery import Delivery

EVENT_TYPE = "hmic_digest_delivery"
PASSING = (OutcomeKind.AMBIGUOUS, OutcomeKind.MESSAGE_GONE)  # Slack's own hiccups; a thread that is not shown yet
# What shuts a workspace or a channel to us, and may be mended: until then it is only not known what arrived there.
SHUT = frozenset({"account_inactive", "invalid_auth", "not_in_channel", "token_expired", "token_revoked"})
_UPDATED = ("text", "blocks")  # chat.update knows no unfurl flags
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class SlackPoster:
    """The `Poster` port over Slack's Web API, for all workspaces. `token_of` gives the bot token of a workspace by its
    team id; `timeout` is in seconds.
    """

    def __init__(self, *, base_url: str, token_of: Callable[[str], str], timeout: float) -> None:
        self._token_of = token_of
        self._again_after = 4 * timeout  # a look that failed is not made again while the reason for it lasts
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout,
            transport=httpx.HTTPTransport(
                verify=trusted(), retries=0, limits=httpx.Limits(max_connections=32, keepalive_expiry=5)
            ),
        )

    def post(self, delivery: Delivery) -> Outcome:
        """Post once, with the delivery's id in the metadata that `find` reads back."""
        body = {**delivery.payload, "channel": delivery.channel_id, "metadata": _metadata(delivery.id)}
        if delivery.thread_ts:
            body["thread_ts"] = delivery.thread_ts
        return self._call("chat.postMessage", delivery.team_id, body)

    def edit(self, delivery: Delivery) -> Outcome:
        """Give a message new content, once. Its blocks are replaced even by none: left out, Slack would keep them."""
        channel = self._conversation(delivery)
        if isinstance(channel, Sighting):  # nothing was edited, whatever became of asking where
            passing = channel.retry_after is not None and channel.code not in SHUT
            kind = OutcomeKind.NOT_SENT if passing else kind_of(channel.code or "")
            return Outcome(kind, code=channel.code, retry_after=channel.retry_after if passing else None)
        content = {"blocks": [], **{name: delivery.payload[name] for name in _UPDATED if name in delivery.payload}}
        body = {**content, "channel": channel, "ts": delivery.target_ts, "metadata": _metadata(str(delivery.target_id))}
        return self._call("chat.update", delivery.team_id, body)

    def find(self, delivery: Delivery, *, since: datetime, until: datetime) -> Sighting:
        """Look through the channel's messages (or the thread's replies) between two moments for the delivery's id, from
        where an earlier look had to stop. Other deliveries seen on the way are given with it."""
        channel = self._conversation(delivery)
        if isinstance(channel, Sighting):
            return channel
        looking = Looking(delivery, channel, since=since, until=until)
        while True:
            page = self._read(looking.method, delivery.team_id, looking.query)
            if isinstance(page, Sighting):
                return looking.stopped(page)
            sighting = looking.turn_page(page)
            if sighting:
                return sighting

    def close(self) -> None:
        self._http.close()

    def _conversation(self, delivery: Delivery) -> str | Sighting:
        """The channel itself. Posting takes a person's id for their direct messages; reading and editing do not."""
        if not delivery.channel_id.startswith(("U", "W")):
            return delivery.channel_id
        opened = self._read("conversations.open", delivery.team_id, {"users": delivery.channel_id})
        return opened if isinstance(opened, Sighting) else str(opened["channel"]["id"])

    def _call(self, method: str, team_id: str, body: dict[str, Any]) -> Outcome:
        try:
            response = self._http.post(method, json=body, headers=self._headers(team_id))
        except _NEVER_LEFT as error:
            return Outcome(OutcomeKind.NOT_SENT, code=type(error).__name__)
        except httpx.HTTPError as error:
            return Outcome(OutcomeKind.AMBIGUOUS, code=type(error).__name__)
        return _outcome(response)

    def _read(self, method: str, team_id: str, query: dict[str, Any]) -> dict[str, Any] | Sighting:
        try:
            response = self._http.get(method, params=query, headers=self._headers(team_id))
        except httpx.HTTPError as error:
            return _unread(type(error).__name__, self._again_after)
        if response.status_code == 429:
            return _unread(RATE_LIMITED, _retry_after(response))
        try:
            document = response.json()
        except ValueError as error:
            return _unread(type(error).__name__, self._again_after)
        if not isinstance(document, dict) or not document.get("ok"):
            code = str(document.get("error", "unknown")) if isinstance(document, dict) else "unparsable"
            # Hiccups pass; a missing scope or a lost channel does not.
            passing = response.status_code >= 500 or kind_of(code) in PASSING or code in SHUT
            return _unread(code, self._again_after if passing else None)
        return document

    def _headers(self, team_id: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token_of(team_id)}"}


def _metadata(delivery_id: str) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery_id}}


def _unread(code: str, retry_after: float | None) -> Sighting:
    return Sighting(found=False, readable=False, code=code, retry_after=retry_after)


def _outcome(response: httpx.Response) -> Outcome:
    """What a reply to chat.postMessage or chat.update came to."""
    status = response.status_code
    if status == 429:
        return Outcome(OutcomeKind.NOT_SENT, code=RATE_LIMITED, http_status=status, retry_after=_retry_after(response))
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
    return min(float(value), FURTHEST.total_seconds()) if value.isdigit() else 30.0
