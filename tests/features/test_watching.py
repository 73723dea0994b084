"""A release appears on a site; the worker finds it, and the channel that follows it is told."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from sites import HOST, PUBLIC, Site, Web, page, reply
from stage import SEEDS, Stage
from waiting import wait_for

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.bootstrap import Bot, SystemClock, build_bot
from bot.schedule import start_ticks
from bot.settings import Settings
from summaries.sources.download import FetchRules

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWS_HOST = "news.example.org"
NEWS = f"http://{NEWS_HOST}/news/"
SOURCE = f"list:{NEWS}"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with an empty list of news."""
    with Site() as made:
        publish(made)
        yield made


def publish(site: Site, *seeds: str) -> None:
    """From now on the list leads to these seeds, the newest first."""
    links = ""
    for seed in seeds:
        [file] = SEEDS.glob(f"{seed}_*")
        site.plays(f"/news/news-feed/{seed}/", page(file.read_bytes(), media_type="text/plain", etag=f'"{seed}"'))
        links += f'<li><a href="/news/news-feed/{seed}/">Release {seed}</a></li>'
    site.plays("/news/", page(f"<html><body><ul>{links}</ul></body></html>", etag=f'"{"-".join(seeds)}"'))


@contextlib.contextmanager
def watching(stage: Stage, database_url: str, site: Site) -> Iterator[Bot]:
    """A worker beside the staged bot, on the real clock, that watches the site by its public name."""
    web = Web(site)
    web.names[NEWS_HOST] = [PUBLIC]
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        DATABASE_URL=database_url,
        SLACK_BOT_TOKEN=SecretStr(stage.workspace.config.bot_token),
        SLACK_API_BASE_URL=f"{stage.url}/api/",
        HMIC_SOURCES=SOURCE,
        HMIC_SOURCE_HOSTS=NEWS_HOST,
    )
    fetcher = web.fetcher(FetchRules(hosts=(HOST, NEWS_HOST)))
    with contextlib.closing(build_bot(settings, clock=SystemClock(), to_answer=False, fetcher=fetcher)) as bot:
        yield bot


def status(bot: Bot) -> str:
    return message_for(Ask("status", "command"), bot.services).text


def test_a_release_that_appears_in_a_list_is_posted_to_the_channel_that_follows_it(
    empty_stage: Stage, database_url: str, site: Site
) -> None:
    publish(site, "004")
    empty_stage.follow("all now")
    with watching(empty_stage, database_url, site) as worker:
        ticks = start_ticks(worker, every=0.1)
        try:
            wait_for(lambda: len(empty_stage.posts()) == 2)
        finally:
            ticks.shutdown()
        text = status(worker)

    assert empty_stage.posts()[1].text.startswith("New: Hampshire Constabulary is 'good'")
    assert site.paths() == ["/news/", "/news/news-feed/004/"]
    assert f"{SOURCE}`: ✔ working" in text
    assert re.search(r"Checked \d+ times? in the last 24 hours, 0 failures", text)
    assert "Last success: <!date^" in text
    assert "Next look: <!date^" in text


def test_a_site_that_refuses_is_told_of_in_the_status_with_what_to_do(
    empty_stage: Stage, database_url: str, site: Site
) -> None:
    site.plays("/news/", reply(403))
    with watching(empty_stage, database_url, site) as worker:
        assert f"{SOURCE}`: not looked at yet" in status(worker)
        ticks = start_ticks(worker, every=0.1)
        try:
            wait_for(lambda: "failed 1 time in a row" in status(worker))
        finally:
            ticks.shutdown()
        text = status(worker)

    assert "Last success: never" in text
    assert "Checked 1 time in the last 24 hours, 1 failure." in text
    assert "Could not check from <!date^" in text
    assert "The site refused us (403). Paste the release, forward it, or drop the file." in text
    assert site.paths() == ["/news/"]


def test_the_status_without_sources_says_how_to_name_one(empty_stage: Stage) -> None:
    text = empty_stage.ask("status").text

    assert "HMIC_SOURCES" in text
    assert "hmic add" in text
    assert "pasted" in text
