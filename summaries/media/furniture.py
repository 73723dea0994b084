"""What stands on a page and is no part of the release: menus, banners, buttons. Facts: `data/page_furniture.csv`."""

from __future__ import annotations

import fnmatch
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from summaries.register import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Elements that are the page itself, whatever their class says.
_NEVER = frozenset(("html", "body", "main", "article", "h1"))
_IN_CONTENT = frozenset(("main", "article", "blockquote", "section"))
# A page wrapped in one form, as some content systems do, is not a form to drop.
_PAGE_IN_FORM = "h1, article, main, p + p"
_PUNCTUATION = re.compile(r"[\s.:…»›|-]+")


def is_furniture(node: LexborNode) -> bool:
    """Whether an element and all that is inside it is to be left out."""
    tag = node.tag or ""
    if tag in _NEVER:
        return False
    if tag in _facts("tag"):
        return True
    attributes = node.attributes
    if (attributes.get("role") or "").strip().lower() in _facts("role"):
        return True
    if _has_class(attributes, "class"):
        return tag not in ("h2", "h3", "h4", "h5", "h6")
    if tag in ("header", "footer"):
        return not _inside_content(node)
    if tag == "form":
        return node.css_first(_PAGE_IN_FORM) is None
    return tag == "button" and not opens_panel(node)


def opens_panel(node: LexborNode) -> bool:
    """Whether an element is the heading of a panel that opens: its words head what follows."""
    attributes = node.attributes
    if node.tag == "summary" or _has_class(attributes, "heading"):
        return True
    return node.tag == "button" and ("aria-expanded" in attributes or "aria-controls" in attributes)


def is_furniture_line(words: str) -> bool:
    """Whether a whole paragraph or heading is furniture that stands inside the content."""
    return _plain(words) in _facts("line")


def heads_furniture(heading: str) -> bool:
    """Whether the section under this heading is other pages, share buttons or comments."""
    return _plain(heading) in _facts("section")


def site_names() -> frozenset[str]:
    """Names of sites, in small letters, that follow the title of a page in its `<title>`."""
    return _facts("site")


def _has_class(attributes: dict[str, str | None], kind: str) -> bool:
    named = (attributes.get("class"), attributes.get("id"))
    return any(_matches(kind, token) for names in named if names for token in names.lower().split()[:40])


@lru_cache(maxsize=4096)
def _matches(kind: str, token: str) -> bool:
    return len(token) <= 100 and _pattern(kind).match(token) is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in sorted(_facts(kind))))


def _inside_content(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag not in _IN_CONTENT:
        above = above.parent
    return above is not None


def _plain(words: str) -> str:
    return _PUNCTUATION.sub(" ", words.replace("?", "")).strip().casefold()


@cache
def _facts(kind: str) -> frozenset[str]:
    keep = (lambda pattern: pattern.casefold()) if kind in ("tag", "role", "class", "heading", "site") else _plain
    return frozenset(keep(row["pattern"]) for row in rows("page_furniture.csv") if row["kind"] == kind)
