"""What the validator accepts and refuses, limits aside: shapes, surfaces, ids, links, nulls."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.validator import Problem, problems

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = dict[str, Any]

CARD: JSON = {
    "text": "Hampshire Constabulary: <https://example.org/r|good>",
    "metadata": {"event_type": "delivery", "event_payload": {"delivery_id": "1"}},
    "blocks": [
        {"type": "header", "block_id": "top", "text": {"type": "plain_text", "text": "Hampshire", "emoji": False}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*Good* <!date^0^{date}|then> <@U01|m> &lt;b&gt;", "verbatim": True},
            "fields": [{"type": "plain_text", "text": "2016"}],
            "accessory": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A badge"},
        },
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_quote",
                    "border": 1,
                    "elements": [
                        {"type": "text", "text": " <script> & so on ", "style": {"bold": True, "italic": False}},
                        {"type": "link", "url": "mailto:press@example.org", "text": "write"},
                        {"type": "user", "user_id": "U01"},
                        {"type": "channel", "channel_id": "C01"},
                        {"type": "emoji", "name": "white_check_mark"},
                        {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "indent": 1,
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}],
                },
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a"}]},
            ],
        },
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "R-12"}]},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "follow",
                    "style": "primary",
                    "value": "43",
                    "text": {"type": "plain_text", "text": "Follow"},
                },
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [
                        {"text": {"type": "plain_text", "text": "a"}, "value": "a"},
                        {"text": {"type": "plain_text", "text": "b"}, "value": "b"},
                    ],
                },
            ],
        },
        {
            "type": "table",
            "column_settings": [{"align": "right", "is_wrapped": True}],
            "rows": [
                [
                    {"type": "raw_text", "text": "Kent"},
                    {"type": "raw_number", "value": 2.5, "text": "2.5"},
                    {
                        "type": "rich_text",
                        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Good"}]}],
                    },
                ]
            ],
        },
        {
            "type": "data_visualization",
            "title": "Grades",
            "chart": {"type": "pie", "segments": [{"label": "Good", "value": 3}, {"label": "Other", "value": 0.5}]},
        },
    ],
}


def found(payload: JSON, surface: str = "message") -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in problems(payload, surface)]


def of_block(block: JSON, surface: str = "message") -> list[tuple[str, str]]:
    """What is wrong with one block, its place left out."""
    blocks = [block]
    title = {"type": "plain_text", "text": "t"}
    payloads: dict[str, JSON] = {
        "message": {"text": "t", "blocks": blocks},
        "ephemeral": {"text": "t", "blocks": blocks},
        "modal": {"type": "modal", "title": title, "submit": title, "blocks": blocks},
        "home": {"type": "home", "blocks": blocks},
    }
    return [(pointer.removeprefix("/blocks/0"), code) for pointer, code in found(payloads[surface], surface)]


def section(text: str, **more: Any) -> JSON:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: JSON) -> JSON:
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> JSON:
    return {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Press"}, **more}


def rich(*parts: JSON) -> JSON:
    return {"type": "rich_text", "elements": list(parts)}


def run(*runs: JSON) -> JSON:
    return rich({"type": "rich_text_section", "elements": list(runs)})


ASKING: JSON = {
    "type": "input",
    "label": {"type": "plain_text", "text": "Force"},
    "element": {"type": "plain_text_input", "action_id": "force"},
}
DATA_TABLE: JSON = {
    "type": "data_table",
    "caption": "Grades",
    "rows": [[{"type": "raw_text", "text": "Force"}], [{"type": "raw_text", "text": "Kent"}]],
}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside a payload."""
    if at:
        yield at
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*at, key))


def put(payload: JSON, at: tuple[Any, ...], value: Any) -> JSON:
    """A copy of the payload with something else at one place."""
    changed = copy.deepcopy(payload)
    inner: Any = changed
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return changed


def test_a_whole_card_is_fine_as_a_message_and_as_an_ephemeral() -> None:
    assert problems(CARD, "message") == problems(CARD, "ephemeral") == []


@pytest.mark.parametrize("place", list(places(CARD)), ids=lambda place: "/".join(map(str, place)))
def test_a_null_anywhere_is_found(place: tuple[Any, ...]) -> None:
    assert problems(put(CARD, place, None), "message") != []


@given(
    st.sampled_from(list(places(CARD))), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)
)
def test_no_muddle_makes_the_check_itself_fail(place: tuple[Any, ...], muddle: Any) -> None:
    assert all(isinstance(one, Problem) for one in problems(put(CARD, place, muddle), "message"))


def test_a_problem_names_its_place_as_a_json_pointer_and_says_what_is_wrong() -> None:
    (problem,) = problems({"text": "t", "blocks": [{"type": "divider"}, section("x", **{"a/b~": 1})]}, "message")

    assert problem.pointer == "/blocks/1/a~1b~0"
    assert "not known" in problem.message


@pytest.mark.parametrize("blocks", [{}, {"blocks": [{"type": "divider"}]}])
@pytest.mark.parametrize("text", [{}, {"text": ""}, {"text": " \n"}])
def test_a_message_needs_text_of_its_own(text: JSON, blocks: JSON) -> None:
    assert found({**text, **blocks}) == [("/text", "no_text")]


