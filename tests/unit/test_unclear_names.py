"""A name that is not clear is asked about with the whole command, whatever the command."""

from __future__ import annotations

import pytest

from bot.answers.unclear import named_clearly, which_body
from summaries.errors import UnknownBody
from summaries.forces import bodies


@pytest.mark.parametrize(
    ("command", "typed", "body", "meant"),
    [
        ("latest WMP", "WMP", "west-mercia", "latest West Mercia Police"),
        (
            "compare Kent, WMP pillar:legitimacy",
            "WMP",
            "west-midlands",
            "compare Kent, West Midlands Police pillar:legitimacy",
        ),
        ("search vetting force:WMP", "WMP", "west-mercia", "search vetting force:west-mercia"),
        (
            "search vetting force:kent,wmp year:2016",
            "WMP",
            "west-mercia",
            "search vetting force:kent,west-mercia year:2016",
        ),
        ('search x -force:"sussex fire"', "Sussex fire", "east-sussex-fire", "search x -force:east-sussex-fire"),
        ('history "Sussex fire"', "Sussex fire", "east-sussex-fire", "history East Sussex Fire and Rescue Service"),
        ("subscribe WMP weekly Mon me", "WMP", "west-mercia", "subscribe West Mercia Police weekly Mon me"),
        ("export a & s csv", "A & S", "avon-and-somerset", "export Avon and Somerset Constabulary csv"),
    ],
)
def test_the_name_typed_gives_way_to_the_bodys_own(command: str, typed: str, body: str, meant: str) -> None:
    assert named_clearly(command, typed, bodies()[body]) == meant


@pytest.mark.parametrize(("command", "typed"), [("latest Kent", "WMP"), ("latest Kent", ""), ("search wmps", "WMP")])
def test_a_name_that_is_not_in_the_command_is_replaced_nowhere(command: str, typed: str) -> None:
    assert named_clearly(command, typed, bodies()["west-mercia"]) is None


def test_a_name_like_none_is_answered_without_buttons() -> None:
    reply = which_body(UnknownBody("I know no body called “x”.", typed="x", candidates=()), "latest x")

    assert reply.context["offered"] == []
    assert reply.failed
