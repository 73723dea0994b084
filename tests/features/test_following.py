"""Subscribing, and digests that arrive."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from stage import SEEDS
from waiting import wait_for

from bot.workspace.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Stage

HAMPSHIRE = SEEDS / "004_6029efa0301d0f97.txt"
LEICESTERSHIRE = SEEDS / "003_e4ca38f3e628fb84.txt"


def test_the_confirmation_repeats_all_that_was_made_to_the_channel(stage: Stage) -> None:
    answer = stage.follow(
        "all daily 08:30 empty:note layout:flat detail:full quiet:weekends,holidays hold:yes urgent:no"
    )

    assert answer.ephemeral_to is None
    assert answer.text.startswith("Following every release")
    for told in (
        "every day at 08:30 (Europe/London)",
        "*Where*: this channel",
        "*Next*: <!date^",
        "*Nothing new*: it is said",
        "a message for each release; each release whole",
        "*Quiet*: not at weekends or on bank holidays",
        "*Cannot wait*: nothing",
        "each digest waits until somebody approves it",
        "the 5 releases already held will not be posted",
        "Made by <@U01OKAFOR>",
        "/hmic change 1",
        "/hmic unsubscribe 1",
    ):
        assert told in answer.text


def test_subscribing_to_the_same_again_changes_nothing_and_says_so(stage: Stage) -> None:
    stage.follow("all daily 08:30")

    assert stage.follow("all daily 08:30").text.startswith("Already following every release")
    assert "1 subscription here" in stage.ask("subscriptions").text


def test_a_now_subscription_posts_a_release_as_soon_as_it_is_added(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    [_, digest] = empty_stage.posts()
    assert digest.text.startswith("New: Hampshire Constabulary is 'good'")
    assert "Why am I getting this?" in digest.text
    assert "/hmic unsubscribe 1" in digest.text


def test_nothing_new_posts_nothing(stage: Stage) -> None:
    stage.follow("all now")
    stage.follow("all daily 08:30")
    before = len(stage.posts())
    stage.clock.advance(days=3)
    stage.tick()

    assert len(stage.posts()) == before


def test_a_daily_subscription_waits_for_its_hour_and_then_posts_one_digest(empty_stage: Stage) -> None:
    empty_stage.follow("all daily 08:30")
    empty_stage.add(HAMPSHIRE, LEICESTERSHIRE)
    empty_stage.tick()
    assert len(empty_stage.posts()) == 1

    empty_stage.clock.advance(minutes=31)
    empty_stage.tick()
    empty_stage.tick()

    [_, digest] = empty_stage.posts()
    assert digest.text.startswith("2 new releases")


def test_the_same_files_again_are_not_posted_again(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(SEEDS)
    empty_stage.tick()
    before = len(empty_stage.posts())
    empty_stage.add(SEEDS)
    empty_stage.tick()

    assert len(empty_stage.posts()) == before


def test_a_note_that_is_no_release_is_kept_and_never_posted(empty_stage: Stage, tmp_path: Path) -> None:
    empty_stage.follow("all now")
    (tmp_path / "note.txt").write_text("Hello, a note about my cat.\n\nShe is well.")
    [report] = empty_stage.add(tmp_path)
    empty_stage.tick()

    assert "not taken for a release" in (report.problem or "")
    assert len(empty_stage.posts()) == 1
    assert "note.txt" in empty_stage.ask("status").text


def test_other_line_ends_are_no_correction(empty_stage: Stage, tmp_path: Path) -> None:
    empty_stage.add(HAMPSHIRE)
    empty_stage.follow("all now")
    (tmp_path / "crlf.txt").write_bytes(HAMPSHIRE.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    empty_stage.add(tmp_path)
    empty_stage.tick()

    assert len(empty_stage.posts()) == 1


def test_a_changed_file_is_posted_as_a_correction(empty_stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_bytes(HAMPSHIRE.read_bytes())
    empty_stage.add(file)
    empty_stage.follow("all now")
    file.write_text(HAMPSHIRE.read_text().replace("slow response", "very slow response"))
    empty_stage.add(file)
    empty_stage.tick()

    [_, digest] = empty_stage.posts()
    assert digest.text.startswith("Corrected: Hampshire Constabulary")
    assert "very slow response" in digest.text
    assert "R-1.2\N{NO-BREAK SPACE}¶" in digest.text


def test_a_subscription_to_one_force_is_told_of_no_other(empty_stage: Stage) -> None:
    empty_stage.follow("Leicestershire now")
    empty_stage.add(SEEDS)
    empty_stage.tick()

    [_, digest] = empty_stage.posts()
    assert digest.text.startswith("New: Leicestershire Police judged as 'good'")


def test_me_sends_the_digest_to_direct_messages(empty_stage: Stage) -> None:
    answer = empty_stage.follow("all now me")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    assert answer.ephemeral_to
    [digest] = empty_stage.posts("dm")
    assert digest.text.startswith("New: Hampshire Constabulary")


def test_what_follows_me_can_be_seen_and_ended_from_the_channel_it_was_made_in(stage: Stage) -> None:
    stage.follow("all now me")

    assert "1 subscription here" in stage.ask("subscriptions").text
    assert stage.ask("subscriptions", who="Tom").text.startswith("Nothing is followed here")
    assert "no such subscription here" in stage.ask("unsubscribe 1", who="Tom").text
    assert stage.ask("unsubscribe 1").text.startswith("Stopped following")


def test_a_name_of_two_forces_is_asked_about_when_subscribing_and_a_click_decides(stage: Stage) -> None:
    question = stage.follow("WMP weekly Mon")
    stage.workspace.person("Maya").press(question, "instead:0")

    assert "West Mercia Police" in stage.ask("subscriptions").text or "West Midlands" in stage.ask("subscriptions").text
    assert "every Monday" in stage.ask("subscriptions").text


def test_many_releases_are_one_message_and_a_thread_that_leaves_none_out(empty_stage: Stage, tmp_path: Path) -> None:
    for number, name in enumerate(["Kent", "Essex", "Surrey", "Sussex", "Dorset", "Norfolk", "Suffolk", "Cheshire"]):
        text = HAMPSHIRE.read_text().replace("Hampshire Constabulary", f"{name} Police")
        (tmp_path / f"{number}.txt").write_text(text)
    empty_stage.follow("all daily 08:30")
    empty_stage.add(SEEDS, tmp_path)
    empty_stage.clock.advance(minutes=31)
    for _ in range(8):
        empty_stage.tick()
        empty_stage.clock.advance(seconds=2)

    [_, parent, *replies] = empty_stage.posts()
    assert parent.text.startswith("13 new releases")
    assert replies
    assert {reply.thread_ts for reply in replies} == {parent.ts}
    shown = {number for post in (parent, *replies) for number in re.findall(r"R-(\d+)", post.text)}
    assert shown == {str(number) for number in range(1, 14)}


def test_ending_a_subscription_stops_its_digests(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    assert empty_stage.ask("unsubscribe 1").text.startswith("Stopped following every release")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    assert len(empty_stage.posts()) == 2
    assert empty_stage.ask("subscriptions").text.startswith("Nothing is followed here")


def test_a_subscription_of_another_channel_cannot_be_ended_from_here(stage: Stage) -> None:
    stage.follow("all now")

    assert "no such subscription here" in stage.ask("unsubscribe 1", channel="#newsroom").text
    assert "1 subscription here" in stage.ask("subscriptions").text


def test_a_button_ends_a_subscription(stage: Stage) -> None:
    stage.follow("all now")
    stage.press(stage.ask("subscriptions"), "Stop number 1")

    assert stage.ask("subscriptions").text.startswith("Nothing is followed here")


def test_the_follow_button_of_a_card_leads_to_a_proposal_and_that_to_a_subscription(stage: Stage) -> None:
    [proposal] = stage.press(stage.ask("Hampshire"), "Follow Hampshire and Isle of Wight")
    assert stage.ask("subscriptions").text.startswith("Nothing is followed here")
    stage.press(proposal, "Start following")

    assert "Hampshire and Isle of Wight Constabulary" in stage.ask("subscriptions").text


def test_preview_shows_what_waits_without_posting_it(empty_stage: Stage) -> None:
    empty_stage.follow("all daily 08:30")
    empty_stage.add(HAMPSHIRE)
    answer = empty_stage.ask("preview")

    assert "1 release waits" in answer.text
    assert "New: Hampshire Constabulary is 'good'" in answer.text
    assert len(empty_stage.posts()) == 1


def test_preview_with_nothing_new_shows_an_example_and_says_so(stage: Stage) -> None:
    stage.follow("all daily 08:30")

    assert "Nothing new waits, so nothing would be posted" in stage.ask("preview").text


def test_next_lists_the_runs_of_this_channel_soonest_first(stage: Stage) -> None:
    stage.follow("all weekly Mon 08:30")
    stage.follow("Hampshire daily 09:00")
    answer = stage.ask("next")

    assert answer.text.index("every day at 09:00") < answer.text.index("every Monday at 08:30")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("subscribe daily 08:30", "subscribe all daily 08:30"),
        ("subscribe all lay-out:flat", "layout:flat"),
        ("subscribe all quiet:sometimes", "quiet:weekends"),
        ("subscribe all daily 07:00 quiet:18:00-08:00", "within the quiet hours"),
        ("subscribe all zone:Europe/Lundon", "Europe/London"),
        ("pause 99", "no such subscription here"),
        ("resume 99 post", "no such subscription here"),
        ("change 99 weekly Mon", "no such subscription here"),
        ("backfill 99", "no such subscription here"),
        ("approve D-99", "waits for approval here"),
        ("reject something", "`/hmic reject`"),
        ("subscribe all fortnightly", "fortnightly"),
        ("subscribe all weekly Flursday", "weekly Mon 08:30"),
        ("subscribe Kent dayly 08:30", "`daily 08:30`"),
        ("subscribe Hampshrie daily", "Hampshire and Isle of Wight"),
        ("subscribe WMP daily", "West Mercia Police"),
        ("unsubscribe 99", "no such subscription here"),
    ],
)
def test_what_was_not_understood_is_named_with_what_to_do(stage: Stage, typed: str, said: str) -> None:
    answer = stage.ask(typed)

    assert answer.ephemeral_to
    assert said in answer.text


def test_a_lost_reply_is_settled_by_reading_the_channel_back_not_by_posting_again(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.workspace.faults.next("chat.postMessage", Fault.LOST_REPLY)
    empty_stage.tick()
    empty_stage.clock.advance(minutes=3)
    empty_stage.tick()
    empty_stage.tick()

    assert len(empty_stage.posts()) == 2
    assert "Messages: 1 sent." in empty_stage.ask("status").text


def test_a_subscription_of_an_archived_channel_waits_and_resumes_when_the_channel_does(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.workspace.staff.archive("#inspections")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()
    empty_stage.workspace.staff.unarchive("#inspections")
    assert empty_stage.workspace.wait_idle()

    def resumed() -> bool:
        empty_stage.clock.advance(seconds=2)
        empty_stage.tick()
        return len(empty_stage.posts()) == 2

    wait_for(resumed)
    assert empty_stage.posts()[1].text.startswith("New: Hampshire Constabulary")


def test_a_stopped_subscription_is_told_as_stopped_and_subscribing_again_resumes_it(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.workspace.staff.kick("#inspections")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    for words in ("subscriptions", "next"):
        assert "Stopped for now: I am no longer in the channel" in empty_stage.ask(words).text
    assert "stopped for now" in empty_stage.ask("help").text

    empty_stage.bot.dispatcher.inbox.close()  # the invitation is not heard: only the words below resume it
    empty_stage.workspace.staff.invite("#inspections")
    assert empty_stage.follow("all now").text.startswith("Following every release again")
    empty_stage.clock.advance(seconds=2)
    empty_stage.tick()
    assert any(post.text.startswith("New: Hampshire Constabulary") for post in empty_stage.posts())


def test_a_digest_that_cannot_be_made_keeps_no_other_from_going(empty_stage: Stage) -> None:
    empty_stage.follow("Leicestershire now", channel="#newsroom")
    empty_stage.add(LEICESTERSHIRE)
    broken = replace(empty_stage.bot, render_digest=lambda content: 1 / 0)
    empty_stage.tick(broken)
    assert len(empty_stage.posts("#newsroom")) == 1

    empty_stage.tick()
    assert len(empty_stage.posts("#newsroom")) == 2


def test_a_refusal_before_acceptance_is_tried_again_later(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.workspace.faults.next("chat.postMessage", Fault.RATE_LIMITED, seconds=30)
    empty_stage.tick()
    assert len(empty_stage.posts()) == 1

    empty_stage.clock.advance(minutes=1)
    empty_stage.tick()

    assert len(empty_stage.posts()) == 2
