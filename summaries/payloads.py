"""The body of a message to Slack, as it is kept: its fingerprint, and the same in words alone."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAINTED = ("blocks", "attachments")


def fingerprint(payload: Mapping[str, Any]) -> str:
    """The SHA-256 of a payload, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(dict(payload), sort_keys=True).encode()).hexdigest()


def in_words(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The payload without its blocks, for a message's text stands alone; None when that is all there was."""
    if not any(name in payload for name in _PAINTED) or not payload.get("text"):
        return None
    return {name: value for name, value in payload.items() if name not in _PAINTED}
