"""From a checked body to Bolt, the same for HTTP and Socket Mode.

The body is handed over parsed, in Bolt's own "socket_mode" form, whichever door it came by: Bolt's parser of raw bodies
loses commands that contain the word "payload".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt import App, BoltRequest, BoltResponse

from bot.errors import BotError
from bot.inbox import EventInbox, NotSent
from bot.slack import later
from bot.slack.errors import NEVER_LEFT
from summaries.errors import SummariesError

if TYPE_CHECKING:
    from summaries.ports import Clock, Store

log = structlog.get_logger()


class EventFailed(BotError):
    """A listener failed on an event after it may have answered."""


class Dispatcher:
    """Routes one checked body: events through the inbox, the rest straight to Bolt."""

    def __init__(self, app: App, store: Store, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self.inbox = EventInbox(store, clock, self._answer_event)

    def handle(self, body: dict[str, Any]) -> BoltResponse:
        """The response for Slack. Events are acknowledged once they are stored, and answered afterwards; so is what
        takes long."""
        slow = later.takes_long(body)
        if body.get("type") == "event_callback":
            self.inbox.receive(body, slow=slow)
            return BoltResponse(status=200, body="")
        if body.get("ssl_check") == "1":
            return BoltResponse(status=200, body="")
        if not slow:
            return self._to_bolt(body)
        return self._answer_later(body)

    def _answer_later(self, body: dict[str, Any]) -> BoltResponse:
        """Acknowledge a command or a click at once; what could not be kept is not promised."""
        response = self._to_bolt(body, only=later.ACKNOWLEDGE)
        try:
            self.inbox.receive(later.kept(body, self._clock.now()), slow=True)
        except SummariesError:
            log.exception("a request could not be kept")
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": later.NOT_KEPT})
        return response

    def _answer_event(self, body: dict[str, Any]) -> None:
        """Raises NotSent when the answer never left, EventFailed when nobody knows."""
        is_later = body.get("type") == later.KIND
        status = (self._to_bolt(body["body"], only=later.ANSWER) if is_later else self._to_bolt(body)).status
        if status == NEVER_LEFT:
            raise NotSent
        if status >= 500:
            raise EventFailed

    def _to_bolt(self, body: dict[str, Any], *, only: str | None = None) -> BoltResponse:
        try:
            request = BoltRequest(body=body, mode="socket_mode", context={later.ONLY: only})
        except (TypeError, KeyError, AttributeError, ValueError):
            # Bolt looks into more of the body than our shapes name; making the request does nothing else.
            log.warning("a malformed request was refused", type=body.get("type"))
            return BoltResponse(status=400, body="")
        response = self._app.dispatch(request)
        if response.status == 404:
            # Nobody listens to it: an old button, a shortcut of another version. Slack would show an error for a 404.
            log.warning("nothing listens to a request", type=body.get("type"))
            return BoltResponse(status=200, body="")
        return response
