"""The words of a text as a search compares them: the one tokeniser of filters, of the index and of marked passages.

Two streams come of a text, of equal length and order: `tokens`, its words without case, accents and apostrophes, and
`stems`, the same with the commonest endings folded. A quoted phrase is looked for in the first, a bare word in the
second. The words of a phrase stand one after another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TOKEN = 64
"""Longer words are cut: an index may refuse a very long one, and nobody types one."""

_APOSTROPHES = "'’‘ʼ＇"
# Letters and digits, with what may stand inside a word: apostrophes, accents written apart, soft hyphens, joiners.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|[{_APOSTROPHES}](?=[^\W_]))*")
_PIECE = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s$", re.IGNORECASE)
_UNHEARD = dict.fromkeys(map(ord, _APOSTROPHES + "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_VOWELS = frozenset("aeiou")


class Word(NamedTuple):
    """A token and where it stands: `text[start:end]` is the word as printed."""

    token: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Every token of the text in order, with its place. What is one word in print may be two tokens of one place."""
    for found in _WORD.finditer(text):
        for token in _fold(found.group()):
            yield Word(token, *found.span())


def tokens(text: str) -> list[str]:
    """The words of the text: lower case, no accents, no apostrophes, possessives dropped, split at all that is neither
    letter nor digit ("Zoë’s well-being" gives zoe, well, being)."""
    return [token for found in _WORD.findall(text) for token in _fold(found)]


def stems(text: str) -> list[str]:
    """The `tokens` of the text, each by its `stem`."""
    return [stem(token) for token in tokens(text)]


@lru_cache(maxsize=65_536)
def stem(token: str) -> str:
    """What a token has in common with its plural and its forms in -ing and -ed: vet, vets, vetted and vetting are one.

    Nothing else is folded: a stem that meets too much would mark words nobody looked for.
    """
    if len(token) < 4 or not token.isalpha() or not token.isascii():
        return token
    word = _singular(token)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and not word.endswith("eed"):
            word = _without(word, ending)
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return word[:-1] if len(word) == 4 else word[:-3] + "y"
    if word.endswith("xes"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and word[-2] not in "sui" else word


def _without(word: str, ending: str) -> str:
    """Without -ing or -ed, and with the silent e or the single consonant that stood before it."""
    base = word.removesuffix(ending)
    heard = [letter in _VOWELS for letter in base]
    if len(base) == 2 and any(heard):  # used, aged; going, doing
        return base + "e" if heard == [True, False] else base
    if len(base) < 3 or not (any(heard) or "y" in base):  # string
        return word
    if heard == [False, True, False] and base[-1] not in "wxy":  # noted, caring
        return base + "e"
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "sfz" and not heard[-1]:
        # stopped, controlled; but called: a word of one syllable keeps its two l
        one_syllable = sum(left < right for left, right in zip([False, *heard], heard, strict=False)) < 2
        return base if base[-1] == "l" and one_syllable else base[:-1]
    return base


def _fold(word: str) -> list[str]:
    if word.isascii() and word.isalnum():
        return [word.lower()[:LONGEST_TOKEN]]
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word)).casefold()
    plain = unicodedata.normalize("NFKD", plain).casefold().translate(_UNHEARD)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [piece[:LONGEST_TOKEN] for piece in _PIECE.findall(plain)]
