"""What is filled in and what is typed are the same words, whatever the fields hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.filling_in import problems, words_of
from bot.intents import normalise
from bot.slack.sealing import Seal
from summaries.cadence import parse_cadence
from summaries.quiet import within_hours
from summaries.subscriptions import DEFAULTS, parse_subscribe

if TYPE_CHECKING:
    from bot.rendering.modal import Entered

ZONE = "Europe/London"
TIMES = st.times().map(lambda at: f"{at:%H:%M}")


@st.composite
def filled(draw: st.DrawFn) -> Entered:
    """A form filled in rightly."""
    quiet = draw(st.none() | st.tuples(TIMES, TIMES).filter(lambda hours: hours[0] != hours[1]))
    return {
        "what": draw(st.sampled_from(["all", "Kent", "Kent, Essex -topic:custody", '"the weekly reports"'])),
        "when": draw(st.sampled_from(["now", "daily", "weekdays", "weekly", "monthly"])),
        "time": draw(TIMES),
        "weekday": draw(st.sampled_from(["Mon", "Wed", "Sun"])),
        "nth": draw(st.sampled_from(["1st", "3rd", "last"])),
        "where": draw(st.sampled_from(["here", "me"])),
        "zone": draw(st.sampled_from([ZONE, "Asia/Kolkata", "UTC"])),
        "layout": draw(st.sampled_from(["thread", "flat", "compact"])),
        "detail": draw(st.sampled_from(["titles", "extract", "full"])),
        "empty": draw(st.sampled_from(["skip", "note"])),
        "quiet_from": quiet[0] if quiet else "",
        "quiet_until": quiet[1] if quiet else "",
        "quiet_days": frozenset(draw(st.sets(st.sampled_from(["weekends", "holidays"])))),
        "also": frozenset(draw(st.sets(st.sampled_from(["hold", "urgent"])))),
    }


@given(filled())
def test_the_words_of_a_form_say_every_field_of_it(form: Entered) -> None:
    words = words_of(form, "", zone=ZONE)
    wish = parse_subscribe(words.removeprefix("subscribe "))
    cadence, said = parse_cadence(wish.cadence_text), wish.options
    quiet = said.quiet or DEFAULTS.quiet

    assert words == normalise(words)
    assert wish.filter_text == form["what"]
    assert wish.target == {"here": "channel", "me": "person"}[str(form["where"])]
    assert cadence.kind == form["when"]
    assert cadence.at is None or f"{cadence.at:%H:%M}" == form["time"]
    assert (said.layout or DEFAULTS.layout) == form["layout"]
    assert (said.detail or DEFAULTS.detail) == form["detail"]
    assert (said.empty or DEFAULTS.empty) == form["empty"]
    assert (said.zone or ZONE) == form["zone"]
    assert (DEFAULTS.hold if said.hold is None else said.hold) is ("hold" in form["also"])
    assert (DEFAULTS.urgent if said.urgent is None else said.urgent) is ("urgent" in form["also"])
    assert quiet is not None
    assert {"weekends": quiet.weekends, "holidays": quiet.holidays} == {
        day: day in form["quiet_days"] for day in ("weekends", "holidays")
    }
    assert [f"{one:%H:%M}" for one in quiet.hours or ()] == [form["quiet_from"], form["quiet_until"]][
        : 2 * bool(form["quiet_from"])
    ]


@given(filled())
def test_a_form_filled_in_rightly_has_no_problem_but_a_time_in_its_own_quiet_hours(form: Entered) -> None:
    wish = parse_subscribe(words_of(form, "", zone=ZONE).removeprefix("subscribe "))
    at, quiet = parse_cadence(wish.cadence_text).at, wish.options.quiet
    clashes = at is not None and quiet is not None and within_hours(quiet, at)

    assert set(problems(form, {})) == ({"time"} if clashes else set())


@given(
    st.dictionaries(st.sampled_from(["what", "when", "time", "zone", "quiet_from", "weekday"]), st.text(max_size=40))
)
def test_no_form_is_beyond_understanding(form: dict[str, str]) -> None:
    assert isinstance(problems(dict(form), {}), dict)


@given(filled())
def test_the_words_that_change_a_subscription_say_every_option(form: Entered) -> None:
    words = words_of(form, "7", zone=ZONE)

    assert words.startswith(f"change 7 to {form['what']} {form['when']}")
    for key in ("empty", "layout", "detail", "quiet", "hold", "urgent", "zone"):
        assert f" {key}:" in words


@pytest.mark.parametrize("other", [{"team_id": "T2", "user_id": "U1"}, {"team_id": "T1", "user_id": "U2"}])
def test_a_seal_opens_for_its_person_alone(other: dict[str, str]) -> None:
    seal = Seal("a secret")
    sealed = seal.close({"channel": "C1"}, team_id="T1", user_id="U1")

    assert seal.open(sealed, team_id="T1", user_id="U1") == {"channel": "C1"}
    assert seal.open(sealed, **other) is None
    assert Seal("another secret").open(sealed, team_id="T1", user_id="U1") is None


@given(st.text(max_size=200))
def test_what_was_not_sealed_does_not_open(sealed: str) -> None:
    assert Seal("a secret").open(sealed, team_id="T1", user_id="U1") is None
