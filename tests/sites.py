"""A web site on this machine that does as it is told, well or badly; and the way to it from a public name.

`Site` is a real HTTP server. `Web` is the names and addresses around it: public addresses lead to it, so that the real
guard against private ones stays in place in tests. (Not named `site`: Python itself has a module of that name.)
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, TypeAlias

import httpcore
from fakes import FakeClock

from summaries.sources.download import FetchRules, HttpFetcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

PUBLIC = "93.184.215.14"
"""A public address to give names in tests. Nothing is ever sent to it."""

HOST = "hmicfrs.justiceinspectorates.gov.uk"
OTHER_HOST = "www.justiceinspectorates.gov.uk"
"""Two hosts that are allowed without any setting."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came in; header names in lower case."""

    path: str
    headers: dict[str, str]


class Exchange(BaseHTTPRequestHandler):
    """One request, and what an answer needs to write its reply."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.server.site.asked.append(asked)
        self.close_connection = True
        # The reader may have had enough: what several of these answers are for.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.site.answers.get(self.path, reply(404, b"No such page."))(self)

    def start(self, status: int, **headers: object) -> None:
        """The status line and headers; `_` in a name stands for `-`."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent: tests look at `Site.asked`."""


Answer: TypeAlias = "Callable[[Exchange], None]"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site


class Site:
    """Serves while it is open: `with Site() as site`. Pages are set and changed at any time."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, Answer] = {}
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """The address of a page as this machine sees it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def plays(self, path: str, answer: Answer) -> None:
        """From now on this path is answered so."""
        self.answers[path] = answer

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def reply(status: int, body: bytes = b"", **headers: object) -> Answer:
    """An answer that is as it says."""

    def answer(exchange: Exchange) -> None:
        exchange.start(status, **{"Content_Length": len(body), **headers})
        exchange.wfile.write(body)

    return answer


def page(
    body: bytes | str, *, media_type: str = "text/html", etag: str | None = None, last_modified: str | None = None
) -> Answer:
    """A page that knows its version: who has it already is told so (304)."""
    content = body.encode() if isinstance(body, str) else body
    validators = {"ETag": etag, "Last_Modified": last_modified}
    told = {name: value for name, value in validators.items() if value}

    def answer(exchange: Exchange) -> None:
        known = exchange.headers["If-None-Match"], exchange.headers["If-Modified-Since"]
        if (etag and known[0] == etag) or (known[0] is None and last_modified and known[1] == last_modified):
            exchange.start(304, **told)
            return
        exchange.start(200, Content_Type=media_type, Content_Length=len(content), **told)
        exchange.wfile.write(content)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    """The page is elsewhere."""
    return reply(status, Location=to)


def packed(body: bytes, **headers: object) -> Answer:
    """A page sent as gzip."""
    return reply(200, gzip.compress(body, mtime=0), Content_Encoding="gzip", **headers)


def drip(exchange: Exchange) -> None:
    """A page a byte at a time, each soon enough for whoever waits for the next only."""
    exchange.start(200, Content_Type="text/html", Content_Length=1_000_000)
    while not exchange.server.site.closing.wait(0.02):
        exchange.wfile.write(b" ")


def drip_headers(exchange: Exchange) -> None:
    """The same, before the page has begun."""
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not exchange.server.site.closing.wait(0.02):
        exchange.wfile.write(b"x")


def silence(exchange: Exchange) -> None:
    """Nothing at all."""
    exchange.server.site.closing.wait(60)


def endless(exchange: Exchange) -> None:
    """A page that does not say how long it is, and does not end."""
    exchange.start(200, Content_Type="text/html")
    while not exchange.server.site.closing.is_set():
        exchange.wfile.write(b"<p>More.</p>" * 1000)


def cut_short(exchange: Exchange) -> None:
    """A page that ends before it said it would."""
    exchange.start(200, Content_Type="text/html", Content_Length=1000)
    exchange.wfile.write(b"<h1>The first half of a relea")


def hang_up(exchange: Exchange) -> None:
    """The connection is closed without a word."""


class Detour(httpcore.NetworkBackend):
    """A network on which each of these addresses leads to a port of this machine, and every other is out of reach.
    `connected` holds what was asked for, (address, port), reached or not."""

    def __init__(self, ports: dict[str, int]) -> None:
        self.ports = ports
        self.connected: list[tuple[str, int]] = []
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        if host not in self.ports:
            raise httpcore.ConnectError("out of reach")
        return self._network.connect_tcp("127.0.0.1", self.ports[host], timeout)


class Web:
    """Names, addresses and the site they lead to. `names` and `network.ports` may be changed at any time."""

    def __init__(self, site: Site) -> None:
        self.names: dict[str, list[str]] = {HOST: [PUBLIC], OTHER_HOST: [PUBLIC]}
        self.network = Detour({PUBLIC: site.port})
        self.clock = FakeClock()

    def resolve(self, host: str) -> list[str]:
        """As a name server would."""
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]

    def fetcher(self, rules: FetchRules | None = None, **parts: Any) -> HttpFetcher:
        """A fetcher on this web, with the real guard unless another is given."""
        return HttpFetcher(
            rules or FetchRules(), **{"clock": self.clock, "resolve": self.resolve, "network": self.network, **parts}
        )
