"""What changed on a body since last time: its newest release against the one before it of the same series.

Grades are set side by side and never ordered where they may not be. A finding that the newest release does not repeat
is "not mentioned": nobody knows whether it was put right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from summaries.frameworks import cycles, why_not_comparable
from summaries.passages import LITTLE_WORDS
from summaries.query.tokens import tokens
from summaries.standings.given import NO_INSPECTIONS, by_year, given_in, recalled_in
from summaries.types import Pillar, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summaries.ports import Store, StoredRelease, UnitOfWork
    from summaries.query import Filter
    from summaries.standings.given import Given
    from summaries.types import Finding, Release

ALIKE = 75.0
"""How alike (0 to 100) the telling words of two findings must be to be one that persists. In the corpus the likest
findings on different matters reach 72, the least alike ones on one matter 76 (`tests/unit/test_changes.py`)."""

_MOST_RELEASES = 100
_TELLS_NOTHING = LITTLE_WORDS | {"force", "forces", "police", "service", "services"}


@dataclass(frozen=True, slots=True)
class GradePair:
    """What was given for one pillar or question, before and now; None where nothing is. `apart` says why the two may
    not be compared, and is empty when they may."""

    about: str
    before: Given | None
    now: Given | None
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """Pairs that one sentence states now, or stated before, and of which the same is to be said; each sentence of them
    once, `before` and `now`, with all that it states."""

    pairs: tuple[GradePair, ...]

    @property
    def before(self) -> tuple[tuple[Given, ...], ...]:
        return _by_sentence(one.before for one in self.pairs)

    @property
    def now(self) -> tuple[tuple[Given, ...], ...]:
        return _by_sentence(one.now for one in self.pairs)


@dataclass(frozen=True, slots=True)
class FindingPair:
    """The same matter in both releases, as far as the likeness of words tells."""

    before: Finding
    now: Finding


@dataclass(frozen=True, slots=True)
class Changes:
    """`before` is None when no earlier release of the series is held: then the grades before are those that the newest
    one recalls. `others` are the newest releases of the body's other series.

    Unless the two are `ordered` it is not known which came first: `newest` and `before` are one and the other, and
    nothing is recalled and no finding compared."""

    newest: StoredRelease
    before: StoredRelease | None
    grades: tuple[GradePair, ...]
    appear: tuple[Finding, ...]
    persist: tuple[FindingPair, ...]
    not_mentioned: tuple[Finding, ...]
    others: tuple[StoredRelease, ...]
    ordered: bool = True

    @property
    def stated(self) -> tuple[Stated, ...]:
        """The grades, by the sentences that state them."""
        held: dict[tuple[object, ...], list[GradePair]] = {}
        for pair in self.grades:
            told = pair.now or pair.before
            key = (told and _sentence(told), pair.apart, pair.before is None, pair.now is None)
            held.setdefault(key, []).append(pair)
        return tuple(Stated(tuple(pairs)) for pairs in held.values())


def changes(store: Store, wanted: Filter) -> Changes | None:
    """What changed on the one body that a filter names, from the newest release it means. None when there is none.
    Raises StoreUnavailable."""
    [body_id] = wanted.bodies
    pillar = next((Pillar(value) for value in wanted.values("pillar")), None)
    with store.read() as unit:
        held = unit.releases.of_body(body_id, limit=_MOST_RELEASES)
    newest = next((one for one in held if wanted.matches(one.release)), None)
    if newest is None:
        return None
    before = _before(newest, held, pillar)
    return compared(newest, before, body_id, pillar=pillar, others=_others(newest, before, held))


def changed_by(unit: UnitOfWork, stored: StoredRelease, body_id: str) -> Changes:
    """What this release changed on a body it is about, against the one before it of its series."""
    held = unit.releases.of_body(body_id, limit=_MOST_RELEASES)
    return compared(stored, _before(stored, held, None), body_id)


def compared(
    newest: StoredRelease,
    before: StoredRelease | None,
    body_id: str,
    *,
    pillar: Pillar | None = None,
    others: tuple[StoredRelease, ...] = (),
) -> Changes:
    """Two releases on one body, or one and what it recalls."""
    if before and not _follows(newest.release, before.release):
        pairs = tuple(_pairs(newest, before, body_id, pillar, recalled=False))
        return Changes(newest, before, pairs, (), (), (), others, ordered=False)
    now = _findings(newest.release)
    then = _findings(before.release) if before else []
    persist = _persisting(then, now) if before else []
    return Changes(
        newest,
        before,
        tuple(_pairs(newest, before, body_id, pillar)),
        tuple(one for one in now if all(one is not pair.now for pair in persist)) if before else (),
        tuple(persist),
        tuple(one for one in then if all(one is not pair.before for pair in persist)),
        others,
    )


def likeness(one: str, other: str) -> float:
    """How alike two findings are, 0 to 100, by the words that tell what they are about, in any order."""
    return fuzz.token_sort_ratio(_telling(one), _telling(other))


def _telling(words: str) -> str:
    return " ".join(word for word in tokens(words) if word not in _TELLS_NOTHING)


def _by_sentence(given: Iterable[Given | None]) -> tuple[tuple[Given, ...], ...]:
    held: dict[tuple[object, ...], list[Given]] = {}
    for one in given:
        if one:
            held.setdefault(_sentence(one), []).append(one)
    return tuple(map(tuple, held.values()))


def _sentence(one: Given) -> tuple[object, ...]:
    return one.stored.number, one.evidence, one.recalled


# Which releases


def _same_series(one: Release, other: Release, pillar: Pillar | None) -> bool:
    if (one.programme or one.kind) != (other.programme or other.kind):
        return False
    if pillar is None:
        return one.pillar is other.pillar
    return other.pillar is pillar or any(given.about == pillar.value for given in other.judgments)


def _before(newest: StoredRelease, held: Sequence[StoredRelease], pillar: Pillar | None) -> StoredRelease | None:
    """The release before one of those held, newest first, in its series."""
    at = next((place for place, one in enumerate(held) if one.number == newest.number), len(held))
    series = (one for one in held[at + 1 :] if _same_series(newest.release, one.release, pillar))
    return next((one for one in series if one.release.kind not in NO_INSPECTIONS), None)


def _follows(one: Release, other: Release) -> bool:
    """Whether a release is known to be later than another of its series: by their days, else by their cycles. The hint
    by which undated ones are sorted tells nothing."""
    if one.published_on and other.published_on:
        return one.published_on > other.published_on
    known = [entry.cycle for entry in cycles(one.programme or "")]  # the oldest first
    told = one.cycle in known and other.cycle in known and one.programme == other.programme
    return told and known.index(one.cycle) > known.index(other.cycle)


def _others(
    newest: StoredRelease, before: StoredRelease | None, held: Sequence[StoredRelease]
) -> tuple[StoredRelease, ...]:
    found: list[StoredRelease] = []
    for one in held:
        told = [newest, *([before] if before else []), *found]
        if one.release.programme and not any(_same_series(other.release, one.release, None) for other in told):
            found.append(one)
    return tuple(found)


# Grades


def _pairs(
    newest: StoredRelease,
    before: StoredRelease | None,
    body_id: str,
    pillar: Pillar | None,
    *,
    recalled: bool = True,
) -> Iterator[GradePair]:
    now = _by_measure(given_in(newest), body_id, pillar)
    then = _by_measure(recalled_in(newest), body_id, pillar) if recalled else {}
    if before:  # what it gives itself goes before what is recalled of it
        then |= _by_measure(given_in(before), body_id, pillar)
    for key in sorted({**now, **then}, key=lambda key: not key[0]):
        one, other = now.get(key), then.get(key)
        apart = why_not_comparable(one.measure, other.measure) if one and other else ""
        yield GradePair(key[1], other, one, apart)


def _by_measure(given: Iterable[Given], body_id: str, pillar: Pillar | None) -> dict[tuple[bool, str], Given]:
    """By what is graded, the latest where there are several; in the order in which they are stated."""
    wanted = sorted(
        (one for one in given if one.body == body_id and _is_on(one, pillar)), key=lambda one: one.evidence.start
    )
    latest = {(one.measure.whole, one.about): one for one in reversed(by_year(wanted))}
    return {(one.measure.whole, one.about): latest[one.measure.whole, one.about] for one in wanted}


def _is_on(one: Given, pillar: Pillar | None) -> bool:
    return pillar is None or not one.measure.whole or one.about == pillar.value


# Findings


def _findings(release: Release) -> list[Finding]:
    """Those that are more than a grade: grades are set side by side as such."""
    return [one for one in release.findings if not _is_grade(release, one)]


def _is_grade(release: Release, finding: Finding) -> bool:
    span = finding.evidence
    graded = [one.evidence for one in release.judgments] + [one.evidence for one in release.prior_judgments]
    return any(span.start <= one.start and one.end <= span.end for one in graded)


def _persisting(then: Sequence[Finding], now: Sequence[Finding]) -> list[FindingPair]:
    """Pairs on the same matter, the likest chosen first, in the order of the newer release. Praise and concern are
    never the same."""
    weighed = sorted(
        (
            (-likeness(old.text, new.text), first, second)
            for first, new in enumerate(now)
            for second, old in enumerate(then)
            if {old.polarity, new.polarity} != {Polarity.PRAISE, Polarity.CONCERN}
        ),
    )
    chosen: dict[int, int] = {}
    for weight, first, second in weighed:
        if -weight >= ALIKE and first not in chosen and second not in chosen.values():
            chosen[first] = second
    return [FindingPair(then[chosen[first]], now[first]) for first in sorted(chosen)]
