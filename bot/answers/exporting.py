"""Answers that are files: what is held, with where every value comes from.

A file asked for in private goes to the asker's direct messages, one asked for in the open to where it was asked for.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import UploadProblem
from bot.rendering.message import Reply
from bot.rendering.words import day, licence
from summaries.exporting import Format, head, pieces, read_wish
from summaries.sources.limits import size_in_words

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Export
    from bot.services import Services
    from summaries.query import Filter

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: `rows` of CSV or lines of JSON, of how many releases, of which first and last year. `whole`
    is False where there is more than is sent."""

    content: bytes
    rows: int
    releases: int
    years: tuple[int, int] | None
    whole: bool


def export(intent: Export, ask: Ask, services: Services) -> Reply:
    """Make the file that is asked for and send it. Raises BadFilter.

    In the terminal it is said which command writes it.
    """
    wanted, made_as = read_wish(intent.words, groups=services.groups)
    most, made = services.export_limits, _made(wanted, made_as, services)
    context = {
        "wanted": wanted,
        "format": made_as.value,
        "made": made,
        "by_hand": _by_hand(intent.words),
        "most": f"{most.rows:,} rows or {size_in_words(most.size)}",
        "sent_to": None,
        "problem": None,
    }
    if not made.releases or not made.whole or services.uploads is None:
        return Reply("exported.j2", context, failed=not made.whole and services.uploads is not None)
    today = services.clock.now().date()
    name = f"hmic-export-{today.isoformat()}{made_as.suffix}"
    to, where = _destination(ask)
    title = f"Exported on {day(today)}: {wanted.words}"[:LONGEST_TITLE]
    try:
        services.uploads.share(name, made.content, title=title, to=to, thread=ask.answered_in)
    except UploadProblem as problem:
        return Reply("exported.j2", {**context, "problem": str(problem)}, failed=True)
    return Reply("exported.j2", {**context, "name": name, "sent_to": where})


def _destination(ask: Ask) -> tuple[str, str]:
    """Whom or which channel the file is for, and how the answer calls that."""
    if ask.door == "mention":
        return ask.channel_id, "in this thread"
    if ask.door == "message":
        return ask.channel_id, "here"
    return ask.user_id, "in your direct messages with me"


def _made(wanted: Filter, made_as: Format, services: Services) -> Made:
    """The file, given up where it grows beyond what is sent. No transaction is open while it is sent."""
    most = services.export_limits
    content, rows, releases = bytearray(head(made_as)), 0, 0
    years: set[int] = set()
    whole = True
    with services.store.read() as unit:
        for piece in pieces(unit, wanted, made_as, licence):
            content += piece.content
            rows, releases = rows + piece.rows, releases + 1
            years |= {piece.year} if piece.year else set()
            if rows > most.rows or len(content) > most.size:
                whole = False
                break
    return Made(bytes(content), rows, releases, (min(years), max(years)) if years else None, whole)


def _by_hand(words: str) -> str:
    """The command that does the same in a terminal."""
    return " ".join(["hmic export", *([shlex.quote(words)] if words else [])])
