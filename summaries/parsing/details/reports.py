"""The report a release announces, with its title and address as far as they are printed, and other reports it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.mentions import find_bodies
from summaries.parsing.layout.links import links_in
from summaries.parsing.layout.sentences import LONGEST_SENTENCE
from summaries.types import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summaries.parsing.layout.passage import Passage
    from summaries.parsing.layout.sections import Sections

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]{1,300}[^\s<>\"'()\[\].,;:]")
_REPORT_WORD = re.compile(
    r"\b(?:report|review|inspection)\b(?: on [\w &'-]{3,60})?[\s,:(]{0,4}(?:(?:called|entitled|titled)\s)?$",
    re.IGNORECASE,
)
_QUOTED_TITLE = re.compile(r"(?<!\w)(?P<mark>['\"])(?P<title>[A-Z][^'\"]{6,120}?)(?P=mark)(?!\w)")
_ITALIC_TITLE = re.compile(r"(?<![*\w])\*(?P<title>[^\s*][^*]{4,120}?)(?<!\s)\*(?![*\w])")
# What stands above or in the link to a report; the Welsh is "Get the report" and "Read the report".
_ASKS = (
    r"(?:(?:get|read|download|view|see) (?:(?:the|our) )?(?:full )?(?:report|letter|review|assessment)s?"
    r"|cael yr adroddiad|darllen yr adroddiad)"
)
_LABEL = re.compile(rf"{_ASKS}\b[\w ()]{{0,40}}:?", re.IGNORECASE)
_LABEL_AND_TITLE = re.compile(rf"{_ASKS} ?: (?=[A-Z])", re.IGNORECASE)
_TITLE_AND_PLACE = re.compile(
    r"(?P<title>(?!The |This |A |More |Further |Copies |All |Full |These )[A-Z][^\n]{10,200}?)"
    r" (?:is|are|can be) (?:now )?(?:available|published|found)\b"
)
_OTHER_LABEL = re.compile(
    r"(?:get|read|jump|back|return|download|view|see|print|click|follow|contact)\b", re.IGNORECASE
)
_NOT_REPORT = re.compile(
    r"\b(?:press|news|media) (?:release|notice)s?\b|\bnewsletter\b|…|\.\.\.|\bread more\b", re.IGNORECASE
)
_NAMES_REPORT = re.compile(
    r"\b(?:reports?|inspection|re-inspection|PEEL|assessment|review|letter|update|revisit|integrity)\b|\d{4}",
    re.IGNORECASE,
)
_HOME_PAGE = re.compile(r"(?:https?://)?[\w.-]+(?:/hmic(?:frs)?)?/?")
_LONGEST_TITLE = 220  # characters


def read_report(sections: Sections) -> Report | None:
    """The report announced: by "Get the report" and the line under it, by a link line of its own, or by a sentence with
    its address; the notes are looked at last."""
    body, notes = sections.body(), sections.notes
    told = _told(body) or _told(notes)
    linked = _linked(body[1:]) or _linked(notes)
    return _labelled(body) or (linked if linked or told else None) or told or _line_alone(body[1:])


def _labelled(passages: Sequence[Passage]) -> Report | None:
    """`Get the report` and what follows it; the address may be behind either of them."""
    for at, passage in enumerate(passages):
        if both := _LABEL_AND_TITLE.match(passage.plain):
            title = passage.cut(both.end())
            link = next(links_in(passage), None)
            return Report(title.text, link.url if link else None, title.evidence())
        if not _LABEL.fullmatch(passage.plain):
            continue
        label = next(links_in(passage), None)
        following = passages[at + 1] if at + 1 < len(passages) else None
        if following is None or not _is_title(following):
            if label:
                return Report(None, label.url, passage.evidence())
            continue
        link = next(links_in(following), label)
        return Report(following.text, link.url if link else None, following.evidence())
    return None


def _is_title(passage: Passage) -> bool:
    plain = passage.plain
    if len(plain) > _LONGEST_TITLE or plain[-1:] in ".;:?" or _OTHER_LABEL.match(plain) or _NOT_REPORT.search(plain):
        return False
    return plain[:1].isupper()


def _linked(passages: Iterable[Passage]) -> Report | None:
    """The first link whose words name a report; one whose words only ask to read it gives no title."""
    for passage in passages:
        for link in links_in(passage):
            words = link.words
            if _LABEL.fullmatch(words.plain):
                return Report(None, link.url, words.evidence())
            if _is_title(words) and _NAMES_REPORT.search(words.plain):
                return Report(words.text, link.url, words.evidence())
    return None


def _line_alone(passages: Iterable[Passage]) -> Report | None:
    """A link line whose address is lost: "PEEL: police effectiveness 2016 – Kent Police"."""
    for passage in passages:
        if (
            " - " in passage.plain
            and _is_title(passage)
            and _NAMES_REPORT.search(passage.plain)
            and find_bodies(passage.text)
        ):
            return Report(passage.text, None, passage.evidence())
    return None


def _told(passages: Iterable[Passage]) -> Report | None:
    """A sentence that speaks of the report and prints its address."""
    for passage in passages:
        for sentence in passage.sentences():
            url = _URL.search(sentence.plain[:LONGEST_SENTENCE])
            if url is None:
                continue
            named = _TITLE_AND_PLACE.match(sentence.plain)
            title = sentence.text[named.start("title") : named.end("title")] if named else _title_in(sentence)
            of_report = named or re.search(r"\breport\b", sentence.plain[: url.start()], re.IGNORECASE)
            # The address of the whole site leads to a report only by its title.
            if of_report and (title or not _HOME_PAGE.fullmatch(url.group())):
                return Report(title, sentence.text[url.start() : url.end()], sentence.evidence())
    return None


def _title_in(sentence: Passage) -> str | None:
    for quoted in _QUOTED_TITLE.finditer(sentence.plain):
        if _REPORT_WORD.search(sentence.plain[max(quoted.start() - 80, 0) : quoted.start()]):
            return sentence.text[quoted.start("title") : quoted.end("title")]
    start, end = sentence.offsets[0], sentence.offsets[-1] + 2
    italic = _ITALIC_TITLE.search(sentence.source[start:end])
    return " ".join(italic["title"].split()) if italic else None


def read_reports_named(passages: Iterable[Passage]) -> tuple[Report, ...]:
    """Reports the text names in italics, each once, as first printed."""
    named: dict[str, Report] = {}
    for passage in passages:
        raw = passage.evidence()
        for italic in _ITALIC_TITLE.finditer(raw.quote):
            title = " ".join(italic["title"].split())
            if _REPORT_WORD.search(raw.quote[max(italic.start() - 80, 0) : italic.start()].replace("\n", " ")):
                at = raw.start + italic.start("title")
                span = type(raw).of(passage.source, at, at + len(italic["title"]))
                named.setdefault(title.casefold(), Report(title, None, span))
    return tuple(named.values())
