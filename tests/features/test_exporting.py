"""Export by every door: the file, where it goes, and what is said when it does not get there."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from stage import Stage, staged
from waiting import wait_for
from workspace_bot import CHANNEL
from workspace_bot import Stage as Small
from workspace_bot import staged as small_stage

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.errors import UploadProblem
from bot.services import ExportLimits
from bot.slack.uploads import SlackUploads
from bot.workspace.config import SCOPES
from bot.workspace.faults import Fault
from bot.workspace.files import MOST_BYTES, UPLOADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.model import Message

GET, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
MAYA_DM = "D01OKAFOR"
NAME = "hmic-export-2026-11-21.csv"


def ask(stage: Stage, text: str, channel: str = "#inspections") -> Message:
    """Give `/hmic text`, see that it is acknowledged at once, and wait for what became of it."""
    before = len(stage.sees(channel))
    stage.workspace.person("Maya").command(channel, f"/hmic {text}")
    wait_for(lambda: len(stage.sees(channel)) == before + 2)
    told = {one.text: one for one in stage.sees(channel)[before:]}  # in either order: the answer may be quick
    del told["Making the file … I shall say here what became of it."]
    return next(iter(told.values()))


def by_bot(stage: Stage, channel: str) -> list[Message]:
    return [one for one in stage.sees(channel) if one.user == "U00HMIC"]


def files(stage: Stage, channel: str = "dm", who: str = "Maya") -> list[tuple[Message, dict[str, Any]]]:
    return [(message, file) for message in stage.sees(channel, who) for file in message.files or ()]


def content(stage: Stage, file: dict[str, Any]) -> bytes:
    """What the page downloads."""
    answer = httpx.get(f"{stage.url}/page-api/files/{file['id']}/{file['name']}")
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


def numbers(content: bytes) -> set[str]:
    return {row["number"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}


def test_a_command_puts_the_file_into_the_askers_direct_messages(stage: Stage) -> None:
    answer = ask(stage, "export csv")
    [(message, file)] = files(stage)

    assert answer.ephemeral_to == stage.workspace.person("Maya").id
    assert answer.text.startswith("Exported: 5 releases")
    assert f"`{NAME}` is in your direct messages with me. In it: every release, of 2012 to 2016." in answer.text
    assert (message.user, file["name"]) == ("U00HMIC", NAME)
    assert message.text == file["title"] == "Exported on 21 November 2026: every release"
    assert numbers(content(stage, file)) == {"1", "2", "3", "4", "5"}
    assert files(stage, "#inspections") == []
    assert files(stage, "dm", "Tom") == []


def test_a_filter_and_a_format_are_kept_to(stage: Stage) -> None:
    answer = ask(stage, "export force:hampshire json")
    [(_, file)] = files(stage)
    [line] = content(stage, file).splitlines()

    assert answer.text.startswith("Exported: 1 release\n")
    assert "In it: Hampshire and Isle of Wight Constabulary, of 2016." in answer.text
    assert file["name"].endswith(".jsonl")
    assert json.loads(line)["releases"][0]["number"] == 5


def test_the_format_may_stand_between_filters(stage: Stage) -> None:
    assert ask(stage, "export Hampshire json 2016").text.startswith("Exported: 1 release\n")


def test_it_is_said_that_a_release_that_matches_brings_all_its_grades(stage: Stage) -> None:
    brings_all = "Of the releases that match all grades are in the file, not only those asked for."

    assert brings_all in ask(stage, "export grade:good csv").text
    assert brings_all not in ask(stage, "export csv").text


def test_a_mention_puts_the_file_into_its_thread(stage: Stage) -> None:
    asked = stage.workspace.person("Maya").say("#inspections", "@hmic export csv")
    wait_for(lambda: len(by_bot(stage, "#inspections")) == 2)
    shared, answer = by_bot(stage, "#inspections")

    assert (shared.thread_ts, answer.thread_ts) == (asked.ts, asked.ts)
    assert [file["name"] for _, file in files(stage, "#inspections")] == [NAME]
    assert f"`{NAME}` is in this thread." in answer.text
    assert files(stage) == []


def test_a_direct_message_is_answered_with_the_file_there(stage: Stage) -> None:
    stage.workspace.person("Maya").say("dm", "export Hampshire")
    wait_for(lambda: len(by_bot(stage, "dm")) == 2)
    shared, answer = by_bot(stage, "dm")

    assert (shared.thread_ts, shared.files is None) == (None, False)
    assert f"`{NAME}` is here." in answer.text


def test_a_direct_message_in_a_thread_is_answered_there(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    first = maya.say("dm", "help")
    wait_for(lambda: by_bot(stage, "dm"))
    maya.say("dm", "export csv", thread_ts=first.ts)
    wait_for(lambda: len(by_bot(stage, "dm")) == 3)

    assert [message.thread_ts for message, _ in files(stage)] == [first.ts]


def test_what_was_typed_pings_nobody_through_the_name_of_a_file(small: Small) -> None:
    uploads = SlackUploads(api_base_url=f"{small.url}/api/", token=small.workspace.config.bot_token)
    uploads.share("a.csv", b"a", title="about <!channel>", to="C01INSPECT")
    uploads.close()

    [message] = small.workspace.person("Maya").sees("#inspections")
    assert message.text == "about &lt;!channel&gt;"


def test_where_nothing_is_meant_no_file_is_made(stage: Stage) -> None:
    answer = ask(stage, "export force:kent csv")

    assert answer.text.startswith("There is nothing to export")
    assert "Kent Police" in answer.text
    assert files(stage) == []


def test_a_filter_that_is_not_understood_says_so(stage: Stage) -> None:
    assert ask(stage, "export colour:red csv").text.startswith("That did not work")
    assert files(stage) == []


@pytest.mark.parametrize("limits", [ExportLimits(rows=4), ExportLimits(size=4)])
def test_too_much_is_not_sent_and_says_how_to_ask_for_less(stage: Stage, limits: ExportLimits) -> None:
    maya = stage.workspace.person("Maya").id
    answer = message_for(Ask("export csv", "command", user_id=maya), replace(stage.bot.services, export_limits=limits))

    assert answer.text.startswith("That is too much for one file")
    assert "one year: `/hmic export year:2016 csv`" in answer.text
    assert "`hmic export csv`" in answer.text
    assert files(stage) == []


def test_without_the_scope_it_is_said_who_must_do_what(seeded_url: str) -> None:
    with staged(seeded_url, scopes=SCOPES - {"files:write"}) as stage:
        answer = ask(stage, "export csv")

    assert answer.text.startswith("The file was not sent")
    assert "must add the scope `files:write`" in answer.text
    assert "Whoever runs me can write a file of any size: `hmic export csv`" in answer.text


@pytest.mark.parametrize(
    ("method", "fault", "words"),
    [
        (GET, Fault.RATE_LIMITED, "asks for 1 seconds"),
        (GET, Fault.ERROR_BEFORE, "Slack did not take the file"),
        (GET, Fault.LOST_REPLY, "Slack did not take the file"),
        (UPLOADS, Fault.ERROR_BEFORE, "Slack did not take the file (500)"),
        (UPLOADS, Fault.LOST_REPLY, "Slack did not take the file"),
        (COMPLETE, Fault.ERROR_BEFORE, "did not say whether it took the file"),
    ],
)
def test_a_failure_is_said_and_leaves_no_file(stage: Stage, method: str, fault: Fault, words: str) -> None:
    stage.workspace.faults.next(method, fault)

    assert words in ask(stage, "export csv").text
    assert files(stage) == []
    assert ask(stage, "export csv").text.startswith("Exported: 5 releases")


@pytest.mark.parametrize("fault", [Fault.LOST_REPLY, Fault.ERROR_AFTER, Fault.TRUNCATED])
def test_a_file_whose_reply_is_lost_is_sent_once(stage: Stage, fault: Fault) -> None:
    stage.workspace.faults.next(COMPLETE, fault)
    answer = ask(stage, "export csv")

    assert "did not say whether it took the file. If it does not appear shortly, ask again." in answer.text
    assert len(files(stage)) == 1


def test_a_channel_that_takes_no_file_is_said_to_be_closed(stage: Stage) -> None:
    uploads = stage.bot.uploads
    stage.workspace.staff.kick("#newsroom")

    with pytest.raises(UploadProblem, match="Invite me to the channel"):
        uploads.share("a.csv", b"a", title="a", to="C02NEWSROOM")


@pytest.fixture
def small() -> Iterator[Small]:
    with small_stage() as made:
        yield made


def api(small: Small, method: str, **arguments: Any) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {small.workspace.config.bot_token}"}
    answered: dict[str, Any] = httpx.post(f"{small.url}/api/{method}", data=arguments, headers=headers).json()
    return answered


def sent(small: Small, content: bytes = b"12345") -> str:
    """A file that was expected and whose bytes came; its id."""
    place = api(small, GET, filename="a.csv", length=len(content))
    assert httpx.post(place["upload_url"], content=content).status_code == 200
    return str(place["file_id"])


def completed(small: Small, file_id: str, **more: Any) -> str:
    """`ok`, or Slack's word for what was wrong with completing a file."""
    answered = api(small, COMPLETE, files=json.dumps([{"id": file_id, "title": "A"}]), **more)
    return "ok" if answered["ok"] else str(answered["error"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"filename": "a.csv"}, "invalid_arguments"),
        ({"length": 5}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 0}, "invalid_arguments"),
        ({"filename": "a.csv", "length": "five"}, "invalid_arguments"),
        ({"filename": "a.csv", "length": MOST_BYTES + 1}, "file_upload_size_restricted"),
    ],
)
def test_the_stand_in_expects_a_file_with_a_name_and_a_size(small: Small, arguments: Any, error: str) -> None:
    assert api(small, GET, **arguments)["error"] == error


