"""How words are understood, before anything is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intents import LONGEST, parse_intent
from bot.intents.wanted import (
    Add,
    AskForce,
    Help,
    Latest,
    ListSubscriptions,
    NextRuns,
    Preview,
    ShowRelease,
    Status,
    Subscribe,
    TooLong,
    Unsubscribe,
)
from bot.understanding import asks_elsewhere
from summaries.types import Pillar


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Help()),
        ("   ", Help()),
        ("help", Help()),
        ("HELP Subscribe", Help("subscribe")),
        ("Hampshire", AskForce("Hampshire")),
        ("Hampshire 2016", AskForce("Hampshire", 2016)),
        ("2016 Hampshire", AskForce("Hampshire", 2016)),
        ("Hampshire legitimacy", AskForce("Hampshire", None, Pillar.LEGITIMACY)),
        ("Thames Valley Legitimacy 2016?", AskForce("Thames Valley", 2016, Pillar.LEGITIMACY)),
        ("/hmic Hampshire", AskForce("Hampshire")),
        ("<@U00HMIC> Hampshire", AskForce("Hampshire")),
        ("Hampshire :wave:", AskForce("Hampshire")),
        ("“Hampshire”", AskForce('"Hampshire"')),
        ("Devon &amp; Cornwall", AskForce("Devon & Cornwall")),
        ("legitimacy", AskForce("legitimacy")),
        ("2016", AskForce("2016")),
        ("latest", Latest()),
        ("Latest!", Latest()),
        ("status", Status()),
        ("subscribe all daily 08:30", Subscribe("all daily 08:30")),
        ("subscribe", Subscribe("")),
        ("subscriptions", ListSubscriptions()),
        ("unsubscribe 3", Unsubscribe("3")),
        ("preview", Preview()),
        ("next", NextRuns()),
        ("add https://a.org/x", Add(("https://a.org/x",))),
        ("ADD <https://a.org/x?y=1&amp;z=2>", Add(("https://a.org/x?y=1&z=2",))),
        ("<https://a.org/x|a.org/x>", Add(("https://a.org/x",))),
        ("<@U00HMIC> add <https://a.org/a:b:c/>", Add(("https://a.org/a:b:c/",))),
        ("https://a.org/x https://a.org/y https://a.org/x", Add(("https://a.org/x", "https://a.org/y"))),
        ("add a.org/x", Add(("https://a.org/x",))),
        ("add", Add(())),
        ("add Hampshire", Add(())),
        ("add https://a.org/" + "x" * LONGEST, Add(("https://a.org/" + "x" * LONGEST,))),
        ("what of <https://a.org>", Add(("https://a.org",))),
        ("<@U00HMIC> <https://a.org/x|a.org/x> what is this?", Add(("https://a.org/x",))),
        ("https://a.org/x what is this?", Add(("https://a.org/x",))),
        ("What is this: https://a.org/x?", Add(("https://a.org/x",))),
        (
            "this one (<https://a.org/x>), and (https://a.org/y_(z)), please",
            Add(("https://a.org/x", "https://a.org/y_(z)")),
        ),
        ("Have you seen <https://a.org/x>, or https://a.org/y, or both?", Add(("https://a.org/x", "https://a.org/y"))),
        ("see https://a.org/" + "x" * LONGEST, Add(("https://a.org/" + "x" * LONGEST,))),
        ("https://a.org " + "x" * (LONGEST + 1), TooLong(LONGEST + 15)),
        ("subscribe <https://a.org>", Subscribe("https://a.org")),
        ("status https://a.org", Status()),
        ("what about a.org/x", AskForce("what about a.org/x")),
        ("R-12", ShowRelease(12)),
        ("r12", ShowRelease(12)),
        ("R-12.2\u00a0¶3", ShowRelease(12, 2)),
        ("x" * (LONGEST + 1), TooLong(LONGEST + 1)),
    ],
)
def test_words_mean_what_the_grammar_says(typed: str, meant: object) -> None:
    assert parse_intent(typed) == meant


@given(st.text())
def test_no_words_are_beyond_understanding(typed: str) -> None:
    assert parse_intent(typed) is not None


@given(st.text(max_size=100))
def test_case_and_surrounding_space_do_not_change_the_verb(rest: str) -> None:
    assert type(parse_intent(f"  SUBSCRIBE {rest}")) is Subscribe


@pytest.mark.parametrize(
    ("typed", "waits"),
    [
        ("add https://a.org/x", True),
        ("https://a.org", True),
        ("what is https://a.org?", True),
        ("add", False),
        ("Hampshire", False),
        ("export csv", True),
        ("please could I download Kent as CSV?", True),
    ],
)
def test_only_addresses_and_files_are_waited_for(typed: str, waits: bool) -> None:
    assert asks_elsewhere(typed) is waits
