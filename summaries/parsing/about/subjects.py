"""Whom a release is about: the bodies of its headline, of the report it links to, of its lead-ins, of its lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import Mention, find_bodies
from summaries.parsing.about.kinds import is_corporate
from summaries.parsing.about.national import is_national
from summaries.parsing.about.page_shapes import is_list
from summaries.parsing.about.places import REPORT_TITLE, without_publisher
from summaries.parsing.about.regions import REGIONAL, unit_named
from summaries.register import BodyKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.about.places import Places
    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections

_FIRE = re.compile(r"\bfire\b|\bfrs\b|\bfirefighters?\b", re.IGNORECASE)
_POLICE = re.compile(r"\bpolic(?:e|ing)\b|\bconstabulary\b|\bforces?\b", re.IGNORECASE)
_ABOUT_NONE = re.compile(
    r"\bsuper-complaints?\b|\bjoint targeted area inspections?\b"
    r"|\bState of (?:Policing|Fire)\b|\bannual assessment of (?:policing|fire)",
    re.IGNORECASE,
)
_PARTNERS = frozenset(
    ("independent-office-for-police-conduct", "serious-organised-crime-agency", "national-policing-improvement-agency")
)
_EXAMPLE = re.compile(
    r"\b(?:such as|including|like|for example|e\.g\.|unlike|compared (?:with|to)|former(?:ly)?|investigated by"
    r"|(?:[Cc]hief constable|[Cc]hief fire officer|[Oo]fficers?|[Ss]econdment|[Ii]nspectors?|[Cc]ommissioner"
    r"|[Cc]ase|[Dd]eath|[Mm]urder|[Kk]illing) (?:\w+ )?(?:of|from|for|to|by|at|in)) (?:the )?$"
)
# What shows that an area alone stands for its body: what is inspected there, or that it is all a heading says.
_INSPECTED_THERE = re.compile(
    r"\b(?:custody|custody suites|custody facilities|inspection|revisit|visit) (?:in|of|at|to) (?:the )?$"
    r"|(?:\bcustody(?: suites| facilities)? in| [-:]) (?:[A-Z][\w'-]{2,30}(?: [A-Z][\w'-]{2,30})?(?:,| and| &) ){1,4}$"
    r"|^(?:In|At) $| [-:] $|[;:] $|\bforces in (?:this|the) \w+ (?:are|were) [^.]{0,120}$"
)
_THEN = re.compile(
    r",? HMIC(?:FRS)?\b|,? inspectors\b| (?:20\d\d|custody)\b|['’]?s? (?:custody|police|force|service)\b|\W*$"
)
_GRADED = re.compile(r"\b(?:graded|judged)\b")
_FORCES_ARE = re.compile(
    r"\bforces (?:in (?:this|the) (?:report|region|inspection)|inspected|we inspected) (?:are|were)\b"
)
_INSPECTED = re.compile(
    r"\b(?:(?:re-?)?inspect(?:ed|ion of)|visited|graded|judged(?: that)?|assess(?:ed|ment of)|performance of"
    r"|report (?:on|into)|found that|moved|removed|praised|told|warned|congratulated) (?:how (?:\w+ )?)?(?:the )?$"
)
_CUSTODY = re.compile(r"\bcustody (?:suites |facilities |provision |services )?(?:in|at) [A-Z]")
# "The Kent, Sussex and Surrey forces have been reviewed by …": there an area alone stands for its force.
_REGION_REVIEWED = re.compile(
    r"\bforces (?:have been|were|are) (?:reviewed|inspected|examined|visited)\b"
    r"|\b(?:examined|inspected|reviewed) the (?:work|performance) of (?:the )?[A-Z]"
)
_LONGEST_LEAD_IN = 250  # characters: longer ones tell a story
_MANY = 4  # bodies in a headline or lead: more are a list of examples


def kind_of_area(places: Places) -> BodyKind:
    """What the name of an area alone stands for: the fire service in a release on fire, else the police force."""
    for place in (places.headline, *places.titles, *places.outside, *places.lead, *places.announced):
        plain = without_publisher(place.passage.plain)
        fire, police = _FIRE.search(plain), _POLICE.search(plain)
        if fire or police:
            return BodyKind.FIRE if fire and not (police and police.start() < fire.start()) else BodyKind.POLICE
    return BodyKind.POLICE


def subject_ids(sections: Sections, places: Places, area: BodyKind) -> frozenset[str]:
    """The register ids of the bodies the release is about; empty for a national, thematic or corporate one."""
    named = (places.headline, *places.titles)
    about_none = any(_ABOUT_NONE.search(place.passage.plain) for place in named)
    if about_none or is_corporate(places, ()) or is_list(sections):
        return frozenset()
    if any(REGIONAL.search(place.passage.plain) for place in (*named, *places.lead)):
        return _in_region(sections, places)
    reports = [place.passage for place in places.titles if REPORT_TITLE.search(place.passage.plain)]
    titled = _few(_ids(reports, area))
    headed = _ids([places.headline.passage], area)
    if titled:
        return headed & titled or titled
    led = _ids(_lead_ins(sections), area)
    if len(headed) == 1 and headed == _ids(_first_sentence(places), area):
        return headed
    if is_national(places):
        return led if len(led) == 1 and headed == led else frozenset()
    if headed or led:
        return _few(headed or led)
    for found in (_ids(_above_lead(places), area), _in_lead(places, area), _in_custody(sections, places)):
        if len(found) == 1:
            return found
    return frozenset()


def _above_lead(places: Places) -> list[Passage]:
    """Lines above the first paragraph: the headline of a copy that has another page's name for its first line."""
    first = places.lead[0].passage.start if places.lead else 0
    return [place.passage for place in places.titles if not places.lead or place.passage.start < first]


