"""Giving the bot a release to read: an address, a dropped file, a pasted message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cards import case
from media_samples import Printed, docx, pdf
from sites import HOST, Site, Web, page, reply
from stage import SEEDS, Stage, staged
from waiting import wait_for

from bot.workspace.config import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.model import Message

ADDRESS = f"http://{HOST}/news/hampshire/"
[HAMPSHIRE] = (path.read_text() for path in SEEDS.glob("004_*"))
TITLE = "Hampshire Constabulary is 'good' at legitimately keeping people safe and reducing crime - HMIC"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with one release."""
    with Site() as made:
        made.plays("/news/hampshire/", page(HAMPSHIRE, media_type="text/plain"))
        yield made


@pytest.fixture
def stage(database_url: str, site: Site) -> Iterator[Stage]:
    """The bot with an empty store and a way to the site."""
    with staged(database_url, fetcher=Web(site).fetcher()) as made:
        yield made
        assert made.workspace.notices == []


def told(stage: Stage, channel: str = "dm", *, messages: int = 1) -> Message:
    """The last of so many messages of the bot's."""

    def by_bot() -> list[Message]:
        return [one for one in stage.sees(channel) if one.user == "U00HMIC"]

    wait_for(lambda: len(by_bot()) >= messages)
    return by_bot()[messages - 1]


def add(stage: Stage, text: str) -> Message:
    """Give `/hmic text`, see that it is acknowledged at once, and wait for what became of it."""
    before = len(stage.sees())
    answers = stage.workspace.person("Maya").command("#inspections", f"/hmic {text}")
    assert any(one.text.startswith("Reading `http") for one in answers)  # the answer may be there already
    wait_for(lambda: len(stage.sees()) == before + 2)
    return next(one for one in stage.sees()[before:] if not one.text.startswith("Reading"))


def say(stage: Stage, text: str, *, messages: int = 1) -> Message:
    stage.workspace.person("Maya").say("dm", text)
    return told(stage, messages=messages)


def drop(stage: Stage, *files: tuple[str, bytes], messages: int = 1) -> Message:
    stage.workspace.person("Maya").drop("dm", *files)
    return told(stage, messages=messages)


def held(stage: Stage) -> int:
    return int(stage.ask("status").text.partition(" release")[0])


def test_an_address_is_acknowledged_at_once_and_answered_in_private_with_a_button_to_open_it(stage: Stage) -> None:
    answer = add(stage, f"add {ADDRESS}")

    assert answer.ephemeral_to == stage.workspace.person("Maya").id
    assert answer.text.startswith(f"New: {TITLE}")
    assert "Kept as R-1." in answer.text
    [opened] = stage.workspace.person("Maya").press(answer, "ask:0")
    assert opened.text.startswith(TITLE)


def test_an_address_added_again_says_under_which_number_it_is_held(stage: Stage) -> None:
    add(stage, f"add {ADDRESS}")

    assert "It is already held as R-1" in add(stage, f"add {ADDRESS}").text
    assert held(stage) == 1


def test_a_page_that_was_corrected_is_kept_as_the_next_revision(stage: Stage, site: Site) -> None:
    add(stage, f"add {ADDRESS}")
    site.plays("/news/hampshire/", page(HAMPSHIRE.replace("slow response", "very slow response")))

    answer = add(stage, f"add {ADDRESS}")

    assert answer.text.startswith(f"Corrected: {TITLE}")
    assert "its revision 2" in answer.text


@pytest.mark.parametrize("text", [ADDRESS, f"add {ADDRESS}"])
def test_an_address_is_enough_in_a_direct_message(stage: Stage, text: str) -> None:
    assert say(stage, text).text.startswith(f"New: {TITLE}")


def test_a_mention_is_answered_in_its_thread(stage: Stage) -> None:
    asked = stage.workspace.person("Maya").say("#inspections", f"@hmic add {ADDRESS}")
    answer = told(stage, "#inspections")

    assert answer.thread_ts == asked.ts
    assert answer.text.startswith(f"New: {TITLE}")


