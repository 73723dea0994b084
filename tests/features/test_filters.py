"""Filters where people meet them: the newest releases, and what a subscription posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import SEEDS

if TYPE_CHECKING:
    from stage import Stage

ALL_FIVE = ["R-1", "R-2", "R-3", "R-4", "R-5"]


def _shown(text: str) -> list[str]:
    return [number for number in ALL_FIVE if f"{number}\N{NO-BREAK SPACE}¶" in text]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("latest legitimacy -force:hampshire", ["R-1", "R-3", "R-4"]),
        ("latest peel 2016 grade:good Kent, Leicestershire", ["R-4"]),
        ("latest year:2010..2013", ["R-2"]),
        ("latest before:2016-12-09", ["R-1", "R-3", "R-4", "R-5"]),
        ("latest before:2016", []),  # when R-2 of 2012 came out is not known
        ("latest -after:2016", ["R-1", "R-3", "R-4", "R-5"]),
        ("latest -programme:peel or force:hampshire", ["R-2", "R-5"]),
        ("latest region:“South East” -year:2012", ["R-1", "R-5"]),
    ],
)
def test_latest_shows_what_a_filter_means_and_nothing_else(asked_only: Stage, typed: str, found: list[str]) -> None:
    assert _shown(asked_only.ask(typed).text) == found


def test_latest_says_in_words_what_was_asked_for(asked_only: Stage) -> None:
    assert asked_only.ask("latest legitimacy -force:kent").text.startswith(
        "The newest releases on legitimacy, not about Kent Police"
    )


def test_latest_of_what_is_not_held_says_what_was_looked_through(asked_only: Stage) -> None:
    answer = asked_only.ask("latest Kent pillar:efficiency")

    assert answer.text.startswith("Nothing held matches: Kent Police, on efficiency")
    assert "I looked through 5 releases of 2012 to 2016, on 4 bodies" in answer.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("latest progamme:peel", "Did you mean `programme:`?"),
        ("latest pillar:legitimate", "Did you mean `pillar:legitimacy`?"),
        ("latest vetting", "Did you mean `topic:vetting`?"),
        ("latest peers:kent", "HMIC_PEERS"),
        ("subscribe Kent before:someday weekly Mon", "`before:2016-03`"),
    ],
)
def test_what_is_not_understood_is_named_with_what_to_write(asked_only: Stage, typed: str, told: str) -> None:
    assert told in asked_only.ask(typed).text


def test_latest_asks_did_you_mean_of_a_misspelt_force(asked_only: Stage) -> None:
    assert "Hampshire and Isle of Wight" in asked_only.ask("latest Hampshrie").text


def test_a_subscription_with_filters_posts_only_what_matches(empty_stage: Stage) -> None:
    answer = empty_stage.follow("Leicestershire, Thames Valley or Hampshire legitimacy -topic:vetting now")
    empty_stage.follow("text:wellbeing -force:hampshire -force:leicestershire now")
    empty_stage.add(SEEDS)
    for _ in range(4):  # two first messages and a reply to each
        empty_stage.tick()
        empty_stage.clock.advance(seconds=2)

    digests = [post.text for post in empty_stage.posts() if post.text.startswith("2 new releases")]
    assert "on legitimacy" in answer.text
    assert "not on the topic vetting" in answer.text
    assert [_shown(digest) for digest in digests] == [["R-1", "R-4"], ["R-1", "R-3"]]


def test_a_subscription_keeps_quoted_words_that_look_like_a_cadence(stage: Stage) -> None:
    answer = stage.follow('"the weekly reports" Kent monthly 1st Tue')

    assert answer.text.startswith("Following Kent Police, with “the weekly reports”")
    assert "1st Tuesday" in answer.text


def test_a_preview_shows_examples_of_what_the_filter_means(stage: Stage) -> None:
    stage.follow("year:2012 daily 08:30")

    assert _shown(stage.ask("preview").text) == ["R-2"]