def test_attachments_are_refused_because_nothing_in_them_is_checked() -> None:
    assert found({"text": "t", "attachments": [{"text": "x"}]}) == [("/attachments", "unknown_key")]


@pytest.mark.parametrize(
    ("metadata", "pointer"),
    [
        ({"event_type": "e"}, "/event_payload"),
        ({"event_payload": {}}, "/event_type"),
        ({"event_type": "e", "event_payload": []}, "/event_payload"),
        ({"event_type": "e", "event_payload": {"a": None}}, "/event_payload/a"),
        ({"event_type": "e", "event_payload": {}, "more": 1}, "/more"),
    ],
)
def test_metadata_has_a_type_and_a_payload(metadata: JSON, pointer: str) -> None:
    assert [place for place, _ in found({"text": "t", "metadata": metadata})] == [f"/metadata{pointer}"]


@pytest.mark.parametrize(
    "link",
    [
        "<https://example.org|there>",
        "<http://example.org/?a=1&amp;b=2>",
        "<mailto:a@example.org|write>",
        "<@U01>",
        "<@W01|maya>",
        "<#C01|inspections>",
        "<!date^1^{date}|then>",
        "<!subteam^S01>",
        "&lt;not a link&gt;",
        "a > b",
    ],
)
def test_markup_that_slack_reads_is_fine(link: str) -> None:
    assert of_block(section(f"see {link}.")) == []
    assert found({"text": link}) == []


@pytest.mark.parametrize(
    "link",
    ["<javascript:alert(1)|x>", "<b>", "a < b", "<https://example.org", "<ftp://example.org>", "<>", "< https://a>"],
)
def test_a_stray_angle_bracket_is_found_in_markup(link: str) -> None:
    assert of_block(section(link)) == [("/text/text", "bad_link")]
    assert found({"text": link}) == [("/text", "bad_link")]


def test_plain_text_and_quoted_words_may_hold_any_characters() -> None:
    assert of_block({"type": "header", "text": {"type": "plain_text", "text": "a < b"}}) == []
    assert of_block(run({"type": "text", "text": "<b> & <!channel>"})) == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org", "example.org", "https://", "https://a b", ""]
)
def test_an_address_is_http_https_or_mailto(url: str) -> None:
    assert of_block(actions(button(url=url))) == [("/elements/0/url", "bad_url")]
    assert of_block(run({"type": "link", "url": url})) == [("/elements/0/elements/0/url", "bad_url")]


@pytest.mark.parametrize(
    ("block", "good", "bad"),
    [
        ({"type": "markdown", "text": "# x"}, {"message", "ephemeral"}, {"modal", "home"}),
        (CARD["blocks"][-1], {"message", "ephemeral"}, {"modal", "home"}),
        (CARD["blocks"][-2], {"message", "ephemeral", "home"}, {"modal"}),
        (DATA_TABLE, {"message", "ephemeral", "home"}, {"modal"}),
        ({"type": "alert", "text": {"type": "mrkdwn", "text": "x"}, "level": "info"}, {"modal"}, {"message", "home"}),
        (ASKING, {"message", "modal", "home"}, set()),
        ({"type": "divider"}, {"message", "ephemeral", "modal", "home"}, set()),
    ],
)
def test_a_block_stands_only_where_slack_shows_it(block: JSON, good: set[str], bad: set[str]) -> None:
    assert {surface: of_block(block, surface) for surface in good} == {surface: [] for surface in good}
    wrong = [("/type", "wrong_surface")]
    assert {surface: of_block(block, surface) for surface in bad} == dict.fromkeys(bad, wrong)


