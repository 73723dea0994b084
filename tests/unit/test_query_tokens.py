from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.query.tokens import LONGEST_TOKEN, stem, stems, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë’s well-being", ["zoe", "well", "being"]),
        ("the Force's officers’ ‘vetting’", ["the", "force", "officers", "vetting"]),
        ("O’Connor doesn't", ["oconnor", "doesnt"]),
        ("PEEL 2018/19: £5,000", ["peel", "2018", "19", "5", "000"]),
        ("so\u00adft e\u0301te\u0301 ﬁre ＡＢＣ", ["soft", "ete", "fire", "abc"]),
        ("snake_case\n\fand – dashes", ["snake", "case", "and", "dashes"]),
        ("", []),
        ("!?", []),
    ],
)
def test_the_tokens_of_a_text_are_its_words_without_case_accents_and_apostrophes(
    text: str, expected: list[str]
) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "alike",
    [
        "vet vets vetted vetting",
        "force forces forced forcing",
        "use uses used using",
        "note notes noted noting",
        "call calls called calling",
        "control controls controlled controlling",
        "process processes processed processing",
        "inquiry inquiries",
        "apply applies applied applying",
        "die dies died",
        "box boxes boxed boxing",
        "improve improves improved improving",
        "staff staffed staffing",
        "go going",
    ],
)
def test_a_word_its_plural_and_its_forms_in_ing_and_ed_have_one_stem(alike: str) -> None:
    assert len({stem(word) for word in alike.split()}) == 1


@pytest.mark.parametrize(
    "different",
    ["note not", "care car", "file fill", "site sit", "use us", "bus us", "string str", "need ne", "process proce"],
)
def test_other_words_have_other_stems(different: str) -> None:
    one, other = different.split()
    assert stem(one) != stem(other)


@given(st.text(max_size=200))
def test_tokens_of_tokens_are_the_same_tokens(text: str) -> None:
    found = tokens(text)
    assert tokens(" ".join(found)) == found
    assert all(token.isalnum() and len(token) <= LONGEST_TOKEN for token in found)
    assert len(stems(text)) == len(found)
    assert all(stems(text))


@given(st.text(max_size=200))
def test_every_token_has_its_place_in_the_text(text: str) -> None:
    found = list(words(text))
    assert [word.token for word in found] == tokens(text)
    assert all(word.token in tokens(text[word.start : word.end]) for word in found)
    assert all(left.start <= right.start for left, right in pairwise(found))


def test_a_very_long_word_is_cut_alike_wherever_it_stands() -> None:
    assert tokens("a" * 1000) == ["a" * LONGEST_TOKEN]
    assert tokens("É" * 1000) == ["e" * LONGEST_TOKEN]
