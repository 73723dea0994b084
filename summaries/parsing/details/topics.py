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
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections
    from summaries.types import Evidence


_WORD = re.compile(r"\w+")


@cache
def _by_first_word() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Under its first word, each topic with its phrases that begin so: most words of a text begin none."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in rows("topics.csv"):
        phrases: dict[str, list[str]] = {}
        for phrase in row["phrases"].split("|"):
            phrases.setdefault(_WORD.findall(phrase)[0], []).append(phrase)
        for first, beginning in phrases.items():
            found.setdefault(first, []).append((row["topic"], _any_of(beginning)))
    return found


@cache
def _topics() -> tuple[str, ...]:
    return tuple(row["topic"] for row in rows("topics.csv"))


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    """The phrases as whole words in any case; a hyphen may be printed as a space."""
    forms = [re.escape(phrase).replace(re.escape("-"), "[- ]") for phrase in phrases]
    return re.compile(rf"(?:{'|'.join(forms)})\b", re.IGNORECASE)


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
    found: dict[str, list[Evidence]] = {topic: [] for topic in _topics()}
    for passage in passages:
        for topic, start, end in _phrases_in(passage.plain):
            found[topic].append(passage.evidence(start, end))
    return {topic: tuple(spans) for topic, spans in found.items() if spans}


def _phrases_in(plain: str) -> Iterator[tuple[str, int, int]]:
    """Each phrase with its topic, in order; of one topic none overlaps another."""
    ends: dict[str, int] = {}
    for word in _WORD.finditer(plain):
        for topic, phrases in _by_first_word().get(word.group().casefold(), ()):
            words = phrases.match(plain, word.start())
            if words and word.start() >= ends.get(topic, 0):
                ends[topic] = words.end()
                yield topic, *words.span()
