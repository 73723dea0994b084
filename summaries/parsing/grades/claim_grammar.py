"""The only word orders in which a release gives a grade. Whatever is worded otherwise is no grade.

All patterns read a masked sentence: `MARK` stands for each body named, so that "graded itself" or "half of the force"
cannot pass for a body that is graded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from summaries.frameworks import PILLAR_WORDS, grade_of
from summaries.mentions import find_bodies
from summaries.parsing.layout.numbers import NUMBER

if TYPE_CHECKING:
    from summaries.mentions import Mention
    from summaries.parsing.layout.passage import Passage
    from summaries.types import Grade

MARK = "\ue000"
VERB = r"(?:judged|graded|assessed|rated)"
ADVERB = r"(?:also|now|again|still|therefore|overall|previously|each|both|all|today)"
_FORCE = r"(?:the|this) (?:force|service|constabulary|brigade|unit|ROCU|regional organised crime unit)"
_NAME = rf"(?:the |this )?{MARK}+(?: force)?"
_BODY = rf"(?:{_NAME}|{_FORCE}|it)"
PILLAR = "|".join(PILLAR_WORDS)
SAFE_AND_LESS_CRIME = (
    r"(?:keep(?:s|ing) people safe,? and reduc(?:es|ing) crime|reduc(?:es|ing) crime,? and keep(?:s|ing) people safe)"
)
# What of the body is graded: its whole performance, a pillar, or how it records crime.
_ATTRIBUTE = (
    rf"(?:'s?)? (?:overall |own )?(?:(?P<word>{PILLAR})(?: (?:at|in) {SAFE_AND_LESS_CRIME})?"
    r"|(?P<thing>performance|(?:approach to |arrangements for )?crime[- ]recording(?: (?:arrangements|practices|"
    r"performance|accuracy|processes|standards))?|(?:approach to )?recording of (?:reported )?crimes?))"
)
_SEVERAL = rf"{_NAME}(?:(?:,| and|, and) {_NAME}){{0,20}}(?: police forces| forces)?"
_OBJECT = (
    rf"(?<![\w{MARK}])(?:the (?:overall )?(?:performance|crime[- ]recording) (?:of|by) )?"
    rf"(?P<subject>{_SEVERAL}|{_BODY})(?:{_ATTRIBUTE})?(?: in recording crimes?)?(?: overall)?"
)
_SUBJECT = rf"{_OBJECT}(?:,? in general)?,?"
GRADE_WORDS = r"(?:outstanding|good|adequate|inadequate|requir(?:e[sd]?|ing) improvement)"
GRADE = rf"(?P<quoted>['\"])?\b(?P<grade>{GRADE_WORDS})\b['\"]?"
INSPECTORATE = (
    r"(?:(?:inspectors (?:from|at|of) )?(?:(?:the )?HMIC(?:FRS)?|(?:(?:Her|His) Majesty's|HM|the) Inspectorate"
    r"(?: of Constabulary(?:,? (?:and|&) Fire (?:and|&) Rescue Services)?)?(?: \(HMIC(?:FRS)?\))?"
    r"|the (?:police|policing|fire|fire and rescue) inspectorate)|(?:HM )?inspectors)"
)
_JUDGE = rf"(?<![\w'-])(?P<judge>{INSPECTORATE}|we|I|it)"
_BEEN = (
    rf"(?P<aux>(?:is|are|was|were)(?: {ADVERB}){{0,2}}|(?:has|have|had)(?: {ADVERB}){{0,2}} been(?: {ADVERB}){{0,2}}"
    rf"|(?:is|are) being)"
)
_IS = (
    r"(?P<aux>(?:is|are|was|were|remains|remained|continues? to be)"
    rf"(?:,? (?:{ADVERB}|already|in general)\b,?){{0,2}})"
)
_AS = r"(?: (?:as being|as|to be|being|at|to))?"
_BY = rf"(?: by {INSPECTORATE})?"


def pattern(words: str) -> re.Pattern[str]:
    """Words to look for, in capitals or not."""
    return re.compile(words, re.IGNORECASE)


#: "HMIC has judged the force overall as ‘good’": `judge`, `aux`, `subject`, `grade`.
ACTIVE = pattern(
    rf"{_JUDGE}(?P<aux>(?: (?:has|have|had))?(?: {ADVERB}){{0,2}}) {VERB}(?: that)? {_OBJECT},?{_AS} {GRADE}"
)
#: "HMIC found the force to be ‘good’ at …".
FOUND = pattern(
    rf"{_JUDGE}(?P<aux>(?: (?:has|have|had))?(?: {ADVERB}){{0,2}}) found {_OBJECT} (?:to be|as) (?:overall )?{GRADE}"
)
#: "Inspectors gave the force the grade ‘good’", "… the lowest of their four grades, inadequate".
GAVE = pattern(
    rf"{_JUDGE}(?P<aux>(?: (?:has|have|had))?) (?:gave|given|awarded) {_OBJECT}(?: \w{{1,12}}){{0,6}}?"
    rf" (?:grades?|grading|rating|judgment)(?: of|:|,)? {GRADE}"
)
#: "the force has now been judged as ‘good’".
PASSIVE = pattern(rf"{_SUBJECT} {_BEEN} {VERB}(?: overall)?{_BY}{_AS} {GRADE}")
#: "The force's response to the public was graded as ‘good’": `matter`.
AREA = pattern(
    rf"(?<![\w{MARK}])(?P<subject>{_BODY})'s? (?P<matter>[a-z][^.,;:!?()\"]{{3,80}}?) {_BEEN} {VERB}{_BY}{_AS}"
    rf" {GRADE}"
)
_NOUN = r"(?:grade|grading|rating|judgment)"
#: "the force was given an overall judgment of inadequate", "it received a ‘good’ rating".
RECEIVED = pattern(
    rf"{_SUBJECT} (?P<aux>(?:(?:has|have|had) )?(?:(?:was|been) (?:given|awarded)|received|achieved|got))"
    rf" (?:an?|the) (?=(?:overall )?{_NOUN} of |['\"]?{GRADE_WORDS}['\"]?(?: overall)? {_NOUN})"
    rf"(?:overall )?(?:{_NOUN} of )?{GRADE}(?:(?: overall)? {_NOUN})?"
)
#: "Kent Police was one of four forces graded as ‘good’", "… that HMIC graded as ‘good’".
ONE_OF = pattern(
    rf"{_SUBJECT} (?P<aux>is|was|were|are) (?:(?:one|two|three|among)(?: of)? )?(?:the |only )?(?:{NUMBER} )?"
    rf"(?:police )?(?:force|service)s?(?: (?:in|across) [\w ]{{1,40}}?)?"
    rf"(?: (?:that|which|whom))?(?: {INSPECTORATE})?(?: (?:was|were|to have been|to be))? {VERB}{_BY}{_AS} {GRADE}"
)
#: "…, but has now been judged as ‘good’", of the body named earlier in the sentence.
ELIDED = pattern(rf"(?:\bbut|\byet|, and) {_BEEN} {VERB}{_BY}{_AS} {GRADE}")
#: "…, for which it was graded ‘good’ in 2015", of what the sentence has just named.
WHICH_WAS = pattern(
    rf", (?:(?:for|in|at) )?which(?: (?:it|the (?:force|service|constabulary)))?"
    rf" (?P<aux>(?:was|were|had been)(?: {ADVERB})?) {VERB}{_BY}{_AS} {GRADE}"
)
#: "… has improved and is now ‘good’ at …", of the body named first in the sentence.
ELIDED_IS = pattern(rf"(?:\bbut|\band) (?P<aux>(?:is|are) (?:now|still)) {GRADE}")
#: "…, which we graded as ‘good’ in 2015", of the body or its performance.
WHICH = pattern(
    rf"(?:{MARK}|\b(?:force|constabulary|service|performance|crime[- ]recording|20\d\d)),? which {_JUDGE}"
    rf"(?P<aux>(?: (?:has|have|had))?(?: {ADVERB}){{0,2}}) {VERB}{_AS} {GRADE}"
)
#: "The grade that I gave the force for legitimacy in 2015 was ‘good’": earlier grades only.
GRADE_GIVEN = pattern(
    rf"\bthe grade (?:(?:that|which) )?{_JUDGE} (?P<aux>gave|awarded) (?P<subject>{_BODY})"
    rf"(?: (?:for|at|on) (?:its )?(?P<word>{PILLAR}))? in (?P<when>20\d\d) was {GRADE}"
)
#: "after being judged inadequate in 2016", "having been graded ‘good’ in 2016": earlier grades only.
AFTER = pattern(
    rf"\b(?P<aux>(?:after|since|having|despite|following)(?: it)?(?: (?:being|was|been|having been|had been)))"
    rf" (?:{VERB}|found)(?: overall)?{_BY}{_AS} {GRADE}"
)
#: "up from ‘requires improvement’ in 2016": earlier grades only.
FROM = pattern(
    r"\b(?P<aux>(?:up|down|improve(?:d|s|ment)|improving|risen|rose|fallen|fell|moved|changed|upgraded|downgraded)"
    rf"(?: from| on)) (?:(?:a|the|its|our) )?(?:(?:grade|grading|rating|judgment) of )?{GRADE}"
)
#: "last year's ‘good’", "its 2016 grade of ‘good’": earlier grades only.
GRADE_OF = pattern(
    r"(?P<aux>(?P<when>last year|(?:(?:its|our|the) )?20\d\d)"
    rf"(?:'s|(?:'s)? (?:overall )?(?:judgment|grade|grading|rating) of)) {GRADE}"
)
#: "Leicestershire Police judged as ‘good’", in a headline only.
HEADLINE_PASSIVE = pattern(rf"^{_SUBJECT}(?P<aux>) {VERB}{_AS} {GRADE}")
#: "Inspectorate rates Kent Fire and Rescue Service as ‘good’", in a headline only.
HEADLINE_ACTIVE = pattern(rf"^{_JUDGE}(?P<aux>) (?:judge|grade|rate)s? {_OBJECT}{_AS} {GRADE}")
#: "Kent Police is, in general, good".
COPULA = pattern(rf"{_SUBJECT} {_IS} {GRADE}")
#: "Kent Police ‘requires improvement’".
REQUIRES = pattern(
    rf"{_SUBJECT}(?P<aux>(?: (?:now|still))?) (?P<quoted>['\"])?(?P<grade>requires? improvement|required improvement)"
    r"\b['\"]?"
)
_SAYS_WHO = (
    rf"(?:,? (?:by|says?|finds?|according to) {INSPECTORATE}|, {INSPECTORATE} (?:says?|finds?|judges?))?"
    r"(?:\s+-\s+HMIC(?:FRS)?)?"
)
#: "Kent Police's effectiveness at keeping people safe and reducing crime is good", "Kent Police's approach to
#: efficiency judged to be ‘good’ by HMIC", the whole of a headline.
HEADLINE_PILLAR = pattern(
    rf"^(?P<subject>{_BODY})'s? (?:overall )?(?:approach to )?(?:its )?(?P<word>{PILLAR})"
    rf"(?: (?:at|in) {SAFE_AND_LESS_CRIME})?(?P<aux>),? (?:(?:is|are|has been) )?(?:(?:now|still) )?"
    rf"(?:(?:judged|graded|rated|assessed) )?(?:(?:now|still|as|to be) )?"
    rf"(?P<quoted>['\"])?(?P<grade>{GRADE_WORDS}|not graded)\b['\"]?{_SAYS_WHO}$"
)
GRADE_WORD = pattern(rf"\b{GRADE_WORDS}\b")
#: What an inspectorate's finding opens with: `verb` tells a judgment from a remark.
REPORTS = (
    rf"(?:{INSPECTORATE}|we|I|it(?= (?:has |have )?(?:also )?(?:found|judged|graded|assessed|concluded|determined))"
    rf"|(?:the|this|today's) (?:report|inspection))(?: (?:has|have))?(?: {ADVERB}){{0,2}}"
    rf" (?P<verb>found|judged|graded|assessed|concluded|determined|said|says|reported|noted)(?: that)?"
)
#: "graded Kent Police's performance across nine areas and found the force was …".
GRADED_ACROSS = pattern(rf"\b{VERB}\b.{{3,200}}?,? and (?P<verb>found|concluded|judged)(?: that)? \Z")


def grade_in(found: str) -> Grade:
    """The grade in the words that one of these patterns found to be one."""
    return cast("Grade", grade_of(found))


def masked(sentence: Passage) -> tuple[str, list[Mention]]:
    """The plain sentence with every body named blotted out, character for character, and those bodies."""
    mentions = find_bodies(sentence.text)
    chars = list(sentence.plain.replace(MARK, " "))
    for mention in mentions:
        chars[mention.start : mention.end] = MARK * (mention.end - mention.start)
    return "".join(chars), mentions
