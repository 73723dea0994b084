"""What a caller gets for what a site does."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpcore
import pytest
from fakes import MORNING, FakeClock
from hypothesis import given
from hypothesis import strategies as st
from sites import HOST, OTHER_HOST, PUBLIC, Asked, Site, Web, cut_short, hang_up, packed, page, redirect, reply

from summaries.errors import FetchProblem, PageGone, SiteBusy, SiteRefused
from summaries.ports import Fetched, NotModified, Validators
from summaries.sources.download import FetchRules, HttpFetcher, user_agent
from summaries.sources.replies import LONGEST_WAIT, seconds_to_wait

if TYPE_CHECKING:
    from sites import Answer

URL = f"http://{HOST}/news/news-feed/kent/"
PATH = "/news/news-feed/kent/"
RELEASE = b"<h1>Kent Police is good</h1>"


def problem(site: Site, web: Web, answer: Answer, url: str = URL) -> FetchProblem:
    """What fetching the page comes to when the site answers so."""
    site.plays(PATH, answer)
    with pytest.raises(FetchProblem) as caught:
        web.fetcher().fetch(url)
    assert caught.value.url == url
    return caught.value


def test_a_page_comes_with_its_address_type_validators_and_time(site: Site, web: Web) -> None:
    site.plays(PATH, page(RELEASE, media_type="text/html; charset=utf-8", etag='"1"', last_modified="yesterday"))
    fetched = web.fetcher().fetch(URL)
    assert fetched == Fetched(
        URL, RELEASE, "text/html; charset=utf-8", Validators(etag='"1"', last_modified="yesterday"), MORNING
    )


def test_the_request_names_the_bot_and_brings_no_cookies(site: Site, web: Web) -> None:
    site.plays(PATH, reply(200, RELEASE, Set_Cookie="visitor=1"))
    fetcher = web.fetcher(FetchRules(user_agent=user_agent("https://example.org/hmic")))
    fetcher.fetch(URL)
    fetcher.fetch(URL)
    first, second = site.asked
    assert first == second == Asked(PATH, first.headers)
    assert first.headers["host"] == HOST
    assert first.headers["user-agent"] == "hmic/0.1 (+https://example.org/hmic)"
    assert "cookie" not in second.headers


@pytest.mark.parametrize(
    ("contact", "named"),
    [
        (None, "hmic/0.1"),
        ("press@example.org", "hmic/0.1 (press@example.org)"),
        ("https://example.org/\r\nX-Evil: 1", "hmic/0.1 (+https://example.org/X-Evil:1)"),
    ],
)
def test_the_user_agent_is_one_plain_header_whatever_the_contact(contact: str | None, named: str) -> None:
    assert user_agent(contact) == named


def test_no_proxy_is_taken_from_the_environment(site: Site, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site.plays(PATH, page(RELEASE))
    web.fetcher().fetch(URL)
    assert web.network.connected == [(PUBLIC, 80)]


def test_a_page_that_has_not_changed_is_told_as_such_and_one_that_has_is_read(site: Site, web: Web) -> None:
    site.plays(PATH, page("old", etag='W/"1"', last_modified="Thu, 08 Dec 2016 00:01:00 GMT"))
    first = web.fetcher().fetch(URL)
    assert isinstance(first, Fetched)
    assert web.fetcher().fetch(URL, first.validators) == NotModified(URL)
    assert site.asked[-1].headers["if-none-match"] == 'W/"1"'
    assert site.asked[-1].headers["if-modified-since"] == "Thu, 08 Dec 2016 00:01:00 GMT"
    site.plays(PATH, page("new", etag='W/"2"'))
    second = web.fetcher().fetch(URL, first.validators)
    assert isinstance(second, Fetched)
    assert (second.content, second.validators) == (b"new", Validators(etag='W/"2"'))


def test_not_modified_without_having_asked_is_a_failure(site: Site, web: Web) -> None:
    assert problem(site, web, reply(304)).status == 304


def test_a_validator_too_long_to_keep_is_not_kept(site: Site, web: Web) -> None:
    site.plays(PATH, page(RELEASE, etag='"' + "x" * 5000 + '"', last_modified="yesterday"))
    fetched = web.fetcher().fetch(URL)
    assert isinstance(fetched, Fetched)
    assert fetched.validators == Validators(None, "yesterday")


def test_a_validator_that_no_header_may_hold_is_neither_kept_nor_sent(site: Site, web: Web) -> None:
    site.plays(PATH, page(RELEASE, etag='"caf\xe9"', last_modified="yesterday"))
    fetched = web.fetcher().fetch(URL)
    assert isinstance(fetched, Fetched)
    assert fetched.validators == Validators(None, "yesterday")
    again = web.fetcher().fetch(URL, Validators('"caf\xe9"', "yesterday\n"))
    assert isinstance(again, Fetched)
    assert not {"if-none-match", "if-modified-since"} & set(site.asked[-1].headers)


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (401, "refused", SiteRefused),
        (403, "refused", SiteRefused),
        (451, "refused", SiteRefused),
        (404, "gone", PageGone),
        (410, "gone", PageGone),
        (429, "busy", SiteBusy),
        (503, "busy", SiteBusy),
        (500, "failed", FetchProblem),
        (418, "failed", FetchProblem),
        (204, "failed", FetchProblem),
        (206, "failed", FetchProblem),
        (300, "failed", FetchProblem),
        (302, "failed", FetchProblem),
    ],
)
def test_what_is_not_the_page_is_a_problem_by_its_status(
    site: Site, web: Web, status: int, kind: str, error: type[FetchProblem]
) -> None:
    caught = problem(site, web, reply(status, b"" if status == 204 else b"Sorry."))
    assert (type(caught), caught.kind, caught.status, caught.retry_after) == (error, kind, status, None)
    assert f"({status})" in str(caught)


def test_a_refusal_says_what_to_do_instead(site: Site, web: Web) -> None:
    caught = problem(site, web, reply(403))
    assert str(caught) == "The site refused us (403). Paste the release, forward it, or drop the file."


@pytest.mark.parametrize(
    ("told", "seconds", "said"),
    [
        ("90", 90, "90 seconds"),
        ("0", 0, "0 seconds"),
        ("999999999999999", LONGEST_WAIT, "1440 minutes"),
        (format_datetime(MORNING + timedelta(minutes=10), usegmt=True), 600, "10 minutes"),
        (format_datetime(MORNING - timedelta(days=1), usegmt=True), 0, "0 seconds"),
        (format_datetime(MORNING + timedelta(days=9), usegmt=True), LONGEST_WAIT, "1440 minutes"),
        ("Sun, 22 Nov 2026 08:00:00 -0000", LONGEST_WAIT, "1440 minutes"),
        ("soon", None, None),
        ("-5", None, None),
        ("1.5", None, None),
        ("Mon, 99 Nov 2026 08:00:00 GMT", None, None),
    ],
)
def test_a_busy_site_says_how_long_to_wait_in_seconds_or_by_a_date(
    site: Site, web: Web, told: str, seconds: int | None, said: str | None
) -> None:
    caught = problem(site, web, reply(429, Retry_After=told))
    assert caught.retry_after == seconds
    assert ("left alone" in str(caught)) == (said is not None)
    assert said is None or said in str(caught)


@given(st.one_of(st.none(), st.text(), st.from_regex(r"\w{3}, \d{2} \w{3} \d{1,5} \d\d:\d\d:\d\d [+-]?\w{1,6}")))
def test_no_retry_after_is_more_than_a_day_or_an_error(told: str | None) -> None:
    wait = seconds_to_wait(told, MORNING)
    assert wait is None or 0 <= wait <= LONGEST_WAIT


def test_a_page_that_moved_is_followed_and_its_new_address_given(site: Site, web: Web) -> None:
    site.plays(PATH, redirect(f"http://{OTHER_HOST}/hmicfrs/news/#top", status=301))
    site.plays("/hmicfrs/news/", redirect("../kent", status=308))
    site.plays("/hmicfrs/kent", page(RELEASE))
    fetched = web.fetcher().fetch(URL)
    assert (fetched.url, site.paths()) == (
        f"http://{OTHER_HOST}/hmicfrs/kent",
        [PATH, "/hmicfrs/news/", "/hmicfrs/kent"],
    )
    assert [asked.headers["host"] for asked in site.asked] == [HOST, OTHER_HOST, OTHER_HOST]


def test_a_host_that_is_not_known_to_the_name_server_is_a_failure(site: Site, web: Web) -> None:
    del web.names[HOST]
    caught = problem(site, web, page(RELEASE))
    assert (caught.kind, caught.status) == ("failed", None)
    assert "not found" in str(caught)


def test_a_site_that_does_not_answer_is_a_failure(site: Site, web: Web) -> None:
    web.network.ports.clear()
    assert "does not answer" in str(problem(site, web, page(RELEASE)))


def test_the_next_address_of_a_host_is_tried_when_the_first_does_not_answer(site: Site, web: Web) -> None:
    web.names[HOST] = ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", PUBLIC]
    site.plays(PATH, page(RELEASE))
    assert isinstance(web.fetcher().fetch(URL), Fetched)
    assert [address for address, _ in web.network.connected] == web.names[HOST]


def test_a_site_without_a_certificate_is_a_failure_of_tls(site: Site, web: Web) -> None:
    caught = problem(site, web, page(RELEASE), f"https://{HOST}{PATH}")
    assert caught.kind == "failed"
    assert "TLS" in str(caught)


def test_a_secure_site_is_greeted_by_its_name_though_reached_by_its_address(web: Web) -> None:
    greeting = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            with listener.accept()[0] as connection:
                greeting.extend(connection.recv(4096))

        thread = threading.Thread(target=listen)
        thread.start()
        web.network.ports[PUBLIC] = listener.getsockname()[1]
        with pytest.raises(FetchProblem):
            web.fetcher().fetch(f"https://{HOST}/")
        thread.join()
    assert HOST.encode() in greeting
    assert web.network.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize("answer", [cut_short, hang_up, reply(200, RELEASE[:-5], Content_Length=len(RELEASE))])
def test_a_page_cut_short_is_a_failure_and_no_release(site: Site, web: Web, answer: Answer) -> None:
    assert problem(site, web, answer).kind == "failed"


def test_an_empty_page_is_a_failure(site: Site, web: Web) -> None:
    assert "empty" in str(problem(site, web, page(" \n")))


def deflated(content: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(RELEASE, mtime=0)),
        ("X-GZIP", gzip.compress(RELEASE, mtime=0)),
        ("deflate", zlib.compress(RELEASE)),
        ("deflate", deflated(RELEASE, -15)),
        ("identity", RELEASE),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, web: Web, encoding: str, body: bytes) -> None:
    site.plays(PATH, reply(200, body, Content_Encoding=encoding))
    fetched = web.fetcher().fetch(URL)
    assert isinstance(fetched, Fetched)
    assert fetched.content == RELEASE


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(RELEASE, mtime=0)[:-9]),
        ("gzip", gzip.compress(RELEASE, mtime=0)[:8]),
        ("gzip", RELEASE),
        ("gzip", gzip.compress(RELEASE, mtime=0) + b"and more"),
        ("gzip", gzip.compress(RELEASE, mtime=0) + gzip.compress(RELEASE, mtime=0)),
        ("deflate", b"\xff" * 40),
        ("br", RELEASE),
        ("gzip, gzip", gzip.compress(gzip.compress(RELEASE, mtime=0), mtime=0)),
    ],
)
def test_a_packed_page_that_is_damaged_or_packed_otherwise_is_a_failure(
    site: Site, web: Web, encoding: str, body: bytes
) -> None:
    assert problem(site, web, reply(200, body, Content_Encoding=encoding)).kind == "failed"


def test_a_large_packed_page_comes_whole(site: Site, web: Web) -> None:
    content = b"".join(b"<p>Finding %d.</p>" % number for number in range(20_000))
    site.plays(PATH, packed(content))
    fetched = web.fetcher().fetch(URL)
    assert isinstance(fetched, Fetched)
    assert fetched.content == content


class Played(httpcore.NetworkBackend, httpcore.NetworkStream):
    """A network whose every connection says the same, whatever is asked."""

    def __init__(self, said: bytes) -> None:
        self.said = said
        self.left = b""

    def connect_tcp(self, *args: object, **kwargs: object) -> Played:
        self.left = self.said
        return self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read, self.left = self.left[:max_bytes], self.left[max_bytes:]
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Nobody listens."""

    def close(self) -> None:
        """Nothing is held."""

    def get_extra_info(self, info: str) -> None:
        """There is none."""


