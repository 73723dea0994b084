"""The public JSON of a parsed release (`docs/release-json.md`), and back. Unknown is null or an empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summaries.json_codec import decoder, encode
from summaries.types import Release

if TYPE_CHECKING:
    from collections.abc import Mapping

# Fields whose public key says what they hold: the evidence of notes, topics and scalar fields.
_KEYS = {"note_spans": "note_evidence", "topic_spans": "topic_evidence", "field_evidence": "evidence"}


def to_json(release: Release) -> dict[str, Any]:
    """The release as plain JSON values, under the documented keys."""
    return {_KEYS.get(name, name): value for name, value in encode(release).items()}


def from_json(doc: Mapping[str, Any], text: str | None = None) -> Release:
    """The release that `to_json` wrote. `text` stands in when the document was stored without its own.

    Raises KeyError or ValueError when `doc` is not such a document.
    """
    named = {name: doc[key] for name, key in _KEYS.items() if key in doc}
    release: Release = decoder(Release)({**doc, **named, "text": doc["text"] if text is None else text})
    return release
