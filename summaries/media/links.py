"""Addresses as they may be stored: absolute, http or https, and safe inside `[words](address)`."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

_LONGEST = 2000  # characters
# What an address may hold as it is; anything else, brackets and spaces too, is percent-encoded.
_SAFE = "/:?#@!$&'*+,;=-._~%|"


def absolute(href: str | None, base: str | None) -> str | None:
    """The absolute http(s) address that `href` stands for on a page at `base`; None when there is none."""
    given = "".join((href or "").split("\n")).strip()
    if not given or len(given) > _LONGEST:
        return None
    try:
        joined = urljoin(base, given) if base else given
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    return quote(joined, safe=_SAFE, errors="replace")


def link_mark(href: str | None, base: str | None) -> str | None:
    """The address to print for a link; None for one that leads to a place on the same page, or nowhere we print."""
    given = (href or "").strip()
    if given.startswith("#"):
        return None
    address = absolute(given, base)
    if address is None:
        return None
    page, has_fragment, _ = address.partition("#")
    same = base is not None and has_fragment and page.rstrip("/") == base.partition("#")[0].rstrip("/")
    return None if same else address


def without_fragment(address: str | None) -> str | None:
    return address.partition("#")[0] if address else None
