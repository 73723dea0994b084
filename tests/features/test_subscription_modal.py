"""A subscription filled in as a form: the same as by command, looked at before it is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from stage import Stage, staged

from bot.slack.sealing import Seal
from summaries.subscriptions import list_subscriptions

if TYPE_CHECKING:
    from bot.workspace.model import View
    from summaries.delivery import Subscription

CHANNEL = "C01INSPECT"
FILLED = {
    "what": "Hampshire legitimacy -topic:custody",
    "when": "monthly",
    "time": "09:15",
    "weekday": "Tue",
    "nth": "2nd",
    "where": "here",
    "zone": "Europe/Paris",
    "layout": "compact",
    "detail": "titles",
    "empty": "note",
    "quiet_from": "18:00",
    "quiet_until": "08:00",
    "quiet_days": ["weekends", "holidays"],
    "also": ["hold"],
}
SAID = (
    "Hampshire legitimacy -topic:custody monthly 2nd Tue 09:15 empty:note layout:compact detail:titles "
    "quiet:18:00-08:00,weekends,holidays hold:yes urgent:no zone:Europe/Paris"
)


def opened(stage: Stage, command: str = "/hmic subscribe", who: str = "Maya", channel: str = "#inspections") -> View:
    person = stage.workspace.person(who)
    assert person.command(channel, command) == []
    view = person.modal()
    assert view is not None
    return view


def values(view: View, **changed: str | list[str] | None) -> dict[str, Any]:
    """What is entered in a form: what it shows, but for what is `changed`."""
    given: dict[str, Any] = {}
    for block in view.body["blocks"]:
        if block["type"] != "input":
            continue
        field, element = block["block_id"], block["element"]
        given[field] = {element["action_id"]: _entry(element, changed[field]) if field in changed else _shown(element)}
    return given


def _entry(element: dict[str, Any], value: str | list[str] | None) -> dict[str, Any]:
    options = {one["value"]: one for one in element.get("options", ())}
    match element["type"]:
        case "static_select":
            return {"selected_option": options[value] if isinstance(value, str) else None}
        case "checkboxes":
            return {"selected_options": [options[one] for one in value or ()]}
        case "timepicker":
            return {"selected_time": value}
        case _:
            return {"value": value}


def _shown(element: dict[str, Any]) -> dict[str, Any]:
    match element["type"]:
        case "static_select":
            return {"selected_option": element.get("initial_option")}
        case "checkboxes":
            return {"selected_options": element.get("initial_options", [])}
        case "timepicker":
            return {"selected_time": element.get("initial_time")}
        case _:
            return {"value": element.get("initial_value")}


def submit(stage: Stage, view: View, who: str = "Maya", **changed: str | list[str] | None) -> dict[str, str]:
    return stage.workspace.person(who).submit(view, values(view, **changed))


def made(stage: Stage, channel: str = CHANNEL) -> list[Subscription]:
    held = list_subscriptions(stage.bot.database, team_id="T01RIPLEY", channel_id=channel)
    return [replace(one, id=0) for one in held]


def words(view: View | None) -> str:
    assert view is not None
    return "\n".join(block["text"]["text"] for block in view.body["blocks"] if block["type"] in {"header", "section"})


def test_the_form_and_the_command_make_the_very_same_subscription(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    assert submit(stage, opened(stage), **FILLED) == {}  # type: ignore[arg-type]
    look = maya.modal()
    assert look is not None
    assert maya.submit(look, {}) == {}
    [by_form] = made(stage)
    stage.ask("unsubscribe 1")

    stage.follow(SAID)

    assert made(stage) == [by_form]
    assert by_form.created_by == maya.id


def test_nothing_is_saved_before_the_proposal_was_looked_at(stage: Stage) -> None:
    submit(stage, opened(stage), what="Hampshire", when="weekly", weekday="Mon")
    look = stage.workspace.person("Maya").modal()

    assert "Nothing is saved yet" in words(look)
    assert "1 release of the 5 held" in words(look)
    assert "every Monday at 08:30" in words(look)
    assert made(stage) == []


def test_what_was_started_by_form_is_told_to_the_channel(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    submit(stage, opened(stage), what="all")
    look = maya.modal()
    assert look is not None
    maya.submit(look, {})

    assert words(maya.modal()).startswith("Following every release")
    [told] = stage.posts()
    assert told.text.startswith("Following every release")


def test_what_is_asked_for_in_person_is_told_in_direct_messages_alone(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    submit(stage, opened(stage), what="all", where="me")
    look = maya.modal()
    assert look is not None
    maya.submit(look, {})

    assert made(stage) == []
    assert len(made(stage, maya.id)) == 1
    assert stage.posts() == []
    assert stage.sees("dm")[-1].text.startswith("Following every release")


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"what": "Hampshrie"}, "what", "Hampshire"),
        ({"what": "WMP"}, "what", "West Mercia"),
        ({"what": "all weekly Mon"}, "what", "fields of their own"),
        ({"what": "all layout:flat"}, "what", "fields of their own"),
        ({"what": "all me"}, "what", "fields of their own"),
        ({"what": "wibble:x"}, "what", "wibble"),
        ({"when": "weekly"}, "weekday", "Choose the day"),
        ({"when": "monthly", "weekday": "Mon"}, "nth", "Choose the week"),
        ({"zone": "Europe/Lundon"}, "zone", "Europe/London"),
        ({"zone": "somewhere else"}, "zone", "is not a time zone"),
        ({"quiet_from": "18:00"}, "quiet_until", "both ends"),
        ({"quiet_until": "18:00"}, "quiet_from", "both ends"),
        ({"quiet_from": "18:00", "quiet_until": "18:00"}, "quiet_until", "another end"),
        ({"quiet_from": "18:00", "quiet_until": "09:00"}, "time", "within the quiet hours"),
    ],
)
def test_what_is_wrong_is_said_under_its_field(stage: Stage, changed: dict[str, str], field: str, said: str) -> None:
    view = opened(stage)
    problems = submit(stage, view, **{"what": "all", **changed})

    assert list(problems) == [field]
    assert said in problems[field]
    assert "`" not in problems[field]
    assert stage.workspace.person("Maya").modal() == view
    assert made(stage) == []


def test_change_details_of_a_proposal_opens_the_form_with_what_was_said(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    stage.press(stage.ask(f"subscribe {SAID}"), "Change details")
    view = maya.modal()
    assert view is not None
    assert submit(stage, view) == {}
    look = maya.modal()
    assert look is not None
    maya.submit(look, {})
    [by_form] = made(stage)
    stage.ask("unsubscribe 1")

    stage.follow(SAID)
    assert made(stage) == [by_form]


def test_the_form_of_a_subscription_changes_it_and_tells_what_it_was(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon quiet:weekends")
    view = opened(stage, "/hmic change 1")
    assert submit(stage, view, what="all", time="10:00", quiet_days=[], also=["urgent", "hold"]) == {}

    [changed] = made(stage)
    assert (changed.filter, changed.hold, changed.quiet.weekends, changed.urgent) == ("all", True, False, True)
    told = stage.posts()[-1].text
    assert told.startswith("Changed number 1: every release")
    assert "*When*: every Monday at 10:00 (Europe/London) (before: every Monday at 08:30 (Europe/London))" in told
    assert "*Approval*: each digest waits until somebody approves it" in told
    assert "*Layout*" not in told


def test_a_form_that_changes_nothing_says_so_to_its_person_alone(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon quiet:weekends")
    before = len(stage.posts())
    assert submit(stage, opened(stage, "/hmic change 1")) == {}

    assert words(stage.workspace.person("Maya").modal()).startswith("Number 1 was like that already")
    assert len(stage.posts()) == before


def test_the_form_of_what_another_channel_follows_is_not_opened(stage: Stage) -> None:
    stage.follow("all now")

    assert "no such subscription here" in stage.ask("change 1", channel="#newsroom").text
    assert stage.workspace.person("Maya").modal() is None


def test_a_form_opened_for_somebody_else_is_not_taken(stage: Stage) -> None:
    view = opened(stage)
    view.body["private_metadata"] = _sealed(stage, user_id=stage.workspace.person("Tom").id)

    assert "opened by somebody else" in submit(stage, view, what="all")["what"]
    assert made(stage) == []


def test_a_form_altered_to_be_of_another_channel_is_not_taken(stage: Stage) -> None:
    view = opened(stage)
    sealed = view.body["private_metadata"]
    view.body["private_metadata"] = sealed.replace(CHANNEL, "C02NEWSROOM")

    assert view.body["private_metadata"] != sealed
    assert "opened by somebody else" in submit(stage, view, what="all")["what"]
    assert made(stage, "C02NEWSROOM") == []


def test_a_proposal_altered_on_its_way_starts_nothing(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    submit(stage, opened(stage), what="Hampshire")
    look = maya.modal()
    assert look is not None
    look.body["private_metadata"] = look.body["private_metadata"].replace("Hampshire", "all")
    maya.submit(look, {})

    assert made(stage) == []


def _sealed(stage: Stage, *, user_id: str) -> str:
    token = stage.workspace.core.config.bot_token
    return Seal(token).close({"channel": CHANNEL}, team_id="T01RIPLEY", user_id=user_id)


def test_in_direct_messages_the_form_follows_in_person(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    view = opened(stage, channel="dm")
    assert "where" not in values(view)
    submit(stage, view, what="all")
    look = maya.modal()
    assert look is not None
    maya.submit(look, {})

    [mine] = made(stage, maya.id)
    assert (mine.target, mine.channel_id) == ("person", maya.id)


def test_a_form_that_slack_does_not_open_is_answered_in_words(seeded_url: str) -> None:
    with staged(seeded_url, trigger_seconds=-1.0) as late:
        assert "`subscribe all daily 08:30`" in late.ask("subscribe").text
        [answer] = late.press(late.ask("subscribe Hampshire weekly Mon"), "Change details")
        assert answer.text.startswith("Follow Hampshire and Isle of Wight Constabulary?")
