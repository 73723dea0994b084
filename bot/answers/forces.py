"""Answers about forces: the card, one release whole, the newest of all, and what to do when a name is not clear."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.answers.searching import read_page
from bot.intents import LONGEST, VERBS
from bot.rendering.message import Reply
from bot.rendering.receipts import marked_receipt
from bot.rendering.views import names_printed, view
from bot.rendering.words import asking
from summaries import lookup
from summaries.forces import Ambiguous, Exact, NoMatch, match_force
from summaries.found import SEARCH_COUNTED
from summaries.query import parse_filter
from summaries.query.regions import police_region_of
from summaries.register import body_name
from summaries.searching import Coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.intents.wanted import AskForce, Latest
    from bot.rendering.views import ReleaseView
    from bot.services import Services
    from summaries.query import Filter
    from summaries.register import Body
    from summaries.types import Grade, Judgment, NamedGrade

_MANY = 100
_PAGE = 5  # releases of `latest`
_LONGEST_NAME = 80  # letters
_LIKE_NONE = (
    "I looked through the 43 police forces, 44 fire and rescue services and the other bodies the inspectorate visits,"
    " with their old and short names.\n"
    "Try a force (`/hmic Hampshire`), the newest releases (`/hmic latest`) or `/hmic help`."
)


def force(intent: AskForce, services: Services) -> Reply:
    """A force's card; with a year or pillar the release asked for; else which force might be meant."""
    match match_force(intent.name):
        case Exact() as match:
            if intent.year or intent.pillar:
                return _releases(intent, match, services)
            return _card(match, services)
        case Ambiguous() as unclear:
            return _which_body(intent, "Which one?", unclear.bodies, ambiguous=True)
        case NoMatch() as unknown:
            if verbs := get_close_matches(intent.name.lower(), VERBS, n=1, cutoff=0.7):
                return Reply("did_you_mean.j2", {"nearly": verbs[0]})
            words = f"No body is called “{intent.name[:_LONGEST_NAME]}”." if unknown.nearest else _LIKE_NONE
            return _which_body(intent, words, [near.body for near in unknown.nearest])


def latest(intent: Latest, services: Services) -> Reply:
    """A page of the newest releases held, of all or of those a filter means; past the last page, that one. Raises
    BadFilter for a filter that is not clear."""
    words, page = read_page(intent.name)
    wanted = parse_filter(words or "all", groups=services.groups)
    held = lookup.store_status(services.store)
    with services.store.read() as unit:
        found = unit.search.find(wanted, limit=1).total if wanted.clauses else held.releases
        first = _PAGE * min((page or 1) - 1, max(found - 1, 0) // _PAGE)
        stored = unit.search.newest(wanted, limit=_PAGE, offset=first)
    views = [view(one) for one in stored]
    left = found - first - len(views)
    more = " ".join(filter(None, ("latest", words, f"page:{first // _PAGE + 2}")))
    context = {
        "first": first + 1,
        "found": found,
        "at_least": bool(wanted.clauses) and found >= SEARCH_COUNTED,
        "left": left,
        "next_words": more if left and len(more) <= LONGEST else None,
        "views": views,
        "matched": {one.stored.number: _matched(one, wanted) for one in views},
        "wanted": wanted,
        "total": held.releases,
        "coverage": Coverage(held.releases, len(held.bodies), held.years),
    }
    return Reply("latest.j2", context)


def _matched(shown: ReleaseView, wanted: Filter) -> list[tuple[str, Grade, str]]:
    """(what for, grade, receipt) of the grades by which a release is one of those asked for, where its line shows
    another or none."""
    asked, release = wanted.values("grade"), shown.release
    if shown.overall and shown.overall.grade in asked:
        return []
    parts: list[tuple[str, Judgment | NamedGrade]]
    parts = [(f"{body_name(one.body)}, {one.about}" if shown.several else one.about, one) for one in release.judgments]
    parts += [(body_name(one.body), one) for one in release.named_grades]
    found = [(name, one) for name, one in parts if one.grade in asked]
    return [(name, one.grade, marked_receipt(shown.stored, one.evidence)) for name, one in found]


def _card(match: Exact, services: Services) -> Reply:
    card = lookup.force_card(services.store, match.body.id)
    context = {"body": match.body, "via": match.via, "alternatives": match.alternatives}
    if not card.series:
        return Reply("nothing_held.j2", {**context, "total": lookup.how_many(services.store)})
    views = [view(series.newest) for series in card.series]
    views.sort(key=lambda one: one.stored.withdrawn is not None)  # what still stands comes first
    return Reply(
        "card.j2",
        {
            **context,
            "views": views,
            "earlier": sum(series.earlier for series in card.series),
            "printed": names_printed(views, match.body.id, match.body.official),
            "region": police_region_of(match.body.id),
        },
    )


def _which_body(intent: AskForce, words: str, candidates: Sequence[Body], *, ambiguous: bool = False) -> Reply:
    offered = [(body.official, asking(body.official, intent.year, intent.pillar)) for body in candidates]
    context = {"words": words, "typed": intent.name, "ambiguous": ambiguous, "offered": offered}
    return Reply("which_body.j2", context)


def _releases(intent: AskForce, match: Exact, services: Services) -> Reply:
    body_id = match.body.id
    found = lookup.releases_of(services.store, body_id, year=intent.year, pillar=intent.pillar)
    context = {"body": match.body, "intent": intent}
    if not found:
        held = [view(one) for one in lookup.releases_of(services.store, body_id, pillar=intent.pillar, limit=_MANY)]
        published = [one for one in held if one.release.published_on and one.release.published_on.year == intent.year]
        if intent.pillar and not published:
            held = [view(one) for one in lookup.releases_of(services.store, body_id)]
        others = [one for one in held if one not in published]
        return Reply("not_that_one.j2", {**context, "held": [*published, *others], "published": published})
    if len(found) == 1:
        return Reply("release.j2", {**context, "view": view(found[0])})
    return Reply("which_release.j2", {**context, "views": [view(one) for one in found]})
