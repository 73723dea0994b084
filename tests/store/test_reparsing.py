"""The store read again by a newer parser, on both databases: the real parser, and what an older one left behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from follow import Follower, run_sql
from releases import NOON, SteppingClock, make_release

from summaries.contents import content_hash
from summaries.ingest import Decision, ingest, ingest_all
from summaries.parsing import PARSER_VERSION, parse
from summaries.reparsing import Outcome, ReparseReport, Reread, reparse_all
from summaries.store.engines import database_url as read_url
from summaries.store.tables import metadata, raw_document, raw_reading
from summaries.types import RawRelease
from summaries.watched import Source, SourceKind, SourcePage

if TYPE_CHECKING:
    from summaries.ports import StoredRelease
    from summaries.store.database import Database
    from summaries.types import Release

OLDER = PARSER_VERSION - 1
SEED = (Path(__file__).parents[2] / "seeds" / "004_6029efa0301d0f97.txt").read_text()
FORCES = ("Kent Police", "Essex Police", "Surrey Police")


def document(force: str = "Kent Police", location: str | None = None) -> RawRelease:
    return RawRelease(location or f"{force}.txt", SEED.replace("Hampshire Constabulary", force).encode())


def the_release(raw: RawRelease) -> Release:
    [release] = parse(raw).releases
    return release


def page_of_three() -> RawRelease:
    """A page of the releases of three forces, one below the other."""
    parts = [SEED.replace("Hampshire Constabulary", force).split("\n", 1) for force in FORCES]
    sections = [f"## {headline.lstrip('# ')}\n{rest}" for headline, rest in parts]
    return RawRelease("page.md", "\n\n".join(["# Police legitimacy 2016: force press releases", *sections]).encode())


def read_by_older(database: Database, raw: RawRelease, *releases: Release, problem: str | None = None) -> list[int]:
    """Store a document as a parser of the version before did, which read these releases from it; their numbers."""
    digest = sha256(raw.content).hexdigest()
    with database.write() as unit:
        unit.releases.hold_ingest()
        raw_id = unit.releases.keep_raw(raw, sha256=digest, problem=problem, at=NOON, parser_version=OLDER)
        stored = [
            unit.releases.add_revision(
                release, content_hash=content_hash(release), raw_id=raw_id, at=NOON, parser_version=OLDER
            )
            for release in releases
        ]
    return [one.number for one in stored]


def reparse(database: Database, *, dry_run: bool = False) -> list[ReparseReport]:
    return list(reparse_all(database, SteppingClock(), dry_run=dry_run))


def outcomes(reports: list[ReparseReport]) -> list[Outcome]:
    return [release.outcome for report in reports for release in report.releases]


def current(database: Database, release_id: str) -> StoredRelease | None:
    with database.read() as unit:
        return unit.releases.current(release_id)


def everything_in(url: str) -> dict[str, list[str]]:
    engine = sa.create_engine(read_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(sa.select(table)))) for name, table in metadata.tables.items()
        }


def held_ids(database: Database) -> list[str]:
    with database.read() as unit:
        return sorted(stored.release.id for stored in unit.releases.latest(limit=99))


def told(follower: Follower) -> list[str]:
    """What a channel is told by now: of each digest how many releases it has, then their titles."""
    before = len(follower.titles())
    follower.plan()
    follower.send_all()
    return follower.titles()[before:]


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
    assert told(follower) == ["1 new", the_release(corrected).title]


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
    assert told(follower) == ["3 new", *(release.title for release in found)]
    with database.read() as unit:
        assert unit.releases.count() == 3
        retired = unit.releases.by_number(number)
        assert retired is not None, "a receipt still leads to it"
        assert retired.release.title == "All of them"
        assert unit.releases.years() == (2016, 2016)
    assert reparse(database) == []


def test_a_retired_release_that_is_found_again_comes_back_under_its_number(database: Database) -> None:
    raw = document()
    better = the_release(raw)
    [number] = read_by_older(database, raw, better)
    with database.write() as unit:
        unit.rereading.retire(number, raw_id=0)
        assert unit.releases.latest() == unit.releases.of_body("kent") == []
        assert unit.rereading.known([better.id, "another"]) == {better.id: False}
    reparse(database)

    stored = current(database, better.id)
    assert stored is not None
    assert (stored.number, stored.revision) == (number, 2)
    assert held_ids(database) == [better.id]


def test_what_is_not_recognised_any_more_is_retired_and_its_document_kept_with_the_reason(database: Database) -> None:
    raw = RawRelease("menu.txt", b"Lunch today is soup and bread, and there is tea.")
    read_by_older(database, raw, make_release("lunch"))
    [report] = reparse(database)

    assert [(one.outcome, one.number) for one in report.releases] == [(Outcome.RETIRED, 1)]
    assert report.problem is not None
    assert not report.failed
    assert held_ids(database) == []
    with database.read() as unit:
        assert unit.releases.unreadable() == [("menu.txt", report.problem)]
        assert unit.releases.ingested_between(0, 99) == []


def test_what_cannot_be_read_any_more_leaves_what_is_held_and_is_tried_again(database: Database) -> None:
    raw = RawRelease("broken.pdf", b"%PDF-1.4 and nothing else")
    read_by_older(database, raw, make_release("kent-1"))
    for _ in range(2):
        [report] = reparse(database)
        assert report.failed
        assert report.problem
        assert held_ids(database) == ["kent-1"]
    with database.read() as unit:
        assert unit.releases.unreadable() == []


def test_a_document_that_becomes_readable_gives_a_new_release(database: Database, follower: Follower) -> None:
    read_by_older(database, document(), problem="There is no reading this.")
    reports = reparse(database)

    assert (reports[0].problem_before, reports[0].problem) == ("There is no reading this.", None)
    assert outcomes(reports) == [Outcome.NEW]
    assert told(follower) == ["1 new", the_release(document()).title]
    with database.read() as unit:
        assert unit.releases.unreadable() == []


def test_a_dry_run_says_the_same_and_writes_nothing(database: Database, database_url: str) -> None:
    raw = document("Durham Constabulary")
    read_by_older(database, raw, replace(the_release(raw), id="some-old-id", judgments=()))
    read_by_older(database, page_of_three(), problem="Unread.")
    before = everything_in(database_url)
    planned = reparse(database, dry_run=True)

    assert everything_in(database_url) == before
    assert sorted(outcomes(planned)) == sorted(outcomes(reparse(database)))
    assert everything_in(database_url) != before


def test_a_second_time_nothing_is_read(database: Database) -> None:
    read_by_older(database, document(), replace(the_release(document()), judgments=()))
    assert len(reparse(database)) == 1
    assert reparse(database) == []


def test_an_interrupted_reparse_goes_on_where_it_stopped(database: Database) -> None:
    for force in FORCES:
        read_by_older(database, document(force), replace(the_release(document(force)), judgments=()))
    first = list(islice(reparse_all(database, SteppingClock()), 1))
    assert len(first) == 1
    assert [report.location for report in [*first, *reparse(database)]] == [f"{force}.txt" for force in FORCES]


def test_one_that_is_told_to_stop_begins_no_further_document(database: Database) -> None:
    for force in FORCES:
        read_by_older(database, document(force), the_release(document(force)))
    done: list[ReparseReport] = []
    done.extend(reparse_all(database, SteppingClock(), stopping=lambda: True))
    assert done == []


def test_a_release_that_its_page_no_longer_holds_is_read_again_but_nothing_new_is_taken_from_old_bytes(
    database: Database,
) -> None:
    old = page_of_three()
    kent, _, _ = parse(old).releases
    read_by_older(database, old, replace(kent, judgments=()))
    read_by_older(database, replace(document("Durham Constabulary"), location=old.location))
    reports = reparse(database)

    assert Outcome.REREAD in outcomes(reports)
    assert len(held_ids(database)) == 2
    stored = current(database, kent.id)
    assert stored is not None
    assert stored.release.judgments == kent.judgments


def test_the_day_that_a_feed_gave_is_given_again(database: Database) -> None:
    url = "https://hmicfrs.justiceinspectorates.gov.uk/news/news-feed/kent/"
    raw = replace(document(), location=url)
    source = Source(SourceKind.FEED, "https://hmicfrs.justiceinspectorates.gov.uk/feed/", 1800)
    with database.write() as unit:
        unit.sources.keep([source], at=NOON)
        unit.sources.list_pages([SourcePage(url, source.key, NOON, 0, date(2016, 12, 9), next_at=NOON)])
    dated = the_release(replace(raw, published_on=date(2016, 12, 9)))
    read_by_older(database, raw, replace(dated, judgments=()))
    reparse(database)

    stored = current(database, dated.id)
    assert stored is not None
    assert stored.release == dated
    assert stored.release.published_on == date(2016, 12, 9)


@pytest.mark.parametrize("moving", ["first", "second", "both"])
def test_of_two_documents_that_claimed_one_release_none_is_lost_when_they_part(database: Database, moving: str) -> None:
    first, second = document("Kent Police"), document("Essex Police")
    one, other = the_release(first), the_release(second)
    shared = {"first": other.id, "second": one.id, "both": "both"}[moving]
    read_by_older(database, first, replace(one, id=shared))
    read_by_older(database, second, replace(other, id=shared))
    reparse(database)

    assert held_ids(database) == sorted((one.id, other.id))
    stored = current(database, other.id)
    assert stored is not None
    assert stored.release == other
    assert reparse(database) == []


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


def test_the_same_bytes_at_two_locations_are_one_release(database: Database) -> None:
    better = the_release(document())
    read_by_older(database, document(), replace(better, judgments=()))
    read_by_older(database, document(location="copy.txt"))
    assert outcomes(reparse(database)) == [Outcome.REREAD]
    assert held_ids(database) == [better.id]


def test_many_that_reparse_at_once_do_it_once(database: Database) -> None:
    for force in FORCES:
        read_by_older(database, document(force), replace(the_release(document(force)), id=f"old-{force}"))
    read_by_older(database, page_of_three(), problem="Unread.")
    with ThreadPoolExecutor(4) as pool:
        reports = [report for found in pool.map(lambda _: reparse(database), range(4)) for report in found]

    assert outcomes(reports).count(Outcome.RENAMED) == 3
    assert Outcome.NEW not in outcomes(reports)
    assert len(held_ids(database)) == 3
    assert reparse(database) == []


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
    assert told(follower) == ["1 new", the_release(changed).title]


def test_every_reading_is_noted_with_the_version_of_its_parser(database: Database, database_url: str) -> None:
    read_by_older(database, document(), the_release(document()))
    read_by_older(database, RawRelease("empty.txt", b" "), problem="Empty.")
    reparse(database)
    for table in (raw_document, raw_reading):
        assert set(run_sql(database_url, sa.select(table.c.parser_version))) == {(PARSER_VERSION,)}


def test_a_report_counts_its_releases_by_outcome() -> None:
    report = ReparseReport("a.txt", "", (Reread(Outcome.NEW, "a", "A"), Reread(Outcome.RETIRED, "b", "B")))
    assert [report.count(outcome) for outcome in (Outcome.NEW, Outcome.RETIRED, Outcome.REREAD)] == [1, 1, 0]
