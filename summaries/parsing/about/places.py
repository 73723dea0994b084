"""Where a release says what it is: its headline, the titles of what it links to, its lead; and the words of its page.

The nearer to the top a thing is said, the surer that the release is about it and does not merely recall it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.parsing.layout.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.parsing.about.origin import Origin
    from summaries.parsing.layout.sections import Sections
    from summaries.types import Evidence

_LONGEST_TITLE = 200  # characters
_LONGEST_LEAD = 2  # paragraphs
_FEWEST_WORDS = 4  # of a paragraph; what is shorter is a label or a name
_LABEL = re.compile(
    r"\b(?:Get|Read|Download|View) (?:the|our|all|each) (?:[a-z]{1,12} ){0,3}(?:reports?|letters?|press releases?)\b"
    r"|\bCael yr adroddiad\b"
)
_LABEL_END = re.compile(r"\s?[:|–-]?\s*")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_TITLE_ENDED = re.compile(r"[.:;!?,][\"')\]]{0,2}$")
_NOT_TITLE = re.compile(
    r".*\b(?:www\.|https?:|can be found)"
    r"|(?:jump to|print|skip to|back to|published|publication types|police forces:|notes?\b"
    r"|read more|related|see also"
    r"|share|by [a-z]|advertisement|channel website|crown|copyright|original article|latest news)",
    re.IGNORECASE,
)
#: The title of a report. Among the links at the end of a page only those to one are the release's own.
REPORT_TITLE = re.compile(
    r"\b(?:PEEL|(?:re-?)?inspection|revisit|custody suites|child protection|causes? of concern|20\d\d|Arolygiad)\b",
    re.IGNORECASE,
)
_LONGEST_HEADLINE = 300  # characters: what is longer begins with a whole paragraph
# The inspectorate's own name holds "constabulary", "fire" and "police"; so do its inspectors' titles.
_PUBLISHER = re.compile(
    r"\b(?:(?:Her|His) Majesty'?s?|HM) (?:Chief )?Inspector(?:ate)?s?\b(?: of Constabular(?:y|ies))?"
    r"(?:(?:,? (?:and|&)(?: HM (?:Chief )?Inspectors? of)?| of) Fire (?:and|&) Rescue Services?)?"
    r"|\bHMIC(?:FRS)?\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:(?:today|yesterday|this (?:week|morning)) published|published (?:today|yesterday)"
    r"|(?:this|its|the) inspection"
    r"|(?:has|have) (?:today |now )?(?:assessed|inspected|graded|published|judged|completed|revisited)"
    r"|(?:in|of) (?:the|a|this) (?:new |latest )?report|part of|(?:graded|judged|assessed|inspected|adopted)\b)",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\b(?:previous(?:ly)?|earlier|last (?:year|inspection|PEEL)|since|former|compared (?:with|to)|follows"
    r"|following|will (?:be|inspect|form|assess|publish|inform|feed)|next|in future|later this year|had (?:been)?"
    r"|back in|as well as|also|separate(?:ly)?|for the first time in)\b"
    r"|\bwas (?:graded |judged )?(?:as )?\W?(?:outstanding|good|adequate|requires improvement|inadequate)\W?"
    r" in its 20\d\d\b"
    r"|\b[Ii]n (?:[A-Z][a-z]{2,8} )?20\d\d,? (?:we|HMIC|the)\b",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Words that may say what the release is. `stated`: they stand in its text, so that what they say has evidence."""

    passage: Passage
    stated: bool = True

    def evidence(self, start: int, end: int) -> Evidence | None:
        return self.passage.evidence(start, end) if self.stated else None


@dataclass(frozen=True, slots=True)
class Places:
    """`top` is headline, titles and lead in order; `outside` the page's heading and slug; `announced` sentences that
    speak of this inspection; `recalled` those that speak of another; `rest` all other sentences before the notes."""

    headline: Place
    titles: tuple[Place, ...]
    lead: tuple[Place, ...]
    outside: tuple[Place, ...]
    announced: tuple[Place, ...] = ()
    rest: tuple[Place, ...] = ()
    recalled: tuple[Place, ...] = ()
    notes: tuple[Place, ...] = field(default=())

    @property
    def top(self) -> tuple[Place, ...]:
        return (self.headline, *self.titles, *self.lead)


