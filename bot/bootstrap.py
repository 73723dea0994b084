"""The composition root: settings in, a wired bot out. The only place where adapters meet use cases."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.app import create_bolt_app
from bot.rendering.digest import DigestRenderer
from bot.rendering.environment import Renderer
from bot.services import Services
from bot.signing import Verifier
from bot.slack.client import create_client
from bot.slack.dispatch import Dispatcher
from bot.slack.files import SlackFiles
from bot.slack.people import SlackPeople
from bot.slack.poster import SlackPoster
from bot.slack.responses import Responder
from bot.slack.uploads import SlackUploads
from summaries.outcomes import OutboxSettings
from summaries.sources.download import FetchRules, HttpFetcher, user_agent
from summaries.store.database import Database, open_database

if TYPE_CHECKING:
    from bot.settings import Settings
    from summaries.ports import Clock, Fetcher
    from summaries.watched import Source


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """What is watched, with what, and the hosts that pages may be on."""

    sources: tuple[Source, ...]
    fetcher: Fetcher
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bot:
    """A wired bot. `owner` names this process in leases."""

    services: Services
    database: Database
    dispatcher: Dispatcher
    verifier: Verifier | None
    poster: SlackPoster
    files: SlackFiles
    uploads: SlackUploads
    people: SlackPeople
    render_digest: DigestRenderer
    outbox_settings: OutboxSettings
    send_at_once: int
    watch_settings: WatchSettings | None
    owner: str

    def close(self) -> None:
        """Finish what is being answered and let go of the database."""
        self.dispatcher.inbox.close()
        self.poster.close()
        self.files.close()
        self.uploads.close()
        self.people.close()
        self.database.close()


def build_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    fetcher: Fetcher | None = None,
    files: SlackFiles | None = None,
    uploads: SlackUploads | None = None,
    people: SlackPeople | None = None,
) -> tuple[Services, Database]:
    """What answering needs; without files, enough for `hmic ask`. The caller closes the database."""
    database = open_database(settings.database_url)
    clock = clock or SystemClock()
    web = fetcher or build_fetcher(settings, clock)
    services = Services(
        database,
        clock,
        Renderer(),
        settings.zone,
        web,
        settings.sources,
        files,
        uploads,
        settings.groups,
        people=people,
    )
    return services, database


def build_watch(settings: Settings, clock: Clock, *, fetcher: Fetcher | None = None) -> WatchSettings | None:
    """What watching needs, None when no source is named. Only tests bring a fetcher of their own."""
    if not settings.sources:
        return None
    return WatchSettings(settings.sources, fetcher or build_fetcher(settings, clock), settings.hosts)


def build_fetcher(settings: Settings, clock: Clock) -> Fetcher:
    """What gets pages from the web, from the hosts that may be read."""
    return HttpFetcher(FetchRules(hosts=settings.hosts, user_agent=user_agent(settings.contact)), clock=clock)


def build_bot(
    settings: Settings, *, clock: Clock | None = None, to_answer: bool = True, fetcher: Fetcher | None = None
) -> Bot:
    """The whole bot. Raises BadSettings when Slack's settings are incomplete; calls neither Slack nor a source.

    `to_answer` is False for a process that only posts, which needs no signing secret.
    """
    settings.require_slack(to_answer=to_answer)
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    files = SlackFiles(api_base_url=settings.slack_api_base_url, token=token)
    uploads = SlackUploads(api_base_url=settings.slack_api_base_url, token=token)
    clock = clock or SystemClock()
    people = SlackPeople(
        api_base_url=settings.slack_api_base_url, token_of=lambda _: token, clock=clock, named=settings.admins
    )
    services, database = build_services(
        settings, clock=clock, fetcher=fetcher, files=files, uploads=uploads, people=people
    )
    client = create_client(settings.slack_api_base_url)
    app = create_bolt_app(services, token=token, client=client, responder=Responder(settings.slack_api_base_url))
    secret = settings.slack_signing_secret
    return Bot(
        services=services,
        database=database,
        dispatcher=Dispatcher(app, database, services.clock),
        verifier=Verifier(secret.get_secret_value(), services.clock) if secret else None,
        poster=SlackPoster(
            base_url=settings.slack_api_base_url, token_of=lambda _: token, timeout=settings.http_timeout_seconds
        ),
        files=files,
        uploads=uploads,
        people=people,
        render_digest=DigestRenderer(services.renderer),
        outbox_settings=OutboxSettings(
            lease_seconds=settings.lease_seconds,
            http_timeout_seconds=settings.http_timeout_seconds,
            settle_seconds=settings.settle_seconds,
        ),
        send_at_once=settings.send_at_once,
        watch_settings=build_watch(settings, services.clock, fetcher=services.fetcher),
        owner=f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(6)}",
    )
