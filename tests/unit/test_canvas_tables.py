"""Tables, charts and found passages: Slack's own blocks, and the same in words."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import TemplateProblem
from bot.rendering import limits
from bot.rendering.canvas import Canvas
from bot.rendering.environment import TEMPLATES, Renderer
from bot.rendering.fallback import text_of
from bot.rendering.gate import check_quotations
from bot.rendering.message import Message, Reply
from bot.rendering.mrkdwn import Mrkdwn, escape
from bot.rendering.validator import problems
from summaries.parsing import parse
from summaries.ports import StoredRelease
from summaries.types import Evidence, RawRelease

if TYPE_CHECKING:
    from pathlib import Path

SEED = (TEMPLATES.parent / "seeds" / "004_6029efa0301d0f97.txt").read_text(encoding="utf-8")
GRADES = [["Force", "effectiveness", "efficiency"], ["Kent Police", "✔ good · R-2 ¶3", "★ outstanding · R-2 ¶4"]]
CELLS = st.one_of(st.text(max_size=90), st.sampled_from(["<!channel>", "<@U1>", "<", "a <!here> & <#C1>"]))
TABLES = st.tuples(st.integers(1, 22), st.integers(2, 110)).flatmap(
    lambda size: st.lists(
        st.lists(CELLS, min_size=size[0], max_size=size[0]), min_size=min(size[1], 12), max_size=min(size[1], 12)
    ).map(lambda rows: [rows[0], *(rows[1:] * 11)[: size[1] - 1]])
)


def stored(text: str = SEED) -> StoredRelease:
    [release] = parse(RawRelease("seeds/a.txt", text.encode(), "text/plain")).releases
    return StoredRelease(5, 5, 1, "v1:0", release, "seeds/a.txt", datetime(2026, 11, 21, tzinfo=UTC))


def message(canvas: Canvas) -> Message:
    return Message(text_of(canvas.blocks), canvas.blocks, tuple(canvas.quotations))


def types(blocks: Any) -> list[str]:
    return [block["type"] for block in blocks]


def span(text: str, words: str) -> Evidence:
    start = text.index(words)
    return Evidence.of(text, start, start + len(words))


def test_a_table_is_a_native_block_whose_text_needs_no_header_above_each_row() -> None:
    canvas = Canvas()
    canvas.table(GRADES, "Grades of PEEL 2016")

    assert types(canvas.blocks) == ["section", "table"]
    assert message(canvas).text.splitlines() == [
        "*Grades of PEEL 2016*",
        "Kent Police: effectiveness ✔ good · R-2 ¶3; efficiency ★ outstanding · R-2 ¶4",
    ]


def test_a_second_table_is_a_list_of_the_same_rows() -> None:
    canvas = Canvas()
    canvas.table(GRADES, "One")
    canvas.table(GRADES, "Two")

    assert types(canvas.blocks) == ["section", "table", "section", "rich_text"]
    assert message(canvas).text.splitlines()[3] == "• " + message(canvas).text.splitlines()[1]
    assert problems(message(canvas).payload(), "message") == []


@pytest.mark.parametrize(
    "rows",
    [
        [["Force", "grade"], *([f"Body {index}", "good"] for index in range(limits.TABLE_ROWS))],
        [[str(index) for index in range(limits.TABLE_COLUMNS + 1)]] * 2,
    ],
)
def test_a_table_with_too_many_rows_or_columns_is_a_list_with_all_of_them(rows: list[list[str]]) -> None:
    canvas = Canvas()
    canvas.table(rows, "Grades")

    assert types(canvas.blocks) == ["section", "rich_text"]
    assert len(canvas.blocks[1]["elements"][0]["elements"]) == len(rows) - 1
    assert problems(message(canvas).payload(), "message") == []


def test_a_list_too_long_for_the_message_is_cut_between_rows_and_says_how_many_more() -> None:
    canvas = Canvas()
    canvas.table([["Force", "grade"], *([f"Body {index}", "g" * 200] for index in range(150))], "Grades")

    [listed, more] = canvas.blocks[1]["elements"]
    shown = len(listed["elements"])
    assert 0 < shown < 150
    assert more["elements"][0]["text"] == f"and {150 - shown} more rows"
    assert all(item["elements"][1]["text"] == f": grade {'g' * 200}" for item in listed["elements"])


def test_markup_in_a_cell_is_shown_as_words_and_an_empty_cell_as_a_dash() -> None:
    canvas = Canvas()
    canvas.table([["", "said"], [Mrkdwn("Avon &amp; Somerset"), "  "]], "A & B")

    assert [[cell["text"] for cell in row] for row in canvas.blocks[1]["rows"]] == [
        ["–", "said"],
        ["Avon & Somerset", "–"],
    ]
    assert canvas.blocks[0]["text"]["text"] == "*A &amp; B*"
    assert message(canvas).text.endswith("Avon &amp; Somerset: said –")


@pytest.mark.parametrize("rows", [[], [["Force"]], [[], []], [["Force", "grade"], ["Kent"]]])
def test_rows_that_make_no_table_are_a_problem_of_the_template(rows: list[list[str]]) -> None:
    with pytest.raises(TemplateProblem):
        Canvas().table(rows, "Grades")


@settings(max_examples=30)
@given(rows=TABLES, again=TABLES)
def test_any_two_tables_pass_the_validator_natively_and_in_words(rows: list[list[str]], again: list[list[str]]) -> None:
    canvas = Canvas()
    canvas.table(rows, "One")
    canvas.table(again, "Two")
    whole = message(canvas)

    assert problems(whole.payload(), "message") == []
    assert problems(whole.plain().payload(), "message") == []
    assert not whole.plain().has_data
    assert not re.search(r"<[!@#]", json.dumps(whole.payload()))


def test_a_chart_says_the_same_numbers_as_text() -> None:
    canvas = Canvas()
    canvas.chart(
        "Forces by grade", ["2015", "2016"], [("good", [31, 1_200]), ("outstanding", [5, 2.5])], y_label="forces"
    )

    assert types(canvas.blocks) == ["data_visualization"]
    assert message(canvas).text.splitlines() == [
        "Forces by grade (forces)",
        "2015: good 31; outstanding 5",
        "2016: good 1,200; outstanding 2.5",
    ]
    assert problems(message(canvas).payload(), "message") == []


@pytest.mark.parametrize(
    ("title", "categories", "names"),
    [
        ("x" * 51, ["2015"], ["good"]),
        ("t", ["x" * 21], ["good"]),
        ("t", ["2015"], ["x" * 21]),
        ("t", [str(year) for year in range(21)], ["good"]),
        ("t", ["2015"], [str(name) for name in range(7)]),
    ],
)
def test_a_chart_too_large_or_with_too_long_a_label_is_a_list_with_its_words_whole(
    title: str, categories: list[str], names: list[str]
) -> None:
    canvas = Canvas()
    canvas.chart(title, categories, [(name, list(range(len(categories)))) for name in names])

    assert types(canvas.blocks) == ["rich_text"]
    assert problems(message(canvas).payload(), "message") == []
    assert all(word in message(canvas).text for word in [title, *categories, *names])


def test_a_third_chart_is_a_list() -> None:
    canvas = Canvas()
    for _ in range(3):
        canvas.chart("Forces", ["2015"], [("good", [1])], kind="bar")

    assert types(canvas.blocks) == ["data_visualization", "data_visualization", "rich_text"]
    assert problems(message(canvas).payload(), "message") == []


@pytest.mark.parametrize(
    ("kind", "series"), [("pie", [("good", [1.0])]), ("line", []), ("line", [("good", [1.0, 2.0])])]
)
def test_numbers_that_make_no_chart_are_a_problem_of_the_template(
    kind: str, series: list[tuple[str, list[float]]]
) -> None:
    with pytest.raises(TemplateProblem):
        Canvas().chart("Forces", ["2015"], series, kind=kind)


def test_templates_can_paint_tables_and_charts(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text(
        '{{ canvas.table(rows, "Grades") }}\n{{ canvas.chart("Forces", ["2015"], [("good", [1])], kind="area") }}'
    )
    made = Renderer(tmp_path).render(Reply("a.j2", {"rows": GRADES}))

    assert types(made.blocks) == ["section", "table", "data_visualization"]


def test_the_plain_form_says_what_the_native_one_says_and_keeps_the_other_blocks() -> None:
    canvas = Canvas()
    canvas.header("Kent Police")
    canvas.table(GRADES, "Grades")
    canvas.chart("Forces", ["2015"], [("good", [31])])
    whole = message(canvas)
    plain = whole.plain()

    assert types(plain.blocks) == ["header", "section", "rich_text", "rich_text"]
    assert (plain.text, plain.quotations) == (whole.text, whole.quotations)
    assert text_of(plain.blocks).replace("• ", "") == whole.text


def test_at_home_a_table_stays_and_a_chart_is_said_in_words() -> None:
    canvas = Canvas()
    canvas.table(GRADES, "Grades")
    canvas.chart("Forces", ["2015"], [("good", [31])])
    home = message(canvas).at_home()

    assert types(home.blocks) == ["section", "table", "rich_text"]
    assert problems({"type": "home", "blocks": home.blocks}, "home") == []


def test_a_found_sentence_has_its_marks_in_bold_its_neighbours_and_its_receipt() -> None:
    one = stored()
    text = one.release.text
    first, second, third = re.split(r"(?<=\.)\s", text[text.index("HMIC") :], maxsplit=3)[:3]
    before, sentence, after = (span(text, words) for words in (first, second, third))
    word = sentence.quote.split()[1]
    start = sentence.start + sentence.quote.index(word)
    canvas = Canvas()
    canvas.found(one, before, sentence, after, [Evidence.of(text, start, start + len(word))], "R-5 ¶1")

    [quote] = canvas.blocks[0]["elements"]
    bold = [element["text"] for element in quote["elements"] if element.get("style", {}).get("bold")]
    assert bold == [word]
    said = "".join(element["text"] for element in quote["elements"])
    assert said == f"{before.words} {sentence.words} {after.words}\nR-5 ¶1"
    assert [quotation.evidence for quotation in canvas.quotations] == [before, sentence, after]
    check_quotations(message(canvas), lambda *_: text)


@settings(max_examples=100)
@given(data=st.data(), quote=st.text(alphabet="ab *\n\t<!@é", min_size=1, max_size=40))
def test_marked_words_are_shown_whole_wherever_lines_break(data: st.DataObject, quote: str) -> None:
    edges = st.integers(0, len(quote))
    marks = [tuple(sorted((data.draw(edges), data.draw(edges)))) for _ in range(3)]
    canvas, evidence = Canvas(), Evidence(0, len(quote), quote)
    canvas.found(stored(), None, evidence, None, [Evidence.of(quote, *mark) for mark in marks], "R-5 ¶1")

    [block] = canvas.blocks[0]["elements"]
    runs = block["elements"][:-1]
    said = "".join(run["text"] for run in runs)
    assert said.replace("*", "") == evidence.words.replace("*", "")
    bold = "".join(run["text"] for run in runs if run.get("style", {}).get("bold"))
    covered = {at for start, end in marks for at in range(start, end)}
    wanted = "".join(quote[at] for at in sorted(covered) if not quote[at].isspace() and quote[at] != "*")
    assert re.sub(r"[\s*]", "", bold) == wanted


def test_neighbours_give_way_first_and_a_sentence_without_room_is_counted() -> None:
    one = stored()
    text = "x" * 3_000 + "y" * 3_000 + "z" * 3_000
    parts = [Evidence.of(text, start, start + 3_000) for start in (0, 3_000, 6_000)]
    canvas = Canvas()
    canvas.found(one, parts[0], parts[1], parts[2], [], "R-5 ¶1")
    canvas.found(one, None, parts[0], None, [], "R-5 ¶1")

    assert [quotation.evidence for quotation in canvas.quotations] == [parts[0], parts[1]]
    assert (len(canvas.blocks), canvas.left_out) == (1, 1)


def test_every_cell_is_escaped_in_the_text() -> None:
    canvas = Canvas()
    canvas.table([["Body", "said"], ["<!channel>", "a & b"]], "Grades")

    assert message(canvas).text.splitlines()[1] == escape("<!channel>: said a & b")
    assert problems(message(canvas).payload(), "message") == []
