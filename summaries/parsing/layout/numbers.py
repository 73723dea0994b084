"""Small numbers in words or digits: "two", "36", "twenty-one"."""

from __future__ import annotations

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty"]
#: One to twenty, in words.
TO_TWENTY = (*_UNITS, *_TEENS, "twenty")
_WORDS = {word: value for value, word in enumerate(TO_TWENTY, start=1)} | {"thirty": 30, "forty": 40}

#: Any number from one to ninety-nine, as printed.
NUMBER = (
    rf"(?a:(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_UNITS)})|{'|'.join(_TENS)}|{'|'.join(reversed(_TEENS))}"
    rf"|{'|'.join(reversed(_UNITS))}|\d{{1,2}})"
)


def number_of(words: str) -> int:
    """The value of words that `NUMBER` matches."""
    if words.isdigit():
        return int(words)
    tens, _, units = words.casefold().replace(" ", "-").partition("-")
    return _WORDS[tens] + (_WORDS[units] if units else 0)
