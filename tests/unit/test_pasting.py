"""What Slack makes of a pasted release is undone; a question is not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pasting import looks_pasted, source_text

PARAGRAPH = "Kent Police was inspected, and this is what was found. " * 3


@pytest.mark.parametrize(
    ("sent", "was"),
    [
        ("Devon &amp; Cornwall &lt;all&gt;", "Devon & Cornwall <all>"),
        ("see <https://a.org/x?y=1&amp;z=2>", "see https://a.org/x?y=1&z=2"),
        ("see <http://www.a.org|www.a.org>", "see www.a.org"),
        ("see <https://www.a.org/|www.a.org>", "see www.a.org"),
        ("read <https://a.org/report|the report>", "read [the report](https://a.org/report)"),
        ("read <https://a.org/r_(1)|the report>", "read the report"),
        ("write to <mailto:press@a.org|press@a.org>", "write to press@a.org"),
        ("write to <mailto:press@a.org>", "write to press@a.org"),
        ("call <tel:0123|0123>", "call 0123"),
        ("on <!date^1392734382^{date}|18 February 2014>", "on 18 February 2014"),
        ("<!here> <@U1> <#C1|general>", "@here @U1 #general"),
        ("a < b", "a < b"),
    ],
)
def test_each_escape_becomes_what_was_printed(sent: str, was: str) -> None:
    assert source_text(sent) == was


@given(st.text(alphabet=st.characters(exclude_characters="<>&")))
def test_text_without_escapes_stays_as_it_is(text: str) -> None:
    assert source_text(text) == text


@given(st.text())
def test_whatever_was_typed_comes_back_from_slacks_escaping(text: str) -> None:
    assert source_text(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == text


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        (f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}", True),
        (f"{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}", True),
        (f"{PARAGRAPH}\n\n{PARAGRAPH * 2}", False),
        ("Kent\n\nEssex\n\nSurrey", False),
        (f"/hmic {PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}", False),
        ("", False),
    ],
)
def test_a_release_is_long_and_of_several_paragraphs(text: str, looks: bool) -> None:
    assert looks_pasted(text) is looks
