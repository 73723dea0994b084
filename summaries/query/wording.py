"""A filter in plain words, for headings and confirmations. It says what is meant, not what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.forces import bodies
from summaries.frameworks import programmes
from summaries.query import dates
from summaries.query.regions import regions
from summaries.query.vocabulary import inspectors
from summaries.register import BodyKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.query.filters import Clause, Literal

MOST_NAMED = 12

_KINDS = {None: "bodies", BodyKind.POLICE: "police forces", BodyKind.FIRE: "fire services"}
# What is asked for, and what is excluded.
_FORMS = {
    "force": ("{}", "not about {}"),
    "pillar": ("on {}", "not on {}"),
    "programme": ("of {}", "not of {}"),
    "year": ("of {}", "not of {}"),
    "grade": ("graded {}", "not graded {}"),
    "kind": ("of the kind {}", "not of the kind {}"),
    "topic": ("on the topic {}", "not on the topic {}"),
    "inspector": ("quoting {}", "not quoting {}"),
    "before": ("before {}", "not before {}"),
    "after": ("from {} on", "not from {} on"),
    "text": ("with {}", "without {}"),
}


def describe(clauses: Sequence[Clause]) -> str:
    """The clauses of a filter, in order, as one phrase that names releases: `Kent Police, on legitimacy`."""
    if not clauses:
        return "every release"
    plain = [clause for clause in clauses if _is_plain(clause)]
    excluded = [clause[0] for clause in clauses if len(clause) == 1 and clause[0].negated]
    choices = [clause for clause in clauses if not _is_plain(clause) and len(clause) > 1]
    words = [clause[0] for clause in plain if clause[0].key == "text" and len(clause) == 1]
    parts = [_phrase(clause) for clause in plain if clause[0] not in words]
    if words:
        parts.append(f"with {listed([_value(word) for word in words], 'and')}")
    parts += [_choice(clause) for clause in choices]
    for key in dict.fromkeys(literal.key for literal in excluded):
        parts += [_phrase([literal for literal in excluded if literal.key == key])]
    if not plain or plain[0][0].key != "force":
        parts[0] = f"releases {parts[0]}"
    return ", ".join(parts)


def _is_plain(clause: Clause) -> bool:
    """Whether it asks for values of one key."""
    return {(literal.key, literal.negated) for literal in clause} == {(clause[0].key, False)}


def _choice(clause: Clause) -> str:
    """Conditions of several sorts, any of which must hold."""
    told = [_phrase([literal]) for literal in clause]
    about = [
        f"about {one}" if literal.place[:2] == (0, False) else one for literal, one in zip(clause, told, strict=True)
    ]
    return "either " + " or ".join(about)


def _phrase(literals: Sequence[Literal]) -> str:
    """Conditions of one sort: any of what is asked for, or none of what is excluded."""
    key, negated = literals[0].key, literals[0].negated
    if key == "force":
        joined = listed(_bodies([literal.value for literal in literals]), "or" if negated else "and")
    else:
        joined = listed([_value(literal) for literal in literals], "or")
    return _FORMS[key][negated].format(joined)


def listed(names: Sequence[str], joint: str) -> str:
    """`a, b and c`; of very many the first, and how many more."""
    shown = list(names)
    if len(shown) > MOST_NAMED:
        left = len(shown) - MOST_NAMED + 1
        shown = [*shown[: MOST_NAMED - 1], f"{left} more"]
    return f" {joint} ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _bodies(ids: Sequence[str]) -> list[str]:
    """The bodies by their names of today; all bodies of a region, or all its forces or fire services, by the region."""
    left, named = dict.fromkeys(ids), []
    for region in regions().values():
        for kind, words in _KINDS.items():
            members = [member for member in region.bodies if kind in (None, bodies()[member].kind)]
            if len(members) > 1 and all(member in left for member in members):
                named.append(f"{words} in {region.spoken}")
                left = {one: None for one in left if one not in members}
    return [*named, *(bodies()[one].official if one in bodies() else one for one in left)]


def _value(literal: Literal) -> str:
    match literal.key:
        case "text":
            return f"“{literal.value}”" if literal.exact else f"‘{literal.value}’"
        case "year":
            first, last = dates.years(literal.value)
            return str(first) if first == last else f"{first} to {last}"
        case "before":
            return dates.spoken(literal.value)
        case "after":
            return dates.spoken(dates.after_it(literal.value))
        case "programme" if literal.value in programmes():
            return f"the programme {literal.value}"
        case "inspector":
            return inspectors().get(literal.value, literal.value.title())
        case "grade" if literal.value.startswith("not "):
            return f"“{literal.value}”"
    return literal.value
