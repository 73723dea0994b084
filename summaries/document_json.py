"""The public JSON of a whole source document, as `python -m summaries --json` prints it (`docs/release-json.md`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summaries.json_codec import encode
from summaries.release_json import to_json
from summaries.summarise import summarise

if TYPE_CHECKING:
    from summaries.types import ParsedDocument, SourceRecord


def document_json(parsed: ParsedDocument) -> dict[str, Any]:
    """One source document: `{"source": …, "releases": […]}`, each release with our `summary` of it."""
    releases = [{**to_json(release), "summary": encode(summarise(release))} for release in parsed.releases]
    return {"source": _source_json(parsed.source), "releases": releases}


def _source_json(source: SourceRecord) -> dict[str, Any]:
    """`path` or `url` in place of `location`: the one tells a file, the other an address."""
    record = encode(source)
    where = "url" if source.location.startswith(("http://", "https://")) else "path"
    return {where: record.pop("location"), **record}
