"""Reading a channel or a thread back, page by page, for a delivery's id.

Apps outside the Marketplace may ask for 15 messages once a minute (docs.slack.dev, "conversations.history"), so each
page counts: where one look must stop the next goes on, and whatever delivery is seen on the way is told of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summaries.delivery import Sighting

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Delivery

PAGE = 15  # asking for more gains nothing


class Looking:
    """One look: what to ask for next, and what was seen so far. Nothing is asked from here.

    A channel is read from its newest message back, a thread from its oldest reply on.
    """

    def __init__(self, delivery: Delivery, channel: str, *, since: datetime, until: datetime) -> None:
        oldest, latest = f"{since.timestamp():.6f}", f"{until.timestamp():.6f}"
        self._wanted = delivery.id
        self._in_thread = delivery.thread_ts
        self._searched_to = delivery.searched_to
        self._others: dict[str, str] = {}
        if delivery.searched_to and self._in_thread:
            oldest = delivery.searched_to
        elif delivery.searched_to:
            latest = delivery.searched_to
        self.method = "conversations.replies" if self._in_thread else "conversations.history"
        self.query: dict[str, Any] = {
            "channel": channel,
            "oldest": oldest,
            "latest": latest,
            "inclusive": "true",
            "include_all_metadata": "true",
            "limit": PAGE,
            **({"ts": self._in_thread} if self._in_thread else {}),
        }

    def turn_page(self, page: dict[str, Any]) -> Sighting | None:
        """What a page settles; None when the next one is to be asked for."""
        for message in page.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            seen = payload.get("delivery_id")
            if seen == self._wanted:
                return Sighting(found=True, ts=message["ts"], others=self._others)
            if seen:
                self._others[seen] = message["ts"]
            if message["ts"] != self._in_thread:  # each page of a thread begins with its parent
                self._searched_to = message["ts"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return Sighting(found=False, others=self._others)
        self.query["cursor"] = cursor
        return None

    def stopped(self, why: Sighting) -> Sighting:
        """What can be said when the next page could not be read."""
        return replace(why, searched_to=self._searched_to, others=self._others)
