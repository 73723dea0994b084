"""Commands as people type them: a verb, or words that can only be one, and what follows. Pure."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from bot.intents import VERBS
from bot.understanding.followed import OF_ONE, of_following
from bot.understanding.reading import Reading, read
from bot.understanding.slots import slots_of
from bot.understanding.vocabulary import is_word
from bot.understanding.wish import peers_of
from summaries.forces import named

#: How alike (0 to 100) a first word must be to a verb to be taken for it misspelt.
VERB_FLOOR = 72.0
_SHORTEST_TYPO = 4

_OF_NAMES = {"latest", "grades", "compare", "history", "changed", "export"}
_TO = {
    "subscribe": re.compile(r"^(?:me |us )?(?:to |for )", re.IGNORECASE),
    "unsubscribe": re.compile(r"^(?:me |us )?from ", re.IGNORECASE),
}
_ALONE = {"status", "deliveries", "next", "subscriptions"}
# Words at the head that can only mean a verb, with what may stand between them and its words.
_HEADS = (
    ("search", r"(?:look|looking|search|searching|hunt) (?:for|up)|find(?: me)?(?: all)?(?: mentions? of)?|google"),
    ("explain", r"define|definition of|meaning of|explanation of|glossary|what does"),
    ("quote", r"cite|quotation (?:from|of)|citation (?:for|of)"),
    ("verify", r"check|is (?=r-?\d)"),
    ("export", r"download"),
    ("subscribe", r"follow|subscribe (?:me |us )?to|sign (?:me|us) up (?:for|to)"),
    ("unsubscribe", r"unfollow|unsubscribe from|stop following|cancel(?= #?\d)"),
    ("subscriptions", r"(?:my |our |list |show )(?:my |our )?subscriptions"),
    ("pause", r"mute|snooze|suspend|stop posting(?= (?:for|until|till) )"),
    ("resume", r"unpause|unmute|start posting again"),
    (
        "deliveries",
        r"(?:show|list) (?:me |us )?(?:the |our |my )?deliveries|delivery (?:history|log)|what was posted here",
    ),
    ("add", r"(?:read|ingest|import)(?= \S+\.\S)"),
)
_HEAD = tuple((verb, re.compile(rf"(?:{heads})(?:$|[\s:]+)", re.IGNORECASE)) for verb, heads in _HEADS)
_HOW_TO = re.compile(
    r"(?:how (?:do|can|should|would|to)(?: i| we| you)?|help(?: me)?(?: (?:with|to|on))?|(?:show me )?how to) (?:use )?"
    r"(?:the )?(\w{3,20})\b",
    re.IGNORECASE,
)
_HOW_TO_VERBS = {
    "follow": "subscribe",
    "cite": "quote",
    "find": "search",
    "download": "export",
    "unfollow": "unsubscribe",
}
_NUMBERED = re.compile(r"\b[rd]-?\d[\d.]{0,12}", re.IGNORECASE)
_WHY_OF = re.compile(r"[rd]-?\d|#?\d{1,9}(?: #?\d{1,9})?$", re.IGNORECASE)
_DELIVERED = re.compile(
    r"\b(?:gets?|got|sees?|seen|saw|posts?|posted|sends?|sent|here|arrived?|miss(?:ed|ing)?)\b", re.IGNORECASE
)
_NOUNS = re.compile(r"(?:the |a )?(\w{3,20}) (?:command|verb|work|works|mean)$", re.IGNORECASE)
_NOT = re.compile(
    r"(?:^|[ ,]+)(?:but not|and not|not|but|except(?: for)?|excluding|without|apart from|other than|outside(?: of)?)"
    r" (?=[^\"]{1,100}$)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"(?:,? but)?(?: only)? (?:in|at|for|by|from|about|within|on) (?=[^\"]{1,100}$)", re.IGNORECASE)


def as_command(words: str) -> str | None:
    """The command that words are, when a verb stands at their head; None when none does."""
    verb, _, rest = words.partition(" ")
    verb = verb.lower().rstrip(":,")
    if how_to := _help_with(words):
        return how_to
    if verb in VERBS:
        return _of_verb(verb, rest.strip(" :,"))
    for verb, head in _HEAD:
        if found := head.match(words):
            return _of_verb(verb, words[found.end() :]) if not _is_question(verb, words) else None
    return None


def nearly_command(words: str) -> str | None:
    """The command that words are when their first word is a verb misspelt; None when it is like none."""
    first, _, rest = words.partition(" ")
    if len(first) < _SHORTEST_TYPO or named(first) or is_word(first.lower()):
        return None
    found = process.extractOne(first.lower(), VERBS, scorer=fuzz.ratio, score_cutoff=VERB_FLOOR)
    return (as_command(f"{found[0]} {rest}".strip()) or found[0]) if found else None


def _is_question(verb: str, words: str) -> bool:
    """ "What does Kent …" is no wish to have a word explained, nor is "check on Kent" one to verify."""
    if verb == "explain" and words.lower().startswith("what does"):
        return True
    return verb == "verify" and not read(words).of("receipt")


def _help_with(words: str) -> str | None:
    found = _HOW_TO.match(words)
    verb = found[1].lower() if found else ""
    verb = _HOW_TO_VERBS.get(verb, verb)
    if verb in {"get", "have", "see"} or verb not in VERBS:
        return None
    if words.lower().startswith("help") or not slots_of(read(words)).bodies:
        return f"help {verb}"
    return None


def _of_verb(verb: str, rest: str) -> str | None:
    """A verb and its words; names and filters said in running words become those of the command."""
    if verb in _ALONE:
        return None if verb in {"status", "next"} and rest and slots_of(read(rest)).bodies else verb
    if verb == "search":
        return _search(rest)
    if verb in OF_ONE:
        return of_following(verb, rest)
    if verb == "why":
        return _why(rest)
    if verb in _OF_NAMES and rest:
        return _of_names(verb, rest)
    if verb == "help":
        known = [word for word in re.findall(r"\w+", rest.lower()) if word in VERBS]
        unknown = read(rest).of("word", "topic", "body")
        return f"help {known[0]}" if known else f"help {rest.lower() if unknown else ''}".strip()
    if verb in _TO:
        rest = _TO[verb].sub("", rest)
    return f"{verb} {rest}".strip()


def _why(rest: str) -> str | None:
    """Of a release's or digest's number. None for a question that is about no delivery: "why is Kent good?"."""
    if _WHY_OF.match(rest):
        return f"why {rest}"
    numbered = _NUMBERED.search(rest)
    return f"why {numbered[0]}" if numbered and _DELIVERED.search(rest) else None


def _search(rest: str) -> str:
    rest = re.sub(r"^(?:for|about|the (?:word|words|phrase)|releases? (?:about|on)) ", "", rest, flags=re.IGNORECASE)
    if '"' in rest or ":" in rest:
        return f"search {rest}".strip()
    if not_these := _without(rest):
        return not_these
    for place in reversed(list(_IN_PLACE.finditer(rest))):
        reading = read(rest[place.end() :])
        slots = slots_of(reading)
        if slots.bodies and rest[: place.start()] and _is_plain(reading):
            wish = slots.wish("search")
            return " ".join(["search", rest[: place.start()], wish.words.removeprefix("search ")])
    return f"search {rest}".strip()


def _without(rest: str) -> str | None:
    """ "Crime, but not in Kent": what comes after is left out. None when it is no name or topic."""
    found = _NOT.search(rest)
    if not found:
        return None
    reading = read(f"not {rest[found.end() :]}")
    slots = slots_of(reading)
    plain = slots.sayable and not slots.text and not slots.bodies and not reading.of("word", "phrase", "receipt")
    if not plain or not slots.filters:
        return None
    filters = " ".join(f"{key}:{value}" for key, value in slots.filters)
    what = rest[: found.start()].rstrip(" ,")
    return " ".join(filter(None, [_search(what) if what else "search", filters]))


def _of_names(verb: str, rest: str) -> str | None:
    """As typed, or what it says in running words when names and filters are all that it says."""
    words, tail = _format(rest) if verb == "export" else (rest, "")
    reading = read(words)
    slots = slots_of(reading)
    if not slots.sayable and not set('":') & set(words):
        return None
    running = reading.of("about", "filler", "do", "lean") and not set('":') & set(words)
    if running and not slots.text and not slots.dangling and (slots.bodies or slots.filters):
        if verb == "compare" and "peers" in reading.cues and len(slots.bodies) == 1:
            return peers_of(slots.bodies[0], slots.filters).words
        if reading.cues <= {verb, "how", "who", "list", "not", "compare", "grades"}:
            return " ".join(filter(None, [slots.wish(verb).words, tail]))
    return " ".join(filter(None, [verb, words, tail]))


def _format(rest: str) -> tuple[str, str]:
    found = re.search(r"(?:^|\s)(?:as |to |in )?(?:a )?(csv|json)(?: file)?$", rest, re.IGNORECASE)
    return (rest[: found.start()].strip(), found[1].lower()) if found else (rest, "")


def _is_plain(reading: Reading) -> bool:
    """Whether words are names, filters and small words only."""
    return not reading.of("word", "topic", "phrase", "do", "receipt")
