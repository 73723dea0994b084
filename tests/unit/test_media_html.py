"""Pages as sites of this kind lay them out, with words of our own."""

from __future__ import annotations

from datetime import date

import pytest
from media_samples import read_page

from summaries.types import PublishedBasis

NEWS = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Kent Police must do better - HMICFRS</title>
<link rel="canonical" href="https://hmicfrs.example.uk/news/news-feed/kent-police/" />
<meta property="og:site_name" content="HMICFRS">
<meta property="article:published_time" content="2017-06-01T23:01:00+00:00" />
<script type="text/javascript">var words = "<p>not words</p>";</script></head>
<body class="single sidebar has-cookie-banner">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<div id="cookie-law-info-bar"><p>We use cookies.</p><button>Accept</button></div>
<header class="site-header" role="banner"><h1 class="site-title">HMICFRS</h1>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news/">News</a></li></ul></nav>
<div class="language-switcher">English <a href="/cy/">Cymraeg</a></div></header>
<div class="consultation-banner"><p>We are consulting until 5pm on Friday 24 February 2017.</p></div>
<main id="main"><div class="breadcrumbs"><a href="/">Home</a> &gt; News</div>
<article class="post"><header class="entry-header"><h1 class="entry-title">Kent Police must do <em>better</em></h1>
<p class="entry-meta">Published on: <time datetime="2017-06-02">2 June 2017</time></p></header>
<div class="entry-content">
<p>Kent&nbsp;Police has&#8217;nt <strong>done</strong> enough, inspectors said.<sup>1</sup></p>
<p>Get the report<br /><a href="/publications/kent/">PEEL: Kent (2016&#8211;17)</a></p>
<p>We found that the force:</p>
<ul><li>is good at <b>this</b>;</li><li><p>is poor at that, and at:</p>
<ul><li>the first</li><li>the second.</li></ul></li></ul>
<blockquote><p>&#8220;I am concerned,&#8221; she said.</p><footer>HM Inspector Jane Smith</footer></blockquote>
<h2>Notes to editors</h2>
<ol start="2"><li>See <a href="#top">above</a>.</li><li>Call <a href="tel:0123">0123</a>.</li></ol>
<p class="print-link">Print this document</p>
</div>
<footer class="entry-footer"><div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li></ul></div></footer>
</article>
<h2>Related content</h2><ul><li><a href="/x">Another release, 3 March 2016</a></li></ul>
<div id="comments" class="comments-area"><p>A comment</p></div></main>
<aside class="widget-area"><h2>Latest</h2></aside>
<footer class="site-footer"><p>Crown copyright 2016</p></footer></body></html>"""

NEWS_TEXT = """# Kent Police must do better

Published on: 2 June 2017

Kent Police has’nt done enough, inspectors said.

Get the report
[PEEL: Kent (2016–17)](https://hmicfrs.example.uk/publications/kent/)

We found that the force:

- is good at this;
- is poor at that, and at:
- the first
- the second.

“I am concerned,” she said.

HM Inspector Jane Smith

## Notes to editors

2. See above.
3. Call 0123."""


def test_a_news_page_gives_its_release_and_nothing_of_the_site() -> None:
    assert read_page(NEWS).text == NEWS_TEXT


def test_a_news_page_gives_its_address_and_the_london_day_of_publication() -> None:
    page = read_page(NEWS, "https://elsewhere.example/copy")

    assert page.url == "https://hmicfrs.example.uk/news/news-feed/kent-police/"
    assert (page.published_on, page.published_basis) == (date(2017, 6, 2), PublishedBasis.STATED)
    assert not page.is_excerpt


def test_a_page_of_the_old_site_without_any_marked_content_gives_its_release() -> None:
    page = read_page("""<html><head><title>A release about Kent | Wired-GOV</title></head><body>
        <form name="_ViewForm" method="post"><div class="menu">Home</div>
        <table width="100%"><tr><td><h1>A release about Kent</h1><p>08 Dec 2016 12:00 PM</p>
        <p>Inspectors found this, and that, and one thing more.</p><p>- Kent Police is good;</p>
        <p>Original article link: <a href="https://hmic.example.uk/a/">https://hmic.example.uk/a/</a></p>
        <p>Share this article</p></td></tr></table><input type="text" value="x"></form></body></html>""")

    assert page.text == (
        "# A release about Kent\n\n08 Dec 2016 12:00 PM\n\nInspectors found this, and that, and one thing more.\n\n"
        "- Kent Police is good;\n\nOriginal article link: https://hmic.example.uk/a/"
    )


@pytest.mark.parametrize(
    "panel",
    [
        "<h3><button aria-expanded='false'>Essex Police</button></h3><div hidden>{}</div>",
        "<button class='accordion' aria-expanded='false'>Essex Police</button><div style='display:none'>{}</div>",
        "<button aria-controls='a'><h3>Essex Police</h3></button><div aria-hidden='true'><h3>Essex Police</h3>{}</div>",
        "<details><summary>Essex Police</summary>{}</details>",
        "<details><summary><h3>Essex Police</h3></summary>{}</details>",
        "<div class='accordion-title'>Essex Police</div><div class='accordion-content'>{}</div>",
        "<div class='su-spoiler'><div class='su-spoiler-title'><span></span>Essex Police</div><div>{}</div></div>",
        "<h3><a class='accordion-toggle' href='#c1'>Essex Police</a></h3><div id='c1'>{}</div>",
    ],
)
def test_a_panel_of_an_accordion_is_a_heading_said_once_and_its_hidden_content(panel: str) -> None:
    filled = panel.format("<p>Essex Police is good.</p>")
    page = read_page(f"<main><h1>All forces</h1><button>Show all</button>{filled}<p>The end.</p></main>")

    assert page.text == "# All forces\n\n### Essex Police\n\nEssex Police is good.\n\nThe end."


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            "<table><caption>Grades</caption><tr><th>Force<th>Grade<tr><td><p>Kent<td>good<br>indeed<td></table>",
            "Grades\n\nForce | Grade\n\nKent | good indeed",
        ),
        (
            "<table><tr><td><h2>Kent</h2><p>One.</p></td><td><ul><li>two</ul></td></tr></table>",
            "## Kent\n\nOne.\n\n- two",
        ),
        ("<table><tr><td><table><tr><td>Kent<td>good</table></table>", "Kent | good"),
    ],
)
def test_a_table_is_a_line_a_row_unless_it_lays_out_the_page(table: str, text: str) -> None:
    assert read_page(f"<body>{table}</body>").text == text


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ("<a href='https://a.example/b'>words</a>", "[words](https://a.example/b)"),
        ("<a href='b/c?d=1&amp;e=2'>words</a>", "[words](https://site.example/news/b/c?d=1&e=2)"),
        ("<a href='/x (1).pdf'>words</a>", "[words](https://site.example/x%20%281%29.pdf)"),
        ("<a href='//a.example'> words </a>then", "[words](https://a.example) then"),
        ("<a href='#notes'>words</a>", "words"),
        ("<a href='https://site.example/news/one#notes'>words</a>", "words"),
        ("<a href='mailto:a@a.example'>words</a>", "words"),
        ("<a href='javascript:alert(1)'>words</a>", "words"),
        ("<a href='https://[bad'>words</a>", "words"),
        ("<a href='https://a.example'>[words] in brackets</a>", "[words] in brackets"),
        ("<a href='https://a.example/'>a.example/words</a>", "[a.example/words](https://a.example/)"),
        ("words <a href='https://a.example/'><img src=x></a>", "words"),
    ],
)
def test_a_link_is_printed_with_an_absolute_address_or_as_its_words(link: str, printed: str) -> None:
    assert read_page(f"<body><p>{link}</p></body>", "https://site.example/news/one").text == printed


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Kent is 'good' - HMIC - HMICFRS</title>", "<main><p>Words.</p></main>", "Kent is 'good' - HMIC"),
        ("<title>Kent | A Mirror</title><meta property='og:site_name' content='A Mirror'>", "<p>Words.</p>", "Kent"),
        ("<meta property='og:title' content='Kent is good'><title>x</title>", "<p>Words.</p>", "Kent is good"),
        ("<title>x</title>", "<header><h1>HMICFRS</h1></header><h1>Kent</h1><main><p>Words.</p></main>", "Kent"),
    ],
)
def test_a_title_outside_the_content_is_put_first(head: str, body: str, title: str) -> None:
    assert read_page(f"<html><head>{head}</head><body>{body}</body></html>").text == f"# {title}\n\nWords."


def test_a_banner_above_the_title_is_left_out_and_a_date_there_is_kept() -> None:
    page = read_page(
        "<body><p>We are consulting until 24 February 2017.</p><p>2 March 2017</p><h1>Kent</h1><p>A consultation.</p>"
    )

    assert page.text == "2 March 2017\n\n# Kent\n\nA consultation."


def test_a_title_that_the_content_has_as_another_heading_is_not_said_twice() -> None:
    page = read_page("<html><head><title>Kent is good | GOV.UK</title></head><body><h2>Kent is good</h2><p>Words.</p>")

    assert page.text == "## Kent is good\n\nWords."


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        ("<article><h1>Kent</h1><time datetime='2016-12-08'>8 Dec</time></article>", date(2016, 12, 8)),
        (
            "<article><h1>Kent</h1><time datetime='2016-01-01'>a</time>"
            "<time class='published' datetime='2016-12-08T00:01'>b</time></article>",
            date(2016, 12, 8),
        ),
        (
            "<article><h1>Kent</h1><time datetime='2016-01-01'>a</time><time datetime='2016-12-08'>b</time></article>",
            None,
        ),
        ("<article><h1>Kent</h1></article><footer><time datetime='2016-12-08'>8 Dec</time></footer>", None),
        ("<article><h1>Kent</h1><time datetime='1970-01-01'>never set</time></article>", None),
        ("<article><h1>Kent</h1><time datetime='soon'>soon</time></article>", None),
    ],
)
def test_the_day_of_publication_is_one_the_mark_up_states_or_unknown(markup: str, day: date | None) -> None:
    assert read_page(f"<body>{markup}</body>").published_on == day


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one<br><br>two<br>three</p>", "one\n\ntwo\nthree"),
        ("<p>the 8<sup>th</sup> of 2016<sup>[12]</sup></p>", "the 8th of 2016"),
        ("<pre>one\ntwo\n\nthree</pre>", "one\ntwo\n\nthree"),
        ("<dl><dt>Published:</dt><dd>2 March 2017</dd></dl>", "Published: 2 March 2017"),
        ("<p>one <del>two</del> <i>three</i> <q>four</q></p>", "one three “four”"),
        ("<p>un<b>believ</b>able</p>", "unbelievable"),
        (
            "<a href='https://a.example/'><h3>Kent</h3><p>Words</p></a>",
            "### [Kent](https://a.example/)\n\n[Words](https://a.example/)",
        ),
        ("<p>said twice by extractors: &amp;amp; and &amp;#8217;</p>", "said twice by extractors: &amp; and &#8217;"),
        ("<ul><li>one<li><ol><li value=4>two<li>three</ol></ul><p>end</p>", "- one\n4. two\n5. three\n\nend"),
        ("<form><p>Search</p><input></form><p>Words</p>", "Words"),
    ],
)
def test_elements_become_markdown(markup: str, text: str) -> None:
    assert read_page(f"<body>{markup}</body>").text == text


def test_several_articles_side_by_side_are_read_together() -> None:
    page = read_page("<main><article><h2>One</h2><p>a b</p></article><article><h2>Two</h2><p>c d</p></article></main>")

    assert page.text == "## One\n\na b\n\n## Two\n\nc d"


def test_an_empty_shell_of_a_content_does_not_hide_the_words() -> None:
    page = read_page(f"<body><main><p>Loading</p></main><div id='root'><h1>Kent</h1><p>{'word ' * 60}</p></div></body>")

    assert page.text.startswith("Loading\n\n# Kent")
