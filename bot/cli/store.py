"""`hmic add` and `hmic db`: filling and keeping the store."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from summaries.ingest import IngestReport
    from summaries.store.database import Database

db = typer.Typer(help="The database's layout.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(add)
    app.add_typer(db, name="db")


def add(
    paths: Annotated[list[str], typer.Argument(help="Files or folders of releases.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each document.")] = False,
) -> None:
    """Read releases into the store. The same files again change nothing; a changed file becomes a revision."""
    from rich.console import Console
    from rich.progress import track

    from bot.bootstrap import SystemClock
    from summaries.ingest import ingest_all
    from summaries.sources.folder import find_files, read_file

    files = find_files(paths)
    reports: list[IngestReport] = []
    with _database() as database:
        database.check_schema()
        ingesting = ingest_all(database, map(read_file, files), clock=SystemClock())
        console = Console(stderr=True)
        for report in track(ingesting, "Reading", total=len(files), console=console, disable=not sys.stderr.isatty()):
            reports.append(report)
            if as_json:
                typer.echo(json.dumps(_as_json(report), ensure_ascii=False))
            else:
                _tell(report)
    if not as_json:
        typer.echo(_totals(reports))
    if any(report.problem for report in reports):
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


def _as_json(report: IngestReport) -> dict[str, Any]:
    return {
        "location": report.location,
        "sha256": report.sha256,
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


def _tell(report: IngestReport) -> None:
    if report.problem:
        sys.stderr.write(f"hmic: {report.location}: {report.problem}\n")
    for one in report.releases:
        if one.decision != "unchanged":
            typer.echo(f"{one.decision:9} R-{one.stored.number:<5} {one.stored.release.title}")


def _totals(reports: list[IngestReport]) -> str:
    """One line: how many releases were new, revised, unchanged, and how many documents could not be read."""
    counts = {word: sum(report.count(word) for report in reports) for word in _decisions()}
    unreadable = sum(1 for report in reports if report.problem)
    unchanged = counts["unchanged"] + sum(1 for report in reports if report.skipped)
    return f"{counts['new']} new, {counts['revised']} revised, {unchanged} unchanged, {unreadable} unreadable"


def _decisions() -> Any:
    from summaries.ingest import Decision

    return Decision
