"""Commands about a subscription, as people say them: its number, a time, a choice, and little else. Pure."""

from __future__ import annotations

import re

from bot.understanding.reading import read
from bot.understanding.slots import slots_of
from summaries.cadence import FORMS, starts_cadence

OF_ONE = {"change", "pause", "resume", "backfill", "approve", "reject", "preview"}
"""The verbs whose words are a subscription's or a digest's, rather than those of releases."""

_ITS_NUMBER = re.compile(
    r"^(?:(?:the )?(?:subscription|digest|number|no\.?) ?)?(?:number )?#?(\d{1,9})(?=\s|$)"
    r"(?!\s(?:d|w|days?|weeks?|fortnights?)\b)",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\b(?:(?:for )?(?:\d{1,4}|an?|one|two|three|four) ?(?:d|w|days?|wks?|weeks?|fortnights?)|(?:un)?till? .{1,30}"
    r"|tomorrow)$",
    re.IGNORECASE,
)
_DIGEST = re.compile(r"\bd-?(\d{1,9})\b", re.IGNORECASE)
_POINTING = re.compile(
    r"(?:(?:this|that|these|the|all|my|our|any) ?)?(?:it|them|everything|now|again|posting|(?:held )?digests?|posts"
    r"|subscriptions?|notifications?|alerts?|updates?)?",
    re.IGNORECASE,
)
_CHOICES = re.compile(r"\b(post|summari[sz]e|titles|skip)\b", re.IGNORECASE)
_OPTION = re.compile(r"[a-z-]{2,12}:\S", re.IGNORECASE)
_TO_WHEN = re.compile(rf"^to (?=(?:{'|'.join(FORMS)})\b)", re.IGNORECASE)
_EXAMPLE = re.compile(r"(?:of )?(?:the |my |our )?(?:next )?digests?", re.IGNORECASE)


def of_following(verb: str, rest: str) -> str | None:
    """The command of one of these verbs and what follows it; None when that is a question about something else."""
    number = _ITS_NUMBER.match(rest)
    its, after = (number[1], rest[number.end() :].strip(" ,")) if number else ("", rest)
    match verb:
        case "approve" | "reject":
            return _of_digest(verb, rest)
        case "change":
            after = _TO_WHEN.sub("", after)
            return _said(verb, its, after) if its or not rest or _says_how(after) else None
        case "preview":
            return _said(verb, its, "" if _EXAMPLE.fullmatch(after) else after)
        case "pause" | "resume" if slots_of(read(after)).bodies and not _HOW_LONG.search(after):
            return "subscriptions"  # which one that is, its list says
        case "pause":
            length = _HOW_LONG.search(after)
            before = after[: length.start()] if length else after
            return _said(verb, its, length[0] if length and _points(before) else "" if _points(after) else after)
        case "resume":
            choice = _CHOICES.search(after)
            return _said(verb, its, choice[0].lower() if choice else "" if _points(after) else after)
        case _:
            return _said(verb, its, "")


def _points(words: str) -> bool:
    """Whether words say no more than "it" or "the digest"; what says more is left for the answer to object to."""
    return bool(_POINTING.fullmatch(words.strip()))


def _of_digest(verb: str, rest: str) -> str | None:
    if named := _DIGEST.search(rest):
        return f"{verb} D-{named[1]}"
    return verb if _points(rest) else None


def _says_how(words: str) -> bool:
    first = words.partition(" ")[0]
    return starts_cadence(first) or first.lower() == "to" or bool(_OPTION.match(first))


def _said(verb: str, its: str, rest: str) -> str:
    return " ".join(filter(None, [verb, its, rest]))
