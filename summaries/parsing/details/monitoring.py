"""Whether a body moved into, out of or stayed in enhanced monitoring (Engage), and since when.

A release on leaving also recalls entering: the headline and the opening decide, the recalled move only dates it. What
may happen to a force, and what becomes of forces in general, is no event.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.layout.printed_dates import MONTH
from summaries.types import Monitoring, MonitoringEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summaries.parsing.layout.passage import Passage

_STAGE = (
    r"(?:(?:an? |the )?['\"]?(?:enhanced|advanced) (?:level of |phase of )?monitoring"
    r"|(?:the |its )?['\"]?Engage\b['\"]?(?: (?:phase|stage|process))?|special measures)"
)
_LEFT = re.compile(
    rf"\b(?:(?:remov|releas|tak|mov|com|step|return)\w{{0,4}}(?: (?!into|in\b)\w{{1,20}}){{0,5}}? (?:from|out of)"
    rf"|leav(?:es|ing|e)|left|exit(?:s|ed|ing)?|ends?|ended|(?:no longer|not) (?:\w{{1,10}} )?in|lifted from) {_STAGE}"
    r"|\b(?:return|mov)\w{0,4}(?: \w{1,20}){0,6}? to (?:the )?(?:Scan|default|routine)\b",
    re.IGNORECASE,
)
_REMAINS = re.compile(
    r"\b(?:remain(?:s|ed|ing)?|stay(?:s|ed)?|still|continues? to be|will (?:remain|stay)|kept)"
    rf" (?:\w{{1,10}} )?(?:in|under) {_STAGE}",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"\b(?:mov|plac|escalat|put|enter|brought|taken)\w{0,4}(?: [\w&'-]{1,20}){0,8}? (?:into|in|to|under|up to)"
    rf" {_STAGE}"
    rf"|\benter(?:s|ed|ing)? {_STAGE}|\b(?:is|are) now in {_STAGE}",
    re.IGNORECASE,
)
_ORDER = (
    (MonitoringEvent.LEFT, _LEFT),
    (MonitoringEvent.REMAINS, _REMAINS),
    (MonitoringEvent.ENTERED, _ENTERED),
)
_MAY = re.compile(
    r"\b(?:may|might|can|could|would|should|if|(?:when|where) (?:a|an|any|they|we)|any (?:force|service)|forces"
    r"|services)\b",
    re.IGNORECASE,
)
_THE_BODY = re.compile(r"\b(?:the|this) (?:force|service|constabulary|brigade)\b|\bit\b", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(?:on|in|since|from) (?P<when>(?:\d{{1,2}} )?(?:(?:early|late) )?(?:{MONTH}) 20\d\d|20\d\d)\b"
    r"(?! (?:inspection|report))"
)


def read_monitoring(passages: Sequence[Passage], subjects: tuple[str, ...]) -> Monitoring | None:
    """The event of the one subject, from the headline downwards. `since` are the words that date its entering."""
    if len(subjects) != 1:
        return None
    own = [sentence for passage in passages for sentence in passage.sentences() if _is_of(sentence, subjects[0])]
    for sentence in own:
        for event, pattern in _ORDER:
            if pattern.search(sentence.plain):
                return Monitoring(event, _since(own), sentence.evidence())
    return None


def _is_of(sentence: Passage, subject: str) -> bool:
    if _MAY.search(sentence.plain):
        return False
    named = {mention.body.id for mention in find_bodies(sentence.text)}
    return subject in named if named else _THE_BODY.search(sentence.plain) is not None


def _since(sentences: Iterable[Passage]) -> str | None:
    """When it entered: the date in the sentence that says so, or "since …" beside the stage."""
    for sentence in sentences:
        entered = _ENTERED.search(sentence.plain) or _REMAINS.search(sentence.plain)
        stage = entered or re.search(rf"\bin {_STAGE}", sentence.plain, re.IGNORECASE)
        when = _SINCE.search(sentence.plain, stage.start()) if stage else None
        if when:
            return sentence.text[when.start("when") : when.end("when")]
    return None
