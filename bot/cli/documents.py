"""What `hmic add` is given: files and folders, addresses of pages, `-` for standard input."""

from __future__ import annotations

import hashlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from summaries.errors import FetchProblem, FileTooLarge, NoSuchFile
from summaries.ports import NotModified
from summaries.sources.folder import find_files, printable, read_file
from summaries.sources.limits import MAX_PDF_BYTES, size_in_words
from summaries.sources.listed import canonical
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import BinaryIO

    from summaries.ports import Fetcher

STDIN = "-"


def documents(
    targets: Sequence[str], fetcher: Callable[[], Fetcher], hosts: Collection[str]
) -> Iterator[tuple[str, Callable[[], RawRelease]]]:
    """What is meant, in order: how to name it, and how to read it when its turn comes.

    All paths are looked for at once. Raises NoSuchFile, also for what looks like an address typed wrong; reading raises
    that, FileTooLarge or FetchProblem.
    """
    paths = [target for target in targets if not _is_other(target)]
    for path in paths:
        _refuse_mistyped(path)
    files = find_files(paths) if paths else iter(())
    others = [target for target in targets if _is_other(target)]
    return _one_by_one(others, files, fetcher, hosts)


def count_documents(targets: Sequence[str]) -> int:
    """How many documents are meant; the same folders are gone through, but nothing is read. Raises NoSuchFile."""
    paths = [target for target in targets if not _is_other(target)]
    return len(targets) - len(paths) + (sum(1 for _ in find_files(paths)) if paths else 0)


def from_web(url: str, fetcher: Fetcher, hosts: Collection[str]) -> RawRelease:
    """The page at an address, under the same name that sources give it. Raises FetchProblem."""
    fetched = fetcher.fetch(url)
    if isinstance(fetched, NotModified):
        raise FetchProblem("The site says that nothing has changed, though it was not asked. Try again later.", url=url)
    return RawRelease(canonical(url, url, hosts) or url, fetched.content, fetched.media_type, fetched.fetched_at)


def from_stdin(stream: BinaryIO) -> RawRelease:
    """All of standard input; it is known by its bytes, as no place says which one it was. Raises FileTooLarge."""
    content = stream.read(MAX_PDF_BYTES + 1)
    if len(content) > MAX_PDF_BYTES:
        raise FileTooLarge(f"Standard input holds more than {size_in_words(MAX_PDF_BYTES)}. Give the release alone.")
    return RawRelease(f"stdin:{hashlib.sha256(content).hexdigest()[:12]}", content)


def _one_by_one(
    others: Sequence[str], files: Iterator[Path], fetcher: Callable[[], Fetcher], hosts: Collection[str]
) -> Iterator[tuple[str, Callable[[], RawRelease]]]:
    for target in others:
        if target == STDIN:
            yield "standard input", partial(from_stdin, sys.stdin.buffer)
        else:
            yield target, partial(from_web, target, fetcher(), hosts)
    for file in files:
        yield printable(file), partial(read_file, file)


def _is_other(target: str) -> bool:
    return target == STDIN or target.lower().startswith(("https://", "http://"))


def _refuse_mistyped(target: str) -> None:
    if ("://" in target or target.lower().startswith("www.")) and not Path(target).exists():
        shown = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in target)
        raise NoSuchFile(f"{shown} looks like an address typed wrong. Nothing was read: write it from https:// on.")
