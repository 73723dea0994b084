"""Settings: each problem is named with what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.errors import BadSettings
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine's, and no `.env`, is seen."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "HMIC_")) or name in {"PORT", "DATABASE_URL"}:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_a_working_local_bot() -> None:
    settings = load_settings()

    assert settings.database_url == "sqlite:///hmic.sqlite3"
    assert settings.port == 3000
    assert not settings.has_slack


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "http", "PORT: "),
        ("PORT", "70000", "PORT: "),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL: must start with sqlite:/// or postgresql://"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "SLACK_BOT_TOKEN: must start with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN: must start with xapp-"),
        ("SLACK_API_BASE_URL", "slack.com", "SLACK_API_BASE_URL: must be an http or https address"),
        ("HMIC_ZONE", "Europe/Londinium", "HMIC_ZONE: “Europe/Londinium” is not a time zone"),
        ("HMIC_TICK_SECONDS", "0", "HMIC_TICK_SECONDS: "),
        ("HMIC_PEERS", "nowhere.csv", "HMIC_PEERS: the file nowhere.csv cannot be read as text"),
        ("HMIC_PEERS", ".", "HMIC_PEERS: the file . cannot be read as text"),
        ("HMIC_ADMINS", "U01ABC, maya", "HMIC_ADMINS: “maya” is not a user id"),
        ("HMIC_LOG_LEVEL", "loud", "HMIC_LOG_LEVEL: "),
        ("HMIC_LEASE_SECONDS", "17", "HMIC_LEASE_SECONDS must be more than 2 longer than HMIC_HTTP_TIMEOUT_SECONDS"),
        ("SLACK_SIGNING_SECRET", "s", "SLACK_BOT_TOKEN is not set"),
        ("SLACK_SIGNING_SECRET", "  ", "SLACK_SIGNING_SECRET: is blank"),
        ("HMIC_SOURCES", "news", "HMIC_SOURCES: “news” is not a source; write feed:https://…"),
        ("HMIC_SOURCES", "list:https://example.org/", "HMIC_SOURCES: “list:https://example.org/” may not be read"),
        ("HMIC_SOURCE_INTERVAL", "30s", "HMIC_SOURCE_INTERVAL: “30s” is not a time between checks"),
        ("HMIC_SOURCE_HOSTS", "https://example.org", "HMIC_SOURCE_HOSTS: “https://example.org” is not a host"),
        ("HMIC_CONTACT", "me (at home)", "HMIC_CONTACT: must be an e-mail address"),
        ("HMIC_TICK", "5", "HMIC_TICK is not a setting of hmic. Did you mean HMIC_TICK_SECONDS?"),
    ],
)
def test_a_wrong_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        load_settings()

    assert said in str(refused.value)


def test_a_refused_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxp-do-not-show")
    with pytest.raises(BadSettings) as refused:
        load_settings()

    assert "do-not-show" not in str(refused.value)


@pytest.mark.parametrize(
    ("present", "missing"), [({}, "SLACK_BOT_TOKEN"), ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET")]
)
def test_what_slack_needs_is_named_with_where_to_find_it(present: dict[str, str], missing: str) -> None:
    with pytest.raises(BadSettings, match=f"{missing} is not set: copy it from"):
        Settings(**present).require_slack()  # type: ignore[arg-type]


def test_an_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=4123\nSLACK_BOT_TOKEN=\n")

    assert load_settings().port == 4123
    assert not load_settings().has_slack


def test_secrets_do_not_show_in_a_print() -> None:
    assert "hidden-part" not in repr(Settings(SLACK_BOT_TOKEN="xoxb-hidden-part"))  # type: ignore[call-arg]


def test_an_env_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(BadSettings, match=r"\.env is not UTF-8"):
        load_settings()


def test_a_process_that_only_posts_needs_no_signing_secret() -> None:
    Settings(SLACK_BOT_TOKEN="xoxb-1").require_slack(to_answer=False)  # type: ignore[call-arg]


def test_sources_are_those_named_at_the_pace_set_on_hosts_that_may_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HMIC_SOURCES", "list:https://example.org/news folder:/drop@5m")
    monkeypatch.setenv("HMIC_SOURCE_INTERVAL", "6h")
    monkeypatch.setenv("HMIC_SOURCE_HOSTS", "example.org")
    settings = load_settings()

    assert [(source.key, source.interval_seconds) for source in settings.sources] == [
        ("list:https://example.org/news", 21_600),
        ("folder:/drop", 300),
    ]
    assert "example.org" in settings.hosts


def test_admins_are_user_ids_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().admins == ()
    monkeypatch.setenv("HMIC_ADMINS", "U01ABC, W02DEF,U03GHI")

    assert load_settings().admins == ("U01ABC", "W02DEF", "U03GHI")


def test_no_source_is_watched_unless_named() -> None:
    assert load_settings().sources == ()


def test_the_groups_of_a_file_are_read_and_a_wrong_line_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "peers.csv"
    monkeypatch.setenv("HMIC_PEERS", str(file))
    file.write_text("name,members\nKent,Essex|Surrey\n")
    assert load_settings().groups == {"kent": ("essex", "surrey")}

    file.write_text("name,members\nKent,Nowhere\n")
    with pytest.raises(BadSettings, match="line 2: “Nowhere” is not the name of one body"):
        load_settings()
