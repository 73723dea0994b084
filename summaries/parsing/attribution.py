"""Who is speaking: "HM Inspector of Constabulary for the Eastern Region, Zoë Billingham, said:" and its many forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.parsing.speakers import Speaker, read_speakers

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage
    from summaries.types import Evidence

_SAID = re.compile(
    r"\b(?:said|says|added|adds|commented|explained|concluded|stated|responded|continued)"
    r"(?: (?:today|recently|on behalf of [^:.]{3,60}))?\s?(?::\s?|,?\s(?=[\"']))"
)
_LATEST_SAID = 400  # characters: an attribution is one short line
# "HM Inspector Roy Wilsher has responsibility for Lincolnshire Police. He said:"
_PRONOUN = re.compile(r"(?:^|\. )(?P<before>[^.]{6,200}[^.A-Z])\. (?:He|She|They)(?: also)? $")
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


def read_attribution(passage: Passage) -> Attribution | None:
    """The speaker a paragraph or heading introduces at its start, or None when it introduces nobody by name."""
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
    main = next((speaker for speaker in speakers if speaker.is_inspector), speakers[0])
    return Attribution(
        speaker=main,
        evidence=passage.evidence(0, len(passage.plain[: said.end()].rstrip())),
        length=said.end(),
        also=tuple(speaker for speaker in speakers if speaker is not main),
    )
