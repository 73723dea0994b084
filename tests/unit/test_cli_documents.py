"""What `hmic add` is given, over a real site where it is an address."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from sites import HOST, Site, Web, page, reply

from bot.cli.documents import count_documents, documents, from_stdin, from_web
from summaries.errors import FileTooLarge, NoSuchFile, SiteRefused
from summaries.sources.addresses import USUAL_HOSTS
from summaries.sources.folder import MAX_PDF_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from summaries.ports import Fetcher


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


def no_fetcher() -> Fetcher:
    raise AssertionError("nothing was to be fetched")


def test_a_page_is_known_by_its_address_in_the_form_that_sources_keep(site: Site) -> None:
    site.plays("/hmicfrs/news/news-feed/kent/?utm_source=x", page("<p>Kent</p>", media_type="text/html; charset=utf-8"))
    raw = from_web(f"http://{HOST}/hmicfrs/news/news-feed/kent/?utm_source=x#top", Web(site).fetcher(), USUAL_HOSTS)

    assert raw.location == f"https://{HOST}/hmicfrs/news/news-feed/kent/"
    assert (raw.content, raw.media_type) == (b"<p>Kent</p>", "text/html; charset=utf-8")
    assert raw.fetched_at is not None


def test_a_site_that_refuses_is_told_as_such(site: Site) -> None:
    site.plays("/kent", reply(403))
    with pytest.raises(SiteRefused):
        from_web(f"http://{HOST}/kent", Web(site).fetcher(), USUAL_HOSTS)


def test_standard_input_is_known_by_its_bytes_and_read_up_to_a_limit() -> None:
    kent, essex = from_stdin(BytesIO(b"Kent")), from_stdin(BytesIO(b"Essex"))
    assert kent.location.startswith("stdin:")
    assert kent.location != essex.location
    assert from_stdin(BytesIO(b"Kent")) == kent
    with pytest.raises(FileTooLarge):
        from_stdin(BytesIO(b"x" * (MAX_PDF_BYTES + 1)))


def test_a_wrong_path_stops_everything_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "kent.txt").write_bytes(b"Kent")
    targets = [str(tmp_path / "kent.txt"), "https://example.org/kent", str(tmp_path / "essex.txt")]
    with pytest.raises(NoSuchFile):
        documents(targets, no_fetcher, USUAL_HOSTS)


def test_documents_are_counted_without_being_read(tmp_path: Path) -> None:
    for name in ("kent.txt", "essex.pdf", "picture.png"):
        (tmp_path / name).write_bytes(b"x")
    assert count_documents([str(tmp_path), "-", "https://example.org/kent"]) == 4
    assert [name for name, _ in documents([str(tmp_path)], no_fetcher, USUAL_HOSTS)] == [
        str(tmp_path / "essex.pdf"),
        str(tmp_path / "kent.txt"),
    ]
