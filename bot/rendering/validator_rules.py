"""The small rules that the validator's tables are made of: lengths, choices, lists, records.

A rule takes the running check, a value and where it stands, and reports what is wrong with it; it returns nothing. A
place is a chain of (parent, key) pairs, joined into a JSON pointer only when there is something to report: that keeps
the check of a good message to a few microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[Any, str | int] | None

# In Slack's markup `<` opens a link, a mention or a date; any other `<` should have been written `&lt;`.
_STRAY = re.compile(r"<(?!(?:https?://|mailto:|@[UW]|#[CDG]|!date\^|!subteam\^|!here|!channel|!everyone)[^<>\n]*>)")
_URL = re.compile(r"(?:https?://[^\s<>]+|mailto:[^\s<>]+)\Z")


@dataclass(frozen=True, slots=True)
class Problem:
    """What Slack would refuse: `pointer` is a JSON pointer into the payload, `code` a stable word, `message` prose."""

    pointer: str
    code: str
    message: str


class Check:
    """One pass over one payload: the problems so far, and the counts that span blocks."""

    __slots__ = ("action_ids", "block_ids", "chars", "of_type", "problems", "surface")

    def __init__(self, surface: str) -> None:
        self.surface = surface
        self.problems: list[Problem] = []
        self.chars = 0  # text in blocks
        self.block_ids: set[str] = set()
        self.action_ids: set[str] = set()  # of the block being checked
        self.of_type: dict[str, int] = {}

    def fail(self, at: Place, code: str, message: str) -> None:
        keys: list[str] = []
        while at is not None:
            at, key = at
            keys.append(str(key).replace("~", "~0").replace("/", "~1"))
        self.problems.append(Problem("".join(f"/{key}" for key in reversed(keys)), code, message))

    def refuse(self, value: Any, at: Place, wanted: str) -> None:
        """Report a value of the wrong kind; a null gets its own code, as it is the commonest slip."""
        if value is None:
            self.fail(at, "null", f"null where {wanted} belongs: leave the key out instead")
        else:
            self.fail(at, "wrong_type", f"{type(value).__name__} where {wanted} belongs")


Rule = Callable[[Check, Any, Place], None]


def anything(check: Check, value: Any, at: Place) -> None:
    """Accept whatever stands here: another rule has already looked at it."""


def string(longest: int, *, counted: bool = False) -> Rule:
    """Text of 1 to `longest` characters that is not only blanks; `counted` adds it to the message's total."""

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, str):
            check.refuse(value, at, "text")
        elif len(value) > longest:
            check.fail(at, "too_long", f"{len(value)} characters; the most is {longest}")
        elif not value or value.isspace():
            check.fail(at, "empty", "empty text")
        elif counted:
            check.chars += len(value)

    return rule


def inline(check: Check, value: Any, at: Place) -> None:
    """A run of rich text: any characters, blanks too, but at least one."""
    if not isinstance(value, str):
        check.refuse(value, at, "text")
    elif not value:
        check.fail(at, "empty", "empty text")
    else:
        check.chars += len(value)


def boolean(check: Check, value: Any, at: Place) -> None:
    """True or false."""
    if value is not True and value is not False:
        check.refuse(value, at, "true or false")


def number(check: Check, value: Any, at: Place) -> None:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        check.refuse(value, at, "a number")


def integer(least: int, most: int) -> Rule:
    """A whole number between the two, both included."""

    def rule(check: Check, value: Any, at: Place) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            check.refuse(value, at, "a whole number")
        elif not least <= value <= most:
            check.fail(at, "bad_range", f"{value} is not between {least} and {most}")

    return rule


def choice(*words: str) -> Rule:
    """One of the words given."""
    allowed = frozenset(words)

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, str):
            check.refuse(value, at, "a word")
        elif value not in allowed:
            check.fail(at, "bad_choice", f"{value!r} is not one of {', '.join(sorted(allowed))}")

    return rule


def url(longest: int) -> Rule:
    """An http, https or mailto address: what we ever link to."""

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, str):
            check.refuse(value, at, "an address")
        elif len(value) > longest:
            check.fail(at, "too_long", f"{len(value)} characters; the most is {longest}")
        elif _URL.match(value) is None:
            check.fail(at, "bad_url", "not an http, https or mailto address")

    return rule


def markup(check: Check, text: str, at: Place) -> None:
    """Slack's own markup: every `<` opens a link we allow, a mention or a date."""
    if "<" in text and _STRAY.search(text) is not None:
        check.fail(at, "bad_link", "a < that opens no http, https or mailto link, mention or date: write it &lt;")


def items(each: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` values, each by the rule `each`."""

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, list):
            check.refuse(value, at, "a list")
            return
        if len(value) > most:
            check.fail(at, "too_many", f"{len(value)} items; the most is {most}")
        elif len(value) < least:
            check.fail(at, "too_few", f"{len(value)} items; the least is {least}")
        for index, item in enumerate(value):
            each(check, item, (at, index))

    return rule


def record(
    required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *, then: Rule | None = None
) -> Rule:
    """An object with these keys and no others; `then` looks at it whole afterwards. `type` is always allowed."""
    rules: dict[str, Rule] = {"type": anything, **required, **(optional or {})}
    needed = tuple(required)

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, dict):
            check.refuse(value, at, "an object")
            return
        for key, item in value.items():
            inner = rules.get(key)
            if inner is None:
                check.fail((at, key), "unknown_key", f"{key!r} is not known here")
            elif inner is not anything:
                inner(check, item, (at, key))
        for key in needed:
            if key not in value:
                check.fail((at, key), "missing", f"{key!r} is required")
        if then is not None:
            then(check, value, at)

    return rule


def tagged(kinds: Mapping[str, Rule], code: str, noun: str) -> Rule:
    """An object whose `type` chooses the rule; a type that is not among `kinds` is reported with `code`."""

    def rule(check: Check, value: Any, at: Place) -> None:
        if not isinstance(value, dict):
            check.refuse(value, at, noun)
            return
        kind = value.get("type")
        inner = kinds.get(kind) if isinstance(kind, str) else None
        if inner is None:
            check.fail((at, "type"), code, f"{kind!r} is not {noun} that may stand here")
        else:
            inner(check, value, at)

    return rule
