"""`python -m summaries`: files in, JSON or text out."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from reading import ROOT, SEEDS

from summaries.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "summaries", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, timeout=60, check=False)


def test_each_document_is_one_json_object_on_one_line() -> None:
    done = run("--json", *SEEDS.values())
    documents = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]

    assert (done.returncode, done.stderr) == (0, b"")
    assert [document["releases"][0]["id"][:4] for document in documents] == ["peel", "revi", "peel", "peel", "peel"]


def test_a_dash_reads_bytes_from_standard_input() -> None:
    done = run("--json", "-", given="Zoë’s “report”\n\nKent Police".encode("cp1252"))

    assert json.loads(done.stdout)["source"]["path"] == "-"
    assert json.loads(done.stdout)["releases"][0]["title"] == "Zoë’s “report”"


def test_what_cannot_be_read_is_one_line_on_standard_error_and_the_rest_is_printed(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = run("--json", empty, tmp_path / "missing.txt", tmp_path, SEEDS["000"])
    complaints = done.stderr.decode().splitlines()

    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert [line.partition(": ")[0] for line in complaints] == [str(empty), f"{tmp_path}/missing.txt", str(tmp_path)]


@pytest.mark.parametrize("arguments", [[], ["--yaml", "a"]])
def test_wrong_usage_leaves_with_two(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def test_text_for_people_shows_grades_findings_and_the_quote(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(SEEDS["002"])]) == 0

    printed = capfdbinary.readouterr().out.decode()
    assert "  legitimacy: good\n  earlier (2015): legitimacy: good\n" in printed
    assert "    + has an effective vetting process in place." in printed
    assert "    Zoë Billingham, HM Inspector of Constabulary\n" in printed


def test_text_for_people_shows_doubts(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    unknown = tmp_path / "a.txt"
    unknown.write_text("Some words")

    assert main([str(unknown)]) == 0
    assert b"  ? No body that we know is named as its subject.\n" in capfdbinary.readouterr().out


def test_json_and_complaints_leave_by_their_own_streams(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--json", str(tmp_path / "missing.txt"), str(SEEDS["000"])]) == 1

    printed = capfdbinary.readouterr()
    assert json.loads(printed.out)["releases"][0]["cycle"] == "2016"
    assert printed.err.decode() == f"{tmp_path}/missing.txt: No such file or directory\n"