def test_a_page_of_many_releases_is_counted(stage: Stage, site: Site) -> None:
    forces = ["Kent Police", "Essex Police", "Surrey Police", "Sussex Police"]
    parts = "".join(
        f"<h2>{force} is ‘good’ at keeping people safe</h2><p>HMIC has inspected how effective {force} is. This is part"
        f" of the PEEL 2016 inspections.</p><p>HMI Zoë Billingham said:</p><p>“I judge {force} to be ‘good’.”</p>"
        for force in forces
    )
    site.plays("/all/", page(f"<html><body><main><h1>PEEL 2016</h1>{parts}</main></body></html>"))

    first = add(stage, f"add http://{HOST}/all/")
    again = add(stage, f"add http://{HOST}/all/")

    assert first.text.startswith("4 releases: 4 new")
    assert "Kent Police is ‘good’" in first.text
    assert again.text.startswith("4 releases: 4 unchanged")


def test_a_site_that_refuses_is_told_of_with_the_other_ways(stage: Stage, site: Site) -> None:
    site.plays("/news/hampshire/", reply(403))
    answer = add(stage, f"add {ADDRESS}")

    assert answer.text.startswith("That was not read")
    assert "The site refused us (403). Paste the release, forward it, or drop the file." in answer.text


def test_a_site_that_asked_to_be_left_alone_is_not_asked_again(stage: Stage, site: Site) -> None:
    site.plays("/news/hampshire/", reply(429, Retry_After=600))
    add(stage, f"add {ADDRESS}")

    assert "asked to be left alone" in add(stage, f"add {ADDRESS}").text
    assert site.paths() == ["/news/hampshire/"]


def test_an_address_of_another_host_is_refused_without_being_asked_for(stage: Stage, site: Site) -> None:
    assert "evil.example is not a host that may be read" in say(stage, "https://evil.example/x").text
    assert site.paths() == []


@pytest.mark.parametrize(
    "address",
    [
        "https://[::1",
        "https://[zz]/x",
        f"https://{HOST}:99999/x",
        f"https://{HOST}:8080/x",
        f"https://maya:secret@{HOST}/x",
        f"https://{HOST}/" + "x" * 1000,
        f"https://{HOST}/\x00",
        "https://127.0.0.1/x",
    ],
)
def test_an_odd_address_is_refused_in_words(stage: Stage, site: Site, address: str) -> None:
    assert say(stage, f"add {address}").text.startswith("That was not read")
    assert site.paths() == []


def test_a_page_that_is_no_release_is_kept_and_said_to_be_none(stage: Stage, site: Site) -> None:
    site.plays("/cake/", page("<html><body><h1>How to bake</h1><p>Mix flour and eggs.</p></body></html>"))

    assert "kept but not taken for a release" in add(stage, f"add http://{HOST}/cake/").text
    assert held(stage) == 0


@pytest.mark.parametrize("typed", ["add", "add Hampshire"])
def test_add_without_an_address_says_what_it_wants(stage: Stage, typed: str) -> None:
    assert "wants an address" in stage.ask(typed).text


def test_several_addresses_are_read_a_line_each(stage: Stage) -> None:
    answer = add(stage, f"add {ADDRESS} http://{HOST}/missing/")

    assert answer.text.startswith("2 pages: 1 read, 1 not")
    assert f"R-1 is new: “{TITLE}”" in answer.text
    assert "The page is not there (404)" in answer.text


def test_a_release_is_opened_by_the_number_its_receipts_print(stage: Stage) -> None:
    add(stage, f"add {ADDRESS}")

    assert stage.ask("R-1").text.startswith(TITLE)
    assert stage.ask("r-1 ¶3").text.startswith(TITLE)
    assert "no release of that number" in stage.ask("R-99").text


def test_a_channel_that_follows_is_told_of_what_somebody_added(stage: Stage) -> None:
    stage.follow("all now")
    say(stage, ADDRESS)
    stage.tick()

    assert stage.posts()[-1].text.startswith(f"New: {TITLE}")


