"""Slack's request signature, checked on the raw bytes before anything is parsed.

Scheme `v0` of Slack's page "Verifying requests from Slack": HMAC-SHA256 over `v0:<timestamp>:<body>`, good for five
minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.ports import Clock

MAX_AGE_SECONDS = 300
_TIMESTAMP = re.compile(rb"[0-9]{1,12}")
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")


class Verifier:
    """Knows the signing secret and which signatures were used within their five minutes."""

    def __init__(self, secret: str, clock: Clock) -> None:
        if not secret.strip():
            raise ValueError("an empty signing secret would accept requests that anyone can sign")
        self._secret = secret.encode()
        self._clock = clock
        self._seen: dict[bytes, float] = {}

    def accepts(self, timestamp: bytes, signature: bytes, body: bytes) -> bool:
        """Whether these header values, as raw bytes, sign this body now."""
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        now = self._clock.now().timestamp()
        if abs(now - int(timestamp)) > MAX_AGE_SECONDS:
            return False
        digest = hmac.new(self._secret, b"v0:" + timestamp + b":" + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(b"v0=" + digest.encode(), signature)

    def first_use(self, signature: bytes) -> bool:
        """Whether an accepted signature is new: a captured request cannot be played again.

        In memory: each process remembers its own.
        """
        now = self._clock.now().timestamp()
        oldest = now - 2 * MAX_AGE_SECONDS
        while self._seen and next(iter(self._seen.values())) < oldest:
            del self._seen[next(iter(self._seen))]
        if signature in self._seen:
            return False
        self._seen[signature] = now
        return True
