"""The releases that a feed leads to: RSS or Atom."""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import feedparser
from selectolax.lexbor import LexborHTMLParser

from summaries.sources.listed import Listed, canonical, day_in_london, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_FIRST_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]{0,30})")
_FEED_ELEMENTS = frozenset({b"rss", b"feed", b"rdf:rdf"})


def is_feed(content: bytes) -> bool:
    """Do the bytes begin as a feed does? What the site calls them is often something else."""
    first = _FIRST_ELEMENT.search(content[:4096])
    return bool(first and first.group(1).lower() in _FEED_ELEMENTS)


def listed_in_feed(content: bytes, media_type: str | None, base_url: str, hosts: Collection[str]) -> Iterator[Listed]:
    """Every entry with an address that may be read, with its title and the day it was published."""
    headers = {"content-location": base_url, "content-type": media_type or "application/xml"}
    feed = feedparser.parse(
        io.BytesIO(content),  # a stream, because the library opens bytes that are the name of a file
        response_headers=headers,
        sanitize_html=False,  # slow, and the markup of entries is not used
        resolve_relative_uris=False,
    )
    for entry in feed.entries:
        url = canonical(joined(base_url, str(entry.get("link") or "")), base_url, hosts)
        if url:
            yield Listed(url, _title_of_entry(entry), _day_of_entry(entry))


def _title_of_entry(entry: Any) -> str | None:
    title = str(entry.get("title") or "")
    if "html" in str(entry.get("title_detail", {}).get("type")):
        title = LexborHTMLParser(title).text()
    return " ".join(title.split()) or None


def _day_of_entry(entry: Any) -> date | None:
    """The day it was published; when it was last changed is another thing."""
    moment = entry.get("published_parsed")
    try:
        return day_in_london(datetime.fromtimestamp(timegm(moment), UTC)) if moment else None
    except (ValueError, OverflowError, OSError):
        return None
