"""The stable id of a release: what it is about, never where it was found, so that it survives moves and re-fetches."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from summaries.register import normalise

if TYPE_CHECKING:
    from summaries.parsing.framework import Framework
    from summaries.parsing.sections import Sections

_LONGEST_SLUG = 60


def release_id(framework: Framework, subjects: tuple[str, ...], sections: Sections) -> str:
    """`peel-2016-legitimacy-thames-valley`; when programme, cycle or body is unknown, the title and a short hash of the
    opening words, because two releases may share a title."""
    if framework.programme and framework.cycle and len(subjects) == 1:
        parts = [framework.programme, framework.cycle, framework.pillar.value if framework.pillar else "", subjects[0]]
        return "-".join(_slug(part) for part in parts if part)
    opening = sections.context[0].plain if sections.context else ""
    digest = hashlib.sha256(normalise(f"{sections.headline.plain} {opening}").encode()).hexdigest()[:8]
    title = _slug(sections.headline.plain)[:_LONGEST_SLUG].strip("-")
    return f"{title}-{digest}" if title else f"release-{digest}"


def _slug(text: str) -> str:
    return normalise(text).replace(" ", "-")
