"""What a `not` in a question is said of: "vetting, not in Kent" leaves Kent out, "isn't Kent good?" does not. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.understanding.reading import Part

_CONTRACTED = re.compile(r"(?P<verb>is|was|are|were|did|does|has|have|had|do|ca|could|should|would|wo)n['’ ]?t", re.I)
_NO_QUESTION = {"do", "ca", "could", "should", "would", "wo"}
# What may stand between `not` and what it leaves out.
_REACH = frozenset({"the", "in", "for", "of", "at", "about", "from", "on", "to", "by", "with", "any", "those", "all"})
_GO_ON = {"who", "grades", "how"}  # "not rated good": the `not` is of what follows
_STATED = {"grade", "pillar", "year", "filter"}
_JOINS = frozenset({"and", "or"})
_SMALL = frozenset({"the", "in", "for", "of", "at", "about", "from", "on"})


def negations(parts: tuple[Part, ...], slots: tuple[str, ...]) -> tuple[frozenset[int], bool]:
    """Which parts of the kinds in `slots` are left out, by their place, and whether that is clear: a wish that leaves
    out what was asked for is worse than none. What follows a `not` at once is left out, and what is joined to that."""
    left_out: set[int] = set()
    clear, pending, refused = not _is_dont(parts), -1, False
    for at, part in enumerate(parts):
        if part.kind == "do":
            if part.value == "not" and not _is_question(parts, at):
                pending, refused = at, refused or _is_refusal(part)
            elif part.value not in _GO_ON:
                refused = refused or pending >= 0  # "did not mention vetting": what was not done is not listed
                pending = -1
        if part.kind not in slots:
            continue
        if (refused and part.kind not in _STATED) or (part.kind == "body" and _is_after_but(parts, at)):
            clear = False
        if pending >= 0:
            left_out.add(at)
            clear = clear and (part.kind != "body" or _reaches(parts, pending, at))
        elif joined := _joined(parts, at, left_out):
            left_out.add(at)
            clear = clear and joined != "?"
        pending = -1
    asks_who = any(part.value == "who" for part in parts) and not left_out
    return frozenset(left_out), clear and not (refused and asks_who)


def _is_refusal(part: Part) -> bool:
    return part.typed.lower() == "no" or bool(_CONTRACTED.fullmatch(part.typed))


def is_dangling(parts: tuple[Part, ...], slots: tuple[str, ...]) -> bool:
    """Whether the last `not` has nothing after it that it could be said of."""
    dangling = False
    for at, part in enumerate(parts):
        if part.kind == "do":
            dangling = (part.value == "not" and not _is_question(parts, at)) or (dangling and part.value == "who")
        elif part.kind in slots:
            dangling = False
    return dangling


def _is_dont(parts: tuple[Part, ...]) -> bool:
    if [part.typed.lower() for part in parts[:2]] == ["do", "not"]:
        return True
    found = _CONTRACTED.fullmatch(parts[0].typed) if parts else None
    return found is not None and found["verb"].lower() == "do"


def _is_question(parts: tuple[Part, ...], at: int) -> bool:
    """ "Isn't it good?", "why wasn't Kent good?": the verb goes before what it is said of."""
    found = _CONTRACTED.fullmatch(parts[at].typed)
    if not found or found["verb"].lower() in _NO_QUESTION:
        return False
    following = [part.kind for part in parts[at + 1 :] if part.typed.lower() != "the"]
    return at == 0 or following[:1] == ["body"]


def _is_after_but(parts: tuple[Part, ...], at: int) -> bool:
    """ "Everywhere but Kent", or Kent after all?"""
    before = [part.typed.lower() for part in parts[:at] if part.typed.lower() != "the"]
    return len(before) > 1 and before[-1] == "but"


def _reaches(parts: tuple[Part, ...], start: int, at: int) -> bool:
    between = parts[start + 1 : at]
    plain = all(part.typed.lower() in _REACH or part.value == "who" for part in between)
    return plain and parts[start].typed.lower() != "no" and not any(part.apart for part in parts[start + 1 : at + 1])


def _joined(parts: tuple[Part, ...], at: int, left_out: set[int]) -> str:
    """Whether a part goes on from one of its kind that is left out: "" when not, "?" when it may or may not."""
    before = list(_before(parts, at))
    last = before[-1] if before else -1
    if last < 0 or last not in left_out or parts[last].kind != parts[at].kind:
        return ""
    joins = {part.typed.lower() for part in parts[last + 1 : at]} & _JOINS
    if not joins or parts[at].kind not in ("body", "grade", "pillar"):
        return "?"
    return "yes" if joins == {"or"} or parts[at].kind == "body" else "?"


def _before(parts: tuple[Part, ...], at: int) -> Iterator[int]:
    """The places before, without the small words just before it."""
    end = at
    while end and parts[end - 1].typed.lower() in _SMALL | _JOINS:
        end -= 1
    yield from range(end)
