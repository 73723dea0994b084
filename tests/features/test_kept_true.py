"""What becomes of digests that were posted: corrected, struck, and folded into one message on a publication day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import CORPUS
from stage import SEEDS, Stage

from summaries.withdrawing import withdraw

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.model import Message

HAMPSHIRE = SEEDS / "004_6029efa0301d0f97.txt"
DAY = ("cheshire", "merseyside", "north-wales")


def settle(stage: Stage) -> None:
    """Ticks until all is posted that one tick began."""
    for _ in range(8):
        stage.tick()
        stage.clock.advance(seconds=2)


def in_thread(stage: Stage, first: Message) -> list[Message]:
    return [post for post in stage.posts() if post.thread_ts == first.ts and post.ts != first.ts]


def posted(stage: Stage, tmp_path: Path, words: str = "all now") -> tuple[Message, Path]:
    """Hampshire's release as it was posted, and the file it was read from."""
    file = tmp_path / "release.txt"
    stage.follow(words)
    file.write_bytes(HAMPSHIRE.read_bytes())
    stage.add(file)
    settle(stage)
    [_, digest] = stage.posts()
    return digest, file


def test_a_release_that_changes_is_corrected_where_it_was_posted(empty_stage: Stage, tmp_path: Path) -> None:
    digest, file = posted(empty_stage, tmp_path)
    file.write_text(HAMPSHIRE.read_text().replace("slow response", "very slow response"))
    empty_stage.add(file)
    settle(empty_stage)

    [_, edited, *_] = empty_stage.posts()
    [reply] = in_thread(empty_stage, edited)
    assert edited.ts == digest.ts
    assert "Corrected since it was first published (revision 2)" in edited.text
    assert "very slow response" in edited.text
    assert "> Was: " in reply.text
    assert "very slow response" in reply.text


def test_a_release_that_was_held_before_and_is_corrected_is_told_with_what_changed(
    empty_stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "release.txt"
    file.write_bytes(HAMPSHIRE.read_bytes())
    empty_stage.add(file)
    empty_stage.follow("all now")
    file.write_text(HAMPSHIRE.read_text().replace("slow response", "very slow response"))
    empty_stage.add(file)
    settle(empty_stage)

    [_, digest, *_] = empty_stage.posts()
    assert digest.text.startswith("Corrected: Hampshire")
    assert "What has changed since revision 1:" in digest.text
    assert "> Was: " in digest.text


def test_a_release_that_is_withdrawn_is_struck_where_it_was_posted(empty_stage: Stage, tmp_path: Path) -> None:
    digest, _ = posted(empty_stage, tmp_path)
    withdraw(empty_stage.bot.database, empty_stage.clock, 1, "published in error")
    settle(empty_stage)

    [_, edited, *_] = empty_stage.posts()
    [reply] = in_thread(empty_stage, edited)
    assert edited.ts == digest.ts
    assert "~“Hampshire Constabulary is 'good'" in edited.text
    assert "published in error" in edited.text
    assert "slow response" not in edited.text
    assert reply.text.startswith("Withdrawn: Hampshire Constabulary")


def test_releases_of_one_day_are_one_message_that_grows(empty_stage: Stage) -> None:
    empty_stage.follow("force:merseyside or force:cheshire or force:north-wales now")
    for force in DAY:
        [file] = [
            path for path in CORPUS.glob(f"01-peel-2016-legitimacy-{force}.*") if path.suffix in {".txt", ".html"}
        ]
        empty_stage.add(file)
        settle(empty_stage)

    [_, day, *rest] = empty_stage.posts()
    assert day.text.startswith(
        "3 new releases: PEEL 2016, legitimacy, 8 December 2016\n★ outstanding: 1, ✔ good: 1, ▲ requires improvement: 1"
    )
    assert all(post.thread_ts == day.ts for post in rest)
    assert all(any(f"R-{number}\N{NO-BREAK SPACE}" in post.text for post in rest) for number in (1, 2, 3))


def test_a_digest_that_waits_is_shown_to_whoever_made_it_with_its_buttons(empty_stage: Stage, tmp_path: Path) -> None:
    empty_stage.follow("all now hold:yes")
    file = tmp_path / "release.txt"
    file.write_bytes(HAMPSHIRE.read_bytes())
    empty_stage.add(file)
    settle(empty_stage)

    [notice] = empty_stage.posts("dm")
    assert notice.text.startswith("D-1 waits for your approval")
    assert "New: Hampshire Constabulary is 'good'" in notice.text
    assert len(empty_stage.posts()) == 1


def test_what_came_in_during_a_pause_is_told_in_a_line_each_when_asked_for(empty_stage: Stage) -> None:
    empty_stage.follow("all daily 08:30")
    empty_stage.ask("pause 1")
    empty_stage.add(SEEDS)
    empty_stage.ask("resume 1 summarise")
    empty_stage.clock.advance(hours=24)
    settle(empty_stage)

    told = [post.text for post in empty_stage.posts() if "what came in meanwhile, in a line each" in post.text]
    assert [text.splitlines()[0] for text in told] == ["5 new releases"]
    assert len(told[0].splitlines()) == 8
