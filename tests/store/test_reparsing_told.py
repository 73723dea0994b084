"""What subscribers are told, and are not, when the store is read again by a newer parser; on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from follow import Follower
from older import current, document, held_ids, outcomes, page_of_three, read_by_older, reparse, the_release, told
from releases import SteppingClock, make_release

from summaries.contents import content_hash
from summaries.ingest import Decision, ingest, ingest_all
from summaries.parsing import parse
from summaries.reparsing import Outcome
from summaries.types import RawRelease

if TYPE_CHECKING:
    from summaries.store.database import Database


@pytest.fixture
def follower(database: Database) -> Follower:
    follower = Follower(database)
    follower.subscribe()
    return follower


def test_a_better_reading_of_the_same_text_takes_the_place_of_the_older_and_nobody_is_told(
    database: Database, follower: Follower
) -> None:
    raw = document()
    better = the_release(raw)
    read_by_older(database, raw, replace(better, judgments=(), cycle=None))
    assert told(follower) == ["1 new", better.title]
    seq = database.revision()
    [report] = reparse(database)

    [reread] = report.releases
    assert reread.outcome is Outcome.REREAD
    assert set(reread.changed) == {"judgments", "cycle"}
    assert reread.changed["cycle"] == (None, "2016")
    stored = current(database, better.id)
    assert stored is not None
    assert (stored.number, stored.revision, stored.seq) == (1, 1, 1)
    assert stored.release == better
    assert stored.content_hash == content_hash(better)
    assert database.revision() > seq, "caches are keyed on it"
    with database.read() as unit:
        assert [one.release for one in unit.releases.of_body("kent", year=2016)] == [better]
    assert told(follower) == []


def test_another_text_from_the_same_bytes_is_a_revision_that_digests_pass_over(
    database: Database, follower: Follower
) -> None:
    raw = document()
    better = the_release(raw)
    older = replace(make_release(better.id), title=better.title)
    read_by_older(database, raw, older)
    told(follower)
    assert outcomes(reparse(database)) == [Outcome.REREAD]

    stored = current(database, better.id)
    assert stored is not None
    assert (stored.number, stored.revision, stored.release) == (1, 2, better)
    with database.read() as unit:
        assert unit.releases.text_of(1, 1) == older.text, "what older receipts point into"
        assert unit.releases.ingested_between(1, 99) == []
    assert told(follower) == []


def test_what_was_not_told_yet_is_told_once_as_new_and_as_it_is_read_by_now(
    database: Database, follower: Follower
) -> None:
    raw = document()
    better = the_release(raw)
    read_by_older(database, raw, replace(make_release(better.id), title="Misread"))
    reparse(database)

    with database.read() as unit:
        items = unit.releases.ingested_between(0, 99)
    assert [(item.kind, item.version) for item in items] == [("new", 1), ("revised", 2)]
    assert told(follower) == ["1 new", better.title]


def test_a_correction_after_a_reparse_is_told(database: Database, follower: Follower) -> None:
    raw = document()
    read_by_older(database, raw, replace(the_release(raw), judgments=()))
    told(follower)
    reparse(database)
    told(follower)
    corrected = replace(raw, content=raw.content.replace(b"HMIC considers", b"The inspectorate considers"))
    report = ingest(database, corrected, clock=SteppingClock())

    assert report.count(Decision.REVISED) == 1
    assert told(follower) == [f"{the_release(corrected).title}: 1, now 2"]


def test_a_release_of_another_id_keeps_its_number_and_leaves_no_ghost(database: Database, follower: Follower) -> None:
    raw = document()
    better = the_release(raw)
    read_by_older(database, raw, replace(better, id="some-old-id"))
    told(follower)
    [report] = reparse(database)

    [reread] = report.releases
    assert (reread.outcome, reread.old_id, reread.id, reread.number) == (
        Outcome.RENAMED,
        "some-old-id",
        better.id,
        1,
    )
    assert held_ids(database) == [better.id]
    assert current(database, "some-old-id") is None
    with database.read() as unit:
        assert unit.releases.count() == 1
        assert unit.releases.bodies_held() == {"kent": 1}
    assert told(follower) == []
    assert ingest(database, raw, clock=SteppingClock()).count(Decision.UNCHANGED) == 1


def test_the_releases_of_a_page_that_was_taken_for_one_are_new_and_told_in_one_digest(
    database: Database, follower: Follower
) -> None:
    raw = page_of_three()
    found = parse(raw).releases
    assert len(found) == 3
    [number] = read_by_older(database, raw, replace(make_release("page"), title="All of them"))
    told(follower)
    reports = reparse(database)

    assert sorted(outcomes(reports)) == [*[Outcome.NEW] * 3, Outcome.RETIRED]
    assert held_ids(database) == sorted(release.id for release in found)
    withdrawn = "All of them: withdrawn, hmic no longer finds it in the document it was read from"
    assert told(follower) == ["3 new", *(release.title for release in found), withdrawn]
    with database.read() as unit:
        assert unit.releases.count() == 3
        retired = unit.releases.by_number(number)
        assert retired is not None, "a receipt still leads to it"
        assert retired.release.title == "All of them"
        assert unit.releases.years() == (2016, 2016)
    assert reparse(database) == []


def test_a_document_that_becomes_readable_gives_a_new_release(database: Database, follower: Follower) -> None:
    read_by_older(database, document(), problem="There is no reading this.")
    reports = reparse(database)

    assert (reports[0].problem_before, reports[0].problem) == ("There is no reading this.", None)
    assert outcomes(reports) == [Outcome.NEW]
    assert told(follower) == ["1 new", the_release(document()).title]
    with database.read() as unit:
        assert unit.releases.unreadable() == []


def test_two_documents_of_one_release_that_gets_another_id_make_no_second_one(
    database: Database, follower: Follower
) -> None:
    raw = document()
    copy = RawRelease("copy.txt", raw.content + b"\n\nA copy.")
    better = the_release(raw)
    for one in (raw, copy):
        read_by_older(database, one, replace(the_release(one), id="some-old-id"))
    told(follower)
    reparse(database)

    assert held_ids(database) == [better.id]
    stored = current(database, better.id)
    assert stored is not None
    assert stored.number == 1
    assert told(follower) == []


def test_the_same_file_added_again_by_a_newer_parser_is_no_correction(database: Database, follower: Follower) -> None:
    raw = document()
    read_by_older(database, raw, replace(make_release("some-old-id"), title="Misread"))
    told(follower)
    [report] = ingest_all(database, [raw], clock=SteppingClock())

    assert [one.decision for one in report.releases] == [Decision.UNCHANGED]
    assert held_ids(database) == [the_release(raw).id]
    assert told(follower) == []


def test_of_a_page_with_other_bytes_only_what_the_inspectorate_changed_is_told(
    database: Database, follower: Follower
) -> None:
    """The page differs by what no reader sees, after an upgrade that reads it otherwise; then by a sentence."""
    raw = document()
    read_by_older(database, raw, replace(the_release(raw), judgments=()))
    told(follower)
    unseen = replace(raw, content=raw.content.replace(b"\n", b"\r\n"))
    assert ingest(database, unseen, clock=SteppingClock()).count(Decision.REVISED) == 0
    assert told(follower) == []

    changed = replace(raw, content=raw.content.replace(b"HMIC considers", b"The inspectorate considers"))
    assert ingest(database, changed, clock=SteppingClock()).count(Decision.REVISED) == 1
    assert told(follower) == [f"{the_release(changed).title}: 1, now 2"]
