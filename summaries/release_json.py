"""The public JSON of a parsed release (`docs/release-json.md`), and back. Unknown is null or an empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summaries.json_codec import decoder, encode
from summaries.summarise import summarise
from summaries.types import Release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summaries.types import ParsedDocument, SourceRecord

# Fields whose public key says what they hold: the evidence of notes, topics and scalar fields.
_KEYS = {"note_spans": "note_evidence", "topic_spans": "topic_evidence", "field_evidence": "evidence"}


def to_json(release: Release) -> dict[str, Any]:
    """The release as plain JSON values, under the documented keys."""
    return {_KEYS.get(name, name): value for name, value in encode(release).items()}


def from_json(doc: Mapping[str, Any], text: str | None = None) -> Release:
    """The release that `to_json` wrote. `text` stands in when the document was stored without its own.

    Raises KeyError or ValueError when `doc` is not such a document.
    """
    named = {name: doc[key] for name, key in _KEYS.items()}
    release: Release = decoder(Release)({**doc, **named, "text": doc["text"] if text is None else text})
    return release


def document_json(parsed: ParsedDocument) -> dict[str, Any]:
    """One source document: `{"source": …, "releases": […]}`, each release with our `summary` of it."""
    releases = [{**to_json(release), "summary": encode(summarise(release))} for release in parsed.releases]
    return {"source": _source_json(parsed.source), "releases": releases}


def _source_json(source: SourceRecord) -> dict[str, Any]:
    """`path` or `url` in place of `location`: the one tells a file, the other an address."""
    record = encode(source)
    where = "url" if source.location.startswith(("http://", "https://")) else "path"
    return {where: record.pop("location"), **record}
