"""Pages from the web, fetched politely and safely: one request at a time, nothing sent again by itself.

The HTTP library is used at its lowest layer, where nothing happens that is not asked for: no redirect is followed, no
cookie kept, no proxy taken from the environment, nothing unpacked.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import httpcore

from summaries.errors import FetchProblem, SiteTooSlow
from summaries.ports import Fetched, NotModified, Validators
from summaries.sources import guard
from summaries.sources.addresses import USUAL_HOSTS, Address, AddressRules, read_address, read_redirect
from summaries.sources.limits import MAX_BYTES, MAX_PDF_BYTES
from summaries.sources.payload import ENCODINGS, read_payload, too_large
from summaries.sources.replies import REDIRECTS, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from summaries.ports import Clock

_LONGEST_VALIDATOR = 500
"""A validator beyond this is not kept: it would be stored and sent back at every look. Nor is one that is not plain
ASCII, which no header of ours may hold."""


@dataclass(frozen=True, slots=True)
class FetchRules(AddressRules):
    """What may be fetched, how much of it and how long it may take. Sizes in bytes, times in seconds."""

    max_bytes: int = MAX_BYTES
    max_pdf_bytes: int = MAX_PDF_BYTES
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    total_seconds: float = 30.0
    """For the whole exchange, redirects and all."""
    max_redirects: int = 5
    user_agent: str = "hmic/0.1"


def user_agent(contact: str | None) -> str:
    """How the fetcher names itself: with where its owner can be reached (an address of a page or of mail), so that a
    site that minds can say so."""
    reach = "".join(c for c in contact or "" if c.isascii() and c.isprintable() and c not in "() ")
    if not reach:
        return "hmic/0.1"
    return f"hmic/0.1 ({'+' if reach.startswith('http') else ''}{reach})"


class HttpFetcher:
    """The `Fetcher` of the real web. Threads may share one."""

    def __init__(
        self,
        rules: FetchRules,
        *,
        clock: Clock,
        resolve: guard.Resolve = guard.resolve_host,
        is_public: guard.IsPublic = guard.is_public,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        """`resolve`, `is_public` and `network` are for whoever must reach a site on this machine: tests. No setting
        leads here."""
        self._rules = rules
        self._clock = clock
        self._resolve = resolve
        self._is_public = is_public
        self._network = network or httpcore.SyncBackend()

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | NotModified:
        """Get a page, asking only for changes since `known`. Raises FetchProblem, whose message says what to do."""
        deadline = guard.Deadline.after(self._rules.total_seconds)
        address = read_address(url, self._rules)
        known = _sendable(known)
        for _ in range(self._rules.max_redirects + 1):
            try:
                answer = self._exchange(address, known, deadline)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise self._failure(error, address.url) from error
            if not isinstance(answer, Address):
                return answer
            address = answer
        raise FetchProblem("The site sends us round in circles. Check the address, or paste the release.", url=url)

    def _exchange(
        self, address: Address, known: Validators, deadline: guard.Deadline
    ) -> Fetched | NotModified | Address:
        """One request: the page, or the address it has moved to."""
        network = guard.GuardedNetwork(
            address.url, deadline, resolve=self._resolve, is_public=self._is_public, network=self._network
        )
        where = httpcore.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=address.target.encode("ascii")
        )
        timeouts = {
            "connect": self._rules.connect_seconds,
            "read": self._rules.read_seconds,
            "write": self._rules.read_seconds,
        }
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=network) as pool,
            pool.stream(
                "GET", where, headers=self._headers(address, known), extensions={"timeout": timeouts}
            ) as response,
        ):
            return self._answer(response, address, known)

    def _headers(self, address: Address, known: Validators) -> list[tuple[str, str]]:
        headers = [
            ("Host", address.authority),
            ("User-Agent", self._rules.user_agent),
            ("Accept", "text/html, application/rss+xml, application/atom+xml, application/pdf, text/plain, */*;q=0.5"),
            ("Accept-Encoding", ENCODINGS),
            ("Accept-Language", "en-GB, en;q=0.8"),
            ("Connection", "close"),
        ]
        if known.etag:
            headers.append(("If-None-Match", known.etag))
        if known.last_modified:
            headers.append(("If-Modified-Since", known.last_modified))
        return headers

    def _answer(
        self, response: httpcore.Response, address: Address, known: Validators
    ) -> Fetched | NotModified | Address:
        headers = _headers_by_name(response.headers)
        if response.status in REDIRECTS and "location" in headers:
            return read_redirect(headers["location"], address, self._rules)
        if response.status == 304 and known != Validators():
            return NotModified(address.url)
        if response.status != 200:
            raise problem_of(response.status, headers, url=address.url, now=self._clock.now())
        content = self._content(response.iter_stream(), headers, address.url)
        validators = _sendable(Validators(headers.get("etag"), headers.get("last-modified")))
        return Fetched(address.url, content, headers.get("content-type"), validators, self._clock.now())

    def _content(self, pieces: Iterable[bytes], headers: dict[str, str], url: str) -> bytes:
        is_pdf = headers.get("content-type", "").strip().lower().startswith("application/pdf")
        limit = self._rules.max_pdf_bytes if is_pdf else self._rules.max_bytes
        if int(headers.get("content-length", "0")) > limit:  # a whole number: the library refuses an answer otherwise
            raise too_large(limit, url)
        content = read_payload(pieces, encoding=headers.get("content-encoding", ""), limit=limit, url=url)
        if not content.strip():
            raise FetchProblem("The site sent an empty page. Try again later, or paste the release.", url=url)
        return content

    def _failure(self, error: Exception, url: str) -> FetchProblem:
        if isinstance(error, httpcore.TimeoutException):
            return SiteTooSlow(url=url)
        if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
            message = "The site could not prove that it is the one named (TLS). Check the address."
        elif isinstance(error, httpcore.ConnectError):
            message = "The site does not answer. Try again later, or paste the release."
        else:
            message = "The page came damaged or cut short. Try again later, or paste the release."
        return FetchProblem(message, url=url)


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are checked, against the usual authorities. Reading those takes a while, so it is done once."""
    return httpcore.default_ssl_context()


def _headers_by_name(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names in lower case. Values of a name that comes twice are joined, as RFC 9110, 5.3 reads them."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _sendable(validators: Validators | None) -> Validators:
    """Those that can be sent back; also of what was stored by whoever."""
    return Validators(_kept(validators.etag), _kept(validators.last_modified)) if validators else Validators()


def _kept(validator: str | None) -> str | None:
    if not validator or len(validator) > _LONGEST_VALIDATOR:
        return None
    return validator if validator.isascii() and validator.isprintable() else None


__all__ = ["USUAL_HOSTS", "FetchRules", "HttpFetcher", "user_agent"]
