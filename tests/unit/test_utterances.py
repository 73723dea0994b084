"""What people write, and what it is understood as: a table reviewed by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intents import VERBS, parse_intent
from bot.intents.wanted import AskForce
from bot.understanding import Understood, understand
from summaries.errors import AmbiguousBody, NotUnderstood, UnknownBody
from summaries.forces import Ambiguous, NoMatch, match_force
from summaries.query import parse_filter
from summaries.subscriptions import parse_subscribe

TABLE = Path(__file__).resolve().parents[1] / "golden" / "utterances.toml"
BY_SECTION: dict[str, dict[str, str]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
UTTERANCES = [(said, meant) for section in BY_SECTION.values() for said, meant in section.items()]
OF_FILTERS = {"latest", "grades", "compare", "history", "changed"}


def outcome(understood: Understood) -> str:
    """What is done with words, in the table's notation."""
    if understood.nearly:
        return f"?did you mean: {understood.nearly}"
    if not understood.sure:
        return "?abstain"
    return _unclear_name(understood.words) or understood.words


def _unclear_name(words: str) -> str | None:
    intent = parse_intent(words)
    if isinstance(intent, AskForce):
        match match_force(intent.name):
            case Ambiguous() as unclear:
                return "?ambiguous: " + "|".join(sorted(body.id for body in unclear.bodies))
            case NoMatch(nearest) if nearest:
                return f"?near: {nearest[0].body.id}"
        return None
    verb, _, rest = words.partition(" ")
    try:
        if verb == "subscribe":
            parse_filter(parse_subscribe(rest).filter_text)
        elif verb == "search" and rest:
            parse_filter(rest, bare="text")
        elif verb in OF_FILTERS and rest:
            parse_filter(rest)
    except AmbiguousBody as unclear:
        return "?ambiguous: " + "|".join(sorted(body.id for body in unclear.facts["candidates"]))  # type: ignore[attr-defined]
    except UnknownBody as unclear:
        nearest = unclear.facts["candidates"]
        return f"?near: {nearest[0].id}" if nearest else f"?unknown: {unclear}"  # type: ignore[index]
    except NotUnderstood:
        return None
    return None


@pytest.mark.parametrize(("said", "meant"), UTTERANCES)
def test_what_people_write_is_understood_as_the_table_says(said: str, meant: str) -> None:
    assert outcome(understand(said)) == meant


def test_the_table_is_large_and_covers_every_verb() -> None:
    verbs = {meant.removeprefix("?did you mean: ").partition(" ")[0] for _, meant in UTTERANCES}

    assert len(UTTERANCES) >= 400
    assert set(VERBS) <= verbs


@pytest.mark.parametrize("said", [said for said, meant in UTTERANCES if not meant.startswith("?")])
def test_what_was_understood_is_itself_understood_the_same(said: str) -> None:
    once = understand(said).words

    assert understand(once).words == once


@given(st.text(max_size=400), st.sampled_from([None, "Kent 2016", "search vetting", "compare Kent, Essex", "R-5", "x"]))
def test_no_words_break_the_understanding(said: str, last: str | None) -> None:
    understood = understand(said, last)

    assert understood.intent is not None
    assert understood.carried == () or last is not None
