"""Receipts: the public form of evidence, `R-12 ¶3`, that lets anyone find the words again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.ports import StoredRelease
    from summaries.types import Evidence

_BLANK_LINES = re.compile(r"\n\s*\n")


def paragraph_number(text: str, offset: int) -> int:
    """Which paragraph of the text, counted from 1, holds the offset. Paragraphs are parted by blank lines."""
    return max(1, sum(1 for paragraph in _BLANK_LINES.split(text[: offset + 1]) if paragraph.strip()))


def receipt(stored: StoredRelease, evidence: Evidence) -> str:
    """`R-<number> ¶<paragraph>`, with a space that does not break; a later revision is named too: `R-12.2 ¶3`."""
    number = f"R-{stored.number}" if stored.revision == 1 else f"R-{stored.number}.{stored.revision}"
    return f"{number}\N{NO-BREAK SPACE}¶{paragraph_number(stored.release.text, evidence.start)}"
