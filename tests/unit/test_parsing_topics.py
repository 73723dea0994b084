"""Topics come from a fixed vocabulary, and only from what a release says of its own body."""

from __future__ import annotations

import pytest
from reading import read

from summaries.register import rows

HEAD = "Kent Police must improve, inspectors say"


def topics(*paragraphs: str) -> list[str]:
    return list(read("\n\n".join([HEAD, *paragraphs])).topics)


@pytest.mark.parametrize("row", list(rows("topics.csv")), ids=lambda row: row["topic"])
def test_every_phrase_of_the_vocabulary_earns_its_topic(row: dict[str, str]) -> None:
    for phrase in row["phrases"].split("|"):
        assert row["topic"] in topics("Inspectors found that the force:", f"- looks at {phrase} closely")


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Domestic Abuse", "domestic abuse"),
        ("counter corruption", "counter-corruption"),
        ("stop\nand search", "stop and search"),
        ("**hate** crime", "hate crime"),
        ("child sexual exploitation", "child sexual exploitation"),
    ],
)
def test_case_hyphens_line_ends_and_marks_do_not_matter(words: str, topic: str) -> None:
    assert topic in topics("Inspectors found that the force:", f"- looks at {words} closely")


@pytest.mark.parametrize("words", ["it is rapeseed country", "velvet gloves", "an unstoppable search", "overdemanding"])
def test_a_part_of_a_word_is_no_topic(words: str) -> None:
    assert topics("Inspectors found that the force:", f"- {words}") == []


def test_what_all_releases_of_a_programme_share_earns_nothing() -> None:
    shared = "HMIC inspects how forces deal with domestic abuse, fraud and firearms across England and Wales."

    assert topics(shared) == []
    assert topics(shared.replace("forces deal", "the force deals")) == ["domestic abuse", "fraud", "firearms"]


def test_notes_earn_nothing() -> None:
    assert topics("All is well.", "Notes to editors", "1. The force has an expert on fraud.") == []


def test_each_topic_has_the_words_that_earned_it() -> None:
    release = read(f"{HEAD}\n\nInspectors found that the force:\n\n- looks at fraud; and\n- meets fraudsters.")

    assert [span.quote for span in release.topic_spans["fraud"]] == ["fraud", "fraudsters"]
