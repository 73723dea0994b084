"""Every limit of the validator's, met exactly and overstepped by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.rendering import limits
from bot.rendering.validator import problems

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JSON:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> JSON:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "a", **more: Any) -> JSON:
    return {"type": "button", "action_id": action_id, "text": plain("Press"), **more}


def actions(*elements: JSON) -> JSON:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "v", text: str = "x", **more: Any) -> JSON:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[JSON]:
    return [option(str(number)) for number in range(count)]


def select(**more: Any) -> JSON:
    return actions({"type": "static_select", "action_id": "s", "options": options(1), **more})


def confirm(**more: JSON) -> JSON:
    asked = {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n"), **more}
    return actions(button(confirm=asked))


def rich(*runs: JSON) -> JSON:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(runs)}]}


def bullets(indent: int) -> JSON:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    listed = {"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": [line]}
    return {"type": "rich_text", "elements": [listed]}


def cell(text: str = "x") -> JSON:
    return {"type": "raw_text", "text": text}


def table(rows: int = 1, columns: int = 1, text: str = "x", **more: Any) -> JSON:
    return {"type": "table", "rows": [[cell(text)] * columns for _ in range(rows)], **more}


def data_table(rows: int = 2, columns: int = 1, **more: Any) -> JSON:
    return {"type": "data_table", "caption": "c", "rows": [[cell()] * columns for _ in range(rows)], **more}


def chart(points: int = 1, series: int = 1, title: str = "t", label: str = "", x_label: str = "x") -> JSON:
    labels = [label or str(number) for number in range(points)]
    data = [{"label": one, "value": 1} for one in labels]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": "bar",
            "series": [{"name": str(number), "data": data} for number in range(series)],
            "axis_config": {"categories": labels, "x_label": x_label},
        },
    }


def image(**more: Any) -> JSON:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a", **more}


def asking(**more: Any) -> JSON:
    element = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain("l"), "element": element, **more}


def modal(**more: Any) -> JSON:
    return {"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": [section()], **more}


def codes(block: JSON) -> set[str]:
    return {problem.code for problem in problems({"text": "t", "blocks": [block]}, "message")}


ADDRESS = "https://example.org/"

LENGTHS: dict[str, tuple[int, Callable[[str], JSON]]] = {
    "section text": (limits.SECTION_TEXT, section),
    "section field": (limits.SECTION_FIELD, lambda text: {"type": "section", "fields": [mrkdwn(text)]}),
    "header": (limits.HEADER_TEXT, lambda text: {"type": "header", "text": plain(text)}),
    "context": (limits.CONTEXT_TEXT, lambda text: {"type": "context", "elements": [mrkdwn(text)]}),
    "block_id": (limits.BLOCK_ID, lambda text: section(block_id=text)),
    "button text": (limits.BUTTON_TEXT, lambda text: actions(button(text=plain(text)))),
    "button value": (limits.BUTTON_VALUE, lambda text: actions(button(value=text))),
    "button label": (limits.BUTTON_LABEL, lambda text: actions(button(accessibility_label=text))),
    "button url": (limits.URL, lambda text: actions(button(url=ADDRESS + text[len(ADDRESS) :]))),
    "action_id": (limits.ACTION_ID, lambda text: actions(button(text))),
    "option text": (limits.OPTION_TEXT, lambda text: select(options=[option(text=text)])),
    "option value": (limits.OPTION_VALUE, lambda text: select(options=[option(text)])),
    "option description": (limits.OPTION_DESCRIPTION, lambda text: select(options=[option(description=plain(text))])),
    "placeholder": (limits.PLACEHOLDER, lambda text: select(placeholder=plain(text))),
    "confirm title": (limits.CONFIRM_TITLE, lambda text: confirm(title=plain(text))),
    "confirm text": (limits.CONFIRM_TEXT, lambda text: confirm(text=mrkdwn(text))),
    "confirm button": (limits.CONFIRM_BUTTON, lambda text: confirm(confirm=plain(text))),
    "image alt text": (limits.IMAGE_ALT, lambda text: image(alt_text=text)),
    "image title": (limits.IMAGE_TITLE, lambda text: image(title=plain(text))),
    "image url": (limits.IMAGE_URL, lambda text: image(image_url=ADDRESS + text[len(ADDRESS) :])),
    "input label": (limits.INPUT_LABEL, lambda text: asking(label=plain(text))),
    "input hint": (limits.INPUT_HINT, lambda text: asking(hint=plain(text))),
    "markdown": (limits.MARKDOWN_TEXT, lambda text: {"type": "markdown", "text": text}),
    "table text": (limits.TABLE_TEXT, lambda text: table(text=text)),
    "chart title": (limits.CHART_TITLE, lambda text: chart(title=text)),
    "chart label": (limits.CHART_LABEL, lambda text: chart(label=text)),
    "chart axis": (limits.CHART_AXIS_LABEL, lambda text: chart(x_label=text)),
}

COUNTS: dict[str, tuple[int, int, Callable[[int], JSON]]] = {
    "section fields": (
        1,
        limits.SECTION_FIELDS,
        lambda count: {"type": "section", "fields": [mrkdwn("x")] * count},
    ),
    "context elements": (
        1,
        limits.CONTEXT_ELEMENTS,
        lambda count: {"type": "context", "elements": [mrkdwn("x")] * count},
    ),
    "actions": (1, limits.ACTIONS_ELEMENTS, lambda count: actions(*(button(str(number)) for number in range(count)))),
    "select options": (1, limits.SELECT_OPTIONS, lambda count: select(options=options(count))),
    "overflow options": (
        limits.OVERFLOW_OPTIONS_MIN,
        limits.OVERFLOW_OPTIONS,
        lambda count: actions({"type": "overflow", "action_id": "o", "options": options(count)}),
    ),
    "radio buttons": (
        1,
        limits.CHOICES,
        lambda count: actions({"type": "radio_buttons", "action_id": "r", "options": options(count)}),
    ),
    "table rows": (1, limits.TABLE_ROWS, lambda count: table(rows=count)),
    "table columns": (1, limits.TABLE_COLUMNS, lambda count: table(columns=count)),
    "column settings": (1, limits.TABLE_COLUMNS, lambda count: table(column_settings=[{"align": "right"}] * count)),
    "data table rows": (limits.DATA_TABLE_ROWS_MIN, limits.DATA_TABLE_ROWS, lambda count: data_table(rows=count)),
    "data table columns": (1, limits.TABLE_COLUMNS, lambda count: data_table(columns=count)),
    "chart points": (1, limits.CHART_POINTS, lambda count: chart(points=count)),
    "chart series": (1, limits.CHART_SERIES, lambda count: chart(series=count)),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_text_may_be_as_long_as_its_limit_and_no_longer(name: str) -> None:
    longest, block = LENGTHS[name]

    assert codes(block("x" * longest)) == set()
    assert codes(block("x" * (longest + 1))) - {"blocks_too_long"} == {"too_long"}


@pytest.mark.parametrize("name", [name for name in LENGTHS if not name.endswith("url")])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_text_says_something(name: str, nothing: str) -> None:
    _, block = LENGTHS[name]
    if name == "chart label" and not nothing:
        return  # the helper takes "" for "any label"
    if name == "table text" and nothing:
        return  # a cell may be blank, not empty

    assert codes(block(nothing)) == {"empty"}


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_may_be_as_long_as_its_limit_and_no_longer(name: str) -> None:
    _, most, block = COUNTS[name]

    assert codes(block(most)) == set()
    assert codes(block(most + 1)) == {"too_many"}


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_may_be_as_short_as_its_limit_and_no_shorter(name: str) -> None:
    least, _, block = COUNTS[name]

    assert codes(block(least)) == set()
    assert "too_few" in codes(block(least - 1))


@pytest.mark.parametrize(
    ("surface", "most"),
    [("message", limits.MESSAGE_BLOCKS), ("modal", limits.VIEW_BLOCKS), ("home", limits.VIEW_BLOCKS)],
)
def test_a_surface_takes_so_many_blocks_and_no_more(surface: str, most: int) -> None:
    def payload(count: int) -> JSON:
        blocks = [{"type": "divider"}] * count
        return {
            "message": {"text": "t", "blocks": blocks},
            "modal": modal(blocks=blocks),
            "home": {"type": "home", "blocks": blocks},
        }[surface]

    assert problems(payload(most), surface) == []
    assert [one.code for one in problems(payload(most + 1), surface)] == ["too_many"]


def test_the_text_of_a_message_may_be_as_long_as_slack_keeps() -> None:
    assert problems({"text": "x" * limits.TEXT}, "message") == []
    assert [one.pointer for one in problems({"text": "x" * (limits.TEXT + 1)}, "message")] == ["/text"]


def test_the_text_of_all_blocks_together_is_bounded() -> None:
    whole = limits.BLOCKS_TEXT // limits.SECTION_TEXT
    full = [section("x" * limits.SECTION_TEXT)] * whole

    assert problems({"text": "t", "blocks": full}, "message") == []
    over = problems({"text": "t", "blocks": [*full, section("y")]}, "message")
    assert [(one.pointer, one.code) for one in over] == [("/blocks", "blocks_too_long")]


@pytest.mark.parametrize(
    ("name", "longest"),
    [
        ("private_metadata", limits.VIEW_PRIVATE_METADATA),
        ("callback_id", limits.VIEW_CALLBACK_ID),
        ("external_id", limits.VIEW_EXTERNAL_ID),
    ],
)
@pytest.mark.parametrize("surface", ["modal", "home"])
def test_what_a_view_carries_is_bounded(surface: str, name: str, longest: int) -> None:
    def view(text: str) -> JSON:
        body = modal() if surface == "modal" else {"type": "home", "blocks": [section()]}
        return body | {name: text}

    assert problems(view("x" * longest), surface) == []
    assert [one.code for one in problems(view("x" * (longest + 1)), surface)] == ["too_long"]


@pytest.mark.parametrize(
    ("name", "longest"),
    [("title", limits.VIEW_TITLE), ("submit", limits.VIEW_SUBMIT), ("close", limits.VIEW_CLOSE)],
)
def test_a_modals_own_words_are_bounded(name: str, longest: int) -> None:
    assert problems(modal(**{name: plain("x" * longest)}), "modal") == []
    assert [one.code for one in problems(modal(**{name: plain("x" * (longest + 1))}), "modal")] == ["too_long"]


def test_metadata_is_bounded() -> None:
    def metadata(length: int) -> JSON:
        return {"text": "t", "metadata": {"event_type": "e", "event_payload": {"a": "x" * length}}}

    overhead = limits.METADATA_BYTES - len('{"event_type": "e", "event_payload": {"a": ""}}')

    assert problems(metadata(overhead), "message") == []
    assert [one.code for one in problems(metadata(overhead + 1), "message")] == ["metadata_too_large"]


@pytest.mark.parametrize(
    ("least", "most", "block"),
    [
        (0, limits.RICH_TEXT_INDENT, bullets),
        (1, limits.DATA_TABLE_PAGE, lambda size: data_table(page_size=size)),
        (0, limits.TABLE_COLUMNS - 1, lambda index: data_table(row_header_column_index=index)),
    ],
)
def test_a_number_stays_in_its_range(least: int, most: int, block: Callable[[int], JSON]) -> None:
    assert codes(block(least)) == codes(block(most)) == set()
    assert codes(block(least - 1)) == codes(block(most + 1)) == {"bad_range"}


def test_one_table_and_two_charts_to_a_message() -> None:
    assert problems({"text": "t", "blocks": [table(), chart(), chart()]}, "message") == []
    over = problems({"text": "t", "blocks": [table(), table(), chart(), chart(), chart()]}, "message")
    assert [(one.pointer, one.code) for one in over] == [
        ("/blocks/1", "only_one_table"),
        ("/blocks/4", "too_many_charts"),
    ]


def test_quoted_words_count_towards_the_whole() -> None:
    runs = [{"type": "text", "text": "x" * 4_000}] * 3

    assert codes(rich(*runs)) == set()
    assert codes(rich(*runs, {"type": "link", "url": ADDRESS, "text": "y"})) == {"blocks_too_long"}
