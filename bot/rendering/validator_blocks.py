"""The rules for blocks: what each may hold, where each may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.rendering import limits
from bot.rendering.validator_parts import (
    ACCESSORIES,
    ACTIONS,
    INPUTS,
    RAW_NUMBER,
    RAW_TEXT,
    RICH_TEXT,
    either,
    has_one_address,
    image,
    plain,
    slack_file,
)
from bot.rendering.validator_rules import boolean, choice, integer, items, number, record, string, tagged, url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rendering.validator_rules import Check, Place, Rule

MESSAGE = frozenset({"message", "ephemeral"})
MODAL = frozenset({"modal"})
HOME = frozenset({"home"})
EVERYWHERE = MESSAGE | MODAL | HOME


def block_id(check: Check, value: Any, at: Place) -> None:
    """An identifier of 1 to 255 characters, unique in the payload."""
    _identifier(check, value, at)
    if isinstance(value, str):
        if value in check.block_ids:
            check.fail(at, "duplicate_block_id", f"{value!r} occurs twice")
        check.block_ids.add(value)


_identifier = string(limits.BLOCK_ID)


def _block(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, then: Rule | None = None) -> Rule:
    return record(required, {"block_id": block_id, **(optional or {})}, then=then)


def _section_says_something(check: Check, value: Any, at: Place) -> None:
    if "text" not in value and "fields" not in value:
        check.fail(at, "missing", "a section has text, fields or both")


def _at_most(most: int, code: str, rule: Rule) -> Rule:
    """No more than `most` blocks of this type in one payload."""

    def counted(check: Check, value: Any, at: Place) -> None:
        kind = value["type"]
        check.of_type[kind] = check.of_type.get(kind, 0) + 1
        if check.of_type[kind] > most:
            check.fail(at, code, f"more than {most} of {kind} in one message")
        rule(check, value, at)

    return counted


def _within(most: int, rule: Rule) -> Rule:
    """All text in this block together is no longer than `most`."""

    def counted(check: Check, value: Any, at: Place) -> None:
        before = check.chars
        rule(check, value, at)
        if check.chars - before > most:
            check.fail(at, "too_long", f"{check.chars - before} characters over all cells; the most is {most}")

    return counted


def _even_rows(check: Check, value: Any, at: Place) -> None:
    rows = value.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return  # already reported
    if len({len(row) for row in rows}) > 1:
        check.fail((at, "rows"), "uneven_rows", "all rows of a data_table have the same number of cells")
    for index, cell in enumerate(rows[0] if rows else ()):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            check.fail((((at, "rows"), 0), index), "bad_choice", "a header cell is raw_text or raw_number")


_cells: dict[str, Rule] = {"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": _block(RICH_TEXT)}
_row = items(tagged(_cells, "unknown_element", "a table cell"), 1, limits.TABLE_COLUMNS)
_column = record({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})
_table = _block(
    {"rows": items(_row, 1, limits.TABLE_ROWS)},
    {"column_settings": items(_column, 1, limits.TABLE_COLUMNS)},
)
_data_table = _block(
    {
        "caption": string(limits.BLOCK_ID, counted=True),
        "rows": items(_row, limits.DATA_TABLE_ROWS_MIN, limits.DATA_TABLE_ROWS),
    },
    {
        "page_size": integer(1, limits.DATA_TABLE_PAGE),
        "row_header_column_index": integer(0, limits.TABLE_COLUMNS - 1),
    },
    _even_rows,
)

_label = string(limits.CHART_LABEL, counted=True)
_point = record({"label": _label, "value": number})


def _positive(check: Check, value: Any, at: Place) -> None:
    number(check, value, at)
    if isinstance(value, int | float) and value <= 0:
        check.fail(at, "bad_range", "a segment of a pie is larger than nothing")


def _points_fit_categories(check: Check, value: Any, at: Place) -> None:
    axis, series = value.get("axis_config"), value.get("series")
    if not isinstance(axis, dict) or not isinstance(series, list):
        return  # already reported
    for index, one in enumerate(series):
        points = one.get("data") if isinstance(one, dict) else None
        if not isinstance(points, list):
            continue
        if [point.get("label") for point in points if isinstance(point, dict)] != axis.get("categories"):
            place: Place = (((at, "series"), index), "data")
            check.fail(place, "uneven_series", "a series has one point for each category, in their order")


_axis = record(
    {"categories": items(_label, 1, limits.CHART_POINTS)},
    {
        "x_label": string(limits.CHART_AXIS_LABEL, counted=True),
        "y_label": string(limits.CHART_AXIS_LABEL, counted=True),
    },
)
_series = items(record({"name": _label, "data": items(_point, 1, limits.CHART_POINTS)}), 1, limits.CHART_SERIES)
_drawn = record({"series": _series, "axis_config": _axis}, then=_points_fit_categories)
_segments = items(record({"label": _label, "value": _positive}), 1, limits.CHART_SERIES)
_chart: dict[str, Rule] = {
    "line": _drawn,
    "bar": _drawn,
    "area": _drawn,
    "pie": record({"segments": _segments}),
}
_data_visualization = _block(
    {
        "title": string(limits.CHART_TITLE, counted=True),
        "chart": tagged(_chart, "unknown_element", "a chart"),
    }
)

_context_elements: dict[str, Rule] = {
    "image": image,
    "plain_text": plain(limits.CONTEXT_TEXT),
    "mrkdwn": either(limits.CONTEXT_TEXT),
}
BLOCKS: dict[str, tuple[frozenset[str], Rule]] = {
    "section": (
        EVERYWHERE,
        _block(
            {},
            {
                "text": either(limits.SECTION_TEXT),
                "fields": items(either(limits.SECTION_FIELD), 1, limits.SECTION_FIELDS),
                "accessory": tagged(ACCESSORIES, "unknown_element", "an accessory"),
                "expand": boolean,
            },
            _section_says_something,
        ),
    ),
    "header": (EVERYWHERE, _block({"text": plain(limits.HEADER_TEXT)})),
    "divider": (EVERYWHERE, _block({})),
    "context": (
        EVERYWHERE,
        _block(
            {
                "elements": items(
                    tagged(_context_elements, "unknown_element", "text or an image"), 1, limits.CONTEXT_ELEMENTS
                )
            }
        ),
    ),
    "actions": (
        EVERYWHERE,
        _block(
            {"elements": items(tagged(ACTIONS, "unknown_element", "an element"), 1, limits.ACTIONS_ELEMENTS)},
        ),
    ),
    "rich_text": (EVERYWHERE, _block(RICH_TEXT)),
    "image": (
        EVERYWHERE,
        _block(
            {"alt_text": string(limits.IMAGE_ALT)},
            {
                "image_url": url(limits.IMAGE_URL),
                "slack_file": slack_file,
                "title": plain(limits.IMAGE_TITLE),
            },
            has_one_address,
        ),
    ),
    "input": (
        EVERYWHERE,
        _block(
            {
                "label": plain(limits.INPUT_LABEL),
                "element": tagged(INPUTS, "unknown_element", "an input"),
            },
            {"hint": plain(limits.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
        ),
    ),
    "markdown": (MESSAGE, _block({"text": string(limits.MARKDOWN_TEXT, counted=True)})),
    "table": (
        MESSAGE | HOME,
        _at_most(limits.TABLES_PER_MESSAGE, "only_one_table", _within(limits.TABLE_TEXT, _table)),
    ),
    "data_table": (MESSAGE | HOME, _within(limits.TABLE_TEXT, _data_table)),
    "data_visualization": (
        MESSAGE,
        _at_most(limits.CHARTS_PER_MESSAGE, "too_many_charts", _data_visualization),
    ),
    "alert": (
        MODAL,
        _block(
            {"text": either(limits.ALERT_TEXT)},
            {"level": choice("default", "info", "warning", "error", "success")},
        ),
    ),
}


def block(check: Check, value: Any, at: Place) -> None:
    """Any block that may stand on the surface being checked."""
    if not isinstance(value, dict):
        check.refuse(value, at, "a block")
        return
    kind = value.get("type")
    known = BLOCKS.get(kind) if isinstance(kind, str) else None
    if known is None:
        check.fail((at, "type"), "unknown_block", f"{kind!r} is not a type of block")
        return
    surfaces, rule = known
    if check.surface not in surfaces:
        check.fail((at, "type"), "wrong_surface", f"{kind} cannot stand in a {check.surface}")
    check.action_ids = set()
    rule(check, value, at)
