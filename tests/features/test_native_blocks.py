"""Tables and charts by every door: natively where Slack knows them, the same words where it refuses them, once."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from stage import Stage, staged
from waiting import wait_for

from bot import web
from bot.app import create_bolt_app
from bot.listeners.commands import UNKNOWN
from bot.rendering.data_words import NATIVE
from bot.rendering.environment import TEMPLATES, Renderer
from bot.rendering.fallback import text_of
from bot.slack.client import create_client
from bot.slack.dispatch import Dispatcher
from bot.slack.responses import Responder
from bot.workspace.faults import RESPONSES, Fault
from bot.workspace.serving import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.workspace.model import Message, View

# Which database holds the releases makes no difference to what Slack takes.
pytestmark = pytest.mark.parametrize("seeded_url", ["sqlite"], indirect=True)

WORDS = [
    "Kent Police: effectiveness ✔ good · R-2 ¶3; efficiency – not graded",
    "Forces by year (forces)",
    "2015: good 31",
    "2016: good 33",
]
TEMPLATE = """
{% from "_macros.j2" import actions, button with context %}
{% set grades = ["Kent Police", "✔ good · R-2 ¶3", "– not graded"] %}
{{ canvas.table([["Force", "effectiveness", "efficiency"], grades], "Grades") }}
{{ canvas.chart("Forces by year", ["2015", "2016"], [("good", [31, 33])], y_label="forces") }}
{% call actions() %}
{{ button("Again", "status") }}
{{ button("In its place", "status", "instead") }}
{{ button("Share", "status", "share") }}
{% endcall %}
"""


@pytest.fixture(params=[True, False], ids=["known", "refused"])
def known(request: pytest.FixtureRequest) -> bool:
    """Whether the workspace's clients know tables and charts."""
    return bool(request.param)


@pytest.fixture
def stage(seeded_url: str, known: bool, tmp_path: Path) -> Iterator[Stage]:
    """The bot, whose `status` and `help` are a table and a chart."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    for name in ("status.j2", "help.j2"):
        (folder / name).write_text(TEMPLATE, encoding="utf-8")
    with staged(seeded_url, data_blocks=known) as made:
        services = replace(made.bot.services, renderer=Renderer(folder))
        url = made.workspace.api_url
        app = create_bolt_app(
            services, token=made.workspace.config.bot_token, client=create_client(url), responder=Responder(url)
        )
        bot = replace(made.bot, services=services, dispatcher=Dispatcher(app, made.bot.database, made.clock))
        with in_thread(web.create_app(bot), made.workspace.core) as bot_url:
            made.workspace.connect(bot_url=f"{bot_url}/slack/events")
            yield replace(made, bot=bot)
            bot.dispatcher.inbox.close()


def shown(blocks: Any) -> list[str]:
    return [block["type"] for block in blocks if block["type"] in NATIVE]


def said_by(blocks: Any) -> list[str]:
    """The lines of a message under its table's caption."""
    return [line.removeprefix("• ") for line in text_of(blocks).splitlines()][1:]


def home(stage: Stage) -> View:
    """Maya's Home tab, once the bot has published it."""
    maya = stage.workspace.person("Maya")
    maya.open_home()
    wait_for(maya.home)
    view = maya.home()
    assert view is not None
    return view


def by_command(stage: Stage) -> None:
    stage.workspace.person("Maya").command("#inspections", "/hmic status")


def by_click(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.press(stage.ask("status"), "ask:0")


def by_sharing(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.press(stage.ask("status"), "share:2")


def by_mention(stage: Stage) -> None:
    stage.workspace.person("Maya").say("#inspections", "@hmic status")


def by_direct_message(stage: Stage) -> None:
    stage.workspace.person("Maya").say("dm", "status")


def by_click_at_home(stage: Stage) -> None:
    stage.workspace.person("Maya").press_in_view(home(stage), "ask:0")


@pytest.mark.parametrize(
    ("door", "place", "answers"),
    [
        (by_command, "#inspections", 1),
        (by_click, "#inspections", 2),
        (by_sharing, "#inspections", 2),
        (by_mention, "#inspections", 1),
        (by_direct_message, "dm", 1),
        (by_click_at_home, "dm", 1),
    ],
)
def test_a_table_and_a_chart_arrive_once_natively_or_in_the_same_words(
    stage: Stage, known: bool, door: Callable[[Stage], None], place: str, answers: int
) -> None:
    def arrived() -> list[Message]:
        return [one for one in stage.sees(place) if one.user == stage.workspace.config.bot_user_id]

    door(stage)
    wait_for(lambda: len(arrived()) >= answers)
    stage.workspace.wait_idle()

    assert len(arrived()) == answers
    for message in arrived():
        assert shown(message.blocks) == (["table", "data_visualization"] if known else [])
        assert message.text.splitlines()[1:] == WORDS
        assert said_by(message.blocks) == WORDS
    assert stage.workspace.notices == []


def test_an_answer_takes_the_place_of_the_message_clicked(stage: Stage, known: bool) -> None:
    maya = stage.workspace.person("Maya")
    [changed] = maya.press(stage.ask("status"), "instead:1")

    assert [bool(shown(one.blocks)) for one in stage.sees()] == [known]
    assert changed.text.splitlines()[1:] == WORDS


def test_the_home_tab_has_the_chart_in_words_and_the_table_where_it_is_known(stage: Stage, known: bool) -> None:
    blocks = home(stage).body["blocks"]

    assert shown(blocks) == (["table"] if known else [])
    assert said_by(blocks) == WORDS


@pytest.mark.parametrize("fault", [Fault.LOST_REPLY, Fault.ERROR_AFTER])
def test_after_a_lost_reply_a_command_is_not_answered_again_and_says_so(
    stage: Stage, known: bool, fault: Fault
) -> None:
    stage.workspace.faults.next(RESPONSES, fault)

    answers = stage.workspace.person("Maya").command("#inspections", "/hmic status")

    if known:
        assert [one.text for one in answers][1:] == [UNKNOWN]
        assert shown(answers[0].blocks) == ["table", "data_visualization"]
    else:
        assert [one.text for one in answers] == [UNKNOWN]


@pytest.mark.parametrize("fault", [Fault.LOST_REPLY, Fault.ERROR_AFTER])
def test_after_a_lost_reply_a_mention_is_not_answered_again(stage: Stage, known: bool, fault: Fault) -> None:
    stage.workspace.faults.next("chat.postMessage", fault)

    stage.workspace.person("Maya").say("#inspections", "@hmic status")
    wait_for(lambda: any(one.method == "chat.postMessage" for one in stage.workspace.requests))
    stage.workspace.wait_idle()
    stage.bot.dispatcher.inbox.close()

    posts = [one for one in stage.workspace.requests if one.method == "chat.postMessage"]
    assert len(posts) == 1
    assert len([one for one in stage.sees() if one.text.endswith(WORDS[-1])]) == known


def test_a_command_without_a_response_url_is_acknowledged_with_the_plain_form(stage: Stage) -> None:
    body = {"command": "/hmic", "text": "status", "team_id": "T01RIPLEY", "channel_id": "C01INSPECT", "user_id": "U01"}
    said = json.loads(stage.bot.dispatcher.handle(body).body)

    assert shown(said["blocks"]) == []
    assert said["text"].splitlines()[1:] == WORDS
    assert said["response_type"] == "ephemeral"
