"""Whether a grade is told as given now, as given earlier and when, or so that it cannot be told.

A date governs only its own clause, and only in the places where English puts it; a phrase that needs the reader to
know when the text was written ("a year ago", "since HMIC last") dates nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from summaries.parsing.grades.claim_grammar import GRADED_ACROSS, INSPECTORATE, REPORTS
from summaries.parsing.layout.printed_dates import MONTH


class Told(Enum):
    """`PAST`: told in the past tense with nothing to date it, as some releases tell the grade they announce."""

    NOW = auto()
    PAST = auto()
    EARLIER = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Telling:
    """`when` is the span of the words that date it, within the sentence; only an earlier grade has one. `found`: it is
    told as what the inspectorate found; `past`: in the past tense."""

    told: Told
    when: tuple[int, int] | None = None
    found: bool = False
    past: bool = False


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
    spoken: bool = False
    past: bool = False
    follows: bool = False  # the sentence before gives a grade now
    which: bool = False  # a relative clause: what opens the main one says nothing of it


_BOUNDARY = re.compile(r"; |,? (?:but|although|though|whereas|while|yet) |, and |^(?:Although|Though|While) ", re.I)
_INSPECTION = r"(?:(?:re-?|revisit )?(?:inspection|assessment|report|visit))"
# The only openings of a clause after which a grade is given now.
_NOW_OPENINGS = re.compile(
    r"(?:(?:overall|however|therefore|this year|today|now|in general|as a result|but|and|in (?:a|its|the|our) report"
    r" published today|despite [^,;]{1,80}),? "
    r"|(?:based on|given|as a result of) [^,;]{1,80}, "
    r"|(?:(?:more|less) than )?(?:an?|one|two|three|\d\d?) (?:years?|months?) (?:after|since|on from) [^,;]{1,80}, "
    r"|said (?:that )?"
    rf"|(?:in|for|following|after|during) (?:this|our latest|the latest|an) (?:[\w-]+ ){{0,5}}{_INSPECTION},? "
    r"|I am (?:very )?(?:pleased|disappointed|sorry|concerned) to (?:report|say|confirm) that "
    rf"|{REPORTS} )*\Z",
    re.IGNORECASE,
)
_REPORTED = re.compile(rf"(?<![\w'-]){REPORTS} \Z", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?:we|I)\b", re.IGNORECASE)
_REMARKS = ("said", "says", "reported", "noted")
_FOLLOWING = re.compile(
    rf"following (?:our|its|the|an) (?:[\w-]+ ){{0,3}}{_INSPECTION}[^,;.]{{0,60}},? \Z", re.IGNORECASE
)
_YEAR = r"(?P<when>20\d\d)(?![/\d-])"
_SEASON = rf"(?:(?:early|late|{MONTH}) )?"
_PHRASE = rf"(?P<words>last year|previously|(?:last|previous) (?:year|{_INSPECTION}))"
_THEN = rf"(?:,? when [^,]{{1,80}})?,? (?:{INSPECTORATE} (?:found|said|concluded|judged) that )?\Z"
# "In 2015, when we last reported on it, …", "Last year …", "In its last inspection, in 2022, …"
_OPENING_DATES = tuple(
    re.compile(rf"(?:however, |overall, )?{opening}{_THEN}", re.IGNORECASE)
    for opening in (
        rf"in {_SEASON}{_YEAR}",
        rf"(?:in|at|during|following) (?:our|its|the) {_YEAR} (?:[\w-]+ ){{0,3}}{_INSPECTION}",
        rf"(?:in|at|during|following) (?:our|its|the) (?:[\w-]+ ){{0,4}}{_INSPECTION},? (?:in|of) {_SEASON}{_YEAR}",
        rf"(?:(?:in|at|during|following) (?:our|its|the) )?{_PHRASE}",
    )
)
# "… performance in 2015, which …", "… last year's findings, in which …"
_RELATIVE_DATE = re.compile(
    rf"\b(?:{_YEAR}|{_PHRASE})(?:'s)?(?: [\w-]{{1,20}}){{0,4}},? (?:(?:in|at|for|after|following|during) )?"
    r"(?:which|when|where)(?: time)? \Z",
    re.IGNORECASE,
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
_INSPECTORATE_SAID = re.compile(
    rf"{INSPECTORATE} (?:(?:has|have) )?(?:also )?(?:said|says?)(?: today)?\b"
    rf"|\baccording to (?:(?:a|the) (?:new )?report (?:by|from|of) )?{INSPECTORATE}"
    r"|,? and (?:also )?(?:said|says)\b"
    rf"|,? (?:says|said|finds) {INSPECTORATE}(?= - |[.'\"]|$)",
    re.IGNORECASE,
)
_INSPECTORATE_SAYS = re.compile(
    rf"{INSPECTORATE} (?:(?:has|have) )?(?:also )?(?:said|says?|found|judged|graded|concluded)\b",
    re.IGNORECASE,
)
_EARLIER_WORDS = re.compile(
    r"\b(?:20\d\d|ago|last|previous(?:ly)?|earlier|before|first|former(?:ly)?)\b", re.IGNORECASE
)
_PRESENT = re.compile(r"(?:is|are|remains|continues)\b", re.IGNORECASE)


# It follows from the sentence before: a date there is the date of the grade too.
_CONSEQUENCE = re.compile(r"(?:as a result|therefore|consequently),? ", re.IGNORECASE)


def telling_of(place: Place) -> Telling:
    """How the claim at this place is told. Unclear: conditional, reported, or past without a date that can be shown."""
    ahead = place.plain[: place.start]
    if place.plain.rstrip("'\" ").endswith("?") or taken_back(place.plain[place.end :]):
        return Telling(Told.UNCLEAR)
    clause = max((found.end() for found in _BOUNDARY.finditer(ahead)), default=0)
    opening = ahead[clause:].removeprefix('"')
    clause += len(ahead) - clause - len(opening)
    found = _found(ahead, spoken=place.spoken)
    now = (
        found
        or place.which
        or (_CONDITION.search(ahead[:clause]) is None and _now_opening(opening, spoken=place.spoken))
    )
    perfect = re.match(r"\s*(?:has|have)\b", place.aux, re.IGNORECASE) is not None
    following = re.sub(r"^I am [\w ]{1,40} that ", "", opening)
    if (perfect or _PRESENT.match(place.aux)) and _FOLLOWING.match(following):
        return Telling(Told.NOW, found=found)
    if _CONSEQUENCE.match(opening) and (not place.before or _EARLIER_WORDS.search(place.before)):
        return Telling(Told.UNCLEAR)
    when = _adverb(place) or place.year or _opening_date(opening, clause)
    if _PRESENT.match(place.aux) or perfect or not (place.active or place.aux or place.past):
        if _adverb(place):
            return Telling(Told.EARLIER, when)
        return Telling(Told.NOW if now and not when else Told.UNCLEAR, found=found)
    if when:
        return Telling(Told.EARLIER, when)
    return Telling(_undated(place, ahead, found=found, now=now), found=found, past=True)


def taken_back(after: str) -> bool:
    """Whether words after a grade make it somebody else's, or conditional."""
    return _TAKEN_BACK.search(_INSPECTORATE_SAID.sub("", after)) is not None


