"""Whether a receipt still holds, and whether words are a release's own: in one snapshot of the store.

Words that no release held has are told apart by what went wrong: misattributed (another release's, or somebody else's),
stitched (of verbatim parts that do not stand together) or fabricated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from summaries.differing import differing, likest
from summaries.errors import NoSuchReceipt, NothingToVerify
from summaries.query.tokens import tokens
from summaries.quoting import spoken_by
from summaries.receipts import Receipt, paragraph_number, paragraphs, parse_receipt
from summaries.stitching import Part, stitched
from summaries.suspects import releases_like
from summaries.types import Evidence
from summaries.verbatim import fold, locate, parts_of, sentence_around, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapidfuzz.distance import ScoreAlignment

    from summaries.ports import Store, StoredRelease, UnitOfWork
    from summaries.types import Statement

MOST_SHOWN = 3
_NEAR = 55.0  # of 100: below it a sentence is about something else
_SAID_BY = re.compile(
    r"[\s,]{0,3}(?:said|says|by|according to|[-–—])?\s{1,3}(?:by\s)?(?P<who>[^\d\"“”]{3,80})\Z", re.IGNORECASE
)
_OPENERS, _CLOSERS = "\"“'‘", "\"”'’"


class Verdict(StrEnum):
    VERBATIM = "verbatim"
    ELSEWHERE = "elsewhere"  # in the release, but not where the receipt points
    CHANGED = "changed"
    MISATTRIBUTED = "misattributed"
    STITCHED = "stitched"
    FABRICATED = "fabricated"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that are said to be verbatim: as typed, their folded parts (several where an ellipsis tells of an
    omission), and who is said to have spoken them."""

    words: str
    parts: tuple[str, ...]
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a release to show, those that matter marked, and the statements they are of."""

    stored: StoredRelease
    evidence: Evidence
    marks: tuple[Evidence, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a receipt or of words. `passages` are what is to be shown for it: the words found, or the parts of
    a stitched quotation, or the nearest sentence to a fabricated one. `now` is what stands there today when it changed.
    `withdrawn`: the release is shown no more. `omits`: an ellipsis leaves words out. `others`: more releases that have
    the words. `other_speaker`: the words are right, but somebody else's."""

    verdict: Verdict
    receipt: Receipt | None
    passages: tuple[Passage, ...]
    now: Passage | None = None
    newest: StoredRelease | None = None
    withdrawn: bool = False
    omits: bool = False
    others: int = 0
    other_speaker: bool = False


def read_request(words: str) -> tuple[Receipt | None, Claim | None]:
    """What a person asks to have verified: a receipt, words, or both. Raises NothingToVerify."""
    found = parse_receipt(words)
    receipt, rest = found or (None, words.strip())
    claim = _claim(rest)
    if receipt is None and claim is None:
        raise NothingToVerify
    return receipt, claim


def verify(store: Store, receipt: Receipt | None, claim: Claim | None) -> Verified:
    """Compare with what is held. Raises NoSuchReceipt when nothing is where the receipt points, StoreUnavailable."""
    with store.read() as unit:
        if receipt is None:
            return _anywhere(unit, claim) if claim else Verified(Verdict.FABRICATED, None, ())
        named, newest = _named(unit, receipt)
        found = _against(unit, receipt, named, newest, claim) if claim else _standing(receipt, named, newest)
        return replace(found, newest=newest, withdrawn=_is_withdrawn(unit, newest))


def _claim(words: str) -> Claim | None:
    """The words between quotation marks, and who is said to have said them; all the words where there are no marks."""
    said = words.strip()
    speaker = None
    last = max((said.rfind(mark) for mark in '"”'), default=-1)
    if said[:1] in ('"', "“") and last > 0:
        after = _SAID_BY.match(said[last + 1 :])
        speaker = " ".join(after["who"].split()).strip(" .,") if after else None
        said = said[1:last]
    parts = parts_of(said.strip(_OPENERS + _CLOSERS + " "))
    return Claim(" ".join(said.split()), parts, speaker or None) if parts else None


