"""What Slack's answer to a digest comes to, by what really went over the wire."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import make_delivery

from bot.slack.errors import kind_of
from bot.slack.poster import SlackPoster
from bot.workspace.config import WorkspaceConfig
from bot.workspace.faults import Fault
from bot.workspace.server import Workspace, create_workspace
from summaries.delivery import DeliveryKind, OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.delivery import Delivery

CHANNEL = "C01INSPECT"
NOW = datetime.now(UTC)


def delivery(number: int = 1, *, channel: str = CHANNEL, thread_ts: str | None = None) -> Delivery:
    return replace(make_delivery(channel_id=channel), id=f"delivery-{number}", thread_ts=thread_ts)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    made = create_workspace(WorkspaceConfig(history_objects=2))
    with made.serve_in_thread():
        yield made


@pytest.fixture
def poster(workspace: Workspace) -> Iterator[SlackPoster]:
    with contextlib.closing(
        SlackPoster(base_url=workspace.api_url, token_of=lambda _: workspace.config.bot_token, timeout=0.5)
    ) as made:
        yield made


def test_what_slack_takes_is_sent_with_its_timestamp_and_found_again(workspace: Workspace, poster: SlackPoster) -> None:
    outcome = poster.post(delivery())

    assert outcome.kind is OutcomeKind.SENT
    assert poster.find(delivery(), since=NOW - timedelta(1), until=NOW + timedelta(1)).ts == outcome.ts


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.RATE_LIMITED, OutcomeKind.NOT_SENT),
        (Fault.ERROR_BEFORE, OutcomeKind.AMBIGUOUS),
        (Fault.ERROR_AFTER, OutcomeKind.AMBIGUOUS),
        (Fault.LOST_REPLY, OutcomeKind.AMBIGUOUS),
        (Fault.HANG, OutcomeKind.AMBIGUOUS),
        (Fault.TRUNCATED, OutcomeKind.AMBIGUOUS),
        (Fault.ARCHIVED, OutcomeKind.CHANNEL_GONE),
        (Fault.KICKED, OutcomeKind.CHANNEL_GONE),
        (Fault.REVOKED, OutcomeKind.WORKSPACE_GONE),
    ],
)
def test_each_way_of_going_wrong_has_its_class(
    workspace: Workspace, poster: SlackPoster, fault: Fault, kind: OutcomeKind
) -> None:
    workspace.faults.next("chat.postMessage", fault, seconds=2)

    assert poster.post(delivery()).kind is kind


def test_a_call_is_made_once_whatever_comes_of_it(workspace: Workspace, poster: SlackPoster) -> None:
    workspace.faults.next("chat.postMessage", Fault.LOST_REPLY)
    poster.post(delivery())

    assert [request.method for request in workspace.requests] == ["chat.postMessage"]


def test_retry_after_is_told_in_seconds(workspace: Workspace, poster: SlackPoster) -> None:
    workspace.faults.next("chat.postMessage", Fault.RATE_LIMITED, seconds=42)

    assert poster.post(delivery()).retry_after == 42


def test_retry_after_is_for_an_hour_at_most(workspace: Workspace, poster: SlackPoster) -> None:
    workspace.faults.next("chat.postMessage", Fault.RATE_LIMITED, seconds=90_000)

    assert poster.post(delivery()).retry_after == 3600


def test_a_server_that_is_not_there_got_nothing() -> None:
    with contextlib.closing(
        SlackPoster(base_url="http://127.0.0.1:9/api/", token_of=lambda _: "xoxb-1", timeout=1)
    ) as nobody:
        assert nobody.post(delivery()).kind is OutcomeKind.NOT_SENT
        assert not nobody.find(delivery(), since=NOW, until=NOW).readable


def test_a_message_slack_would_not_take_is_bad_content(poster: SlackPoster) -> None:
    refused = poster.post(replace(delivery(), payload={"text": "x", "blocks": [{"type": "nonsense"}]}))

    assert refused.kind is OutcomeKind.BAD_CONTENT
    assert refused.code == "invalid_blocks"


def test_one_delivery_is_not_taken_for_another(poster: SlackPoster) -> None:
    poster.post(delivery(1))

    assert not poster.find(delivery(2), since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_delivery_is_found_pages_back(poster: SlackPoster) -> None:
    for number in range(7):
        poster.post(delivery(number))

    assert poster.find(delivery(0), since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_reply_is_found_in_its_thread(poster: SlackPoster) -> None:
    parent = poster.post(delivery(1)).ts
    reply = delivery(2, thread_ts=parent)
    poster.post(reply)

    assert poster.find(reply, since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def test_a_digest_to_a_person_is_found_in_their_direct_messages(workspace: Workspace, poster: SlackPoster) -> None:
    personal = delivery(channel=workspace.person("Maya").id)
    poster.post(personal)

    assert poster.find(personal, since=NOW - timedelta(1), until=NOW + timedelta(1)).found


@pytest.mark.parametrize("fault", [Fault.REVOKED, Fault.KICKED])
def test_what_is_shut_to_us_is_to_be_looked_at_again(workspace: Workspace, poster: SlackPoster, fault: Fault) -> None:
    workspace.faults.next("conversations.history", fault)
    shut = poster.find(delivery(), since=NOW, until=NOW)
    nowhere = poster.find(delivery(channel="C0NOWHERE"), since=NOW, until=NOW)

    assert (shut.readable, shut.retry_after is None) == (False, False)
    assert fault is Fault.REVOKED or nowhere.retry_after is None


def test_a_channel_that_may_not_be_read_is_not_an_empty_one(poster: SlackPoster) -> None:
    sighting = poster.find(delivery(channel="C0NOWHERE"), since=NOW, until=NOW)

    assert not sighting.found
    assert not sighting.readable
    assert sighting.retry_after is None


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.RATE_LIMITED, Fault.TRUNCATED, Fault.LOST_REPLY])
def test_a_channel_that_cannot_be_read_now_is_read_later(
    workspace: Workspace, poster: SlackPoster, fault: Fault
) -> None:
    workspace.faults.next("conversations.history", fault, seconds=7)
    sighting = poster.find(delivery(), since=NOW, until=NOW)

    assert not sighting.readable
    assert sighting.retry_after


def edited(number: int, ts: str | None, *, channel: str = CHANNEL, **payload: object) -> Delivery:
    """An edit of the message of a delivery."""
    made = make_delivery(channel_id=channel)
    return replace(
        made,
        id=f"edit-of-{number}",
        kind=DeliveryKind.EDIT,
        target_id=f"delivery-{number}",
        target_ts=ts,
        payload={"text": "corrected", **payload},
    )


def test_an_edit_changes_text_and_blocks_and_the_message_can_still_be_found(
    workspace: Workspace, poster: SlackPoster
) -> None:
    blocks = [{"type": "divider"}]
    sent = poster.post(replace(delivery(), payload={"text": "1 new", "blocks": blocks}))
    outcome = poster.edit(edited(1, sent.ts, unfurl_links=False))

    assert (outcome.kind, outcome.ts) == (OutcomeKind.SENT, sent.ts)
    [message] = workspace.person("Tom").sees("#inspections")
    assert (message.text, message.blocks) == ("corrected", None)
    assert poster.find(delivery(), since=NOW - timedelta(1), until=NOW + timedelta(1)).ts == sent.ts


def test_an_edit_in_direct_messages_is_made_there(workspace: Workspace, poster: SlackPoster) -> None:
    maya = workspace.person("Maya")
    sent = poster.post(delivery(channel=maya.id))

    assert poster.edit(edited(1, sent.ts, channel=maya.id)).kind is OutcomeKind.SENT
    assert [message.text for message in maya.sees("dm")] == ["corrected"]


def test_an_edit_whose_place_could_not_be_asked_for_was_not_made(workspace: Workspace, poster: SlackPoster) -> None:
    maya = workspace.person("Maya")
    sent = poster.post(delivery(channel=maya.id))
    for fault in (Fault.LOST_REPLY, Fault.RATE_LIMITED):
        workspace.faults.next("conversations.open", fault, seconds=7)
        assert poster.edit(edited(1, sent.ts, channel=maya.id)).kind is OutcomeKind.NOT_SENT
    workspace.faults.next("conversations.open", Fault.REVOKED)
    assert poster.edit(edited(1, sent.ts, channel=maya.id)).kind is OutcomeKind.WORKSPACE_GONE


def test_an_edit_of_a_message_that_is_not_there_finds_it_gone(poster: SlackPoster) -> None:
    assert poster.edit(edited(1, "1.000001")).kind is OutcomeKind.MESSAGE_GONE


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.RATE_LIMITED, OutcomeKind.NOT_SENT),
        (Fault.ERROR_AFTER, OutcomeKind.AMBIGUOUS),
        (Fault.LOST_REPLY, OutcomeKind.AMBIGUOUS),
        (Fault.ARCHIVED, OutcomeKind.CHANNEL_GONE),
    ],
)
def test_an_edit_that_goes_wrong_has_its_class(
    workspace: Workspace, poster: SlackPoster, fault: Fault, kind: OutcomeKind
) -> None:
    sent = poster.post(delivery())
    workspace.faults.next("chat.update", fault, seconds=2)

    assert poster.edit(edited(1, sent.ts)).kind is kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("message_not_found", OutcomeKind.MESSAGE_GONE),
        ("cant_update_message", OutcomeKind.MESSAGE_GONE),
        ("edit_window_closed", OutcomeKind.MESSAGE_GONE),
        ("is_inactive", OutcomeKind.MESSAGE_GONE),
        ("restricted_action_of_a_new_kind", OutcomeKind.CHANNEL_GONE),
        ("restricted_action_thread_locked", OutcomeKind.MESSAGE_GONE),
        ("invalid_blocks_of_a_new_kind", OutcomeKind.BAD_CONTENT),
        ("token_expired", OutcomeKind.WORKSPACE_GONE),
        ("never_heard_of", OutcomeKind.AMBIGUOUS),
    ],
)
def test_each_word_of_refusal_has_its_class(word: str, kind: OutcomeKind) -> None:
    assert kind_of(word) is kind


def test_each_workspace_is_called_with_its_own_token(workspace: Workspace) -> None:
    tokens = {"T1": workspace.config.bot_token, "T2": "xoxb-of-another"}
    with contextlib.closing(SlackPoster(base_url=workspace.api_url, token_of=tokens.__getitem__, timeout=1)) as both:
        assert both.post(delivery()).kind is OutcomeKind.SENT
        assert both.post(replace(delivery(2), team_id="T2")).kind is OutcomeKind.WORKSPACE_GONE


def test_deliveries_seen_on_the_way_are_told_of(poster: SlackPoster) -> None:
    sent = [poster.post(delivery(number)).ts for number in range(3)]
    sighting = poster.find(delivery(0), since=NOW - timedelta(1), until=NOW + timedelta(1))

    assert sighting.ts == sent[0]
    assert sighting.others == {"delivery-1": sent[1], "delivery-2": sent[2]}


@pytest.mark.parametrize("in_thread", [False, True])
def test_a_look_that_had_to_stop_goes_on_where_it_was(in_thread: bool) -> None:
    time = [NOW.timestamp()]
    config = WorkspaceConfig(history_objects=2, history_per_minute=2, clock=lambda: time[0])
    made = create_workspace(config)
    with made.serve_in_thread(), contextlib.closing(_poster(made)) as poster:
        thread = poster.post(delivery(99)).ts if in_thread else None
        sent = [poster.post(delivery(number, thread_ts=thread)).ts for number in range(5)]
        wanted = delivery(4 if in_thread else 0, thread_ts=thread)
        stopped = poster.find(wanted, since=NOW - timedelta(1), until=NOW + timedelta(1))

        assert (stopped.found, stopped.readable, stopped.code) == (False, False, "ratelimited")
        assert stopped.searched_to in sent
        assert stopped.others
        assert set(stopped.others.values()) <= {*sent, thread}
        time[0] += 61
        gone_on = replace(wanted, searched_to=stopped.searched_to)
        assert poster.find(gone_on, since=NOW - timedelta(1), until=NOW + timedelta(1)).found
        time[0] += 61
        assert not poster.find(wanted, since=NOW - timedelta(1), until=NOW + timedelta(1)).found


def _poster(workspace: Workspace) -> SlackPoster:
    return SlackPoster(base_url=workspace.api_url, token_of=lambda _: workspace.config.bot_token, timeout=5)