@pytest.mark.parametrize("content", [b"1234", b"123456", b""])
def test_the_stand_in_takes_exactly_the_bytes_that_were_promised(small: Small, content: bytes) -> None:
    place = api(small, GET, filename="a.csv", length=5)

    assert httpx.post(place["upload_url"], content=content).status_code == 400
    assert httpx.post(place["upload_url"], content=b"12345").status_code == 404
    assert completed(small, place["file_id"], channel_id=CHANNEL) == "file_not_found"


def test_the_stand_in_takes_a_file_once_and_completes_it_once(small: Small) -> None:
    place = api(small, GET, filename="a.csv", length=5)

    assert [httpx.post(place["upload_url"], content=b"12345").status_code for _ in range(2)] == [200, 404]
    assert [completed(small, place["file_id"], channel_id=CHANNEL) for _ in range(2)] == ["ok", "file_not_found"]
    [message] = small.workspace.person("Maya").sees("#inspections")
    assert [(file["name"], file["title"], file["size"]) for file in message.files or ()] == [("a.csv", "A", 5)]


def test_the_stand_in_shares_by_the_id_of_a_conversation_only(small: Small) -> None:
    small.workspace.staff.kick("#newsroom")
    small.workspace.staff.archive("#governance")
    file_id = sent(small)

    assert completed(small, file_id, channel_id="U01OKAFOR") == "invalid_arguments"
    assert completed(small, file_id, channel_id="C09NOWHERE") == "channel_not_found"
    assert completed(small, file_id, channel_id="C02NEWSROOM") == "not_in_channel"
    assert completed(small, file_id, channel_id="C03GOVERN") == "is_archived"
    assert completed(small, file_id, channel_id=MAYA_DM, thread_ts="1.000001") == "thread_not_found"
    assert completed(small, file_id, channel_id=MAYA_DM) == "ok"


def test_the_stand_in_keeps_a_file_without_a_channel_to_itself(small: Small) -> None:
    assert completed(small, sent(small)) == "ok"
    assert small.workspace.person("Maya").sees("#inspections") == []


def test_the_page_is_told_when_a_file_is_gone(small: Small) -> None:
    assert httpx.get(f"{small.url}/page-api/files/F0/a.csv").status_code == 404


def test_bytes_go_to_no_host_but_slacks(small: Small) -> None:
    # A Web API elsewhere than on this machine: what it names on this machine is none of its own places.
    uploads = SlackUploads(api_base_url="https://slack.com/api/", token="xoxb-made-up")
    place = api(small, GET, filename="a.csv", length=1)["upload_url"]

    with pytest.raises(UploadProblem, match="not its own"):
        uploads._send(place, b"a")
    uploads.close()
