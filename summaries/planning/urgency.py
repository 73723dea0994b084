"""What cannot wait for a period: moves into and out of enhanced monitoring, accelerated causes of concern, and grades
that moved against the comparable one before.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.changes import changed_by
from summaries.standings.given import NO_INSPECTIONS
from summaries.types import Kind, MonitoringEvent

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.ports import StoredRelease, UnitOfWork
    from summaries.types import Release

NEWS_FOR = timedelta(days=31)
"""How old a dated release may be that breaks through: what is added later, from an archive, is no alarm."""

_MOVES = {MonitoringEvent.ENTERED, MonitoringEvent.LEFT}
_ACCELERATED = re.compile(r"\baccelerated\s+causes?\s+of\s+concern\b", re.IGNORECASE)


def is_urgent(work: UnitOfWork, stored: StoredRelease, now: datetime) -> bool:
    """Whether a release breaks through, whatever the cadence."""
    release = stored.release
    if not _is_news(release, now) or release.kind in NO_INSPECTIONS:
        return False
    moved = release.monitoring is not None and release.monitoring.event in _MOVES
    return moved or _is_accelerated(release) or _grade_moved(work, stored)


def _is_news(release: Release, now: datetime) -> bool:
    """By its day or, not knowing it, by its year: this one or the last. What tells neither is taken for news."""
    if release.published_on:
        return now.date() - release.published_on <= NEWS_FOR
    year = release.dated // 10_000
    return year == 0 or year >= now.year - 1


def _is_accelerated(release: Release) -> bool:
    """Said of what was found: notes to editors explain the term."""
    return any(
        not any(note.start <= found.start() < note.end for note in release.note_spans)
        for found in _ACCELERATED.finditer(release.text)
    )


def _grade_moved(work: UnitOfWork, stored: StoredRelease) -> bool:
    """A grade of the body it is about differs from the one before, and the two may be compared.

    A national release repeats what those on the forces tell, each in its own alarm.
    """
    if stored.release.kind is Kind.NATIONAL:
        return False
    return any(
        pair.before and pair.now and not pair.apart and pair.before.grade is not pair.now.grade
        for subject in stored.release.subjects
        for pair in changed_by(work, stored, subject.id).grades
    )
