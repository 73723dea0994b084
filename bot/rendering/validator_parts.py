"""The rules for what blocks are made of: text objects, options, confirmations, interactive elements, rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.rendering import limits
from bot.rendering.validator_rules import (
    anything,
    boolean,
    choice,
    inline,
    integer,
    items,
    markup,
    number,
    record,
    string,
    tagged,
    url,
)

if TYPE_CHECKING:
    from bot.rendering.validator_rules import Check, Place, Rule


def text(longest: int, *kinds: str) -> Rule:
    """A text object of the given kinds, 1 to `longest` characters, counted towards the message's total."""

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, dict):
            check.refuse(value, at, "a text object")
            return
        kind = value.get("type")
        if kind not in kinds:
            check.fail((at, "type"), "bad_choice", f"{kind!r} is not one of {', '.join(kinds)}")
            return
        body = value.get("text")
        length(check, body, (at, "text"))
        if kind == "mrkdwn" and isinstance(body, str):
            markup(check, body, (at, "text"))
        if len(value) > len(("type", "text")):
            _flags(check, value, at)

    length = string(longest, counted=True)
    return rule


def _flags(check: Check, value: dict[str, Any], at: Place) -> None:
    flag = "emoji" if value["type"] == "plain_text" else "verbatim"
    for key, setting in value.items():
        if key == flag:
            boolean(check, setting, (at, key))
        elif key not in ("type", "text"):
            check.fail((at, key), "unknown_key", f"{key!r} is not known here")


def plain(longest: int) -> Rule:
    """A plain_text object."""
    return text(longest, "plain_text")


def either(longest: int) -> Rule:
    """A plain_text or mrkdwn object."""
    return text(longest, "plain_text", "mrkdwn")


def action_id(check: Check, value: Any, at: Place) -> None:
    """An identifier of 1 to 255 characters, unique in its block."""
    _identifier(check, value, at)
    if isinstance(value, str):
        if value in check.action_ids:
            check.fail(at, "duplicate_action_id", f"{value!r} occurs twice in one block")
        check.action_ids.add(value)


def has_one_address(check: Check, value: Any, at: Place) -> None:
    """An image comes from the web or from Slack, not both."""
    if ("image_url" in value) == ("slack_file" in value):
        check.fail(at, "missing", "an image has either image_url or slack_file")


_identifier = string(limits.ACTION_ID)
_id = string(limits.BLOCK_ID)
slack_file = record({}, {"id": _id, "url": url(limits.URL)})
image = record(
    {"alt_text": string(limits.IMAGE_ALT)},
    {"image_url": url(limits.IMAGE_URL), "slack_file": slack_file},
    then=has_one_address,
)

confirm = record(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": either(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": choice("primary", "danger")},
)


def option(label: Rule) -> Rule:
    """One thing to choose."""
    return record(
        {"text": label, "value": string(limits.OPTION_VALUE)},
        {"description": either(limits.OPTION_DESCRIPTION), "url": url(limits.URL)},
    )


_option = option(plain(limits.OPTION_TEXT))
_marked_option = option(either(limits.OPTION_TEXT))
_options = items(_option, 1, limits.SELECT_OPTIONS)
_groups = items(record({"label": plain(limits.OPTION_GROUP_LABEL), "options": _options}), 1, limits.SELECT_GROUPS)


def _has_choices(check: Check, value: Any, at: Place) -> None:
    if ("options" in value) == ("option_groups" in value):
        check.fail(at, "missing", "a select has either options or option_groups")


