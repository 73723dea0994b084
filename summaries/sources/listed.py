"""What is listed: a release's address in the one form that is kept, and what is told of it there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from summaries.sources.addresses import USUAL_HOSTS, is_allowed_host

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

_LONDON = ZoneInfo("Europe/London")
"""The inspectorate's days. A release of one minute past midnight in summer is of the day before in UTC, which is what
most feeds are written in."""

_RELEASE_PATH = re.compile(
    r"(?:/hmic|/hmicfrs)?/(?:news/(?:news-feed|releases-[0-9]{4})/(?!(?:feed|page)/?$)[^/]{1,300}"
    r"|publications/[^/]{0,300}press-releases?)/?",
    re.IGNORECASE,
)
_MIRRORED_PATH = re.compile(r"/wg/news\.nsf/articles/[^/]{1,400}", re.IGNORECASE)
"""Articles of wired-gov, a mirror."""

_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|mc_[a-z]+|share|replytocom)(?:=|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A release that a list leads to."""

    url: str
    title: str | None = None
    published_on: date | None = None


def canonical(url: str, base_url: str, hosts: Collection[str]) -> str | None:
    """The address in the one form that is kept: https, without fragment and tracking. None for one not to be read."""
    try:
        parts, base = urlsplit(url), urlsplit(base_url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    is_known = is_allowed_host(host, hosts) and port is None
    if parts.scheme not in ("http", "https") or not (is_known or parts.netloc.lower() == base.netloc.lower()):
        return None
    scheme = "https" if port is None and host in USUAL_HOSTS else parts.scheme
    query = "&".join(item for item in parts.query.split("&") if not _TRACKING.match(item))
    return urlunsplit((scheme, parts.netloc.lower(), parts.path, query, ""))


def leads_to_release(url: str) -> bool:
    """Has the address a path that releases have?"""
    parts = urlsplit(url)
    is_mirror = parts.hostname == "www.wired-gov.net"
    return bool((_MIRRORED_PATH if is_mirror else _RELEASE_PATH).fullmatch(parts.path))


def key_of(url: str) -> str:
    """What two links to one release have in common: the address but for a slash at the end."""
    return url.rstrip("/")


def each_once(found: Iterable[Listed]) -> list[Listed]:
    """The releases, each where it is first listed. What one link does not tell of a release, a later one may."""
    listed: dict[str, Listed] = {}
    for item in found:
        key = key_of(item.url)
        before = listed.get(key, item)
        listed[key] = replace(
            before, title=before.title or item.title, published_on=before.published_on or item.published_on
        )
    return list(listed.values())


def joined(base: str, url: str) -> str:
    """A link as an address; nothing for one that leads nowhere."""
    try:
        return urljoin(base, url) if url else ""
    except ValueError:
        return ""


def day_in_london(moment: datetime) -> date:
    """The inspectorate's day of an aware moment."""
    return moment.astimezone(_LONDON).date()
