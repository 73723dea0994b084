"""RSS and Atom: a page for each entry. Run in the child only."""

from __future__ import annotations

import calendar
import html
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser

from summaries.errors import UnreadableRelease
from summaries.media.document import Page
from summaries.media.html_page import read_fragment
from summaries.media.hygiene import clean
from summaries.media.links import absolute
from summaries.media.stated_date import london_day
from summaries.types import PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LONGEST_FEED = 500  # entries
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d{1,6}|\w{1,12});")
_SIGNATURE = re.compile(r"\n+The post .{0,800}appeared first on .{0,300}$", re.DOTALL)
_MORE = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|Continue reading[^\n]{0,300})\s*$")


def read_feed(content: bytes) -> list[Page]:
    """The entries of a feed in its order. Raises UnreadableRelease when there are none."""
    # A stream, not the bytes: feedparser takes bytes that look like an address for one, and would fetch it.
    feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    pages = [page for entry in feed.entries[:_LONGEST_FEED] if (page := _page(entry))]
    if not pages:
        raise UnreadableRelease("The feed holds no entry.")
    return pages


def _page(entry: Mapping[str, Any]) -> Page | None:
    url = absolute(entry.get("link"), None)
    title = _plain(entry.get("title_detail") or {})
    content = "\n\n".join(_text(part, url) for part in entry.get("content") or ()).strip()
    body = content or _MORE.sub("", _text(entry.get("summary_detail") or {}, url))
    body = _SIGNATURE.sub("", "\n" + body).strip()
    heading = "" if not title or body.startswith(f"# {title}\n") else f"# {title}\n\n"
    try:
        text = clean((heading + body).strip())
    except UnreadableRelease:
        return None
    day = _published(entry)
    return Page(text, url, day, PublishedBasis.FEED if day else None, is_excerpt=not content)


def _text(detail: Mapping[str, Any], url: str | None) -> str:
    value = str(detail.get("value") or "")
    if detail.get("type") == "text/plain" and not _MARKUP.search(value):
        return value.strip()
    return read_fragment(value, url)


def _plain(detail: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "")
    text = read_fragment(value, None) if _MARKUP.search(value) else html.unescape(value)
    return " ".join(text.split())


def _published(entry: Mapping[str, Any]) -> date | None:
    """The day given as that of publication; when an entry was last changed says nothing of it."""
    parsed = entry.get("published_parsed")
    if not parsed:
        return None
    try:
        return london_day(datetime.fromtimestamp(calendar.timegm(parsed), UTC))
    except (OverflowError, ValueError, OSError):
        return None
