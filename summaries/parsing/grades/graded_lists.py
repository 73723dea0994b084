"""Lists whose items are grades: "HMIC judged that Kent Police: – is ‘good’ at A; – ‘requires improvement’ in how it B".

An item is a grade when it opens with one. That is enough where every item of the list does; in a mixed list the grade
must stand in quotation marks and the lead-in must judge, for "is good at identifying risks" is praise.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from summaries.parsing.grades import claim_grammar as grammar
from summaries.parsing.grades.claim import Claim
from summaries.parsing.grades.claim_times import Telling, Told, has_earlier_words
from summaries.parsing.grades.grade_tails import PREPOSITION, UNFIT, next_at, tail_at
from summaries.parsing.layout.sections import ItemList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections
    from summaries.register import Body
    from summaries.types import Grade


_IS = (
    rf"(?:(?:(?:is|are|was|were|remains)(?: {grammar.ADVERB}){{0,2}}|(?:has|have)(?: {grammar.ADVERB})? been|being)"
    rf"(?: {grammar.VERB})?(?: as)? )?"
)
_ITEM = grammar.pattern(
    rf"(?:as )?(?:(?:the (?:force|service|constabulary|brigade)|it) )?{_IS}{grammar.GRADE}(?=,? {PREPOSITION} )"
)
_NAMED_ITEM = grammar.pattern(
    rf"(?:the )?{grammar.MARK}+(?:,|:| -) {grammar.GRADE}"
    r"(?:;|,)?(?: and)?\.?\Z"
)
# "Investigating crime – requires improvement", "Effectiveness: ‘good’".
_REVERSED = grammar.pattern(
    rf"(?P<matter>[^:;.()]{{3,160}}?)(?: - |: | \(|, )(?:is )?{grammar.GRADE}"
    r"\)?(?:;|,)?(?: and)?\.?\Z"
)
# "The force is good at:", "It was graded ‘good’ in the following areas:"
_GRADE_LEADS = grammar.pattern(
    rf"(?:^|[ ,])(?:(?:it|the (?:force|service|constabulary|brigade)|{grammar.MARK}+) )(?:{_IS}|to be )?"
    rf"{grammar.GRADE} (?:at|in|for)(?: (?:the )?(?:following|these|those)?(?: \w{{2,8}})? ?areas?)?:\Z"
)
_JUDGES = grammar.pattern(rf"\b(?:{grammar.VERB}|grades?|judgments?|gradings?)\b")
_FINDS = grammar.pattern(
    rf"(?:{grammar.INSPECTORATE}|\bit|\bwe|\bI|\breport|\binspection|\btoday)(?: (?:has|have))?"
    r"(?: (?:also|now|today|has))? (?:found|concluded|determined|said|judged|graded|assessed|rated)\b"
    r"|\bfound to be\b|\bfollowing\b"
)
_FOREIGN = grammar.pattern(
    r"\b(?:could|would|should|might|may|if|hopes?|wants?|aims?|not|never|told us|says|survey|plans?|whether|asked"
    r"|asking|how well|to be|criteria|means|defined?|definitions?)\b"
)
_DATED = grammar.pattern(
    r"\b(?:in|during|following|at) (?:[\w' ]{0,40}? )?(?P<when>20\d\d)(?![/\d-])|\b(?P<words>last year|previously)\b"
)
_PERSON = grammar.pattern(r"^(?:the |its )?(?:chief|deputy|assistant|police and crime) ")


def graded_items(sections: Sections) -> Iterator[Claim]:
    """A claim for each item of a list that is a grade, in order."""
    for items in _lists(sections):
        lead_in = items.lead_in.sentences()[-1] if items.lead_in else None
        if lead_in and (heading := _heading_grade(lead_in)):
            yield from (_under(item, lead_in, *heading) for item in items.items)
            continue
        if lead_in and not _leads(lead_in):
            continue
        claims = [_named_item(item, lead_in) or _claims(item, lead_in) for item in items.items]
        if not all(claims) and not (lead_in and _JUDGES.search(lead_in.plain)):
            continue
        for found in claims:
            yield from (claim for claim in found if all(claims) or claim.quoted)


def _named_item(item: Passage, lead_in: Passage | None) -> list[Claim]:
    """ "Kent Police: ‘good’": one body of several, graded as a whole."""
    sentence = item.sentences()[0]
    plain, mentions = grammar.masked(sentence)
    found = _NAMED_ITEM.fullmatch(plain)
    if found is None or len({mention.body.id for mention in mentions}) != 1:
        return []
    claim = _claim(sentence, lead_in, grammar.grade_in(found["grade"]), "", quoted=found["quoted"] is not None)
    return [replace(claim, named=(mentions[0].body,), question=None, overall=True)]


def _heading_grade(lead_in: Passage) -> tuple[Grade, bool] | None:
    """The grade that a lead-in gives to all its items, "HMICFRS said the service was good at:", and whether quoted."""
    plain, _ = grammar.masked(lead_in)
    found = _GRADE_LEADS.search(plain)
    if found is None or _FOREIGN.search(plain) or _PERSON.search(plain):
        return None
    return grammar.grade_in(found["grade"]), found["quoted"] is not None


def _under(item: Passage, lead_in: Passage, grade: Grade, quoted: bool) -> Claim:
    claim = _claim(item.sentences()[0], lead_in, grade, _without_list_end(item.sentences()[0].text), quoted=quoted)
    judged = _JUDGES.search(grammar.masked(lead_in)[0]) is not None
    return replace(claim, judged=judged, under=True)


def _lists(sections: Sections) -> list[ItemList]:
    """The lists of a release, and paragraphs that were a list before an extractor lost its marks."""
    lost: list[ItemList] = []
    for passages in (sections.context, sections.closing):
        run: list[Passage] = []
        before: Passage | None = None
        for passage in passages:
            if _ITEM.match(passage.plain) and passage.plain.startswith(("is ", "was ", "'", '"')):
                run.append(passage)
                continue
            if len(run) > 1:
                lost.append(ItemList(before, tuple(run)))
            run, before = [], passage if passage.plain.endswith(":") else None
        if len(run) > 1:
            lost.append(ItemList(before, tuple(run)))
    return [*sections.lists, *lost]


def _leads(lead_in: Passage) -> bool:
    """Whether a lead-in may lead to grades: it judges or finds, or only names the body."""
    plain, mentions = grammar.masked(lead_in)
    if _FOREIGN.search(plain) or _PERSON.search(plain):
        return False
    if _JUDGES.search(plain) or _FINDS.search(plain):
        return True
    bare = re.sub(rf"{grammar.MARK}+", "", plain).strip(" :")
    return (bool(mentions) and not bare) or bare.casefold() in (
        "the force",
        "the service",
        "the constabulary",
        "the brigade",
    )


def _claims(item: Passage, lead_in: Passage | None) -> list[Claim]:
    sentence = item.sentences()[0]
    plain, _ = grammar.masked(sentence)
    head = _ITEM.match(plain)
    if head is None:
        reverse = _REVERSED.fullmatch(plain) if lead_in and _JUDGES.search(lead_in.plain) else None
        if reverse is None or UNFIT.search(reverse["matter"]):
            return []
        words = sentence.text[slice(*reverse.span("matter"))].strip()
        return [
            _claim(sentence, lead_in, grammar.grade_in(reverse["grade"]), words, quoted=reverse["quoted"] is not None)
        ]
    claims: list[Claim] = []
    grade, quoted, at = head["grade"], head["quoted"] is not None, head.end()
    while (tail := tail_at(plain, at)) and tail.matter:
        words = _without_list_end(sentence.text[slice(*tail.matter)])
        claims.append(_claim(sentence.cut(0, tail.end), lead_in, grammar.grade_in(grade), words, quoted=quoted))
        more = next_at(plain, tail.end)
        if more is None:
            break
        grade, quoted, at = more.grade, more.quoted, more.end
    return claims


def _claim(sentence: Passage, lead_in: Passage | None, grade: Grade, words: str, *, quoted: bool) -> Claim:
    told, when = _told(lead_in)
    return Claim(
        sentence=sentence,
        grade=grade,
        telling=Telling(told, found=True),
        judged=True,
        subject="",
        named=_named(lead_in),
        at=0,
        question=words,
        quoted=quoted,
        listed=True,
        when=when,
        understood=told is not Told.UNCLEAR,
    )


def _named(lead_in: Passage | None) -> tuple[Body, ...]:
    if lead_in is None:
        return ()
    return tuple(dict.fromkeys(mention.body for mention in grammar.masked(lead_in)[1] if not mention.bare))


def _told(lead_in: Passage | None) -> tuple[Told, str | None]:
    """As given now, unless the lead-in says when."""
    if lead_in is None:
        return Told.NOW, None
    dated = _DATED.search(lead_in.plain)
    if dated:
        span = dated.span("when" if dated["when"] else "words")
        return Told.EARLIER, lead_in.text[slice(*span)]
    plain = re.sub(r"\bfirst\b", "", lead_in.plain, flags=re.IGNORECASE)  # "In its first inspection of fire services"
    return (Told.UNCLEAR if has_earlier_words(plain) else Told.NOW), None


def _without_list_end(words: str) -> str:
    return re.sub(r"(?:[;,]? (?:and|but)|[;,.])\s*\Z", "", words.strip()).strip()
