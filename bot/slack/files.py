"""Files that people share, fetched from where Slack keeps them.

`url_private` of a file object is answered to who sends a token with the scope files:read. Everybody else is led to a
page to sign in, by a redirect or with status 200, so a page that is not the file is taken for that.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from bot.errors import FileProblem, MayNotReadFiles
from bot.slack.tls import trusted

if TYPE_CHECKING:
    from bot.intents.wanted import SharedFile

SLACK_HOST = "files.slack.com"
TIMEOUT_SECONDS = 10.0
TOTAL_SECONDS = 20.0
_LONGEST_URL = 2_000
_SIGN_IN = frozenset({301, 302, 303, 307, 308, 401, 403})
_GONE = frozenset({404, 410})


class SlackFiles:
    """The `Files` of Slack. The token goes to Slack's host for files only, and to the Web API's when that is local."""

    def __init__(self, *, api_base_url: str, token: str) -> None:
        api = urlsplit(api_base_url)
        self._local = (api.scheme, api.netloc) if api.hostname in {"127.0.0.1", "localhost", "::1"} else None
        self._token = token
        self._http = httpx.Client(verify=trusted(), timeout=TIMEOUT_SECONDS, follow_redirects=False)

    def read(self, file: SharedFile, *, limit: int) -> bytes:
        """The bytes of a file, at most `limit` of them. Raises FileProblem, whose message says what to do."""
        if file.problem:
            raise FileProblem(file.problem)
        if not self._is_slacks(file.url):
            raise FileProblem("The file is kept outside Slack, so I may not read it. Download it and drop it itself.")
        headers = {"authorization": f"Bearer {self._token}", "accept-encoding": "identity"}
        try:
            with self._http.stream("GET", file.url, headers=headers) as response:
                _check_status(response)
                content = _content(response, limit)
        except (httpx.HTTPError, httpx.InvalidURL):
            raise FileProblem("Slack did not hand the file over. Send it again, or paste the release.") from None
        if _is_sign_in_page(response, content, file):
            raise MayNotReadFiles
        return content

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _is_slacks(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable():
            return False
        return (parts.scheme, parts.netloc) in {("https", SLACK_HOST), self._local}


def _check_status(response: httpx.Response) -> None:
    if response.status_code in _SIGN_IN:
        raise MayNotReadFiles
    if response.status_code in _GONE:
        raise FileProblem("The file is not there any more. Send it again, or paste the release.")
    if response.status_code != 200:
        raise FileProblem(f"Slack did not hand the file over ({response.status_code}). Send it again in a minute.")


def _content(response: httpx.Response, limit: int) -> bytes:
    deadline = time.monotonic() + TOTAL_SECONDS
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > limit:
            raise FileProblem.too_large(limit)
        if time.monotonic() > deadline:
            raise FileProblem("Slack took too long to hand the file over. Send it again, or paste the release.")
    return bytes(content)


def _is_sign_in_page(response: httpx.Response, content: bytes, file: SharedFile) -> bool:
    if not response.headers.get("content-type", "").lower().startswith("text/html"):
        return False
    is_page = "html" in (file.media_type or "")
    return not is_page or (file.size is not None and len(content) != file.size)
