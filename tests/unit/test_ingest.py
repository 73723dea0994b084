from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from releases import NOON, make_release

from summaries.contents import content_hash, read_contents, refusal_of
from summaries.ingest import Decision, decide
from summaries.ports import StoredRelease
from summaries.types import Confidence, Grade, Judgment, Kind, Pillar, RawRelease, Release, Scale, Scope

RELEASE = make_release()
EVIDENCE = RELEASE.bodies[0].evidence
CHANGES: dict[str, Any] = {
    "id": "another",
    "title": "Another",
    "kind": Kind.REVISIT,
    "text": "Another text, as long as it must be for its evidence.",
    "bodies": (),
    "programme": None,
    "cycle": "2017",
    "pillar": Pillar.EFFICIENCY,
    "published_on": date(2016, 12, 8),
    "judgments": (Judgment("kent", Scope.OVERALL, "legitimacy", Grade.GOOD, Scale.FOUR, EVIDENCE),),
    "causes_of_concern": 3,
    "topics": ("vetting",),
    "notes": ("A note.",),
    "confidence": Confidence.CHECK,
    "doubts": ("Two grades.",),
}


def decided(text: str, location: str, *, held_from: str = "kent.txt", last_here: str | None = None) -> Decision:
    """What is decided on a text, when the release is held as it is in `RELEASE` from another place."""
    one = StoredRelease(1, 1, 1, content_hash(RELEASE), RELEASE, held_from, NOON)
    other = replace(RELEASE, text=text)
    return decide(one, other, content_hash(other), location, last_here=last_here)


SITE = "https://hmicfrs.justiceinspectorates.gov.uk/news/news-feed/kent/"
OTHER_SITE = "https://www.kent-pcc.gov.uk/news/kent/"
CORRECTED = RELEASE.text.replace("today", "yesterday")


def test_a_release_not_held_is_new() -> None:
    assert decide(None, RELEASE, content_hash(RELEASE), "kent.txt") is Decision.NEW


def test_the_same_text_from_anywhere_is_unchanged() -> None:
    assert decided(RELEASE.text, OTHER_SITE) is Decision.UNCHANGED


def test_the_same_words_in_another_layout_correct_nothing() -> None:
    assert decided(f"\n\n## {RELEASE.text}  ".replace("\n", "\n\n"), "kent.txt") is Decision.UNCHANGED


def test_other_words_at_the_same_place_are_a_revision() -> None:
    assert decided("Kent Police is another matter altogether.", "kent.txt") is Decision.REVISED


def test_a_few_other_words_from_another_file_are_a_revision() -> None:
    assert decided(CORRECTED, "corrected.txt") is Decision.REVISED


def test_quite_another_text_from_another_file_is_a_copy() -> None:
    assert decided("Our commissioner is pleased with the report on Kent Police.", "pcc.txt") is Decision.UNCHANGED


def test_another_site_never_corrects_the_inspectorates() -> None:
    assert decided(CORRECTED, OTHER_SITE, held_from=SITE) is Decision.UNCHANGED
    assert decided(CORRECTED, SITE, held_from=OTHER_SITE) is Decision.REVISED


def test_what_a_place_said_before_is_no_news_when_it_says_it_again() -> None:
    assert decided(CORRECTED, SITE, held_from="kent.txt", last_here=CORRECTED) is Decision.UNCHANGED


@pytest.mark.parametrize("changed", sorted(CHANGES))
def test_the_content_hash_moves_with_every_field(changed: str) -> None:
    assert changed in {field.name for field in fields(Release)}
    other = replace(RELEASE, **{changed: CHANGES[changed]})
    assert content_hash(other) != content_hash(RELEASE)


def test_the_content_hash_names_its_version() -> None:
    version, _, digest = content_hash(RELEASE).partition(":")
    assert version == "v1"
    assert len(digest) == 64
    assert set(digest) <= set("0123456789abcdef")


def test_a_page_about_a_report_is_not_a_release_and_the_reason_says_what_to_do() -> None:
    refusal = refusal_of(replace(RELEASE, kind=Kind.REPORT_PAGE))
    assert str(refusal) == (
        "This is a letter, a list or a page about a report, not a press release; it was kept. Paste the press release."
    )


def test_what_names_no_programme_no_body_and_no_kind_is_not_a_release() -> None:
    nameless = replace(RELEASE, kind=Kind.OTHER, programme=None, bodies=())
    assert refusal_of(nameless) is not None
    for named in ({"kind": Kind.CUSTODY}, {"programme": "PEEL"}, {"bodies": RELEASE.bodies}):
        assert refusal_of(replace(nameless, **named)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("content", "is_readable"), [(b" ", False), (b"Lunch is soup, and there is tea.", True)])
def test_a_document_without_a_release_says_why_and_whether_it_could_be_read(content: bytes, is_readable: bool) -> None:
    contents = read_contents(RawRelease("a.txt", content))
    assert contents.releases == ()
    assert contents.problem
    assert contents.is_readable is is_readable
