"""The network as the fetcher may see it: public addresses only, each checked and then connected to, within a time.

The check is where connections are made, so no redirect and no second look-up gets past it (a name may lead elsewhere
each time it is asked for). Settings cannot turn it off: the parts that could are given by whoever builds the fetcher.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, TypeAlias

import httpcore

from summaries.errors import AddressNotAllowed, FetchProblem, SiteTooSlow

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Sequence

IPAddress: TypeAlias = IPv4Address | IPv6Address
Resolve: TypeAlias = "Callable[[str], Sequence[str]]"
IsPublic: TypeAlias = "Callable[[IPAddress], bool]"

_SPECIAL_IPV4 = tuple(IPv4Network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))
"""Global by their number, but no sites: protocol assignments (Oracle's cloud answers there), 6to4 relays, and where
Azure answers to its own machines. Python 3.11 does not know them."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_SPECIAL_IPV6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
"""Inside 2000::/3 but not sites: protocol assignments with Teredo, documentation, 6to4 (IANA special-purpose registry).
Tunnels carry an IPv4 address inside, and no site of ours is reached through one."""
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Is it an address of the public Internet? Private, loopback, link-local, shared, multicast, reserved and
    documentation ones are not, nor an IPv6 address that carries such an IPv4 one."""
    if isinstance(address, IPv4Address):
        is_site = address.is_global and not (address.is_private or address.is_multicast or address.is_reserved)
        return is_site and not any(address in net for net in _SPECIAL_IPV4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:  # how a network that has IPv6 only reaches IPv4 sites
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GLOBAL_UNICAST and address.is_global and not any(address in net for net in _SPECIAL_IPV6)


def resolve_host(host: str) -> list[str]:
    """All addresses of a host, in the order to try them. Raises OSError or UnicodeError when it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which a whole exchange must be over."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self, most: float | None = None) -> float:
        """The seconds left, or `most` when that is less. Raises httpcore.ReadTimeout when none are."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("The time for the whole exchange is over.")
        return left if most is None else min(left, most)


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only, and lets nothing last past the deadline."""

    def __init__(
        self, url: str, deadline: Deadline, *, resolve: Resolve, is_public: IsPublic, network: httpcore.NetworkBackend
    ) -> None:
        self._url = url  # for the reports only
        self._deadline = deadline
        self._resolve = resolve
        self._is_public = is_public
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers. Raises AddressNotAllowed when any one is not public: a
        site has no reason to name an inside address beside its own."""
        problem: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._checked_addresses(host):
            left = self._deadline.left(timeout)
            try:
                stream = self._network.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _TimedStream(stream, self._deadline)
        raise problem or httpcore.ConnectError("The host has no address.")

    def _checked_addresses(self, host: str) -> list[str]:
        try:
            found = _in_time(self._deadline.left(), lambda: self._resolve(host))
            addresses = [ip_address(text) for text in found or ()]
        except (OSError, ValueError) as error:  # UnicodeError is a ValueError
            message = f"The host {host} was not found. Check the address, or try again later."
            raise FetchProblem(message, url=self._url) from error
        if found is None:
            raise SiteTooSlow("The address of the host was not found in time. Try again later.", url=self._url)
        if not all(self._is_public(address) for address in addresses):
            raise AddressNotAllowed(
                f"{host} leads to an address inside a private network, so it was not read. Paste the release instead.",
                url=self._url,
            )
        return [str(address) for address in addresses]


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step waits no longer than what is left: a site that drips a byte at a time keeps each
    wait short, and would otherwise hold us for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        except Exception:
            self.close()  # whoever asked holds nothing to close yet
            raise
        return _TimedStream(stream, self._deadline)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _in_time(seconds: float, look_up: Callable[[], Sequence[str]]) -> Sequence[str] | None:
    """What a look-up finds, None when it takes longer. The system's own cannot be given a time, so it is left behind in
    a thread when it hangs."""
    found: list[Sequence[str]] = []
    problems: list[Exception] = []

    def work() -> None:
        try:
            found.append(look_up())
        except Exception as error:
            problems.append(error)

    thread = threading.Thread(target=work, name="look-up", daemon=True)
    thread.start()
    thread.join(seconds)
    if problems:
        raise problems[0]
    return found[0] if found else None
