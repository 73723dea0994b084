"""What this workspace refuses in a message or view: what the validator finds, and blocks its clients do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.data_words import NATIVE
from bot.rendering.validator import Problem, problems

if TYPE_CHECKING:
    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.model import JSON


def wrong_with(body: JSON, surface: str, config: WorkspaceConfig) -> list[Problem]:
    """As `problems`, but where `config` says so tables and charts are of an unknown type, as Slack has it until a
    workspace's turn in the roll-out comes."""
    found = problems(body, surface)
    if found or config.data_blocks:
        return found
    types = [block["type"] for block in body.get("blocks") or []]
    return [
        Problem(f"/blocks/{index}/type", "unknown_block", f"unsupported type: {kind}")
        for index, kind in enumerate(types)
        if kind in NATIVE
    ]
