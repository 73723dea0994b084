"""What follows from an outcome, decided without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import make_delivery
from hypothesis import given
from hypothesis import strategies as st

from summaries.delivery import Delivery, DeliveryKind, DeliveryState, Outcome, OutcomeKind, Sighting
from summaries.outcomes import OutboxSettings, after_call, after_sighting, after_waiting
from summaries.payloads import fingerprint

START = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
ENDED = START + timedelta(seconds=3)
SETTINGS = OutboxSettings()


def sending(attempt: int = 1) -> Delivery:
    return replace(
        make_delivery(at=START),
        state=DeliveryState.SENDING,
        owner="w1",
        lease_until=START + timedelta(seconds=60),
        expires_at=START + timedelta(hours=24),
        attempt=attempt,
        attempt_started_at=START,
    )


def after(outcome: Outcome, *, attempt: int = 1, jitter: float = 1.0) -> Delivery:
    return after_call(sending(attempt), outcome, ENDED, SETTINGS, jitter)


def seconds_to_wait(delivery: Delivery) -> float:
    return (delivery.next_at - ENDED).total_seconds()


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (OutcomeKind.SENT, DeliveryState.SENT),
        (OutcomeKind.NOT_SENT, DeliveryState.PENDING),
        (OutcomeKind.CHANNEL_GONE, DeliveryState.PAUSED),
        (OutcomeKind.WORKSPACE_GONE, DeliveryState.PAUSED),
        (OutcomeKind.BAD_CONTENT, DeliveryState.DEAD),
        (OutcomeKind.SLOW_RETRY, DeliveryState.PENDING),
        (OutcomeKind.MESSAGE_GONE, DeliveryState.DEAD),
        (OutcomeKind.AMBIGUOUS, DeliveryState.AMBIGUOUS),
    ],
)
def test_each_class_of_outcome_has_its_state_and_the_worker_lets_go(kind: OutcomeKind, state: DeliveryState) -> None:
    decided = after(Outcome(kind, ts="1.0" if kind is OutcomeKind.SENT else None, code="why"))
    assert decided.state is state
    assert (decided.owner, decided.lease_until) == (None, None)
    told = (None, None) if state is DeliveryState.SENT else (kind.value, "why")
    assert (decided.error_class, decided.error_code) == told


def test_a_message_said_to_be_sent_without_a_timestamp_is_unknown() -> None:
    assert after(Outcome(OutcomeKind.SENT)).state is DeliveryState.AMBIGUOUS


PAINTED = {"text": "1 new", "blocks": [{"type": "divider"}], "unfurl_links": False}


def test_content_slack_refuses_is_said_once_more_in_words_and_then_given_up() -> None:
    refused = Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks")
    plainer = after_call(replace(sending(), payload=PAINTED), refused, ENDED, SETTINGS, 1)
    assert (plainer.state, plainer.next_at) == (DeliveryState.PENDING, ENDED)
    assert plainer.payload == {"text": "1 new", "unfurl_links": False}
    assert plainer.payload_hash == fingerprint(plainer.payload)
    assert after_call(plainer, refused, ENDED, SETTINGS, 1).state is DeliveryState.DEAD


def test_what_has_no_words_beside_its_blocks_is_not_posted_empty() -> None:
    refused = Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks")
    wordless = replace(sending(), payload={**PAINTED, "text": ""})
    assert after_call(wordless, refused, ENDED, SETTINGS, 1).state is DeliveryState.DEAD


def test_a_notice_to_a_person_who_cannot_be_reached_is_dead_and_waits_for_nothing() -> None:
    notice = replace(sending(), kind=DeliveryKind.NOTICE)
    gone = after_call(notice, Outcome(OutcomeKind.CHANNEL_GONE, code="user_disabled"), ENDED, SETTINGS, 1)
    assert (gone.state, gone.error_class, gone.error_code) == (DeliveryState.DEAD, "channel_gone", "user_disabled")
    refused = Outcome(OutcomeKind.WORKSPACE_GONE, code="token_revoked")
    assert after_call(notice, refused, ENDED, SETTINGS, 1).state is DeliveryState.PAUSED


def test_an_edit_that_is_unknown_is_made_again_after_its_time_but_not_for_ever() -> None:
    edit = replace(sending(), kind=DeliveryKind.EDIT, target_id="x", target_ts="1.0")
    unknown_edit = after_call(edit, Outcome(OutcomeKind.AMBIGUOUS), ENDED, SETTINGS, 1)
    assert (unknown_edit.state, unknown_edit.next_at) == (DeliveryState.AMBIGUOUS, START + timedelta(seconds=15 + 120))
    assert after_waiting(unknown_edit, ENDED).state is DeliveryState.PENDING
    last = replace(unknown_edit, attempt_started_at=START + timedelta(hours=24))
    assert (after_waiting(last, ENDED).state, after_waiting(last, ENDED).error_class) == (DeliveryState.DEAD, "expired")


def test_the_back_off_doubles_to_a_quarter_of_an_hour() -> None:
    waits = [seconds_to_wait(after(Outcome(OutcomeKind.NOT_SENT), attempt=attempt)) for attempt in (1, 2, 3, 9, 10, 99)]
    assert waits == [2, 4, 8, 512, 900, 900]


@given(st.integers(1, 10_000), st.floats(0, 1), st.none() | st.integers(0, 5000))
def test_the_back_off_is_never_less_than_slack_asked_for(attempt: int, jitter: float, asked: int | None) -> None:
    outcome = Outcome(OutcomeKind.NOT_SENT, retry_after=asked)
    wait = seconds_to_wait(after(outcome, attempt=attempt, jitter=jitter))
    assert 0 <= wait <= max(900, asked or 0)
    assert wait >= (asked or 0)


def test_a_slow_retry_waits_the_longest_back_off_at_once() -> None:
    assert seconds_to_wait(after(Outcome(OutcomeKind.SLOW_RETRY), jitter=0)) == 900
    assert seconds_to_wait(after(Outcome(OutcomeKind.SLOW_RETRY, retry_after=3600))) == 3600


def test_the_unknown_is_settled_after_the_call_had_its_time_and_slack_its_own() -> None:
    assert after(Outcome(OutcomeKind.AMBIGUOUS)).next_at == START + timedelta(seconds=15 + 120)


def test_a_call_that_ended_late_is_settled_later() -> None:
    late = START + timedelta(seconds=40)
    decided = after_call(sending(), Outcome(OutcomeKind.AMBIGUOUS), late, SETTINGS, 0)
    assert decided.next_at == late + timedelta(seconds=120)


def unknown() -> Delivery:
    return replace(sending(), state=DeliveryState.AMBIGUOUS, error_class="ambiguous")


def test_a_message_found_was_sent() -> None:
    decided = after_sighting(unknown(), Sighting(found=True, ts="7.0"), ENDED)
    assert (decided.state, decided.slack_ts, decided.error_class) == (DeliveryState.SENT, "7.0", None)
    assert decided.owner is None


def test_a_message_absent_was_not_sent() -> None:
    decided = after_sighting(unknown(), Sighting(found=False), ENDED)
    assert (decided.state, decided.next_at, decided.owner) == (DeliveryState.PENDING, ENDED, None)


def test_what_cannot_be_read_waits_for_a_person_and_is_not_posted_again() -> None:
    decided = after_sighting(unknown(), Sighting(found=False, readable=False, code="missing_scope"), ENDED)
    assert decided.state is DeliveryState.NEEDS_REVIEW
    assert (decided.error_class, decided.error_code) == ("unreadable", "missing_scope")


def test_a_message_said_to_be_found_without_a_timestamp_waits_for_a_person() -> None:
    assert after_sighting(unknown(), Sighting(found=True), ENDED).state is DeliveryState.NEEDS_REVIEW


def test_reading_is_tried_again_when_slack_says_so_until_the_delivery_expires() -> None:
    down = Sighting(found=False, readable=False, code="ReadTimeout", retry_after=60)
    decided = after_sighting(unknown(), down, ENDED)
    assert (decided.state, seconds_to_wait(decided)) == (DeliveryState.AMBIGUOUS, 60)
    assert after_sighting(unknown(), down, START + timedelta(hours=24)).state is DeliveryState.NEEDS_REVIEW


def test_being_asked_to_read_less_often_is_never_left_to_a_person_and_what_was_read_is_kept() -> None:
    busy = Sighting(found=False, readable=False, code="ratelimited", retry_after=60, searched_to="5.0")
    decided = after_sighting(unknown(), busy, START + timedelta(days=9))
    assert (decided.state, decided.searched_to) == (DeliveryState.AMBIGUOUS, "5.0")
    assert decided.next_at == unknown().next_at
    assert after_sighting(decided, Sighting(found=False), ENDED).searched_to is None


def test_a_search_whose_page_cannot_be_read_lets_others_go_first_and_keeps_its_place() -> None:
    down = Sighting(found=False, readable=False, code="ReadTimeout", retry_after=60, searched_to="5.0")
    decided = after_sighting(unknown(), down, ENDED)
    assert (decided.state, decided.searched_to, seconds_to_wait(decided)) == (DeliveryState.AMBIGUOUS, "5.0", 60)


def begun(**since: float) -> Delivery:
    """An attempt begun so long after the first."""
    return replace(sending(7), attempt_started_at=START + timedelta(**since))


@pytest.mark.parametrize("kind", [OutcomeKind.NOT_SENT, OutcomeKind.SLOW_RETRY])
def test_a_delivery_is_given_up_by_the_first_call_refused_that_began_a_day_after_its_first(kind: OutcomeKind) -> None:
    refused = Outcome(kind, code="ratelimited")
    much_later = START + timedelta(days=9)
    last_but_one = after_call(begun(hours=23, minutes=59), refused, much_later, SETTINGS, 1)
    assert last_but_one.state is DeliveryState.PENDING
    given_up = after_call(begun(hours=24), refused, much_later, SETTINGS, 1)
    assert (given_up.state, given_up.error_class, given_up.error_code) == (
        DeliveryState.DEAD,
        "expired",
        "ratelimited",
    )


def test_a_delivery_is_given_up_when_the_call_that_began_a_day_after_its_first_left_no_message() -> None:
    absent = Sighting(found=False)
    much_later = START + timedelta(days=9)
    assert after_sighting(begun(hours=23), absent, much_later).state is DeliveryState.PENDING
    given_up = after_sighting(begun(hours=24), absent, much_later)
    assert (given_up.state, given_up.error_class) == (DeliveryState.DEAD, "expired")


def test_a_call_that_succeeds_however_late_is_sent() -> None:
    assert (
        after_call(begun(days=9), Outcome(OutcomeKind.SENT, ts="1.0"), ENDED, SETTINGS, 1).state is DeliveryState.SENT
    )


def test_a_lease_shorter_than_a_call_is_refused() -> None:
    with pytest.raises(ValueError, match="lease_seconds"):
        OutboxSettings(lease_seconds=17, http_timeout_seconds=15, margin_seconds=2)
