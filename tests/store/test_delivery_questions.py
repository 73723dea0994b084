"""What the outbox is asked beside being worked through: who shows what, what waits, what a person decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import make_delivery

from summaries.delivery import Delivery, DeliveryKind, DeliveryState, DigestItem, Outcome, OutcomeKind, Window

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Subscription
    from summaries.ports import StoredRelease

HELD, PENDING, SENT = DeliveryState.HELD, DeliveryState.PENDING, DeliveryState.SENT
PAUSED, DEAD, AMBIGUOUS = DeliveryState.PAUSED, DeliveryState.DEAD, DeliveryState.AMBIGUOUS
NEEDS_REVIEW = DeliveryState.NEEDS_REVIEW


def window(follower: Follower, subscription: Subscription, seq: int = 1) -> Window:
    now = follower.clock.now()
    with follower.database.write() as work:
        opened = work.windows.open(Window(0, subscription.id, f"now/{seq:06}", seq - 1, seq, now, now, 1, now), [])
    assert opened is not None
    return opened


def owe(follower: Follower, made: Delivery, *shows: DigestItem) -> Delivery:
    with follower.database.write() as work:
        work.deliveries.add(made, shows)
    return made


def get(follower: Follower, wanted: Delivery) -> Delivery:
    with follower.database.read() as work:
        found = work.deliveries.get(wanted.id)
    assert found is not None
    return found


def item(release: StoredRelease, version: int = 1) -> DigestItem:
    return DigestItem(release, "new", version)


def numbers(follower: Follower, delivery: Delivery) -> list[tuple[int, str, int]]:
    with follower.database.read() as work:
        return list(work.deliveries.shown_in(delivery.id))


def test_what_a_message_shows_is_read_back_in_its_order_and_an_edit_writes_it_anew(follower: Follower) -> None:
    opened = window(follower, follower.subscribe())
    first, second = follower.release("kent-1"), follower.release("kent-2")
    post = owe(follower, make_delivery(window_id=opened.id), item(second), item(first))
    assert numbers(follower, post) == [(second.number, "new", 1), (first.number, "new", 1)]
    edit = replace(make_delivery(window_id=opened.id), kind=DeliveryKind.EDIT, target_id=post.id)
    owe(follower, edit, item(first, 2))
    assert numbers(follower, post) == [(first.number, "new", 2)]
    assert numbers(follower, edit) == []
    owe(follower, replace(make_delivery(window_id=opened.id, part=1), kind=DeliveryKind.EDIT, target_id=post.id))
    assert numbers(follower, post) == [(first.number, "new", 2)]


def rewrite(follower: Follower, delivery: Delivery, text: str, *shows: DigestItem) -> bool:
    with follower.database.write() as work:
        return work.deliveries.rewrite(delivery, {"text": text}, text.ljust(64), shows)


@pytest.mark.parametrize("state", [HELD, PENDING, PAUSED])
def test_what_nobody_began_is_rewritten_and_then_shows_something_else(follower: Follower, state: DeliveryState) -> None:
    opened, release = window(follower, follower.subscribe()), follower.release("kent-1")
    post = owe(follower, replace(make_delivery(window_id=opened.id), state=state), item(release))
    assert rewrite(follower, post, "as it is now", item(release, 2))
    now = get(follower, post)
    assert (now.payload, now.payload_hash) == ({"text": "as it is now"}, "as it is now".ljust(64))
    assert replace(now, payload=post.payload, payload_hash=post.payload_hash) == post
    assert numbers(follower, post) == [(release.number, "new", 2)]


def test_what_was_begun_is_not_rewritten(follower: Follower) -> None:
    opened, release = window(follower, follower.subscribe()), follower.release("kent-1")
    tried = replace(make_delivery(window_id=opened.id), attempt=1)
    for part, state in enumerate(DeliveryState):
        post = owe(follower, replace(tried, id=f"d{part}", part=part, state=state), item(release))
        assert not rewrite(follower, post, "as it is now", item(release, 2))
        assert get(follower, post) == post
        assert numbers(follower, post) == [(release.number, "new", 1)]


def test_a_worker_that_holds_what_is_rewritten_sends_it_no_more(follower: Follower) -> None:
    opened, release = window(follower, follower.subscribe()), follower.release("kent-1")
    post = owe(follower, make_delivery(window_id=opened.id), item(release))

    def correct(step: str) -> None:
        if step == "claimed":
            assert rewrite(follower, post, "as it is now", item(release, 2))

    assert follower.send(at=correct).count("lost") == 1
    assert follower.titles() == []
    follower.send_all()
    assert follower.titles() == ["as it is now"]


def test_a_windows_posts_come_before_its_edits_and_notices(follower: Follower) -> None:
    opened = window(follower, follower.subscribe())
    post = make_delivery(window_id=opened.id)
    reply = replace(make_delivery(window_id=opened.id, part=1), parent_id=post.id)
    edit = replace(make_delivery(window_id=opened.id), kind=DeliveryKind.EDIT, target_id=post.id)
    notice = replace(make_delivery(window_id=opened.id), kind=DeliveryKind.NOTICE)
    for each in (post, notice, edit, reply):
        owe(follower, each)
    with follower.database.read() as work:
        assert [each.id for each in work.deliveries.of_window(opened.id)] == [post.id, reply.id, edit.id, notice.id]


def test_superseding_gives_up_what_has_not_begun_and_nothing_else(follower: Follower) -> None:
    opened = window(follower, follower.subscribe())
    post = owe(follower, make_delivery(window_id=opened.id))
    edits = [
        replace(make_delivery(window_id=opened.id, part=part), kind=DeliveryKind.EDIT, target_id=post.id, state=state)
        for part, state in enumerate([SENT, DeliveryState.SENDING, HELD, PENDING])
    ]
    for each in edits:
        owe(follower, each)
    assert [get(follower, each).state for each in edits] == [SENT, DeliveryState.SENDING, DEAD, PENDING]
    with follower.database.write() as work:
        assert work.deliveries.is_superseded(edits[1])
        assert not work.deliveries.is_superseded(post)
    assert get(follower, edits[2]).error_class == "superseded"
    assert get(follower, post).state is PENDING


def test_what_is_held_waits_until_it_is_approved_and_is_dead_when_it_is_rejected(follower: Follower) -> None:
    subscription = follower.subscribe()
    first, second = window(follower, subscription, 1), window(follower, subscription, 2)
    held = [owe(follower, replace(make_delivery(window_id=each.id), state=HELD)) for each in (first, second)]
    assert follower.send().handled == ()
    follower.clock.advance(hours=1)
    with follower.database.write() as work:
        assert work.deliveries.approve(first.id, now=follower.clock.now()) == 1
        assert work.deliveries.approve(first.id, now=follower.clock.now()) == 0
        assert work.deliveries.reject(second.id) == 1
    assert (get(follower, held[0]).state, get(follower, held[0]).next_at) == (PENDING, follower.clock.now())
    assert (get(follower, held[1]).state, get(follower, held[1]).error_class) == (DEAD, "rejected")


def test_what_is_held_is_dropped_with_its_subscription(follower: Follower) -> None:
    subscription = follower.subscribe()
    held = owe(follower, replace(make_delivery(window_id=window(follower, subscription).id), state=HELD))
    follower.end(subscription)
    assert (get(follower, held).state, get(follower, held).error_class) == (DEAD, "ended")


def test_a_workspaces_deliveries_are_listed_newest_window_first_by_state(follower: Follower) -> None:
    subscription = follower.subscribe()
    windows = [window(follower, subscription, seq) for seq in (1, 2, 3)]
    owed = [owe(follower, make_delivery(window_id=each.id)) for each in windows]
    dead = owe(follower, replace(make_delivery(window_id=windows[1].id, part=1), state=DEAD))
    owe(follower, replace(make_delivery(window_id=windows[1].id, part=2), team_id="T2"))
    with follower.database.read() as work:
        everything = [each.id for each in work.deliveries.of_team("T1")]
        assert everything == [owed[2].id, owed[1].id, dead.id, owed[0].id]
        assert [each.id for each in work.deliveries.of_team("T1", limit=1)] == [owed[2].id]
        assert [each.id for each in work.deliveries.of_team("T1", states=[DEAD, PAUSED])] == [dead.id]
        assert work.deliveries.of_team("T3") == []


def test_the_oldest_that_is_owed_is_told_by_when_its_window_opened(follower: Follower) -> None:
    subscription, started = follower.subscribe(), follower.clock.now()
    with follower.database.read() as work:
        assert work.deliveries.oldest_owed() is None
    for seq, (state, team_id) in enumerate([(SENT, "T1"), (AMBIGUOUS, "T2"), (PENDING, "T1"), (PENDING, "T1")]):
        follower.clock.advance(hours=1)
        opened = window(follower, subscription, seq + 1)
        owe(follower, replace(make_delivery(window_id=opened.id), state=state, team_id=team_id))
    with follower.database.read() as work:
        assert work.deliveries.oldest_owed() == started + timedelta(hours=2)
        assert work.deliveries.oldest_owed("T1") == started + timedelta(hours=3)
        assert work.deliveries.oldest_owed("T3") is None


def test_what_a_person_decides_is_written_once_and_logged_with_their_name(follower: Follower) -> None:
    made = make_delivery(window_id=window(follower, follower.subscribe()).id)
    stuck = owe(follower, replace(made, state=NEEDS_REVIEW, attempt=2, attempt_started_at=follower.clock.now()))
    follower.clock.advance(hours=5)
    now = follower.clock.now()
    again = replace(stuck, state=PENDING, next_at=now, expires_at=None)
    with follower.database.write() as work:
        sent = Outcome(OutcomeKind.AMBIGUOUS, code="ReadTimeout", http_status=500)
        work.deliveries.record_attempt(stuck, worker="w1", ended_at=now, outcome=sent)
        assert work.deliveries.decide(again, by="U7", at=now, outcome="retried", was=NEEDS_REVIEW)
        assert not work.deliveries.decide(again, by="U8", at=now, outcome="retried", was=NEEDS_REVIEW)
        log = work.deliveries.attempts(stuck.id)
    assert get(follower, stuck) == again
    assert [(line.attempt, line.worker, line.outcome, line.http_status) for line in log] == [
        (2, "w1", "ambiguous", 500),
        (2, "U7", "retried", None),
    ]
    assert log[1].started_at == log[1].ended_at == now


def test_of_what_was_never_tried_a_decision_can_be_logged_and_a_second_one_replaces_the_first(
    follower: Follower,
) -> None:
    made = make_delivery(window_id=window(follower, follower.subscribe()).id)
    dead = owe(follower, replace(made, state=DEAD))
    now = follower.clock.now()
    with follower.database.write() as work:
        assert work.deliveries.decide(replace(dead, state=PENDING), by="U7", at=now, outcome="retried", was=DEAD)
        assert work.deliveries.decide(dead, by="U7", at=now, outcome="skipped", was=PENDING)
        assert work.deliveries.decide(replace(dead, state=PENDING), by="U9", at=now, outcome="retried", was=DEAD)
        log = work.deliveries.attempts(dead.id)
    assert {(line.worker, line.outcome) for line in log} == {("U9", "retried"), ("U7", "skipped")}


@pytest.mark.parametrize(
    ("change", "settled"),
    [
        ({}, True),
        ({"state": NEEDS_REVIEW}, False),
        ({"team_id": "T2"}, False),
        ({"channel_id": "C2"}, False),
        ({"owner": "w1"}, False),
    ],
)
def test_others_seen_on_the_way_are_sent_when_they_were_unknown_here_and_nobody_holds_them(
    follower: Follower, change: dict[str, str], settled: bool
) -> None:
    made = make_delivery(window_id=window(follower, follower.subscribe()).id)
    unknown = owe(follower, replace(made, **{"state": AMBIGUOUS, **change}))  # type: ignore[arg-type]
    seen = {unknown.id: "17.0", "of another app": "18.0"}
    with follower.database.write() as work:
        assert work.deliveries.settle_others("T1", "C1", seen) == settled
        assert work.deliveries.settle_others("T1", "C1", {}) == 0
    now = get(follower, unknown)
    assert (now.state, now.slack_ts) == ((SENT, "17.0") if settled else (unknown.state, None))


def test_an_edit_is_never_settled_by_the_message_it_changes(follower: Follower) -> None:
    opened = window(follower, follower.subscribe())
    post = owe(follower, replace(make_delivery(window_id=opened.id), state=SENT, slack_ts="17.0"))
    made = replace(make_delivery(window_id=opened.id), kind=DeliveryKind.EDIT, target_id=post.id, state=AMBIGUOUS)
    edit = owe(follower, made)
    with follower.database.write() as work:
        assert work.deliveries.settle_others("T1", "C1", {edit.id: "17.0"}) == 0
