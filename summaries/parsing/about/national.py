"""Releases about all forces or services: what they say of one is an example."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.about.places import without_publisher

if TYPE_CHECKING:
    from summaries.parsing.about.places import Places
    from summaries.parsing.layout.passage import Passage

_COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|all|most|many|some|every|each)"
)
_NATIONAL = re.compile(
    rf"(?<!one of )(?<!among )\b(?:{_COUNT} (?:of the |other |the )?(?:\d\d )?(?:police )?forces?"
    rf"|forces in England(?: and Wales)?|police forces\b(?! in)"
    rf"|{_COUNT} (?:of the |other )?(?:fire and rescue )?services"
    r"|fire and rescue services"
    r"|(?:two-thirds|majority|number) of (?:police )?forces|only (?:police )?force"
    r"|national (?:overview|report|picture))\b",
    re.IGNORECASE,
)
_OVERVIEW = re.compile(
    r"\bnational (?:overview|report|thematic)|\ball forces\b|\bforce (?:press releases|reports)\b", re.IGNORECASE
)


def is_national(places: Places) -> bool:
    """Whether the headline speaks of many forces, or a linked report is an overview of them."""
    if any(_OVERVIEW.search(place.passage.plain) for place in (places.headline, *places.titles)):
        return True
    return _NATIONAL.search(without_publisher(_without_joint(places.headline.passage))) is not None


def _without_joint(headline: Passage) -> str:
    """The headline without "Derbyshire and Kent police forces", which are two forces and no more."""
    plain = headline.plain
    mentions = find_bodies(headline.text)
    if mentions and not mentions[-1].bare:
        end = mentions[-1].end
        tail = re.match(r"(?: police)? forces\b", plain[end:])
        if tail and not re.search(r"\d", plain):
            return plain[: mentions[0].start] + plain[end + tail.end() :]
    return plain
