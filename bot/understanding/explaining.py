"""Questions about what a word means: "what does adequate mean?", "what is a cause of concern?". Pure."""

from __future__ import annotations

import re

from summaries.definitions import explain

_MEANS = re.compile(
    r"(?:what(?: (?:does|do|did|is|are))?(?: it means?(?: (?:when|if|to be))?)?"
    r"|what(?:'s|s)(?: the)?|define|explain)"
    r" (?:the (?:meaning|definition) of )?(?:the (?:word|term|grade|phrase) )?(?P<term>.{1,80}?)"
    r" (?:mean|means|meant by|stand for|stands for|refer to)(?: (?:in|for|under|by) (?P<where>.{1,60}))?",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?:what(?:'s|s| is| are) (?:the )?(?:meaning|definition) of|(?:the )?(?:meaning|definition) of|what is meant by"
    r"|what do (?:you|they|inspectors|hmic|hmicfrs) mean by|what counts as"
    r"|what does it mean (?:to be|if a force is|when a force is))"
    r" (?:an? |the )?(?P<term>[^?]{1,80})",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"(?:what(?:'s|s| is| are)|who (?:is|are)(?= hmi)|what exactly (?:is|are)) (?:an? |the )?(?P<term>[^?]{1,60})",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?:an? |the |it |being |to be )+", re.IGNORECASE)


def asks_to_explain(words: str) -> str | None:
    """The words after `explain`, when the question is what a term means; None when it is not."""
    if found := _MEANS.fullmatch(words):
        return " ".join(filter(None, [_term(found["term"]), found["where"]]))
    if found := _MEANT.fullmatch(words):
        return _term(found["term"])
    found = _WHAT_IS.fullmatch(words)
    if found and explain(_term(found["term"])).term:
        return _term(found["term"])
    return None


def _term(term: str) -> str:
    return _HEAD.sub("", term).strip("'\" ")
