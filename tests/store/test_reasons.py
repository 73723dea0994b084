"""Why a subscription got a release, or did not: every stage, and the one that settled it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from releases import make_release, store_release

from summaries.delivery import Outcome, OutcomeKind, Quiet, SubscriptionState
from summaries.reasons import Stage, Verdict, Why, why
from summaries.types import Kind

if TYPE_CHECKING:
    from follow import Follower

    from summaries.delivery import Subscription
    from summaries.ports import StoredRelease


def explained(follower: Follower, subscription: Subscription, release: StoredRelease) -> Why:
    held = follower.get(subscription)
    return why(follower.database, follower.clock, subscription=held, number=release.number)


def verdicts(found: Why) -> dict[str, str]:
    return {step.stage.value: step.verdict.value for step in found.steps}


def change(follower: Follower, subscription: Subscription, **fields: object) -> None:
    """As a person's change would leave it, whatever the command for it."""
    with follower.database.write() as work:
        held = work.subscriptions.lock(subscription.id)
        assert held is not None
        work.subscriptions.save(replace(held, **fields))  # type: ignore[arg-type]


def test_the_stages_are_told_in_one_order_whatever_happened(follower: Follower) -> None:
    subscription = follower.subscribe()
    release = follower.release("kent-1")

    before = explained(follower, subscription, release)
    follower.plan()
    after = explained(follower, subscription, release)
    never = why(follower.database, follower.clock, subscription=subscription, number=99)

    for found in (before, after, never):
        assert [step.stage for step in found.steps] == list(Stage)


def test_a_release_that_was_posted_passed_every_stage_that_applies(follower: Follower) -> None:
    subscription = follower.subscribe()
    release = follower.release("kent-1")
    follower.plan()
    follower.send_all()

    found = explained(follower, subscription, release)

    assert verdicts(found) == {
        "seen": "passed",
        "new": "passed",
        "changed": "skipped",
        "baseline": "passed",
        "included": "passed",
        "excluded": "skipped",
        "paused": "passed",
        "window": "passed",
        "rendered": "passed",
        "sent": "passed",
    }
    assert found.decisive.stage is Stage.SENT
    [window] = follower.windows(subscription)
    assert found.steps[7].facts["windows"] == (window,)
    assert all(message.sent_at for message in found.steps[9].facts["messages"])


def test_a_number_that_nothing_has_was_never_seen(follower: Follower) -> None:
    found = why(follower.database, follower.clock, subscription=follower.subscribe(), number=99)

    assert found.stored is None
    assert found.decisive.because == "unknown"
    assert set(verdicts(found).values()) == {"failed", "skipped"}


def test_what_was_held_before_a_subscription_began_is_kept_out_by_its_baseline(follower: Follower) -> None:
    release = follower.release("kent-1")
    subscription = follower.subscribe()

    found = explained(follower, subscription, release)

    assert (found.decisive.stage, found.decisive.verdict) == (Stage.BASELINE, Verdict.FAILED)
    assert found.steps[1].because == "held_before"
    assert verdicts(found)["sent"] == "skipped"


def test_a_revision_of_what_was_held_before_passes_the_baseline(follower: Follower) -> None:
    follower.release("kent-1")
    subscription = follower.subscribe()
    release = follower.release("kent-1", text="Corrected today.")

    found = explained(follower, subscription, release)

    assert (found.steps[1].because, found.steps[2].because, found.steps[3].because) == ("held_before", "since", "after")


@pytest.mark.parametrize(
    ("what", "stage", "because", "by"),
    [
        ("force:essex", Stage.INCLUDED, "missing", "force:essex"),
        ("force:kent year:2014", Stage.INCLUDED, "missing", "year:2014"),
        ("force:kent -pillar:legitimacy", Stage.EXCLUDED, "against", "-pillar:legitimacy"),
    ],
)
def test_the_very_condition_that_kept_a_release_out_is_named(
    follower: Follower, what: str, stage: Stage, because: str, by: str
) -> None:
    subscription = follower.subscribe(what=what)
    found = explained(follower, subscription, follower.release("kent-1"))

    assert (found.decisive.stage, found.decisive.because) == (stage, because)
    assert [one.text for one in found.decisive.facts["by"]] == [by]


