"""What is held as a file, with where every value comes from: CSV with a row a grade, or JSON with a line a release.

Both are made release by release, so that a store of any size is exported in little memory. Spreadsheets take some cells
for formulas, and run them: see `cell`. The columns are described in `docs/commands.md`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from summaries.errors import QuoteNotInText
from summaries.json_codec import encode
from summaries.query import Filter, parse_filter
from summaries.receipts import paragraph_number, receipt
from summaries.register import body_name
from summaries.release_json import to_json
from summaries.summarise import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from summaries.peers import Groups
    from summaries.ports import StoredRelease, UnitOfWork
    from summaries.types import Evidence, Judgment, NamedGrade

PAGE = 200
"""Releases that are in memory at a time."""

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it spreadsheets take UTF-8 for the machine's old code page."""

COLUMNS = (
    "receipt",
    "number",
    "revision",
    "title",
    "kind",
    "body_id",
    "body",
    "programme",
    "cycle",
    "pillar",
    "about",
    "scope",
    "grade",
    "scale",
    "words",
    "paragraph",
    "start",
    "end",
    "published_on",
    "published_basis",
    "location",
    "text_sha256",
    "confidence",
    "doubts",
    "withdrawn",
    "licence",
)
_OF_A_JUDGMENT = ("about", "scope", "grade", "scale", "words", "paragraph", "start", "end")
_BEGIN_FORMULAS = frozenset("=+-@\N{MINUS SIGN}")
_NAMED = "named"
"""The scope of a grade that a national release gives to a body it names."""

# What is quoted is passed over: it is no format. The last quotation mark may be missing.
_FORMAT = re.compile(
    r"""["“”„«»][^"“”„«»]*(?:["“”„«»]|$)"""
    r"|(?<!\S)(?:(?:as|in|to)\s)?(?:an?\s)?(csv|json)(?:\s(?:file|format))?(?![^\s,;])",
    re.IGNORECASE,
)


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"

    @property
    def suffix(self) -> str:
        """How the name of a file in this format ends: JSON is written a line an object."""
        return ".csv" if self is Format.CSV else ".jsonl"


@dataclass(frozen=True, slots=True)
class Piece:
    """One release as it stands in the file: `rows` of CSV or lines of JSON. `year` is the one it is asked for by."""

    content: bytes
    rows: int
    year: int | None


def read_wish(words: str, *, groups: Groups | None = None) -> tuple[Filter, Format]:
    """What is to be exported and in which format, from what a person typed: filters, and `csv` or `json` before,
    between or after them. CSV unless it says otherwise, every release unless there is a filter. `groups` are those
    that `peers:` can name. Raises BadFilter."""
    words = " ".join(words.split())
    found = next((match for match in _FORMAT.finditer(words) if match[1]), None)
    if found is None:
        return _read(words, groups), Format.CSV
    rest = (words[: found.start()] + words[found.end() :]).strip(" ,;")
    return _read(rest, groups), Format(found[1].lower())


def _read(words: str, groups: Groups | None) -> Filter:
    return parse_filter(words, groups=groups) if words else Filter()


def head(wanted: Format) -> bytes:
    """What the file begins with."""
    return _csv([COLUMNS], BOM) if wanted is Format.CSV else b""


def pieces(
    unit: UnitOfWork, wanted: Filter, made_as: Format, licence: Callable[[StoredRelease], str]
) -> Iterator[Piece]:
    """The releases that a filter means, newest first, of the one moment that `unit` sees. `licence` says in words what
    may be done with those of a release.

    Raises QuoteNotInText when a span does not hold the words it is said to hold: nothing wrong is handed out.
    """
    make = _rows if made_as is Format.CSV else _line
    offset = 0
    while page := unit.search.newest(wanted, limit=PAGE, offset=offset):
        offset += len(page)
        for stored in page:
            content, rows = make(stored, licence(stored))
            yield Piece(content, rows, stored.release.year)


def cell(value: str) -> str:
    """A value as a spreadsheet may be shown it. What could begin a formula there has an apostrophe put before it, and
    so has what begins with an apostrophe: to have the value back, take one from the front of each cell that has it.

    A formula begins with `=`, `+`, `-` or `@`, in full width too, and spreadsheets look for it behind white space,
    quotes and characters that are not seen. A tab or the end of a line in front may end up as the end of a cell.
    """
    seen = next((one for one in value if one not in "'\"" and unicodedata.category(one)[0] not in "CZ"), "")
    formula = seen and unicodedata.normalize("NFKC", seen)[0] in _BEGIN_FORMULAS
    return f"'{value}" if formula or value.startswith(("'", "\t", "\r", "\n")) else value


