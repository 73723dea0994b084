"""How often, in words: what people type (`weekly Mon 08:30`) and what they are told (`every Monday at 08:30`).

What a cadence means on the calendar is in `periods.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from difflib import get_close_matches

from summaries.delivery import Cadence, CadenceKind
from summaries.errors import BadSubscription

DEFAULT_TIME = time(8, 30)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", -1: "last"}
FORMS = {
    CadenceKind.NOW: "now",
    CadenceKind.DAILY: "daily 08:30",
    CadenceKind.WEEKDAYS: "weekdays 08:30",
    CadenceKind.WEEKLY: "weekly Mon 08:30",
    CadenceKind.MONTHLY: "monthly 1st Tue 08:30",
}
"""One right form of each kind, to show to who wrote a wrong one."""

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?P<half>am|pm)?")
_SPELLED = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NTH = {word: nth for nth, word in ORDINALS.items()} | _SPELLED


def parse_cadence(words: str) -> Cadence:
    """Read `now`, `daily 08:30`, `weekdays`, `weekly Mon 09:00` or `monthly 1st Tue`; without a time it is 08:30.

    Raises BadSubscription whose fact `nearest` is the right form nearest to what was written.
    """
    kind_word, *rest = words.lower().split() or [""]
    if kind_word not in FORMS:
        guess = get_close_matches(kind_word, [kind.value for kind in CadenceKind], n=1, cutoff=0.5)
        raise _wrong(words, CadenceKind(guess[0]) if guess else CadenceKind.DAILY)
    kind = CadenceKind(kind_word)
    if kind is CadenceKind.NOW:
        if rest:
            raise _wrong(words, kind)
        return Cadence(kind)
    cadence = Cadence(kind, at=DEFAULT_TIME)
    if kind is CadenceKind.MONTHLY:
        cadence = replace(cadence, nth=_NTH.get(rest.pop(0)) if rest else None)
    if kind in {CadenceKind.WEEKLY, CadenceKind.MONTHLY}:
        cadence = replace(cadence, weekday=_weekday(rest.pop(0)) if rest else None)
    if rest[:1] == ["at"]:
        rest.pop(0)
    if rest:
        cadence = replace(cadence, at=_time("".join(rest)))
    if not _complete(cadence):
        raise _wrong(words, kind)
    return cadence


def starts_cadence(word: str) -> bool:
    """Whether a word can begin a cadence."""
    return word.lower() in FORMS


def nearly_cadence(word: str) -> bool:
    """Whether a word is much like one that begins a cadence."""
    return bool(get_close_matches(word.lower(), [kind.value for kind in CadenceKind], n=1, cutoff=0.75))


def cadence_words(cadence: Cadence) -> str:
    """The cadence as it is typed, in full: `weekly Mon 08:30`. Reading it again gives the same cadence."""
    words: list[str] = [cadence.kind.value]
    if cadence.nth is not None:
        words.append(ORDINALS[cadence.nth])
    if cadence.weekday is not None:
        words.append(DAYS[cadence.weekday][:3])
    if cadence.at is not None:
        words.append(f"{cadence.at:%H:%M}")
    return " ".join(words)


def describe(cadence: Cadence, zone: str) -> str:
    """The cadence for people: `every Monday at 08:30 (Europe/London)`."""
    match cadence:
        case Cadence(CadenceKind.WEEKLY, _, int(weekday)):
            days = f"every {DAYS[weekday]}"
        case Cadence(CadenceKind.MONTHLY, _, int(weekday), int(nth)):
            days = f"on the {ORDINALS[nth]} {DAYS[weekday]} of the month"
        case Cadence(CadenceKind.WEEKDAYS):
            days = "every weekday"
        case Cadence(CadenceKind.DAILY):
            days = "every day"
        case _:
            return "as soon as there is something new"
    return f"{days} at {cadence.at or DEFAULT_TIME:%H:%M} ({zone})"


def _complete(cadence: Cadence) -> bool:
    needs_nth, needs_day = (
        cadence.kind is CadenceKind.MONTHLY,
        cadence.kind in {CadenceKind.WEEKLY, CadenceKind.MONTHLY},
    )
    missing = (needs_nth and cadence.nth is None) or (needs_day and cadence.weekday is None)
    return cadence.at is not None and not missing


def _weekday(word: str) -> int | None:
    """A day by its name or the first three letters or more of it; `Mondays` and `weds` too."""
    for written in (word, word.removesuffix("s")):
        for number, day in enumerate(DAYS):
            if len(written) >= 3 and day.lower().startswith(written):
                return number
    return None


def _time(word: str) -> time | None:
    """A time of day: `08:30`, `8.30`, `9am`, `5:15pm`; None when it is not one."""
    found = _TIME.fullmatch(word)
    if not found or not (found["minute"] or found["half"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _wrong(words: str, kind: CadenceKind) -> BadSubscription:
    nearest = FORMS[kind]
    return BadSubscription(f"`{words.strip()}` is not a time I can keep. Write `{nearest}`.", nearest=nearest)