def test_a_notice_of_the_inspectorate_about_itself_is_left_out_as_such(follower: Follower) -> None:
    subscription = follower.subscribe()
    with follower.database.write() as work:
        made = make_release("survey", title="A survey", kind=Kind.CORPORATE)
        release = store_release(work.releases, made, at=follower.clock.now())

    found = explained(follower, subscription, release)

    assert (found.decisive.stage, found.decisive.because) == (Stage.EXCLUDED, "corporate")


def test_what_is_not_due_yet_waits_and_says_until_when(follower: Follower) -> None:
    subscription = follower.subscribe(when="daily 08:30")
    found = explained(follower, subscription, follower.release("kent-1"))

    assert (found.decisive.stage, found.decisive.verdict, found.decisive.because) == (
        Stage.WINDOW,
        Verdict.WAITING,
        "due",
    )
    assert found.decisive.facts["at"] == follower.clock.now().replace(hour=8, minute=30)


def test_what_comes_in_during_quiet_times_waits_for_their_end(follower: Follower) -> None:
    subscription = follower.subscribe()
    change(follower, subscription, quiet=Quiet(weekends=True))
    found = explained(follower, subscription, follower.release("kent-1"))  # on a Saturday

    assert found.decisive.because == "quiet"
    assert found.decisive.facts["at"] == datetime(2026, 11, 23, tzinfo=UTC)


def test_what_a_pause_holds_back_says_since_when_and_until_when(follower: Follower) -> None:
    subscription, now = follower.subscribe(), follower.clock.now()
    until = now + timedelta(days=14)
    change(follower, subscription, state=SubscriptionState.PAUSED, paused_since=now, paused_until=until)
    found = explained(follower, subscription, follower.release("kent-1"))

    assert (found.decisive.stage, found.decisive.verdict) == (Stage.PAUSED, Verdict.WAITING)
    assert found.decisive.facts == {"since": now, "until": until}


def test_what_was_skipped_at_the_end_of_a_pause_is_told_as_skipped(follower: Follower) -> None:
    subscription = follower.subscribe()
    release = follower.release("kent-1")
    change(follower, subscription, position=release.seq)

    found = explained(follower, subscription, release)

    assert (found.decisive.stage, found.decisive.because) == (Stage.PAUSED, "skipped")


def test_what_came_in_after_a_subscription_ended_says_who_ended_it(follower: Follower) -> None:
    subscription = follower.subscribe()
    follower.end(subscription)
    found = explained(follower, subscription, follower.release("kent-1"))

    assert (found.decisive.stage, found.decisive.because) == (Stage.PAUSED, "ended")
    assert found.decisive.facts["by"] == "U1"


def test_what_a_changed_filter_would_leave_out_now_was_let_in_then(follower: Follower) -> None:
    subscription = follower.subscribe()
    release = follower.release("kent-1")
    follower.plan()
    follower.send_all()
    change(follower, subscription, filter="force:essex")

    found = explained(follower, subscription, release)

    assert (found.steps[4].verdict, found.steps[4].because) == (Verdict.SKIPPED, "then")
    assert found.decisive.stage is Stage.SENT


def test_what_a_filter_left_out_when_its_window_opened_is_not_promised_later(follower: Follower) -> None:
    subscription = follower.subscribe(what="force:essex")
    release = follower.release("kent-1")
    follower.plan()
    change(follower, subscription, filter="force:kent")

    found = explained(follower, subscription, release)

    assert (found.decisive.stage, found.decisive.because) == (Stage.WINDOW, "left_out")
    assert found.decisive.facts["window"] == follower.windows(subscription)[0]


def test_a_message_that_was_refused_settles_it_with_its_reason(follower: Follower) -> None:
    subscription = follower.subscribe()
    release = follower.release("kent-1")
    follower.plan()
    follower.poster.script.extend([Outcome(OutcomeKind.BAD_CONTENT, code="invalid_blocks")] * 2)
    follower.send_all()

    found = explained(follower, subscription, release)

    assert (found.decisive.stage, found.decisive.verdict) == (Stage.SENT, Verdict.FAILED)
    assert "bad_content" in {message.delivery.error_class for message in found.decisive.facts["messages"]}


def test_a_message_on_its_way_waits(follower: Follower) -> None:
    subscription = follower.subscribe()
    release = follower.release("kent-1")
    follower.plan()

    found = explained(follower, subscription, release)

    assert (found.decisive.stage, found.decisive.verdict) == (Stage.SENT, Verdict.WAITING)