PDF = pdf(
    [Printed("Kent Police is 'good' at keeping people safe", 780, size=16, bold=True)]
    + [Printed(line, 740 - 16 * at) for at, line in enumerate(["PEEL 2016 effectiveness: Kent Police was inspected."])]
)
DOCX = docx(("Heading1", "Kent Police is 'good' at keeping people safe"), ("", "This is part of PEEL 2016."))


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("release.txt", HAMPSHIRE.encode(), TITLE),
        ("release.html", f"<html><body><h1>{TITLE}</h1><p>PEEL 2016</p></body></html>".encode(), TITLE),
        ("release.pdf", PDF, "Kent Police is 'good'"),
        ("release.docx", DOCX, "Kent Police is 'good'"),
        ("odd name – 50% <b>.txt", HAMPSHIRE.encode(), TITLE),
    ],
)
def test_a_dropped_file_is_read(stage: Stage, name: str, content: bytes, title: str) -> None:
    assert drop(stage, (name, content)).text.startswith(f"New: {title}")
    assert held(stage) == 1


def test_a_file_beside_a_mention_is_read(stage: Stage) -> None:
    asked = stage.workspace.person("Tom").drop("#newsroom", ("a.txt", HAMPSHIRE.encode()), text="@hmic this one")
    answer = told(stage, "#newsroom")

    assert answer.thread_ts == asked.ts
    assert answer.text.startswith(f"New: {TITLE}")


def test_several_files_are_told_of_a_line_each(stage: Stage) -> None:
    picture = b"\x89PNG\r\n\x1a\n"
    files = [("a.txt", HAMPSHIRE.encode()), ("b.txt", HAMPSHIRE.encode()), ("c.png", picture), ("d.txt", b" ")]
    answer = drop(stage, *files)

    assert answer.text.startswith("4 files: 2 read, 2 not")
    assert f"`a.txt`: R-1 is new: “{TITLE}”" in answer.text
    assert "`b.txt`: R-1 was held already: “" in answer.text
    assert "`c.png`: ▲ That kind of file is not read." in answer.text
    assert "`d.txt`: ▲ The file is empty." in answer.text


def test_a_file_larger_than_a_release_is_not_fetched(stage: Stage) -> None:
    assert "larger than 5 MiB" in drop(stage, ("a.txt", b"x" * (5 * 1024**2 + 1))).text


def test_a_missing_scope_is_named(database_url: str, site: Site) -> None:
    with staged(database_url, scopes=SCOPES - {"files:read"}) as stage:
        answers = [
            drop(stage, (name, HAMPSHIRE.encode()), messages=count)
            for count, name in enumerate(["a.txt", "a.html", "a.pdf"], start=1)
        ]

        assert ["`files:read`" in answer.text for answer in answers] == [True] * 3
        assert held(stage) == 0


def test_a_file_that_was_deleted_meanwhile_is_said_to_be_gone(stage: Stage) -> None:
    workspace = stage.workspace
    workspace.core.files.forget(workspace.core.files.keep([("a.txt", b"x")])[0]["id"])
    maya = workspace.person("Maya")
    files = workspace.core.files.keep([("a.txt", HAMPSHIRE.encode())])
    workspace.core.files.forget(files[0]["id"])
    message = maya.say("dm", "help")
    told(stage)
    message.files = files
    workspace.core.events.posted(message)

    assert "not there any more" in told(stage, messages=2).text


def test_a_file_is_stored_under_its_id_and_name(stage: Stage) -> None:
    answer = drop(stage, ("hants.txt", HAMPSHIRE.encode()))
    [opened] = stage.workspace.person("Maya").press(answer, "ask:0")

    assert "`hants.txt`" in opened.text


def test_a_pasted_release_is_shown_with_its_grade_and_kept_only_when_told_to(stage: Stage) -> None:
    shown = say(stage, HAMPSHIRE)

    assert shown.text.startswith("I read a release")
    assert TITLE in shown.text
    assert "Body*: Hampshire and Isle of Wight Constabulary" in shown.text
    assert "Programme*: PEEL 2016, legitimacy" in shown.text
    assert "✔ *good*: PEEL 2016, legitimacy · ¶" in shown.text
    assert shown.text.count(TITLE) == 1
    assert held(stage) == 0

    stage.workspace.person("Maya").press(shown, "keep:0")
    wait_for(lambda: told(stage).text.startswith(f"New: {TITLE}"))
    assert held(stage) == 1


