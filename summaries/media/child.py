"""`python -m summaries.media.child`: read one untrusted document under limits that the system keeps.

In: a line of JSON (`kind`, `location`, `cpu_seconds`), then the bytes. Out: JSON, either `pages` or a `problem`.
Archives, PDF, XML and large pages are let loose on their parsers here only, where a crash or a flood costs nothing but
this process.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from summaries.errors import UnreadableRelease
from summaries.media.kinds import Kind

if TYPE_CHECKING:
    from summaries.media.document import Page

MEMORY = 1_500_000_000  # bytes of address space
OUTPUT = 16_000_000  # bytes: the longest text, in the widest characters, with room for JSON's escapes


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which lets the document be finished
    header = json.loads(sys.stdin.buffer.readline())
    _limit(header["cpu_seconds"])
    content = sys.stdin.buffer.read()
    try:
        pages = read(Kind(header["kind"]), content, header["location"])
        answer: dict[str, object] = {"pages": [asdict(page) for page in pages]}
    except UnreadableRelease as problem:
        answer = {"problem": str(problem)}
    except (MemoryError, RecursionError):
        return 1
    sys.stdout.write(json.dumps(answer, default=str))
    return 0


def read(kind: Kind, content: bytes, location: str | None) -> list[Page]:
    """The pages of a document of this kind; HTML comes as UTF-8. Each format's parser is imported when it is needed.

    Raises UnreadableRelease.
    """
    match kind:
        case Kind.PDF:
            from summaries.media.pdf import read_pdf

            return [read_pdf(content)]
        case Kind.DOCX:
            from summaries.media.docx import read_docx

            return [read_docx(content)]
        case Kind.FEED:
            from summaries.media.feed import read_feed

            return read_feed(content)
        case Kind.HTML:
            from summaries.media.html_page import read_page

            return [read_page(content.decode("utf-8", errors="replace"), location)]
        case _:
            raise UnreadableRelease


def _limit(cpu_seconds: int) -> None:
    if sys.platform == "win32":  # has no such limits; there the parent's patience is the only one
        return
    import resource

    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, OUTPUT),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
