"""The people named in front of "said": each with his office, and whether he speaks for this inspectorate.

Only the office decides: a commissioner, a chief constable, an inspector of prisons or a former inspector is none of
ours, whatever his name. A known name with no office beside it is taken at its word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from summaries.register import normalise, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.layout.passage import Passage


@dataclass(frozen=True, slots=True)
class Speaker:
    """`name` is the register's for an inspector, with “Sir” where printed, and as printed for others; `role` the office
    printed beside it."""

    name: str
    role: str | None
    region: str | None
    is_inspector: bool


_OPENING = re.compile(r"^(?:[A-Z][a-z]+ing|In|Following|On|At|After|Today)\b[^,]{0,120}, (?=\S)")
_POST_NOMINALS = re.compile(r",?\s\b(?:QPM|KPM|CBE|OBE|MBE|KBE|DBE|GBE|QFSM|KFSM|CB|DL|QC|KC)\b")
_ASIDES = re.compile(
    r",? (?:who|which) [^,]{1,120}(?=,|$)"
    r"|, (?:of|from|at|lead for|responsible for|on behalf of|leading) [^,]{1,80}(?=,|$)"
    r"|\s+(?:recently|also|today|yesterday|jointly|both)(?=,|$)"
)
_AND = re.compile(r"^(?:and|&) ")
_SERVICES = r"of (?:Constabulary|Fire (?:and|&) Rescue(?: Services?)?)"
_CROWN = r"(?:HM|H\.M\.|Her Majesty's|His Majesty's)"
_HMI = (
    rf"(?:{_CROWN} )?(?:(?:Deputy |Assistant |Acting )?Chief )?Inspector(?: {_SERVICES})?"
    rf"(?: (?:and|&) (?:{_CROWN} (?:Chief )?Inspector )?(?:of )?(?:Constabulary|Fire (?:and|&) Rescue(?: Services?)?))?"
)
# All that may stand beside the name of an inspector of constabulary or fire: his office and perhaps his region.
_INSPECTOR = re.compile(
    rf"(?:[Tt]he )?(?P<role>{_HMI}|HMCIC|(?:Assistant )?HMI|HMIC(?:FRS)?'s(?: Inspector)?)"
    r"(?: (?:for|in) (?:the )?(?P<region>[^,]{2,60}))?",
    re.IGNORECASE,
)
# "Inspector" alone is a rank of the police; beside a name not known it needs the Crown or the constabulary.
_OURS = re.compile(r"\bHM|Majesty's|Constabulary|Fire", re.IGNORECASE)
_OTHER_INSPECTORATE = re.compile(
    r"\b(?:Prisons|Probation|Education|Prosecution|Ofsted|Care Quality|[Ff]ormer(?:ly)?)\b"
)
_OFFICE_WORD = re.compile(
    r"[A-Z][\w'.-]*|of|for|the|and|&|to|in|on|at|chief|inspector|constabulary|fire|rescue|services?"
)
_TITLE_WORD = re.compile(
    r"(?:HM|HMI|HMCIC|Her|His|Majesty's|(?:Deputy|Assistant|Acting|Temporary|Interim)|Chief|Inspector|Superintendent"
    r"|Constable|Commissioner|Mayor|Police|Crime|Prisons|Probation|Constabulary|Services?|Rescue|Fire|Officer|Director"
    r"|General|Minister|Secretary|Region|Ombudsman|Chair(?:man|woman)?|Leader|President|Councillor|Cllr|Head|Executive"
    r"|Inspectorate|Brigade|Authority|Panel|Federation|Home|Office|HMIC(?:FRS)?(?:'s)?|Spokes(?:man|woman|person)|Inspectors"
    r"|North|South|East|West|England|Wales|London|National|The|A|An|Care|Quality|Commission|College|Policing|Lead|inspector)"
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'-]{0,30}")
_MOST_NAME_WORDS = 4
_NAME_AND_OFFICE = re.compile(
    r"(?P<name>(?:[^\W\d_a-z][\w'.-]{0,30} ){1,3}[^\W\d_a-z][\w'.-]{0,30}),"
    r" (?P<office>[A-Z][\w']*(?: (?:[A-Z][\w']*|of|for|the|&)){0,12})"
)


@cache
def _inspectors() -> dict[str, str]:
    """Each printed form of an inspector's name, normalised, with the name as the register writes it."""
    known: dict[str, str] = {}
    for row in rows("inspectors.csv"):
        for printed in (row["name"], *row["also_printed"].split("|")):
            if printed:
                known[normalise(printed)] = row["name"]
    return known


