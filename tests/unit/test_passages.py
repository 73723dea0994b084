"""The passages of a release that hold what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from corpus import documents
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import peel_release, read, seed_text

from summaries.passages import MOST_READ, FoundPassage, Sought, find_passages, sought_by, spans_asked_for
from summaries.query import Filter, Literal, parse_filter
from summaries.query.tokens import stems, tokens

if TYPE_CHECKING:
    from summaries.types import Evidence, Release

PHRASE = '"abuse of authority"'


def wanted(*asked: str) -> Filter:
    return parse_filter(" ".join(asked), bare="text")


def passages(release: Release, *asked: str) -> list[FoundPassage]:
    return find_passages(release, sought_by(wanted(*asked)))


def words_of(evidence: Evidence | None) -> str:
    return evidence.words if evidence else ""


def best(release: Release, *asked: str) -> FoundPassage:
    return passages(release, *asked)[0]


def test_a_word_is_found_in_its_sentence_between_the_sentences_next_to_it() -> None:
    release = peel_release(
        "Kent Police is good", "Crime fell. The vetting of staff is slow. It should be faster. More."
    )

    found = best(release, "vetting")

    assert found.sentence.words == "The vetting of staff is slow."
    assert words_of(found.before) == "Crime fell."
    assert words_of(found.after) == "It should be faster."


def test_the_sentences_of_other_paragraphs_are_no_neighbours() -> None:
    found = best(peel_release("Kent Police is good", "Crime fell.", "Vetting is slow.", "More."), "vetting")

    assert (found.before, found.after) == (None, None)


def test_a_quotation_mark_that_opens_a_longer_speech_is_no_part_of_its_first_sentence() -> None:
    release = read(seed_text("000"))

    assert best(release, "wellbeing").sentence.words.startswith("I am very pleased to find")
    assert best(release, "monitor").sentence.words.endswith("inspect again in 2017.")


def test_an_item_of_a_list_stands_between_its_lead_in_and_the_next_item() -> None:
    found = best(read(seed_text("002")), "dedicated")

    assert found.sentence.words.startswith("has an effective vetting process in place. It has a dedicated")
    assert words_of(found.before) == "HMIC found that Northamptonshire Police:"
    assert words_of(found.after).startswith("is taking steps to improve")


def test_an_item_of_a_list_without_a_lead_in_stands_before_the_next_one() -> None:
    found = best(
        peel_release("Kent Police is good", "Crime fell.", "- is slow. Vetting is late;\n- is fair."), "vetting"
    )

    assert [words_of(one) for one in (found.before, found.sentence, found.after)] == [
        "",
        "is slow. Vetting is late;",
        "is fair.",
    ]


def test_a_note_to_editors_is_read_by_its_sentences() -> None:
    found = best(read(seed_text("001")), "telephone", "surveys")

    assert found.sentence.words.startswith("We also ran telephone surveys")


def test_what_is_said_first_has_who_says_it_before_it() -> None:
    found = best(read(seed_text("002")), "pleased")

    assert words_of(found.before).strip("*") == "HM Inspector of Constabulary Zoë Billingham said:"


def test_a_sentence_that_a_page_break_parts_is_found_whole() -> None:
    found = best(read(seed_text("000")), "consent", "stands")

    assert found.sentence.words.startswith("As it stands, it was clear to me")
    assert words_of(found.before).startswith("This area could be further improved")


def test_a_bare_word_finds_its_other_forms_and_a_quoted_one_does_not() -> None:
    release = peel_release("Kent Police is good", "Staff are vetted late.", "The vetting unit is small.")

    assert [mark.quote for one in passages(release, "vetting") for mark in one.marks] == ["vetted", "vetting"]
    assert [mark.quote for one in passages(release, '"vetting"') for mark in one.marks] == ["vetting"]


def test_a_phrase_is_found_only_word_for_word_and_is_marked_as_one() -> None:
    release = peel_release(
        "Kent Police is good", "Authority is open to abuse.", "It tackles “abuse of\nauthority” for gain."
    )

    [found] = passages(release, PHRASE)

    assert [mark.words for mark in found.marks] == ["abuse of\nauthority".replace("\n", " ")]


@pytest.mark.parametrize("asked", ["Zoe", "ZOË", "billingham’s", "Billingham"])
def test_capitals_accents_and_possessives_do_not_matter(asked: str) -> None:
    assert best(read(seed_text("003")), asked).sentence.words == "HM Inspector of Constabulary Zoë Billingham said:"


def test_the_sentence_that_holds_most_of_the_words_comes_first() -> None:
    release = peel_release("Kent Police is good", "Vetting is slow.", "Vetting harms wellbeing.", "Wellbeing is good.")

    words = [one.sentence.words for one in passages(release, "vetting", "wellbeing")]

    assert words == ["Vetting harms wellbeing.", "Vetting is slow.", "Wellbeing is good."]


def test_a_phrase_goes_before_any_number_of_words() -> None:
    release = peel_release("Kent Police is good", "Vetting harms wellbeing.", "It knows of abuse of authority.")

    assert best(release, "vetting", "wellbeing", PHRASE).sentence.words == "It knows of abuse of authority."


def test_what_was_found_of_the_force_goes_before_what_every_release_says_and_the_notes_come_last() -> None:
    found = passages(read(seed_text("001")), "corruption")
    starts = [one.sentence.start for one in found]
    notes = seed_text("001").index("Notes to editors")

    assert best(read(seed_text("000")), PHRASE).sentence.words.startswith("I was pleased to find")
    assert starts != sorted(starts)
    assert [start > notes for start in starts] == sorted(start > notes for start in starts)


def test_little_words_are_not_looked_for_beside_others_but_alone_they_are() -> None:
    release = peel_release("Kent Police is good", "The vetting of staff is slow.")

    assert [mark.quote for mark in best(release, "the", "vetting", "of").marks] == ["vetting"]
    assert [mark.quote for mark in passages(release, "of")[0].marks]


def test_what_must_not_be_there_is_not_looked_for() -> None:
    assert sought_by(wanted("vetting", "-wellbeing", '-"a b"')) == (Sought(("vet",)),)


def test_alternatives_are_each_looked_for() -> None:
    either = Filter(((Literal("text", "vetting"), Literal("text", "wellbeing"), Literal("force", "kent")),))

    assert len(sought_by(either)) == 2


def test_marks_that_overlap_are_one() -> None:
    [mark] = best(peel_release("Kent Police is good", "It tackles abuse of authority."), PHRASE, "abuse").marks

    assert mark.quote == "abuse of authority"


@pytest.mark.parametrize(
    ("asked", "marks"),
    [
        ("topic:vetting", ["vetting"]),
        ("grade:good", ["good"]),
        ("grade:good force:hampshire", ["good"]),
        ("grade:good force:kent", []),
        ("grade:inadequate", []),
        ("force:hampshire", []),
    ],
)
def test_a_topic_and_a_grade_are_found_where_the_release_bears_them_out(asked: str, marks: list[str]) -> None:
    release = read(seed_text("004"))

    found = find_passages(release, (), spans_asked_for(release, wanted(asked)))

    assert [mark.quote for one in found for mark in one.marks] == marks


def test_a_heading_comes_after_what_was_written_of_it() -> None:
    release = peel_release("Kent Police is good", "## Vetting of staff", "Kent is slow at vetting.")

    assert [one.sentence.words for one in passages(release, "vetting")] == [
        "Kent is slow at vetting.",
        "Vetting of staff",
    ]


def test_a_sentence_that_is_printed_twice_counts_once() -> None:
    release = peel_release("Kent Police is good", "Vetting is slow.", "Something else.", "Vetting is slow.")

    assert len(passages(release, "vetting")) == 1


def test_a_sentence_too_long_to_be_one_is_not_shown() -> None:
    assert passages(peel_release("Kent Police is good", "Vetting " + "and so on " * 200), "vetting") == []


def test_a_phrase_over_the_end_of_a_sentence_is_marked_where_it_begins() -> None:
    release = peel_release("Kent Police is good", "It misused authority. Staff said so.")

    [found] = passages(release, '"authority staff"')

    assert found.sentence.words == "It misused authority."
    assert [mark.quote for mark in found.marks] == ["authority"]


def test_of_a_very_long_text_the_beginning_is_read_and_no_sentence_is_cut() -> None:
    paragraphs = [f"Number {number} is vetted with much care." for number in range(MOST_READ // 30)]
    found = passages(peel_release("Kent Police is good", *paragraphs), "vetting")

    assert 1000 < len(found) < len(paragraphs)
    assert all(one.sentence.words.endswith("much care.") for one in found)


def _releases() -> list[Release]:
    seeds = [read(seed_text(f"00{number}")) for number in range(5)]
    return [*seeds, *(release for document in documents() for release in document.parse())]


RELEASES = _releases()


@settings(max_examples=75)
@given(st.data())
def test_every_passage_is_a_span_of_the_text_and_its_marks_are_what_was_looked_for(data: st.DataObject) -> None:
    release = data.draw(st.sampled_from(RELEASES))
    held = tokens(release.text)
    at = data.draw(st.integers(0, max(len(held) - 3, 0)))
    phrase = f'"{" ".join(held[at : at + 3])}"'
    asked = [phrase, *data.draw(st.lists(st.sampled_from(held), max_size=3))]

    for one in passages(release, *asked):
        for span in filter(None, (one.sentence, one.before, one.after, *one.marks)):
            assert release.text[span.start : span.end] == span.quote
        for mark in one.marks:
            assert one.sentence.start <= mark.start < mark.end <= one.sentence.end
        looked_for = {word for sought in sought_by(wanted(*asked)) for word in sought.words}
        marked = {word for mark in one.marks for word in (*tokens(mark.words), *stems(mark.words))}
        assert marked & looked_for
