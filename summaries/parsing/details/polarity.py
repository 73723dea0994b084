"""Whether a finding praises, raises a concern or does neither, by stated rules.

In this order: a lead-in that denies ("because it is not:") or regrets ("concerned to find:") makes every item a
concern; approval that is denied ("is not good at") and words of shortcoming make a finding a concern, also after praise
that the sentence takes back ("committed …, although … hindered by"), but beside praise that it does not take back they
leave it neutral; words of intention leave it neutral; words of approval, or a lead-in that is pleased, make it praise;
a bare fact, and a shortcoming that is denied ("has no backlogs"), are neutral.
"""

from __future__ import annotations

import re

from summaries.types import Polarity


def any_of(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases as whole words, in any case."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_DENIES = re.compile(
    r"\b(?:(?:is|are|was|were|does|do|did|has|have)(?: not|n't)|(?:needs?|has|have) to|should|must)"
    r"(?: \w{1,20}){0,3}:?$"
    r"|\bfail(?:s|ed|ing) to:?$|\b(?:inadequate|requir(?:es?|ing) improvement)['\"]? (?:at|in|for):?$",
    re.IGNORECASE,
)
_REGRETS = any_of(
    "concern(?:s|ed)?",
    "disappoint(?:ed|ing|ments?)",
    "worr(?:ied|ying)",
    "dismayed",
    "criticised",
    "weaknesses",
    "failings",
    "shortcomings",
    "causes? of concern",
    "areas? (?:for|of|requiring|needing) improvements?",
    "problems",
)
_PLEASED = any_of(
    "pleased|reassured|satisfied|glad",
    "encourag(?:ed|ing)",
    "congratulated",
    "commend(?:s|ed)",
    "impressed",
    "prais(?:es|ed)",
    "welcome(?:s|d)",
    "positive (?:\\w{1,20} )?(?:features|findings|aspects|points|practice)?",
    "strengths",
    "good progress",
    "removed (?:\\w{1,20} ){1,4}from",
    "good news",
    "(?:good|outstanding)['\"]? (?:at|in|for)",
)

# A body that is told to have done well is praised, also where what it has mended is named a cause of concern.
_IMPROVED = any_of(
    "(?:made|making|shown) (?:\\w{1,20} ){0,2}(?:progress|improvements?)",
    "has (?:\\w{1,20} )?improved",
    "(?:remov|tak)\\w{0,4} (?:[\\w ]{1,60} )?(?:from|out of) (?:Engage|enhanced)",
)

