"""The same answers over Socket Mode, where the bot opens the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

from bot.errors import BadSettings
from bot.slack.socket_mode import SocketDoor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stage import Stage


@pytest.fixture
def socket_stage(stage: Stage) -> Iterator[Stage]:
    """The stage with a socket open and no request URL, so that nothing can arrive by HTTP."""
    door = SocketDoor(
        app_token=stage.workspace.config.app_token,
        base_url=stage.workspace.api_url,
        handle=stage.bot.dispatcher.handle,
    )
    door.open()
    wait_for(lambda: stage.workspace.core.sockets.connected)
    stage.workspace.connect(bot_url=f"{stage.url}/nowhere")
    yield stage
    door.close()


def test_a_command_is_answered_in_its_acknowledgement(socket_stage: Stage) -> None:
    assert socket_stage.ask("Hampshire").text.startswith("Hampshire and Isle of Wight Constabulary: good")


def test_a_command_with_the_word_payload_is_answered(socket_stage: Stage) -> None:
    assert "payload" in socket_stage.ask("payload").text


def test_a_click_is_answered(socket_stage: Stage) -> None:
    maya = socket_stage.workspace.person("Maya")

    [answer] = maya.press(socket_stage.ask("Hampshire"), "ask:0")

    assert answer.text.startswith("Hampshire Constabulary is 'good'")


def test_a_mention_and_a_direct_message_are_answered(socket_stage: Stage) -> None:
    maya = socket_stage.workspace.person("Maya")
    maya.say("#inspections", "@hmic leics")
    maya.say("dm", "TVP")
    wait_for(lambda: len(maya.sees("#inspections")) == 2 and len(maya.sees("dm")) == 2)

    assert maya.sees("#inspections")[1].text.startswith("Leicestershire Police: good")
    assert maya.sees("dm")[1].text.startswith("Thames Valley Police: good")


def test_a_refused_token_is_a_named_setting(stage: Stage) -> None:
    door = SocketDoor(app_token="xapp-wrong", base_url=stage.workspace.api_url, handle=stage.bot.dispatcher.handle)
    with pytest.raises(BadSettings, match="SLACK_APP_TOKEN was refused by Slack"):
        door.open()
    door.close()


def test_slack_out_of_reach_is_said_in_one_line(stage: Stage) -> None:
    door = SocketDoor(app_token="xapp-1", base_url="http://127.0.0.1:9/api/", handle=stage.bot.dispatcher.handle)
    with pytest.raises(BadSettings, match="Slack could not be reached"):
        door.open()
    door.close()
