"""What sort of release it is: from what happened, then from its programme, then from what it reports."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from summaries.parsing.about.places import without_publisher
from summaries.parsing.about.programmes import FIRE, kind_about_no_body, usual_kind
from summaries.register import BodyKind, bodies, rows
from summaries.types import Kind, Pillar

if TYPE_CHECKING:
    from summaries.parsing.about.places import Place, Places

# "Engage" is also a verb, so that what stands beside it must show that the phase is meant.
_MONITORING = (
    r"(?:\benhanced (?:level of )?monitoring\b|\bspecial measures\b|\bdefault phase of monitoring\b"
    r"|\b(?:into|from|out of|in|under|of|the|our|its|leav(?:es|ing)|left|enter(?:s|ed|ing)"
    r"|exit(?:s|ed|ing)?|after|since) ['\"]?Engage\b|\bEngage['\"]? (?:phase|process|stage|monitoring|status)\b)"
)
_NAMES_MONITORING = re.compile(_MONITORING)
_MOVED_TODAY = re.compile(
    r"\b(?:has|have|was|were|been|is|are|will be) (?:today |now |therefore |been ){0,3}"
    r"(?:moved|removed|placed|put|escalated|taken|decided|released|returned|entered|left)\b"
)
# "three years after Engage" looks back; "Following improvements, X was removed from Engage" does not.
_AFTERWARDS = re.compile(
    rf"\b(?:since|after|despite|following|while|when|during)\b[^.,;]{{0,60}}?{_MONITORING}|\b(?:since|after) Engage\b"
)
_PEEL_REPORT = re.compile(r"\bAn inspection of\b", re.IGNORECASE)
_REVISIT = re.compile(r"\brevisit(?:s|ed|ing)?\b|\bre-visit(?:s|ed)?\b", re.IGNORECASE)
_DURING_REVISIT = re.compile(r"\b(?:during|on|in) (?:the|this|its|our|a) revisit\b|\brevisit finds\b", re.IGNORECASE)
_REPORTS = re.compile(
    r"\b(?:HMIC(?:FRS)?|[Ii]nspectors?|[Ii]nspectorates?|[Ii]nspections?|[Rr]evisits?|[Rr]eport|[Rr]eview|watchdog)\b"
    r"[^.]{0,160}?\b(?:found|finds|find|says?|said|published|concluded|warn(?:s|ed)|calls? for|praised|judged|graded"
    r"|identified|identifies|revealed|highlight(?:s|ed)|examined|looked at|shows?|inspected|recommend(?:s|ed))\b"
    r"|\binspected by\b|\b(?:[Aa]ccording to|[Ff]ollowing) (?:a|the|an) (?:new )?(?:report|inspection)\b"
)

_INSPECTED = re.compile(r"\b(?:re-?)?inspect(?:ed|ion|ions)\b|\breport published\b", re.IGNORECASE)
_REVISITED_KINDS = frozenset((Kind.FORCE_INSPECTION, Kind.FIRE_INSPECTION))


def kind_of(places: Places, subjects: tuple[str, ...], programme: str | None, pillar: Pillar | None) -> Kind:
    """What sort of release this is. `programme` is what its words name, though it may only be recalled: a release that
    says a force was moved is one on monitoring, whatever inspection it then tells of."""
    if tells_of_monitoring(places, subjects):
        return Kind.MONITORING
    if is_corporate(places, subjects):
        return Kind.CORPORATE
    if programme:
        return _kind_in(programme, places, subjects)
    return _kind_alone(places, subjects, pillar)


def tells_of_monitoring(places: Places, subjects: tuple[str, ...]) -> bool:
    """Whether enhanced monitoring is the news, told by the headline, or by the lead of a release about a body."""
    headline = places.headline.passage.plain
    if _NAMES_MONITORING.search(headline):
        return _AFTERWARDS.search(headline) is None
    if not subjects or any(_PEEL_REPORT.search(title.passage.plain) for title in places.titles):
        return False
    sentences = [sentence.plain for place in places.lead for sentence in place.passage.sentences()]
    return any(
        _NAMES_MONITORING.search(sentence) and _MOVED_TODAY.search(sentence) and not _AFTERWARDS.search(sentence)
        for sentence in sentences
    )


def is_corporate(places: Places, subjects: tuple[str, ...]) -> bool:
    """Whether the inspectorate speaks of itself: appointments, consultations, plans, statements."""
    if _corporate("headline").search(places.headline.passage.plain):
        return True
    return not subjects and any(_corporate("lead").search(place.passage.plain) for place in places.lead)


@cache
def _corporate(where: str) -> re.Pattern[str]:
    words = [re.escape(row["words"]) for row in rows("kind_words.csv") if row["where"] == where]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _kind_in(programme: str, places: Places, subjects: tuple[str, ...]) -> Kind:
    kind = usual_kind(programme)
    if not subjects:
        return kind_about_no_body(programme)
    return Kind.REVISIT if kind in _REVISITED_KINDS and _is_revisit(places) else kind


def _is_revisit(places: Places) -> bool:
    named = (places.headline, *places.titles, *places.outside)
    if any(_REVISIT.search(place.passage.plain) for place in named):
        return True
    lead_ins = [place for place in places.rest if place.passage.plain.endswith(":")]
    return any(_DURING_REVISIT.search(place.passage.plain) for place in (*places.lead, *lead_ins))


def _kind_alone(places: Places, subjects: tuple[str, ...], pillar: Pillar | None) -> Kind:
    """Of no programme we know: a force's inspection, a thematic one, or no inspection at all."""
    if pillar and subjects:
        return Kind.FORCE_INSPECTION
    told: tuple[Place, ...] = (*places.top, *places.announced, *places.rest)
    if not any(_REPORTS.search(place.passage.plain) for place in told):
        return Kind.OTHER
    if not subjects:
        return Kind.THEMATIC
    if _is_revisit(places):
        return Kind.REVISIT
    if all(bodies()[subject].kind is BodyKind.FIRE for subject in subjects):
        return usual_kind(FIRE)
    titled = any(_INSPECTED.search(without_publisher(place.passage.plain)) for place in places.top)
    return Kind.FORCE_INSPECTION if titled else Kind.OTHER