def read_speakers(head: str, passage: Passage) -> tuple[Speaker, ...]:
    """Everyone named in `head`, the plain words in front of "said" in a passage; empty when it names nobody."""
    words = _tidy(head)
    if ". " in words or ": " in words:
        return ()
    pieces = [piece for part in words.split(", ") if (piece := _AND.sub("", part).strip(" ,"))]
    people = [person for piece in pieces for person in _people(piece)]
    speakers = _pair(people, passage)
    return tuple(speakers) if speakers and _all_placed(people) else ()


def _tidy(head: str) -> str:
    """Without "Commenting on this," in front, letters after names, and asides that say what somebody did."""
    head = _POST_NOMINALS.sub("", head.strip(" ,"))
    head = _ASIDES.sub("", _ASIDES.sub("", head))
    return _OPENING.sub("", head.strip(" ,")).strip(" ,")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two commas: an office, a name, or an office with the name after it."""

    office: str | None
    name: str | None


def _people(piece: str) -> list[_Piece]:
    words = piece.split()
    first = _name_starts(words)
    office, name = " ".join(words[:first]), " ".join(words[first:])
    if name and office.endswith((" and", "&")) and (before := _people(office.rpartition(" ")[0])) and before[-1].name:
        return [*before, _Piece(None, name)]
    if name and not office:
        return [_Piece(None, name)]
    return [_Piece(office if _is_office(office) else "", name or None)]


def _is_office(words: str) -> bool:
    parts = words.split()
    if not parts or parts[0].endswith("ing"):  # "Responding to HM Inspector …"
        return False
    return all(map(_OFFICE_WORD.fullmatch, parts)) and any(map(_TITLE_WORD.fullmatch, parts))


def _all_placed(pieces: list[_Piece]) -> bool:
    """Words that are neither an office nor a name make it no attribution that we understand."""
    return all(piece.office != "" for piece in pieces)


def _pair(pieces: list[_Piece], passage: Passage) -> list[Speaker]:
    """Offices go to the name in the same piece, else to the one before it, else to the one after."""
    speakers: list[Speaker] = []
    waiting: str | None = None
    for at, piece in enumerate(pieces):
        if piece.name:
            after = pieces[at + 1] if at + 1 < len(pieces) else None
            office = piece.office or waiting or (after.office if after and not after.name else None)
            speakers.append(_speaker(piece.name, office, passage))
            waiting = None
        elif not (at and pieces[at - 1].name and not pieces[at - 1].office):
            waiting = piece.office
    return speakers


def _speaker(printed: str, office: str | None, passage: Passage) -> Speaker:
    known = _inspectors().get(normalise(printed))
    # A knighthood is told where the text tells it: the register knows no day of it.
    name = (f"Sir {known}" if printed.startswith("Sir ") else known) if known else _as_printed(passage, printed)
    if office is None:
        return Speaker(name, None, None, known is not None)
    inspector = None if _OTHER_INSPECTORATE.search(office) else _INSPECTOR.fullmatch(office)
    if inspector and (known or _OURS.search(inspector["role"])):
        return Speaker(name, inspector["role"], inspector["region"], True)
    return Speaker(name, office, None, False)


def introduced_as(speaker: Speaker, passages: Iterable[Passage]) -> Speaker | None:
    """A speaker named without his office, as the text introduced him before: "said Dru Sharpling, HM Inspector …"."""
    own = speaker.name.removeprefix("Sir ")
    forms = {printed for printed, name in _inspectors().items() if name == own} | {normalise(speaker.name)}
    for passage in passages:
        plain = _POST_NOMINALS.sub("", passage.plain)
        for found in _NAME_AND_OFFICE.finditer(plain):
            words = found["name"].split()
            if any(normalise(" ".join(words[at:])) in forms for at in range(len(words))) and _is_office(
                found["office"]
            ):
                return replace(_speaker(speaker.name, found["office"], passage), name=speaker.name)
    return None


def _name_starts(words: list[str]) -> int:
    """The index of the first word of the name that ends the list: capitalised, and no word of an office."""
    at = len(words)
    while at > 0 and len(words) - at < _MOST_NAME_WORDS:
        word = words[at - 1]
        if not word[0].isupper() or _TITLE_WORD.fullmatch(word) or not _NAME_WORD.fullmatch(word):
            break
        at -= 1
    if len(words) - at == _MOST_NAME_WORDS:  # a long run of capitals is more title than name: keep what is known
        at = next((start for start in range(at, len(words)) if normalise(" ".join(words[start:])) in _inspectors()), at)
    return at if len(words) - at > 1 else len(words)


def _as_printed(passage: Passage, plain: str) -> str:
    start = passage.plain.find(plain)
    return passage.text[start : start + len(plain)] if start >= 0 else plain
