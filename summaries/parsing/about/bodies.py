"""The bodies a release names: whom it is about, and who else is mentioned.

A bare area ("the people of Kent") names no body, unless the release is about one in it. A release on all forces, on
the inspectorate itself or on a complaint is about none, whomever it gives as an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.mentions import Mention, find_bodies
from summaries.parsing.about.origin import Origin
from summaries.parsing.about.places import read_places
from summaries.parsing.about.regions import region_unit
from summaries.parsing.about.subjects import kind_of_area, shows_body, subject_ids
from summaries.types import BodyRole, NamedBody

if TYPE_CHECKING:
    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections


def read_bodies(sections: Sections, origin: Origin = Origin()) -> tuple[NamedBody, ...]:  # noqa: B008
    """Each body once, with its first mention: subjects first, then the others in the order they are named."""
    places = read_places(sections, origin)
    area = kind_of_area(places)
    subjects = subject_ids(sections, places, area)
    passages = [*sections.body(), *sections.notes]
    first: dict[str, NamedBody] = {}
    bare: dict[str, NamedBody] = {}
    for passage in passages:
        for mention in find_bodies(passage.text, area):
            role = BodyRole.SUBJECT if mention.body.id in subjects else BodyRole.MENTIONED
            if not mention.bare:
                first.setdefault(mention.body.id, _named(passage, mention, role))
            elif shows_body(mention, passage):
                bare.setdefault(mention.body.id, _named(passage, mention, role))
    unit = region_unit(passages, subjects)
    if unit:
        bare.setdefault(unit.id, unit)
    for subject in subjects:
        if subject not in first and subject in bare:
            first[subject] = bare[subject]
    return tuple(sorted(first.values(), key=lambda body: body.role is not BodyRole.SUBJECT))


def _named(passage: Passage, mention: Mention, role: BodyRole) -> NamedBody:
    return NamedBody(
        id=mention.body.id,
        name=mention.body.official,
        printed_as=passage.text[mention.start : mention.end],
        role=role,
        evidence=passage.evidence(mention.start, mention.end),
    )
