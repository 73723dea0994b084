"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog

from bot.cli import main
from summaries.store.tables import raw_reading, release_revision

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
MIGRATE = ("db", "upgrade")


@dataclass(frozen=True)
class Ended:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def hmic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs `hmic` in an empty folder with no setting but what is given: in this process, since a second goes by until a
    new one has read its modules. Other tests start real ones."""

    def run(*arguments: str, said: str = "", **settings: str) -> Ended:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **settings}
        stdin = io.TextIOWrapper(io.BytesIO(said.encode()))
        with monkeypatch.context() as here:
            here.chdir(tmp_path)
            for name in set(os.environ) - set(environment):
                here.delenv(name)
            for name, value in environment.items():
                here.setenv(name, value)
            here.setattr(sys, "argv", ["hmic", *arguments])
            here.setattr(sys, "stdin", stdin)
            with pytest.raises(SystemExit) as ended:
                main()
        said_by_it = capfd.readouterr()
        return Ended(int(ended.value.code or 0), said_by_it.out, said_by_it.err)

    yield run
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds nothing yet and one that holds the seeds."""
    folder = tmp_path_factory.mktemp("stores")
    for name, *fillings in (("migrated", MIGRATE), ("seeded", MIGRATE, ("add", str(SEEDS)))):
        for arguments in fillings:
            settings = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{folder / name}.sqlite3"}
            subprocess.run([sys.executable, "-m", "bot", *arguments], env=settings, check=True, capture_output=True)
    return folder


@pytest.fixture
def migrated(stores: Path, tmp_path: Path) -> None:
    """The folder that `hmic` runs in has a store that holds nothing yet."""
    shutil.copyfile(stores / "migrated.sqlite3", tmp_path / "hmic.sqlite3")


@pytest.fixture
def seeded(stores: Path, tmp_path: Path) -> None:
    """The folder that `hmic` runs in has a store that holds the seeds."""
    shutil.copyfile(stores / "seeded.sqlite3", tmp_path / "hmic.sqlite3")


@pytest.mark.usefixtures("migrated")
def test_adding_the_seeds_twice_changes_nothing_and_says_so(hmic) -> None:  # type: ignore[no-untyped-def]
    first, second = hmic("add", str(SEEDS)), hmic("add", str(SEEDS))

    assert first.stdout.splitlines()[-1] == "5 new, 0 revised, 0 unchanged, 0 unreadable"
    assert second.stdout == "0 new, 0 revised, 5 unchanged, 0 unreadable\n"
    assert (first.returncode, second.returncode) == (0, 0)


