"""Years and dates said in a question, as filters: `since March 2016`, `on 8 December 2016`, `2012 to 2014`. Pure."""

from __future__ import annotations

import re

from summaries.query.dates import after_it, before_it, read_date

_YEAR = r"((?:19|20)\d\d)(?:\s?[/-]\s?\d\d)?(?!\d)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?{_MONTH}\.?,? (?:19|20)\d\d"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d|(?:19|20)\d\d-\d{2}-\d{2}"
)
_SIDE = r"since|from|after|before|until|till|up to|prior to|earlier than"
_EARLIER = {"before", "until", "till", "up to", "prior to", "earlier than"}
_WITHOUT_IT = {"before", "prior to", "earlier than", "after"}

DATE = re.compile(
    rf"(?:(?:between|from) )?(?<![\w.-])(?P<first>{_DAY}) (?:and|to|until|till) (?P<last>{_DAY})(?![\w-])"
    rf"|(?:(?P<side>{_SIDE}) |(?:on|in|of|during) )?(?<![\w.-])(?P<day>{_DAY})(?![\w-])(?: on(?:wards?))?",
    re.IGNORECASE,
)
"""A month, a day, or two of them."""

SPAN = re.compile(
    rf"(?:(?:between|from) )?(?<!\d){_YEAR}\s?(?:and|to|until|till|-|\.\.)\s?{_YEAR}"
    rf"|(?P<since>{_SIDE}) (?:the (?:end|start) of )?(?<!\d){_YEAR}(?P<onwards> on(?:wards?)?)?"
    rf"|(?:(?:back )?in |for |of |during |the year )?(?<![\d.-]){_YEAR}(?: peel)?\b",
    re.IGNORECASE,
)
"""A year, or two of them."""


def of_date(found: re.Match[str]) -> tuple[str, ...] | None:
    """The filters of a `DATE`; None when there is no such day."""
    first, last = _plain(found["first"] or found["day"]), _plain(found["last"] or found["day"])
    if not first or not last:
        return None
    side = (found["side"] or "").lower()
    if side in _EARLIER:
        return (f"before:{first if side in _WITHOUT_IT else after_it(first)}",)
    if side:
        return (f"after:{first if side in _WITHOUT_IT else before_it(first)}",)
    return f"after:{before_it(first)}", f"before:{after_it(last)}"


def of_years(found: re.Match[str]) -> str:
    """The filter of a `SPAN`; of one year alone the year."""
    first, last, since, only = found[1], found[2], found[4], found[6]
    if first:
        return f"year:{min(first, last)}..{max(first, last)}"
    if only:
        return str(only)
    side = found["since"].lower()
    if side in _EARLIER:
        return f"before:{since if side in _WITHOUT_IT else int(since) + 1}"
    if side == "from" and not found["onwards"]:
        return str(since)
    return f"after:{since if side == 'after' else int(since) - 1}"


def _plain(typed: str) -> str | None:
    return read_date(re.sub(r"^the | of(?= )", "", typed, flags=re.IGNORECASE))
