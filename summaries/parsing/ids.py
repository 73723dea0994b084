"""The stable id of a release: what it is about, never where it was found, so that it survives moves and re-fetches."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from summaries.frameworks import has_pillars, programmes
from summaries.register import normalise

if TYPE_CHECKING:
    from summaries.parsing.framework import Framework
    from summaries.parsing.sections import Sections
    from summaries.types import Kind

_LONGEST_SLUG = 60


def release_id(framework: Framework, kind: Kind, subjects: tuple[str, ...], sections: Sections) -> str:
    """`peel-2016-legitimacy-thames-valley`, with the kind where it is not the usual one of the programme.

    Where that would not tell two releases apart, because programme, cycle, body or the pillar of a programme that has
    pillars is unknown, it is the title and a short hash of the opening words: two releases may share a title."""
    if framework.programme and framework.cycle and len(subjects) == 1 and _is_pillar_settled(framework):
        usual = programmes()[framework.programme].kind
        parts = [
            framework.programme,
            framework.cycle,
            framework.pillar.value if framework.pillar else "",
            kind.value if kind is not usual else "",
            subjects[0],
        ]
        return "-".join(_slug(part) for part in parts if part)
    opening = sections.context[0].plain if sections.context else ""
    digest = hashlib.sha256(normalise(f"{sections.headline.plain} {opening}").encode()).hexdigest()[:8]
    title = _slug(sections.headline.plain)[:_LONGEST_SLUG].strip("-")
    return f"{title}-{digest}" if title else f"release-{digest}"


def _is_pillar_settled(framework: Framework) -> bool:
    return framework.pillar is not None or not (framework.programme and has_pillars(framework.programme))


def _slug(text: str) -> str:
    return normalise(text).replace(" ", "-")
