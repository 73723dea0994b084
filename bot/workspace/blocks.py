"""Blocks as Slack keeps them: with an id on every block and action that came without one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.workspace.model import JSON

# Elements that a person can use; Slack gives these an action_id when the app did not.
_ACTIVE = frozenset({"button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"})


def with_ids(blocks: list[JSON]) -> list[JSON]:
    """A copy of the blocks in which everything can be referred to."""
    return [_with_id(block) for block in blocks]


def find_element(blocks: list[JSON], block_id: str | None, action_id: str) -> JSON | None:
    """The element a person used, by its ids; any block's when `block_id` is None."""
    for block in blocks:
        if block_id is None or block["block_id"] == block_id:
            for element in _elements(block):
                if element.get("action_id") == action_id:
                    return element | {"block_id": block["block_id"]}
    return None


def _with_id(block: JSON) -> JSON:
    copy: JSON = {"block_id": secrets.token_hex(3), **block}
    for key in ("accessory", "element"):
        if isinstance(copy.get(key), dict):
            copy[key] = _with_action_id(copy[key])
    if copy["type"] == "actions":
        copy["elements"] = [_with_action_id(element) for element in copy["elements"]]
    return copy


def _with_action_id(element: JSON) -> JSON:
    kind = str(element.get("type", ""))
    if kind in _ACTIVE or kind.endswith(("_select", "_input")):
        return {"action_id": secrets.token_hex(3), **element}
    return element


def _elements(block: JSON) -> list[JSON]:
    found: list[Any] = [block.get("accessory"), block.get("element")]
    if block["type"] == "actions":
        found.extend(block["elements"])
    return [element for element in found if isinstance(element, dict)]
