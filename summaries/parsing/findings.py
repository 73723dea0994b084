"""What was found: the listed findings, each with its lead-in, marked as praise, concern or neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.polarity import any_of, polarity_of
from summaries.parsing.sentences import LONGEST_SENTENCE
from summaries.types import Finding

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage
    from summaries.parsing.sections import ItemList, Sections


_REPORTS_FINDINGS = any_of(
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
_OTHER_LIST = any_of(
    "asked",
    "asking",
    "asks",
    "assessed against",
    "following areas",
    "written in",
    "questions",
    "recommend(?:s|ed|ations)?",
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