def says_inspectorate(text: str) -> bool:
    """Whether a sentence names the inspectorate as who says or finds what it tells."""
    return _INSPECTORATE_SAYS.search(text) is not None


def has_earlier_words(text: str) -> bool:
    return _EARLIER_WORDS.search(text) is not None


def _undated(place: Place, ahead: str, *, found: bool, now: bool) -> Told:
    """A past tense without a date: told now where it is what the inspectorate finds or does, else it may be either."""
    if not now or "had" in place.aux or _EARLIER_WORDS.search(ahead):
        return Told.UNCLEAR
    if found:
        return Told.NOW
    if not place.follows and _EARLIER_WORDS.search(place.before):
        return Told.UNCLEAR
    return Told.NOW if place.active else Told.PAST


def _found(ahead: str, *, spoken: bool) -> bool:
    """Whether the words before a claim say that the inspectorate found or judged it so."""
    if GRADED_ACROSS.search(ahead):
        return True
    reported = _REPORTED.search(ahead)
    if reported is None or reported["verb"].casefold() in _REMARKS:
        return False
    return _now_opening(ahead[: reported.start()], spoken=spoken) and (
        spoken or _FIRST_PERSON.match(reported.group()) is None
    )


def _now_opening(opening: str, *, spoken: bool) -> bool:
    if _NOW_OPENINGS.match(opening) is None:
        return False
    return spoken or re.search(r"\bwe (?:have )?\w+ that ", opening, re.IGNORECASE) is None


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