def read_places(sections: Sections, origin: Origin) -> Places:
    """Sort the passages of a release by how surely they say what it is about."""
    headline, opening = _headline(sections)
    context = [*opening, *sections.context]
    prose = [*context, *sections.closing]
    titles = [title for passage in context for title in _titles(passage)]
    titles += [title for passage in sections.closing for title in _titles(passage) if REPORT_TITLE.search(title.plain)]
    taken = {title.start for title in titles}
    told = [passage for passage in prose if passage.start not in taken]
    sentences = [sentence for passage in told for sentence in passage.sentences()]
    lead_ins = [items.lead_in for items in sections.lists if items.lead_in]
    sorted_by: dict[str, list[Passage]] = {"announced": [], "recalled": [], "other": []}
    for sentence in sentences:
        sorted_by[_says(sentence.plain)].append(sentence)
    said = [paragraph for spoken in sections.spoken for paragraph in spoken.quotation.paragraphs]
    lead = [passage for passage in context if _is_prose(passage)][:_LONGEST_LEAD]
    return Places(
        headline=Place(headline),
        titles=_stated(titles),
        lead=_stated(lead),
        outside=tuple(_outside(origin)),
        announced=_stated(sorted_by["announced"]),
        rest=_stated([*sorted_by["other"], *lead_ins, *said]),
        recalled=_stated(sorted_by["recalled"]),
        notes=_stated(sections.notes),
    )


def without_publisher(plain: str) -> str:
    """The words with the inspectorate's and its inspectors' titles blanked, character for character."""
    return _PUBLISHER.sub(lambda found: " " * len(found.group()), plain)


def _says(sentence: str) -> str:
    if _RECALLS.search(sentence):
        return "recalled"
    return "announced" if _ANNOUNCES.search(sentence) else "other"


def _stated(passages: Iterable[Passage]) -> tuple[Place, ...]:
    return tuple(Place(passage) for passage in passages)


def _headline(sections: Sections) -> tuple[Passage, list[Passage]]:
    """The headline; of a text that opens with a paragraph its first sentence, and the rest of that paragraph."""
    whole = sections.headline
    if len(whole.text) <= _LONGEST_HEADLINE:
        return whole, []
    first, *others = whole.sentences()
    return first, [type(whole).join(others)] if others else []


def _titles(passage: Passage) -> list[Passage]:
    """The title that is the passage, or the one that stands after "Get the report" inside it."""
    label = _LABEL.search(passage.plain)
    if label:
        start = label.end() + len(_LABEL_END.match(passage.plain, label.end()).group())  # type: ignore[union-attr]
        end = _SENTENCE_END.search(passage.plain, start)
        stop = min(end.start() if end else len(passage.plain), start + _LONGEST_TITLE)
        return [passage.cut(start, stop)] if passage.plain[start:stop].strip() else []
    return [passage] if _is_title(passage) else []


def _is_title(passage: Passage) -> bool:
    plain = passage.plain
    if len(plain) > _LONGEST_TITLE or _TITLE_ENDED.search(plain) or _NOT_TITLE.match(plain):
        return False
    return (plain[:1].isupper() or plain[:1] in "'\"#") and len(passage.sentences()) == 1


def _is_prose(passage: Passage) -> bool:
    if passage.plain.count(" ") < _FEWEST_WORDS and not _TITLE_ENDED.search(passage.plain):
        return False
    return not (_is_title(passage) or _NOT_TITLE.match(passage.plain) or _LABEL.match(passage.plain))


def _outside(origin: Origin) -> list[Place]:
    words = [origin.page_heading or "", (origin.slug or "").replace("-", " ").title().replace("Peel ", "PEEL ")]
    return [Place(Passage.read(text, 0, len(text)), stated=False) for text in words if text]
