"""The public JSON, there and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SEEDS, read, seed_text

from summaries.document_json import document_json
from summaries.parsing import parse
from summaries.release_json import from_json, to_json
from summaries.types import Figure, RawRelease, Release

DOCUMENTED_KEYS = {
    "id",
    "title",
    "kind",
    "bodies",
    "programme",
    "cycle",
    "pillar",
    "published_on",
    "published_basis",
    "judgments",
    "prior_judgments",
    "tally",
    "named_grades",
    "findings",
    "causes_of_concern",
    "areas_for_improvement",
    "monitoring",
    "statement",
    "next_inspection",
    "report",
    "figures",
    "notes",
    "topics",
    "text",
    "confidence",
    "doubts",
    "other_statements",
}

figures = st.builds(Figure, value=st.floats(allow_nan=False, allow_infinity=False))
hints = get_type_hints(Release, localns={"Mapping": Mapping, "date": date})
fields = {name: st.from_type(hint) for name, hint in hints.items()} | {
    "figures": st.lists(figures, max_size=2).map(tuple)
}
releases = st.builds(Release, **fields)


@settings(max_examples=40)
@given(releases)
def test_any_release_survives_its_json_as_text(release: Release) -> None:
    assert from_json(json.loads(json.dumps(to_json(release)))) == release


def test_the_text_may_be_stored_apart() -> None:
    release = read(seed_text("000"))
    document = to_json(release)
    del document["text"]

    assert from_json(document, release.text) == release


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_the_documented_keys_are_all_there(number: str) -> None:
    assert to_json(read(seed_text(number))).keys() >= DOCUMENTED_KEYS


def test_what_was_stored_before_a_field_was_added_reads_with_its_default() -> None:
    release = read(seed_text("000"))
    stored = to_json(release)
    del stored["monitoring"], stored["note_evidence"], stored["published_on"]

    assert from_json(stored) == replace(release, note_spans=(), published_on=None)


def test_values_are_plain_json() -> None:
    document = to_json(read(seed_text("001")))

    assert document["kind"] == "revisit"
    assert document["figures"][2]["value"] == 129
    assert isinstance(document["figures"][2]["value"], int)
    assert document["evidence"]["title"]["quote"] == document["title"]
    assert document["reports_named"][0]["title"] == "Without Fear or Favour"
    assert len(document["note_evidence"]) == len(document["notes"])
    assert set(document["topic_evidence"]) == set(document["topics"])


def document_of(location: str, fetched_at: datetime | None = None) -> dict[str, Any]:
    return document_json(parse(RawRelease(location, seed_text("000").encode(), fetched_at=fetched_at)))


def test_a_document_has_its_source_its_releases_and_our_summary() -> None:
    document = document_of("a.txt", datetime(2026, 1, 2, tzinfo=UTC))

    assert set(document) == {"source", "releases"}
    assert set(document["source"]) == {"path", "media_type", "sha256", "fetched_at", "text_sha256"}
    assert document["source"]["fetched_at"] == "2026-01-02T00:00:00+00:00"
    assert document["releases"][0]["summary"]["speaker"] == "Zoë Billingham"


def test_an_address_is_a_url() -> None:
    source = document_of("https://example.org/a")["source"]

    assert source["url"] == "https://example.org/a"
    assert "path" not in source


def test_a_document_of_another_shape_is_refused() -> None:
    with pytest.raises(KeyError):
        from_json({"id": "a"})
