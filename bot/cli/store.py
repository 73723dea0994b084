"""`hmic add` and `hmic db`: filling and keeping the store."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.ingest import IngestReport
    from summaries.ports import Clock
    from summaries.store.database import Database
    from summaries.types import RawRelease

db = typer.Typer(help="The database's layout.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(add)
    app.add_typer(db, name="db")


def add(
    targets: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL|-", help="Files, folders, addresses, or - for stdin.", show_default=False),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each document.")] = False,
) -> None:
    """Read releases into the store. The same again changes nothing; a changed document becomes a revision.

    Ctrl-C ends it after the document at hand; run again, it goes on from there.
    """
    from bot.bootstrap import SystemClock, build_fetcher
    from bot.cli.documents import count_documents, documents
    from bot.cli.progress import INTERRUPTED, asked_to_stop, progress_bar
    from bot.settings import load_settings

    settings, clock = load_settings(), SystemClock()
    meant = documents(targets, lambda: build_fetcher(settings, clock), settings.hosts)
    totals, interrupted = Counter[str](), False
    with _database() as database, asked_to_stop() as stopping, progress_bar() as bar:
        database.check_schema()
        task = bar.add_task("Reading", total=None if bar.disable else count_documents(targets))
        for location, read in meant:
            if interrupted := stopping():
                break
            report = _add_one(database, location, read, clock)
            totals.update(_counted(report))
            _tell(report, as_json=as_json)
            bar.advance(task)
    if not as_json:
        typer.echo(_totals(totals))
    if interrupted:
        sys.stderr.write("hmic: interrupted; run it again to go on\n")
        raise typer.Exit(INTERRUPTED)
    if totals["unreadable"]:
        raise typer.Exit(1)


@db.command()
def upgrade() -> None:
    """Bring the database's layout up to date; harmless when it is."""
    with _database() as database:
        database.upgrade(progress=_tell_migration)
    typer.echo("The database is up to date.")


@db.command()
def check() -> None:
    """Say whether the database answers and its layout is the one this version needs."""
    with _database() as database:
        database.check_schema()
    typer.echo("The database answers and is up to date.")


def _tell_migration(name: str) -> None:
    sys.stderr.write(f"hmic: database migrated: {name}\n")


def _database() -> Database:
    from bot.settings import load_settings
    from summaries.store.database import open_database

    return open_database(load_settings().database_url)


def _add_one(database: Database, location: str, read: Callable[[], RawRelease], clock: Clock) -> IngestReport:
    """Ingest one document. One that cannot even be had is reported, as one that cannot be parsed is, and stops no
    other."""
    from summaries.errors import FetchProblem, FileTooLarge, NoSuchFile
    from summaries.ingest import IngestReport, ingest_all

    try:
        raw = read()
    except (FetchProblem, FileTooLarge, NoSuchFile) as error:
        return IngestReport(location, "", problem=str(error))
    [report] = ingest_all(database, [raw], clock=clock)
    return report


def _counted(report: IngestReport) -> Counter[str]:
    """What a document adds to the totals: its releases by decision, and itself where nothing was read from it."""
    counts = Counter[str](str(one.decision) for one in report.releases)
    counts["unchanged"] += report.skipped
    counts["unreadable"] += bool(report.problem)
    return counts


def _totals(totals: Counter[str]) -> str:
    """One line: how many releases were new, revised, unchanged, and how many documents could not be read."""
    return ", ".join(f"{totals[word]} {word}" for word in ("new", "revised", "unchanged", "unreadable"))


def _tell(report: IngestReport, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(report), ensure_ascii=False))
        return
    if report.problem:
        where = "" if report.location in report.problem else f"{report.location}: "
        sys.stderr.write(f"hmic: {where}{report.problem}\n")
    for one in report.releases:
        if one.decision != "unchanged":
            typer.echo(f"{one.decision:9} R-{one.stored.number:<5} {one.stored.release.title}")


def _as_json(report: IngestReport) -> dict[str, Any]:
    return {
        "location": report.location,
        "sha256": report.sha256 or None,
        "skipped": report.skipped,
        "problem": report.problem,
        "releases": [
            {
                "id": one.stored.release.id,
                "number": one.stored.number,
                "revision": one.stored.revision,
                "decision": one.decision,
            }
            for one in report.releases
        ],
    }
