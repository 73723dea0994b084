"""A document as text: what reading its bytes comes to, whatever its format was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from summaries.types import PublishedBasis


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: a whole file, or one entry of a feed.

    `text` is Markdown and is what gets stored. `url` is the absolute address that the page states for itself: its
    canonical link, or a feed entry's. `published_basis` is STATED (the page's own mark-up) or FEED. `is_excerpt` says
    that a feed gave a summary only.
    """

    text: str
    url: str | None = None
    published_on: date | None = None
    published_basis: PublishedBasis | None = None
    is_excerpt: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """`pages` holds at least one. `media_type` is the given one where it fits the bytes, else what they turned out to
    be."""

    media_type: str
    pages: tuple[Page, ...]
