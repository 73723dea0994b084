"""Whether a receipt still holds, and whether words are a release's own: in one snapshot of the store.

Words that no release held has are told apart by what went wrong: misattributed (another release's, or somebody else's),
stitched (of verbatim parts that do not stand together) or fabricated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from summaries.differing import differing, likest
from summaries.errors import NoSuchReceipt, NothingToVerify
from summaries.query.tokens import tokens
from summaries.quoting import spoken_by, statements_of
from summaries.receipts import Receipt, paragraph_number, paragraphs, parse_receipt
from summaries.register import rows
from summaries.stitching import Part, stitched
from summaries.suspects import releases_like
from summaries.types import Evidence
from summaries.verbatim import fold, is_edited, locate, parts_of, sentence_around, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapidfuzz.distance import ScoreAlignment

    from summaries.ports import Store, StoredRelease, UnitOfWork
    from summaries.types import Statement

MOST_SHOWN = 3
_NEAR = 55.0  # of 100: below it a sentence is about something else
_ALMOST = 80.0  # from it on words are meant to be those of a sentence, or of a part of it
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,4000})[\"”]")
_SAYS = re.compile(r"\b(?:said|says|add(?:ed|s)|told|continued)\b", re.IGNORECASE)
_RECEIPT_AT = re.compile(r"(?<![\w-])r[-\u2010-\u2015\u2212\s]?\d", re.IGNORECASE)
_MOST_LIKENED = 1_000  # letters: the time it takes grows with them
_OPENERS, _CLOSERS = "\"“'‘", "\"”'’"
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 12  # fewer stand anywhere, and prove nothing
_MOST_BESIDE = 6  # words round a quoted bit; more are themselves what is to be verified


class Verdict(StrEnum):
    VERBATIM = "verbatim"
    ELSEWHERE = "elsewhere"  # in the release, but not where the receipt points
    CHANGED = "changed"
    MISATTRIBUTED = "misattributed"
    STITCHED = "stitched"
    FABRICATED = "fabricated"
    TOO_SHORT = "too short"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that are said to be verbatim: as typed, their folded parts (several where an ellipsis tells of an
    omission), and the words beside them, which may name who is said to have spoken them."""

    words: str
    parts: tuple[str, ...]
    beside: str = ""

    @property
    def is_too_short(self) -> bool:
        longest = max(self.parts, key=len)
        few = len(tokens(longest)) < _FEWEST_WORDS or sum(map(str.isalnum, longest)) < _FEWEST_LETTERS
        return few or any(len(tokens(part)) < _FEWEST_WORDS - 1 for part in self.parts)


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
    `withdrawn`: the release is shown no more. `omits`: an ellipsis leaves words out. `edited`: so may square brackets.
    `others`: more releases that have the words. `other_speaker`: who is said to have spoken them, where the words are
    right but not theirs."""

    verdict: Verdict
    receipt: Receipt | None
    passages: tuple[Passage, ...]
    now: Passage | None = None
    newest: StoredRelease | None = None
    withdrawn: bool = False
    omits: bool = False
    edited: bool = False
    others: int = 0
    other_speaker: str | None = None


def read_request(words: str) -> tuple[Receipt | None, Claim | None]:
    """What a person asks to have verified: a receipt, words, or both, in any order. Raises NothingToVerify."""
    receipt, rest = parse_receipt(words) or (None, words.strip())
    before, said, after = _parted(rest)
    if receipt is None:
        receipt, before = _receipt_in(before)
    if receipt is None:
        receipt, after = _receipt_in(after)
    if receipt is None and said == rest and (found := _receipt_at_end(said)):
        receipt, said = found
    beside = " ".join(f"{before} {after}".split())
    claim = _claim(said, beside)
    if claim is None or (claim.is_too_short and len(tokens(beside)) > _MOST_BESIDE):
        claim = _claim(rest) or claim
    if receipt is None and claim is None:
        raise NothingToVerify
    return receipt, claim


def verify(store: Store, receipt: Receipt | None, claim: Claim | None) -> Verified:
    """Compare with what is held. Raises NoSuchReceipt when nothing is where the receipt points, StoreUnavailable."""
    with store.read() as unit:
        if receipt is None:
            if claim is None or claim.is_too_short:
                return Verified(Verdict.TOO_SHORT, None, ())
            return replace(_anywhere(unit, claim), edited=is_edited(claim.words))
        named, newest = _named(unit, receipt)
        found = _checked(unit, receipt, named, newest, claim)
        edited = claim is not None and is_edited(claim.words)
        return replace(found, newest=newest, withdrawn=is_withdrawn(unit, newest), edited=edited)


def _parted(words: str) -> tuple[str, str, str]:
    """What stands before the quotation marks, between them, and after: all is between where there are none. Marks
    within marks stay; a quotation that "she said" interrupts is one with an omission."""
    marks = [at for at, letter in enumerate(words) if letter in '"“”']
    if marks:
        first = marks[0]
        last = marks[-1] if len(marks) > 1 else len(words)
        between = words[first + 1 : last]
        pieces = _QUOTED.findall(words[first : last + 1])
        gaps = _QUOTED.split(words[first : last + 1])[2:-1:2]
        if gaps and all(_SAYS.search(gap) for gap in gaps):
            return f"{words[:first]} {' '.join(gaps)}", " … ".join(pieces), words[last + 1 :]
        return words[:first], between, words[last + 1 :]
    last = max(words.rfind(mark) for mark in "'’")
    if words[:1] in ("'", "‘") and last > 0 and (not words[last + 1 :].strip() or _SAYS.search(words[last + 1 :])):
        return "", words[1:last], words[last + 1 :]
    return "", words, ""


def _receipt_in(words: str) -> tuple[Receipt | None, str]:
    """The first receipt in the words beside a quotation, and the words without it."""
    for at in _RECEIPT_AT.finditer(words):
        if found := parse_receipt(words[at.start() :]):
            return found[0], f"{words[: at.start()]} {found[1]}"
    return None, words


def _receipt_at_end(words: str) -> tuple[Receipt, str] | None:
    for at in _RECEIPT_AT.finditer(words):
        found = parse_receipt(words[at.start() :])
        if found and at.start() and not tokens(found[1]):
            return found[0], words[: at.start()].rstrip(" ([,")
    return None


def _claim(said: str, beside: str = "") -> Claim | None:
    parts = parts_of(said.strip(_OPENERS + _CLOSERS + " "))
    return Claim(" ".join(said.split()), parts, beside) if parts else None


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


def is_withdrawn(unit: UnitOfWork, newest: StoredRelease) -> bool:
    """Whether a release was taken back, or is retired: that one is found by its number only."""
    if newest.withdrawn:
        return True
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


def _checked(
    unit: UnitOfWork, receipt: Receipt, named: StoredRelease, newest: StoredRelease, claim: Claim | None
) -> Verified:
    if claim is None:
        return _standing(receipt, named, newest)
    if claim.is_too_short:
        return Verified(Verdict.TOO_SHORT, receipt, ())
    return _against(unit, receipt, named, newest, claim)


def _against(unit: UnitOfWork, receipt: Receipt, named: StoredRelease, newest: StoredRelease, claim: Claim) -> Verified:
    """Words that are said to be of one release."""
    found = locate(named.release.text, claim.parts, receipt.paragraph)
    if not found:
        return _elsewhere(unit, receipt, named, newest, claim)
    passage = _found(named, found)
    omits = _omits(named, found)
    if other := _other_speaker((passage,), claim):
        return Verified(Verdict.MISATTRIBUTED, receipt, (passage,), omits=omits, other_speaker=other)
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
    wrong = _anywhere(unit, claim, first=(named, newest), paragraph=receipt.paragraph)
    verdict = Verdict.MISATTRIBUTED if wrong.verdict is Verdict.VERBATIM else wrong.verdict
    return replace(wrong, verdict=verdict, receipt=receipt)


def _anywhere(
    unit: UnitOfWork, claim: Claim, first: Sequence[StoredRelease] = (), paragraph: int | None = None
) -> Verified:
    """Words of which it is not said where they stand, or that do not stand there. `first` are the releases that they
    are likeliest to have been put together from; `paragraph` is the one named of the first of them."""
    suspects = releases_like(unit, claim.parts)
    found = [(one, spans) for one in suspects if (spans := locate(one.release.text, claim.parts))]
    if found:
        return _told_by_speaker([_found(*one) for one in found], claim, omits=_omits(*found[0]))
    suspects = list({(one.number, one.revision): one for one in (*first, *suspects)}.values())
    if parts := stitched(claim.parts, suspects):
        return Verified(Verdict.STITCHED, None, tuple(_part(one) for one in parts))
    near = _nearest(claim, suspects, named=first[0] if first else None, paragraph=paragraph)
    return Verified(Verdict.FABRICATED, None, (near,) if near else ())


def _told_by_speaker(passages: Sequence[Passage], claim: Claim, *, omits: bool) -> Verified:
    other = _other_speaker(passages, claim)
    said = [one for one in passages if not _other_speaker((one,), claim)]
    shown = passages if other else said
    verdict = Verdict.MISATTRIBUTED if other else Verdict.VERBATIM
    others = max(len(shown) - MOST_SHOWN, 0)
    return Verified(verdict, None, tuple(shown[:MOST_SHOWN]), omits=omits, others=others, other_speaker=other)


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


def _other_speaker(passages: Sequence[Passage], claim: Claim) -> str | None:
    """Who is named beside the words, where they are not theirs in any of the passages. Last names tell, as titles and
    first names come and go; who is no inspector and speaks in none of the releases is not known, and no claim."""
    beside = set(tokens(claim.beside))
    if any(_last(one.speaker) in beside for passage in passages for one in passage.statements):
        return None
    speaking = [one.speaker for passage in passages for one in statements_of(passage.stored.release)]
    return next((name for name in (*speaking, *_inspectors()) if _last(name) in beside), None)


@cache
def _inspectors() -> tuple[str, ...]:
    return tuple(row["name"] for row in rows("inspectors.csv"))


def _last(name: str) -> str | None:
    return next(iter(tokens(name)[-1:]), None)


def _nearest(
    claim: Claim, suspects: Iterable[StoredRelease], *, named: StoredRelease | None, paragraph: int | None
) -> Passage | None:
    """The sentence that is likest to the words, as far as any is: of the paragraph named when they are almost those of
    one there, else of the release named likewise, else of any held."""
    words = " ".join(claim.parts)[:_MOST_LIKENED]
    if named and (there := _almost(words, named, paragraph)):
        return _passage(named, there)
    weighed = [
        (near.score, -index, stored, near)
        for index, stored in enumerate(suspects)
        if (near := fuzz.partial_ratio_alignment(words, fold(stored.release.text).text))
    ]
    told = [(stored, _aligned(stored, near)) for *_, stored, near in nlargest(3, weighed)]
    likest = max(told, key=lambda one: _likeness(words, one[1]), default=None)
    return _passage(*likest) if likest and _likeness(words, likest[1]) >= _NEAR else None


def _almost(words: str, named: StoredRelease, paragraph: int | None) -> Evidence | None:
    """The sentence of a release that almost has the words, in the paragraph named sooner than in another."""
    text = named.release.text
    close = [one for one in sentences(text) if _likeness(words, one) >= _ALMOST]
    place = paragraphs(text)[paragraph - 1] if paragraph else None
    here = [one for one in close if place and one.start < place.end and place.start < one.end]
    return max(here or close, key=lambda one: _likeness(words, one), default=None)


def _likeness(words: str, sentence: Evidence) -> float:
    """How alike (0 to 100) words are to a sentence, or to a part of it: that counts when they almost are it."""
    whole = fold(sentence.quote).text
    part = fuzz.partial_ratio(words, whole, score_cutoff=_ALMOST) if len(words) <= len(whole) else 0.0
    return max(fuzz.ratio(words, whole), part)


def _aligned(stored: StoredRelease, near: ScoreAlignment) -> Evidence:
    """The sentence that holds most of the stretch of a folded text that words were likened to."""
    middle = fold(stored.release.text).offsets[(near.dest_start + near.dest_end) // 2]
    return sentence_around(stored.release.text, middle, middle + 1)