@pytest.mark.parametrize(
    ("block", "pointer", "code"),
    [
        ({"type": "banner"}, "/type", "unknown_block"),
        ({}, "/type", "unknown_block"),
        ("divider", "", "wrong_type"),
        ({"type": "divider", "colour": "red"}, "/colour", "unknown_key"),
        ({"type": "section"}, "", "missing"),
        (section("x", fields=[]), "/fields", "too_few"),
        (section("x", accessory={"type": "banner"}), "/accessory/type", "unknown_element"),
        ({"type": "section", "text": "x"}, "/text", "wrong_type"),
        ({"type": "section", "text": {"type": "html", "text": "x"}}, "/text/type", "bad_choice"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}, "/text/emoji", "unknown_key"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/text/type", "bad_choice"),
        ({"type": "header", "text": {"type": "plain_text", "text": "x", "emoji": 1}}, "/text/emoji", "wrong_type"),
        ({"type": "header"}, "/text", "missing"),
        ({"type": "context", "elements": [button()]}, "/elements/0/type", "unknown_element"),
        ({"type": "image", "image_url": "https://a.org/a.png"}, "/alt_text", "missing"),
        ({"type": "image", "alt_text": "a"}, "", "missing"),
        (actions({"type": "plain_text_input", "action_id": "a"}), "/elements/0/type", "unknown_element"),
        (actions({"type": "button", "action_id": "a"}), "/elements/0/text", "missing"),
        (actions(button(style="loud")), "/elements/0/style", "bad_choice"),
        (actions({"type": "static_select", "action_id": "a"}), "/elements/0", "missing"),
        (run({"type": "shout", "text": "x"}), "/elements/0/elements/0/type", "unknown_element"),
        (run({"type": "text", "text": ""}), "/elements/0/elements/0/text", "empty"),
        (
            run({"type": "text", "text": "x", "style": {"loud": True}}),
            "/elements/0/elements/0/style/loud",
            "unknown_key",
        ),
        (run({"type": "text", "text": "x", "style": {"bold": 1}}), "/elements/0/elements/0/style/bold", "wrong_type"),
        (rich({"type": "text", "text": "x"}), "/elements/0/type", "unknown_element"),
        (
            rich({"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "x"}]}),
            "/elements/0/elements/0/type",
            "unknown_element",
        ),
        (
            rich({"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "x"}]}),
            "/elements/0/elements/0/type",
            "unknown_element",
        ),
        ({"type": "table", "rows": [[{"type": "mrkdwn", "text": "x"}]]}, "/rows/0/0/type", "unknown_element"),
        (
            {"type": "table", "rows": [[{"type": "raw_number", "value": "2", "text": "2"}]]},
            "/rows/0/0/value",
            "wrong_type",
        ),
        ({**DATA_TABLE, "caption": ""}, "/caption", "empty"),
    ],
)
def test_a_shape_that_slack_does_not_know_is_found_where_it_is(block: Any, pointer: str, code: str) -> None:
    assert of_block(block) == [(pointer, code)]


def test_ids_are_unique() -> None:
    twice = [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]

    assert found({"text": "t", "blocks": twice}) == [("/blocks/1/block_id", "duplicate_block_id")]
    assert of_block(actions(button(), button())) == [("/elements/1/action_id", "duplicate_action_id")]
    assert found({"text": "t", "blocks": [actions(button()), actions(button())]}) == []


def test_a_data_table_has_even_rows_and_a_plain_header() -> None:
    kent, rich_cell = {"type": "raw_text", "text": "Kent"}, run({"type": "text", "text": "x"})

    assert of_block({**DATA_TABLE, "rows": [[kent], [kent, kent]]}) == [("/rows", "uneven_rows")]
    assert of_block({**DATA_TABLE, "rows": [[rich_cell], [kent]]}) == [("/rows/0/0", "bad_choice")]
    assert of_block({**DATA_TABLE, "rows": [[kent], [rich_cell]]}) == []


def test_a_chart_has_one_point_a_category_and_no_empty_slice() -> None:
    axis = {"categories": ["a", "b"]}
    points = [{"label": "a", "value": 1}, {"label": "b", "value": -2}]

    def drawn(data: list[JSON]) -> JSON:
        chart = {"type": "line", "axis_config": axis, "series": [{"name": "n", "data": data}]}
        return {"type": "data_visualization", "title": "t", "chart": chart}

    pie = {"type": "pie", "segments": [{"label": "a", "value": 0}]}
    assert of_block(drawn(points)) == []
    assert of_block(drawn(points[:1])) == [("/chart/series/0/data", "uneven_series")]
    assert of_block(drawn(points[::-1])) == [("/chart/series/0/data", "uneven_series")]
    assert of_block({"type": "data_visualization", "title": "t", "chart": pie}) == [
        ("/chart/segments/0/value", "bad_range")
    ]


def test_a_modal_that_asks_can_be_submitted() -> None:
    title = {"type": "plain_text", "text": "t"}

    assert found({"type": "modal", "title": title, "blocks": [ASKING]}, "modal") == [("/submit", "missing")]
    assert found({"type": "modal", "blocks": [{"type": "divider"}]}, "modal") == [("/title", "missing")]
    assert found({"type": "home", "title": title, "blocks": [ASKING]}, "home") == [("/title", "unknown_key")]


@pytest.mark.parametrize(
    "element",
    [
        {"type": "static_select", "options": [{"text": {"type": "plain_text", "text": "a"}, "value": "a"}]},
        {"type": "external_select", "min_query_length": 2},
        {"type": "conversations_select", "default_to_current_conversation": True, "response_url_enabled": True},
        {"type": "multi_users_select", "max_selected_items": 3},
        {"type": "checkboxes", "options": [{"text": {"type": "mrkdwn", "text": "*a*"}, "value": "a"}]},
        {"type": "datepicker", "initial_date": "2026-01-31"},
        {"type": "timepicker", "initial_time": "08:30", "timezone": "Europe/London"},
        {"type": "number_input", "is_decimal_allowed": False},
        {"type": "email_text_input"},
        {"type": "plain_text_input", "multiline": True, "max_length": 100, "focus_on_load": True},
    ],
)
def test_every_input_we_ask_with_is_known(element: JSON) -> None:
    assert of_block({**ASKING, "element": {"action_id": "a", **element}}, "modal") == []


def test_a_payload_that_went_through_json_is_judged_the_same() -> None:
    assert problems(json.loads(json.dumps(CARD)), "message") == []
