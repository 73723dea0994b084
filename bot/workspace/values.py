"""What a person chose or entered, in the shapes that Slack reports it in. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.workspace.errors import Refused

if TYPE_CHECKING:
    from bot.workspace.model import JSON

# Where each kind of element keeps what was chosen (reference/interaction-payloads/block_actions-payload).
_FIELDS = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
}


def action_of(element: JSON, given: JSON) -> JSON:
    """One entry of `actions`: the element as the message has it, and what the person chose.

    Raises Refused when an option was chosen that the element does not offer.
    """
    action: JSON = {key: element[key] for key in ("action_id", "block_id", "type")}
    field = _FIELDS.get(element["type"], "value")
    if element["type"] == "button":
        return action | {key: element[key] for key in ("text", "value", "style") if key in element}
    chosen = given.get(field, given.get("value"))
    if field == "selected_option" and chosen not in _offered(element, chosen):
        raise Refused("That choice is no longer offered.")
    return action | {field: chosen}


def state_values(blocks: list[JSON], entered: JSON) -> JSON:
    """`view.state.values` for every input of a modal, whether or not anything was entered in it."""
    values: JSON = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        field = _FIELDS.get(element["type"], "value")
        given = entered.get(block["block_id"], {}).get(element["action_id"], {})
        empty: Any = [] if field in ("selected_options", "selected_users", "selected_channels") else None
        values[block["block_id"]] = {
            element["action_id"]: {"type": element["type"], field: given.get(field, given.get("value", empty))}
        }
    return values


def _offered(element: JSON, chosen: object) -> list[Any]:
    if element["type"] == "external_select":
        return [chosen]
    groups = element.get("option_groups", [{"options": element.get("options", [])}])
    return [option for group in groups for option in group["options"]]
