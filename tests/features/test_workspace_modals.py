"""Modals and the Home tab: who may open them, what the bot is told, what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError
from starlette.responses import JSONResponse, Response
from workspace_bot import Clock, Stage, button, modal, section, staged

from bot.workspace.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(clock: Clock) -> Iterator[Stage]:
    with staged(clock=clock, answer_seconds=1.0) as stage:
        yield stage


def refused_view(stage: Stage, trigger: str) -> str:
    with pytest.raises(SlackApiError) as refused:
        stage.client.views_open(trigger_id=trigger, view=modal())
    return str(refused.value.response["error"])


def test_a_trigger_opens_one_modal_within_three_seconds(stage: Stage, clock: Clock) -> None:
    maya = stage.workspace.person("Maya")
    maya.command("#inspections", "/hmic subscribe")
    maya.command("#inspections", "/hmic subscribe")
    first, second = (one.body["trigger_id"] for one in stage.bot.of_kind("command"))

    stage.client.views_open(trigger_id=first, view=modal())

    assert refused_view(stage, first) == "exchanged_trigger_id"
    clock.now += 3.1
    assert refused_view(stage, second) == "expired_trigger_id"
    assert refused_view(stage, "1.2.f") == "invalid_trigger_id"


def opened(stage: Stage, **more: Any) -> Any:
    """A modal that Maya has before her."""
    maya = stage.workspace.person("Maya")
    maya.command("#inspections", "/hmic subscribe")
    stage.client.views_open(trigger_id=stage.bot.of_kind("command")[-1].body["trigger_id"], view=modal(**more))
    return maya.modal()


VALUES = {"words": {"entered": {"type": "plain_text_input", "value": "Kent"}}}


def test_submitting_a_modal_gives_the_bot_its_values_and_closes_it(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage, private_metadata="C01INSPECT")

    assert maya.submit(view, VALUES) == {}

    (submission,) = stage.bot.of_kind("view_submission")
    assert submission.body["view"]["state"]["values"] == VALUES
    assert submission.body["view"]["private_metadata"] == "C01INSPECT"
    assert maya.modal() is None


def test_a_modal_with_errors_stays_open_and_shows_them(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage)
    stage.bot.answers["view_submission"] = JSONResponse(
        {"response_action": "errors", "errors": {"words": "No such force."}}
    )

    assert maya.submit(view, VALUES) == {"words": "No such force."}
    assert maya.modal() == view


def test_a_modal_can_be_replaced_and_stacked_three_high(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage)
    stage.bot.answers["view_submission"] = JSONResponse({"response_action": "update", "view": modal(callback_id="two")})
    maya.submit(view, VALUES)
    shown = maya.modal()
    assert shown is not None
    assert shown.body["callback_id"] == "two"

    def press_for_trigger() -> str:
        maya.command("#inspections", "/hmic more")
        return str(stage.bot.of_kind("command")[-1].body["trigger_id"])

    for _ in range(2):
        stage.client.views_push(trigger_id=press_for_trigger(), view=modal())
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        stage.client.views_push(trigger_id=press_for_trigger(), view=modal())
    stage.bot.answers["view_submission"] = JSONResponse({"response_action": "clear"})
    maya.submit(shown, VALUES)
    assert maya.modal() is None


def test_an_update_of_a_view_that_has_moved_on_is_refused(stage: Stage) -> None:
    view = opened(stage)
    stale = view.hash
    stage.client.views_update(view_id=view.id, hash=stale, view=modal(callback_id="newer"))

    with pytest.raises(SlackApiError, match="hash_conflict"):
        stage.client.views_update(view_id=view.id, hash=stale, view=modal())


def test_closing_a_modal_is_told_only_when_asked_for(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.close(opened(stage))
    assert stage.bot.of_kind("view_closed") == []
    maya.close(opened(stage, notify_on_close=True))
    assert len(stage.bot.of_kind("view_closed")) == 1


def test_the_home_tab_shows_what_was_published_when_it_was_opened(stage: Stage) -> None:
    tom = stage.workspace.person("Tom")
    tom.open_home()
    assert stage.workspace.wait_idle()
    assert stage.bot.of_kind("event")[0].body["event"]["type"] == "app_home_opened"

    stage.client.views_publish(user_id=tom.id, view={"type": "home", "blocks": [section("Welcome"), button("go")]})

    home = tom.home()
    assert home is not None
    tom.press_in_view(home, "go")
    assert stage.bot.of_kind("block_actions")[0].body["view"]["type"] == "home"
    assert stage.workspace.person("Maya").home() is None


def test_a_view_that_slack_would_refuse_is_refused(stage: Stage) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        stage.client.views_publish(user_id="U01OKAFOR", view={"type": "home", "blocks": [section("x" * 3_001)]})


def test_a_modal_answered_with_one_that_slack_would_refuse_stays_and_is_a_notice(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage)
    stage.bot.answers["view_submission"] = JSONResponse({"response_action": "update", "view": modal(title="plain")})

    maya.submit(view, VALUES)

    assert maya.modal() == view
    assert "/title" in maya.notices()[0]


def test_a_form_the_bot_does_not_take_stays_open(stage: Stage) -> None:
    maya, view = stage.workspace.person("Maya"), opened(stage)
    stage.bot.answers["view_submission"] = Response(status_code=500)

    with pytest.raises(Refused):
        maya.submit(view, VALUES)

    assert maya.modal() == view
