"""`hmic run` as a stranger meets it: the real process in an empty folder, and a real browser at the printed address."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_fixture import say
from playwright.sync_api import Browser, Page, expect
from processes import hmic

from bot.bootstrap import SystemClock
from summaries.ingest import ingest_all
from summaries.sources.folder import find_files, read_file
from summaries.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.browser
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HAMPSHIRE = SEEDS / "004_6029efa0301d0f97.txt"
SETTINGS = {"PORT": "0"}
RIGHTMOST = "Math.max(...[...document.querySelectorAll('article *')].map(one => one.getBoundingClientRect().right))"
VERDICT = "I have judged that Hampshire Constabulary as 'good' at legitimately keeping people safe and reducing crime."


@dataclass(frozen=True)
class Running:
    """A bot without tokens, and the folder it was started in."""

    address: str
    folder: Path

    def add(self, path: Path) -> None:
        """`hmic add`, in another process, while the bot runs."""
        with hmic("add", str(path), folder=self.folder, settings=SETTINGS) as adding:
            assert adding.ended() == 0


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the five seeds, as `make run` leaves it before it starts the bot."""
    file = tmp_path_factory.mktemp("seeded") / "hmic.sqlite3"
    with open_database(f"sqlite:///{file}") as database:
        database.upgrade()
        list(ingest_all(database, map(read_file, find_files([SEEDS])), clock=SystemClock()))
    return file


@pytest.fixture
def bot(browser: Browser, tmp_path: Path, seeded: Path) -> Iterator[Running]:
    """The bot with the five seeds; in the end it stops cleanly and has had nothing to complain of."""
    shutil.copy(seeded, tmp_path)
    with hmic("run", folder=tmp_path, settings=SETTINGS) as process:
        found = re.search(r"http://\S+", process.wait_for_line("hmic is ready"))
        assert found is not None
        yield Running(found[0], tmp_path)
        assert process.stop() == 0
        assert process.errors == []


@pytest.fixture
def visit(browser: Browser, bot: Running) -> Iterator[Callable[..., Page]]:
    """Opens the bot's page; afterwards fails if it complained in its console."""
    complaints: list[str] = []
    contexts = []

    def open_page(width: int = 1280, height: int = 860) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(bot.address)
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def expect_hampshires_card(page: Page) -> None:
    card = page.locator("[data-ephemeral]")
    expect(card).to_contain_text("Hampshire and Isle of Wight Constabulary: good (PEEL 2016, legitimacy)")
    expect(card).to_contain_text("Earlier grade: good, in 2015")
    expect(card).to_contain_text("Praise: officers and staff understand the importance")
    expect(card).to_contain_text("Concern: is committed to treating its staff fairly")
    expect(card.locator("blockquote")).to_contain_text(VERDICT)
    expect(card).to_contain_text("Zoë Billingham, HM Inspector of Constabulary")
    expect(card).to_contain_text("R-5\N{NO-BREAK SPACE}¶")
    expect(card).to_contain_text("Open Government Licence")


def test_a_forces_name_gives_its_card_to_who_asked_until_it_is_shared(visit: Callable[..., Page]) -> None:
    page = visit()
    say(page, "/hmic Hampshire")
    expect_hampshires_card(page)

    page.select_option("#person", "U02BELLAMY")
    expect(page.get_by_role("article")).to_have_count(0)

    page.select_option("#person", "U01OKAFOR")
    page.get_by_role("button", name="Share to channel").click()
    expect(page.get_by_text("shared the answer to")).to_be_visible()

    page.select_option("#person", "U02BELLAMY")
    expect(page.get_by_role("article")).to_contain_text(VERDICT)


def test_the_card_fits_a_phone(visit: Callable[..., Page]) -> None:
    page = visit(390, 844)
    say(page, "/hmic Hampshire")
    expect_hampshires_card(page)
    expect(page.get_by_text("Only visible to you")).to_be_in_viewport()  # a long answer is read from its beginning
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(RIGHTMOST) <= 390

    share = page.get_by_role("button", name="Share to channel")
    share.scroll_into_view_if_needed()
    expect(share).to_be_in_viewport(ratio=1)


