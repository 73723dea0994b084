"""What a correction changed: the grades, and the words of the paragraphs, with evidence in both revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.differing import differing, likest
from summaries.receipts import paragraphs
from summaries.register import body_name
from summaries.types import Evidence
from summaries.verbatim import fold, sentence_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import DigestItem
    from summaries.ports import StoredRelease
    from summaries.types import Grade, Release

_MOST_CHANGES = 6
_ROOM = 1_600  # characters of both revisions: the text of the message, which repeats the words that differ, holds them
_LONG = 500  # characters; of a longer paragraph the sentences are shown in which it differs
_LONGEST = 1_200


@dataclass(frozen=True, slots=True)
class Given:
    """A grade with the words that state it."""

    grade: Grade
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class GradeChange:
    """What one thing was graded and is now; None where the revision gives it no grade."""

    name: str
    was: Given | None
    now: Given | None


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a paragraph before and after, None where there are none to show, and the runs of words in which they
    differ."""

    was: Evidence | None
    now: Evidence | None
    removed: tuple[Evidence, ...] = ()
    added: tuple[Evidence, ...] = ()
    is_whole: bool = False  # the paragraph is only in one of the two


@dataclass(frozen=True, slots=True)
class Correction:
    """`changes` are those there is room for, `left_out` how many paragraphs more differ. `was` is None when the
    revision shown before is not at hand."""

    now: StoredRelease
    was: StoredRelease | None
    grades: tuple[GradeChange, ...] = ()
    changes: tuple[Change, ...] = ()
    left_out: int = 0


def correction(item: DigestItem) -> Correction:
    """What differs between the revision an item shows and the one shown before."""
    was, now = item.was, item.release
    if was is None:
        return Correction(now, None)
    changes = _changes(was.release.text, now.release.text)
    shown = _within_room(changes)
    return Correction(now, was, _grades(was.release, now.release), shown, len(changes) - len(shown))


def _grades(was: Release, now: Release) -> tuple[GradeChange, ...]:
    before, after = _given(was), _given(now)
    names = [*after, *(name for name in before if name not in after)]
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(GradeChange(*pair) for pair in pairs if _grade(pair[1]) != _grade(pair[2]))


def _given(release: Release) -> dict[str, Given]:
    """All that a release grades, by name."""
    judged = {f"{body_name(one.body)}, {one.about}": Given(one.grade, one.evidence) for one in release.judgments}
    return judged | {body_name(one.body): Given(one.grade, one.evidence) for one in release.named_grades}


def _grade(given: Given | None) -> Grade | None:
    return given.grade if given else None


def _changes(was: str, now: str) -> list[Change]:
    """The paragraphs that are not in the other text, each beside what it has most likely become."""
    gone, came = _not_in(was, now), _not_in(now, was)
    changes: list[tuple[int, Change]] = []
    for old in gone:
        new = likest(old, came)
        if new is None:
            changes.append((old.start, Change(old, None, is_whole=True)))
            continue
        came.remove(new)
        changes.append((new.start, _narrowed(was, now, old, new)))
    changes += [(new.start, Change(None, new, is_whole=True)) for new in came]
    return [change for _, change in sorted(changes, key=lambda one: one[0])]


def _not_in(one: str, other: str) -> list[Evidence]:
    whole = fold(other).text
    return [paragraph for paragraph in paragraphs(one) if fold(paragraph.quote).text not in whole]


def _narrowed(was: str, now: str, old: Evidence, new: Evidence) -> Change:
    removed, added = (_joined(text, runs) for text, runs in zip((was, now), differing(old, new), strict=True))
    return Change(_around(was, old, removed), _around(now, new, added), removed, added)


def _joined(text: str, runs: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Runs of words with nothing but a space between them are one."""
    joined: list[Evidence] = []
    for run in runs:
        if joined and not text[joined[-1].end : run.start].strip():
            run = Evidence.of(text, joined.pop().start, run.end)
        joined.append(run)
    return tuple(joined)


def _around(text: str, paragraph: Evidence, marks: Sequence[Evidence]) -> Evidence | None:
    """The paragraph or, when it is long, the sentences of it that differ; None when that is long, too."""
    if len(paragraph.quote) <= _LONG:
        return paragraph
    if not marks:
        return None
    around = sentence_around(text, marks[0].start, marks[-1].end)
    if len(around.quote) > _LONGEST:
        around = sentence_around(text, marks[0].start, marks[0].end)
    return around if len(around.quote) <= _LONGEST else None


def _within_room(changes: Sequence[Change]) -> tuple[Change, ...]:
    """As many as are shown; the first one is, whatever its length."""
    shown: list[Change] = []
    room = _ROOM
    for change in changes[:_MOST_CHANGES]:
        room -= sum(len(side.quote) for side in (change.was, change.now) if side)
        if shown and room < 0:
            break
        shown.append(change)
    return tuple(shown)
