"""Small things templates print that take a little working out. Marks and numbers; the sentences are the templates'
own."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.rendering.mrkdwn import Mrkdwn, code, escape, link
from summaries.receipts import receipt
from summaries.types import Grade, Polarity

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.ports import StoredRelease
    from summaries.types import Release

# A mark beside the word, never instead of it; no colour carries meaning.
_GRADE_MARKS = {
    Grade.OUTSTANDING: "★",
    Grade.GOOD: "✔",
    Grade.ADEQUATE: "◑",
    Grade.REQUIRES_IMPROVEMENT: "▲",
    Grade.INADEQUATE: "✖",
    Grade.NOT_GRADED: "–",
}
_POLARITY_MARKS = {Polarity.PRAISE: "✔", Polarity.CONCERN: "▲", Polarity.NEUTRAL: "–"}


def series(release: Release) -> str:
    """Which inspection a release belongs to: `PEEL 2016, legitimacy`; its headline when that is not known."""
    name = " ".join(part for part in (release.programme, release.cycle) if part)
    return ", ".join(part for part in (name, release.pillar) if part) or release.title


def place(stored: StoredRelease) -> Mrkdwn:
    """Where a release was read: a link to its page, or the name of its file."""
    parts = urlsplit(stored.location)
    if parts.scheme in {"http", "https"}:
        return link(stored.location, parts.hostname or stored.location)
    return code(PurePath(stored.location).name)


def asking(name: str, *narrower: object) -> str:
    """The words that ask for a body, or for the release of a year and pillar where those are known."""
    return " ".join(str(part) for part in (name, *narrower) if part)


def count(number: int, one: str, many: str) -> Mrkdwn:
    """A number with its noun."""
    return escape(f"{number:,} {one if number == 1 else many}")


HELPERS: dict[str, Callable[..., object]] = {
    "asking": asking,
    "count": count,
    "grade_mark": _GRADE_MARKS.__getitem__,
    "place": place,
    "polarity_mark": _POLARITY_MARKS.__getitem__,
    "receipt": receipt,
    "series": series,
}
