"""`python -m summaries [--json] FILE…|-`: read press releases and print what was found in them."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from summaries.document_json import document_json
from summaries.errors import UnreadableRelease
from summaries.parsing import parse
from summaries.reading_text import document_text
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each document; give 0, or 1 when some could not be read. Usage errors leave with 2, as argparse does."""
    options = _options(arguments)
    unread = 0
    for location in options.files:
        try:
            parsed = parse(RawRelease(_printable(location), _content(location)))
        except (OSError, UnreadableRelease) as problem:
            sys.stderr.write(f"{_printable(location)}: {' '.join(_words(problem).split())}\n")
            unread += 1
            continue
        printed = json.dumps(document_json(parsed), ensure_ascii=False) if options.json else document_text(parsed)
        sys.stdout.buffer.write(f"{printed}\n".encode())
        sys.stdout.buffer.flush()
    return 1 if unread else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m summaries", description="Read press releases of the inspectorate.")
    reader.add_argument(
        "files", nargs="+", metavar="FILE", help="a text, HTML, PDF, Word, feed or e-mail file; - for stdin"
    )
    reader.add_argument("--json", action="store_true", help="one JSON object a document, one a line")
    return reader.parse_args(arguments)


def _content(location: str) -> bytes:
    if location != "-":
        return Path(location).read_bytes()
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer.read()


def _printable(location: str) -> str:
    """A name that can be printed: one in another encoding is no valid Unicode."""
    return os.fsencode(location).decode("utf-8", "replace")


def _words(problem: Exception) -> str:
    return (problem.strerror or str(problem)) if isinstance(problem, OSError) else str(problem)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # Whoever read along has seen enough. Python would complain once more while closing the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as problem:
        sys.stderr.write(f"The result could not be written: {problem.strerror}.\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
