"""`hmic reparse`: the store read again, after hmic has learnt to read better."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from summaries.reparsing import ReparseReport, Reread

_WORDS = {
    "unchanged": "unchanged",
    "reread": "read otherwise",
    "new": "new",
    "renamed": "of another id",
    "retired": "no longer found",
}
"""Outcome → how the totals say it."""


def add_to(app: typer.Typer) -> None:
    app.command()(reparse)


def reparse(
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each document.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Read every kept document again that an older version of hmic read. Nobody is told of what only we read otherwise.

    Ctrl-C ends it after the document at hand; run again, it goes on from there. A worker may run meanwhile.
    """
    from bot.bootstrap import SystemClock
    from bot.cli.progress import INTERRUPTED, asked_to_stop, progress_bar
    from bot.settings import load_settings
    from summaries.reparsing import reparse_all
    from summaries.store.database import open_database

    totals, expected = Counter[str](), 0
    with (
        open_database(load_settings().database_url) as database,
        asked_to_stop() as stopping,
        progress_bar() as bar,
    ):
        database.check_schema()
        task = bar.add_task("Reading again", total=0)

        def expect(count: int) -> None:
            nonlocal expected
            expected += count
            bar.update(task, total=expected)

        for report in reparse_all(database, SystemClock(), dry_run=dry_run, stopping=stopping, expecting=expect):
            totals.update(_counted(report))
            _tell(report, as_json=as_json)
            bar.advance(task)
        interrupted = stopping()
    if not as_json:
        typer.echo(_totals(totals, dry_run=dry_run))
    if interrupted:
        sys.stderr.write("hmic: interrupted; run it again to go on\n")
        raise typer.Exit(INTERRUPTED)
    if totals["failed"]:
        raise typer.Exit(1)


def _counted(report: ReparseReport) -> Counter[str]:
    counts = Counter[str](str(one.outcome) for one in report.releases)
    if not report.again:
        counts["documents"] += 1
        counts["readable"] += bool(report.problem_before and not report.problem)
        counts["unreadable"] += bool(report.problem and not report.problem_before)
        counts["failed"] += report.failed
    return counts


def _totals(totals: Counter[str], *, dry_run: bool) -> str:
    documents = totals["documents"]
    read = f"{documents} {'document' if documents == 1 else 'documents'} read again"
    releases = ", ".join(f"{totals[outcome]} {words}" for outcome, words in _WORDS.items())
    became = f"{totals['readable']} became readable, {totals['unreadable']} unreadable"
    return f"{read}: {releases}; {became}{'. Nothing was changed.' if dry_run else ''}"


def _tell(report: ReparseReport, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(report), ensure_ascii=False))
        return
    if report.problem and not report.problem_before:
        sys.stderr.write(f"hmic: {report.location}: {report.problem}\n")
    for one in report.releases:
        if one.outcome != "unchanged":
            number = f"R-{one.number}" if one.number else "-"
            typer.echo(f"{one.outcome:9} {number:<7} {one.title}{_what(one)}")


def _what(one: Reread) -> str:
    """What is different, in a word or two: the ids, and the names of the fields that a person would look at."""
    if one.old_id:
        return f" ({one.old_id} is now {one.id})"
    return f" ({', '.join(one.changed)})" if one.changed else ""


def _as_json(report: ReparseReport) -> dict[str, Any]:
    return {
        "location": report.location,
        "sha256": report.sha256,
        "problem": report.problem,
        "problem_before": report.problem_before,
        "releases": [
            {
                "outcome": one.outcome,
                "id": one.id,
                "old_id": one.old_id,
                "number": one.number,
                "title": one.title,
                "changed": {name: {"old": old, "new": new} for name, (old, new) in one.changed.items()},
            }
            for one in report.releases
        ],
    }
