"""What a site's answer means when it is not the page: a problem in plain words, and how long to leave it alone."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from summaries.errors import FetchProblem, PageGone, SiteBusy, SiteRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LONGEST_WAIT = 24 * 60 * 60
"""In seconds: a site that asks for more is asked again after a day."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSALS = frozenset({401, 403, 451})
_BUSY = frozenset({429, 503})
_GONE = frozenset({404, 410})


def problem_of(status: int, headers: Mapping[str, str], *, url: str, now: datetime) -> FetchProblem:
    """The problem that an answer with this status is. `headers` have names in lower case."""
    wait = seconds_to_wait(headers.get("retry-after"), now)
    if status in _REFUSALS:
        message = f"The site refused us ({status}). Paste the release, forward it, or drop the file."
        return SiteRefused(message, url=url, status=status, retry_after=wait)
    if status in _GONE:
        message = f"The page is not there ({status}). Check the address."
        return PageGone(message, url=url, status=status, retry_after=wait)
    if status in _BUSY:
        asked = "" if wait is None else f" and asks to be left alone for {_spoken(wait)}"
        message = f"The site is busy ({status}){asked}. Try again after that, or paste the release."
        return SiteBusy(message, url=url, status=status, retry_after=wait)
    if status >= 500:
        message = f"The site is out of order ({status}). Try again later, or paste the release."
    else:
        message = f"The site did not give the page ({status}). Check the address, or paste the release."
    return FetchProblem(message, url=url, status=status, retry_after=wait)


def seconds_to_wait(value: str | None, now: datetime) -> int | None:
    """A Retry-After header in seconds from `now`, at most a day; None when there is none or it makes no sense."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:10]), LONGEST_WAIT)  # ten digits are more than a day already
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # OverflowError: a year or a zone beyond what a date can hold
        return None
    if until.tzinfo is None:  # "-0000", a time whose zone is not known: HTTP has no other than UTC
        until = until.replace(tzinfo=UTC)
    return max(0, min(int((until - now).total_seconds()), LONGEST_WAIT))


def _spoken(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