_placeholder = plain(limits.PLACEHOLDER)
_common: dict[str, Rule] = {"confirm": confirm, "focus_on_load": boolean}
_ids = items(_id, 1, limits.SELECT_OPTIONS)
_count = integer(1, limits.SELECT_OPTIONS)
_some = items(_option, 1, limits.SELECT_OPTIONS)
_filter = record({}, {"include": anything, "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean})
_named = {"action_id": action_id}
_typed = {"initial_value": string(limits.INPUT_VALUE), "placeholder": _placeholder, "focus_on_load": boolean}
_sends = {"dispatch_action_config": record({}, {"trigger_actions_on": anything})}
_shown = {**_common, "placeholder": _placeholder}
_many = {**_shown, "max_selected_items": _count}
_resolves = {"response_url_enabled": boolean, "default_to_current_conversation": boolean, "filter": _filter}

BUTTON = record(
    {"action_id": action_id, "text": plain(limits.BUTTON_TEXT)},
    {
        "value": string(limits.BUTTON_VALUE),
        "url": url(limits.URL),
        "style": choice("primary", "danger"),
        "confirm": confirm,
        "accessibility_label": string(limits.BUTTON_LABEL),
    },
)
OVERFLOW = record(
    {"action_id": action_id, "options": items(_option, limits.OVERFLOW_OPTIONS_MIN, limits.OVERFLOW_OPTIONS)},
    {"confirm": confirm},
)

SELECTS: dict[str, Rule] = {
    "static_select": record(
        _named, {**_shown, "options": _options, "option_groups": _groups, "initial_option": _option}, then=_has_choices
    ),
    "external_select": record(
        _named, {**_shown, "min_query_length": integer(0, limits.OPTION_TEXT), "initial_option": _option}
    ),
    "users_select": record(_named, {**_shown, "initial_user": _id}),
    "conversations_select": record(_named, {**_shown, **_resolves, "initial_conversation": _id}),
    "channels_select": record(_named, {**_shown, "response_url_enabled": boolean, "initial_channel": _id}),
    "multi_static_select": record(
        _named, {**_many, "options": _options, "option_groups": _groups, "initial_options": _some}, then=_has_choices
    ),
    "multi_external_select": record(
        _named, {**_many, "min_query_length": integer(0, limits.OPTION_TEXT), "initial_options": _some}
    ),
    "multi_users_select": record(_named, {**_many, "initial_users": _ids}),
    "multi_conversations_select": record(_named, {**_many, **_resolves, "initial_conversations": _ids}),
    "multi_channels_select": record(_named, {**_many, "initial_channels": _ids}),
}
_ticks = items(_marked_option, 1, limits.CHOICES)
PICKERS: dict[str, Rule] = {
    "checkboxes": record({**_named, "options": _ticks}, {**_common, "initial_options": _ticks}),
    "radio_buttons": record({**_named, "options": _ticks}, {**_common, "initial_option": _marked_option}),
    "datepicker": record(_named, {**_shown, "initial_date": string(len("2026-01-31"))}),
    "timepicker": record(_named, {**_shown, "initial_time": string(len("08:30")), "timezone": _id}),
    "datetimepicker": record(_named, {**_common, "initial_date_time": integer(0, 9_999_999_999)}),
}
INPUTS: dict[str, Rule] = {
    **SELECTS,
    **PICKERS,
    "plain_text_input": record(
        _named,
        {
            **_typed,
            **_sends,
            "multiline": boolean,
            "min_length": integer(0, limits.INPUT_VALUE),
            "max_length": integer(1, limits.INPUT_VALUE),
        },
    ),
    "email_text_input": record(_named, {**_typed, **_sends}),
    "url_text_input": record(_named, {**_typed, **_sends}),
    "number_input": record(
        {**_named, "is_decimal_allowed": boolean},
        {**_typed, **_sends, "min_value": _id, "max_value": _id},
    ),
}
ACTIONS: dict[str, Rule] = {"button": BUTTON, "overflow": OVERFLOW, **SELECTS, **PICKERS}
ACCESSORIES: dict[str, Rule] = {**ACTIONS, "image": image}

# Rich text: the one place where nothing is parsed, so quoted words keep every character.
_style = record({}, dict.fromkeys(("bold", "italic", "strike", "code"), boolean))
_styled = {"style": _style}
_runs: dict[str, Rule] = {
    "text": record({"text": inline}, _styled),
    "link": record({"url": url(limits.URL)}, {**_styled, "text": inline, "unsafe": boolean}),
    "emoji": record({"name": _id}, {**_styled, "unicode": _id, "skin_tone": integer(2, 6)}),
    "user": record({"user_id": _id}, _styled),
    "usergroup": record({"usergroup_id": _id}, _styled),
    "channel": record({"channel_id": _id}, _styled),
    "date": record(
        {"timestamp": integer(0, 9_999_999_999), "format": _id},
        {**_styled, "fallback": _id, "url": url(limits.URL)},
    ),
    "broadcast": record({"range": choice("here", "channel", "everyone")}, _styled),
    "color": record({"value": _id}),
}
_run = tagged(_runs, "unknown_element", "a rich text element")
_many_runs = items(_run, 1, limits.BLOCKS_TEXT)
_section = record({"elements": _many_runs})
_unparsed = tagged({kind: _runs[kind] for kind in ("text", "link")}, "unknown_element", "text or a link")
_border = {"border": integer(0, 1)}
_paragraphs: dict[str, Rule] = {
    "rich_text_section": _section,
    "rich_text_list": record(
        {
            "style": choice("bullet", "ordered"),
            "elements": items(
                tagged({"rich_text_section": _section}, "unknown_element", "a rich_text_section"),
                1,
                limits.BLOCKS_TEXT,
            ),
        },
        {**_border, "indent": integer(0, limits.RICH_TEXT_INDENT), "offset": integer(0, 9_999)},
    ),
    "rich_text_quote": record({"elements": _many_runs}, _border),
    "rich_text_preformatted": record(
        {"elements": items(_unparsed, 1, limits.BLOCKS_TEXT)}, {**_border, "language": _id}
    ),
}
RICH_TEXT = {"elements": items(tagged(_paragraphs, "unknown_element", "a part of rich text"), 1, limits.BLOCKS_TEXT)}
RAW_TEXT = record({"text": inline})
RAW_NUMBER = record({"value": number, "text": inline})
