"""`hmic export` as a process: what goes to stdout, what to a file, and how it ends."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HMIC = (sys.executable, "-m", "bot")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the seeds."""
    store = tmp_path_factory.mktemp("exported") / "hmic.sqlite3"
    settings = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{store}"}
    for arguments in (["db", "upgrade"], ["add", str(SEEDS)]):
        subprocess.run([*HMIC, *arguments], env=settings, check=True, capture_output=True)
    return store


@pytest.fixture
def hmic(tmp_path: Path, seeded: Path) -> Run:
    """Runs `hmic` in a folder with a store of the seeds and no setting."""
    shutil.copyfile(seeded, tmp_path / "hmic.sqlite3")

    def run(*arguments: str, stdout: int | IO[bytes] = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        return subprocess.run(
            [*HMIC, *arguments], cwd=tmp_path, env=environment, stdout=stdout, stderr=subprocess.PIPE, timeout=60
        )

    return run


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_without_a_word_everything_is_written_to_stdout_as_csv(hmic: Run) -> None:
    ended = hmic("export")

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.startswith(b"\xef\xbb\xbfreceipt,number,")
    assert {row["number"] for row in rows(ended.stdout)} == {"1", "2", "3", "4", "5"}
    assert ended.stdout.endswith(b"\r\n")


def test_a_filter_says_which_and_a_format_how(hmic: Run) -> None:
    ended = hmic("export", "force:hampshire", "json")
    written = [json.loads(line) for line in ended.stdout.splitlines()]

    assert ended.returncode == 0
    assert [line["releases"][0]["number"] for line in written] == [5]


def test_a_filter_that_begins_with_a_hyphen_is_no_option(hmic: Run) -> None:
    ended = hmic("export", "-force:hampshire", "csv")

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert {row["number"] for row in rows(ended.stdout)} == {"1", "2", "3", "4"}


def test_a_file_is_written_whole_and_what_it_holds_is_said(hmic: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(b"what was there before")
    ended = hmic("export", "--output", "out.csv")

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode() == "out.csv: 5 releases\n"
    assert len(rows((tmp_path / "out.csv").read_bytes())) == 5
    assert sorted(path.name for path in tmp_path.glob("*out.csv*")) == ["out.csv"]


def test_a_file_that_cannot_be_written_is_named_and_the_old_one_stays(hmic: Run, tmp_path: Path) -> None:
    ended = hmic("export", "--output", "nowhere/out.csv")

    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode() == "hmic: nowhere/out.csv could not be written: No such file or directory.\n"


def test_a_filter_that_is_not_understood_leaves_the_old_file_alone(hmic: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(b"what was there before")
    ended = hmic("export", "colour:red", "--output", "out.csv")

    assert ended.returncode == 1
    assert ended.stderr.startswith(b"hmic: ")
    assert (tmp_path / "out.csv").read_bytes() == b"what was there before"


def test_an_export_that_fails_half_way_leaves_the_old_file_alone(hmic: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(b"what was there before")
    with contextlib.closing(sqlite3.connect(tmp_path / "hmic.sqlite3")) as damaged:
        damaged.execute("UPDATE release_revision SET text = 'x' || text WHERE number = 1")
        damaged.commit()
    ended = hmic("export", "--output", "out.csv")

    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"hmic: A quotation is not in the stored text of its release")
    assert (tmp_path / "out.csv").read_bytes() == b"what was there before"
    assert sorted(path.name for path in tmp_path.glob("*out.csv*")) == ["out.csv"]


def test_where_nothing_is_meant_the_columns_stand_alone_and_it_is_said(hmic: Run) -> None:
    ended = hmic("export", "force:kent")

    assert ended.returncode == 0
    assert rows(ended.stdout) == []
    assert ended.stdout.startswith(b"\xef\xbb\xbfreceipt,")
    assert ended.stderr.decode() == "hmic: nothing held is meant by that: Kent Police\n"


def test_an_output_that_takes_nothing_is_said_in_a_line(hmic: Run, tmp_path: Path) -> None:
    file = tmp_path / "read-only"
    file.touch()
    with file.open("rb") as unwritable:
        ended = hmic("export", stdout=unwritable)

    assert ended.returncode == 1
    assert ended.stderr.decode() == "hmic: Standard output could not be written: Bad file descriptor.\n"


def test_a_reader_that_has_enough_is_not_complained_of(hmic: Run) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = hmic("export", stdout=writing)
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (1, b"")


def test_the_answer_in_the_terminal_names_the_command(hmic: Run) -> None:
    ended = hmic("ask", "export", "force:hampshire", "csv")

    assert ended.returncode == 0
    assert "hmic export 'force:hampshire csv'" in ended.stdout.decode()
