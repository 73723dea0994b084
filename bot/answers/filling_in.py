"""A subscription filled in: from the fields of a form to the words of a command, and back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from bot.answers.following import meant_here
from bot.intents import normalise, parse_intent
from bot.intents.wanted import Change, Subscribe
from bot.rendering.modal import DAYS
from bot.rendering.mrkdwn import plain
from summaries import subscriptions as standing
from summaries.cadence import ORDINALS, parse_cadence, parse_quiet
from summaries.delivery import Cadence, CadenceKind, Quiet
from summaries.errors import BadSubscription, NotUnderstood
from summaries.query import parse_filter
from summaries.quiet import within_hours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.ask import Ask
    from bot.rendering.modal import Entered
    from bot.services import Services
    from summaries.peers import Groups

LONGEST_PROBLEM = 2_000
_DEFAULT_TIME = "08:30"
_TARGETS = {"channel": "here", "person": "me"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be shown: what is filled in already, and the `number` of the subscription that it changes; empty for a
    new one."""

    filled: Entered
    number: str = ""


def form_for(ask: Ask, services: Services) -> Form | None:
    """The form that a command stands for which says too little, or that is to be looked over: `subscribe`, `subscribe
    Kent weekly Mon`, `change 3`. None for other words, and for a number that is none here."""
    intent = parse_intent(ask.text)
    try:
        if isinstance(intent, Subscribe):
            wish = standing.parse_subscribe(intent.words or f"all {standing.DEFAULT_CADENCE}")
            return Form(_filled(wish if intent.words else replace(wish, filter_text=""), services))
        if isinstance(intent, Change):
            meant = meant_here(intent.words, ask, services)
            if meant.followed and not meant.rest:
                subscription = meant.followed.subscription
                wish = replace(standing.wish_of(subscription), options=standing.options_of(subscription))
                return Form(_filled(wish, services), str(subscription.id))
    except NotUnderstood:
        return None
    return None


def words_of(filled: Entered, number: str, *, zone: str) -> str:
    """The command that says what was filled in: that changes subscription `number`, or proposes a new one, then with no
    word of what is as usual. `zone` is the usual one."""
    wish = standing.parse_subscribe(_typed(filled))
    if number:
        return " ".join(["change", number, "to", wish.filter_text, wish.cadence_text, *wish.options.words])
    usual = replace(standing.DEFAULTS, zone=zone)
    said = {
        field.name: value
        for field in fields(standing.Options)
        if (value := getattr(wish.options, field.name)) != getattr(usual, field.name)
    }
    return f"subscribe {standing.wish_words(replace(wish, options=standing.Options(**said)))}"


def problems(filled: Entered, groups: Groups) -> dict[str, str]:
    """What is wrong, by field: empty when the form can be read."""
    found: dict[str, str] = {}
    checks = {"what": _check_what, "when": _check_when, "zone": _check_zone, "quiet_until": _check_quiet}
    for field, check in checks.items():
        try:
            check(filled, groups)
        except NotUnderstood as problem:
            found[getattr(problem, "field", field)] = unmarked(str(problem))
    return found


def unmarked(words: str) -> str:
    """An error as a form shows it, which knows no markup."""
    return plain(words)[:LONGEST_PROBLEM]


class _Misfilled(BadSubscription):
    """A field does not fit the others."""

    def __init__(self, message: str, field: str) -> None:
        self.field = field
        super().__init__(message)


def _check_what(filled: Entered, groups: Groups) -> None:
    what = _text(filled, "what")
    wish = standing.parse_subscribe(what)
    if wish != standing.Wish(what, standing.DEFAULT_CADENCE, "channel"):
        raise BadSubscription("Say here only what to follow; when, where and how have fields of their own.")
    parse_filter(what, groups=groups)


def _check_zone(filled: Entered, _: Groups) -> None:
    try:
        standing.parse_subscribe(f"all zone:{_word(filled, 'zone')}")
    except BadSubscription as problem:
        raise BadSubscription(str(problem).replace("zone:", "")) from problem  # a field is not told its own name


def _check_when(filled: Entered, _: Groups) -> None:
    kind = _text(filled, "when")
    if kind == CadenceKind.MONTHLY and not _text(filled, "nth"):
        raise _Misfilled("Choose the week of the month.", "nth")
    if kind in {CadenceKind.WEEKLY, CadenceKind.MONTHLY} and not _text(filled, "weekday"):
        raise _Misfilled("Choose the day.", "weekday")
    parse_cadence(_cadence(filled))


