"""Settings from the environment (and `.env`), checked once at start. The only module that reads the environment.

Names that every platform or Slack's own pages use stand as they are (`PORT`, `DATABASE_URL`, `SLACK_…`); all others
start with `HMIC_`.
"""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSettings
from summaries.peers import read_groups
from summaries.sources.addresses import USUAL_HOSTS
from summaries.sources.configured import check_hosts, read_hosts, read_interval, read_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from summaries.peers import Groups
    from summaries.watched import Source

LEASE_MARGIN_SECONDS = 2  # a lease must outlast a whole call, with time to see that it still holds


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"“{name}” is not a time zone; write it as Europe/London") from None
    return name


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http or https address")
    return url.rstrip("/") + "/"


def _database_address(url: str) -> str:
    if url.partition(":")[0].partition("+")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("must start with sqlite:/// or postgresql://")
    return url


def _token(prefix: str) -> AfterValidator:
    def check(value: SecretStr | None) -> SecretStr | None:
        # A test workspace mints its own tokens, but they keep Slack's prefixes: a pasted wrong secret is caught here.
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    return AfterValidator(check)


def _not_blank(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not value.get_secret_value().strip():
        raise ValueError("is blank: with it anyone could sign requests")
    return value


def _readable(read: Callable[[str], object]) -> AfterValidator:
    """A setting of words of its own: kept as it was written when `read` understands it."""

    def check(text: str) -> str:
        read(text)
        return text

    return AfterValidator(check)


def _contact(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"https?://[^\s()]{1,190}|[^\s()@]{1,64}@[^\s()@]{1,190}", text, re.ASCII):
        raise ValueError("must be an e-mail address, or the address of a page")
    return text


def _people(text: str) -> tuple[str, ...]:
    """The user ids in a list parted by commas or spaces."""
    ids = tuple(text.replace(",", " ").split())
    for one in ids:
        if not re.fullmatch(r"[UW][A-Z0-9]{2,30}", one):
            raise ValueError(f"“{one[:40]}” is not a user id; it begins with U: profile, three dots, Copy member ID")
    return ids


def _groups(path: str | None) -> str | None:
    """Read now, so that a file that cannot be used is told of at start."""
    if path is not None:
        try:
            read_groups(Path(path))
        except (OSError, UnicodeDecodeError):
            raise ValueError(f"the file {path} cannot be read as text") from None
    return path


class Settings(BaseSettings):
    """Everything that can be set from outside. `docs/configuration.md` lists each with its meaning."""

    model_config = SettingsConfigDict(
        env_file=".env",
        extra="ignore",
        populate_by_name=True,
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_database_address)] = Field(
        default="sqlite:///hmic.sqlite3",
        validation_alias="DATABASE_URL",
        description="Where releases and deliveries are kept: an SQLite file or a PostgreSQL address.",
    )
    port: int = Field(
        default=3000,
        ge=0,
        le=65535,
        validation_alias="PORT",
        description="The port `hmic web` and `hmic run` listen on.",
    )
    host: str | None = Field(
        default=None,
        validation_alias="HMIC_HOST",
        description="The address to listen on; by default 0.0.0.0 for `hmic web`, 127.0.0.1 for `hmic run`.",
    )
    slack_bot_token: Annotated[SecretStr | None, _token("xoxb-")] = Field(
        default=None, validation_alias="SLACK_BOT_TOKEN", description="The bot token, from OAuth & Permissions."
    )
    slack_signing_secret: Annotated[SecretStr | None, AfterValidator(_not_blank)] = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET", description="The signing secret, from Basic Information."
    )
    slack_app_token: Annotated[SecretStr | None, _token("xapp-")] = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="An app-level token with connections:write: turns on Socket Mode, which needs no public address.",
    )
    slack_api_base_url: Annotated[str, AfterValidator(_web_address)] = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_BASE_URL", description="The Web API to talk to."
    )
    zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Europe/London", validation_alias="HMIC_ZONE", description="The time zone of new subscriptions."
    )
    tick_seconds: float = Field(
        default=5.0,
        gt=0,
        le=300,
        validation_alias="HMIC_TICK_SECONDS",
        description="How often the worker looks for due work.",
    )
    lease_seconds: float = Field(
        default=60.0,
        gt=0,
        validation_alias="HMIC_LEASE_SECONDS",
        description="How long a worker holds a delivery it claimed.",
    )
    http_timeout_seconds: float = Field(
        default=15.0,
        gt=0,
        validation_alias="HMIC_HTTP_TIMEOUT_SECONDS",
        description="How long to wait for Slack's reply.",
    )
    settle_seconds: float = Field(
        default=120.0,
        ge=0,
        validation_alias="HMIC_SETTLE_SECONDS",
        description="How long after a lost reply before the channel is read back to learn what happened.",
    )
    send_at_once: int = Field(
        default=8,
        ge=1,
        le=32,
        validation_alias="HMIC_SEND_AT_ONCE",
        description="How many calls to Slack the worker makes at the same time.",
    )
    source_list: Annotated[str, _readable(partial(read_sources, interval_seconds=60))] = Field(
        default="",
        validation_alias="HMIC_SOURCES",
        description="Where the worker looks for releases: feed:, list: or page: and an address, folder: and a path.",
    )
    source_interval: Annotated[str, _readable(read_interval)] = Field(
        default="30m",
        validation_alias="HMIC_SOURCE_INTERVAL",
        description="How often a source is looked at that does not say its own: 15m, 6h, 1d.",
    )
    source_hosts: Annotated[str, _readable(read_hosts)] = Field(
        default="",
        validation_alias="HMIC_SOURCE_HOSTS",
        description="Hosts that may be read beside the inspectorate's.",
    )
    contact: Annotated[str | None, AfterValidator(_contact)] = Field(
        default=None,
        validation_alias="HMIC_CONTACT",
        description="Where a site's keeper can reach you: sent with each request for a page.",
    )
    peers_file: Annotated[str | None, AfterValidator(_groups)] = Field(
        default=None,
        validation_alias="HMIC_PEERS",
        description="A CSV file of groups of forces, for the filter peers:.",
    )
    admin_list: Annotated[str, _readable(_people)] = Field(
        default="",
        validation_alias="HMIC_ADMINS",
        description="User ids of those who may decide about deliveries, beside the workspace's admins.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", validation_alias="HMIC_LOG_LEVEL", description="How much is logged."
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto",
        validation_alias="HMIC_LOG_FORMAT",
        description="`text` for people, `json` for collectors; `auto` chooses text on a terminal.",
    )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that are watched."""
        return read_sources(self.source_list, interval_seconds=read_interval(self.source_interval))

    @property
    def groups(self) -> Groups:
        """The groups of bodies that `peers:` may name."""
        return read_groups(Path(self.peers_file)) if self.peers_file else {}

    @property
    def admins(self) -> tuple[str, ...]:
        """The user ids of those who are admins here besides the workspace's own."""
        return _people(self.admin_list)

    @property
    def hosts(self) -> tuple[str, ...]:
        """All hosts that may be read."""
        return (*USUAL_HOSTS, *read_hosts(self.source_hosts))

    @property
    def has_slack(self) -> bool:
        """Whether enough is set to talk to a Slack workspace."""
        return self.slack_bot_token is not None

    def require_slack(self, *, to_answer: bool = True) -> None:
        """Raise BadSettings naming what is missing to post to a workspace and, unless told not, to answer it."""
        if self.slack_bot_token is None:
            raise BadSettings(
                "SLACK_BOT_TOKEN is not set: copy it from your app's page, OAuth & Permissions, into .env."
            )
        if to_answer and self.slack_app_token is None and self.slack_signing_secret is None:
            raise BadSettings(
                "SLACK_SIGNING_SECRET is not set: copy it from your app's page, Basic Information, into .env "
                "(or set SLACK_APP_TOKEN to use Socket Mode)."
            )

    def check(self) -> None:
        """Raise BadSettings for settings that are each fine but do not fit together."""
        if self.lease_seconds <= self.http_timeout_seconds + LEASE_MARGIN_SECONDS:
            raise BadSettings(
                f"HMIC_LEASE_SECONDS must be more than {LEASE_MARGIN_SECONDS} longer than HMIC_HTTP_TIMEOUT_SECONDS."
            )
        try:
            check_hosts(self.sources, self.hosts)
        except ValueError as error:
            raise BadSettings(f"HMIC_SOURCES: {error} Other hosts are named in HMIC_SOURCE_HOSTS.") from None
        if not self.has_slack and (self.slack_app_token or self.slack_signing_secret):
            self.require_slack()


def load_settings() -> Settings:
    """The settings of this process. Raises BadSettings with one line a problem, each naming its variable."""
    _refuse_unknown(os.environ)
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"{problem['loc'][0]}: {problem['msg'].removeprefix('Value error, ')}." for problem in error.errors()]
        raise BadSettings("\n".join(lines)) from None
    except UnicodeDecodeError:
        raise BadSettings("The file .env is not UTF-8 text: save it as UTF-8.") from None
    settings.check()
    return settings


def _refuse_unknown(environment: Iterable[str]) -> None:
    """A misspelt setting would be silently without effect."""
    known = [str(field.validation_alias) for field in Settings.model_fields.values()]
    for name in environment:
        if name.startswith("HMIC_") and name not in known:
            nearest = get_close_matches(name, known, n=1)
            hint = f" Did you mean {nearest[0]}?" if nearest else ""
            raise BadSettings(f"{name} is not a setting of hmic.{hint}")
