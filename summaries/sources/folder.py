"""Releases from files and folders on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from summaries.errors import FileTooLarge, NoSuchFile
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}
"""What is read from a folder, by suffix. A file that is named itself is read whatever its suffix."""

MAX_BYTES = 5 * 1024 * 1024
"""A page of 43 releases is about a quarter of a megabyte; what is twenty times that is not a press release."""


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files meant: those named, and in folders all below them in order of name; hidden ones are left out.

    Everything is looked for before the first is read, so a wrong path stops nothing half-way. Raises NoSuchFile or
    FileTooLarge (facts: `path`; `size`, in bytes). Links to folders are not followed: they may lead round in circles.
    """
    files = [file for path in paths for file in _files(Path(path))]
    if not files:
        raise NoSuchFile("There is nothing to read there: of a folder, .txt and .md files are read.")
    for file in files:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise FileTooLarge(
                f"{_printable(file)} is larger than 5 MiB, the most that is read of one release. Nothing was read.",
                path=_printable(file),
                size=size,
            )
    return files


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise NoSuchFile(
            f"There is no file or folder {_printable(path)}. Nothing was read: check the path.", path=_printable(path)
        )
    found: list[Path] = []
    for child in sorted(path.iterdir()):
        if child.name.startswith("."):
            continue
        if child.is_dir():
            found += [] if child.is_symlink() else _files(child)
        elif child.suffix.lower() in MEDIA_TYPES:
            found.append(child)
    return found


def read_file(file: Path) -> RawRelease:
    """One file's bytes. Raises NoSuchFile when it went away or may not be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NoSuchFile(f"{_printable(file)} could not be read: {error.strerror}.", path=_printable(file)) from error
    return RawRelease(_printable(file), content, MEDIA_TYPES.get(file.suffix.lower()))


def _printable(path: Path) -> str:
    """The path as text that can be stored: a name in another encoding would not be valid Unicode."""
    return os.fsencode(path).decode("utf-8", "replace")
