"""`hmic export`: what is held as CSV or JSON, on stdout or in a file that is either whole or not there."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from summaries.ports import UnitOfWork
    from summaries.query import Filter


def add_to(app: typer.Typer) -> None:
    # A filter may begin with a hyphen, `-force:kent`, and is no option.
    app.command(context_settings={"ignore_unknown_options": True})(export)


def export(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILTERS] [csv|json]", help="As after /hmic export.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        # No `-o`: click would find it in `-force:kent` and write to a file named by the rest.
        typer.Option("--output", help="Write to this file; it is replaced once all of it is written."),
    ] = None,
) -> None:
    """Write what is held, newest first: `hmic export force:kent year:2016 csv`. Without a format: CSV.

    CSV has a row a grade, JSON a line a release; each says where its values stand in the text. A filter names releases:
    all grades of those it means are written.
    """
    from bot.cli.progress import progress_bar
    from bot.rendering.words import count, licence
    from bot.settings import load_settings
    from summaries.exporting import head, pieces, read_wish
    from summaries.store.database import open_database

    settings = load_settings()
    wanted, made_as = read_wish(" ".join(words or []), groups=settings.groups)
    rows = releases = 0
    with open_database(settings.database_url) as database:
        database.check_schema()
        with database.read() as unit, _written(output) as file, progress_bar() as bar:
            # On a terminal that shows the rows themselves, a bar would only be in their way.
            shown = not bar.disable and (output is not None or not sys.stdout.isatty())
            task = bar.add_task("Exporting", total=_how_many(unit, wanted) if shown else None, visible=shown)
            file.write(head(made_as))
            for piece in pieces(unit, wanted, made_as, licence):
                file.write(piece.content)
                rows, releases = rows + piece.rows, releases + 1
                bar.advance(task)
            file.flush()
    if not releases:
        sys.stderr.write(f"hmic: nothing held is meant by that: {wanted.words}\n")
    elif output is not None:
        held = count(releases, "release", "releases")
        typer.echo(f"{output}: {held}" if rows == releases else f"{output}: {count(rows, 'row', 'rows')} of {held}")


def _how_many(unit: UnitOfWork, wanted: Filter) -> int | None:
    """How many releases there are to write; None where they are too many to be counted."""
    from summaries.found import SEARCH_COUNTED

    total = unit.search.find(wanted, limit=1).total
    return total if total < SEARCH_COUNTED else None


@contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """Where to write. A file is written beside its place and put there when the block has ended well: what was there
    before stays until then. Raises BotError when it cannot be written."""
    from bot.errors import BotError

    try:
        if output is None:
            yield sys.stdout.buffer
            return
        target = output.resolve()
        if target.exists() and not target.is_file():  # /dev/stdout and pipes are written to, not replaced
            with target.open("wb") as stream:
                yield stream
            return
        with _put_in_place(target) as file:
            yield file
    except BrokenPipeError:  # whoever reads has enough
        raise
    except OSError as error:
        if output is None:
            _let_go_of_stdout()
        raise BotError(f"{output or 'Standard output'} could not be written: {error.strerror}.") from error


def _let_go_of_stdout() -> None:
    """What is still waiting to be written would be tried once more at the end, and complained of a second time."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


@contextmanager
def _put_in_place(target: Path) -> Iterator[BinaryIO]:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
