"""What a person wants, from what they typed: pure, and the same for every door.

Verbs are reserved words; anything else is a force, perhaps with a year and a pillar. Whether such a force exists is for
the answer to find out: an intent only says how the words were understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summaries.types import Pillar

_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
# What Slack makes of an address (`<https://…|label>`), a bare address, mentions and emoji. An address comes first: what
# looks like an emoji inside it is part of it.
_DRESSED = re.compile(
    r"<(?P<linked>https?://[^|<>\s]{1,2000})(?:\|[^<>]{0,2000})?>|(?P<bare>https?://[^\s<>]{1,2000})"
    r"|<[@#!][^>]{0,80}>|:[a-z0-9_+-]{1,40}:"
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NAKED_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}/\S*", re.IGNORECASE)
_RECEIPT = re.compile(r"r-?(\d{1,9})(?:\.(\d{1,6}))?(?:\s?¶\s?\d{1,6})?", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:[/-]\d\d)?\b")  # a cycle as "2018/19" goes by its first year
_PILLARS = {pillar.value: pillar for pillar in Pillar}
_CLOSING = "?!.,;:'\"’”)]}"  # ends the words round a bare address rather than the address
LONGEST = 300
_MOST_READ = 12_000  # characters of a message; of longer ones only the length matters


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
class ShowRelease:
    """A release by the number its receipts print; `revision` None is the newest."""

    number: int
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Read the release, or the page of releases, at each address. None when none was given."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that came with a message. `size` in bytes and `media_type` are as Slack has them, None when it does not
    say; `problem` says why it cannot be had at all."""

    id: str
    name: str
    url: str = ""
    size: int | None = None
    media_type: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class AddFiles:
    """Read the releases in these files."""

    files: tuple[SharedFile, ...]


@dataclass(frozen=True, slots=True)
class ReadPaste:
    """Show what a pasted message would be read as. `reference` finds the message again when it is to be kept."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class KeepPaste:
    """Store the release in a message that was pasted; empty when the message is gone. `location` says where it was."""

    text: str
    location: str


@dataclass(frozen=True, slots=True)
class TooLong:
    length: int


Intent = (
    Help
    | AskForce
    | ShowRelease
    | Latest
    | Status
    | Subscribe
    | ListSubscriptions
    | Unsubscribe
    | Preview
    | NextRuns
    | Add
    | AddFiles
    | ReadPaste
    | KeepPaste
    | TooLong
)
"""Typed words become all but AddFiles, ReadPaste and KeepPaste, which a door makes of what came beside them."""

_SIMPLE: dict[str, Intent] = {
    "status": Status(),
    "subscriptions": ListSubscriptions(),
    "preview": Preview(),
    "next": NextRuns(),
}
VERBS = ("help", "latest", "status", "subscribe", "subscriptions", "unsubscribe", "preview", "next", "add")


def normalise(text: str) -> str:
    """The words as typed, without Slack's escapes, mentions and emoji, and with plain quotes and single spaces."""
    text = _DRESSED.sub(_undressed, text[:_MOST_READ])
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").translate(_TYPOGRAPHY)
    text = re.sub(r"^\s*[/@]?hmic\b", "", text)
    return " ".join(text.split()).strip(" \t?!.,;")


def parse_intent(text: str) -> Intent:
    """How `text` is understood. Never raises; nothing typed means help."""
    words = normalise(text)
    verb, _, rest = words.partition(" ")
    if verb.lower() == "add" or (verb.lower() not in VERBS and _is_about_addresses(words)):
        return Add(tuple(_addresses(words, naked=verb.lower() == "add")))
    if len(words) > LONGEST:
        return TooLong(len(words))
    if found := _RECEIPT.fullmatch(words):
        return ShowRelease(int(found[1]), int(found[2]) if found[2] else None)
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


def asks_elsewhere(text: str) -> bool:
    """Whether the answer to `text` waits for others, so that it cannot come with an acknowledgement."""
    intent = parse_intent(text)
    return isinstance(intent, Add) and bool(intent.urls)


def _undressed(found: re.Match[str]) -> str:
    """An address stands alone, whatever it was written against: brackets round it, a comma after it."""
    if found["linked"]:
        return f" {found['linked']} "
    if not found["bare"]:
        return " "
    address = found["bare"].rstrip(_CLOSING)
    if ")" in found["bare"][len(address) :] and address.count("(") > address.count(")"):
        address += ")"  # its own
    return f" {address} {found['bare'][len(address) :]} "


def _is_about_addresses(words: str) -> bool:
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
