"""`hmic deliveries` and `hmic withdraw`: what they print where, and how they end."""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest
import structlog
from fakes import Slip
from follow import Follower

from bot.cli import main
from summaries.delivery import DeliveryState, Sighting
from summaries.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Ended:
    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    def __call__(self, *arguments: str) -> Ended: ...


@pytest.fixture
def hmic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `hmic` in this process, in a folder with a store of its own and no setting."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("HMIC_", "SLACK_", "DATABASE_"))]:
        monkeypatch.delenv(name)

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["hmic", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    yield run
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


@pytest.fixture
def follower(hmic: Run, tmp_path: Path) -> Iterator[Follower]:
    """The store that the commands find."""
    assert hmic("db", "upgrade").returncode == 0
    with open_database(f"sqlite:///{tmp_path / 'hmic.sqlite3'}") as database:
        yield Follower(database)


@pytest.fixture
def unknown(follower: Follower) -> Follower:
    """A message may be in the channel, which nobody can read; a reply waits for it."""
    follower.owing()
    follower.poster.script.append(Slip.LOST_REPLY)
    follower.poster.sightings.append(Sighting(found=False, readable=False, code="missing_scope"))
    follower.send_all()
    return follower


def states(follower: Follower) -> list[DeliveryState]:
    with follower.database.read() as work:
        return [delivery.state for delivery in work.deliveries.of_window(1)]


def test_with_nothing_owed_it_says_so(follower: Follower, hmic: Run) -> None:
    ended = hmic("deliveries")

    assert (ended.returncode, ended.stdout) == (0, "No message yet.\nNothing needs somebody.\n")


def test_what_needs_somebody_is_a_line_each_with_its_name_and_reason(unknown: Follower, hmic: Run) -> None:
    ended = hmic("deliveries")

    assert ended.returncode == 0
    assert "1 needs_review, 1 pending" in ended.stdout
    [line] = [line for line in ended.stdout.splitlines() if line.startswith("D-1.0")]
    assert line.split() == ["D-1.0", "needs_review", "2026-11-21", "08:00", "C1", "1", "unreadable", "(missing_scope)"]


def test_json_holds_the_decisions_and_the_log(unknown: Follower, hmic: Run) -> None:
    told = json.loads(hmic("deliveries", "--json").stdout)

    assert told["counts"] == {"needs_review": 1, "pending": 1}
    [needing] = told["needing"]
    assert (needing["message"], needing["may_repeat"]) == ("D-1.0", True)
    assert needing["decisions"] == ["arrived", "retry", "skip"]
    assert [attempt["outcome"] for attempt in needing["attempts"]] == ["ambiguous", "unreadable"]


def test_sending_again_warns_on_stderr_that_it_may_come_twice(unknown: Follower, hmic: Run) -> None:
    ended = hmic("deliveries", "retry", "D-1.0")

    assert (ended.returncode, ended.stdout) == (0, "D-1.0: pending\n")
    assert "see it twice" in ended.stderr
    assert states(unknown)[0] is DeliveryState.PENDING


def test_giving_up_and_arriving_say_what_the_message_is_now(unknown: Follower, hmic: Run) -> None:
    assert hmic("deliveries", "skip", "D-1.0").stdout == "D-1.0: dead\n"
    [message] = unknown.poster.messages
    link = f"https://ripley.slack.com/archives/C1/p{message.ts.replace('.', '')}"

    assert hmic("deliveries", "arrived", "D-1.0", link).stdout.splitlines()[0] == "D-1.0: sent"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("retry", "D-9.0"), "no message D-9.0"),
        (("retry", "R-1"), "names no message"),
        (("retry", "D-1"), "whole digest"),
        (("retry", "D-1.1"), "on its way"),
        (("arrived", "D-1.0"), "Copy link"),
    ],
)
def test_what_cannot_be_decided_ends_with_1_and_says_why(
    unknown: Follower, hmic: Run, arguments: tuple[str, ...], told: str
) -> None:
    ended = hmic("deliveries", *arguments)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert told in ended.stderr
    assert states(unknown)[0] is DeliveryState.NEEDS_REVIEW


def test_a_release_is_withdrawn_once_with_words(follower: Follower, hmic: Run) -> None:
    follower.release("kent-1")

    assert hmic("withdraw", "R-1", "published in error").stdout == "R-1 is withdrawn: kent-1\n"
    again = hmic("withdraw", "R-1", "published in error")
    assert (again.returncode, again.stdout) == (1, "")
    assert "withdrawn already" in again.stderr


@pytest.mark.parametrize(("arguments", "code"), [(("kent", "why"), 1), (("R-1", " "), 2), (("R-1",), 2)])
def test_a_withdrawal_names_a_release_and_says_why(
    follower: Follower, hmic: Run, arguments: tuple[str, ...], code: int
) -> None:
    follower.release("kent-1")

    assert hmic("withdraw", *arguments).returncode == code
    with follower.database.read() as work:
        assert list(work.releases.withdrawn()) == []
