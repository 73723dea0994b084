"""The sources setting: what it may say, and what is said of what it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.sources.addresses import USUAL_HOSTS
from summaries.sources.configured import check_hosts, read_hosts, read_interval, read_sources
from summaries.watched import Source, SourceKind

HALF_AN_HOUR = 1800
NEWS = "https://hmicfrs.justiceinspectorates.gov.uk/news/"


def test_each_word_is_a_source_in_the_order_named() -> None:
    sources = read_sources(f"list:{NEWS}\n  feed:{NEWS}feed/@15m folder:/srv/drop@6h", interval_seconds=HALF_AN_HOUR)

    assert sources == (
        Source(SourceKind.LIST, NEWS, HALF_AN_HOUR),
        Source(SourceKind.FEED, f"{NEWS}feed/", 900),
        Source(SourceKind.FOLDER, "/srv/drop", 6 * 3600),
    )


def test_nothing_named_is_nothing_watched() -> None:
    assert read_sources("  \n", interval_seconds=HALF_AN_HOUR) == ()


def test_the_key_is_as_in_the_setting() -> None:
    [source] = read_sources(f"page:{NEWS}@1d", interval_seconds=HALF_AN_HOUR)

    assert source.key == f"page:{NEWS}"


def test_an_at_sign_inside_an_address_is_no_interval() -> None:
    [source] = read_sources("page:https://example.org/@news/15", interval_seconds=HALF_AN_HOUR)

    assert source.address == "https://example.org/@news/15"


@pytest.mark.parametrize(
    ("entry", "right_form"),
    [
        (NEWS, "feed:https://…, list:https://…, page:https://… or folder:/path"),
        ("news", "feed:https://…"),
        ("rss:https://example.org/", "feed:https://…"),
        ("list:example.org/news", "list:https://…"),
        ("list:ftp://example.org/news", "list:https://…"),
        ("list:https://", "list:https://…"),
        ("list:https://me:secret@example.org/", "list:https://…"),
        ("list:https://example.org:port/", "list:https://…"),
        ("list:https://[::1/", "list:https://…"),
        ("page:https://example.org/" + "a" * 1000, "page:https://…"),
        ("folder:drop", "folder:/path"),
        ("folder:", "folder:/path"),
        (f"list:{NEWS}@15s", "15m, 6h or 1d"),
        (f"list:{NEWS}@0m", "between 1m and 7d"),
        (f"list:{NEWS}@8d", "between 1m and 7d"),
    ],
)
def test_a_bad_entry_is_named_with_the_right_form(entry: str, right_form: str) -> None:
    with pytest.raises(ValueError, match="“") as refused:
        read_sources(f"feed:{NEWS}feed/ {entry}", interval_seconds=HALF_AN_HOUR)

    assert f"“{entry}”" in str(refused.value)
    assert right_form in str(refused.value)


def test_a_source_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="named twice"):
        read_sources(f"list:{NEWS} list:{NEWS}@6h", interval_seconds=HALF_AN_HOUR)


@pytest.mark.parametrize(("text", "seconds"), [("1m", 60), ("15M", 900), ("6h", 21_600), ("7d", 604_800)])
def test_an_interval_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert read_interval(text) == seconds


@pytest.mark.parametrize("text", ["", "m", "15", "1.5h", "-1m", "²m", "30 m", "1w"])
def test_what_is_no_interval_is_refused_with_the_right_form(text: str) -> None:
    with pytest.raises(ValueError, match="15m, 6h or 1d"):
        read_interval(text)


def test_hosts_are_words_in_lower_case_each_once() -> None:
    assert read_hosts("News.Example.org .example.org news.example.org") == ("news.example.org", ".example.org")


@pytest.mark.parametrize("text", ["https://example.org", "example.org/news", "*.example.org", "localhost", "."])
def test_what_is_no_host_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a host") as refused:
        read_hosts(text)

    assert f"“{text}”" in str(refused.value)


def test_a_source_whose_host_may_not_be_read_is_named() -> None:
    sources = read_sources(f"folder:/drop list:{NEWS} list:https://example.org/", interval_seconds=HALF_AN_HOUR)
    check_hosts(sources, (*USUAL_HOSTS, "example.org"))

    with pytest.raises(ValueError, match=r"“list:https://example.org/” may not be read"):
        check_hosts(sources, USUAL_HOSTS)


@given(st.text(st.sampled_from("feedlistpagfor:/@. \n15mhx[]\x00é#?"), max_size=60))
def test_any_setting_is_read_or_refused_and_what_is_read_is_read_again_from_its_key(text: str) -> None:
    try:
        sources = read_sources(text, interval_seconds=HALF_AN_HOUR)
    except ValueError:
        return
    for source in sources:
        [again] = read_sources(f"{source.key}@1h", interval_seconds=60)
        assert again.key == source.key
