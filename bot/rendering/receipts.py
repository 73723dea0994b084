"""Receipts as messages print them. What was read but is not held yet, such as a pasted release, has no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.receipts import paragraph_number
from summaries.receipts import receipt as receipt_of_stored

if TYPE_CHECKING:
    from summaries.ports import StoredRelease
    from summaries.types import Evidence

UNSTORED = 0
"""The number of what is not held: no release has it."""


def receipt(stored: StoredRelease, evidence: Evidence) -> str:
    """`R-12 ¶3`; `¶3` alone of a release that is not held."""
    if stored.number == UNSTORED:
        return f"¶{paragraph_number(stored.release.text, evidence.start)}"
    return receipt_of_stored(stored, evidence)


def marked_receipt(stored: StoredRelease, evidence: Evidence) -> str:
    """The receipt, and whether its release was withdrawn: for lists and tables, where no line of its own says so."""
    where = receipt(stored, evidence)
    return f"{where} (withdrawn)" if stored.withdrawn else where
