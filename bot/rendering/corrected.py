"""What a correction changed: the grades, and the words of sentences, with evidence in both revisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.differing import differing, likest
from summaries.receipts import paragraphs
from summaries.register import body_name
from summaries.types import Evidence
from summaries.verbatim import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import DigestItem
    from summaries.ports import StoredRelease
    from summaries.types import Grade, Release

_MOST_CHANGES = 6
_ROOM = 1_600  # characters of both revisions: the text of the message, which repeats the words that differ, holds them
_LONGEST = 1_200
_JOINT = re.compile(r"\s*[;,](?:\s+(?:and|or|but))?\s*\Z")


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
    """A sentence, or an item of a list, before and after, None where there is none to show, and the runs of words in
    which they differ."""

    was: Evidence | None
    now: Evidence | None
    removed: tuple[Evidence, ...] = ()
    added: tuple[Evidence, ...] = ()
    is_whole: bool = False  # it is only in one of the two


@dataclass(frozen=True, slots=True)
class Correction:
    """`changes` are those there is room for, `left_out` how many more there are. `was` is None when the
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
    shown = _within_room([change for change in changes if change.was or change.now])
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
    """The sentences and items that are not in the other text, each beside what it has most likely become. What another
    paragraph says is no change of this one."""
    gone, came = _not_in(was, now), _not_in(now, was)
    before, after = sentences(was), sentences(now)
    changes: list[tuple[int, Change]] = []
    for old in gone:
        new = likest(old, came)
        if new is None:
            changes += [(one.start, Change(one, None, is_whole=True)) for one in _pieces(old, before)]
            continue
        came.remove(new)
        changes += _paired(old, new, _pieces(old, before), _pieces(new, after))
    changes += [(one.start, Change(None, one, is_whole=True)) for new in came for one in _pieces(new, after)]
    return [change for _, change in sorted(changes, key=lambda one: one[0])]


def _not_in(one: str, other: str) -> list[Evidence]:
    whole = fold(other).text
    return [paragraph for paragraph in paragraphs(one) if fold(paragraph.quote).text not in whole]


def _pieces(paragraph: Evidence, among: Sequence[Evidence]) -> list[Evidence]:
    """Its sentences and the items of its lists, without their marks."""
    held = [_bare(one) for one in among if paragraph.start <= one.start and one.end <= paragraph.end]
    return held or [paragraph]


def _bare(piece: Evidence) -> Evidence:
    """Without what only joins an item of a list to the next one."""
    quote = _JOINT.sub("", piece.quote)
    return Evidence(piece.start, piece.start + len(quote), quote)


def _paired(
    old: Evidence, new: Evidence, before: Sequence[Evidence], after: Sequence[Evidence]
) -> list[tuple[int, Change]]:
    """What differs between two revisions of a paragraph, with the place of each."""
    gone, came = (
        [one for one in pieces if fold(one.quote).text not in whole]
        for pieces, whole in ((before, fold(new.quote).text), (after, fold(old.quote).text))
    )
    if not gone and not came:  # the same sentences in another order
        return [(new.start, _narrowed(old, new))]
    changes: list[tuple[int, Change]] = []
    for one in gone:
        other = likest(one, came)
        if other is None:
            changes.append((new.start, Change(one, None, is_whole=True)))
            continue
        came.remove(other)
        changes.append((other.start, _narrowed(one, other)))
    return changes + [(one.start, Change(None, one, is_whole=True)) for one in came]


def _narrowed(old: Evidence, new: Evidence) -> Change:
    removed, added = (_joined(side, runs) for side, runs in zip((old, new), differing(old, new), strict=True))
    return Change(_bounded(old, removed), _bounded(new, added), removed, added)


def _joined(side: Evidence, runs: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Runs of words with nothing but a space between them are one."""
    joined: list[Evidence] = []
    for run in runs:
        start, end = run.start - side.start, run.end - side.start
        if joined and not side.quote[joined[-1].end - side.start : start].strip():
            start = joined.pop().start - side.start
        joined.append(Evidence(side.start + start, run.end, side.quote[start:end]))
    return tuple(joined)


def _bounded(piece: Evidence, marks: Sequence[Evidence]) -> Evidence | None:
    """The piece or, when it is longer than can be shown, the first words of it that differ; None when these are too
    long, too."""
    return next((one for one in (piece, *marks[:1]) if len(one.quote) <= _LONGEST), None)


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
