"""Releases from files and folders on this machine."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from summaries.errors import FileTooLarge, NoSuchFile
from summaries.sources.limits import MAX_BYTES, MAX_PDF_BYTES, size_in_words
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
}
"""What is read from a folder, by suffix. A file that is named itself is read whatever its suffix."""


def find_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files meant: those named, and in folders all below them in order of name; hidden ones are left out.

    All that is named is looked for before anything is given, so a wrong path stops nothing half-way; folders are gone
    through as they are read. A folder that cannot be gone through is given in place of its files, so that reading it
    tells why, as of a file. Raises NoSuchFile (facts: `path`). Links to folders are not followed: they may lead round
    in circles.
    """
    named = [Path(path) for path in paths]
    for path in named:
        if not (path.is_file() or path.is_dir()):
            raise NoSuchFile(
                f"There is no file or folder {printable(path)}. Nothing was read: check the path.",
                path=printable(path),
            )
    files = chain.from_iterable(map(_files, named))
    first = next(files, None)
    if first is None:
        raise NoSuchFile(f"There is nothing to read there: of a folder, {_suffixes()} files are read.")
    return chain([first], files)


def read_file(file: Path) -> RawRelease:
    """One file's bytes. Raises NoSuchFile when it went away or may not be read, and FileTooLarge (facts: `path`;
    `size`, in bytes)."""
    suffix = file.suffix.lower()
    limit = MAX_PDF_BYTES if suffix == ".pdf" else MAX_BYTES
    try:
        with file.open("rb") as opened:
            content = opened.read(limit + 1)
            size = os.fstat(opened.fileno()).st_size
    except OSError as error:
        raise _unread(file, error) from error
    if len(content) > limit:
        raise FileTooLarge(
            f"{printable(file)} is larger than {size_in_words(limit)}, the most that is read of one release.",
            path=printable(file),
            size=size,
        )
    return RawRelease(printable(file), content, MEDIA_TYPES.get(suffix))


def printable(path: Path) -> str:
    """The path as text that can be stored: a name in another encoding would not be valid Unicode."""
    return os.fsencode(path).decode("utf-8", "replace")


def _files(named: Path) -> Iterator[Path]:
    if named.is_file():
        yield named
        return
    waiting = [named]
    while waiting:
        path = waiting.pop()
        try:
            if path is named or (path.is_dir() and not path.is_symlink()):
                waiting += reversed(_children(path))
                continue
            is_meant = path.suffix.lower() in MEDIA_TYPES and path.is_file()
        except OSError:
            is_meant = True
        if is_meant:
            yield path


def _children(folder: Path) -> list[Path]:
    return sorted(child for child in folder.iterdir() if not child.name.startswith("."))


def _unread(path: Path, error: OSError) -> NoSuchFile:
    return NoSuchFile(f"{printable(path)} could not be read: {error.strerror}.", path=printable(path))


def _suffixes() -> str:
    *most, last = MEDIA_TYPES
    return f"{', '.join(most)} and {last}"
