"""The names under which the outbox's throttles are kept: the store asks for them where it chooses what to claim.

Slack's Retry-After holds one method in one workspace, and a channel is to get one message a second.
"""

from __future__ import annotations

from datetime import timedelta

POSTING, EDITING, FINDING, CHANNEL = "post:", "edit:", "find:", "channel:"
FURTHEST = timedelta(hours=1)
"""No throttle holds for longer. What is further ahead was written by a clock that was wrong, and holds nothing."""


def posting_key(team_id: str) -> str:
    """The throttle of chat.postMessage in a workspace."""
    return POSTING + team_id


def editing_key(team_id: str) -> str:
    """The throttle of chat.update in a workspace."""
    return EDITING + team_id


def finding_key(team_id: str) -> str:
    """The throttle of reading a workspace's channels back."""
    return FINDING + team_id


def channel_key(team_id: str, channel_id: str) -> str:
    """The throttle of a channel's one message a second."""
    return f"{CHANNEL}{team_id}:{channel_id}"
