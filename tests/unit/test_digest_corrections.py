"""What is told of a release that was corrected or withdrawn."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from cards import WINDOW, case
from digesting import (
    DAY,
    corrected_grade,
    digest,
    held,
    rendered,
    revised,
    stock,
    text,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.rendering.validator import problems
from summaries.delivery import (
    DigestItem,
    WindowKind,
)
from summaries.errors import QuoteNotInText
from summaries.parsing import parse
from summaries.types import Evidence, RawRelease


def test_a_correction_shows_the_words_of_both_revisions_and_the_grade_first() -> None:
    [reply] = rendered()["correction"]
    told = text(reply)

    assert reply.is_reply
    assert "was ▲ *requires improvement* · R-1\N{NO-BREAK SPACE}¶1; now ✔ *good* · R-1.2\N{NO-BREAK SPACE}¶13" in told
    assert told.index("*Cheshire Constabulary, legitimacy*") < told.index(
        "• Removed: outstanding · R-1\N{NO-BREAK SPACE}¶12"
    )
    assert "• Added: good · R-1.2\N{NO-BREAK SPACE}¶12" in told


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
        r"(was|now|new|no longer there): R-|^• (Removed|Added):|No word of it changed|too long to show", told
    )


def test_a_correction_of_many_paragraphs_is_cut_between_them() -> None:
    was = held(DAY[0])[0]
    [reply] = digest([revised(was, (" the ", " a "), (" and ", " or "))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert re.search(r"^and \d+ more paragraphs", text(reply), re.MULTILINE)
    assert len(text(reply)) < 3_940


def test_a_paragraph_that_only_one_revision_has_is_told_as_such() -> None:
    was = held(DAY[0])[0]
    gone = was.release.text.split("\n\n")[11]
    [reply] = digest([revised(was, (gone, ""))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "no longer there: R-1" in text(reply)


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
