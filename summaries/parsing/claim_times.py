"""Whether a grade is told as given now, as given earlier and when, or so that it cannot be told.

A date governs only its own clause, and only in the places where English puts it; a phrase that needs the reader to
know when the text was written ("a year ago", "since HMIC last") dates nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Told(Enum):
    NOW = auto()
    EARLIER = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Telling:
    """`when` is the span of the words that date it, within the sentence; only an earlier grade has one."""

    told: Told
    when: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands in its masked sentence: its start, the words of time beside its verb (`aux`, with their
    start), the start of what follows it, the span of a year at its end, and the sentence before."""

    plain: str
    start: int
    aux: str
    aux_at: int
    end: int
    year: tuple[int, int] | None
    before: str
    active: bool


_BOUNDARY = re.compile(r"; |,? (?:but|although|though|whereas|while|yet) |, and |^(?:Although|Though|While) ", re.I)
_INSPECTION = r"(?:inspection|assessment|report)"
# The only openings of a clause after which a grade is given now.
_NOW_OPENINGS = re.compile(
    r"(?:(?:overall|however|therefore|this year|today|now|in general|as a result|but|and),? "
    rf"|(?:in|following|after|during) (?:this|our latest|the latest) (?:[\w-]+ ){{0,5}}{_INSPECTION},? "
    r"|I am (?:very )?(?:pleased|disappointed|sorry) to (?:report|say|confirm) that "
    r"|(?:HMIC(?:FRS)?|inspectors) (?:has |have )?found that )*\Z",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(rf"following (?:our|its|the) (?:20\d\d )?{_INSPECTION},? \Z", re.IGNORECASE)
_YEAR = r"(?P<when>20\d\d)(?![/\d-])"
_MONTH = r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?"
_PHRASE = rf"(?P<words>last year|previously|(?:last|previous) (?:year|{_INSPECTION}))"
# "In 2015, when we last reported on it, …", "Last year …", "In its last inspection, …"
_OPENING_DATES = tuple(
    re.compile(rf"(?:however, |overall, )?{opening}(?:,? when [^,]{{1,80}},)?,? \Z", re.IGNORECASE)
    for opening in (
        rf"in {_MONTH}{_YEAR}",
        rf"(?:in|at|during|following) (?:our|its|the) {_YEAR} {_INSPECTION}",
        rf"(?:(?:in|at|during|following) (?:our|its|the) )?{_PHRASE}",
    )
)
# "… performance in 2015, which …", "… last year's findings, in which …"
_RELATIVE_DATE = re.compile(
    rf"\b(?:{_YEAR}|{_PHRASE})(?:'s)?(?: \w{{1,20}}){{0,2}},? (?:(?:in|at|for) )?(?:which|when) \Z", re.IGNORECASE
)
_PREVIOUSLY = re.compile(r"\bpreviously\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|until|once|before|would|could|should|might|may|hop(?:es?|ed|ing)|wants?|expect(?:s|ed)?)\b",
    re.IGNORECASE,
)
# After a grade: who else says so, or on what condition.
_TAKEN_BACK = re.compile(
    r"\b(?:subject to|provided|as long as|if|unless|pending|shows?|its own|says?|said|claim(?:s|ed)?|according to"
    r"|insist(?:s|ed)?|argue[sd]?|believe[sd]?|hope[sd]?|boast(?:s|ed)?)\b",
    re.IGNORECASE,
)
_EARLIER_WORDS = re.compile(
    r"\b(?:20\d\d|ago|last|previous(?:ly)?|earlier|before|first|former(?:ly)?)\b", re.IGNORECASE
)
_PRESENT = re.compile(r"(?:is|are|remains)\b", re.IGNORECASE)


def telling_of(place: Place) -> Telling:
    """How the claim at this place is told. Unclear: conditional, reported, or past without a date that can be shown."""
    ahead = place.plain[: place.start]
    if place.plain.rstrip("'\" ").endswith("?") or _TAKEN_BACK.search(place.plain, place.end):
        return Telling(Told.UNCLEAR)
    clause = max((found.end() for found in _BOUNDARY.finditer(ahead)), default=0)
    opening = ahead[clause:]
    now = _CONDITION.search(ahead[:clause]) is None and _NOW_OPENINGS.match(opening) is not None
    perfect = re.match(r"\s*(?:has|have)\b", place.aux, re.IGNORECASE) is not None
    if perfect and _FOLLOWING.match(opening):
        return Telling(Told.NOW)
    when = _adverb(place) or place.year or _opening_date(opening, clause)
    if _PRESENT.match(place.aux) or perfect or not (place.active or place.aux):
        if _adverb(place):
            return Telling(Told.EARLIER, when)
        return Telling(Told.NOW if now and not when else Told.UNCLEAR)
    if when:
        return Telling(Told.EARLIER, when)
    vague = not place.active or "had" in place.aux or _EARLIER_WORDS.search(f"{place.before} {ahead}")
    return Telling(Told.NOW if now and not vague else Told.UNCLEAR)


def _adverb(place: Place) -> tuple[int, int] | None:
    found = _PREVIOUSLY.search(place.aux)
    return (place.aux_at + found.start(), place.aux_at + found.end()) if found else None


def _opening_date(opening: str, at: int) -> tuple[int, int] | None:
    """The span of the one date that opens the clause or that its relative pronoun refers to."""
    for pattern in _OPENING_DATES:
        if found := pattern.match(opening):
            return _named_span(found, at)
    relative = _RELATIVE_DATE.search(opening)
    return _named_span(relative, at) if relative else None


def _named_span(found: re.Match[str], at: int) -> tuple[int, int]:
    name = next(name for name in ("when", "words") if found.groupdict().get(name))
    return at + found.start(name), at + found.end(name)
