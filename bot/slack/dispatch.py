"""From a checked body to Bolt, the same for HTTP and Socket Mode.

The body is handed over parsed, in Bolt's own "socket_mode" form, whichever door it came by: Bolt's parser of raw bodies
loses commands that contain the word "payload".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.errors import BotError
from bot.inbox import EventInbox

if TYPE_CHECKING:
    from summaries.ports import Clock, Store


class EventFailed(BotError):
    """A listener failed on an event; it stays in the inbox and is tried again."""


class Dispatcher:
    """Routes one checked body: events through the inbox, the rest straight to Bolt."""

    def __init__(self, app: App, store: Store, clock: Clock) -> None:
        self._app = app
        self.inbox = EventInbox(store, clock, self._answer_event)

    def handle(self, body: dict[str, Any]) -> BoltResponse:
        """The response for Slack. Events are acknowledged once they are stored, and answered afterwards."""
        if body.get("type") == "event_callback":
            self.inbox.receive(body)
            return BoltResponse(status=200, body="")
        if body.get("ssl_check") == "1":
            return BoltResponse(status=200, body="")
        return self._to_bolt(body)

    def _answer_event(self, body: dict[str, Any]) -> None:
        if self._to_bolt(body).status >= 500:
            raise EventFailed

    def _to_bolt(self, body: dict[str, Any]) -> BoltResponse:
        return self._app.dispatch(BoltRequest(body=body, mode="socket_mode"))
