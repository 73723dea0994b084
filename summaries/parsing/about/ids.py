"""The stable id of a release: what it is about, else the canonical slug of its page, else its title.

Never where it was found: host, path, file and feed change, and a copy on another site is the same release. Text is no
key either: two fifths of each PEEL release are the same in all 43.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from summaries.frameworks import has_pillars, programmes
from summaries.register import normalise
from summaries.types import Kind

if TYPE_CHECKING:
    from summaries.parsing.about.framework import Framework
    from summaries.parsing.about.origin import Origin
    from summaries.parsing.layout.sections import Sections

_LONGEST_SLUG = 120
# Inspections that come again with no cycle to tell them apart, under the same headline.
_ROLLING = frozenset((Kind.CUSTODY, Kind.CHILD_PROTECTION, Kind.DATA_INTEGRITY))
_TELLING_WORDS = 6  # a title of fewer words ("Custody inspection report") may be that of several releases
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['‘’`\"“”]")


def release_id(
    framework: Framework, subjects: tuple[str, ...], sections: Sections, origin: Origin, *, graded: bool
) -> str:
    """`peel-2016-legitimacy-thames-valley`, with the kind where it is not the usual one of the programme.

    Where that would not tell two releases apart, because programme, cycle, body or the pillar of a programme graded by
    pillars is unknown, it is the page's slug, with the body where a page holds many; without a page the title in the
    same form, and a short hash of the opening words where the title is too short to be one release's alone. `graded`:
    the release itself gives grades, so that it is the one that announces the inspection."""
    if framework.programme and framework.cycle and len(subjects) == 1 and _is_settled(framework, graded=graded):
        usual = programmes()[framework.programme].kind
        parts = [
            framework.programme,
            framework.cycle,
            framework.pillar.value if framework.pillar else "",
            framework.kind.value if framework.kind is not usual else "",
            subjects[0],
        ]
        return "-".join(_slug(part) for part in parts if part)
    if origin.page_heading:
        page = origin.slug or title_slug(origin.page_heading)
        return f"{page}-{subjects[0]}" if len(subjects) == 1 else f"{page}-{title_slug(sections.headline.plain)}"
    return origin.slug or _id_by_title(framework, sections)


def title_slug(title: str) -> str:
    """A title as the site makes a slug of it: apostrophes and accents dropped, all else a hyphen."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", title)).casefold()
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    return _NOT_SLUG.sub("-", letters)[:_LONGEST_SLUG].strip("-")


def _id_by_title(framework: Framework, sections: Sections) -> str:
    title = title_slug(sections.headline.plain)
    if title.count("-") + 1 >= _TELLING_WORDS and framework.kind not in _ROLLING:
        return title
    opening = sections.context[0].plain if sections.context else ""
    digest = hashlib.sha256(normalise(f"{sections.headline.plain} {opening}").encode()).hexdigest()[:8]
    return f"{title}-{digest}" if title else f"release-{digest}"


def _is_settled(framework: Framework, *, graded: bool) -> bool:
    """Whether programme and cycle say which of a body's releases it is."""
    if framework.pillar is not None:
        return True
    return graded or not (framework.programme and has_pillars(framework.programme))


def _slug(text: str) -> str:
    return normalise(text).replace(" ", "-")
