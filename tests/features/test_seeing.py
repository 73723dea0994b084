"""Being able to see: why a release was posted or not, and what was posted when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from corpus import CORPUS

from bot.workspace.faults import Fault

if TYPE_CHECKING:
    from stage import Stage

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HAMPSHIRE = next(SEEDS.glob("004_*"))
STAGES = ("seen", "new", "changed", "baseline", "included", "excluded", "paused", "window", "rendered", "sent")


def lines_of(text: str) -> list[str]:
    """The stages as they are told: `✔ *seen*: came in …`."""
    return [line for line in text.splitlines() if line[:3] in {"✔ *", "✘ *", "▲ *", "– *"}]


def line_of(text: str, stage: str) -> str:
    [line] = [line for line in lines_of(text) if line[2:].startswith(f"*{stage}*")]
    return line


def test_why_tells_every_stage_of_a_release_that_was_posted(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    answer = empty_stage.ask("why R-1")

    assert answer.ephemeral_to
    assert answer.text.startswith("Why R-1: Hampshire Constabulary")
    assert tuple(line.split("*")[1] for line in lines_of(answer.text)) == STAGES
    assert line_of(answer.text, "sent").startswith("✔")
    assert "posted <!date^" in answer.text
    assert "✘ *" not in answer.text.replace("✘ kept it out", "")


def test_why_names_the_condition_that_left_a_release_out(empty_stage: Stage) -> None:
    empty_stage.follow("all -force:hampshire-and-isle-of-wight now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    told = line_of(empty_stage.ask("why R-1").text, "excluded")

    assert told.startswith("✘")
    assert "`-force:hampshire-and-isle-of-wight`" in told


def test_why_of_what_was_held_before_says_so_and_how_to_have_it(stage: Stage) -> None:
    stage.follow("all now")

    told = line_of(stage.ask("why R-1").text, "baseline")

    assert told.startswith("✘")
    assert "/hmic backfill 1" in told


def test_why_of_what_is_not_due_says_when_it_will_be(empty_stage: Stage) -> None:
    empty_stage.follow("all daily 09:30")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    told = line_of(empty_stage.ask("why R-1").text, "window")

    assert told.startswith("▲")
    assert "waits for the digest due" in told
    assert "21 November 2026 09:30" in told


def test_why_of_a_number_that_nothing_has(stage: Stage) -> None:
    stage.follow("all now")

    assert stage.ask("why R-99").text.startswith("R-99 was never seen")


def test_why_where_nothing_is_followed(stage: Stage) -> None:
    assert stage.ask("why R-1").text.startswith("Nothing is followed here")


def test_why_of_several_subscriptions_tells_what_settled_it_in_each(stage: Stage) -> None:
    for body in ("Hampshire", "Kent", "Essex"):
        stage.follow(f"{body} now")

    text = stage.ask("why R-1").text

    assert [line for line in text.splitlines() if line.startswith("*Number")] == [
        f"*Number {number}*: {body} as soon as there is something new"
        for number, body in (
            (1, "Hampshire and Isle of Wight Constabulary,"),
            (2, "Kent Police,"),
            (3, "Essex Police,"),
        )
    ]
    assert len(lines_of(text)) == 3
    assert len(lines_of(stage.ask("why R-1 2").text)) == len(STAGES)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("why R-1 tomorrow", "by its number"),
        ("why R-1 9", "no such subscription here"),
        ("why D-9", "no digest D-9"),
    ],
)
def test_what_cannot_be_explained_says_what_to_do(stage: Stage, asked: str, told: str) -> None:
    stage.follow("all now")

    assert told in stage.ask(asked).text


def test_deliveries_are_the_last_digests_of_a_channel_with_a_button_each(empty_stage: Stage) -> None:
    assert empty_stage.ask("deliveries").text.startswith("No digest was posted here yet")
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    answer = empty_stage.ask("deliveries")
    [why] = empty_stage.press(answer, "Why D-1")

    assert answer.text.startswith("The last 1 digest here")
    assert "*D-1*: 1 release, every release (number 1)" in answer.text
    assert "“Hampshire Constabulary is" in answer.text
    assert "✔ Posted" in answer.text
    assert why.text.startswith("D-1: 1 release for every release")
    assert "`D-1.0` ✔ posted" in why.text


def test_a_digest_of_another_channel_is_not_told_about(empty_stage: Stage) -> None:
    empty_stage.follow("all now", channel="#newsroom", who="Tom")
    empty_stage.follow("all now me", who="Tom")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    assert empty_stage.ask("deliveries", who="Priya").text.startswith("No digest was posted here yet")
    for name in ("D-1", "D-2"):
        assert "no digest" in empty_stage.ask(f"why {name}", who="Priya").text
    assert "no such subscription here" in empty_stage.ask("why R-1 2", who="Priya").text
    assert "1 release" in empty_stage.ask("deliveries", who="Tom", channel="dm").text


def test_what_is_said_of_a_lost_reply_is_that_nobody_knows_yet(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)
    empty_stage.workspace.faults.next("chat.postMessage", Fault.LOST_REPLY)
    empty_stage.tick()

    assert "Slack did not say whether it took it" in empty_stage.ask("why R-1").text
    status = empty_stage.ask("status").text
    assert "1 unknown and being looked for" in status
    assert "The oldest on its way was written" in status

    empty_stage.clock.advance(minutes=3)
    empty_stage.tick()

    told = empty_stage.ask("why D-1").text
    assert "`D-1.0` ✔ posted" in told
    assert "no answer" in told
    assert "found in the channel" in told


def test_plain_words_ask_why_too(empty_stage: Stage) -> None:
    empty_stage.follow("all now")
    empty_stage.add(HAMPSHIRE)

    assert empty_stage.ask("why was R-1 not posted here?").text.startswith("Why R-1: Hampshire")


def test_why_tells_of_the_correction_of_what_was_posted(empty_stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_bytes(HAMPSHIRE.read_bytes())
    empty_stage.follow("all now")
    empty_stage.add(file)
    empty_stage.tick()
    empty_stage.clock.advance(minutes=5)
    file.write_text(HAMPSHIRE.read_text().replace("slow response", "very slow response"))
    empty_stage.add(file)
    assert "the correction follows" in empty_stage.ask("why R-1").text

    for _ in range(3):
        empty_stage.tick()
        empty_stage.clock.advance(seconds=2)

    text = empty_stage.ask("why R-1").text
    assert line_of(text, "changed").startswith("✔ *changed*: revision 2 came in")
    assert "`D-2`, its correction" in line_of(text, "window")
    assert "changed by `D-2.e0`: ✔ done" in text
    assert "the correction follows" not in text


def test_why_of_what_was_asked_for_afterwards_says_so(stage: Stage) -> None:
    stage.follow("Hampshire now")
    stage.ask("backfill 1")
    stage.tick()

    text = stage.ask("why R-5").text

    assert "posted when somebody asked for what was held" in line_of(text, "baseline")
    assert line_of(text, "sent").startswith("✔")


def test_what_waits_for_approval_is_told_with_how_to_approve_it(empty_stage: Stage) -> None:
    empty_stage.follow("all now hold:yes")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    assert line_of(empty_stage.ask("why R-1").text, "sent").startswith("▲")
    assert "waits for approval: `/hmic approve D-1`" in empty_stage.ask("why D-1").text
    assert "– Waits for approval" in empty_stage.ask("deliveries").text
    assert "waiting for approval" in empty_stage.ask("status").text


def test_a_digest_that_was_not_approved_says_so_and_by_whom(empty_stage: Stage) -> None:
    empty_stage.follow("all now hold:yes")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()
    empty_stage.ask("reject D-1", who="Tom")
    tom = empty_stage.workspace.person("Tom").id

    for asked in ("why D-1", "deliveries"):
        assert f"it was not approved, by <@{tom}>" in empty_stage.ask(asked).text
        assert "iven up" not in empty_stage.ask(asked).text
    assert "1 given up (nobody needs to look)" in empty_stage.ask("status").text


def test_what_its_maker_is_told_is_no_message_of_a_digest(empty_stage: Stage) -> None:
    empty_stage.follow("all now hold:yes")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()
    empty_stage.clock.advance(minutes=2)
    empty_stage.ask("approve D-1")
    empty_stage.tick()

    text = empty_stage.ask("why D-1").text
    assert "1 of 1 message" in text
    assert "`D-1.n0` (a word to its maker) ✔ posted" in text


def test_a_release_that_joined_a_days_message_is_told_with_its_own_time(empty_stage: Stage) -> None:
    empty_stage.follow("all now layout:compact")
    for name in ("cheshire.txt", "merseyside.html"):
        empty_stage.add(CORPUS / f"01-peel-2016-legitimacy-{name}")
        empty_stage.tick()
        empty_stage.clock.advance(minutes=5)
        empty_stage.tick()

    sent = line_of(empty_stage.ask("why R-2").text, "sent")
    told = empty_stage.ask("why R-2").text.partition(sent)[2]
    assert sent.startswith("✔")
    assert "added to the message of `D-1` by `D-2.e0`: ✔ done <!date^" in sent + told
    assert "`D-1.0` ✔ posted" not in sent + told
    assert "08:05 UTC" in sent + told


def test_a_preview_of_what_is_paused_says_that_it_is(empty_stage: Stage) -> None:
    empty_stage.follow("all daily 09:30")
    empty_stage.add(HAMPSHIRE)
    empty_stage.ask("pause 1")

    text = empty_stage.ask("preview").text
    assert "Paused by <@" in text
    assert "1 release waits" in text


def test_the_history_of_a_person_is_theirs(empty_stage: Stage) -> None:
    empty_stage.follow("all now me")
    empty_stage.add(HAMPSHIRE)
    empty_stage.tick()

    assert empty_stage.ask("deliveries").text.startswith("No digest was posted here yet")
    assert "*D-1*: 1 release" in empty_stage.ask("deliveries", channel="dm").text
    assert empty_stage.ask("deliveries", who="Tom").text.startswith("No digest was posted here yet")
    assert empty_stage.ask("why D-1", who="Tom").text.startswith("That did not work")
    assert empty_stage.ask("why D-1").text.startswith("D-1: 1 release")