def _named(unit: UnitOfWork, receipt: Receipt) -> tuple[StoredRelease, StoredRelease]:
    newest = unit.releases.by_number(receipt.number)
    if newest is None:
        raise NoSuchReceipt(f"No release has the number {receipt.number}. `/hmic latest` shows the newest.")
    revision = receipt.revision or (1 if receipt.paragraph else newest.revision)
    named = newest if revision == newest.revision else unit.releases.by_number(receipt.number, revision)
    if named is None:
        raise NoSuchReceipt(f"R-{receipt.number} has no revision {revision}: the newest is {newest.revision}.")
    held = len(paragraphs(named.release.text))
    if receipt.paragraph is not None and not 1 <= receipt.paragraph <= held:
        raise NoSuchReceipt(f"R-{receipt.number} has {held} paragraphs, and no ¶{receipt.paragraph}.")
    return named, newest


def _is_withdrawn(unit: UnitOfWork, newest: StoredRelease) -> bool:
    """A retired release is found by its number only."""
    held = unit.releases.current(newest.release.id)
    return held is None or held.number != newest.number


# A receipt alone


def _standing(receipt: Receipt, named: StoredRelease, newest: StoredRelease) -> Verified:
    told = paragraphs(named.release.text)
    asked = [told[receipt.paragraph - 1]] if receipt.paragraph else told
    present = {fold(one.quote).text for one in paragraphs(newest.release.text)}
    whole = fold(newest.release.text).text
    gone = [one for one in asked if (words := fold(one.quote).text) not in present and words not in whole]
    if gone:
        before, now = _changed(named, newest, gone[0], paragraphs(newest.release.text))
        return Verified(Verdict.CHANGED, receipt, (before,), now, others=len(gone) - 1)
    shown = asked[0] if receipt.paragraph else sentences(named.release.text)[0]
    return Verified(Verdict.VERBATIM, receipt, (_passage(named, shown),))


def _changed(
    named: StoredRelease, newest: StoredRelease, gone: Evidence, among: Iterable[Evidence]
) -> tuple[Passage, Passage | None]:
    """What was there, and what is likest to it today, with the words that differ marked."""
    today = likest(gone, among)
    if today is None:
        return _passage(named, gone), None
    was, now = differing(gone, today)
    return Passage(named, gone, was, spoken_by(named.release, gone)), Passage(newest, today, now)


# Words


def _against(unit: UnitOfWork, receipt: Receipt, named: StoredRelease, newest: StoredRelease, claim: Claim) -> Verified:
    """Words that are said to be of one release."""
    found = locate(named.release.text, claim.parts, receipt.paragraph)
    if not found:
        return _elsewhere(unit, receipt, named, newest, claim)
    passage = _found(named, found)
    omits = _omits(named, found)
    if claim.speaker and not _is_said_by(passage, claim.speaker):
        return Verified(Verdict.MISATTRIBUTED, receipt, (passage,), omits=omits, other_speaker=True)
    if newest is not named and not locate(newest.release.text, claim.parts):
        before, now = _changed(named, newest, passage.evidence, sentences(newest.release.text))
        return Verified(Verdict.CHANGED, receipt, (before,), now, omits=omits)
    there = receipt.paragraph in (None, paragraph_number(named.release.text, found[0].start))
    return Verified(Verdict.VERBATIM if there else Verdict.ELSEWHERE, receipt, (passage,), omits=omits)


def _elsewhere(
    unit: UnitOfWork, receipt: Receipt, named: StoredRelease, newest: StoredRelease, claim: Claim
) -> Verified:
    """Words that the release named does not have: in a later revision, another release, in parts, or nowhere."""
    if newest is not named and (found := locate(newest.release.text, claim.parts)):
        return Verified(Verdict.ELSEWHERE, receipt, (_found(newest, found),), omits=_omits(newest, found))
    wrong = _anywhere(unit, claim, first=(named, newest))
    verdict = Verdict.MISATTRIBUTED if wrong.verdict is Verdict.VERBATIM else wrong.verdict
    return replace(wrong, verdict=verdict, receipt=receipt)


