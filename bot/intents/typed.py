"""The words as a person meant them, without what Slack, a keyboard or good manners put round them. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300
"""Characters of a question; what is longer is no question."""
LONGEST_OF_VERB = {"verify": 3_000, "subscribe": 1_500, "change": 1_500, "preview": 1_500}
"""Characters of a command that may be longer: words to verify are a paragraph or two, and a button that follows many
forces says all of them."""

_MOST_READ = 12_000  # characters of a message; of longer ones only the length matters
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‛′´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u2010\u2011\u2012–—―\u2212", "-"),
        **dict.fromkeys("*`~", " "),
    }
)
# What Slack makes of an address (`<https://…|label>`), a bare address, mentions and emoji. An address comes first: what
# looks like an emoji inside it is part of it.
_DRESSED = re.compile(
    r"<(?P<linked>https?://[^|<>\s]{1,2000})(?:\|[^<>]{0,2000})?>|(?P<bare>https?://[^\s<>]{1,2000})"
    r"|<mailto:[^|<>]{1,300}\|(?P<mail>[^<>]{0,300})>|<[@#!][^>]{0,80}>|:[a-z][a-z0-9_+-]{1,40}:"
)
_CLOSING = "?!.,;:'\"’”)]}"  # ends the words round a bare address rather than the address
_ITSELF = re.compile(r"^[\s'\"]{0,5}[/@]?hmic\b[:,]?", re.IGNORECASE)
# Symbols (emoji), their joiners and selectors, and what has no shape at all.
_SHAPELESS = frozenset({"So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn"})

_BEFORE = re.compile(
    r"(?:please|pls|plz|hi|hiya|hello|hey|good (?:morning|afternoon|evening)|dear|ok|okay|right|well|um|erm|hmm|so"
    r"|and so)[,.!]? (?=\S)|(?:can|could|would|will) (?=\S)"
    r"|(?:thanks|thank you|cheers|sorry|excuse me)[,.! ]{1,3}(?=\S)|(?:no|nope|yes|yep)[,.!]{1,3} (?=\S)"
    r"|(?:you|u|we|i) (?:please |kindly |just )?(?=(?:tell|show|give|find|get|list|compare|search|explain|look|export"
    r"|summarise|quote|verify|check|follow|subscribe|pause|resume|see|have)\b)"
    r"|(?:i|we)(?:'d| would)? (?:want|need|like)(?: to)? (?:know |see |find out |ask )?(?=\S)"
    r"|(?:let me|lemme) (?:know|see) (?=(?:how|what|which|who)\b)"
    r"|(?:do|did) you (?:know|have) (?=(?:how|what|which|who|when|if|whether)\b)"
    r"|(?:tell|show) (?:me|us) (?=(?:how|what|which|who|where|why|whether)\b)"
    r"|there[,! ]{1,2}(?=\S)|(?:bot|team|all|folks|both)[,!] ?(?=\S)|[,.!;:-]+ ?(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,.!?;-]+(?:please|pls|plz|thanks|thank you|many thanks|thanks a lot|thx|ta|cheers|asap|if you can|if possible"
    r"|kind regards|regards)$",
    re.IGNORECASE,
)
_MANNERS = re.compile(
    r"(?:hi|hiya|hello|hey|thanks|thank you|thx|ta|cheers|please|pls|thank|you|ok|okay|good|morning|afternoon|evening"
    r"|there|bot|so|mate|cool|much|very|a lot|again|great|nice|lovely|perfect|brilliant|yes|no|yo)",
    re.IGNORECASE,
)
_MOST_MANNERS = 8


def normalise(text: str) -> str:
    """The words as typed, without Slack's escapes, mentions and emoji, and with plain quotes and single spaces."""
    text = _DRESSED.sub(_undressed, text[:_MOST_READ])
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").translate(_TYPOGRAPHY)
    text = "".join(_shaped(char) for char in text)
    text = _ITSELF.sub("", text)
    return " ".join(text.split()).strip(" \t?!.,;…")


def is_too_long(words: str) -> bool:
    """Whether normalised words are too many to be read as a question or command."""
    return len(words) > LONGEST_OF_VERB.get(words[:12].partition(" ")[0].lower(), LONGEST)


def without_manners(words: str) -> str:
    """Normalised words without greetings, please and thanks round them; nothing when they are nothing else. What is too
    long to be a question is left as it is."""
    if is_too_long(words):
        return words
    if all(_MANNERS.fullmatch(word) for word in re.findall(r"[^\W\d_]+", words)):
        return "" if re.search(r"[^\W_]", words) and not re.search(r"\d", words) else words
    for _ in range(_MOST_MANNERS):
        shorter = _AFTER.sub("", words)
        if found := _BEFORE.match(shorter):
            shorter = shorter[found.end() :]
        if shorter == words:
            break
        words = shorter
    return words


def _shaped(char: str) -> str:
    if char.isascii() and char >= " ":
        return char
    kind = unicodedata.category(char)
    if kind == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""  # a joiner, or a mark of direction: within a word as often as between two
    return " " if kind in _SHAPELESS else char


def _undressed(found: re.Match[str]) -> str:
    """An address stands alone, whatever it was written against: brackets round it, a comma after it."""
    if found["linked"]:
        return f" {found['linked']} "
    if found["mail"] is not None:
        return f" {found['mail']} "
    if not found["bare"]:
        return " "
    address = found["bare"].rstrip(_CLOSING)
    if ")" in found["bare"][len(address) :] and address.count("(") > address.count(")"):
        address += ")"  # its own
    return f" {address} {found['bare'][len(address) :]} "
