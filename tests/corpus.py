"""The corpus of releases in all formats, each with what a careful reader finds in it (`tests/golden/corpus`).

Beside every document stands a TOML file of the same name. A field left out there must be empty, but for those that are
checked only when given. See `docs/corpus.md` for its keys.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summaries.parsing import parse
from summaries.sources.folder import read_file
from summaries.types import BodyRole, RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summaries.types import Release

CORPUS = Path(__file__).parent / "golden" / "corpus"
SEEDS = Path(__file__).parents[1] / "seeds"
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(frozen=True)
class Document:
    """A document of the corpus; `releases` are the tables of its expectations, `location` where it is read from."""

    path: Path
    format: int
    location: str
    releases: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        return self.path.stem

    def parse(self, content: bytes | None = None) -> tuple[Release, ...]:
        raw = RawRelease(self.location, self.path.read_bytes() if content is None else content)
        return parse(raw).releases


@cache
def documents() -> tuple[Document, ...]:
    """All of the corpus, by name."""
    return tuple(_document(path) for path in sorted(CORPUS.glob("*.toml")))


@cache
def held_releases() -> tuple[Release, ...]:
    """The seeds and the corpus as a store holds them: each release once."""
    read = chain(
        chain.from_iterable(parse(read_file(path)).releases for path in sorted(SEEDS.glob("*.txt"))),
        chain.from_iterable(document.parse() for document in documents()),
    )
    return tuple({release.id: release for release in read}.values())


def _document(path: Path) -> Document:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))
    (text,) = [other for other in CORPUS.glob(f"{path.stem}.*") if other.suffix != ".toml"]
    location = expected.get("url", text.name)
    return Document(text, expected["format"], location, tuple(expected.get("release", ())))


def found(release: Release) -> dict[str, Any]:
    """What was read of a release, in the shape of an expectation."""
    statement = release.statement
    return {
        "title": release.title,
        "kind": release.kind.value,
        "subjects": sorted(body.id for body in release.bodies if body.role is BodyRole.SUBJECT),
        "mentioned": sorted(body.id for body in release.bodies if body.role is BodyRole.MENTIONED),
        "programme": release.programme,
        "cycle": release.cycle,
        "pillar": release.pillar.value if release.pillar else None,
        "published_on": release.published_on,
        "published_basis": release.published_basis.value if release.published_basis else None,
        "judgments": sorted(
            [one.body, one.scope.value, one.about, one.grade.value, one.scale.value] for one in release.judgments
        ),
        "prior_judgments": sorted(
            [one.body, one.scope.value, one.about, one.grade.value, one.when] for one in release.prior_judgments
        ),
        "named_grades": sorted([one.body, one.grade.value] for one in release.named_grades),
        "tally": dict(release.tally) if release.tally else None,
        "lead_ins": list(dict.fromkeys(finding.lead_in for finding in release.findings if finding.lead_in)),
        "findings": [[finding.polarity.value, finding.text] for finding in release.findings],
        "causes_of_concern": release.causes_of_concern,
        "areas_for_improvement": release.areas_for_improvement,
        "monitoring": [release.monitoring.event.value, release.monitoring.since or ""] if release.monitoring else None,
        "speaker": statement.speaker if statement else None,
        "role": statement.role if statement else None,
        "is_inspector": statement.is_inspector if statement else None,
        "paragraphs": len(statement.paragraphs) if statement else None,
        "other_speakers": [other.speaker for other in release.other_statements],
        "next_inspection": release.next_inspection.year if release.next_inspection else None,
        "report": [release.report.title or "", release.report.url or ""] if release.report else None,
        "topics": list(release.topics),
        "confidence": release.confidence.value,
    }


_WHEN_GIVEN = frozenset(("mentioned", "topics", "confidence"))


def differences(expected: dict[str, Any], release: Release) -> Iterator[tuple[str, Any, Any]]:
    """(field, expected, found) for every field that was read otherwise; quotation marks and order do not matter."""
    for name, value in found(release).items():
        if name in _WHEN_GIVEN and name not in expected:
            continue
        wanted = _plain(expected.get(name))
        got = _plain(value)
        if name == "topics":
            got = [topic for topic in got or [] if topic in (wanted or [])]
        if name in {"subjects", "mentioned", "judgments", "prior_judgments", "named_grades", "topics"}:
            wanted, got = sorted(wanted or []), sorted(got or [])
        if (wanted or None) != (got or None):
            yield name, wanted, got


def fields_of(release: Release, expected: dict[str, Any]) -> list[str]:
    """The fields that are checked of a release."""
    return [name for name in found(release) if name not in _WHEN_GIVEN or name in expected]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.translate(_QUOTES).split())
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
