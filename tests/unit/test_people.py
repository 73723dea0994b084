"""Who is an admin: what Slack says of a person by their id, for some minutes, and whom a setting names."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from fakes import FakeClock
from sites import Answer, Site, reply

from bot.errors import CannotTellAdmins, MayNotReadPeople
from bot.slack.people import SlackPeople

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = "/users.info?user=U1"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def people(site: Site, clock: FakeClock) -> Iterator[SlackPeople]:
    with contextlib.closing(
        SlackPeople(
            api_base_url=site.url("/"), token_of=lambda team: f"xoxb-{team}", clock=clock, named=["U9"], timeout=20
        )
    ) as made:
        yield made


def user(**fields: object) -> Answer:
    told = {"ok": True, "user": {"id": "U1", "team_id": "T1", "is_admin": False, "is_owner": False, **fields}}
    return reply(200, json.dumps(told).encode())


@pytest.mark.parametrize(
    ("fields", "admin"),
    [
        ({"is_admin": True}, True),
        ({"is_owner": True}, True),
        ({"is_primary_owner": True}, True),
        ({}, False),
        ({"is_admin": True, "team_id": "T2"}, False),  # of the workspace that a shared channel comes from
        ({"is_admin": True, "is_stranger": True}, False),
        ({"is_admin": True, "deleted": True}, False),
        ({"name": "admin", "real_name": "U9", "profile": {"display_name": "U9"}}, False),
    ],
)
def test_admins_and_owners_of_this_very_workspace_are_admins_whatever_anybody_is_called(
    site: Site, people: SlackPeople, fields: dict[str, object], admin: bool
) -> None:
    site.plays(ASKED, user(**fields))

    assert people.is_admin("T1", "U1") is admin


def test_who_is_named_is_an_admin_and_slack_is_not_asked(site: Site, people: SlackPeople) -> None:
    assert people.is_admin("T1", "U9")
    assert site.paths() == []


def test_what_slack_said_holds_for_some_minutes_and_no_longer(
    site: Site, people: SlackPeople, clock: FakeClock
) -> None:
    site.plays(ASKED, user(is_admin=True))
    assert people.is_admin("T1", "U1")
    site.plays(ASKED, user())
    clock.advance(minutes=4)
    assert people.is_admin("T1", "U1")
    clock.advance(minutes=1)

    assert not people.is_admin("T1", "U1")
    assert site.paths() == [ASKED, ASKED]


def test_what_holds_in_one_workspace_says_nothing_of_another(site: Site, people: SlackPeople) -> None:
    site.plays(ASKED, user(is_admin=True))

    assert people.is_admin("T1", "U1")
    assert not people.is_admin("T2", "U1")
    assert [asked.headers["authorization"] for asked in site.asked] == ["Bearer xoxb-T1", "Bearer xoxb-T2"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(200, b'{"ok": false, "error": "missing_scope"}'), MayNotReadPeople),
        (reply(200, b'{"ok": false, "error": "internal_error"}'), CannotTellAdmins),
        (reply(200, b'{"ok": false, "error": "ratelimited"}'), CannotTellAdmins),
        (reply(502, b"<html>Bad gateway</html>"), CannotTellAdmins),
        (reply(200, b"[]"), CannotTellAdmins),
        (reply(200, b'{"ok": true, "user": {"is_ad'), CannotTellAdmins),
    ],
)
def test_when_slack_does_not_say_nobody_is_taken_for_an_admin_and_it_is_asked_again(
    site: Site, people: SlackPeople, answer: Answer, error: type[Exception]
) -> None:
    site.plays(ASKED, answer)
    with pytest.raises(error):
        people.is_admin("T1", "U1")
    site.plays(ASKED, user(is_admin=True))

    assert people.is_admin("T1", "U1")


def test_nobody_is_an_admin_whom_slack_does_not_know(site: Site, people: SlackPeople) -> None:
    site.plays(ASKED, reply(200, b'{"ok": false, "error": "user_not_found"}'))

    assert not people.is_admin("T1", "U1")