@pytest.mark.usefixtures("migrated")
def test_a_changed_file_becomes_a_revision(hmic, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "release.txt"
    source = SEEDS / "004_6029efa0301d0f97.txt"
    file.write_bytes(source.read_bytes())
    hmic("add", str(file))
    file.write_text(source.read_text().replace("lacks credibility", "lacks all credibility"))

    assert hmic("add", "release.txt").stdout.splitlines()[-1] == "0 new, 1 revised, 0 unchanged, 0 unreadable"


@pytest.mark.usefixtures("migrated")
def test_what_cannot_be_read_is_named_on_stderr_and_ends_with_1(hmic, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.txt").write_bytes(b"")
    ended = hmic("add", "empty.txt", str(SEEDS))

    assert ended.returncode == 1
    assert ended.stderr.startswith("hmic: empty.txt: ")
    assert ended.stdout.splitlines()[-1] == "5 new, 0 revised, 0 unchanged, 1 unreadable"


@pytest.mark.usefixtures("migrated")
def test_add_prints_a_line_of_json_a_document(hmic) -> None:  # type: ignore[no-untyped-def]
    lines = [json.loads(line) for line in hmic("add", "--json", str(SEEDS)).stdout.splitlines()]

    assert [line["releases"][0]["decision"] for line in lines] == ["new"] * 5


@pytest.mark.usefixtures("migrated")
def test_add_reads_standard_input(hmic) -> None:  # type: ignore[no-untyped-def]
    text = next(SEEDS.glob("000_*")).read_text()
    first, second = hmic("add", "-", said=text), hmic("add", "-", said=text)

    assert first.stdout.splitlines()[-1] == "1 new, 0 revised, 0 unchanged, 0 unreadable"
    assert second.stdout == "0 new, 0 revised, 1 unchanged, 0 unreadable\n"


@pytest.mark.usefixtures("migrated")
def test_an_address_that_may_not_be_read_is_one_line_and_stops_no_other(hmic) -> None:  # type: ignore[no-untyped-def]
    ended = hmic("add", "https://example.org/kent", "http://127.0.0.1/", str(SEEDS))

    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-1] == "5 new, 0 revised, 0 unchanged, 2 unreadable"
    lines = ended.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("hmic: https://example.org/kent: example.org is not a host that may be read.")


@pytest.mark.usefixtures("migrated")
def test_a_file_too_large_is_named_once_and_stops_no_other(hmic, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(6 * 2**20)
    ended = hmic("add", "large.txt", str(SEEDS))

    assert ended.returncode == 1
    assert ended.stderr == "hmic: large.txt is larger than 5 MiB, the most that is read of one release.\n"
    assert ended.stdout.splitlines()[-1] == "5 new, 0 revised, 0 unchanged, 1 unreadable"


@pytest.mark.usefixtures("migrated")
def test_a_folder_that_cannot_be_gone_through_is_named_and_stops_no_other(hmic, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    top = tmp_path / "drop"
    top.mkdir()
    (top / "z.txt").write_text("Kent Police has made progress\n\nHMICFRS inspected Kent Police.")
    inside = os.open(top, os.O_RDONLY)
    for _ in range(20):  # beyond what a path may hold
        os.mkdir("d" * 250, dir_fd=inside)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside = below
    os.close(inside)
    ended = hmic("add", str(top))
    assert ended.returncode == 1
    assert "could not be read: File name too long" in ended.stderr
    assert ended.stdout.splitlines()[-1] == "1 new, 0 revised, 0 unchanged, 1 unreadable"


@pytest.mark.usefixtures("seeded")
def test_a_reparse_finds_nothing_to_do_after_an_add(hmic) -> None:  # type: ignore[no-untyped-def]
    ended = hmic("reparse")

    assert ended.returncode == 0
    assert ended.stdout.startswith("0 documents read again: 0 unchanged, 0 read otherwise")
    assert hmic("reparse", "--dry-run").stdout.endswith("Nothing was changed.\n")
    assert ended.stderr == ""


@pytest.mark.usefixtures("seeded")
def test_a_reparse_tells_what_is_read_otherwise(hmic, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'hmic.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(sa.update(raw_reading).values(parser_version=0))
        documents = connection.execute(sa.select(release_revision.c.seq, release_revision.c.document)).all()
        for seq, document in documents:
            changed = {"document": {**document, "title": "Misread"}, "content_hash": "v1:older"}
            connection.execute(sa.update(release_revision).where(release_revision.c.seq == seq).values(changed))
    engine.dispose()
    planned = [json.loads(line) for line in hmic("reparse", "--dry-run", "--json").stdout.splitlines()]
    ended = hmic("reparse")

    assert [set(line["releases"][0]["changed"]) for line in planned] == [{"title"}] * 5
    assert planned[0]["releases"][0]["changed"]["title"]["old"] == "Misread"
    assert ended.stdout.splitlines()[0].startswith("reread    R-1     Thames Valley Police")
    assert ended.stdout.splitlines()[0].endswith("(title)")
    assert ended.stdout.splitlines()[-1].startswith("5 documents read again: 0 unchanged, 5 read otherwise, 0 new")


@pytest.mark.usefixtures("seeded")
def test_ask_prints_the_answer_as_plain_text(hmic) -> None:  # type: ignore[no-untyped-def]
    answer = hmic("ask", "Hampshire", "2016")

    assert answer.returncode == 0
    assert answer.stdout.startswith("Hampshire Constabulary is 'good' at legitimately")
    assert "*" not in answer.stdout
    assert answer.stderr == ""


@pytest.mark.usefixtures("seeded")
def test_ask_prints_the_message_as_json(hmic) -> None:  # type: ignore[no-untyped-def]
    message = json.loads(hmic("ask", "--json", "Northants").stdout)

    assert message["text"].startswith("Northamptonshire Police: good")
    assert message["blocks"][0]["type"] == "header"


@pytest.mark.usefixtures("migrated")
def test_subscribing_in_the_terminal_says_where_it_can_be_done(hmic) -> None:  # type: ignore[no-untyped-def]

    ended = hmic("ask", "subscribe", "all", "daily")

    assert ended.returncode == 1
    assert "say this in Slack" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["ask", "Kent"], {}, "hmic db upgrade"),
        (["web"], {}, "SLACK_BOT_TOKEN is not set"),
        (["worker"], {}, "SLACK_BOT_TOKEN is not set"),
        (["web"], {"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET is not set"),
        (["config"], {"PORT": "many"}, "PORT: "),
        (["add", "htp://foo"], {}, "htp://foo looks like an address typed wrong. Nothing was read"),
        (["add", "www.gov.uk/a"], {}, "www.gov.uk/a looks like an address typed wrong. Nothing was read"),
        (["add", "nowhere.txt"], {}, "no file or folder nowhere.txt. Nothing was read"),
        (["add", "."], {}, "There is nothing to read there"),
        (["manifest", "--url", "http://x.org"], {}, "is not a public https address"),
        (["db", "check"], {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, "The database did not answer"),
        (["run"], {"HMIC_HOST": "0.0.0.0"}, "this machine only"),
    ],
)
def test_a_problem_is_one_clear_line_without_a_traceback(hmic, arguments, settings, said) -> None:  # type: ignore[no-untyped-def]
    ended = hmic(*arguments, **settings)

    assert ended.returncode == 1
    assert ended.stderr.startswith("hmic: ")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], ["manifest"], ["ask"], ["add"], ["db", "nonsense"]])
