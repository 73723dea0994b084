"""What a modal carries from one step to the next, so that it cannot be altered on the way.

A modal's `private_metadata` is in the hands of the client. Sealed, it says for whom and for which channel a form was
opened; a seal that somebody else made, or that was made for somebody else, does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PURPOSE = b"hmic modal 1"


class Seal:
    """Made from a secret that all our processes share, so that any of them opens what another closed."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)

    def close(self, facts: Mapping[str, str], *, team_id: str, user_id: str) -> str:
        """The facts, readable but unalterable, good for this person alone."""
        content = json.dumps(facts, ensure_ascii=True, separators=(",", ":"))
        return f"{self._mark(content, team_id, user_id)}{content}"

    def open(self, sealed: str, *, team_id: str, user_id: str) -> dict[str, str] | None:
        """The facts; None when they are not as they were, or not this person's."""
        mark, content = sealed[:64], sealed[64:]
        if not hmac.compare_digest(mark.encode(), self._mark(content, team_id, user_id).encode()):
            return None
        facts: dict[str, str] = json.loads(content)
        return facts

    def _mark(self, content: str, team_id: str, user_id: str) -> str:
        return hmac.digest(self._key, f"{team_id}\n{user_id}\n{content}".encode(), hashlib.sha256).hex()