def test_a_pasted_release_that_is_held_offers_to_open_it_and_nothing_to_keep(stage: Stage) -> None:
    drop(stage, ("a.txt", HAMPSHIRE.encode()))
    shown = say(stage, HAMPSHIRE, messages=2)

    assert "It is already held as R-1" in shown.text
    assert "keep:" not in str(shown.blocks)
    [opened] = stage.workspace.person("Maya").press(shown, "ask:0")
    assert opened.text.startswith(TITLE)


ENGAGE = """Gwent Police moved into enhanced monitoring

His Majesty's Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS) has moved Gwent Police into an enhanced
level of monitoring, known as Engage, because of what its inspectors found at the force.

The move follows HMICFRS's latest inspection of Gwent Police, in which there were causes for concern about how it
protects vulnerable people and how it answers calls from the public.

His Majesty's Inspector of Constabulary Wendy Williams said:

"I have moved Gwent Police into Engage so that it gets the scrutiny and support that it needs."
"""
LETTER = "\n\n".join(
    ["Kent Police: PEEL letter to the chief constable", "Dear Chief Constable,"]
    + [
        "I write to tell you what I have found in the inspection of your force, of which the report is published today "
        "on the inspectorate's website with all its recommendations to you and to others."
    ]
    * 5
    + ["Yours sincerely,", "Wendy Williams", "His Majesty's Inspector of Constabulary"]
)


def test_a_pasted_notice_of_monitoring_is_shown_as_its_card_will_show_it(stage: Stage) -> None:
    shown = say(stage, ENGAGE)

    assert "*Moved into enhanced monitoring (Engage)* · ¶1" in shown.text
    assert "No grade is stated" not in shown.text
    assert "R-0" not in shown.text


def test_a_pasted_release_is_shown_with_its_grades_of_questions_though_a_card_leaves_them_to_the_findings(
    stage: Stage,
) -> None:
    shown = say(stage, case("02-peel-2016-effectiveness-lincolnshire").release.text)

    assert "✖ *inadequate*: PEEL 2016, effectiveness · ¶" in shown.text
    assert "✔ *good*: preventing crime and anti-social behaviour · ¶" in shown.text


def test_a_pasted_letter_about_a_report_is_called_one_and_not_kept(stage: Stage) -> None:
    shown = say(stage, LETTER)

    assert "That is a letter or a page about a report, not a press release; nothing was kept." in shown.text
    assert held(stage) == 0


def test_slacks_escapes_in_a_pasted_release_are_undone(stage: Stage) -> None:
    text = HAMPSHIRE.replace("officers and staff", "officers & staff <all>").replace(
        "on HMIC's website", "at https://www.justiceinspectorates.gov.uk/hmic/peel"
    )
    shown = say(stage, text)
    stage.workspace.person("Maya").press(shown, "keep:0")
    wait_for(lambda: told(stage).text.startswith("New"))
    with stage.bot.database.read() as unit:
        stored = unit.releases.by_number(1)

    assert stored is not None
    assert "officers & staff <all> understand" in stored.release.text
    assert "at https://www.justiceinspectorates.gov.uk/hmic/peel" in stored.release.text
    assert stored.location.startswith("slack:paste/")


def test_a_release_pasted_into_a_thread_is_kept_too(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    root = maya.say("dm", "help")
    told(stage)
    maya.say("dm", HAMPSHIRE, thread_ts=root.ts)
    maya.press(told(stage, messages=2), "keep:0")
    wait_for(lambda: told(stage, messages=2).text.startswith("New"))

    assert held(stage) == 1


def test_a_paste_that_was_deleted_is_not_kept(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    pasted = maya.say("dm", HAMPSHIRE)
    shown = told(stage)
    stage.workspace.state.delete(pasted)
    maya.press(shown, "keep:0")
    wait_for(lambda: any("is gone. Paste it again" in one.text for one in stage.sees("dm")))

    assert held(stage) == 0


@pytest.mark.parametrize("text", ["Leicestershire", "What of\n\nHampshire\n\nand Kent?", "Cake.\n\n" * 100])
def test_a_short_message_or_one_without_a_release_stays_a_question(stage: Stage, text: str) -> None:
    assert not say(stage, text).text.startswith("I read")
    assert held(stage) == 0
