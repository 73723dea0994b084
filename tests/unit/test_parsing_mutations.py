"""The layout of a release may change in every way an extractor changes it; what was read may not."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SEEDS, evidences, facts, read, seed_text

seed_numbers = st.sampled_from(sorted(SEEDS))
PEEL_SEEDS = ("000", "002", "003", "004")


def reflowed(text: str, width: int) -> str:
    """Every paragraph and list item wrapped at a width, as text taken from a PDF is; marked headings stay one line."""
    items = re.split(r"\n(?=- |\d\. )|\n{2,}", text.strip())
    lines = [
        item if item.startswith("#") else textwrap.fill(" ".join(item.split()), width, break_on_hyphens=False)
        for item in items
    ]
    return "\n\n".join(lines)


@settings(max_examples=40, deadline=None)
@given(seed_numbers, st.integers(30, 200))
def test_wrapping_lines_at_any_width_changes_nothing(number: str, width: int) -> None:
    text = seed_text(number)

    assert facts(read(reflowed(text, width))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(number: str, ending: str) -> None:
    text = seed_text(number)

    assert facts(read(text.replace("\n", ending))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_change_nothing(number: str, encoding: str) -> None:
    text = seed_text(number)

    assert facts(read(text.encode(encoding))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_straight_marks_for_curly_ones_change_nothing(number: str) -> None:
    text = seed_text(number)

    assert facts(read(straight(text))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_curly_marks_for_straight_ones_change_nothing(number: str) -> None:
    text = seed_text(number)

    assert facts(read(curly(text))) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_a_release_without_heading_and_bold_marks_reads_the_same(number: str) -> None:
    text = seed_text(number)
    unmarked = text.replace("## ", "").replace("**", "")

    assert facts(read(unmarked)) == facts(read(text))


@pytest.mark.parametrize("number", sorted(SEEDS))
@pytest.mark.parametrize("mark", ["*", "•", "–", "▪"])
def test_any_bullet_mark_makes_the_same_list(number: str, mark: str) -> None:
    text = seed_text(number)

    assert facts(read(re.sub(r"(?m)^- ", f"{mark} ", text))) == facts(read(text))


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(PEEL_SEEDS),
    st.data(),
    st.sampled_from(["\n\n", "\f", "\n\n\n\n", "\n\n3\n\n", "\n\nPage 2 of 3\n\n"]),
)
def test_a_page_break_between_any_two_words_of_a_marked_statement_is_healed(
    number: str, data: st.DataObject, page_break: str
) -> None:
    text = seed_text(number)
    release = read(text)
    assert release.statement
    spoken = release.statement.evidence
    spaces = [
        found.start() for found in re.finditer(r"(?<=\S) (?=\S)", text) if spoken.start < found.start() < spoken.end
    ]
    at = data.draw(st.sampled_from(spaces))
    broken = text[:at] + page_break + text[at + 1 :]

    assert facts(read(broken)) == facts(release)


@settings(max_examples=60, deadline=None)
@given(seed_numbers, st.data())
def test_a_page_break_inside_a_finding_is_healed_where_the_next_word_is_small(number: str, data: st.DataObject) -> None:
    text = seed_text(number)
    release = read(text)
    finding = data.draw(st.sampled_from(release.findings)).evidence
    spaces = [
        found.start()
        for found in re.finditer(r"(?<=[\w,]) (?=[a-z])", text)
        if finding.start < found.start() < finding.end
    ]
    at = data.draw(st.sampled_from(spaces))

    assert facts(read(f"{text[:at]}\n\n{text[at + 1 :]}")) == facts(release)


@settings(max_examples=60, deadline=None)
@given(seed_numbers, st.data())
def test_whatever_is_cut_out_every_evidence_is_still_in_the_text(number: str, data: st.DataObject) -> None:
    text = seed_text(number)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    kept = text[:start] + text[end:]
    if not re.search(r"[^\W\d_]{2}", kept):
        return
    release = read(kept)

    for evidence in evidences(release):
        assert release.text[evidence.start : evidence.end] == evidence.quote


def straight(text: str) -> str:
    return text.translate(str.maketrans("‘’“”", "''\"\""))


def curly(text: str) -> str:
    opened = re.sub(r"(?<![\w.,!?)'])\"|^\"", "“", straight(text), flags=re.MULTILINE).replace('"', "”")
    return re.sub(r"(?<!\w)'(?=\w)", "‘", opened).replace("'", "’")
