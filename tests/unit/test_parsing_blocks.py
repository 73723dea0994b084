"""Text to blocks: what is one paragraph or item, whatever lines and pages it is spread over."""

from __future__ import annotations

import pytest

from summaries.parsing.layout.blocks import BlockKind, read_blocks
from summaries.parsing.layout.sentences import split_sentences


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.passage.text) for block in read_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## A *b*\n\nC d.", [("heading", "A b"), ("paragraph", "C d.")], id="heading"),
        pytest.param(
            "## A headline that\nwraps\nNext one.",
            [("heading", "A headline that wraps"), ("paragraph", "Next one.")],
            id="heading that wraps onto a small word",
        ),
        pytest.param("one\n  two\nthree.", [("paragraph", "one two three.")], id="wrapped paragraph"),
        pytest.param("- a b\n  c\n- d", [("bullet", "a b c"), ("bullet", "d")], id="wrapped bullet"),
        pytest.param(
            "Found:\n- a;\n- b.",
            [("paragraph", "Found:"), ("bullet", "a;"), ("bullet", "b.")],
            id="list after a lead-in",
        ),
        pytest.param(
            "people safe\n- HMIC", [("paragraph", "people safe - HMIC")], id="a dash that begins a wrapped line"
        ),
        pytest.param(
            "1. from 8\n– 5 daily\n2. b", [("numbered", "from 8 – 5 daily"), ("numbered", "b")], id="dash in a note"
        ),
        pytest.param(
            "1. in section\n12. The rest\n2. b",
            [("numbered", "in section 12. The rest"), ("numbered", "b")],
            id="a number that begins a wrapped line",
        ),
        pytest.param("As it\n\nstands, so.", [("paragraph", "As it stands, so.")], id="page break before a small word"),
        pytest.param(
            "We told the\n\nForce so.",
            [("paragraph", "We told the Force so.")],
            id="page break after an unfinished word",
        ),
        pytest.param(
            "At Kent,\n\nEssex and so on.", [("paragraph", "At Kent, Essex and so on.")], id="page break after a comma"
        ),
        pytest.param(
            "It ended.\n\nthen more.", [("paragraph", "It ended."), ("paragraph", "then more.")], id="ended paragraph"
        ),
        pytest.param(
            "The title\n\nKent is.", [("paragraph", "The title"), ("paragraph", "Kent is.")], id="unended title"
        ),
        pytest.param(
            "- a and\n\n4\n\nb;\n- c", [("bullet", "a and b;"), ("bullet", "c")], id="page number inside a bullet"
        ),
        pytest.param(
            "- a; and\n\nthe rest", [("bullet", "a; and"), ("paragraph", "the rest")], id="a bullet that ended"
        ),
        pytest.param("counter-\ncorruption", [("paragraph", "counter-corruption")], id="a hyphen at a line's end"),
        pytest.param("counter-\n\ncorruption", [("paragraph", "counter-corruption")], id="a hyphen at a page's end"),
        pytest.param("* * *\n\n---\n\nA", [("paragraph", "A")], id="rules"),
        pytest.param(
            "It ends.\nMr A B said:\nWords",
            [("paragraph", "It ends."), ("paragraph", "Mr A B said:"), ("paragraph", "Words")],
            id="attribution without empty lines",
        ),
        pytest.param(
            "- a b.\nNotes to editors\nText",
            [("bullet", "a b."), ("paragraph", "Notes to editors"), ("paragraph", "Text")],
            id="notes line",
        ),
        pytest.param(
            "Kent Police: • is good; and • works hard.",
            [("paragraph", "Kent Police:"), ("bullet", "is good; and"), ("bullet", "works hard.")],
            id="a list that was run together",
        ),
        pytest.param(
            "• is good; • works hard.", [("bullet", "is good;"), ("bullet", "works hard.")], id="two items on a line"
        ),
        pytest.param("See [the report](http://x.uk/a_b_c) now", [("paragraph", "See the report now")], id="link"),
        pytest.param("__bold__ and _it_ but a_b_c", [("paragraph", "bold and it but a_b_c")], id="underscores"),
        pytest.param("2 * 3 is **six**", [("paragraph", "2 * 3 is six")], id="a star that stands alone"),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


def test_a_healed_block_points_at_all_of_its_text() -> None:
    (block,) = read_blocks("As it\n\nstands, so.")

    assert block.kind is BlockKind.PARAGRAPH
    assert block.passage.evidence().quote == "As it\n\nstands, so."
    assert block.passage.evidence().words == "As it stands, so."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Judged 'good'. In 2015 too.", ["Judged 'good'.", "In 2015 too."]),
        ("Mr. Smith and Dr. Jones met at 5 p.m. Friday.", ["Mr. Smith and Dr. Jones met at 5 p.m. Friday."]),
        ("Led by J. Smith. Next.", ["Led by J. Smith.", "Next."]),
        ("Costs rose 3.5 per cent. More.", ["Costs rose 3.5 per cent.", "More."]),
        ("Areas, e.g. Kent. “So” it goes.", ["Areas, e.g. Kent.", "“So” it goes."]),
        ("  padded.  Again.  ", ["padded.", "Again."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_a_line_that_stands_at_the_head_of_every_page_is_no_block() -> None:
    text = "Title of it.\n\n" + "".join(
        f"Page {at} of 4\n\nHMIC press release\n\nWords {at}.\n\n" for at in range(1, 5)
    )

    assert [words for _, words in blocks(text)] == ["Title of it.", *(f"Words {at}." for at in range(1, 5))]


@pytest.mark.parametrize("times", [1, 2])
def test_a_line_seldom_beside_a_page_number_is_kept(times: int) -> None:
    text = "\n\n".join(["Get the report\n\n2\n\nWords here."] * times)

    assert [words for _, words in blocks(text)] == ["Get the report", "Words here."] * times


def test_a_line_that_also_stands_elsewhere_is_no_running_head() -> None:
    text = "Good\n\nIt is.\n\n" + "".join(f"{at}\n\nGood\n\nWords {at}.\n\n" for at in range(2, 6))

    assert [words for _, words in blocks(text)].count("Good") == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Kent praised\nPublished today\nIt did well:\n- is good;\n- is fair.\nNotes to editors\n1. One\n2. Two",
            "paragraph paragraph paragraph bullet bullet paragraph numbered numbered",
            id="no line goes on in the next, so each is a paragraph",
        ),
        pytest.param("Kent praised\n- is good at it", "paragraph bullet", id="an item after a line that has not ended"),
        pytest.param("Kent praised by all\n- HMIC", "paragraph", id="a dash after a line that has not ended"),
        pytest.param(
            f"{'word ' * 11}went to:\nKent and Essex and {'word ' * 7}more,\nthen home again.",
            "paragraph",
            id="a colon that happens to end a full line",
        ),
        pytest.param(
            f"{'word ' * 14}ended.\nSo, and all of {'word ' * 9}so:\n“We saw it,\nand we left.”",
            "paragraph paragraph",
            id="a full line with a colon before a quotation",
        ),
        pytest.param(
            "- behaves as it ought to in all of the places it sees;\n  and\n- keeps its word to people, as\n  it must.",
            "bullet bullet",
            id="the word that ties an item alone on a line",
        ),
        pytest.param(
            "1. One that goes on\n\n3\n\nover a page\n2. Two",
            "numbered numbered",
            id="the next item after a page break",
        ),
    ],
)
def test_lines_that_go_on_and_lines_that_do_not(text: str, expected: str) -> None:
    assert " ".join(kind for kind, _ in blocks(text)) == expected
