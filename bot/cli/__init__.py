"""The command line, `hmic`. Results go to stdout, progress and problems to stderr.

Exit status: 0 done, 1 not done (the reason is on stderr), 2 the command was typed wrong, 130 interrupted.
"""

from __future__ import annotations

import sys

import typer

from bot.cli import ask, deliveries, export, reparse, serve, setup, sources, store
from summaries.errors import SummariesError

app = typer.Typer(
    name="hmic",
    help="Answers from the police and fire inspectorate's press releases, in Slack and here.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (serve, ask, export, store, reparse, sources, deliveries, setup):
    module.add_to(app)


def main() -> None:
    """Run the command line. Errors meant for people are one line each, without a traceback."""
    try:
        app()
    except SummariesError as error:
        for line in str(error).splitlines():
            sys.stderr.write(f"hmic: {line}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("hmic: interrupted\n")
        sys.exit(130)
