"""What following would be like is shown before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

if TYPE_CHECKING:
    from stage import Stage


def test_a_wish_is_proposed_to_the_asker_and_not_saved(stage: Stage) -> None:
    answer = stage.ask("subscribe Hampshire weekly Mon quiet:weekends layout:flat")

    assert answer.ephemeral_to
    assert answer.text.startswith("Follow Hampshire and Isle of Wight Constabulary?")
    for told in (
        "Nothing is saved yet",
        "every Monday at 08:30 (Europe/London)",
        "*Where*: this channel",
        "*Next*: <!date^",
        "*Quiet*: not at weekends",
        "a message for each release",
        "1 release of the 5 held (2012 to 2016)",
        "None of them is of the last twelve months",
    ):
        assert told in answer.text
    assert stage.ask("subscriptions").text.startswith("Nothing is followed here")


def test_a_proposal_shows_the_last_digest_as_it_would_have_looked(stage: Stage) -> None:
    answer = stage.ask("subscribe Hampshire weekly Mon")

    assert "New: Hampshire Constabulary is 'good'" in answer.text
    assert "a slow response to occupational health referrals" in answer.text
    assert "unsubscribe 0" not in answer.text


def test_the_button_of_a_proposal_starts_exactly_that(stage: Stage) -> None:
    proposal = stage.ask("subscribe Hampshire weekly Mon quiet:weekends layout:flat")
    [answer] = stage.press(proposal, "Start following")

    assert answer.ephemeral_to is None
    assert answer.text.startswith("Following Hampshire and Isle of Wight Constabulary")
    assert "With `layout:flat` `quiet:weekends`" in stage.ask("subscriptions").text


def test_whoever_presses_the_button_is_the_maker(stage: Stage) -> None:
    stage.workspace.person("Maya").say("#inspections", "@hmic subscribe all weekly Mon")
    wait_for(lambda: stage.posts()[-1].text.startswith("Follow every release?"))
    proposal = stage.posts()[-1]
    stage.press(proposal, "Start following", who="Tom")

    assert f"Made by <@{stage.workspace.person('Tom').id}>" in stage.ask("subscriptions").text


def test_the_button_pressed_twice_starts_one_subscription(stage: Stage) -> None:
    proposal = stage.ask("subscribe all weekly Mon")
    stage.press(proposal, "Start following")
    [again] = stage.press(proposal, "Start following")

    assert again.text.startswith("Already following every release")
    assert "1 subscription here" in stage.ask("subscriptions").text


def test_what_is_followed_already_is_said_to_be_when_it_is_proposed(stage: Stage) -> None:
    stage.follow("all weekly Mon")

    answer = stage.ask("subscribe all weekly Mon")
    assert answer.text.startswith("Already following every release")
    assert "It is number 1" in answer.text


@pytest.mark.parametrize(("last", "label"), [("", "Change number 1 to that"), ("confirm", "Change it to that")])
def test_what_is_followed_already_but_otherwise_is_offered_to_be_changed(stage: Stage, last: str, label: str) -> None:
    stage.follow("all weekly Mon")
    answer = stage.ask(f"subscribe all weekly Mon layout:flat {last}")
    [changed] = stage.press(answer, label)

    assert answer.text.startswith("Already following every release")
    assert "`/hmic change 1 layout:flat`" in answer.text
    assert "*Looks*: a message for each release; an extract of each release (before: one message" in changed.text
    assert "*Quiet*" not in changed.text


def test_a_proposal_names_what_follows_the_same_at_other_times(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon")

    told = stage.ask("subscribe Hampshire daily 09:00").text

    assert "as number 1 every Monday at 08:30" in told
    assert "`/hmic change 1 daily 09:00`" in told
    assert "followed here already" not in stage.ask("subscribe Kent daily 09:00").text


def test_every_release_says_that_corporate_notices_are_left_out_where_they_are(stage: Stage) -> None:
    assert "*What*: every release, corporate notices left out" in stage.ask("subscribe all daily").text
    assert "left out" not in stage.ask("subscribe Hampshire daily").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Kent fortnightly", "`subscribe Kent weekly Mon 08:30`"),
        ("Kent every two weeks", "I cannot post every two weeks"),
        ("Knet weekly Mon", "Kent Police"),
        ("Kent daily 10:15 to all", "`subscribe Kent daily 10:15`"),
        ("daily 10:15 to all", "Say first what to follow, then when: `subscribe all daily 10:15`"),
        ("Kent before:2010", "Nothing new can be `before:2010`"),
    ],
)
def test_a_wish_that_cannot_be_kept_is_answered_with_what_can(stage: Stage, typed: str, told: str) -> None:
    assert told in stage.ask(f"subscribe {typed}").text


def test_preview_of_a_wish_is_its_proposal(stage: Stage) -> None:
    answer = stage.ask("preview Hampshire weekly Mon")

    assert answer.text.startswith("Follow Hampshire and Isle of Wight Constabulary?")
    assert stage.ask("subscriptions").text.startswith("Nothing is followed here")


def test_preview_of_a_number_is_of_that_subscription_alone(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon")
    stage.follow("all daily 08:30")
    answer = stage.ask("preview 1")

    assert "*Number 1*" in answer.text
    assert "*Number 2*" not in answer.text


def test_an_empty_store_is_said_to_be_nothing_to_go_by(empty_stage: Stage) -> None:
    assert "no release is held yet" in empty_stage.ask("subscribe all daily 08:30").text


def test_a_wish_that_nothing_held_is_like_says_of_what_years_these_are(stage: Stage) -> None:
    answer = stage.ask("subscribe Kent daily 08:30")

    assert "none of the 5 releases held is like this (they are of 2012 to 2016)" in answer.text


@pytest.mark.parametrize("layout", ["thread", "flat", "compact"])
@pytest.mark.parametrize("detail", ["titles", "extract", "full"])
def test_a_sample_of_every_layout_and_detail_fits_into_the_proposal(
    asked_only: Stage, layout: str, detail: str
) -> None:
    answer = asked_only.ask(f"subscribe all daily 08:30 layout:{layout} detail:{detail}")

    assert answer.text.startswith("Follow every release?")
    assert "would have come as" in answer.text


def test_many_previews_of_whole_releases_fit_one_message(stage: Stage) -> None:
    for when in ("daily 08:30", "weekly Mon", "now"):
        stage.follow(f"Hampshire {when} detail:full")

    blocks = str(stage.ask("preview").blocks)
    assert all(f"*Number {number}*" in blocks for number in (1, 2, 3))
    assert blocks.count("Hampshire Constabulary is 'good'") >= 3


def test_the_newest_held_are_posted_once_when_asked_for(stage: Stage) -> None:
    confirmation = stage.follow("Hampshire now")
    [answer] = stage.press(confirmation, "Post the newest ones held")
    assert answer.text.startswith("The newest 1 release held for number 1 is posted")
    stage.tick()

    assert stage.posts()[-1].text.startswith("Already held: Hampshire Constabulary")
    assert "Nothing is posted twice" in stage.ask("backfill 1").text


def test_backfill_with_nothing_held_says_so(stage: Stage) -> None:
    stage.follow("Kent now")

    assert stage.ask("backfill").text.startswith("Nothing older is held for number 1")


@pytest.mark.parametrize("words", ["change 1 weekly Tue 10:00 hold:yes", "change weekly Tue 10:00 hold:yes"])
def test_a_change_is_told_to_all_with_what_it_was_and_can_be_taken_back(stage: Stage, words: str) -> None:
    stage.follow("Hampshire weekly Mon")
    answer = stage.ask(words, who="Tom")

    assert answer.ephemeral_to is None
    assert "every Tuesday at 10:00 (Europe/London) (before: every Monday at 08:30 (Europe/London))" in answer.text
    assert f"last changed by <@{stage.workspace.person('Tom').id}>" in answer.text
    stage.press(answer, "Change it back")

    shown = stage.ask("subscriptions").text
    assert "every Monday at 08:30" in shown
    assert "hold:yes" not in shown


def test_a_change_is_not_taken_back_once_another_was_made(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon")
    first = stage.ask("change 1 weekly Tue")
    stage.ask("change 1 layout:flat", who="Tom")

    [late] = stage.press(first, "Change it back")

    assert "Number 1 was changed again since, so it was not changed back." in late.text
    assert "every Tuesday" in stage.ask("subscriptions").text


def test_a_change_of_what_is_followed_names_both(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon")
    answer = stage.ask("change 1 to Kent, Essex")

    assert "*What*: Essex Police and Kent Police (before: Hampshire and Isle of Wight Constabulary)" in answer.text


def test_stopping_can_be_undone_with_the_same_options(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon quiet:weekends")
    stage.clock.advance(minutes=1)
    [again] = stage.press(stage.ask("unsubscribe 1"), "Follow again")

    assert "It goes on as if it had not been stopped" in again.text
    assert "*Number*: 1" in again.text

    shown = stage.ask("subscriptions").text
    assert "every Monday at 08:30" in shown
    assert "`quiet:weekends`" in shown


def test_what_a_person_follows_cannot_be_changed_by_another(stage: Stage) -> None:
    stage.follow("all now me")

    for words in ("change 1 weekly Mon", "pause 1", "resume 1", "backfill 1"):
        assert "no such subscription here" in stage.ask(words, who="Tom").text
    assert stage.ask("change 1 weekly Mon").text.startswith("Changed number 1")


def test_one_of_several_is_asked_for(stage: Stage) -> None:
    stage.follow("Hampshire weekly Mon")
    stage.follow("all daily 08:30")
    answer = stage.ask("change weekly Tue")

    assert answer.text.startswith("Which subscription should change?")
    assert "`/hmic change 2 weekly Tue`" in answer.text
