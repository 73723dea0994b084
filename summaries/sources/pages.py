"""The releases that a page of news or a feed leads to: their addresses, with the title and day it gives them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from summaries.errors import NothingListed
from summaries.sources.addresses import USUAL_HOSTS
from summaries.sources.feeds import is_feed, listed_in_feed
from summaries.sources.listed import (
    Listed,
    canonical,
    day_in_london,
    each_once,
    joined,
    key_of,
    leads_to_release,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from selectolax.lexbor import LexborNode

_GENERIC = re.compile(
    r"(?:(?:read|find out|see|view) (?:more|full|the|press release|article)\b|continue reading\b).{0,40}"
    r"|(?:more|more (?:details|information))\W{0,5}",
    re.IGNORECASE,
)
"""Link words that say nothing of where they lead."""

_REACH = 5
"""How many elements up from a link the item of a list may begin."""


def links_to_releases(
    content: bytes, media_type: str | None, base_url: str, *, hosts: Collection[str] = USUAL_HOSTS
) -> list[Listed]:
    """The releases listed, each once, in the order of the page.

    Of a feed that is every entry: its publisher chose them. Of a page of news it is the links whose path is one that
    releases have. Both only on `hosts`, as in AddressRules, and on the host of `base_url`, the address that the content
    came from. `media_type` is its Content-Type header. Raises NothingListed.
    """
    if is_feed(content):
        found = listed_in_feed(content, media_type, base_url, hosts)
    else:
        found = _listed_in_page(_decoded(content), base_url, hosts)
    listed = each_once(found)
    if not listed:
        raise NothingListed(url=base_url)
    return listed


def _listed_in_page(text: str, base_url: str, hosts: Collection[str]) -> Iterator[Listed]:
    page = LexborHTMLParser(text)
    base = page.css_first("base[href]")
    here = joined(base_url, str(base.attributes.get("href") or "") if base else "") or base_url
    links: list[tuple[LexborNode, str]] = []
    for link in page.css("a[href]"):
        url = canonical(joined(here, str(link.attributes.get("href") or "")), base_url, hosts)
        if url and leads_to_release(url):
            links.append((link, url))
    days = _days(page, links)
    for link, url in links:
        yield Listed(url, _title_of_link(link), days.get(key_of(url)))


def _title_of_link(link: LexborNode) -> str | None:
    """The heading in the link, or else its words when they say something."""
    heading = link.css_first("h1, h2, h3, h4, h5, h6")
    words = " ".join((heading or link).text().split())
    return None if _GENERIC.fullmatch(words) else words or None


def _days(page: LexborHTMLParser, links: Iterable[tuple[LexborNode, str]]) -> dict[str, date]:
    """The day of each release: of the `time` in the same item. An item is what holds links to one release only."""
    held: dict[int, set[str]] = {}
    for link, url in links:
        for node in _upward(link):
            held.setdefault(node.mem_id, set()).add(key_of(url))
    days: dict[str, set[date]] = {}
    for time in page.css("time[datetime]"):
        day = _day_of(str(time.attributes.get("datetime") or ""))
        item = next((held[node.mem_id] for node in _upward(time) if node.mem_id in held), None)
        if day and item and len(item) == 1:
            days.setdefault(next(iter(item)), set()).add(day)
    return {key: next(iter(of_item)) for key, of_item in days.items() if len(of_item) == 1}


def _upward(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around a node, the innermost first, as far as an item of a list goes."""
    around = node.parent
    for _ in range(_REACH):
        if around is None or around.tag in ("main", "body", "html"):
            return
        yield around
        around = around.parent


def _day_of(stamp: str) -> date | None:
    """The day of an ISO 8601 date or moment."""
    try:
        moment = datetime.fromisoformat(stamp.strip())
        return day_in_london(moment) if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        return None


def _decoded(content: bytes) -> str:
    """What is UTF-8 is hardly ever anything else; addresses are ASCII in either."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


__all__ = ["Listed", "links_to_releases"]
