"""The value after a key, as it was typed, read into the canonical values it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.errors import AmbiguousBody, BadFilter, UnknownBody
from summaries.forces import Ambiguous, Exact, NoMatch, bodies, match_force, named
from summaries.frameworks import programmes
from summaries.peers import group_key
from summaries.query import dates
from summaries.query.facets import spoken_name
from summaries.query.filters import Literal
from summaries.query.regions import bodies_by_region
from summaries.query.tokens import tokens
from summaries.query.vocabulary import KEYS, keys, nearest, values
from summaries.register import normalise
from summaries.types import Kind

if TYPE_CHECKING:
    from summaries.forces import Body
    from summaries.peers import Groups

_EXAMPLES = {
    "year": "`year:2016` or `year:2015..2017`",
    "before": "`before:2016`, `before:2016-03` or `before:2016-03-02`",
    "after": "`after:2016`, `after:2016-03` or `after:2016-03-02`",
}
_SHORT = 60


def known_key(typed: str) -> str:
    """The key meant by what stands before a colon. Raises BadFilter (facts `unknown`, `nearest`)."""
    key = keys().get(typed)
    if key:
        return key
    near = nearest(typed, keys())
    hint = f"Did you mean `{near}:`?" if near else "I know " + ", ".join(f"`{one}:`" for one in KEYS) + "."
    raise BadFilter(
        f"`{typed[:_SHORT]}:` is not a filter I know. {hint}", unknown=f"{typed}:", nearest=near and f"{near}:"
    )


def read_value(key: str, typed: str, groups: Groups | None, *, exact: bool = False) -> tuple[Literal, ...] | None:
    """The conditions, any of which must hold, that a value stands for; None when the key has no such value.

    `exact` is for text: the words were quoted. Raises AmbiguousBody, and BadFilter when there are no groups of peers.
    """
    match key:
        case "text":
            found = " ".join(tokens(typed))
            return (Literal("text", found, exact=exact),) if found else None
        case "force":
            body = read_body(typed)
            return (Literal("force", body),) if body else None
        case "region":
            name = values("region").get(normalise(typed))
            return _of_bodies(bodies_by_region()[name]) if name else None
        case "peers":
            return _of_bodies(_members(typed, groups)) or None
        case "year":
            return _one(key, dates.read_years(typed))
        case "before" | "after" | "since" | "until":
            return _dated(key, dates.read_date(typed))
        case "programme":
            plain = normalise(typed)
            return _one(key, values(key).get(plain) or _annual(plain))
        case "inspector":
            known = values(key)
            return _one(key, known.get(normalise(typed)) or known.get(spoken_name(typed)))
    return _one(key, values(key).get(normalise(typed)))


def read_body(typed: str) -> str | None:
    """The register id of the body a name stands for; None when none has it. Raises AmbiguousBody."""
    if typed in bodies():
        return typed
    match = named(typed)
    if isinstance(match, Ambiguous):
        raise AmbiguousBody(match.why + " Name one.", typed=typed, candidates=match.bodies)
    return match.body.id if isinstance(match, Exact) else None


def near_bodies(typed: str) -> tuple[Body, ...]:
    """The bodies with a name much like the one typed, best first."""
    match = match_force(typed)
    return tuple(near.body for near in match.nearest) if isinstance(match, NoMatch) else ()


def unknown_body(typed: str, advice: str = "Write `all` or the name of a force.", **facts: object) -> UnknownBody:
    """What to say of a name that no body has; the advice is for one that is like none."""
    candidates = near_bodies(typed)
    hint = f"The nearest is {candidates[0].official}." if candidates else advice
    told = f"I know no body called “{typed[:_SHORT]}”. {hint}"
    return UnknownBody(told, typed=typed, candidates=candidates, **facts)


def unknown_value(key: str, typed: str, groups: Groups | None = None) -> BadFilter:
    """What to say of a value that a key does not have."""
    if not typed.strip():
        return BadFilter(f"`{key}:` needs something after it. {_hint(key, '')}", unknown=f"{key}:", nearest=None)
    if key == "force":
        return unknown_body(typed)
    known = dict.fromkeys(groups or ()) if key == "peers" else values(key)
    near = nearest(typed, known)
    right = near and Literal(key, known[near] or near).text
    hint = f"Did you mean `{right}`?" if right else _hint(key, typed)
    return BadFilter(f"`{key}:{typed[:_SHORT]}` is not one I know. {hint}", unknown=f"{key}:{typed}", nearest=right)


def _hint(key: str, typed: str) -> str:
    example = _EXAMPLES.get({"since": "after", "until": "before"}.get(key, key))
    if example:
        return f"Write {example}."
    if key == "inspector" and typed:
        return f'Look for the name in the text instead: `text:"{" ".join(tokens(typed))}"`.'
    listed = list(dict.fromkeys(values(key).values()))[:10]
    return f"Write one such as {', '.join(f'`{value}`' for value in listed)}." if listed else "Write a name."


def _dated(key: str, day: str | None) -> tuple[Literal, ...] | None:
    """`since` and `until` hold their day: they are `after` the one before and `before` the one after."""
    if day and key == "since":
        return _one("after", dates.before_it(day))
    if day and key == "until":
        return _one("before", dates.after_it(day))
    return _one(key, day)


def _annual(plain: str) -> str | None:
    """A report that comes out every year, with its year: no list of its cycles is kept."""
    name, _, year = plain.rpartition(" ")
    programme = programmes().get(values("programme").get(name, ""))
    yearly = programme is not None and programme.kind is Kind.ANNUAL and dates.read_years(year) == year
    return f"{programme.name} {year}" if programme and yearly else None


def _one(key: str, value: str | None) -> tuple[Literal, ...] | None:
    return (Literal(key, value),) if value else None


def _of_bodies(ids: tuple[str, ...]) -> tuple[Literal, ...]:
    return tuple(Literal("force", one) for one in ids)


def _members(typed: str, groups: Groups | None) -> tuple[str, ...]:
    if not groups:
        raise BadFilter("No groups of peers are set: whoever runs me can name a file of them in `HMIC_PEERS`.")
    return groups.get(group_key(typed), ()) if normalise(typed) else ()
