from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from releases import NOON, make_release

from summaries.contents import content_hash
from summaries.ingest import Decision, decide
from summaries.ports import StoredRelease
from summaries.types import Confidence, Grade, Judgment, Kind, Pillar, Release, Scale, Scope

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


def held(hashed: str) -> StoredRelease:
    return StoredRelease(1, 1, 1, hashed, RELEASE, "kent.txt", NOON)


def test_a_release_not_held_is_new() -> None:
    assert decide(None, content_hash(RELEASE)) is Decision.NEW


def test_a_release_held_with_the_same_content_is_unchanged() -> None:
    assert decide(held(content_hash(RELEASE)), content_hash(make_release())) is Decision.UNCHANGED


def test_a_release_held_with_other_content_is_revised() -> None:
    assert decide(held(content_hash(RELEASE)), content_hash(replace(RELEASE, title="Other"))) is Decision.REVISED


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
