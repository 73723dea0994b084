"""Files of ours, put into a conversation: a place is asked for, the bytes are sent there, and the file is shared.

Until it is shared nobody sees the file, so whatever fails before that left nothing behind and may be asked for again.
Nothing is re-sent from here: Slack may have shared a file whose reply was lost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from bot.errors import UploadProblem
from bot.rendering.mrkdwn import escape
from bot.slack.errors import kind_of
from bot.slack.tls import trusted
from summaries.delivery import OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

UPLOAD_HOST = "files.slack.com"
TIMEOUT = httpx.Timeout(10.0, write=30.0, read=30.0)
_PERSON = ("U", "W")
_SCOPES = {"conversations.open": "im:write"}
_NOT_ALLOWED = frozenset({"file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed"})
_NO_ROOM = frozenset({"file_upload_size_restricted", "storage_limit_reached"})
_UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
_CLOSED = frozenset({"invalid_channel", "posting_to_channel_denied", "posting_to_general_channel_denied"})


class SlackUploads:
    """The `Uploads` of Slack."""

    def __init__(self, *, api_base_url: str, token: str) -> None:
        api = urlsplit(api_base_url)
        self._local = (api.scheme, api.netloc) if api.hostname in {"127.0.0.1", "localhost", "::1"} else None
        self._authorization = {"authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=api_base_url, verify=trusted(), timeout=TIMEOUT, follow_redirects=False)

    def share(self, name: str, content: bytes, *, title: str, to: str, thread: str = "") -> None:
        """Put a file into a channel, or into the direct messages with a person, by id; into a thread when one is given.
        `title` stands above it, and all that notifications tell. Raises UploadProblem, whose message says what to do.
        """
        channel = self._direct_messages(to) if to.startswith(_PERSON) else to
        place = self._call("files.getUploadURLExternal", {"filename": name, "length": len(content)})
        self._send(str(place.get("upload_url", "")), content)
        shared = {
            "files": json.dumps([{"id": place.get("file_id"), "title": title}]),
            "channel_id": channel,
            "initial_comment": escape(title),
        }
        self._call("files.completeUploadExternal", shared | ({"thread_ts": thread} if thread else {}), shares=True)

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _direct_messages(self, person: str) -> str:
        """The channel of the direct messages with a person: sharing takes no person's id."""
        opened = self._call("conversations.open", {"users": person}).get("channel")
        return str(opened.get("id", "")) if isinstance(opened, dict) else ""

    def _send(self, url: str, content: bytes) -> None:
        """The bytes, to whoever knows the address: the token stays here."""
        if not self._is_slacks(url):
            raise UploadProblem("Slack named a place for the file that is not its own, so nothing was sent there.")
        try:
            response = self._http.post(url, content=content, headers={"content-type": "application/octet-stream"})
        except (httpx.HTTPError, httpx.InvalidURL):
            raise UploadProblem from None
        if response.status_code != httpx.codes.OK:
            raise UploadProblem(f"Slack did not take the file ({response.status_code}). Ask again in a minute.")

    def _call(self, method: str, arguments: Mapping[str, Any], *, shares: bool = False) -> dict[str, Any]:
        """What Slack answers to a call that it took. After one that `shares`, silence may mean that it did."""
        try:
            response = self._http.post(method, data=arguments, headers=self._authorization)
            answered = response.json()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise UploadProblem from None
        except (httpx.HTTPError, ValueError):
            raise _silence(shares=shares) from None
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise UploadProblem(_wait(response.headers.get("retry-after", "")))
        if not isinstance(answered, dict) or response.status_code != httpx.codes.OK:
            raise _silence(shares=shares)
        if not answered.get("ok"):
            raise _refusal(method, str(answered.get("error", "unknown")), shares=shares)
        return answered

    def _is_slacks(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return (parts.scheme, parts.netloc) in {("https", UPLOAD_HOST), self._local}


def _silence(*, shares: bool) -> UploadProblem:
    if shares:
        return UploadProblem("Slack did not say whether it took the file. If it does not appear shortly, ask again.")
    return UploadProblem()


def _wait(seconds: str) -> str:
    return f"Slack is busy and asks for {seconds if seconds.isdigit() else 'some'} seconds. Ask again after that."


def _refusal(method: str, word: str, *, shares: bool) -> UploadProblem:
    """What a refusal by this word of Slack's means for who asked."""
    if word == "missing_scope":
        scope = _SCOPES.get(method, "files:write")
        return UploadProblem(
            f"I may not send files here: whoever runs me must add the scope `{scope}` to the app and install it again."
        )
    if word in _NOT_ALLOWED:
        return UploadProblem("This workspace lets no files of this kind be sent. Ask one of its administrators.")
    if word in _NO_ROOM:
        return UploadProblem("This workspace has no room for a file of this size. Ask for less of it.")
    if word in _CLOSED or kind_of(word) is OutcomeKind.CHANNEL_GONE:
        return UploadProblem("I may not put files here. Invite me to the channel, or ask in a direct message to me.")
    if shares and word in _UNSURE:
        return _silence(shares=True)
    return UploadProblem(f"Slack did not take the file ({word}). Ask again in a minute.")
