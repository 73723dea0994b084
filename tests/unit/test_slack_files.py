"""Fetching shared files: where the token goes, and what comes back instead of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sites import Site, redirect, reply

from bot.errors import FileProblem, MayNotReadFiles
from bot.intents.wanted import SharedFile
from bot.listeners.shared_files import LONGEST_NAME, files_of
from bot.slack.files import SlackFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sites import Answer

TOKEN = "xoxb-made-up"
SIGN_IN = b"<!doctype html><title>Sign in</title>"
MIB = 1024**2


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def read(site: Site, answer: Answer, *, media_type: str = "text/plain", size: int | None = 5) -> bytes:
    """What a file is read as when its host answers so."""
    site.plays("/f/a", answer)
    files = SlackFiles(api_base_url=site.url("/api/"), token=TOKEN)
    try:
        return files.read(SharedFile("F1", "a", site.url("/f/a"), size, media_type), limit=MIB)
    finally:
        files.close()


def test_a_file_is_asked_for_with_the_token_and_not_packed(site: Site) -> None:
    assert read(site, reply(200, b"bytes", Content_Type="text/plain")) == b"bytes"
    assert site.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert site.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/f/a",
        "https://files.slack.com.evil.example/f/a",
        "https://files.slack.com@evil.example/f/a",
        "https://files.slack.com:8443/f/a",
        "https://user@files.slack.com/f/a",
        "https://docs.example.org/f/a",
        "http://127.0.0.1:1/f/a",
        "file:///etc/passwd",
        "https://[::1",
        "https://files.slack.com/f/a\r\nHost: evil.example",
        "",
    ],
)
def test_the_token_goes_to_no_host_but_slacks(site: Site, url: str) -> None:
    files = SlackFiles(api_base_url=site.url("/api/"), token=TOKEN)
    with pytest.raises(FileProblem, match="kept outside Slack"):
        files.read(SharedFile("F1", "a", url), limit=MIB)
    files.close()


def test_a_local_host_is_allowed_only_where_the_web_api_is_local() -> None:
    files = SlackFiles(api_base_url="https://slack.com/api/", token=TOKEN)
    with pytest.raises(FileProblem, match="kept outside Slack"):
        files.read(SharedFile("F1", "a", "https://slack.com/f/a"), limit=MIB)
    files.close()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_means_that_files_may_not_be_read(site: Site, status: int) -> None:
    with pytest.raises(MayNotReadFiles, match="files:read"):
        read(site, redirect(site.url("/elsewhere"), status))
    assert site.paths() == ["/f/a"]


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "text/html"])
def test_a_page_to_sign_in_is_not_taken_for_the_file(site: Site, media_type: str) -> None:
    with pytest.raises(MayNotReadFiles):
        read(site, reply(200, SIGN_IN, Content_Type="text/html; charset=utf-8"), media_type=media_type)


def test_a_web_page_that_was_shared_is_read(site: Site) -> None:
    answer = reply(200, SIGN_IN, Content_Type="text/html")

    assert read(site, answer, media_type="text/html", size=len(SIGN_IN)) == SIGN_IN


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(404), "not there any more"),
        (reply(500), r"did not hand the file over \(500\)"),
        (reply(200, b"x" * (MIB + 1)), "larger than 1 MiB"),
        (lambda exchange: None, "did not hand the file over"),
    ],
)
def test_what_went_wrong_is_said_in_words(site: Site, answer: Answer, words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        read(site, answer)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_means_that_files_may_not_be_read(site: Site, status: int) -> None:
    with pytest.raises(MayNotReadFiles):
        read(site, reply(status))


WHOLE = {"id": "F1", "name": "a.pdf", "mimetype": "application/pdf", "size": 9, "url_private": "https://x.org/a"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**WHOLE, "mode": "tombstone"}, "keeps that file no longer"),
        ({**WHOLE, "mode": "hidden_by_limit"}, "keeps that file no longer"),
        ({"id": "F1", "file_access": "check_file_info"}, "not shared with me"),
        ({"name": "no id"}, "not shared with me"),
        ({**WHOLE, "id": "../../x"}, "not shared with me"),
        ("F1", "not shared with me"),
        (None, "not shared with me"),
    ],
)
def test_a_file_that_cannot_be_had_says_why(given: object, words: str) -> None:
    [file] = files_of({"files": [given]})

    assert words in str(file.problem)


def test_a_files_name_is_one_line_without_a_path() -> None:
    [file] = files_of({"files": [{**WHOLE, "name": "../a\n\u202eb" + "c" * 300}]})

    assert file.name.startswith(".._abccc")
    assert len(file.name) == LONGEST_NAME


@pytest.mark.parametrize("event", [{}, {"files": None}, {"files": []}, {"files": "F1"}])
def test_a_message_without_files_has_none(event: dict[str, object]) -> None:
    assert files_of(event) == ()