def _lead_ins(sections: Sections) -> list[Passage]:
    """The last sentence before each list: "HMICFRS judged that Kent Police:"."""
    last = [items.lead_in.sentences()[-1] for items in sections.lists if items.lead_in]
    return [sentence for sentence in last if len(sentence.plain) <= _LONGEST_LEAD_IN]


def _few(found: frozenset[str]) -> frozenset[str]:
    return found if len(found) <= _MANY else frozenset()


def _in_region(sections: Sections, places: Places) -> frozenset[str]:
    """The unit of the region and each force that is given a grade."""
    items = [item for items in sections.lists for item in items.items]
    told = [
        sentence for place in (*places.announced, *places.rest, *places.lead) for sentence in place.passage.sentences()
    ]
    found = {
        mention.body.id
        for passage in [*items, *told]
        if any(told.search(passage.plain) for told in (_GRADED, _FORCES_ARE, _REGION_REVIEWED))
        for mention in find_bodies(passage.text)
        if not mention.bare
        or _FORCES_ARE.search(passage.plain, 0, mention.start)
        or _REGION_REVIEWED.search(passage.plain)
    }
    unit = unit_named([place.passage for place in places.top])
    return frozenset(found | ({unit} if unit else set()))


def _in_lead(places: Places, area: BodyKind) -> frozenset[str]:
    """The body of the first sentence, else those that later sentences of the lead say were inspected."""
    sentences = [sentence for place in places.lead for sentence in place.passage.sentences()]
    first = _ids(_first_sentence(places), area)
    return first or _in_full(
        mention
        for sentence in sentences[1:]
        for mention in find_bodies(sentence.text, area)
        if _INSPECTED.search(sentence.plain[max(mention.start - 80, 0) : mention.start])
    )


def _first_sentence(places: Places) -> list[Passage]:
    return places.lead[0].passage.sentences()[:1] if places.lead else []


def _in_custody(sections: Sections, places: Places) -> frozenset[str]:
    """The one force that a release on custody in a place names: suites in a London borough are the Met's."""
    if not _CUSTODY.search(places.headline.passage.plain):
        return frozenset()
    mentions = [mention for passage in sections.body() for mention in find_bodies(passage.text)]
    return frozenset(one.body.id for one in mentions if not one.bare and one.body.kind is BodyKind.POLICE)


def _ids(passages: Iterable[Passage], area: BodyKind) -> frozenset[str]:
    """The bodies named; a bare area counts only where no body is named in full."""
    return _in_full(
        mention
        for passage in passages
        for mention in find_bodies(passage.text, area)
        if _may_be_subject(mention, passage)
    )


def _in_full(mentions: Iterable[Mention]) -> frozenset[str]:
    listed = list(mentions)
    in_full = [mention for mention in listed if not mention.bare]
    return frozenset(mention.body.id for mention in in_full or listed)


def _may_be_subject(mention: Mention, passage: Passage) -> bool:
    if mention.body.id in _PARTNERS:
        return False
    return _EXAMPLE.search(passage.plain[max(mention.start - 60, 0) : mention.start]) is None


def shows_body(mention: Mention, passage: Passage) -> bool:
    """Whether the words about a bare area show that its body is meant: "Police custody in North Wales - improved"."""
    before = passage.plain[max(mention.start - 160, 0) : mention.start]
    if not before.strip(" #") or _INSPECTED_THERE.search(before):
        return bool(before.strip(" #")) or _THEN.match(passage.plain, mention.end) is not None
    return False
