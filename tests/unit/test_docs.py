"""The documents say what there is: commands, settings, verbs, processes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.intents import VERBS
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text()
COMMANDS = (ROOT / "docs" / "commands.md").read_text()


def command_names() -> list[str]:
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [f"{name} {one}" for one in inner] if inner else [name]
    return names


@pytest.mark.parametrize("name", command_names())
def test_every_command_of_the_terminal_is_documented(name: str) -> None:
    assert f"`hmic {name}" in COMMANDS


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented(verb: str) -> None:
    assert f"`/hmic {verb}" in COMMANDS


@pytest.mark.parametrize("name", [str(field.validation_alias) for field in Settings.model_fields.values()])
def test_every_setting_is_documented_and_in_the_example(name: str) -> None:
    assert f"| `{name}` |" in CONFIGURATION
    assert re.search(rf"^#?{name}=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_no_setting_is_documented_that_is_not_there() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", CONFIGURATION, re.MULTILINE))

    assert documented == {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_every_process_of_the_procfile_is_a_command() -> None:
    processes = dict(line.split(": python -m bot ") for line in (ROOT / "Procfile").read_text().splitlines())

    assert set(processes) == {"release", "web", "worker"}
    assert set(processes.values()) <= set(command_names())


def test_every_file_the_documents_link_to_is_there() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_first_screen_of_the_readme_has_the_two_commands() -> None:
    first_screen = "\n".join(README.splitlines()[:40])

    assert "make run" in first_screen
    assert "make test" in first_screen
