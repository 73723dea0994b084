"""The modals in which a subscription is filled in, and looked at before it is made. Block Kit by hand, for no template
makes inputs; what it says is checked like any view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.errors import TemplateProblem
from bot.rendering.validator import problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

View = dict[str, Any]
Entered = dict[str, str | frozenset[str]]
"""What was entered, by field: of checkboxes all that are ticked, of the rest the value, empty where there is none."""

FORM, LOOK = "follow:form", "follow:look"
"""The callback ids: the form, and the look at what it would make."""

_ENTRY = "entry"  # every input's action_id; its block_id is the field
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHENS = {
    "now": "At once, when something comes in",
    "daily": "Every day",
    "weekdays": "Every weekday",
    "weekly": "Every week",
    "monthly": "Every month",
}
_NTHS = {"1st": "First", "2nd": "Second", "3rd": "Third", "4th": "Fourth", "last": "Last"}
_LAYOUTS = {
    "thread": "One message; the detail in its thread",
    "flat": "A message for each release",
    "compact": "One message, a short line for each",
}
_DETAILS = {
    "titles": "Titles and grades",
    "extract": "An extract: judgment, findings, a quotation",
    "full": "Each release whole",
}
_EMPTIES = {"skip": "Post nothing", "note": "Say that nothing is new, and what was checked"}
_QUIET_DAYS = {"weekends": "Saturdays and Sundays", "holidays": "Bank holidays of England and Wales"}
_ALSO = {
    "urgent": "Post at once what cannot wait\nMonitoring moves, accelerated causes of concern, grades that moved",
    "hold": "Hold each digest until somebody approves it",
}


def form(filled: Mapping[str, str | frozenset[str]], *, number: str = "", personal: bool = False, sealed: str) -> View:
    """The form, with these values in it; of subscription `number`, or of a new one. Raises TemplateProblem when Slack
    would refuse it."""
    value = {key: value for key, value in filled.items() if isinstance(value, str)}
    ticked = {key: value for key, value in filled.items() if not isinstance(value, str)}
    where = {"here": "In this channel", "me": "To me, in direct messages"}
    blocks = [
        _text("what", "What to follow", value, "all, or forces, or filters: Kent pillar:legitimacy -topic:custody"),
        _choice("when", "When", _WHENS, value),
        _time("time", "At what time", value, hint="For all but “at once”."),
        _choice("weekday", "On which day", dict(zip(DAYS, _NAMES, strict=True)), value, hint="Every week or month."),
        _choice("nth", "In which week of the month", _NTHS, value, hint="Every month."),
        *([] if number or personal else [_choice("where", "Where", where, value)]),
        _text("zone", "Time zone", value, "Such as Europe/London."),
        _choice("layout", "Layout", _LAYOUTS, value),
        _choice("detail", "Detail", _DETAILS, value),
        _choice("empty", "When nothing is new", _EMPTIES, value),
        _time("quiet_from", "Quiet from", value, hint="Nothing is posted from then on …"),
        _time("quiet_until", "Quiet until", value, hint="… until then."),
        _ticks("quiet_days", "Quiet days", _QUIET_DAYS, ticked),
        _ticks("also", "Also", _ALSO, ticked),
    ]
    title = f"Change number {number}" if number else "Follow releases"
    return _view(FORM, title, blocks, sealed, submit="Save" if number else "Next")


def look(blocks: Sequence[Mapping[str, Any]], *, sealed: str) -> View:
    """A proposal, to be started or gone back from: a message's blocks without its buttons."""
    return _view(LOOK, "Is this right?", blocks, sealed, submit="Start following")


def told(blocks: Sequence[Mapping[str, Any]]) -> View:
    """What became of it."""
    return _view(LOOK, "Done", blocks, "", close="Close")


def entered(values: Mapping[str, Any]) -> Entered:
    """What `view.state.values` says, by field. What is not shaped as Slack says counts as not entered."""
    return {field: _entry(inputs.get(_ENTRY)) for field, inputs in values.items() if isinstance(inputs, dict)}


def _entry(given: Any) -> str | frozenset[str]:
    match given:
        case {"selected_options": list(options)}:
            return frozenset(str(one["value"]) for one in options if isinstance(one, dict) and "value" in one)
        case {"selected_option": {"value": str(value)}} | {"selected_time": str(value)} | {"value": str(value)}:
            return value.strip()
        case _:
            return ""


def _view(
    callback_id: str,
    title: str,
    blocks: Sequence[Mapping[str, Any]],
    sealed: str,
    *,
    submit: str = "",
    close: str = "Cancel",
) -> View:
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title),
        "close": _plain(close),
        "blocks": [dict(block) for block in blocks if block["type"] != "actions"],
    }
    if submit:
        view["submit"] = _plain(submit)
    if sealed:
        view["private_metadata"] = sealed
    if found := problems(view, "modal"):
        raise TemplateProblem(f"The modal “{title}”: {found[0].pointer} {found[0].message}")
    return view


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}


def _input(field: str, label: str, element: dict[str, Any], hint: str, *, optional: bool) -> dict[str, Any]:
    block = {
        "type": "input",
        "block_id": field,
        "label": _plain(label),
        "element": {"action_id": _ENTRY, **element},
        "optional": optional,
    }
    return block | ({"hint": _plain(hint)} if hint else {})


def _text(field: str, label: str, value: Mapping[str, str], hint: str) -> dict[str, Any]:
    initial = {"initial_value": value[field]} if value.get(field) else {}
    return _input(field, label, {"type": "plain_text_input", **initial}, hint, optional=False)


def _time(field: str, label: str, value: Mapping[str, str], hint: str) -> dict[str, Any]:
    initial = {"initial_time": value[field]} if value.get(field) else {}
    return _input(field, label, {"type": "timepicker", **initial}, hint, optional=True)


def _choice(
    field: str, label: str, choices: Mapping[str, str], value: Mapping[str, str], hint: str = ""
) -> dict[str, Any]:
    """A select; with a hint it may be left alone."""
    options = _options(choices)
    chosen = options.get(value.get(field, ""))
    initial = {"initial_option": chosen} if chosen else {}
    element = {"type": "static_select", "options": list(options.values()), **initial}
    return _input(field, label, element, hint, optional=bool(hint))


def _ticks(field: str, label: str, choices: Mapping[str, str], ticked: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    options = _options(choices)
    chosen = [option for key, option in options.items() if key in ticked.get(field, frozenset())]
    initial = {"initial_options": chosen} if chosen else {}
    element = {"type": "checkboxes", "options": list(options.values()), **initial}
    return _input(field, label, element, "", optional=True)


def _options(choices: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Key → option; a second line of words is its description."""
    options = {}
    for key, words in choices.items():
        label, _, more = words.partition("\n")
        options[key] = {"text": _plain(label), "value": key} | ({"description": _plain(more)} if more else {})
    return options
