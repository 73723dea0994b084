"""A passage: words as a reader sees them, each character still knowing where it stands in the stored text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.parsing.layout.sentences import split_sentences
from summaries.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

# One character for one, so that positions in `plain` are positions in `text`. The last four are letters that patterns
# which ignore case take for i, s and k.
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "ı": "i",
        "İ": "I",
        "ſ": "s",
        "\N{KELVIN SIGN}": "K",
    }
)
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^\s()]{1,500}\)")
_LAYOUT = re.compile(r"(?m)^\s*(?:#{1,6}|[-*+•·▪◦‣●○■]|\d{1,2}[.)])\s+|[*_]{1,3}|-\s*\n\s*")
_STARS = re.compile(r"(?<!\*)\*{1,3}(?!\*)")
_UNDERSCORES = re.compile(r"(?<![\w/.:])_{1,2}(?=\w)|(?<=[\w.,!?])_{1,2}(?![\w/])")


def plain_words(text: str) -> str:
    """The words of a text, whatever its layout, quotation marks, bullets, headings and links: what two copies share."""
    words = _LAYOUT.sub(" ", _LINK.sub(r"\1", text).translate(_PLAIN)).replace("'", "").replace('"', "")
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` has Markdown removed and white space collapsed; `plain` also has straight quotes and hyphens, character
    for character; `offsets[i]` is where `text[i]` stands in `source`."""

    source: str
    text: str
    plain: str
    offsets: tuple[int, ...]

    @classmethod
    def read(cls, source: str, start: int, end: int) -> Passage:
        """The passage at `source[start:end]`."""
        hidden = _markup(source[start:end])
        chars: list[str] = []
        offsets: list[int] = []
        gap = ""
        for at in range(start, end):
            char = source[at]
            if at - start in hidden:
                continue
            if char.isspace():
                gap += char
                continue
            if gap and chars and not _splits_a_word(chars, gap, char):
                chars.append(" ")
                offsets.append(at - 1)
            gap = ""
            chars.append(char)
            offsets.append(at)
        return cls._of(source, "".join(chars), tuple(offsets))

    @classmethod
    def _of(cls, source: str, text: str, offsets: tuple[int, ...]) -> Passage:
        return cls(source, text, text.translate(_PLAIN), offsets)

    @property
    def start(self) -> int:
        """Where the passage begins in the stored text."""
        return self.offsets[0]

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The part from `start` to `end` of `text`, without white space at its ends."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        return self._of(self.source, self.text[start:stop], self.offsets[start:stop])

    @classmethod
    def join(cls, pieces: Sequence[Passage]) -> Passage:
        """Several passages in order as one, as if no page had ended between them."""
        if len(pieces) == 1:
            return pieces[0]
        texts: list[str] = []
        offsets: list[int] = []
        for piece in pieces:
            if texts and not _splits_a_word(texts[-1], "\n", piece.text[:1]):
                texts.append(" ")
                offsets.append(piece.offsets[0] - 1)
            texts.append(piece.text)
            offsets += piece.offsets
        return cls._of(pieces[0].source, "".join(texts), tuple(offsets))

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """The stored text behind `text[start:end]`."""
        last = (len(self.text) if end is None else end) - 1
        return Evidence.of(self.source, self.offsets[start], self.offsets[last] + 1)

    def sentences(self) -> list[Passage]:
        return [self.cut(start, end) for start, end in split_sentences(self.plain)]


def _markup(raw: str) -> frozenset[int]:
    hidden: set[int] = set()
    for link in _LINK.finditer(raw):
        hidden.add(link.start())
        hidden.update(range(link.end(1), link.end()))
    for mark in _STARS.finditer(raw):
        around = raw[max(mark.start() - 1, 0) : mark.start()] + raw[mark.end() : mark.end() + 1]
        if around.strip():
            hidden.update(range(*mark.span()))
    for mark in _UNDERSCORES.finditer(raw):
        hidden.update(range(*mark.span()))
    return frozenset(hidden)


def _splits_a_word(before: Sequence[str], gap: str, after: str) -> bool:
    """Whether a line ended inside a hyphenated word: "counter-" / "corruption"."""
    return "\n" in gap and len(before) > 1 and before[-1] in "-‐" and before[-2].isalpha() and after.islower()
