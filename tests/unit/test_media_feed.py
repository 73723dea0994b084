from __future__ import annotations

from datetime import date

import pytest

from summaries.errors import UnreadableRelease
from summaries.media import Page, read_document
from summaries.types import PublishedBasis, RawRelease

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>News</title><link>https://site.example/</link>
<item><title>Kent &#8216;good&#8217; &amp;amp; Essex too</title><link>https://site.example/kent/#start</link>
<pubDate>Thu, 01 Jun 2017 23:01:00 +0000</pubDate><description><![CDATA[Short <b>words</b> [&hellip;]]]></description>
<content:encoded><![CDATA[<p>Kent is good. See <a href="/r">the report</a>.</p><script>x</script><ul><li>one;</li></ul>
<p>The post <a href="https://site.example/kent/">Kent</a> appeared first on <a href="https://site.example">News</a>.</p>]]>
</content:encoded></item>
<item><title>Essex</title><link>https://site.example/essex/</link>
<description>&lt;p&gt;Only a summary [&amp;#8230;]&lt;/p&gt;</description></item>
<item><link>https://site.example/empty/</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title type="text">Kent &lt;b&gt;</title><link href="https://site.example/kent"/>
<published>2016-12-08T00:01:00Z</published>
<updated>2019-01-01T00:00:00Z</updated>
<content type="html">&lt;h1&gt;Kent&lt;/h1&gt;&lt;p&gt;Words.&lt;/p&gt;</content></entry>
<entry><title>Essex</title><updated>2019-01-01T00:00:00Z</updated>
<summary>Plain words &amp; more</summary></entry></feed>"""


def entries(feed: str | bytes) -> tuple[Page, ...]:
    return read_document(RawRelease("a", feed.encode() if isinstance(feed, str) else feed)).pages


def test_each_entry_of_rss_is_a_page_with_its_address_and_london_day() -> None:
    kent, essex = entries(RSS)

    assert kent == Page(
        "# Kent ‘good’ & Essex too\n\nKent is good. See [the report](https://site.example/r).\n\n- one;",
        "https://site.example/kent/#start",
        date(2017, 6, 2),
        PublishedBasis.FEED,
    )
    assert essex == Page("# Essex\n\nOnly a summary", "https://site.example/essex/", is_excerpt=True)


def test_the_day_an_atom_entry_was_changed_is_not_that_of_publication() -> None:
    kent, essex = entries(ATOM)

    assert (kent.published_on, kent.is_excerpt) == (date(2016, 12, 8), False)
    assert essex == Page("# Essex\n\nPlain words & more", is_excerpt=True)


def test_a_feed_keeps_the_media_type_it_was_given() -> None:
    assert read_document(RawRelease("a", ATOM.encode(), "application/atom+xml; charset=utf-8")).media_type == (
        "application/atom+xml"
    )
    assert (
        read_document(RawRelease("a", RSS.replace("UTF-8", "UTF-16").encode("utf-16"), "text/html")).media_type
        == "application/rss+xml"
    )


@pytest.mark.parametrize("feed", ["<rss version='2.0'><channel></channel></rss>", "<feed>", "<rss>words"])
def test_a_feed_without_entries_is_unreadable(feed: str) -> None:
    with pytest.raises(UnreadableRelease, match="The feed holds no entry"):
        entries(feed)


def test_an_external_entity_is_not_read(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret"
    with open(secret, "w") as file:
        file.write("hidden words")
    feed = f"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>
<rss version="2.0"><channel><item><title>Some words &x;</title></item></channel></rss>"""
    from summaries.media.feed import read_feed

    assert "hidden" not in read_feed(feed.encode())[0].text