def _rows(stored: StoredRelease, licence: str) -> tuple[bytes, int]:
    release = stored.release
    shared = {
        "number": stored.number,
        "revision": stored.revision,
        "title": release.title,
        "kind": release.kind.value,
        "programme": release.programme,
        "cycle": release.cycle,
        "pillar": release.pillar,
        "published_on": release.published_on.isoformat() if release.published_on else None,
        "published_basis": release.published_basis,
        "location": _place(stored),
        "text_sha256": _hash(release.text),
        "confidence": release.confidence.value,
        "doubts": "; ".join(release.doubts),
        "withdrawn": _withdrawn(stored),
        "licence": licence,
    }
    given = [
        *(_judged(stored, one) for one in release.judgments),
        *(_named(stored, one) for one in release.named_grades),
    ]
    whole = [shared | row for row in given or [_ungraded(stored)]]
    return _csv([[row[column] for column in COLUMNS] for row in whole]), len(whole)


def _judged(stored: StoredRelease, judgment: Judgment) -> dict[str, Any]:
    of_scale = {"about": judgment.about, "scope": judgment.scope.value, "scale": judgment.scale.value}
    return of_scale | _graded(stored, judgment)


def _named(stored: StoredRelease, named: NamedGrade) -> dict[str, Any]:
    """What it is for and on which scale is told by the release as a whole, not by the words that name a body."""
    return {"about": None, "scope": _NAMED, "scale": None} | _graded(stored, named)


def _graded(stored: StoredRelease, given: Judgment | NamedGrade) -> dict[str, Any]:
    evidence = given.evidence
    _check(evidence, stored)
    return {
        "receipt": receipt(stored, evidence),
        "body_id": given.body,
        "body": body_name(given.body),
        "grade": given.grade.value,
        "words": evidence.quote,
        "paragraph": paragraph_number(stored.release.text, evidence.start),
        "start": evidence.start,
        "end": evidence.end,
    }


def _ungraded(stored: StoredRelease) -> dict[str, Any]:
    """The one row of a release that gives no grade: its receipt is that of its verdict, or else of its headline."""
    stated = summarise(stored.release).verdict
    _check(stated, stored)
    subjects = {body.id: body.name for body in stored.release.subjects}
    whose = {"body_id": "; ".join(subjects), "body": "; ".join(subjects.values())}
    return {**dict.fromkeys(_OF_A_JUDGMENT), **whose, "receipt": receipt(stored, stated)}


def _line(stored: StoredRelease, licence: str) -> tuple[bytes, int]:
    """The shape of a document of one release (`docs/release-json.md`), and what a store adds to the release."""
    release = stored.release
    summary = summarise(release)
    of_store = {"receipt": receipt(stored, summary.verdict), "number": stored.number, "revision": stored.revision}
    of_store |= {"location": _place(stored), "withdrawn": _withdrawn(stored), "licence": licence}
    document = {
        # What is null was known when the document was read, and is not kept with each release.
        "source": {
            _where(stored): _place(stored),
            "media_type": None,
            "sha256": None,
            "fetched_at": None,
            "text_sha256": _hash(release.text),
        },
        "releases": [{**of_store, **to_json(release), "summary": encode(summary)}],
    }
    _check_all(document, stored)
    return f"{json.dumps(document, ensure_ascii=False)}\n".encode(), 1


def _withdrawn(stored: StoredRelease) -> str | None:
    """The day on which a release was withdrawn, and why; None of one that stands."""
    if stored.withdrawn is None:
        return None
    return f"{stored.withdrawn.at.date().isoformat()}: {stored.withdrawn.why}"


def _where(stored: StoredRelease) -> str:
    return "url" if stored.location.startswith(("http://", "https://")) else "path"


def _place(stored: StoredRelease) -> str:
    """The address it was read from, or the name of the file: folders are the business of the machine they are on."""
    return stored.location if _where(stored) == "url" else PurePath(stored.location).name


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _csv(rows: Sequence[Sequence[object]], before: str = "") -> bytes:
    """Rows as RFC 4180 has them. Words are neutralised, numbers are ours."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerows([cell(value) if isinstance(value, str) else value for value in row] for row in rows)
    return (before + written.getvalue()).encode()


def _check(evidence: Evidence, stored: StoredRelease) -> None:
    if stored.release.text[evidence.start : evidence.end] != evidence.quote:
        raise QuoteNotInText(number=stored.number, revision=stored.revision, start=evidence.start, end=evidence.end)


def _check_all(value: Any, stored: StoredRelease) -> None:
    """Check every span in a document."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            start, end = value["start"], value["end"]
            if stored.release.text[start:end] != value["quote"]:
                raise QuoteNotInText(number=stored.number, revision=stored.revision, start=start, end=end)
        for held in value.values():
            _check_all(held, stored)
    elif isinstance(value, list):
        for held in value:
            _check_all(held, stored)
