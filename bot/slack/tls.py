"""Whose certificates are trusted: the usual authorities. Reading those takes a while, so every client shares them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import ssl


@cache
def trusted() -> ssl.SSLContext:
    """What every HTTP client that speaks to Slack verifies hosts with."""
    return httpx.create_ssl_context()
