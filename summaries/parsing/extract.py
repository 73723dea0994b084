"""Bytes to readable text. What comes out is the stored text that every evidence offset points into."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from summaries.errors import UnreadableRelease

if TYPE_CHECKING:
    from summaries.types import RawRelease

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# The first bytes of documents that are not text: PDF, ZIP (docx, odt), OLE (doc), PNG, GIF, JPEG, gzip, RTF.
_NOT_TEXT = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf")
_MARKUP = re.compile(rb"\s{0,64}<(?:!doctype|html|\?xml|rss|feed)\b", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_PAGE_BREAKS = re.compile(r"[\f\v]+")
# Controls, zero-width characters, soft hyphens, stray byte-order marks and lone surrogates: never seen by a reader.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_WORD = re.compile(r"[^\W\d_]{2}")
_READABLE_TYPES = frozenset(("text/plain", "text/markdown", "text/x-markdown"))

#: Above this share of control and undecodable characters a document is data, not prose.
_MOST_CONTROL = 0.05


def media_type(raw: RawRelease) -> str:
    """The media type as the source gave it, without parameters; else told from the name, plain text by default."""
    if raw.media_type:
        return raw.media_type.partition(";")[0].strip().lower()
    return "text/markdown" if raw.location.lower().endswith((".md", ".markdown")) else "text/plain"


def readable_text(raw: RawRelease) -> str:
    """Decode a text or Markdown document: line ends are `\\n`, a page break is an empty line, characters are composed.

    UTF-8 or UTF-16 by byte-order mark, else UTF-8, else Windows-1252. Raises UnreadableRelease when the document is of
    another kind, or when it holds no words.
    """
    given = media_type(raw)
    if given not in _READABLE_TYPES:
        raise UnreadableRelease(f"A document of type {given} cannot be read as a release yet.", media_type=given)
    if raw.content.startswith(_NOT_TEXT) or _MARKUP.match(raw.content.removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableRelease("The document is not plain text or Markdown. It was kept; look at the original.")
    decoded = _decode(raw.content)
    if len(_CONTROL.findall(decoded)) > _MOST_CONTROL * len(decoded) or not _WORD.search(decoded):
        raise UnreadableRelease
    lines = _PAGE_BREAKS.sub("\n\n", _LINE_ENDS.sub("\n", decoded))
    return unicodedata.normalize("NFC", _UNSEEN.sub("", lines))


def _decode(content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
