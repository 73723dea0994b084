"""Logging: one line an event on stderr, for people or as JSON, with secrets taken out whoever logs them."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_SECRET = re.compile(r"(?:xox[abeprs]|xapp|xoxe)[-.][\w.-]+|hooks\.slack\.com/[\w/-]+")


def redact(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Tokens and response addresses never reach a log, in a message, a value or a traceback."""
    return {key: _redacted(value) for key, value in event.items()}


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET.sub("[secret]", value)
    return (
        value if value is None or isinstance(value, bool | int | float | tuple) else _SECRET.sub("[secret]", str(value))
    )


def configure_logging(level: str, form: str) -> None:
    """Set up structlog and the standard library's logging for this process. `form` is auto, text or json."""
    as_json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    final: Any = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    threshold = getattr(logging, level.upper())
    structlog.configure(
        processors=[*shared, final],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                final,
            ],
        )
    )
    # Libraries speak only when something is wrong: below that, some log whole request bodies.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each tick skipped while one is under way
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)
