"""Who is speaking: "HM Inspector of Constabulary for the Eastern Region, Zoë Billingham, said:" and its many forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.parsing.layout.speakers import Speaker, read_speakers

if TYPE_CHECKING:
    from summaries.parsing.layout.passage import Passage
    from summaries.types import Evidence

_SAID = re.compile(
    r"\b(?:said|says|added|adds|commented|explained|concluded|stated|responded|continued)"
    r"(?: (?:today|recently|on behalf of [^:.]{3,60}))?\s?(?::\s?|,?\s(?=[\"']))"
)
_LATEST_SAID = 400  # characters: an attribution is one short line
# "HM Inspector Roy Wilsher has responsibility for Lincolnshire Police. He said:"
_PRONOUN = re.compile(r"(?:^|\. )(?P<before>[^.]{6,200}[^.A-Z])\. (?:He|She|They)(?: also)? $")
# "HM Inspector Wendy Williams said she was pleased.", and the next paragraph: "She said:"
_HE_SAID = re.compile(r"(?:He|She)(?: also)? (?:said|added|continued|commented)\s?(?::\s?|,?\s(?=[\"']))")
_TOLD = re.compile(r"(?P<head>[^.:\"]{6,200}?) (?:said|told|warned|explained|added)\b")
_WHO_DOES = re.compile(r" (?:has|have|is|was|leads|led|oversees|oversaw|carried|inspected) [^.]{3,160}$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker as introduced. `also` are those who speak the same words with him. `length` is how much of the passage
    it takes, so that what follows is the quotation."""

    speaker: Speaker
    evidence: Evidence
    length: int
    also: tuple[Speaker, ...] = ()

    @property
    def is_inspector(self) -> bool:
        return self.speaker.is_inspector


def read_attribution(passage: Passage, before: Passage | None = None) -> Attribution | None:
    """The speaker a paragraph or heading introduces at its start, or None when it introduces nobody by name.

    "She said:" is whoever the paragraph `before` says said something; without it, nobody.
    """
    if before is not None and (pronoun := _HE_SAID.match(passage.plain)):
        return _of_before(passage, pronoun, before)
    said = _SAID.search(passage.plain, 0, _LATEST_SAID)
    if said is None:
        return None
    head = passage.plain[: said.start()]
    if pronoun := _PRONOUN.search(head):
        head = _WHO_DOES.sub("", pronoun["before"])
    if not head[:1].isupper() or '"' in head:
        return None
    speakers = read_speakers(head, passage)
    if not speakers:
        return None
    return _attribution(passage, said.end(), speakers)


def _of_before(passage: Passage, pronoun: re.Match[str], before: Passage) -> Attribution | None:
    told = _TOLD.match(before.plain)
    speakers = read_speakers(told["head"], before) if told else ()
    return _attribution(passage, pronoun.end(), speakers) if len(speakers) == 1 else None


def _attribution(passage: Passage, length: int, speakers: tuple[Speaker, ...]) -> Attribution:
    main = next((speaker for speaker in speakers if speaker.is_inspector), speakers[0])
    return Attribution(
        speaker=main,
        evidence=passage.evidence(0, len(passage.plain[:length].rstrip())),
        length=length,
        also=tuple(speaker for speaker in speakers if speaker is not main),
    )
