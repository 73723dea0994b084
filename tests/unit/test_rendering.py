"""Templates and the canvas they paint on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.ask import Ask
from bot.errors import TemplateProblem
from bot.rendering.canvas import Canvas
from bot.rendering.environment import TEMPLATES, Renderer
from bot.rendering.gate import check_quotations
from bot.rendering.message import Reply
from bot.rendering.rich_text import quoted_elements, text_elements
from bot.rendering.validator import problems
from bot.rendering.views import view
from summaries.errors import QuoteNotInText
from summaries.forces import bodies
from summaries.parsing import parse
from summaries.ports import StoredRelease
from summaries.query import Filter
from summaries.types import Evidence, RawRelease

if TYPE_CHECKING:
    from pathlib import Path

RENDERER = Renderer()
SEED = (TEMPLATES.parent / "seeds" / "004_6029efa0301d0f97.txt").read_text(encoding="utf-8")
NASTY = st.sampled_from(
    ["<!channel>", "<@U1>", "<#C1>", "<!here|x>", "&lt;!", "*b*", "`", "<https://x.org|y>", ">", "|"]
)


ASKED = {
    "ask": Ask("Hampshire 2016", "command"),
    "asked_words": "Hampshire 2016",
    "typed_words": "Hampshire 2016",
    "carried": (),
    "cut_short": False,
    "seen_by_everyone": False,
    "shared_by": None,
}


def stored(text: str) -> StoredRelease:
    [release] = parse(RawRelease("seeds/a.txt", text.encode(), "text/plain")).releases
    return StoredRelease(5, 5, 1, "v1:0", release, "seeds/a.txt", datetime(2026, 11, 21, tzinfo=UTC))


def folder(tmp_path: Path, template: str) -> Renderer:
    (tmp_path / "_macros.j2").write_text((TEMPLATES / "_macros.j2").read_text())
    imports = '{% from "_macros.j2" import header, section, actions, button with context %}'
    (tmp_path / "a.j2").write_text(imports + template)
    return Renderer(tmp_path)


@settings(max_examples=75)
@given(
    insertions=st.lists(st.tuples(st.integers(0, len(SEED)), NASTY), max_size=8),
    template=st.sampled_from(["card.j2", "release.j2", "latest.j2"]),
)
def test_no_text_of_a_release_becomes_a_mention(insertions: list[tuple[int, str]], template: str) -> None:
    text = SEED
    for place, words in sorted(insertions, reverse=True):
        text = text[:place] + words + text[place:]
    one = view(stored(text))
    body = bodies()["hampshire-and-isle-of-wight"]
    context = {
        "view": one,
        "views": [one],
        "total": 1,
        "earlier": 0,
        "printed": [],
        "region": None,
        "alternatives": [],
        "body": body,
    }
    message = RENDERER.render(Reply(template, {**context, **ASKED, "wanted": Filter()}))

    assert not re.search(r"<[!@#]", json.dumps(message.payload()))


def test_quoted_words_are_shown_exactly(tmp_path: Path) -> None:
    words = "a <!channel> & <@U1> b"

    assert "".join(element["text"] for element in text_elements(words)) == words


def test_emphasis_of_the_text_is_shown_as_emphasis() -> None:
    shown = quoted_elements("the report *Without Fear or Favour* and 2 * 3 * 4")

    assert [(one["text"], one.get("style")) for one in shown] == [
        ("the report ", None),
        ("Without Fear or Favour", {"italic": True}),
        (" and 2 * 3 * 4", None),
    ]


def test_text_outside_a_block_is_an_error_that_names_the_template(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match=r"a\.j2 has text outside a block: 'stray'"):
        folder(tmp_path, "{% call header() %}x{% endcall %}stray").render(Reply("a.j2"))


def test_a_template_without_a_block_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match="made no block"):
        folder(tmp_path, "{# nothing #}").render(Reply("a.j2"))


def test_an_undefined_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="'nobody' is undefined"):
        folder(tmp_path, "{% call header() %}{{ nobody }}{% endcall %}").render(Reply("a.j2"))


def test_an_unknown_value_is_never_printed(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match="not known"):
        folder(tmp_path, "{% call header() %}{{ value }}{% endcall %}").render(Reply("a.j2", {"value": None}))


def test_a_button_outside_its_row_is_an_error(tmp_path: Path) -> None:
    renderer = folder(tmp_path, '{% call header() %}x{% endcall %}{{ button("a", "b") }}')
    with pytest.raises(TemplateProblem, match="outside their row"):
        renderer.render(Reply("a.j2"))


def test_a_message_that_slack_would_refuse_is_an_error(tmp_path: Path) -> None:
    renderer = folder(tmp_path, "{% for n in range(51) %}{% call section() %}x{% endcall %}{% endfor %}")
    with pytest.raises(TemplateProblem, match=r"a\.j2"):
        renderer.render(Reply("a.j2"))


def test_data_is_escaped_and_html_entities_are_not_made(tmp_path: Path) -> None:
    renderer = folder(tmp_path, "{% call section() %}{{ value }}{% endcall %}")
    message = renderer.render(Reply("a.j2", {"value": 'it\'s <b> & "c"'}))

    assert message.text == 'it\'s &lt;b&gt; &amp; "c"'


def test_a_title_too_long_for_a_header_is_shown_whole_in_bold() -> None:
    canvas = Canvas()
    canvas.header("word " * 60)

    assert canvas.blocks[0]["type"] == "section"
    assert canvas.blocks[0]["text"]["text"].count("word") == 60


def test_a_long_section_goes_on_in_another_between_lines() -> None:
    canvas = Canvas()
    canvas.section("\n".join(f"line {number} " + "x" * 100 for number in range(60)))

    assert len(canvas.blocks) > 1
    assert not problems({"text": "t", "blocks": canvas.blocks}, "message")
    assert "\n".join(block["text"]["text"] for block in canvas.blocks).count("line ") == 60


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.j2")))
def test_no_template_opts_out_of_escaping_or_holds_json(template: str) -> None:
    source = (TEMPLATES / template).read_text()

    assert "|safe" not in source.replace(" ", "")
    assert '"type":' not in source


def test_the_gate_stops_words_that_are_not_in_the_text() -> None:
    one = view(stored(SEED))
    message = RENDERER.render(Reply("release.j2", {"view": one, **ASKED}))

    check_quotations(message, lambda number, revision: SEED.replace("\r\n", "\n"))
    with pytest.raises(QuoteNotInText):
        check_quotations(message, lambda number, revision: SEED.replace("credibility", "credence"))
    with pytest.raises(QuoteNotInText):
        check_quotations(message, lambda number, revision: None)


def test_the_gate_stops_words_shown_otherwise_than_they_stand() -> None:
    one = view(stored(SEED))
    message = RENDERER.render(Reply("release.j2", {"view": one, **ASKED}))
    first, *rest = message.quotations
    tampered = replace(message, quotations=[replace(first, shown=first.shown + "!"), *rest])

    with pytest.raises(QuoteNotInText):
        check_quotations(tampered, lambda number, revision: SEED)


def test_a_break_inside_a_quotation_is_shown_as_one_space() -> None:
    assert Evidence(0, 12, "As it\n\nstands").words == "As it stands"


def test_a_release_too_long_for_one_message_is_cut_between_passages_and_says_so() -> None:
    long = SEED.replace(
        '"The force does need',
        "".join(f'"Paragraph {n} says {"much " * 60}of it.\n\n' for n in range(60)) + '"The force does need',
    )
    message = RENDERER.render(Reply("release.j2", {"view": view(stored(long)), **ASKED}))

    assert not problems(message.payload(), "message")
    assert "too long to show here: read the original" in message.text or "more lines in the message" in message.text
    assert "too long to show here: read the original" in str(message.blocks)
    assert all(quotation.shown in str(message.blocks) for quotation in message.quotations[:3])


def test_a_passage_too_long_for_any_message_is_left_out_and_counted() -> None:
    long = SEED.replace("is good at identifying risks", "is good at " + "identifying risks and " * 700)
    message = RENDERER.render(Reply("release.j2", {"view": view(stored(long)), **ASKED}))

    assert "1 passage is too long to show here" in str(message.blocks)
    assert "fairness and respect" in message.text


def test_a_line_too_long_for_a_block_is_continued_between_words() -> None:
    canvas = Canvas()
    canvas.context("word " * 900)

    assert len(canvas.blocks) == 3
    assert sum(block["elements"][0]["text"].count("word") for block in canvas.blocks) == 900
