"""Reading in a child process: what the child could not stand is a document that cannot be read, and no more."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summaries.errors import UnreadableRelease
from summaries.media.document import Page
from summaries.types import PublishedBasis

if TYPE_CHECKING:
    from summaries.media.kinds import Kind

_CPU_SECONDS = 10
_PATIENCE = 40.0  # seconds on the clock, for a machine that has other things to do
_ROOT = str(Path(__file__).parents[2])
_NAMES = {"PDF": "PDF", "DOCX": "Word document", "FEED": "feed", "HTML": "page"}


def read_guarded(
    kind: Kind,
    content: bytes,
    location: str | None = None,
    *,
    cpu_seconds: int = _CPU_SECONDS,
    patience: float = _PATIENCE,
) -> tuple[Page, ...]:
    """Have the child read a document, within so many seconds of processor time and on the clock.

    Raises UnreadableRelease, with the child's reason or with what became of the child.
    """
    header = json.dumps({"kind": kind, "location": location, "cpu_seconds": cpu_seconds}).encode() + b"\n"
    # The answer goes to a file, whose size the system bounds, which it does not for a pipe.
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                [sys.executable, "-P", "-m", "summaries.media.child"],
                input=header + content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=patience,
                env={"PYTHONPATH": _ROOT, "PYTHONUTF8": "1"},  # none of our secrets
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _problem(kind, "took too long to read") from None
        except OSError:
            raise _problem(kind, "could not be read just now: no process could be started") from None
        if ended.returncode:
            raise _problem(kind, "is damaged, or needs more time or memory than a release can")
        answer.seek(0)
        return _pages(json.loads(answer.read()))


def _pages(answer: dict[str, Any]) -> tuple[Page, ...]:
    if problem := answer.get("problem"):
        raise UnreadableRelease(problem)
    return tuple(
        Page(
            text=page["text"],
            url=page["url"],
            published_on=page["published_on"] and date.fromisoformat(page["published_on"]),
            published_basis=page["published_basis"] and PublishedBasis(page["published_basis"]),
            is_excerpt=page["is_excerpt"],
        )
        for page in answer["pages"]
    )


def _problem(kind: Kind, what: str) -> UnreadableRelease:
    return UnreadableRelease(f"The {_NAMES[kind.name]} {what}..")
