"""Topics from the controlled vocabulary in `data/topics.csv`, each with the words that earned it.

The headline, the findings, what was said and the paragraphs that tell of the body itself are looked at: those that all
releases of a programme share would give every force the same topics.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from summaries.register import rows

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import Sections
    from summaries.types import Evidence


@cache
def _vocabulary() -> dict[str, re.Pattern[str]]:
    return {row["topic"]: _any_of(row["phrases"].split("|")) for row in rows("topics.csv")}


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    """The phrases as whole words in any case; a hyphen may be printed as a space."""
    forms = [re.escape(phrase).replace(re.escape("-"), "[- ]") for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


_THE_BODY = re.compile(
    r"\b(?:the|this) (?:force|service|constabulary|brigade)(?:'s)?\b|\bHMIC(?:FRS)? (?:found|said|graded|judged)\b",
    re.IGNORECASE,
)
_ALL_BODIES = re.compile(r"\b(?:forces|services|constabularies)\b|\ba (?:police )?(?:force|service)\b", re.IGNORECASE)


def _tells_of_body(passage: Passage) -> bool:
    return _THE_BODY.search(passage.plain) is not None and _ALL_BODIES.search(passage.plain) is None


def read_topics(sections: Sections) -> dict[str, tuple[Evidence, ...]]:
    """Topic to the spans that earned it, topics in the order of the vocabulary."""
    passages = [sections.headline]
    passages += [item for items in sections.lists for item in items.items]
    passages += [paragraph for spoken in sections.spoken for paragraph in spoken.quotation.paragraphs]
    passages += [passage for passage in (*sections.context, *sections.closing) if _tells_of_body(passage)]
    passages.sort(key=lambda passage: passage.start)
    found = {
        topic: tuple(
            passage.evidence(*words.span()) for passage in passages for words in pattern.finditer(passage.plain)
        )
        for topic, pattern in _vocabulary().items()
    }
    return {topic: spans for topic, spans in found.items() if spans}
