"""A sentence ready to print: the words, who said them as what, and where they stand. Nobody is given words to say that
the release does not print as theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summaries.parsing.layout.blocks import BlockKind, read_blocks
from summaries.receipts import paragraphs, receipt
from summaries.sources.addresses import USUAL_HOSTS
from summaries.summarise import summarise
from summaries.types import Evidence, PublishedBasis
from summaries.verbatim import sentence_around

if TYPE_CHECKING:
    from summaries.parsing.layout.blocks import Block
    from summaries.ports import StoredRelease
    from summaries.types import Release, Statement

#: The attribution that the licence asks for where the publisher gives none of its own (National Archives, OGL v3.0).
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."

#: From this day the inspectorate has been HMICFRS: it took on the fire services of England.
_ALSO_FIRE = date(2017, 7, 19)
_NO_WORDS = '"“” \t\r\n'
_LISTED = (BlockKind.BULLET, BlockKind.NUMBERED)
_TIES = re.compile(r"(?:[;,]\s{0,3}(?:and|or|but)?|\s(?:and|or))\Z")  # what ties an item to the next
# A paragraph that only says who speaks next.
_ATTRIBUTION = re.compile(r"\b(?:said|says|saying|added|adds|comment(?:ed|s|ing)|continued|concluded|explained):\Z")
_LONGEST_ATTRIBUTION = 250  # letters
_QUOTATION_MARKS = ('"', "“", "”")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a release, and the statements they are of: none in its own narrative, several where it was made
    jointly. Of a list it is one item: `lead_in` is what gives it its sense, `items` how many the paragraph has."""

    stored: StoredRelease
    evidence: Evidence
    statements: tuple[Statement, ...]
    lead_in: Evidence | None = None
    items: int = 0

    @property
    def receipt(self) -> str:
        return receipt(self.stored, self.evidence)


def quotation(stored: StoredRelease, paragraph: int | None = None) -> Quoted | None:
    """The words to print: of the paragraph asked for the first item if it is a list, else the sentences quoted in it,
    else all; the next one's, if all it does is to say who speaks. Without one the sentence chosen for the release's
    summary, else its verdict. None when there is no such paragraph."""
    if paragraph is None:
        summary = summarise(stored.release)
        return _quoted(stored, summary.quote or summary.verdict)
    found = paragraphs(stored.release.text)
    if not 1 <= paragraph <= len(found):
        return None
    text, whole = stored.release.text, found[paragraph - 1]
    if _only_attributes(whole) and paragraph < len(found):
        return quotation(stored, paragraph + 1)
    if item := _first_item(stored, whole):
        return item
    spans = [span for statement in statements_of(stored.release) for span in statement.spans]
    in_speech = next((span for span in spans if _shared(text, whole, span)), None)
    told = (in_speech and _shared(text, whole, in_speech)) or whole
    sentences = sentence_around(text, told.start, told.end)  # a page may have ended in the middle of one
    return _quoted(stored, (in_speech and _shared(text, sentences, in_speech)) or sentences)


def spoken_by(release: Release, evidence: Evidence) -> tuple[Statement, ...]:
    """The statements that all of the words are of; quotation marks round the words do not count."""
    words = _bare(release.text, evidence)
    return tuple(one for one in statements_of(release) if any(span.holds(words) for span in (one.evidence, *one.spans)))


def quoted_in(release: Release, evidence: Evidence) -> tuple[Statement, ...]:
    """The statements that any of the words are of."""
    return tuple(one for one in statements_of(release) if any(span.meets(evidence) for span in one.spans))


def publisher(release: Release) -> str | None:
    """By which name the inspectorate published it; None where that is not certain: of a release without a day it is,
    unless its inspection is of the year of the change."""
    if release.published_on:
        return "HMICFRS" if release.published_on >= _ALSO_FIRE else "HMIC"
    if release.year is None or release.year == _ALSO_FIRE.year:
        return None
    return "HMICFRS" if release.year > _ALSO_FIRE.year else "HMIC"


def is_own_page(stored: StoredRelease) -> bool:
    """Whether a release was read where the inspectorate or the government publishes, or from a file: not from a copy on
    somebody else's site, of which nothing is known."""
    parts = urlsplit(stored.location)
    return parts.scheme not in {"http", "https"} or parts.hostname in USUAL_HOSTS


def csl_item(quoted: Quoted) -> dict[str, Any]:
    """The release as an item of CSL-JSON 1.0.2, which knows no press release: a `document` of that genre. What is
    inferred says so."""
    stored, release = quoted.stored, quoted.stored.release
    item: dict[str, Any] = {
        "id": f"R-{stored.number}" if stored.revision == 1 else f"R-{stored.number}.{stored.revision}",
        "type": "document",
        "genre": "Press release",
        "title": release.title,
    }
    if by := publisher(release):
        item |= {"author": [{"literal": by}], "publisher": by}
    if day := release.published_on:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
        if release.published_basis is PublishedBasis.CALENDAR:
            item["issued"]["circa"] = True
    if urlsplit(stored.location).scheme in {"http", "https"}:
        item["URL"] = stored.location
    item["note"] = " ".join(quoted.receipt.split())
    return item


def _quoted(stored: StoredRelease, evidence: Evidence) -> Quoted:
    bare = _bare(stored.release.text, evidence)
    return Quoted(stored, bare, spoken_by(stored.release, bare))


def _first_item(stored: StoredRelease, whole: Evidence) -> Quoted | None:
    """The first item of the list in a paragraph, as its marks are not to be printed; None where there is no list."""
    text = stored.release.text
    blocks = read_blocks(text)
    at = [index for index, block in enumerate(blocks) if block.kind in _LISTED and _within(whole, block)]
    if not at:
        return None
    before = next((block for block in blocks[at[0] :: -1] if block.kind not in _LISTED), None)
    item = blocks[at[0]].passage.evidence()
    goes_on = item.quote.lstrip(_NO_WORDS + "'‘")[:1].islower()
    lead_in = before.passage.evidence() if before and (goes_on or before.passage.plain.endswith(":")) else None
    end = _TIES.search(item.quote)
    quoted = _quoted(stored, Evidence.of(text, item.start, item.start + end.start()) if end else item)
    return replace(quoted, lead_in=lead_in, items=len(at))


def _only_attributes(whole: Evidence) -> bool:
    return len(whole.quote) <= _LONGEST_ATTRIBUTION and _ATTRIBUTION.search(whole.quote) is not None


def _within(whole: Evidence, block: Block) -> bool:
    return whole.start <= block.passage.start < whole.end


def statements_of(release: Release) -> list[Statement]:
    """All that is quoted, by whomever."""
    return [one for one in (release.statement, *release.other_statements) if one]


def _shared(text: str, one: Evidence, other: Evidence) -> Evidence | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Evidence.of(text, start, end) if text[start:end].strip(_NO_WORDS) else None


def _bare(text: str, evidence: Evidence) -> Evidence:
    """Without the quotation marks round it, which whoever prints it sets. Marks inside it stay in their pairs."""
    words = evidence.quote.strip()
    start = evidence.start + evidence.quote.index(words)
    end = start + len(words)
    marks = sum(words.count(mark) for mark in _QUOTATION_MARKS)
    at_head, at_tail = words[:1] in _QUOTATION_MARKS, words[-1:] in _QUOTATION_MARKS
    is_wrapped = at_head and at_tail and marks == 2
    if at_head and (is_wrapped or marks % 2):
        start += 1
    if at_tail and (is_wrapped or (marks % 2 and not at_head)):
        end -= 1
    return Evidence.of(text, start, end) if text[start:end].strip() else evidence
