"""The repository keeps its own rules: small files, no address of a registry, no path of a developer's machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so it is not known which files belong to the project")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_source_file_is_longer_than_400_lines() -> None:
    long = {
        path.relative_to(ROOT): count
        for path in tracked("*.py", "*.j2", "*.js", "*.css", "*.html")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert long == {}


def test_no_file_names_a_package_registry_or_a_developers_machine() -> None:
    forbidden = re.compile(
        rb"pypi\.o"
        + rb"rg|pythonhosted\.o"
        + rb"rg|registry\.npm"
        + rb"js|(?:^|[^\w.])/(?:ro"
        + rb"ot|wo"
        + rb"rk|Us"
        + rb"ers)/\w"
    )
    found = [path.relative_to(ROOT) for path in tracked() if forbidden.search(path.read_bytes())]

    assert found == []


def test_the_lock_files_hold_a_hash_for_every_package_and_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        packages = [line for line in lines if re.match(r"[a-z0-9-]+(\[.*\])?==", line)]

        assert packages
        assert all(line.endswith("\\") for line in packages)
        assert not [line for line in lines if line.startswith(("-i", "--index", "--extra-index", "--find-links"))]


def test_the_seeds_are_as_they_came() -> None:
    names = sorted(path.name for path in (ROOT / "seeds").iterdir())

    assert [name[:3] for name in names] == ["000", "001", "002", "003", "004"]
