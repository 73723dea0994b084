"""`hmic sources`: what is watched and how it does."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import structlog
import typer

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.watching import CheckReport, SourceStatus

log = structlog.get_logger()
sources = typer.Typer(help="The sources that are watched, and how they do.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(sources, name="sources")


@sources.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The sources that are watched: last success, failures in a row, next look."""
    if context.invoked_subcommand:
        return
    from bot.bootstrap import build_services
    from bot.settings import load_settings
    from summaries.watching import statuses

    services, database = build_services(load_settings())
    with database:
        database.check_schema()
        found = statuses(services.store, services.clock, services.sources)
    if as_json:
        typer.echo(json.dumps([_as_json(status) for status in found], ensure_ascii=False, indent=2))
    elif not found:
        typer.echo("No source is watched. Name one in HMIC_SOURCES, such as list:https://…")
    else:
        _print_table(found)


@sources.command()
def check() -> None:
    """Look at every source now, due or not. Ends with 1 when any could not be looked at."""
    from rich.console import Console
    from rich.progress import track

    from bot.bootstrap import build_services, build_watch
    from bot.logs import configure_logging
    from bot.settings import load_settings
    from summaries.watching import check_now

    settings = load_settings()
    configure_logging("warning", settings.log_format)
    services, database = build_services(settings)
    watch = build_watch(settings, services.clock)
    reports: list[CheckReport] = []
    with database:
        database.check_schema()
        console = Console(stderr=True)
        for source in track(services.sources, "Looking", console=console, disable=not sys.stderr.isatty()):
            if watch is None:
                break
            report = check_now(database, watch.fetcher, services.clock, source=source, hosts=watch.hosts)
            reports.append(report)
            _tell(report)
    if not reports:
        typer.echo("No source is watched. Name one in HMIC_SOURCES, such as list:https://…")
    if any(report.outcome in {"failed", "waiting"} for report in reports):
        raise typer.Exit(1)


def _tell(report: CheckReport) -> None:
    for error in report.errors:
        log.error("reading a source failed", source=report.source.key, exc_info=error)
    for problem in report.problems:
        sys.stderr.write(f"hmic: {report.source.key}: {problem}\n")
    left = f", {report.left} left for the next look" if report.left else ""
    typer.echo(f"{report.outcome:9} {report.source.key}  {report.new} new, {report.revised} revised{left}")


def _print_table(found: list[SourceStatus]) -> None:
    """Rich would cut a long address to the terminal's width; here each is whole, and the last column."""
    typer.echo(f"{'last success':17} {'failures':>8} {'next look':17} source")
    for status in found:
        state = status.state
        last, failures = (state.last_success_at, state.failures) if state else (None, 0)
        following = "overdue" if status.overdue else _moment(state.next_at if state else None, "at once")
        typer.echo(f"{_moment(last, 'never'):17} {failures:>8} {following:17} {status.source.key}")
        if state and state.problem:
            typer.echo(f"{'':44} {state.problem}")
    typer.echo("Times are UTC.")


def _moment(when: datetime | None, otherwise: str) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if when else otherwise


def _as_json(status: SourceStatus) -> dict[str, Any]:
    state = status.state
    shown: dict[str, Any] = {"source": status.source.key, "interval_seconds": status.source.interval_seconds}
    for name in ("last_checked_at", "last_success_at", "last_new_at", "next_at"):
        when = getattr(state, name, None)
        shown[name] = when.isoformat() if when else None
    counts = {name: getattr(state, name, 0) for name in ("failures", "checks", "failed_checks")}
    return {**shown, **counts, "problem": state.problem if state else None, "overdue": status.overdue}
