"""The sources setting: `feed:https://…`, `list:https://…`, `page:https://…`, `folder:/path`, one a word."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summaries.errors import AddressNotAllowed
from summaries.sources.addresses import AddressRules, read_address
from summaries.watched import Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_SECONDS = 60
LONGEST_SECONDS = 7 * 24 * 3600
MAX_ADDRESS = 1000
"""In bytes: as much of an address as the store's key holds."""

FORMS = (
    "feed:https://…, list:https://…, page:https://… or folder:/path, each with @15m, @6h or @1d after it if you like"
)
_UNITS = {"m": 60, "h": 3600, "d": 24 * 3600}
_SUFFIX = re.compile(r"@([0-9]{1,6}[A-Za-z]{0,9})\Z")


def read_sources(text: str, *, interval_seconds: int) -> tuple[Source, ...]:
    """The sources that a setting names, in its order; `interval_seconds` is for those that do not say theirs.

    Raises ValueError naming the entry that is wrong and the right form.
    """
    sources: dict[str, Source] = {}
    for entry in text.split():
        source = _read_entry(entry, interval_seconds)
        if source.key in sources:
            raise ValueError(f"“{entry}” is named twice; name each source once")
        sources[source.key] = source
    return tuple(sources.values())


def read_interval(text: str) -> int:
    """Seconds of `15m`, `6h` or `1d`. Raises ValueError: not of this form, under a minute or over a week."""
    number, unit = text[:-1], text[-1:].lower()
    if unit not in _UNITS or not (number.isascii() and number.isdecimal()) or len(number) > 6:
        raise ValueError(f"“{text}” is not a time between checks; write 15m, 6h or 1d")
    seconds = int(number) * _UNITS[unit]
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise ValueError(f"“{text}” is not between 1m and 7d")
    return seconds


def read_hosts(text: str) -> tuple[str, ...]:
    """Host names, lower case, in the order named; `.example.org` means all below it. Raises ValueError naming a word
    that is none.
    """
    hosts = [word.lower() for word in text.split()]
    for host in hosts:
        if not _is_host(host.removeprefix(".")):
            raise ValueError(f"“{host}” is not a host; write www.example.org, or .example.org for all below it")
    return tuple(dict.fromkeys(hosts))


def check_hosts(sources: Iterable[Source], hosts: tuple[str, ...]) -> None:
    """Raise ValueError naming a source that may never be read: its host is none of these, or its port an odd one."""
    for source in sources:
        if source.kind is SourceKind.FOLDER:
            continue
        try:
            read_address(source.address, AddressRules(hosts=hosts))
        except AddressNotAllowed as error:
            raise ValueError(f"“{source.key}” may not be read: {error}") from None


def _read_entry(entry: str, interval_seconds: int) -> Source:
    kind, colon, address = entry.partition(":")
    if not colon or kind not in set(SourceKind):
        raise ValueError(f"“{entry}” is not a source; write {FORMS}")
    suffix = _SUFFIX.search(address)
    if suffix:
        address = address[: suffix.start()]
        try:
            interval_seconds = read_interval(suffix[1])
        except ValueError as error:
            raise ValueError(f"“{entry}”: {error}") from None
    good = _is_folder(address) if kind == SourceKind.FOLDER else _is_web_address(address)
    if not good:
        wanted = "the whole path: folder:/path" if kind == SourceKind.FOLDER else f"the whole address: {kind}:https://…"
        raise ValueError(f"“{entry}” is not a source; write {wanted}")
    return Source(SourceKind(kind), address, interval_seconds)


def _is_folder(address: str) -> bool:
    """From the root: processes that share a store may have been started in different folders."""
    return PurePosixPath(address).is_absolute() and _is_storable(address)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and _is_storable(address)


def _is_storable(address: str) -> bool:
    return address.isprintable() and len(address.encode()) <= MAX_ADDRESS


def _is_host(text: str) -> bool:
    labels = text.split(".")
    return len(labels) > 1 and len(text) <= 253 and all(re.fullmatch(r"[a-z0-9-]{1,63}", label) for label in labels)
