"""What is known of a text from outside it: where it stands, what page holds it, what day a feed gave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from summaries.parsing.layout.links import links_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from summaries.parsing.layout.passage import Passage
    from summaries.types import PublishedBasis

# The last of these the inspectorate has used in the paths of its addresses; file names of saved pages end in one.
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|txt|md|pdf|docx?|xml|eml)$")
# "0272012-revisiting-police-relationships": number and year of an early release, glued to its slug.
_NUMBERED = re.compile(r"^\d{3}20\d\d-(?=[a-z])")
# "…+08112022091500?open": the time that one mirror puts after the words of a title.
_MIRROR_STAMP = re.compile(r"[+ ]\d{14}$")
_LONGEST_SLUG = 150  # characters: more than the site's longest; a body's name may be added to it
# Last parts of addresses that name no page of their own.
_GENERIC = frozenset(
    (
        "index",
        "default",
        "home",
        "news",
        "newsroom",
        "press-release",
        "press-releases",
        "release",
        "releases",
        "report",
        "reports",
        "article",
        "articles",
        "view",
        "download",
        "document",
        "page",
        "file",
        "viewnews",
        "news-feed",
    )
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# What a mirror prints under the release it copied.
_ORIGINAL = re.compile(
    r"\b(?:original (?:article|release|story|source)(?: link)?|(?:first|originally) published (?:at|on|by))\b",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
# Where the inspectorate publishes and has published, on whatever host.
_DOMAIN = r"(?:justiceinspectorates|hmic)\.gov\.uk"
_INSPECTORATE_HOST = re.compile(rf"(?:^|\.){_DOMAIN}$")
_ADDRESS = re.compile(rf"https?://(?:[a-z-]{{1,40}}\.){{0,3}}{_DOMAIN}/[^\s<>\"'()\[\]]{{1,300}}", re.IGNORECASE)
_LONGEST_LINE = 400  # characters: a label and its address


@dataclass(frozen=True, slots=True)
class Origin:
    """`url` is the address of the page; `page_heading` that of a page of many releases, for each of them; `stamp` the
    day of publication with its basis, where the page or a feed tells it; `is_excerpt`: a feed gave a summary only."""

    url: str | None = None
    page_heading: str | None = None
    stamp: tuple[date, PublishedBasis] | None = None
    is_excerpt: bool = False

    @property
    def slug(self) -> str | None:
        """The canonical last part of the address: the same on every host and under every path the site has used."""
        return canonical_slug(self.url) if self.url else None


def is_web(location: str) -> bool:
    """Whether a location is an address on the web, not a file or what people hand in."""
    return _WEB.match(location) is not None


def is_inspectorate_host(host: str) -> bool:
    """Whether a host, in lower case, is one of the inspectorate's domains or below one."""
    return _INSPECTORATE_HOST.search(host) is not None


def canonical_slug(url: str) -> str | None:
    """The slug of a page from its address, without host, query, number prefix or time stamp; None when it has none.

    The inspectorate's four hosts and its mirrors keep this part when a page moves.
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    last = unquote(path.rstrip("/").rpartition("/")[2]).strip().casefold()
    last = _SUFFIX.sub("", _MIRROR_STAMP.sub("", last))
    slug = _NUMBERED.sub("", _NOT_SLUG.sub("-", last).strip("-"))
    return slug[:_LONGEST_SLUG].strip("-") if slug and slug not in _GENERIC else None


def original_url(passages: Iterable[Passage]) -> str | None:
    """The address of the inspectorate's own page that a copy gives as its original, printed or behind the words; None
    when it gives none."""
    for passage in passages:
        if len(passage.plain) > _LONGEST_LINE or not _ORIGINAL.search(passage.plain):
            continue
        behind = " ".join(link.url for link in links_in(passage))
        address = _ADDRESS.search(passage.plain) or _ADDRESS.search(behind)
        if address and canonical_slug(address.group()):
            return address.group().rstrip(".,;:")
    return None
