"""Answers to searches: passages that hold the words, each with its receipt; and what is said instead of a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.intents import LONGEST
from bot.rendering import limits
from bot.rendering.message import Reply
from bot.rendering.receipts import receipt
from bot.rendering.views import ReleaseView, view
from bot.rendering.words import count
from summaries import searching
from summaries.forces import bodies as register
from summaries.passages import sought_by
from summaries.query import Filter, parse_filter
from summaries.query.filters import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.ask import Ask
    from bot.intents.wanted import Search
    from bot.services import Services
    from summaries.query import Literal
    from summaries.searching import Hit, SearchResult
    from summaries.types import Evidence

# What a quoted phrase holds is looked for, whatever it looks like.
_PAGE = re.compile(r'"[^"]*"|(?<!\S)page:(\d{1,5})(?!\S)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundView:
    """A release that was found, laid out. `told` says who said the sentence and its receipt; `opens` are the words that
    show the release whole. `unshown`: it holds what was looked for, but in no one sentence."""

    view: ReleaseView
    sentence: Evidence
    told: str
    opens: str
    before: Evidence | None = None
    after: Evidence | None = None
    marks: tuple[Evidence, ...] = ()
    more: int = 0
    unshown: bool = False


@dataclass(frozen=True, slots=True)
class OtherSearch:
    """Words that find something instead, how many releases, and what is otherwise about them."""

    words: str
    total: int
    why: str

    @property
    def label(self) -> str:
        """For the button that searches so."""
        named = f"Search {self.why}"
        return named if len(named) <= limits.BUTTON_TEXT else "Search for fewer words"


def search(intent: Search, ask: Ask, services: Services) -> Reply:
    """A page of what a search finds; without words, how to search. Raises BadFilter for a filter that is not one."""
    words, page = read_page(intent.words)
    page = page or intent.page
    context: dict[str, object] = {
        "result": None,
        "hits": (),
        "instead": (),
        "next_words": None,
        "first_words": None,
        "names": (),
    }
    if not words:
        return Reply("search.j2", context)
    wanted = parse_filter(words, bare="text", groups=services.groups)
    result = searching.search(services.store, wanted, page)
    context |= {
        "result": result,
        "wanted": heading(wanted),
        "found": heading(wanted, result.total, at_least=result.at_least),
        "understood": _understood(wanted),
    }
    if not result.total:
        nothing = searching.nothing_found(services.store, wanted)
        return Reply("search.j2", {**context, "nothing": nothing, "instead": _instead(nothing)})
    hits = [_found_view(hit, result) for hit in result.hits]
    more = _fitting(f"search {words} page:{result.page + 1}") if result.has_more else None
    return Reply("search.j2", {**context, "hits": hits, "next_words": more, "first_words": f"search {words}"})


def nothing_sure(words: str, ask: Ask, services: Services, bodies: Sequence[str] = ()) -> Reply:
    """What is said to words that no rule understands: the nearest sentences, of `bodies` (register ids) where some were
    named, and what was looked through. Never a guess."""
    near = searching.nearest(services.store, words, bodies)
    names = [register()[body].official for body in bodies if body in register()]
    hits = [_found_view(hit) for hit in near.hits]
    return Reply("nearest.j2", {"hits": hits, "coverage": near.coverage, "names": names}, failed=True)


def read_page(words: str) -> tuple[str, int | None]:
    """The words of a search without `page:2`, and that page, counted from 1; None when none is named."""
    pages = [int(found[1]) for found in _PAGE.finditer(words) if found[1]]
    rest = _PAGE.sub(lambda found: " " if found[1] else found.group(), words)
    return " ".join(rest.split()), max(pages[-1], 1) if pages else None


def heading(wanted: Filter, total: int | None = None, *, at_least: bool = False) -> str:
    """What is looked for, as it is written in the text: `“abuse of authority” and “vetting”`, or the whole filter; with
    how many releases were found: `Kent Police, on legitimacy: 3 releases`, `3 releases graded good`."""
    text = [clause for clause in wanted.clauses if all(_asks_for_text(one) for one in clause)]
    words = " and ".join(" or ".join(f"“{one.value}”" for one in clause) for clause in text) or wanted.words
    if total is None:
        return words
    counted = f"{total - 1:,} releases and more" if at_least else count(total, "release", "releases")
    head, _, rest = words.partition(" ")
    return f"{counted} {rest}" if head == "releases" and not at_least else f"{words}: {counted}"


def _understood(wanted: Filter) -> str | None:
    """The filter in words, where it asks for more than the heading says."""
    text = [all(_asks_for_text(one) for one in clause) for clause in wanted.clauses]
    return wanted.words if any(text) and not all(text) else None


def _asks_for_text(literal: Literal) -> bool:
    return literal.key == TEXT and not literal.negated


def _found_view(hit: Hit, result: SearchResult | None = None) -> FoundView:
    shown, passage = view(hit.stored), hit.passage
    opens = f"R-{hit.stored.number}"
    if passage is None:
        verdict = shown.summary.verdict
        asks_for_text = result is not None and bool(sought_by(result.wanted))
        return FoundView(shown, verdict, receipt(hit.stored, verdict), opens, unshown=asks_for_text)
    return FoundView(
        shown,
        passage.sentence,
        " · ".join(filter(None, (_speaker(shown, passage.sentence), receipt(hit.stored, passage.sentence)))),
        opens,
        passage.before,
        passage.after,
        passage.marks,
        hit.more,
    )


def _speaker(shown: ReleaseView, sentence: Evidence) -> str:
    """Who said it; of somebody else than the inspectorate, also that."""
    middle = (sentence.start + sentence.end) // 2  # quotation marks may stand outside what was said
    for speech in shown.speeches:
        if any(span.start <= middle < span.end for span in speech.spans):
            return speech.by if speech.of_inspectorate else f"{speech.by} (not of the inspectorate)"
    return ""


def _instead(nothing: searching.Nothing) -> list[OtherSearch]:
    return [
        OtherSearch(words, other.total, other.why)
        for other in nothing.instead
        if (words := _fitting(f"search {_typed(other.wanted)}"))
    ]


def _typed(wanted: Filter) -> str:
    """The filter as it would be typed: in its own order, and without the key of bare words where that says the same."""
    words = " ".join(" or ".join(one.text.removeprefix("text:") for one in clause) for clause in wanted.clauses)
    return words if parse_filter(words, bare="text") == wanted else wanted.text


def _fitting(words: str) -> str | None:
    """The words, if they are not longer than what is read."""
    return words if len(words) <= LONGEST else None
