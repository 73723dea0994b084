"""Slack's markup: what is escaped, what is not, and what the terminal shows of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.mrkdwn import Mrkdwn, code, conversation, escape, link, moment, person, plain, unescape


@given(st.text())
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text())
def test_escaped_text_holds_nothing_slack_would_parse_as_a_mention_or_link(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)


def test_only_three_characters_are_escaped() -> None:
    assert escape("""'a' "b" & <c>""") == """'a' "b" &amp; &lt;c&gt;"""


def test_markup_is_not_escaped_twice() -> None:
    assert escape(Mrkdwn("<https://example.org|a>")) == "<https://example.org|a>"
    assert escape(escape("<")) == "&lt;"


@given(st.text(), st.text())
def test_a_link_is_one_link_whatever_its_parts(url: str, label: str) -> None:
    made = link("https://example.org/" + url, label)

    assert re.fullmatch(r"<https://example\.org/[^|<>]*\|[^|<>]*>", made, re.DOTALL)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "no address"])
def test_an_address_that_is_not_of_the_web_is_left_out(url: str) -> None:
    assert link(url, "label") == "label"


def test_something_to_type_cannot_end_its_code_marks() -> None:
    assert code("a`b") == "`aˋb`"


@pytest.mark.parametrize("user_id", ["hmic", "U1>", "<!channel>", ""])
def test_only_an_id_becomes_a_mention(user_id: str) -> None:
    assert "<" not in person(user_id)
    assert person("U01OKAFOR") == "<@U01OKAFOR>"


@pytest.mark.parametrize("channel_id", ["", "<!channel>", "c01", "U01OKAFOR", "C01|x", "C01>"])
def test_a_conversation_that_is_no_channel_is_never_linked_to(channel_id: str) -> None:
    assert "<" not in conversation(channel_id)
    assert conversation("C01INSPECT") == "<#C01INSPECT>"
    assert plain(conversation("C01INSPECT")) == "#C01INSPECT"


def test_the_terminal_shows_links_dates_and_marks_as_words() -> None:
    when = moment(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    markup = f"*Next*: {when}, {link('https://example.org/a', 'the page')} _now_ `/hmic help` &lt;b&gt;"

    assert plain(markup) == "Next: 23 November 2026 08:30 UTC, the page (https://example.org/a) now /hmic help <b>"


@pytest.mark.parametrize("text", ["snake_case_name", "2*3*4", "a * b * c"])
def test_the_terminal_keeps_marks_that_are_not_markup(text: str) -> None:
    assert plain(text) == text
