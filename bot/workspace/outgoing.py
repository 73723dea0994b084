"""From the workspace to the bot: commands and interactions that wait for an answer, events that are retried."""

from __future__ import annotations

import json
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

from bot.workspace.errors import NoAnswer
from bot.workspace.faults import EVENTS, Fault
from bot.workspace.payloads import signature

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.faults import Faults
    from bot.workspace.model import JSON
    from bot.workspace.sockets import Sockets

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said to a request: the HTTP status and the body as text. An envelope's answer has status 200."""

    status: int
    body: str
    no_retry: bool = False


class Outgoing:
    """Speaks to the bot: through an open socket when there is one, else by signed HTTP to its request URL."""

    def __init__(self, config: WorkspaceConfig, faults: Faults, sockets: Sockets) -> None:
        self.bot_url: str | None = None
        self._config = config
        self._faults = faults
        self._sockets = sockets
        # The environment's proxies are for the outside world. The bot is on this machine and spoken to in the clear: no
        # authority need be trusted.
        self._http = httpx.Client(
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=False,
            timeout=config.answer_seconds,
            follow_redirects=False,
        )
        self._workers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="workspace-events")
        self._closing = threading.Event()
        self._idle = threading.Condition()
        self._under_way = 0

    def command(self, form: Mapping[str, str]) -> Answer:
        """Send a slash command. Raises NoAnswer."""
        if self._sockets.connected:
            return self._through_socket("slash_commands", dict(form))
        return self._post(urlencode(form).encode(), _FORM)

    def interact(self, payload: JSON) -> Answer:
        """Send an interaction. Raises NoAnswer."""
        if self._sockets.connected:
            return self._through_socket("interactive", payload)
        return self._post(urlencode({"payload": json.dumps(payload)}).encode(), _FORM)

    def event(self, envelope: JSON, gave_up: Callable[[str], None]) -> None:
        """Deliver an event in the background, with up to three retries; `gave_up` is told why when all failed."""
        trouble = self._faults.take(EVENTS)
        copies = 2 if trouble is not None and trouble.fault is Fault.DUPLICATE_EVENT else 1
        with self._idle:
            if self._closing.is_set():
                return
            self._under_way += 1
            self._workers.submit(self._deliver, envelope, copies, gave_up)

    def wait_idle(self, seconds: float = 10.0) -> bool:
        """Wait until every event is delivered or given up; False when that takes longer."""
        with self._idle:
            return self._idle.wait_for(lambda: self._under_way == 0, seconds)

    def close(self) -> None:
        """Drop what is still waiting to be retried and let go of connections."""
        with self._idle:
            self._closing.set()
        self._workers.shutdown(cancel_futures=True)
        self._http.close()

    def _deliver(self, envelope: JSON, copies: int, gave_up: Callable[[str], None]) -> None:
        try:
            for copy in range(copies):
                failure = self._with_retries(envelope, first_retry=copy)
                if failure is not None:
                    gave_up(failure)
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()

    def _with_retries(self, envelope: JSON, first_retry: int) -> str | None:
        reason = "http_timeout"
        failure: str | None = None
        for retry in range(first_retry, len(self._config.event_retry_delays) + 1):
            if failure is not None and self._closing.wait(self._config.event_retry_delays[retry - 1]):
                return None
            try:
                answer = self._send_event(envelope, retry, reason)
            except NoAnswer as silence:
                reason, failure = silence.reason, str(silence)
                continue
            if 200 <= answer.status < 300:
                return None
            reason, failure = "http_error", f"answered with HTTP {answer.status}"
            if answer.no_retry:
                break
        return failure

    def _send_event(self, envelope: JSON, retry: int, reason: str) -> Answer:
        if self._sockets.connected:
            return self._through_socket(
                "events_api", envelope, retry_attempt=retry, retry_reason=reason if retry else ""
            )
        again = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason} if retry else {}
        return self._post(json.dumps(envelope).encode(), "application/json", again)

    def _through_socket(self, kind: str, payload: JSON, **more: object) -> Answer:
        reply = self._sockets.send(kind, payload, seconds=self._config.answer_seconds, **more)
        return Answer(200, "" if reply is None else json.dumps(reply))

    def _post(self, body: bytes, content_type: str, more: Mapping[str, str] | None = None) -> Answer:
        if self.bot_url is None:
            raise NoAnswer("connection_failed", "is not connected to this workspace")
        now = str(int(self._config.clock()))
        headers = {
            "content-type": content_type,
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": now,
            "x-slack-signature": signature(self._config.signing_secret, now, body),
            **(more or {}),
        }
        try:
            response = self._http.post(self.bot_url, content=body, headers=headers)
        except httpx.TimeoutException as slow:
            seconds = f"{self._config.answer_seconds:g}"
            raise NoAnswer("http_timeout", f"did not answer within {seconds} seconds") from slow
        except httpx.HTTPError as broken:
            raise NoAnswer("connection_failed", "could not be reached") from broken
        return Answer(response.status_code, response.text, response.headers.get("x-slack-no-retry") == "1")
