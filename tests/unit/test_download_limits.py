"""How much is read of a page, and how long it may take. Every limit has its control: the same, just within it."""

from __future__ import annotations

import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from sites import (
    HOST,
    PUBLIC,
    Site,
    Web,
    drip,
    drip_headers,
    endless,
    packed,
    page,
    redirect,
    reply,
    silence,
)

from summaries.errors import FetchProblem, PageTooLarge, SiteTooSlow
from summaries.ports import Fetched
from summaries.sources.download import FetchRules
from summaries.sources.payload import read_payload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sites import Answer

URL = f"http://{HOST}/kent"
SMALL = FetchRules(max_bytes=1000, max_pdf_bytes=2000)


def size_read(web: Web, rules: FetchRules) -> int:
    fetched = web.fetcher(rules).fetch(URL)
    assert isinstance(fetched, Fetched)
    return len(fetched.content)


@pytest.mark.parametrize("send", [page, packed])
def test_a_page_is_read_up_to_the_limit_and_refused_beyond_it(site: Site, web: Web, send: type) -> None:
    site.plays("/kent", send(b"x" * 1000))
    assert size_read(web, SMALL) == 1000
    site.plays("/kent", send(b"x" * 1001))
    with pytest.raises(PageTooLarge) as caught:
        web.fetcher(SMALL).fetch(URL)
    assert (caught.value.kind, caught.value.url) == ("too large", URL)


def test_a_pdf_may_be_larger_than_a_page(site: Site, web: Web) -> None:
    site.plays("/kent", page(b"x" * 2000, media_type="Application/PDF"))
    assert size_read(web, SMALL) == 2000
    site.plays("/kent", page(b"x" * 2001, media_type="application/pdf; version=1"))
    with pytest.raises(PageTooLarge):
        web.fetcher(SMALL).fetch(URL)


def test_a_page_that_says_it_is_too_large_is_refused_before_it_is_read(site: Site, web: Web) -> None:
    # What was said never comes: waiting for it would end as too slow, or cut short.
    site.plays("/kent", reply(200, b"x", Content_Length=10**12))
    with pytest.raises(PageTooLarge, match="larger than 5 MiB"):
        web.fetcher().fetch(URL)


def test_a_page_without_end_is_cut_at_the_limit(site: Site, web: Web) -> None:
    site.plays("/kent", endless)
    with pytest.raises(PageTooLarge):
        web.fetcher(FetchRules(max_bytes=200_000)).fetch(URL)


def bomb(size: int) -> bytes:
    """So many zeros, packed to about a thousandth."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"\0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def test_a_small_packed_page_that_unpacks_to_a_huge_one_is_refused(site: Site, web: Web) -> None:
    content = bomb(100_000_000)
    assert len(content) < 200_000
    site.plays("/kent", reply(200, content, Content_Encoding="gzip"))
    with pytest.raises(PageTooLarge):
        web.fetcher().fetch(URL)


def test_no_more_is_taken_in_of_a_packed_page_than_passes_the_limit() -> None:
    taken: list[int] = []
    content = bomb(50_000_000)

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(content), 1000):
            taken.append(start)
            yield content[start : start + 1000]

    with pytest.raises(PageTooLarge):
        read_payload(pieces(), encoding="gzip", limit=100_000, url=URL)
    assert len(taken) == 1  # the first thousand bytes hold a million
    assert len(read_payload(iter([content]), encoding="gzip", limit=50_000_000, url=URL)) == 50_000_000


def test_a_huge_page_is_never_unpacked_whole_even_from_one_piece() -> None:
    content = bomb(60_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(PageTooLarge):
            read_payload(iter([content]), encoding="gzip", limit=100_000, url=URL)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("answer", [drip, drip_headers, silence])
def test_a_slow_site_is_cut_off_when_the_time_is_over(site: Site, web: Web, answer: Answer) -> None:
    site.plays("/kent", answer)
    with pytest.raises(SiteTooSlow) as caught:
        web.fetcher(FetchRules(total_seconds=0.3)).fetch(URL)
    assert (caught.value.kind, caught.value.url) == ("too slow", URL)


def test_a_silent_site_is_cut_off_sooner_than_a_slow_one(site: Site, web: Web) -> None:
    site.plays("/kent", silence)
    with pytest.raises(SiteTooSlow):
        web.fetcher(FetchRules(read_seconds=0.2)).fetch(URL)


def test_the_time_is_that_of_all_redirects_together(site: Site, web: Web) -> None:
    site.plays("/kent", redirect("/slow"))
    site.plays("/slow", drip)
    with pytest.raises(SiteTooSlow) as caught:
        web.fetcher(FetchRules(total_seconds=0.3)).fetch(URL)
    assert caught.value.url == f"http://{HOST}/slow"


def test_a_look_up_that_hangs_is_given_up(site: Site, web: Web) -> None:
    def resolve(host: str) -> list[str]:
        site.closing.wait(60)
        return [PUBLIC]

    with pytest.raises(SiteTooSlow, match="not found in time"):
        web.fetcher(FetchRules(total_seconds=0.2), resolve=resolve).fetch(URL)


def test_redirects_are_followed_up_to_a_number_and_no_further(site: Site, web: Web) -> None:
    for number in range(5):
        site.plays(f"/{number}", redirect(f"/{number + 1}"))
    site.plays("/5", page("found"))
    fetched = web.fetcher(FetchRules(max_redirects=5)).fetch(f"http://{HOST}/0")
    assert isinstance(fetched, Fetched)
    with pytest.raises(FetchProblem, match="in circles"):
        web.fetcher(FetchRules(max_redirects=4)).fetch(f"http://{HOST}/0")


def test_a_page_that_leads_to_itself_is_left(site: Site, web: Web) -> None:
    site.plays("/kent", redirect(URL))
    with pytest.raises(FetchProblem, match="in circles"):
        web.fetcher().fetch(URL)
    assert site.paths() == ["/kent"] * 6
