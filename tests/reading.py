"""What the tests of parsing share: the seeds, a parse of plain text, and a release's facts without their positions."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summaries.parsing import parse
from summaries.release_json import to_json
from summaries.types import Evidence, RawRelease, Release

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}

# How every 2016 legitimacy release opens, as far as the parser cares.
PEEL_CONTEXT = (
    "HMIC has assessed how legitimate Kent Police is. This is the second year running HMIC has carried out inspections"
    " of this kind, which makes up part of HMIC's annual PEEL inspections."
)

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_POSITIONS = frozenset(("evidence", "text_sha256", "spans", "note_evidence", "topic_evidence"))


def seed_text(number: str) -> str:
    return SEEDS[number].read_text(encoding="utf-8")


def read(content: str | bytes, location: str = "a.txt") -> Release:
    """The one release in a document."""
    data = content.encode() if isinstance(content, str) else content
    (release,) = parse(RawRelease(location, data)).releases
    return release


def peel_release(headline: str, *paragraphs: str) -> Release:
    """A release about Kent Police with the context that makes it PEEL 2016 legitimacy."""
    return read("\n\n".join((headline, PEEL_CONTEXT, *paragraphs)))


def facts(release: Release) -> dict[str, Any]:
    """All that was read, without where it stands: two layouts of one release have the same facts."""
    found: dict[str, Any] = _without_positions(to_json(release))
    del found["text"]
    return found


def _without_positions(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_positions(held) for key, held in value.items() if key not in _POSITIONS}
    if isinstance(value, list):
        return [_without_positions(held) for held in value]
    return value.translate(_QUOTES) if isinstance(value, str) else value


def evidences(value: object) -> Iterator[Evidence]:
    """Every evidence anywhere inside a release."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from evidences(held)
    elif isinstance(value, tuple):
        for held in value:
            yield from evidences(held)
    elif is_dataclass(value):
        for field in fields(value):
            yield from evidences(getattr(value, field.name))
