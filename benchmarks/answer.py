"""How long `/hmic Hampshire` takes over HTTP, next to a Bolt listener that only echoes.

All handlers run in one server behind the same door, one signed request each in turn with the order rotated, over one
kept connection. What is told is the ratio of medians, over five repeats. Every reply is checked for a marker of its
own.

    python benchmarks/answer.py
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.routing import Route

from bot.bootstrap import SystemClock, build_bot
from bot.ingress import SlackEndpoint
from bot.serving import bind, server_for
from bot.settings import Settings
from bot.signing import Verifier
from summaries.ingest import ingest_all
from summaries.sources.folder import find_files, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "made-up"
REQUESTS, REPEATS = 400, 5
SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def echo_app(*, waits: bool) -> App:
    """A Bolt app that echoes; `waits` is Bolt's default way of acknowledging."""
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        process_before_response=not waits,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.command("/hmic")(lambda ack, body: ack(f"echo {body['text']}"))
    return app


def through_bolt(app: App) -> Callable[[dict[str, Any]], Any]:
    return lambda body: app.dispatch(BoltRequest(body=body, mode="socket_mode"))


def signed(number: int) -> tuple[bytes, dict[str, str]]:
    body = urlencode(
        {"command": "/hmic", "text": "Hampshire", "team_id": "T1", "channel_id": "C1", "user_id": "U1", "n": number}
    ).encode()
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + now.encode() + b":" + body, hashlib.sha256).hexdigest()
    return body, {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": now,
        "x-slack-signature": f"v0={digest}",
    }


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        bot = build_bot(
            Settings(
                _env_file=None,  # type: ignore[call-arg]
                DATABASE_URL=f"sqlite:///{folder}/hmic.sqlite3",
                SLACK_BOT_TOKEN=SecretStr("xoxb-1"),
                SLACK_SIGNING_SECRET=SecretStr(SECRET),
            )
        )
        bot.database.upgrade()
        list(ingest_all(bot.database, map(read_file, find_files([SEEDS])), clock=SystemClock()))
        handlers: dict[str, tuple[Callable[[dict[str, Any]], Any], bytes]] = {
            "echo": (through_bolt(echo_app(waits=False)), b"echo Hampshire"),
            "answer": (bot.dispatcher.handle, b"Hampshire and Isle of Wight Constabulary: good"),
            "bolt's default": (through_bolt(echo_app(waits=True)), b"echo Hampshire"),
        }
        routes = [
            Route(f"/{index}", SlackEndpoint(Verifier(SECRET, SystemClock()), handle))
            for index, (handle, _) in enumerate(handlers.values())
        ]
        with bind("127.0.0.1", 0) as listening:
            server = server_for(Starlette(routes=routes))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
            thread.start()
            ratios = [measure(listening.getsockname()[1], list(handlers.items())) for _ in range(REPEATS)]
            server.should_exit = True
            thread.join()
        bot.close()
    report(ratios)
    return 0


def measure(port: int, handlers: list[tuple[str, tuple[Any, bytes]]]) -> dict[str, float]:
    """Milliseconds a request, the median, by handler."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    took: dict[str, list[float]] = {name: [] for name, _ in handlers}
    for number in range(REQUESTS):
        for place in range(len(handlers)):
            index = (place + number) % len(handlers)
            name, (_, marker) = handlers[index]
            body, headers = signed(number * 10 + index + time.time_ns())
            start = time.perf_counter()
            connection.request("POST", f"/{index}", body, headers)
            answer = connection.getresponse().read()
            took[name].append((time.perf_counter() - start) * 1000)
            if marker not in answer:
                raise SystemExit(f"{name} answered something else: {answer[:200]!r}")
    connection.close()
    return {name: statistics.median(values) for name, values in took.items()}


def report(runs: list[dict[str, float]]) -> None:
    for name in runs[0]:
        ratios = sorted(run[name] / run["echo"] for run in runs)
        milliseconds = statistics.median(run[name] for run in runs)
        spread = (ratios[-1] - ratios[0]) / ratios[len(ratios) // 2]
        note = "  (spread above 15 %: run again on a quiet machine)" if spread > 0.15 else ""
        sys.stdout.write(
            f"{name:16} {milliseconds:6.2f} ms p50   {ratios[len(ratios) // 2]:6.2f} x echo "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f}){note}\n"
        )


if __name__ == "__main__":
    sys.exit(main())
