"""What was found: the listed findings, each with its lead-in, marked as praise, concern or neither by stated rules.

In this order: a lead-in that denies ("because it is not:") or regrets ("concerned to find:") makes every item a
concern; words of shortcoming make a finding a concern, even after praise ("committed …, although … hindered by");
words of intention leave it neutral; words of approval, or a lead-in that is pleased, make it praise; a bare fact is
neutral.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.sentences import LONGEST_SENTENCE
from summaries.types import Finding, Polarity

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import ItemList, Sections


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_REPORTS_FINDINGS = _any_of(
    "f(?:ou|i)nds?",
    "judged",
    "concluded",
    "noted",
    "identified",
    "observed",
    "concerned",
    "pleased",
    "because",
    "needs to",
)
# Lists of what was looked at, asked or recommended are not findings.
_OTHER_LIST = _any_of(
    "asked",
    "asking",
    "asks",
    "assessed against",
    "following areas",
    "written in",
    "questions",
    "recommend(?:s|ed|ations)?",
)
_DENIES = re.compile(
    r"\b(?:(?:is|are|was|were|does|do|did|has|have) not|needs? to|should|must)(?: \w{1,20}){0,2}:$"
    r"|\bfail(?:s|ed|ing) to:$"
)
_REGRETS = _any_of("concerned", "disappointed", "disappointing")
_PLEASED = _any_of("pleased", "encouraged", "congratulated", "commended", "impressed")

_SHORTCOMING = _any_of(
    r"(?:should|must) (?:\w{1,20} )?(?:improve|do|ensure|make|address|take|work|review|consider)",
    r"(?:^|(?:it|force|service|police|constabulary|and|but|they|however) )(?:also |still )?needs? to",
    "needs? (?:\\w{1,20} )?improvements?",
    "requires improvement",
    "(?:hindered|hampered|undermined|let down|weakened) by",
    "absence of",
    "lacks?(?: of)?|lacking",
    "(?:reduction|shortage|decrease|fall) in (?:the number of )?(?:\\w{1,20} )?(?:staff|officers|capacity)",
    "inappropriate behaviou?r",
    "fail(?:s|ed|ing|ures?)?",
    "poor(?:ly)?|weak(?:ness|nesses)?|inadequate|insufficient(?:ly)?|inconsistent(?:ly)?|ineffective",
    "not (?:yet |always |fully |consistently )?(?:enough|sufficient(?:ly)?|clear|effective|adequate|able|consistent)",
    "(?:do|does|did|has|have|is|are) not (?:yet|always|fully|consistently|adequately|routinely|understand|have)",
    "too (?:slow|few|many|often|long)",
    "concern(?:s|ed|ing)?",
    "backlogs?|delays?",
    "could do more|more could be done",
)
_INTENTION = _any_of(
    "taking steps to",
    "working to",
    "work(?:ing)? towards",
    "plan(?:s|ning)? to",
    "intends? to",
    "aims? to",
    "has started to",
    "is developing",
    "is reviewing",
    "has begun to",
)
_APPROVAL = _any_of(
    "good|strong(?:ly)?|effective(?:ly)?|excellent|outstanding|positive(?:ly)?|impressive|well|robust",
    "clear improvements?|has improved|have improved|significant(?:ly)? (?:progress|improve(?:d|ments?))",
    "(?:is|are) (?:clear|clearer|committed|proactive|to be commended|praised)",
    "commend(?:s|ed|able)|pleased|encourag(?:ed|ing)",
    "understands?(?: \\w{1,20})? (?:the|its|that|how)",
    "treats? (?:\\w{1,20} ){1,5}(?:with fairness and respect|fairly|with respect)",
    "fairly and (?:respectfully|with respect)",
)
_LIST_END = re.compile(r"(?:[;,]\s(?:and|or)|[;,])$")


def read_findings(sections: Sections) -> tuple[tuple[Finding, ...], list[str]]:
    """The findings of every list that reports them, in order, and doubts about lists that may or may not."""
    findings: list[Finding] = []
    doubts: list[str] = []
    for items in sections.lists:
        lead_in = _lead_in(items)
        if _is_other_list(items, lead_in):
            continue
        if lead_in and (_REPORTS_FINDINGS.search(lead_in.plain) or find_bodies(lead_in.text)):
            findings += [_finding(lead_in, item) for item in items.items]
        else:
            doubts.append(f"A list was not taken for findings; it begins “{items.items[0].text[:80]}”")
    return tuple(findings), doubts


def _lead_in(items: ItemList) -> Passage | None:
    """The last sentence before the list: the one that ends in a colon."""
    last = items.lead_in.sentences()[-1] if items.lead_in else None
    return last if last and len(last.plain) <= LONGEST_SENTENCE else None


def _is_other_list(items: ItemList, lead_in: Passage | None) -> bool:
    if lead_in and _OTHER_LIST.search(lead_in.plain):
        return True
    return all(item.plain.endswith("?") for item in items.items)


def _finding(lead_in: Passage, item: Passage) -> Finding:
    words = _without_list_end(item)
    return Finding(lead_in.text, words.text, polarity_of(lead_in.plain, words.plain), words.evidence())


def _without_list_end(item: Passage) -> Passage:
    """Without the `; and` that ties list items together; the full stop stays only where the item is a sentence."""
    end = _LIST_END.search(item.plain)
    if end and end.start() > 0:
        return item.cut(0, end.start())
    if item.plain.endswith(".") and item.plain[:1].islower() and len(item.plain) > 1:
        return item.cut(0, len(item.plain) - 1)
    return item


def polarity_of(lead_in: str, text: str) -> Polarity:
    """Praise, concern or neutral, by the rules above; quotes and hyphens in both are plain ones."""
    if _DENIES.search(lead_in) or _REGRETS.search(lead_in) or _SHORTCOMING.search(text):
        return Polarity.CONCERN
    if _INTENTION.search(text):
        return Polarity.NEUTRAL
    if _APPROVAL.search(text) or _PLEASED.search(lead_in):
        return Polarity.PRAISE
    return Polarity.NEUTRAL
