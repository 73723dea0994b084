"""The bodies a release names: whom it is about, and who else is mentioned.

A bare area ("the people of Kent") names no body. A release is about the bodies in its headline, else in the lead-in to
its findings, else in its first paragraph when that names only one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.mentions import Mention, find_bodies
from summaries.types import BodyRole, NamedBody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import Sections


def read_bodies(sections: Sections) -> tuple[NamedBody, ...]:
    """Each body once, with its first mention: subjects first, then the others in the order they are named."""
    first: dict[str, NamedBody] = {}
    subjects = _subject_ids(sections)
    for passage in (*sections.body(), *sections.notes):
        for mention in find_bodies(passage.text):
            if mention.body.id in first or mention.bare:
                continue
            role = BodyRole.SUBJECT if mention.body.id in subjects else BodyRole.MENTIONED
            first[mention.body.id] = _named(passage, mention, role)
    return tuple(sorted(first.values(), key=lambda body: body.role is not BodyRole.SUBJECT))


def _named(passage: Passage, mention: Mention, role: BodyRole) -> NamedBody:
    return NamedBody(
        id=mention.body.id,
        name=mention.body.official,
        printed_as=passage.text[mention.start : mention.end],
        role=role,
        evidence=passage.evidence(mention.start, mention.end),
    )


def _subject_ids(sections: Sections) -> frozenset[str]:
    lead_ins = [items.lead_in for items in sections.lists if items.lead_in]
    for passages in ([sections.headline], lead_ins):
        ids = _ids(passages)
        if ids:
            return ids
    ids = _ids(sections.context[:1])
    return ids if len(ids) == 1 else frozenset()


def _ids(passages: Iterable[Passage]) -> frozenset[str]:
    """The bodies named; a bare area counts only where no body is named in full."""
    mentions = [mention for passage in passages for mention in find_bodies(passage.text)]
    in_full = [mention for mention in mentions if not mention.bare]
    return frozenset(mention.body.id for mention in in_full or mentions)