def outcome(said: bytes) -> str:
    """What a caller gets from a site that says this: `fetched`, `not modified` or the kind of problem."""
    fetcher = HttpFetcher(FetchRules(), clock=FakeClock(), resolve=lambda host: [PUBLIC], network=Played(said))
    try:
        got = fetcher.fetch(URL, Validators(etag='"1"'))
    except FetchProblem as problem:
        return problem.kind
    return "fetched" if isinstance(got, Fetched) else "not modified"


STARTS = [b"HTTP/1.1 200 OK", b"HTTP/1.1 302 Found", b"HTTP/1.0 304 ", b"HTTP/1.1 103 ", b"HTTP/1.1 999 ?"]
HEADERS = [
    b"Content-Length: " + b"9" * 5000,
    b"Content-Length: " + b"9" * 20,
    b"Content-Length: 3",
    b"Content-Length: 3, 3",
    b"Content-Length: -1",
    b"Transfer-Encoding: chunked",
    b"Content-Encoding: gzip",
    b"Content-Encoding: deflate",
    b"Content-Type: application/pdf",
    b"Location: http://[",
    b"Location: \xff\xfe",
    b"Location: http://" + HOST.encode() + b"/" + b"a" * 3000,
    b"Location: /again",
    b"ETag: \xff",
    b"X: " + b"y" * 200_000,
]


def said(start: bytes, headers: list[bytes], body: bytes) -> bytes:
    """An answer as bytes."""
    return b"\r\n".join([start, *headers, b"", body])


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("start", STARTS)
def test_no_header_is_more_than_a_problem(start: bytes, header: bytes) -> None:
    assert outcome(said(start, [header], b"abc"))


@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(
            said, st.sampled_from(STARTS), st.lists(st.sampled_from(HEADERS), max_size=4), st.binary(max_size=50)
        ),
    )
)
def test_whatever_a_site_sends_is_a_page_or_a_problem(sent: bytes) -> None:
    assert outcome(sent) in {"fetched", "not modified", "failed", "not allowed", "too large"}


def test_the_plain_answer_that_those_are_made_from_is_a_page() -> None:
    assert outcome(said(STARTS[0], [b"Content-Length: 3"], b"abc")) == "fetched"
