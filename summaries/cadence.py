"""How often, and when not, in words: what people type (`weekly Mon 08:30`, `quiet:weekends`) and what they are told
(`every Monday at 08:30`).

What a cadence means on the calendar is in `periods.py`, what is quiet there in `quiet.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from difflib import get_close_matches

from summaries.delivery import Cadence, CadenceKind, Quiet
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

NO_QUIET = "none"

_DASH = re.compile(r"[–—‐‑−]")
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
        cadence = replace(cadence, weekday=weekday_named(rest.pop(0)) if rest else None)
    if rest[:1] == ["at"]:
        rest.pop(0)
    if rest:
        cadence = replace(cadence, at=time_of_day("".join(rest)))
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


def describe(cadence: Cadence, zone: str, quiet: Quiet | None = None) -> str:
    """The cadence for people: `every Monday at 08:30 (Europe/London)`; with `quiet`, when not as well: `every day at
    08:30 (Europe/London), not at weekends or on bank holidays`."""
    told = _told(cadence, zone)
    if quiet is None or not (when_not := describe_quiet(quiet)):
        return told
    zoned = f" ({zone})" if cadence.kind is CadenceKind.NOW else ""
    return f"{told}, {when_not}{zoned}"


def describe_quiet(quiet: Quiet) -> str:
    """When nothing is posted, for people: `not at weekends or on bank holidays, nor between 18:00 and 08:00`; empty
    when there is no such time."""
    days = [words for said, words in ((quiet.weekends, "at weekends"), (quiet.holidays, "on bank holidays")) if said]
    told = [f"not {' or '.join(days)}"] if days else []
    if quiet.hours:
        told.append(f"{'nor' if days else 'not'} between {quiet.hours[0]:%H:%M} and {quiet.hours[1]:%H:%M}")
    return ", ".join(told)


def parse_quiet(words: str) -> Quiet:
    """Read `18:00-08:00`, `weekends`, `holidays`, several of them joined by commas, or `none`.

    Raises BadSubscription, which names these (fact `nearest`).
    """
    quiet = Quiet()
    parts = [part.strip() for part in words.lower().split(",") if part.strip()]
    if parts == [NO_QUIET]:
        return quiet
    for part in parts:
        start, dash, end = _DASH.sub("-", part).partition("-")
        hours = (time_of_day(start), time_of_day(end)) if dash else (None, None)
        if part in ("weekends", "weekend"):
            quiet = replace(quiet, weekends=True)
        elif part in ("holidays", "holiday", "bank-holidays"):
            quiet = replace(quiet, holidays=True)
        elif hours[0] is not None and hours[1] is not None and hours[0] != hours[1] and quiet.hours is None:
            quiet = replace(quiet, hours=(hours[0], hours[1]))
        else:
            raise _wrong_quiet(words)
    if not parts:
        raise _wrong_quiet(words)
    return quiet


def quiet_words(quiet: Quiet) -> str:
    """As it is typed: `18:00-08:00,weekends`; `none` when nothing is quiet. Reading it again gives the same."""
    hours = [f"{quiet.hours[0]:%H:%M}-{quiet.hours[1]:%H:%M}"] if quiet.hours else []
    days = [word for said, word in ((quiet.weekends, "weekends"), (quiet.holidays, "holidays")) if said]
    return ",".join([*hours, *days]) or NO_QUIET


def _told(cadence: Cadence, zone: str) -> str:
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


def weekday_named(word: str) -> int | None:
    """A day by its name or the first three letters or more of it; `Mondays` and `weds` too."""
    for written in (word, word.removesuffix("s")):
        for number, day in enumerate(DAYS):
            if len(written) >= 3 and day.lower().startswith(written):
                return number
    return None


def time_of_day(word: str) -> time | None:
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


def _wrong_quiet(words: str) -> BadSubscription:
    told = "`quiet:18:00-08:00`, `quiet:weekends`, `quiet:holidays`, several with commas between, or `quiet:none`"
    return BadSubscription(f"`quiet:{words}` is not a quiet time. Write {told}.", nearest="quiet:18:00-08:00")
