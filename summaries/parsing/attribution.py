"""Who is speaking: "HM Inspector of Constabulary for the Eastern Region, Zoë Billingham, said:" and its many forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from summaries.register import normalise, rows

if TYPE_CHECKING:
    from summaries.parsing.passage import Passage
    from summaries.types import Evidence

_SAID = re.compile(r"\b(?:said|says|added|commented|explained)\s?:\s?")
_LATEST_SAID = 240  # characters: an attribution is one short line
_ASIDES = re.compile(r",? who [^,]{1,80}(?=,|$)|\s+(?:recently|also)$")
_POST_NOMINALS = re.compile(r",?\s\b(?:QPM|KPM|CBE|OBE|MBE|KBE|DBE|QFSM|KFSM|CB|DL)\b")
_HMI = (
    r"(?:HM|Her Majesty's|His Majesty's) (?:(?:Deputy |Assistant )?Chief )?Inspector"
    r"(?: of Constabulary| of Fire (?:and|&) Rescue Services)?|HMI|HMCIC"
)
# All that may stand beside the name of an inspector of constabulary or fire: his office and perhaps his region.
# Anything more makes it another's office, a former one, or one shared with an inspector of prisons.
_INSPECTOR = re.compile(rf"(?P<role>{_HMI})(?: for (?:the )?(?P<region>[^,]{{2,60}}))?")
_OTHER_INSPECTORATE = re.compile(r"\b(?:Prisons|Probation|Education|Prosecution|Ofsted)\b")
_OFFICE_WORD = re.compile(r"[A-Z][\w'-]*|of|for|the|and|&")
_NAME_FIRST = re.compile(r"(?P<name>[^,]{3,60}), (?P<office>[^,]{3,120})")
_TITLE_WORD = re.compile(
    r"(?:HM|HMI|HMCIC|Her|His|Majesty's|Chief|Deputy|Assistant|Inspector|Superintendent|Constable|Commissioner|Police"
    r"|Crime|Prisons|Probation|Constabulary|Services?|Rescue|Fire|Officer|Director|General|Minister|Secretary|Region)"
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'-]{0,30}")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker as introduced. `length` is how much of the passage it takes, so that what follows is the quotation."""

    speaker: str
    role: str | None
    region: str | None
    is_inspector: bool
    evidence: Evidence
    length: int


@cache
def _inspectors() -> dict[str, str]:
    """Each printed form of an inspector's name, normalised, with the name as the register writes it."""
    known: dict[str, str] = {}
    for row in rows("inspectors.csv"):
        for printed in (row["name"], *row["also_printed"].split("|")):
            if printed:
                known[normalise(printed)] = row["name"]
    return known


def read_attribution(passage: Passage) -> Attribution | None:
    """The speaker a paragraph or heading introduces at its start, or None when it introduces nobody by name."""
    said = _SAID.search(passage.plain, 0, _LATEST_SAID)
    if said is None:
        return None
    head = _tidy(passage.plain[: said.start()])
    if not head[:1].isupper() or '"' in head or ". " in head:
        return None
    printed, before = _name_and_office(head)
    if not printed:
        return None
    known = _inspectors().get(normalise(printed))
    inspector = None if _OTHER_INSPECTORATE.search(before) else _INSPECTOR.fullmatch(before)
    return Attribution(
        speaker=known or _as_printed(passage, printed),
        role=inspector["role"] if inspector else _office(before),
        region=inspector["region"] if inspector else None,
        is_inspector=inspector is not None or (known is not None and not before),
        evidence=passage.evidence(0, len(passage.plain[: said.end()].rstrip())),
        length=said.end(),
    )


def _name_and_office(head: str) -> tuple[str, str]:
    """The speaker's name and the words that introduce him: those before it, or all after "Zoë Billingham, "."""
    words = head.split()
    first = _name_starts(words)
    if first < len(words):
        return " ".join(words[first:]), " ".join(words[:first]).rstrip(" ,")
    named = _NAME_FIRST.fullmatch(head)
    if named and _name_starts(named["name"].split()) == 0 and _office(named["office"]):
        return named["name"], named["office"]
    return "", ""


def _office(before: str) -> str | None:
    """The office directly beside the name; None where the words there are no office."""
    office = before.rpartition(", ")[2].removeprefix("and ").strip()
    return office if office and all(_OFFICE_WORD.fullmatch(word) for word in office.split()) else None


def _tidy(head: str) -> str:
    """Without "who led this inspection", "recently", letters after the name and commas at the end."""
    head = _POST_NOMINALS.sub("", head.strip(" ,"))
    return _ASIDES.sub("", head).strip(" ,")


def _name_starts(words: list[str]) -> int:
    """The index of the first word of the name that ends the list: capitalised, no title, not cut off by a comma."""
    at = len(words)
    while at > 0 and len(words) - at < 4:
        word = words[at - 1]
        if at < len(words) and word.endswith(","):
            break
        if not word[0].isupper() or _TITLE_WORD.fullmatch(word) or not _NAME_WORD.fullmatch(word):
            break
        at -= 1
    if len(words) - at == 4:  # a long run of capitals is more title than name: keep what the register knows
        at = next((start for start in range(at, len(words)) if normalise(" ".join(words[start:])) in _inspectors()), at)
    return at if len(words) - at > 1 else len(words)


def _as_printed(passage: Passage, plain: str) -> str:
    start = passage.plain.find(plain)
    return passage.text[start : start + len(plain)] if start >= 0 else plain
