"""The releases that a page of news or a feed leads to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.errors import NothingListed
from summaries.sources.pages import Listed, links_to_releases

SITE = "https://hmicfrs.justiceinspectorates.gov.uk"
NEWS = f"{SITE}/news/"

PAGE = """<!doctype html><html><head><title>News</title></head><body>
<header><a href="/">Home</a> <a href="/news/">News</a> <time datetime="2030-01-01">today</time></header>
<main><h1>News</h1><ul>
 <li><article><a href="/news/news-feed/kent-improves/"><img src="a.png" alt=""></a>
  <p class="meta">Press release — <time datetime="2023-10-03T00:01:00+01:00">3 October 2023</time></p>
  <h3><a href="/news/news-feed/kent-improves/#main">Kent  Police
   improves</a></h3><p>Kent has.</p><a href="/news/news-feed/kent-improves">Read more about Kent</a></article></li>
 <li><article><h3><a href="http://www.justiceinspectorates.gov.uk/hmicfrs/news/news-feed/essex/?utm_source=x&amp;p=1">Essex</a>
  </h3><time datetime="nonsense">yesterday</time></article></li>
 <li><a href="../news/releases-2012/0272012-revisiting/"><h2>Revisited</h2><p>More words.</p></a>
  <time datetime="2012-12-19">19/12/2012</time></li>
 <li><a href="/publications/peel-police-effectiveness-2016-force-press-releases/">All forces</a></li>
</ul>
<p><a href="/publications/peel-2016/">A report</a> <a href="/news/news-feed/">All news</a>
 <a href="/news/news-feed/page/2/">Older</a> <a href="/news/news-feed/feed/">Feed</a> <a href="/news/page/2/">2</a>
 <a href="https://elsewhere.example/news/news-feed/kent/">Elsewhere</a> <a href="mailto:press@example.org">Mail</a>
 <a href="javascript:void(0)">Menu</a> <a href="http://[">Broken</a> <a>None</a>
 <a href="https://hmicfrs.justiceinspectorates.gov.uk:8443/news/news-feed/kent/">Port</a></p>
</main></body></html>"""


def test_a_page_of_news_leads_to_its_releases_each_once_in_order() -> None:
    assert links_to_releases(PAGE.encode(), "text/html; charset=utf-8", NEWS) == [
        Listed(f"{SITE}/news/news-feed/kent-improves/", "Kent Police improves", date(2023, 10, 3)),
        Listed("https://www.justiceinspectorates.gov.uk/hmicfrs/news/news-feed/essex/?p=1", "Essex"),
        Listed(f"{SITE}/news/releases-2012/0272012-revisiting/", "Revisited", date(2012, 12, 19)),
        Listed(f"{SITE}/publications/peel-police-effectiveness-2016-force-press-releases/", "All forces"),
    ]


def test_an_article_of_the_mirror_is_a_release_with_the_query_it_needs() -> None:
    page = b'<a href="/wg/news.nsf/articles/Kent+improves+03102023101500?open&amp;utm_medium=mail">Kent</a>'
    [listed] = links_to_releases(page, None, "https://www.wired-gov.net/wg/wg-news-1.nsf/hmicfrs")
    assert listed.url == "https://www.wired-gov.net/wg/news.nsf/articles/Kent+improves+03102023101500?open"


def test_a_time_that_may_be_of_either_of_two_releases_is_of_neither() -> None:
    page = """<div><a href="/news/news-feed/a/">A</a> <a href="/news/news-feed/b/">B</a>
    <time datetime="2016-12-08"></time></div>
    <p><a href="/news/news-feed/c/">C</a> <time datetime="2016-12-08"></time><time datetime="2016-12-09"></time></p>"""
    assert [listed.published_on for listed in links_to_releases(page.encode(), None, NEWS)] == [None, None, None]


def test_links_are_joined_to_the_base_that_the_page_names() -> None:
    page = b'<base href="/hmicfrs/news/"><a href="news-feed/kent/">Kent</a>'
    [listed] = links_to_releases(page, None, "https://www.justiceinspectorates.gov.uk/")
    assert listed.url == "https://www.justiceinspectorates.gov.uk/hmicfrs/news/news-feed/kent/"


def test_links_of_the_list_s_own_host_and_of_hosts_allowed_are_kept_as_they_are() -> None:
    page = b'<a href="/news/news-feed/a/">A</a><a href="http://b.example.org/news/news-feed/b">B</a>'
    own = Listed("http://127.0.0.1:8080/news/news-feed/a/", "A")
    assert links_to_releases(page, None, "http://127.0.0.1:8080/news/") == [own]
    both = links_to_releases(page, None, "http://127.0.0.1:8080/news/", hosts=(".example.org",))
    assert both == [own, Listed("http://b.example.org/news/news-feed/b", "B")]


RSS = """<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->
<rss version="2.0"><channel><title>News</title><link>https://hmicfrs.justiceinspectorates.gov.uk</link>
<item><title>Kent &#8216;good&#8217; &amp;amp; better</title>
 <link>http://hmicfrs.justiceinspectorates.gov.uk/news/news-feed/kent/?utm_source=rss</link>
 <pubDate>Wed, 01 May 2019 23:01:00 +0000</pubDate></item>
