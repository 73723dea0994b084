"""What an older parser left in a store, and the store read again, for tests: the real parser on real bytes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from releases import NOON, SteppingClock

from summaries.contents import content_hash
from summaries.parsing import PARSER_VERSION, parse
from summaries.reparsing import reparse_all
from summaries.store.engines import database_url as read_url
from summaries.store.tables import metadata
from summaries.types import RawRelease

if TYPE_CHECKING:
    from follow import Follower

    from summaries.ports import StoredRelease
    from summaries.reparsing import Outcome, ReparseReport
    from summaries.store.database import Database
    from summaries.types import Release

OLDER = PARSER_VERSION - 1
SEED = (Path(__file__).parents[1] / "seeds" / "004_6029efa0301d0f97.txt").read_text()
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
