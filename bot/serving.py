"""Serving an ASGI application with uvicorn on a socket that is already bound."""

from __future__ import annotations

import errno
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from bot.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.applications import Starlette


def bind(host: str, port: int) -> socket.socket:
    """A listening socket: who connects before it is served waits. Raises BadSettings that names PORT or HMIC_HOST when
    the address cannot be had."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # at once: two sockets may be bound to one port until either of them listens
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise BadSettings(f"Port {port} is in use: stop what listens there, or set PORT to another.") from None
        raise BadSettings(f"Cannot listen on {host}:{port} ({error.strerror}): set HMIC_HOST and PORT.") from None
    return listening


def server_for(app: Starlette) -> uvicorn.Server:
    """A uvicorn server, quiet, that waits at most three seconds for open streams when it stops."""
    return uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=3)
    )


@contextmanager
def on_stop(stop: Callable[[], object]) -> Iterator[None]:
    """Within the block SIGTERM and SIGINT call `stop`, and nothing else: what runs is not broken off in the middle."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    previous = [signal.signal(number, lambda *_: stop()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, previous, strict=True):
            signal.signal(number, handler)


@contextmanager
def stopped_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Within the block SIGTERM and SIGINT end the server, also before it runs and after (uvicorn raises them again)."""

    def stop() -> None:
        server.should_exit = True

    with on_stop(stop):
        yield