<item><title>Essex</title><link>/publications/essex-custody/</link></item>
<item><title>Advertisement</title><link>https://elsewhere.example/</link></item>
<item><title>No link</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest</title>
<entry><title type="html">Kent &lt;em&gt;good&lt;/em&gt;</title><updated>2024-02-01T00:00:00Z</updated>
 <link rel="alternate" type="text/html" href="https://www.gov.uk/government/news/kent"/></entry>
<entry><title>Essex</title><published>2023-12-01T00:30:00Z</published><updated>2024-02-01T00:00:00Z</updated>
 <link href="https://www.gov.uk/government/news/essex"/></entry></feed>"""


def test_every_entry_of_a_feed_on_an_allowed_host_is_a_release_of_the_day_in_london() -> None:
    assert links_to_releases(RSS.encode(), "text/html", f"{NEWS}feed/") == [
        Listed(f"{SITE}/news/news-feed/kent/", "Kent ‘good’ & better", date(2019, 5, 2)),
        Listed(f"{SITE}/publications/essex-custody/", "Essex"),
    ]


def test_the_day_an_entry_was_changed_is_not_the_day_it_was_published() -> None:
    assert links_to_releases(ATOM.encode(), None, "https://www.gov.uk/feed.atom") == [
        Listed("https://www.gov.uk/government/news/kent", "Kent good"),
        Listed("https://www.gov.uk/government/news/essex", "Essex", date(2023, 12, 1)),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<p>Nothing.</p>",
        b'<a href="/news/news-feed/">All</a>',
        b"<rss><channel></channel></rss>",
        b"<rss><channel><item><link>https://elsewhere.example/</link></item></channel></rss>",
        b"%PDF-1.7",
        "<p>Café</p>".encode("cp1252"),
    ],
)
def test_a_page_that_leads_to_no_release_is_a_problem(content: bytes) -> None:
    with pytest.raises(NothingListed, match="holds no link to a release") as caught:
        links_to_releases(content, "text/html", NEWS)
    assert (caught.value.kind, caught.value.url) == ("empty", NEWS)


def test_a_feed_is_never_taken_for_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("<rss>").write_text(RSS)
    with pytest.raises(NothingListed):
        links_to_releases(b"<rss>", "application/rss+xml", NEWS)


def test_entities_of_a_feed_are_neither_fetched_nor_multiplied() -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    feed = f"""<?xml version="1.0"?><!DOCTYPE rss [{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <rss version="2.0"><channel><item><title>&i;&x;</title><link>{NEWS}news-feed/kent/</link></item></channel></rss>"""
    try:
        listed = links_to_releases(feed.encode(), None, NEWS)
    except NothingListed:
        return
    assert all(len(item.title or "") < 1000 and "root:" not in (item.title or "") for item in listed)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.sampled_from([*RSS.split(">"), *ATOM.split(">"), *PAGE.split(">")])).map(
            lambda parts: (">".join(parts) + ">").encode()
        ),
    ),
    st.sampled_from([NEWS, "http://[", "", "news"]),
)
def test_whatever_the_bytes_there_are_links_or_a_problem(content: bytes, base_url: str) -> None:
    try:
        listed = links_to_releases(content, None, base_url)
    except NothingListed:
        return
    assert listed
    assert len({item.url for item in listed}) == len(listed)
    assert all(item.url.startswith(("https://", "http://")) for item in listed)


def test_a_page_with_very_many_links_deep_down_is_read() -> None:
    links = "".join(f'<a href="/news/news-feed/{n}/">{n}</a><time datetime="2016-12-08"></time>' for n in range(20_000))
    page = "<div>" * 2000 + links + "</div>" * 2000
    assert len(links_to_releases(page.encode(), None, NEWS)) == 20_000
