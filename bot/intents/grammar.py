"""From a command to an intent: pure, and the same for every door.

Verbs are reserved words; anything else is a force, perhaps with a year and a pillar. `bot.understanding` turns what
people write into commands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.intents import wanted
from bot.intents.typed import LONGEST, is_too_long, normalise
from summaries.types import Pillar

if TYPE_CHECKING:
    from collections.abc import Callable

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NAKED_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}/\S*", re.IGNORECASE)
_RECEIPT = re.compile(r"r-?(\d{1,9})(?:\.(\d{1,6}))?(?:\s?¶\s?\d{1,6})?", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:[/-]\d\d)?\b")  # a cycle as "2018/19" goes by its first year
_PILLARS = {pillar.value: pillar for pillar in Pillar}

_SIMPLE: dict[str, wanted.Intent] = {
    "status": wanted.Status(),
    "subscriptions": wanted.ListSubscriptions(),
    "next": wanted.NextRuns(),
    "deliveries": wanted.Deliveries(),
}
_WITH_WORDS: dict[str, Callable[[str], wanted.Intent]] = {
    "latest": wanted.Latest,
    "search": wanted.Search,
    "grades": wanted.Grades,
    "compare": wanted.Compare,
    "history": wanted.History,
    "changed": wanted.Changed,
    "explain": wanted.Explain,
    "quote": wanted.Quote,
    "verify": wanted.Verify,
    "export": wanted.Export,
    "subscribe": wanted.Subscribe,
    "unsubscribe": wanted.Unsubscribe,
    "why": wanted.Why,
    "admin": wanted.Admin,
    "change": wanted.Change,
    "pause": wanted.Pause,
    "resume": wanted.Resume,
    "backfill": wanted.Backfill,
    "approve": wanted.Approve,
    "reject": wanted.Reject,
    "preview": wanted.Preview,
}
VERBS = ("help", *_WITH_WORDS, *_SIMPLE, "add")


def parse_intent(text: str) -> wanted.Intent:
    """What a command means. Never raises; nothing typed means help."""
    words = normalise(text)
    verb, _, rest = words.partition(" ")
    if verb.lower() == "add" or (verb.lower() not in VERBS and is_about_addresses(words)):
        return wanted.Add(tuple(_addresses(words, naked=verb.lower() == "add")))
    if is_too_long(words):
        return wanted.TooLong(len(words))
    if found := _RECEIPT.fullmatch(words):
        return wanted.ShowRelease(int(found[1]), int(found[2]) if found[2] else None)
    match verb.lower():
        case "":
            return wanted.Help()
        case "help":
            return wanted.Help(rest.lower() or None)
        case verb_with_words if verb_with_words in _WITH_WORDS:
            return _WITH_WORDS[verb_with_words](rest)
        case _ if verb.lower() in _SIMPLE:
            # A verb keeps its meaning whatever follows: "status please" asks for no force called so.
            return _SIMPLE[verb.lower()]
    return _ask_force(words)


def is_about_addresses(words: str) -> bool:
    """Whether an address is to be read: whatever little is said of it, it is what was sent."""
    addresses = _addresses(words, naked=False)
    return bool(addresses) and len(words) - sum(map(len, addresses)) <= LONGEST


def _addresses(words: str, *, naked: bool) -> list[str]:
    """Each address once, in order. One typed without its scheme is taken for https, where such are looked for."""
    found: dict[str, None] = {}
    for word in words.split():
        if _ADDRESS.fullmatch(word):
            found[word] = None
        elif naked and _NAKED_ADDRESS.fullmatch(word):
            found[f"https://{word}"] = None
    return list(found)


def _ask_force(words: str) -> wanted.AskForce:
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
    return wanted.AskForce(name, int(year[1]) if year else None, pillar) if name else wanted.AskForce(words)
