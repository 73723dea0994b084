"""How much of one document is read, wherever it comes from: a file, an address, a message."""

from __future__ import annotations

_MEBIBYTE = 1024 * 1024

MAX_BYTES = 5 * _MEBIBYTE
"""A page of 43 releases is about a quarter of a megabyte; what is twenty times that is not a press release."""

MAX_PDF_BYTES = 20 * _MEBIBYTE
"""A PDF brings its fonts and pictures along."""


def size_in_words(limit: int) -> str:
    """A limit in bytes as people are told it: whole mebibytes, rounded down, or bytes where it is less than one."""
    return f"{limit // _MEBIBYTE} MiB" if limit >= _MEBIBYTE else f"{limit} bytes"
