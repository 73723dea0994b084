"""What every stored text has in common, whichever format it came in."""

from __future__ import annotations

import re
import unicodedata

from summaries.errors import UnreadableRelease

#: Characters. The longest reports run to about half of it; more is data, or an attack.
LONGEST_TEXT = 500_000
#: Above this share of control and undecodable characters a document is data, not prose.
_MOST_CONTROL = 0.05

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_PAGE_BREAKS = re.compile(r"[\f\v]+")
# Controls, zero-width characters, soft hyphens, stray byte-order marks and lone surrogates: never seen by a reader.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_WORD = re.compile(r"[^\W\d_]{2}")


def clean(text: str) -> str:
    """Line ends are `\\n`, a page break is an empty line, characters are composed, unseen ones are gone.

    Raises UnreadableRelease for a text that holds no words, is mostly data, or is longer than LONGEST_TEXT.
    """
    if len(text) > LONGEST_TEXT:
        raise UnreadableRelease("The document holds more text than a release can..")
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) or not _WORD.search(text):
        raise UnreadableRelease
    lines = _PAGE_BREAKS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _UNSEEN.sub("", lines))
