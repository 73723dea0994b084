"""What a person wants, from what they typed: pure, and the same for every door.

Verbs are reserved words; anything else is a force, perhaps with a year and a pillar. Whether such a force exists is for
the answer to find out: an intent only says how the words were understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summaries.types import Pillar

_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
_MENTION = re.compile(r"<[@#!][^>]{0,80}>")
_EMOJI = re.compile(r":[a-z0-9_+-]{1,40}:")
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:[/-]\d\d)?\b")  # a cycle as "2018/19" goes by its first year
_PILLARS = {pillar.value: pillar for pillar in Pillar}
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Help:
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class AskForce:
    """A force's card; with a year or a pillar, that release whole."""

    name: str
    year: int | None = None
    pillar: Pillar | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """`name` is a force whose newest releases are wanted; empty for all."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    pass


@dataclass(frozen=True, slots=True)
class Subscribe:
    """`words` is all after the verb: what, when and where, for the subscription's own grammar."""

    words: str


@dataclass(frozen=True, slots=True)
class ListSubscriptions:
    pass


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    pass


@dataclass(frozen=True, slots=True)
class NextRuns:
    pass


@dataclass(frozen=True, slots=True)
class TooLong:
    length: int


Intent = Help | AskForce | Latest | Status | Subscribe | ListSubscriptions | Unsubscribe | Preview | NextRuns | TooLong

_SIMPLE: dict[str, Intent] = {
    "status": Status(),
    "subscriptions": ListSubscriptions(),
    "preview": Preview(),
    "next": NextRuns(),
}
VERBS = ("help", "latest", "status", "subscribe", "subscriptions", "unsubscribe", "preview", "next")


def normalise(text: str) -> str:
    """The words as typed, without Slack's escapes, mentions and emoji, and with plain quotes and single spaces."""
    text = _EMOJI.sub(" ", _MENTION.sub(" ", text[: LONGEST * 4]))
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").translate(_TYPOGRAPHY)
    text = re.sub(r"^\s*[/@]?hmic\b", "", text)
    return " ".join(text.split()).strip(" \t?!.,;")


def parse_intent(text: str) -> Intent:
    """How `text` is understood. Never raises; nothing typed means help."""
    words = normalise(text)
    if len(words) > LONGEST:
        return TooLong(len(words))
    verb, _, rest = words.partition(" ")
    match verb.lower():
        case "":
            return Help()
        case "help":
            return Help(rest.lower() or None)
        case "subscribe":
            return Subscribe(rest)
        case "unsubscribe":
            return Unsubscribe(rest)
        case "latest":
            return Latest(rest)
        case _ if verb.lower() in _SIMPLE:
            # A verb keeps its meaning whatever follows: "status please" asks for no force called so.
            return _SIMPLE[verb.lower()]
    return _ask_force(words)


def _ask_force(words: str) -> AskForce:
    year = _YEAR.search(words)
    pillar: Pillar | None = None
    kept: list[str] = []
    for word in words.split():
        if year and word == year.group():
            continue
        if pillar is None and word.lower() in _PILLARS:
            pillar = _PILLARS[word.lower()]
            continue
        kept.append(word)
    name = " ".join(kept)
    # "Legitimacy" alone names no force; leave it to be searched for as it was typed.
    return AskForce(name, int(year[1]) if year else None, pillar) if name else AskForce(words)
