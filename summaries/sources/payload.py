"""The content of an answer, taken in and unpacked no further than a limit.

Unpacking is done here and not by the HTTP library, because a library unpacks a whole piece at once: sixty kilobytes can
hold sixty megabytes.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from summaries.errors import FetchProblem, PageTooLarge
from summaries.sources.limits import size_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

ENCODINGS = "gzip, deflate"
"""What is asked for, as an Accept-Encoding header."""

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_PIECE = 64 * 1024


def read_payload(pieces: Iterable[bytes], *, encoding: str, limit: int, url: str) -> bytes:
    """All of the content, unpacked. `encoding` is the Content-Encoding header; `limit`, in bytes, holds before and
    after unpacking. Raises PageTooLarge as soon as it is passed, FetchProblem for content damaged or cut short."""
    match encoding.strip().lower():
        case "" | "identity":
            plain = pieces
        case ("gzip" | "x-gzip" | "deflate") as packing:
            plain = _unpacked(_within(pieces, limit, url), packing, url)
        case _:
            raise FetchProblem("The site packed the page in a way that was not asked for. Paste the release.", url=url)
    return b"".join(_within(plain, limit, url))


def _within(pieces: Iterable[bytes], limit: int, url: str) -> Iterable[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise too_large(limit, url)
        yield piece


def too_large(limit: int, url: str) -> PageTooLarge:
    """The problem of a page that passes the limit, in bytes."""
    return PageTooLarge(
        f"The page is larger than {size_in_words(limit)}, the most that is read of one. Paste the release alone.",
        url=url,
    )


def _unpacked(pieces: Iterable[bytes], packing: str, url: str) -> Iterable[bytes]:
    """The content in pieces of bounded size, so that whoever takes them can stop."""
    unpacker = None
    try:
        for piece in pieces:
            unpacker = unpacker or _unpacker_for(packing, piece)
            rest = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
            if rest or unpacker.unused_data:
                raise _damaged(url)  # a second packed part: leaving it out would be to guess
        while unpacker and not unpacker.eof:
            more = unpacker.decompress(b"", _PIECE)
            if not more:
                raise _damaged(url)
            yield more
    except zlib.error as error:
        raise _damaged(url) from error


def _unpacker_for(packing: str, first: bytes) -> zlib._Decompress:
    """Some sites say "deflate" and send it without its zlib header (RFC 9110, 8.4.1.2): the first byte tells."""
    is_bare = packing == "deflate" and first[:1] != b"\x78"
    return zlib.decompressobj(-zlib.MAX_WBITS if is_bare else _GZIP_OR_ZLIB)


def _damaged(url: str) -> FetchProblem:
    return FetchProblem("The page came damaged or cut short. Try again later, or paste the release.", url=url)
