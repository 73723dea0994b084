"""`read_document`: the bytes of any document to pages of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.media.decoding import decode
from summaries.media.document import Document, Page
from summaries.media.guarded import read_guarded
from summaries.media.html_page import read_page
from summaries.media.hygiene import clean
from summaries.media.kinds import Kind, binary_kind, media_type_of, text_kind
from summaries.media.mail import read_mail

if TYPE_CHECKING:
    from summaries.types import RawRelease

# A page within these bounds takes a fraction of a second whatever it holds; a larger one is read in the child.
_TAME_LENGTH = 262_144  # characters
_TAME_TAGS = 10_000


def read_document(raw: RawRelease) -> Document:
    """Read a release's bytes, whatever their format: text, Markdown, HTML, RSS or Atom, PDF, Word, e-mail.

    The bytes decide what they are; a wrong name or media type does no harm. Time and output are bounded, and nothing is
    fetched. Raises UnreadableRelease, and nothing else, for whatever cannot be read.
    """
    kind = binary_kind(raw.content)
    if kind:
        return Document(media_type_of(kind, raw.media_type), read_guarded(kind, raw.content))
    text = decode(raw.content, raw.media_type)
    kind = text_kind(text, raw)
    return Document(media_type_of(kind, raw.media_type), _pages(kind, text, raw))


def _pages(kind: Kind, text: str, raw: RawRelease) -> tuple[Page, ...]:
    match kind:
        case Kind.FEED:
            return read_guarded(kind, raw.content)
        case Kind.HTML:
            return _html(text, raw.location)
        case Kind.MAIL:
            message, is_html = read_mail(raw.content)
            return _html(message, None) if is_html else (Page(clean(message)),)
        case _:
            return (Page(clean(text)),)


def _html(markup: str, location: str | None) -> tuple[Page, ...]:
    if len(markup) <= _TAME_LENGTH and markup.count("<") <= _TAME_TAGS:
        return (read_page(markup, location),)
    return read_guarded(Kind.HTML, markup.encode("utf-8", errors="replace"), location)
