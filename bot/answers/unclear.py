"""A name that is not clear, in any command: asked about, with the whole command as it would be with each name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.message import Reply
from summaries.errors import AmbiguousBody
from summaries.forces import Exact, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.errors import UnknownBody
    from summaries.register import Body

MOST_OFFERED = 5


def which_body(unclear: AmbiguousBody | UnknownBody, command: str) -> Reply:
    """The question which body is meant in a command, and the commands that would say it."""
    candidates: Sequence[Body] = unclear.facts.get("candidates") or ()  # type: ignore[assignment]
    typed = str(unclear.facts.get("typed") or "")
    offered = [(body.official, named_clearly(command, typed, body)) for body in candidates]
    context = {
        "words": str(unclear),
        "typed": typed,
        "ambiguous": isinstance(unclear, AmbiguousBody),
        "offered": [(name, words) for name, words in offered if words],
    }
    return Reply("which_body.j2", context, failed=True)


def named_clearly(command: str, typed: str, body: Body) -> str | None:
    """The command with a body's own name in the place of the one typed; None when that is not in it.

    A value of a filter is the body's register id, which needs no quotes.
    """
    words = r"\W+".join(map(re.escape, re.findall(r"\w+|&", typed)))
    if not words:
        return None
    value = re.compile(rf'(?P<key>(?:^|\s)-?\w+:(?:[^\s",]{{1,60}},){{0,8}})"?\b{words}\b"?', re.IGNORECASE)
    if value.search(command):
        return value.sub(lambda found: found["key"] + body.id, command, count=1)
    name = body.official if _is_known_as(body.official, body) else body.short
    bare = re.compile(rf'(?<!\w)"?{words}(?!\w)"?', re.IGNORECASE)
    return bare.sub(lambda _: name, command, count=1) if bare.search(command) else None


def _is_known_as(name: str, body: Body) -> bool:
    match = named(name)
    return isinstance(match, Exact) and match.body == body