def _check_quiet(filled: Entered, _: Groups) -> None:
    start, end = _text(filled, "quiet_from"), _text(filled, "quiet_until")
    if bool(start) != bool(end):
        raise _Misfilled("Choose both ends of the quiet hours, or neither.", "quiet_until" if start else "quiet_from")
    if start and start == end:
        raise BadSubscription("The quiet hours end when they begin. Choose another end, or neither.")
    if start and _text(filled, "when") != CadenceKind.NOW:
        quiet, at = parse_quiet(f"{start}-{end}"), parse_cadence(f"daily {_time(filled)}").at
        if at and within_hours(quiet, at):
            raise _Misfilled("That is within the quiet hours.", "time")


def _typed(filled: Entered) -> str:
    """What was filled in, as `subscribe` is told it in full."""
    where = _text(filled, "where") or "here"
    return " ".join([_text(filled, "what"), _cadence(filled), *_options(filled), where])


def _options(filled: Entered) -> list[str]:
    also = _ticked(filled, "also")
    hours = f"{_text(filled, 'quiet_from')}-{_text(filled, 'quiet_until')}".strip("-")
    days = [day for day in ("weekends", "holidays") if day in _ticked(filled, "quiet_days")]
    return [
        f"empty:{_text(filled, 'empty')}",
        f"layout:{_text(filled, 'layout')}",
        f"detail:{_text(filled, 'detail')}",
        f"quiet:{','.join([*([hours] if hours else []), *days]) or 'none'}",
        f"hold:{'yes' if 'hold' in also else 'no'}",
        f"urgent:{'yes' if 'urgent' in also else 'no'}",
        f"zone:{_word(filled, 'zone')}",
    ]


def _cadence(filled: Entered) -> str:
    kind = _text(filled, "when")
    said = {"daily": (), "weekdays": (), "weekly": ("weekday",), "monthly": ("nth", "weekday")}
    if kind not in said:
        return kind
    return " ".join([kind, *(_text(filled, field) for field in said[kind]), _time(filled)])


def _time(filled: Entered) -> str:
    return _text(filled, "time") or _DEFAULT_TIME


def _filled(wish: standing.Wish, services: Services) -> Entered:
    """The fields of a wish; what it does not say is as usual."""
    options, usual = wish.options, standing.DEFAULTS
    cadence = parse_cadence(wish.cadence_text)
    quiet = options.quiet or Quiet()
    hold = usual.hold if options.hold is None else options.hold
    urgent = usual.urgent if options.urgent is None else options.urgent
    start, end = quiet.hours or (None, None)
    days = {"weekends": quiet.weekends, "holidays": quiet.holidays}
    return {
        "what": wish.filter_text,
        **_filled_times(cadence),
        "where": _TARGETS[wish.target],
        "zone": options.zone or services.zone,
        "layout": options.layout or usual.layout or "",
        "detail": options.detail or usual.detail or "",
        "empty": options.empty or usual.empty or "",
        "quiet_from": f"{start:%H:%M}" if start else "",
        "quiet_until": f"{end:%H:%M}" if end else "",
        "quiet_days": frozenset(day for day, is_quiet in days.items() if is_quiet),
        "also": frozenset(one for one, said in (("hold", hold), ("urgent", urgent)) if said),
    }


def _filled_times(cadence: Cadence) -> dict[str, str]:
    return {
        "when": cadence.kind.value,
        "time": f"{cadence.at:%H:%M}" if cadence.at else "",
        "weekday": DAYS[cadence.weekday] if cadence.weekday is not None else "",
        "nth": ORDINALS[cadence.nth] if cadence.nth is not None else "",
    }


def _text(filled: Mapping[str, str | frozenset[str]], field: str) -> str:
    value = filled.get(field, "")
    return normalise(value) if isinstance(value, str) else ""


def _word(filled: Entered, field: str) -> str:
    """What was entered where a name of one word belongs: `New York` is no zone, but may be nearly one."""
    return _text(filled, field).replace(" ", "_")


def _ticked(filled: Entered, field: str) -> frozenset[str]:
    value = filled.get(field, frozenset())
    return value if isinstance(value, frozenset) else frozenset()