def test_a_release_added_from_outside_arrives_in_a_channel_that_follows_and_so_does_its_correction(
    visit: Callable[..., Page], bot: Running
) -> None:
    page = visit()
    say(page, "/hmic subscribe all now confirm")
    expect(page.get_by_role("article")).to_contain_text("Following every release")

    release = bot.folder / "kent.txt"
    release.write_text(HAMPSHIRE.read_text().replace("Hampshire Constabulary", "Kent Police"))
    bot.add(release)
    expect(page.get_by_role("article").last).to_contain_text("New: Kent Police is 'good'")

    release.write_text(release.read_text().replace("slow response", "very slow response"))
    bot.add(release)
    expect(page.get_by_role("article").last).to_contain_text("very slow response")
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_test_id("open-thread").click()
    expect(page.locator("#thread")).to_contain_text("Corrected: Kent Police is 'good'")


def test_a_subscription_is_filled_in_as_a_form_and_looked_at_before_it_is_started(visit: Callable[..., Page]) -> None:
    page = visit()
    say(page, "/hmic subscribe")
    form = page.get_by_test_id("modal")
    form.get_by_label("What to follow").fill("Hampshrie")
    form.get_by_label("When", exact=True).select_option("weekly")
    form.get_by_label("On which day").select_option("Tue")
    form.get_by_label("Saturdays and Sundays").check()
    form.get_by_test_id("modal-submit").click()
    expect(form).to_contain_text("Hampshire and Isle of Wight Constabulary")

    form.get_by_label("What to follow").fill("Hampshire")
    form.get_by_test_id("modal-submit").click()
    expect(form).to_contain_text("every Tuesday at 08:30")
    expect(form).to_contain_text("not at weekends")
    expect(form).to_contain_text("1 release of the 5 held")
    form.get_by_role("button", name="Start following").click()
    expect(form).to_contain_text("Following Hampshire and Isle of Wight Constabulary")
    form.get_by_test_id("modal-close").click()

    expect(page.get_by_role("article").last).to_contain_text("Following Hampshire and Isle of Wight Constabulary")


def test_a_mention_is_answered_in_its_thread(visit: Callable[..., Page]) -> None:
    page = visit()
    say(page, "@hmic Leicestershire")
    page.get_by_test_id("open-thread").click()
    expect(page.locator("#thread")).to_contain_text("Leicestershire Police: good (PEEL 2016, legitimacy)")


def test_a_slip_in_a_direct_message_is_asked_about_and_a_click_answers(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator("[data-conversation^=D]").click()
    say(page, "Hampshrie")
    answer = page.get_by_role("article").last
    expect(answer).to_contain_text("Did you mean Hampshire and Isle of Wight Constabulary?")
    answer.get_by_role("button", name="Hampshire and Isle of Wight Constabulary").click()
    expect(answer).to_contain_text(VERDICT)


def test_a_file_dropped_in_the_direct_message_is_read_and_opened(visit: Callable[..., Page], bot: Running) -> None:
    page = visit()
    page.locator("[data-conversation^=D]").click()
    release = HAMPSHIRE.read_text().replace("Hampshire Constabulary", "Kent Police").encode()
    with page.expect_file_chooser() as chooser:
        page.locator("#composer-slot").get_by_role("button", name="Attach a file").click()
    chooser.value.set_files({"name": "kent.txt", "mimeType": "text/plain", "buffer": release})
    page.press("#composer", "Enter")

    expect(page.get_by_role("article").first).to_contain_text("kent.txt")
    answer = page.get_by_role("article").last
    expect(answer).to_contain_text("New: Kent Police is 'good'")
    answer.get_by_role("button", name="Open R-6").click()
    expect(page.get_by_role("article").last).to_contain_text("officers and staff understand the importance")
