"""What was found: the listed findings, each with its lead-in, marked as praise, concern or neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.details.polarity import any_of, polarity_of
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.types import Finding, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import ItemList, Sections


# What leads into findings: somebody finds, judges or says, or the sentence itself says what is right or wrong.
_REPORTS_FINDINGS = any_of(
    "f(?:ou|i)nds?|findings",
    "judged|graded|rated|assessed as",
    "concluded|noted|identified|observed|highlighted|reported|saw|said|says|told|warned|added",
    "concern(?:s|ed)?|disappoint(?:ed|ing|ments?)|worried",
    "pleased|reassured|satisfied|glad|encourag(?:ed|ing)|commend(?:s|ed)|prais(?:es|ed)|congratulate(?:s|d)|welcome(?:s|d)|impressed",
    "positive|strengths|weaknesses|shortcomings|failings|improvements?|progress",
    "causes? of concern|areas? for improvement",
    "because|includ(?:e|es|ed|ing)|such as|for example|draws? attention|(?:inspectors|HMIC(?:FRS)?|it|we) reports?",
    "needs? to|must|should|has to|fail(?:s|ed|ing)? to",
    "(?:is|are|was|were|has|have|does|did)(?: not|n't)",
    "good|outstanding|adequate|inadequate|requir(?:es?|ing) improvement",
)
# Lists of what was looked at, asked, recommended, linked or attached are not findings.
_OTHER_LIST = any_of(
    "ask(?:ed|ing|s)",
    "(?:assessed|inspected|judged|graded|measured) against",
    "looked at|examined|considers?|considered|covers?|covered|focus(?:es|ed|sed)?",
    "sections? on",
    "following (?:areas|questions|forces|services|criteria|themes|grades|bodies)",
    "written in|consists? of|made up of|divided into|parts:",
    "questions?",
    "recommend(?:s|ed|ations?)?",
    "consult(?:ing|ation|s)?",
    "available|contact|further information|more information|see also|links?|click",
    "definitions?|defined as|means|criteria|characteristics",
)
_NEVER_FINDINGS = any_of(
    "sections? on",
    r"(?:chief (?:constables|officers)|forces|services|Home Office|College of Policing) (?:should|must|needs? to)",
    "recommend(?:s|ed|ations?)?",
    "ask(?:ed|ing|s)",
    "questions?",
    "following areas",
    "against",
)
_GRADED = re.compile(
    r"^(?:is|are|was|were|has been|it is|remains|as)?(?: (?:graded|judged|rated|assessed)(?: as)?)? ?['\"]?"
    r"(?P<grade>outstanding|good|adequate|inadequate|requir(?:es?|ing) improvement)\b['\"]?,? (?:at|in|for|with|on)\b",
    re.IGNORECASE,
)
_POLARITY_OF_GRADE = {"outstanding": Polarity.PRAISE, "good": Polarity.PRAISE, "adequate": Polarity.NEUTRAL}
_GOES_ON = re.compile(r"(?:These|This|They|Among them|Examples) ")
_LIST_END = re.compile(r"(?:[;,]\s(?:and|or|but)|[;,])$")


def read_findings(sections: Sections) -> tuple[tuple[Finding, ...], list[str]]:
    """The findings of every list that reports them, in order, and doubts about lists that may or may not."""
    findings: list[Finding] = []
    doubts: list[str] = []
    for items in sections.lists:
        lead_in = _lead_in(items)
        if _reports_findings(items, lead_in):
            said = _said_before(items, lead_in)
            findings += [_finding(lead_in, said, words) for words in _without_list_ends(items.items)]
        elif not _is_other_list(items, lead_in):
            doubts.append(f"A list was not taken for findings; it begins “{items.items[0].text[:80]}”")
    return tuple(findings), doubts


def _reports_findings(items: ItemList, lead_in: Passage | None) -> bool:
    if all(item.plain.endswith("?") or " " not in item.plain for item in items.items):
        return False
    if lead_in is None:  # lost; a list of grades still tells that it is one
        return all(_GRADED.match(item.plain) for item in items.items)
    if _NEVER_FINDINGS.search(lead_in.plain):
        return False
    return _REPORTS_FINDINGS.search(lead_in.plain) is not None or (
        _OTHER_LIST.search(lead_in.plain) is None and bool(find_bodies(lead_in.text))
    )


def _lead_in(items: ItemList) -> Passage | None:
    """The last sentence before the list: the one that ends in a colon."""
    last = items.lead_in.sentences()[-1] if items.lead_in else None
    return last if last and len(last.plain) <= LONGEST_SENTENCE else None


def _is_other_list(items: ItemList, lead_in: Passage | None) -> bool:
    if lead_in and _OTHER_LIST.search(lead_in.plain):
        return True
    return all(item.plain.endswith("?") for item in items.items)


def _said_before(items: ItemList, lead_in: Passage | None) -> str:
    """What gives the items their sense: the lead-in, with the sentence before it that "These include:" goes on from."""
    if lead_in is None or items.lead_in is None:
        return ""
    if not _GOES_ON.match(lead_in.plain):
        return lead_in.plain
    return " ".join(sentence.plain for sentence in items.lead_in.sentences()[-2:])


def _finding(lead_in: Passage | None, said: str, words: Passage) -> Finding:
    return Finding(lead_in.text if lead_in else "", words.text, _polarity(said, words), words.evidence())


def _polarity(said: str, words: Passage) -> Polarity:
    """A finding that is a grade is as good as the grade; others are told by their lead-in and their words."""
    if graded := _GRADED.match(words.plain):
        return _POLARITY_OF_GRADE.get(graded["grade"].casefold(), Polarity.CONCERN)
    return polarity_of(said, words.plain)


def _without_list_ends(items: tuple[Passage, ...]) -> Iterator[Passage]:
    """Without the `; and` that ties list items together; a full stop stays only where the item is a sentence."""
    sentences_tied = any(_LIST_END.search(item.plain) and item.plain[:1].isupper() for item in items)
    for item in items:
        end = _LIST_END.search(item.plain)
        if end and end.start() > 0:
            yield item.cut(0, end.start())
        elif (
            item.plain.endswith(".")
            and len(item.plain) > 1
            and (sentences_tied or item.plain.lstrip("'\"")[:1].islower())
        ):
            yield item.cut(0, len(item.plain) - 1)
        else:
            yield item