# Shortcomings that govern what follows: "should improve how its workforce understands the issues" praises nothing.
_WANTING = any_of(
    r"(?:should|must) (?:\w{1,20} )?(?:improve|do|ensure|make|address|take|work|review|consider)",
    r"(?:^|(?:it|force|service|police|constabulary|and|but|they|however) )(?:also |still )?needs? to",
    "needs? (?:\\w{1,20} )?improvements?",
    "requires improvement",
    "absence of",
    "lacks?(?: of)?|lacking",
    "fail(?:s|ed|ing)? to",
    r"(?<!and )(?:do|does|did|has|have|had|is|are|was|were|could|can)(?: not|n't)"
    r"(?! (?:only|just|least|a (?:concern|problem)))",
    "yet to",
    "could do more|more could be done",
)
_SHORTCOMING = any_of(
    "(?:hindered|hampered|undermined|let down|weakened) by",
    "(?:reduction|shortage|decrease|fall) in (?:the number of )?(?:\\w{1,20} )?(?:staff|officers|capacity)",
    "inappropriate behaviou?r",
    "fail(?:s|ed|ing|ures?)?",
    "no (?:agreement|plan|system|process|strategy|record|policy|way)|little (?:training|understanding|evidence)",
    "late|outdated|out of date|absent|missed|wrong(?:ly)?|worse|unaware|confused",
    "poor(?:ly)?|weak(?:ness|nesses)?|inadequate|insufficient(?:ly)?|inconsistent(?:ly)?|ineffective",
    "not (?:yet |always |fully |consistently )?(?:enough|sufficient(?:ly)?|clear|adequate|able|consistent)",
    "too (?:slow|few|many|often|long)",
    "concern(?:s|ed|ing)?",
    "backlogs?|delays?",
    "unable to",
    "(?:strong |clear )?(?:culture|climate|atmosphere|pattern) of (?:\\w{1,20} )?"
    "(?:bullying|blame|fear|harassment|discrimination|racism|sexism|misogyny)",
)
_SHORTFALL = "reductions?|concerns?|backlogs?|delays?|failures?|weakness(?:es)?|shortages?|inappropriate behaviou?r"
# A shortcoming that is denied, mended or somebody else's says nothing against the force.
_NEUTRALISED = any_of(
    r"(?:no|without|free (?:of|from)) (?:(?:evidence|signs?|suggestion) of )?(?:(?:any|undue|widespread) )?"
    rf"(?:{_SHORTFALL})",
    "(?:needs?|requires?) no (?:\\w{1,20} )?improvements?",
    r"(?:reduc|cut|clear|eliminat|remov|resolv)\w{0,4} (?:(?:its|the|any|all|their) )?(?:\w{1,20} )?"
    rf"(?:{_SHORTFALL})",
    r"(?:listen|respond|react)\w{0,3} (?:\w{1,20} )?to (?:\w{1,20} ){0,3}concerns?",
    r"(?:rais|report|voic)\w{1,3} (?:(?:any|their|the) )?concerns?",
    r"concerns? (?:of|raised by) (?:the )?(?:public|communit(?:y|ies)|victims|staff|people|workforce)",
    "not fail(?:ed)?(?: to)?",
)
_INTENTION = any_of(
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
_APPROVAL = any_of(
    "good|strong(?:ly)?|effective(?:ly)?|excellent|outstanding|positive(?:ly)?|impressive|robust",
    "(?<!as )well(?![ -](?:being|as))",
    "clear improvements?|(?:(?:has|have|had) (?:\\w{1,20} )?|^)(?:improved|strengthened)|works? hard",
    "better|fairer|faster|quicker|safer|clearer",
    "committed|knowledgeable|professional|significant(?:ly)? (?:progress|improve(?:d|ments?))",
    "(?:is|are) (?:clear|clearer|committed|proactive|to be commended|praised)",
    "commend(?:s|ed|able)|pleased|encourag(?:ed|ing)",
    "understands?(?: \\w{1,20})? (?:the|its|that|how)",
    "treats? (?:\\w{1,20} ){1,5}(?:with fairness and respect|fairly|with respect)",
    "fairly and (?:respectfully|with respect)",
)
_NOT = (
    r"(?:not(?! (?:only|just|least))|never|no|no longer|rarely|seldom|hardly|unable|cannot|yet to|without|little|few"
    r"|\w{2,8}n't)"
)
# Up to four words may stand between: "has yet to put an effective …".
_NEGATED = re.compile(rf"\b{_NOT}(?: [\w'-]{{1,20}}){{0,4}}[ -]$", re.IGNORECASE)
_NEGATES_WITHIN = 110  # characters before a word of approval: the longest negation with four words
_ADVERSATIVE = any_of("but|although|though|however|while|whereas|yet|despite|nevertheless")


def polarity_of(lead_in: str, text: str) -> Polarity:
    """Praise, concern or neutral, by the rules above; quotes and hyphens in both are plain ones."""
    said = _NEUTRALISED.sub("-", text)
    wanting = _WANTING.search(said)
    approvals, denied = _approvals(said[: wanting.start()] if wanting else said)
    short = wanting is not None or denied or _SHORTCOMING.search(said) is not None
    improved = _IMPROVED.search(lead_in) is not None
    if _DENIES.search(lead_in) or (_REGRETS.search(lead_in) and not improved):
        return Polarity.CONCERN
    if improved or _PLEASED.search(lead_in):  # whatever else an item says, it is what pleased
        return Polarity.NEUTRAL if short and _ADVERSATIVE.search(said) else Polarity.PRAISE
    if short:
        return Polarity.NEUTRAL if approvals and not _ADVERSATIVE.search(said) else Polarity.CONCERN
    if _INTENTION.search(said):
        return Polarity.NEUTRAL
    return Polarity.PRAISE if approvals else Polarity.NEUTRAL


def _approvals(said: str) -> tuple[bool, bool]:
    """Whether there are words of approval that stand, and whether there are some that are denied."""
    shortcomings = [found.span() for found in _SHORTCOMING.finditer(said)]
    approved = denied = False
    for found in _APPROVAL.finditer(said):
        if any(start <= found.start() < end for start, end in shortcomings):
            continue
        if _NEGATED.search(said[max(found.start() - _NEGATES_WITHIN, 0) : found.start()]):
            denied = True
        else:
            approved = True
    return approved, denied