def test_a_command_typed_wrong_ends_with_2(hmic, arguments) -> None:  # type: ignore[no-untyped-def]
    assert hmic(*arguments).returncode == 2


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:deep-secret@db/hmic",
        "postgresql://db/hmic?password=deep-secret",
        "postgres://me:a@deep-secret@db/hmic",
    ],
)
def test_config_masks_secrets_and_passwords(hmic, address: str) -> None:  # type: ignore[no-untyped-def]
    settings = {"SLACK_BOT_TOKEN": "xoxb-deep-secret", "DATABASE_URL": address}
    shown = hmic("config", **settings).stdout + hmic("config", "--json", **settings).stdout

    assert "deep-secret" not in shown
    assert "set, not shown" in shown
    assert "@db/hmic" in shown


def test_the_manifest_is_json(hmic) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(hmic("manifest", "--url", "https://hmic.example.org").stdout)["display_information"]
    assert json.loads(hmic("manifest", "--socket-mode").stdout)["settings"]["socket_mode_enabled"]


@pytest.mark.usefixtures("seeded")
def test_status_tells_what_is_held(hmic) -> None:  # type: ignore[no-untyped-def]

    assert hmic("status").stdout.startswith("5 releases held, on 4 bodies")
    assert "database answers" in hmic("db", "check").stdout


@pytest.mark.usefixtures("migrated")
def test_sources_are_listed_and_looked_at_now(hmic, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    watched = {"HMIC_SOURCES": f"folder:{SEEDS} folder:{tmp_path / 'nowhere'}"}
    before = hmic("sources", **watched)
    checked = hmic("sources", "check", **watched)
    after = json.loads(hmic("sources", "--json", **watched).stdout)

    assert before.stdout.count("never") == 2
    assert (before.returncode, checked.returncode) == (0, 1)
    assert f"folder:{SEEDS}  5 new, 0 revised" in checked.stdout
    assert checked.stderr.startswith(f"hmic: folder:{tmp_path / 'nowhere'}: There is no file or folder")
    assert [(source["checks"], source["failures"]) for source in after] == [(1, 0), (1, 1)]
    assert "failed 1 time in a row" in hmic("status", **watched).stdout


@pytest.mark.usefixtures("migrated")
def test_without_sources_it_is_said_how_to_name_one(hmic) -> None:  # type: ignore[no-untyped-def]

    for arguments in (["sources"], ["sources", "check"], ["status"]):
        ended = hmic(*arguments)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert "HMIC_SOURCES" in ended.stdout
