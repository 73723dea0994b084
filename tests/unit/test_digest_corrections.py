"""What is told of a release that was corrected or withdrawn."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cards import WINDOW, case
from digesting import (
    DAY,
    corrected_grade,
    digest,
    held,
    items,
    rendered,
    revised,
    stock,
    text,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.rendering.digest_items import MOST_POINTS, item_views
from bot.rendering.validator import problems
from summaries.delivery import (
    DigestItem,
    WindowKind,
)
from summaries.errors import QuoteNotInText
from summaries.parsing import parse
from summaries.types import Evidence, Polarity, RawRelease

if TYPE_CHECKING:
    from summaries.ports import StoredRelease


def test_a_correction_shows_the_words_of_both_revisions_and_the_grade_first() -> None:
    [reply] = rendered()["correction"]
    told = text(reply)

    assert reply.is_reply
    assert "was ▲ *requires improvement* · R-1\N{NO-BREAK SPACE}¶1; now ✔ *good* · R-1.2\N{NO-BREAK SPACE}¶13" in told
    was = '> Was: "The counter-corruption unit does outstanding work with very few people. · R-1\N{NO-BREAK SPACE}¶12'
    now = '> Now: "The counter-corruption unit does good work with few people. · R-1.2\N{NO-BREAK SPACE}¶12'
    assert f"{was}\n{now}\n" in told
    assert told.index("*Cheshire Constabulary, legitimacy*") < told.index(was)


def test_a_correction_strikes_the_words_that_are_gone_and_has_the_new_ones_in_bold() -> None:
    [reply] = rendered()["correction"]
    styled = [
        (element["text"], style)
        for block in reply.payload["blocks"]
        if block["type"] == "rich_text"
        for element in block["elements"][0]["elements"]
        for style in element.get("style", ())
        if style != "italic"
    ]

    assert styled == [
        ("'requires improvement'", "strike"),
        ("'good'", "bold"),
        ("outstanding", "strike"),
        ("very", "strike"),
        ("good", "bold"),
        ("requires improvement", "strike"),
        ("is good", "bold"),
    ]


def test_a_correction_shows_the_sentence_or_item_that_changed_without_marks_of_blocks() -> None:
    item = revised(held(DAY[0])[0], ("does not vet", "does not properly vet"))
    [reply] = digest([item], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert [line for line in text(reply).splitlines() if line.startswith(">")] == [
        "> Was: does not vet all of its workforce to the national standard · R-1\N{NO-BREAK SPACE}¶7",
        "> Now: does not properly vet all of its workforce to the national standard · R-1.2\N{NO-BREAK SPACE}¶7",
    ]


@pytest.mark.parametrize("detail", ["titles", "extract", "full"])
@pytest.mark.parametrize("others", [0, 2])
def test_a_digest_that_is_the_first_to_show_a_corrected_release_tells_what_changed(detail: str, others: int) -> None:
    item = revised(held(DAY[0])[0], ("does not vet", "does not properly vet"))
    parts = digest([item, *items(held(*DAY)[1 : others + 1])], detail=detail)

    assert text(*parts).count("> Now: does not properly vet all") == 1
    assert "What has changed since revision 1:" in text(*parts)


def test_a_message_that_was_corrected_leaves_what_changed_to_the_reply() -> None:
    [part] = rendered()["corrected-card"]

    assert "Corrected since it was first published (revision 2)" in text(part)
    assert "> Was:" not in text(part)


def test_an_extract_shows_concerns_first_and_never_cuts_what_was_corrected() -> None:
    was = next(one for one in stock() if _praises(one) > MOST_POINTS)
    points = was.release.findings
    concern = replace(points[-1], polarity=Polarity.CONCERN)
    praises = tuple(replace(point, polarity=Polarity.PRAISE) for point in points[:-1])
    told = replace(was, release=replace(was.release, findings=(*praises, concern)))
    [new] = item_views(items([told]))
    before = replace(was, release=replace(was.release, text=was.release.text.replace(praises[-1].evidence.quote, "")))
    [corrected] = item_views([DigestItem(replace(told, revision=2), "revised", 2, before)])

    for one, kept in ((new, concern), (corrected, praises[-1])):
        groups, left_out = one.points
        shown = [point for group in groups for point in group.points]
        assert kept.evidence in [point.evidence for point in shown]
        assert len(shown) == MOST_POINTS
        assert left_out > 0


def _praises(one: StoredRelease) -> int:
    [shown] = item_views(items([one]))
    return sum(len(group.points) for group in shown.view.findings)


@settings(max_examples=40)
@given(
    index=st.integers(0, 1_000),
    places=st.lists(st.integers(0, 20_000), min_size=1, max_size=30),
    into=st.sampled_from(("", "other words", "good", "<!channel>", "\n\n")),
)
def test_a_correction_of_any_release_may_be_sent_and_says_what_changed(
    index: int, places: list[int], into: str
) -> None:
    was = stock()[index % len(stock())]
    words = re.split(r"(\s+)", was.release.text)
    for place in places:
        words[place * 2 % len(words)] = into
    releases = parse(RawRelease(was.location, "".join(words).encode(), "text/plain")).releases
    assume(len(releases) == 1)
    item = DigestItem(replace(was, release=releases[0], revision=2), "revised", 2, was)

    [reply] = digest([item], replace(WINDOW, kind=WindowKind.CORRECTION))

    told = text(reply)
    assert problems(dict(reply.payload), "message") == []
    assert "more lines in the message" not in told
    assert re.search(
        r"^> (Was|Now|New|No longer there): |No word of it changed|too long to show|\d more change", told, re.MULTILINE
    )


def test_a_correction_of_many_paragraphs_is_cut_between_them() -> None:
    was = held(DAY[0])[0]
    [reply] = digest([revised(was, (" the ", " a "), (" and ", " or "))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert re.search(r"^and \d+ more changes", text(reply), re.MULTILINE)
    assert len(text(reply)) < 3_940


def test_a_paragraph_that_only_one_revision_has_is_told_as_such() -> None:
    was = held(DAY[0])[0]
    gone = was.release.text.split("\n\n")[11]
    [reply] = digest([revised(was, (gone, ""))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "> No longer there: " in text(reply)


def test_a_correction_of_marks_alone_says_that_no_word_changed() -> None:
    [reply] = digest([revised(held(DAY[1])[0], ("‘", "'"), ("’", "'"))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "No word of it changed" in text(reply)


def test_a_correction_without_the_revision_before_does_not_guess_it() -> None:
    [reply] = digest([replace(corrected_grade(), was=None)], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "cannot be shown" in text(reply)


def test_a_withdrawn_release_is_struck_and_not_quoted() -> None:
    [part] = rendered()["withdrawn-card"]

    assert f"~“{case(DAY[0]).release.title}”~ · R-1" in text(part)
    assert "gone from its page" in text(part)
    assert "rich_text" not in {block["type"] for block in part.payload["blocks"]}


def test_words_that_the_old_revision_does_not_have_are_not_posted_as_its_own() -> None:
    item = corrected_grade()
    assert item.was
    finding = item.release.release.findings[0]
    wrong = replace(finding, evidence=Evidence(0, 5, "wrong"))
    broken = replace(item.release, release=replace(item.release.release, findings=(wrong,)))

    with pytest.raises(QuoteNotInText):
        digest([replace(item, release=broken)])
