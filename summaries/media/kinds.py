"""What kind of document some bytes are. The bytes decide; the name and the given media type only where they cannot."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from typing import TYPE_CHECKING

from summaries.errors import UnreadableRelease

if TYPE_CHECKING:
    from summaries.types import RawRelease


class Kind(StrEnum):
    """The kinds we read; each is the media type by which it is known."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    FEED = "application/rss+xml"
    MAIL = "message/rfc822"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


#: Other media types under which a kind goes, kept as given.
_ALSO = {
    Kind.TEXT: re.compile(r"text/(?!html|markdown|x-markdown)[\w.+-]+"),
    Kind.MARKDOWN: re.compile(r"text/(?:x-)?markdown"),
    Kind.HTML: re.compile(r"application/xhtml\+xml"),
    Kind.FEED: re.compile(r"application/(?:atom|rss|rdf)\+xml|(?:application|text)/xml"),
}

_PDF_WITHIN = 1024  # bytes: readers of PDF look this far for the mark
_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_HEAD = 4096  # characters
_OPENING = re.compile(r"(?:\s{1,64}|<!--.{0,2000}?-->|<\?xml\b[^>]{0,400}>|<!doctype\b[^>]{0,400}>){0,12}", re.I | re.S)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"<!doctype\s{1,8}html\b", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:html|head|body|title|meta|link|base|script|style|article|main|section|header|div|p|h[1-6]|ul|ol|table|span|a)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,11}(?=[\s/>])", re.IGNORECASE)
_MAIL_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|$)|[ \t]+\S|>?From \S+ ")
_MAIL_LINES = 60  # within which a mail's From and one of the others are looked for
_MAIL_NAMES = frozenset(
    ("to", "date", "subject", "message-id", "mime-version", "received", "delivered-to", "return-path")
)


def binary_kind(content: bytes) -> Kind | None:
    """PDF or DOCX; None for what may be text. Raises UnreadableRelease, naming it, for what we know but do not read."""
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    for mark, name in _BINARY:
        if content.startswith(mark):
            raise _unread(name)
    return None


def text_kind(text: str, raw: RawRelease) -> Kind:
    """The kind of a decoded document. Raises UnreadableRelease for XML that is neither a feed nor a page."""
    name, given = raw.location.lower(), essence(raw.media_type)
    body = text.lstrip("\ufeff")
    opening = _OPENING.match(body)
    start = opening.end() if opening else 0
    if _FEED.match(body, start):
        return Kind.FEED
    if _HTML_DOCTYPE.search(body, 0, start) or _opens_page(body, start):
        return Kind.HTML
    if body.lstrip().startswith("<?xml"):
        raise _unread("an XML file that is neither a page nor a feed")
    if (given == Kind.HTML or name.endswith((".html", ".htm"))) and _TAG.search(body):
        return Kind.HTML
    if _is_mail(body):
        return Kind.MAIL
    is_markdown = name.endswith((".md", ".markdown")) if not given else "markdown" in given
    return Kind.MARKDOWN if is_markdown else Kind.TEXT


def media_type_of(kind: Kind, given: str | None) -> str:
    """The given media type, without parameters, where it is one of this kind's; else the kind's own."""
    stated = essence(given)
    also = _ALSO.get(kind)
    return stated if stated == kind or (also and also.fullmatch(stated)) else str(kind)


def essence(media_type: str | None) -> str:
    """A media type without its parameters; empty when none is given."""
    return (media_type or "").partition(";")[0].strip().lower()


def _opens_page(text: str, start: int) -> bool:
    """Any opening tag of HTML makes a page, but in XML only the root's: other languages have a `title` and a `p`."""
    found = _HTML.match(text, start)
    return found is not None and (found.group().lower() == "<html" or not text.lstrip().startswith("<?xml"))


def _kind_of_archive(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        raise _unread("a damaged archive") from None
    if "word/document.xml" not in names:
        raise _unread("an archive, but not a Word document")
    return Kind.DOCX


def _is_mail(text: str) -> bool:
    names: set[str] = set()
    for line in text[:_HEAD].lstrip("\n").split("\n")[:_MAIL_LINES]:
        line = line.rstrip("\r")
        if not line:
            break
        found = _MAIL_LINE.match(line)
        if not found:
            return False
        if found.group(1):
            names.add(found.group(1).lower())
    return "from" in names and len(names & _MAIL_NAMES) >= 2


def _unread(name: str) -> UnreadableRelease:
    return UnreadableRelease(f"The document is {name}, which cannot be read..")
