"""The only word orders in which a release gives a grade. Whatever is worded otherwise is no grade.

All patterns read a masked sentence: `mask` stands for each body named, so that "graded itself" or "half of the force"
cannot pass for a body that is graded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.frameworks import PILLAR_WORDS
from summaries.mentions import find_bodies

if TYPE_CHECKING:
    from summaries.mentions import Mention
    from summaries.parsing.passage import Passage

_MARK = "\ue000"
_VERB = r"(?:judged|graded|assessed|rated)"
_ADVERB = r"(?:also|now|again|still|therefore|overall|previously)"
_BODY = rf"(?:(?:the |this )?{_MARK}+(?: force)?|(?:the|this) (?:force|service|constabulary)|it)"
_OBJECT = rf"(?<![\w{_MARK}])(?P<subject>{_BODY})(?: overall)?"
_SUBJECT = rf"{_OBJECT}(?:,? in general)?,?"
_GRADE_WORD = r"(?:outstanding|good|adequate|inadequate|requir(?:es?|ing) improvement)"
_GRADE = rf"['\"]?\b(?P<grade>{_GRADE_WORD})\b['\"]?"
_PILLAR = "|".join(PILLAR_WORDS)
_INSPECTORATE = (
    r"(?:HMIC(?:FRS)?|(?:(?:Her|His) Majesty's|the) Inspectorate(?: of Constabulary(?: \(HMIC\))?)?|(?:HM )?inspectors)"
)
_JUDGE = rf"(?<![\w'-])(?P<judge>{_INSPECTORATE}|we|I)"
_BEEN = rf"(?P<aux>(?:is|are|was|were)(?: {_ADVERB}){{0,2}}|(?:has|have|had)(?: {_ADVERB}){{0,2}} been(?: {_ADVERB})?)"
_IS = rf"(?P<aux>(?:is|are|was|were|remains)(?:,? (?:{_ADVERB}|in general)\b,?){{0,2}})"
_AS = r"(?: (?:as being|as|to be|being|at))?"
_BY = rf"(?: by {_INSPECTORATE})?"


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


#: "HMIC has judged the force overall as ‘good’": `judge`, `aux`, `subject`, `grade`.
ACTIVE = _pattern(
    rf"{_JUDGE}(?P<aux>(?: (?:has|have|had))?(?: {_ADVERB}){{0,2}}) {_VERB}(?: that)? {_OBJECT},?{_AS} {_GRADE}"
)
#: "the force has now been judged as ‘good’".
PASSIVE = _pattern(rf"{_SUBJECT} {_BEEN} {_VERB}(?: overall)?{_BY}{_AS} {_GRADE}")
#: "…, but has now been judged as ‘good’", of the body named earlier in the sentence.
ELIDED = _pattern(rf"(?:\bbut|\byet|, and) {_BEEN} {_VERB}{_BY}{_AS} {_GRADE}")
#: "Leicestershire Police judged as ‘good’", in a headline only.
HEADLINE_PASSIVE = _pattern(rf"^{_SUBJECT}(?P<aux>) {_VERB}{_AS} {_GRADE}")
#: "Kent Police is, in general, good".
COPULA = _pattern(rf"{_SUBJECT} {_IS} {_GRADE}")
#: "Kent Police ‘requires improvement’".
REQUIRES = _pattern(rf"{_SUBJECT}(?P<aux>) ['\"]?(?P<grade>requires? improvement)\b['\"]?")
SAFE_AND_LESS_CRIME = (
    r"(?:keep(?:s|ing) people safe,? and reduc(?:es|ing) crime|reduc(?:es|ing) crime,? and keep(?:s|ing) people safe)"
)
#: "Kent Police's effectiveness at keeping people safe and reducing crime is good", the whole of a headline.
HEADLINE_PILLAR = _pattern(
    rf"^(?P<subject>{_BODY})'s? (?P<word>{_PILLAR}) (?:at|in) {SAFE_AND_LESS_CRIME}(?P<aux>)"
    rf" (?:is |are )?(?:(?:now|still) )?{_GRADE}(?:\s+-\s+HMIC(?:FRS)?)?$"
)

# Where the words about a grade end: at a stop, or where the sentence turns to something else.
_STOP = r"(?:\s*$|\s?[.,;:!?()\"]|\s+-\s|\s(?:but|although|though|while|whereas)\b"
_NEXT = rf"\s(?:and|but) (?:is |are |as )?['\"]?{_GRADE_WORD}['\"]? (?:at|in)\b"
_END = rf"(?={_STOP}|{_NEXT}|\sand (?:has|have|is|was|it|the|we|I|will)\b))"
#: What follows a grade: `overall`, or `word` (a pillar) and `rest`, or nothing; perhaps the `year` of it.
TAIL = _pattern(
    rf"(?:(?P<overall> overall)|,? (?:at|in) (?:how )?(?P<word>{_PILLAR})\b(?P<rest>[^.,;:!?()]*?))??"
    rf"(?: in (?P<year>20\d\d))?{_END}"
)
#: "…, and requires improvement at legitimately …", after a grade of the same body.
CONTINUED = _pattern(
    rf"(?:,|;)?(?: (?:and|but))? (?P<is>is |are )?(?:as )?{_GRADE}(?=,? (?:at|in) (?:how )?(?:{_PILLAR})\b)"
)
#: The rest of "legitimately keeping people safe …" that makes a grade that of the whole pillar.
WHOLE_PILLAR = _pattern(rf"\s?(?:(?:at |in )?(?:(?:it|the force|the service) )?{SAFE_AND_LESS_CRIME})?'?\Z")
#: In the rest of such words it names a time or a judge, not a part of the pillar: "… last year", "legitimacy by staff".
NO_QUESTION = _pattern(rf"{SAFE_AND_LESS_CRIME}|\b(?:by|years?|ago|previous|last|time|20\d\d)\b")
GRADE_WORD = _pattern(rf"\b{_GRADE_WORD}\b")


def masked(sentence: Passage) -> tuple[str, list[Mention]]:
    """The plain sentence with every body named blotted out, character for character, and those bodies."""
    mentions = find_bodies(sentence.text)
    chars = list(sentence.plain.replace(_MARK, " "))
    for mention in mentions:
        chars[mention.start : mention.end] = _MARK * (mention.end - mention.start)
    return "".join(chars), mentions
