"""Which addresses may be read: scheme, host and port, before anything is looked up. `guard` checks where they lead.

An address is refused unless it is plainly one of those allowed; nothing odd in it is mended. What is connected to is
what was checked: the parts read here are used as they are and never read from the text again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from summaries.errors import AddressNotAllowed

if TYPE_CHECKING:
    from collections.abc import Collection

INSPECTORATE_HOSTS = (
    "hmicfrs.justiceinspectorates.gov.uk",
    "assets-hmicfrs.justiceinspectorates.gov.uk",
    "www.justiceinspectorates.gov.uk",
    "justiceinspectorates.gov.uk",
    "www.hmic.gov.uk",
)
"""Where the inspectorate publishes and has published, newest first."""

USUAL_HOSTS = (*INSPECTORATE_HOSTS, "www.gov.uk", "assets.publishing.service.gov.uk", "www.wired-gov.net")
"""The inspectorate's, the government's publications, and a mirror that carries many releases."""

DEFAULT_PORTS = {"https": 443, "http": 80}
MAX_LENGTH = 2_000

_HOST = re.compile(r"[a-z0-9.-]{1,253}|[0-9a-f:.]{2,45}")
_NEVER = re.compile(r"[\x00-\x20\x7f\\]")
"""Browsers and servers disagree about these, so an address that holds one means two things."""
_KEPT = "/%:@!$&'()*+,;=~-._?[]"


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What may be read. A host is exact, or `.example.org` for all below example.org. `ports` are allowed beside the
    default one of the scheme."""

    schemes: tuple[str, ...] = ("https", "http")
    hosts: tuple[str, ...] = USUAL_HOSTS
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address in its parts. `host` is in lower case, an IPv6 one without brackets; `target` is path and
    query, in ASCII."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as in a Host header: the default port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS.get(self.scheme) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as text, without the fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"


def read_address(url: str, rules: AddressRules) -> Address:
    """The parts of an absolute address that may be read. Raises AddressNotAllowed, and nothing else, for any text."""
    text = url.strip()
    try:
        return _read(text, rules)
    except AddressNotAllowed:
        raise
    except ValueError as error:  # urlsplit, a port, a lone surrogate
        raise _refused(text, "That is not a whole web address. Write it from `https://` on.") from error


def read_redirect(location: str, base: Address, rules: AddressRules) -> Address:
    """Where a redirect leads. Raises AddressNotAllowed: also when it leads from https to http."""
    try:
        target = urljoin(base.url, location.strip())
    except ValueError as error:
        raise _refused(base.url, "The site sent us on to something that is not an address.") from error
    address = read_address(target, rules)
    if base.scheme == "https" and address.scheme != "https":
        raise _refused(address.url, "The site sent us on from https to http, which is not safe. Check the address.")
    return address


def is_allowed_host(host: str, hosts: Collection[str]) -> bool:
    """Is it one of these, or below one that begins with a dot?"""
    return any(host.endswith(allowed) if allowed.startswith(".") else host == allowed for allowed in hosts)


def _read(text: str, rules: AddressRules) -> Address:
    if len(text) > MAX_LENGTH or _NEVER.search(text):
        raise _refused(text, "That is not a plain web address. Write it from `https://` on, without spaces.")
    parts = urlsplit(text)
    if parts.scheme not in rules.schemes:
        raise _refused(text, f"Only {' and '.join(rules.schemes)} addresses are read.")
    if "@" in parts.netloc:
        raise _refused(text, "Addresses with a user name or password are not read. Leave them out.")
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or not is_allowed_host(host, rules.hosts):
        raise _refused(
            text, f"{_short(host) or 'This host'} is not a host that may be read. Paste the release instead."
        )
    usual = DEFAULT_PORTS.get(parts.scheme)
    port = usual if parts.port is None else parts.port
    if port is None or (port != usual and port not in rules.ports):
        raise _refused(text, "Only the usual port of a site is read. Leave the port out.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, host, port, quote(target, safe=_KEPT))


def _refused(url: str, message: str) -> AddressNotAllowed:
    return AddressNotAllowed(message, url=_short(url))


def _short(text: str) -> str:
    """Text that can be shown and stored: an address refused may hold anything."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:MAX_LENGTH])
    return printable if len(printable) <= 200 else printable[:199] + "…"
