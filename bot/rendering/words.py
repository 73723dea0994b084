"""Small things templates print that take a little working out. Marks and numbers; the sentences are the templates'
own."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.rendering import limits
from bot.rendering.mrkdwn import Mrkdwn, code, escape, link
from bot.rendering.receipts import marked_receipt, receipt
from bot.rendering.verdicts import SINCE, series
from summaries.sources.addresses import USUAL_HOSTS
from summaries.types import Grade, Kind, Polarity, PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.rendering.views import ReleaseView
    from summaries.ports import StoredRelease
    from summaries.types import Release, Report

# A mark beside the word, never instead of it; no colour carries meaning.
GRADE_MARKS = {
    Grade.OUTSTANDING: "★",
    Grade.GOOD: "✔",
    Grade.ADEQUATE: "◑",
    Grade.REQUIRES_IMPROVEMENT: "▲",
    Grade.INADEQUATE: "✖",
    Grade.NOT_GRADED: "–",
}
_POLARITY_MARKS = {Polarity.PRAISE: "✔", Polarity.CONCERN: "▲", Polarity.NEUTRAL: "–"}
_BASES = {
    PublishedBasis.CALENDAR: " (inferred from the publication calendar; the release carries no date)",
    PublishedBasis.FEED: " (the feed’s date)",
}


def verdict(view: ReleaseView) -> Mrkdwn:
    """What was judged, for one line of a list: `PEEL 2016, legitimacy: ✔ good`, `Left enhanced monitoring (Engage)`."""
    release = view.release
    told = f"{GRADE_MARKS[view.overall.grade]} {view.overall.grade}" if view.overall else view.in_a_line
    says_it_all = release.programme is None and (release.monitoring or release.kind is Kind.OTHER)
    return escape(sentence(told if says_it_all else ": ".join(part for part in (series(release), told) if part)))


def place(stored: StoredRelease) -> Mrkdwn:
    """Where a release was read: a link to its page, or the name of its file."""
    parts = urlsplit(stored.location)
    if parts.scheme in {"http", "https"}:
        return link(stored.location, parts.hostname or stored.location)
    return code(PurePath(stored.location).name)


def licence(stored: StoredRelease) -> str:
    """What may be done with the words: the inspectorate's are under the Open Government Licence. Of a copy on somebody
    else's site nothing is known. A file is taken for the inspectorate's."""
    parts = urlsplit(stored.location)
    if parts.scheme in {"http", "https"} and parts.hostname not in USUAL_HOSTS:
        return f"a copy on {parts.hostname}; not the inspectorate’s own page"
    return "Crown copyright, Open Government Licence v3.0"


def report_link(report: Report) -> Mrkdwn | None:
    """The report's title as a link; beside the address when that was printed as words. None without an address that a
    browser opens."""
    printed, title = report.url or "", report.title or "the report"
    url = web_address(printed)
    if url is None:
        return None
    return link(url, title) if url == printed else Mrkdwn(f"{escape(title)}, at {link(url, printed)}")


def web_address(printed: str) -> str | None:
    """An address as printed, with https when it lacks a scheme. None unless it is plainly one on the web: it names a
    host by its domain, no user, and holds no character that an address may not."""
    url = printed if "://" in printed else f"https://{printed}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    plain = url.isascii() and url.isprintable() and not set(' <>"`|\\^{}') & set(url)
    named = "." in host.strip(".") and parts.username is None and parts.password is None
    return url if plain and named and parts.scheme in {"http", "https"} and len(url) <= limits.URL else None


def day(when: date) -> str:
    """A date in words: `2 March 2017`."""
    return f"{when.day} {when:%B} {when.year}"


def withdrawn_words(stored: StoredRelease, *, named: bool = False) -> Mrkdwn:
    """Since when and why a release is withdrawn, and what that means to whoever reads it; `named` by its number, where
    it stands apart from what the release says. Only of one that is."""
    taken_back = stored.withdrawn
    if taken_back is None:
        return Mrkdwn("")
    what = f"▲ *R-{stored.number} was withdrawn*" if named else "▲ *Withdrawn*"
    why = f": {taken_back.why.rstrip('.')}" if taken_back.why else ""
    return Mrkdwn(f"{what} on {day(taken_back.at)}{escape(why)}. Not to be quoted.")


def published(release: Release) -> str:
    """When it was published, and how that is known where the release itself does not say."""
    if release.published_on is None:
        return "The release carries no date"
    basis = _BASES.get(release.published_basis, "") if release.published_basis else ""
    return f"Published {day(release.published_on)}{basis}"


def sentence(words: str) -> str:
    """The words with a capital at their head."""
    return words[:1].upper() + words[1:]


def asking(name: str, *narrower: object) -> str:
    """The words that ask for a body, or for the release of a year and pillar where those are known."""
    return " ".join(str(part) for part in (name, *narrower) if part)


def count(number: int, one: str, many: str) -> Mrkdwn:
    """A number with its noun."""
    return escape(f"{number:,} {one if number == 1 else many}")


HELPERS: dict[str, Callable[..., object]] = {
    "asking": asking,
    "count": count,
    "day": day,
    "grade_mark": GRADE_MARKS.__getitem__,
    "licence": licence,
    "marked_receipt": marked_receipt,
    "place": place,
    "polarity_mark": _POLARITY_MARKS.__getitem__,
    "published": published,
    "receipt": receipt,
    "report_link": report_link,
    "sentence": sentence,
    "series": series,
    "since_words": SINCE.__getitem__,
    "verdict": verdict,
    "withdrawn_words": withdrawn_words,
}
