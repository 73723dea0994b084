"""Whether another text of a release that is held corrects it, or is only another copy of it.

The inspectorate corrects a few words, on its own pages. The same words in another layout, a copy on another site and a
text that reads quite otherwise are copies: to tell followers of them as corrections would be false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from summaries.parsing import plain_words
from summaries.parsing.about.origin import is_inspectorate_host, is_web

if TYPE_CHECKING:
    from summaries.ports import StoredRelease
    from summaries.types import Release

#: How alike (0 to 100) a text found elsewhere must be to one held to be a corrected version of it.
ALIKE = 90.0


def corrects(held: StoredRelease, release: Release, location: str, *, last_here: str | None) -> bool:
    """Whether `release`, read at a location, is a correction of the one held. `last_here` is the text of it last stored
    from that location, if any: what has not changed there is no news, whatever other places say."""
    found, known = plain_words(release.text), plain_words(held.release.text)
    if found == known or (last_here is not None and found == plain_words(last_here)):
        return False
    if held.location == location:
        return True
    if standing(location) < standing(held.location):
        return False
    return fuzz.ratio(found, known) >= ALIKE


def standing(location: str) -> int:
    """How near to the inspectorate a location is: its own pages and what people hand in, then others of government,
    then other sites. A lower one never replaces a higher."""
    if not is_web(location):
        return 3
    try:
        host = (urlsplit(location).hostname or "").casefold()
    except ValueError:
        return 0
    if is_inspectorate_host(host):
        return 3
    return 2 if host.endswith(".gov.uk") else 1