def _anywhere(unit: UnitOfWork, claim: Claim, first: Sequence[StoredRelease] = ()) -> Verified:
    """Words of which it is not said where they stand, or that do not stand there. `first` are the releases that they
    are likeliest to have been put together from."""
    suspects = releases_like(unit, claim.parts)
    found = [(one, spans) for one in suspects if (spans := locate(one.release.text, claim.parts))]
    if found:
        return _told_by_speaker([_found(*one) for one in found], claim, omits=_omits(*found[0]))
    suspects = list({(one.number, one.revision): one for one in (*first, *suspects)}.values())
    if parts := stitched(claim.parts, suspects):
        return Verified(Verdict.STITCHED, None, tuple(_part(one) for one in parts))
    near = _nearest(claim, suspects)
    return Verified(Verdict.FABRICATED, None, (near,) if near else ())


def _told_by_speaker(passages: Sequence[Passage], claim: Claim, *, omits: bool) -> Verified:
    said = [one for one in passages if not claim.speaker or _is_said_by(one, claim.speaker)]
    shown = said or passages
    verdict = Verdict.VERBATIM if said else Verdict.MISATTRIBUTED
    others = len(shown) - MOST_SHOWN
    return Verified(
        verdict, None, tuple(shown[:MOST_SHOWN]), omits=omits, others=max(others, 0), other_speaker=not said
    )


def _found(stored: StoredRelease, spans: Sequence[Evidence]) -> Passage:
    around = sentence_around(stored.release.text, spans[0].start, spans[-1].end)
    whole = Evidence.of(stored.release.text, spans[0].start, spans[-1].end)
    return Passage(stored, around, tuple(spans), spoken_by(stored.release, whole))


def _part(part: Part) -> Passage:
    return _found(part.stored, (part.evidence,))


def _passage(stored: StoredRelease, evidence: Evidence) -> Passage:
    return Passage(stored, evidence, (), spoken_by(stored.release, evidence))


def _omits(stored: StoredRelease, spans: Sequence[Evidence]) -> bool:
    """Whether words of the release stand between the parts."""
    text = stored.release.text
    return any(any(letter.isalnum() for letter in text[one.end : other.start]) for one, other in pairwise(spans))


def _is_said_by(passage: Passage, speaker: str) -> bool:
    """Whether a statement's speaker goes by the last of the names given: titles and first names come and go."""
    last = tokens(speaker)[-1:]
    return any(last == tokens(one.speaker)[-1:] for one in passage.statements)


def _nearest(claim: Claim, suspects: Iterable[StoredRelease]) -> Passage | None:
    """The sentence held that is likest to the words, as far as any is."""
    words = " ".join(claim.parts)
    weighed = [
        (near.score, -index, stored, near)
        for index, stored in enumerate(suspects)
        if (near := fuzz.partial_ratio_alignment(words, fold(stored.release.text).text))
    ]
    sentences_near = [_passage(stored, _aligned(stored, near)) for *_, stored, near in nlargest(3, weighed)]
    likest = max(sentences_near, key=lambda one: fuzz.ratio(words, fold(one.evidence.quote).text), default=None)
    return likest if likest and fuzz.ratio(words, fold(likest.evidence.quote).text) >= _NEAR else None


def _aligned(stored: StoredRelease, near: ScoreAlignment) -> Evidence:
    """The sentence that holds most of the stretch of a folded text that words were likened to."""
    middle = fold(stored.release.text).offsets[(near.dest_start + near.dest_end) // 2]
    return sentence_around(stored.release.text, middle, middle + 1)
