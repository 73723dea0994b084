"""Whether words are a release's own, and whether a receipt still holds."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import Shelf, read, seed, shelf

from summaries.errors import NoSuchReceipt, NothingToVerify
from summaries.receipts import paragraphs, receipt
from summaries.verbatim import fold, sentences
from summaries.verifying import Verdict, Verified, read_request, verify

JUDGED = "I have judged that Hampshire Constabulary as 'good' at legitimately keeping people safe and reducing crime."
GRIEVANCE = "the grievance process it has in place lacks credibility"
MISCONDUCT = "the force takes the issue of misconduct seriously"


def verified(words: str, store: Shelf | None = None) -> Verified:
    return verify(store or shelf(), *read_request(words))  # type: ignore[arg-type]


def receipts(found: Verified) -> list[str]:
    return [receipt(one.stored, one.evidence).replace("\N{NO-BREAK SPACE}", " ") for one in found.passages]


def test_words_that_stand_where_the_receipt_points_are_verbatim() -> None:
    found = verified(f'R-5 ¶9 "{JUDGED}"')

    assert (found.verdict, receipts(found)) == (Verdict.VERBATIM, ["R-5 ¶9"])
    assert [one.speaker for one in found.passages[0].statements] == ["Zoë Billingham"]


@pytest.mark.parametrize(
    "words",
    [
        "I have judged that Hampshire Constabulary as “good” at legitimately keeping people safe and reducing crime",
        "i have judged that Hampshire Constabulary as ‘good’ at legitimately keeping people safe and reducing crime.",
        "I have judged  that Hampshire\nConstabulary\N{NO-BREAK SPACE}as 'good' at legitimately keeping people safe",
        "Have judged that Hampshire Constabulary as 'good'",
    ],
)
def test_marks_spaces_the_first_letter_and_the_last_stop_do_not_matter(words: str) -> None:
    assert verified(f'R-5 ¶9 "{words}"').verdict is Verdict.VERBATIM


def test_a_page_that_ends_in_the_middle_of_a_sentence_does_not_matter() -> None:
    found = verified('R-1 ¶9 "As it stands, it was clear to me that the force is working hard"')

    assert (found.verdict, receipts(found)) == (Verdict.VERBATIM, ["R-1 ¶9"])


@pytest.mark.parametrize(
    "words",
    [
        JUDGED.replace("good", "inadequate"),
        JUDGED.replace("judged", "not judged"),
        JUDGED.replace("reducing crime", "reducing crimes"),
        JUDGED.replace("Hampshire", "Leicestershire"),
        "The chief constable has lost the confidence of the public.",
        "as 'good' at legitimately keeping people safe and reducing crim",
    ],
)
def test_words_that_no_release_has_are_fabricated(words: str) -> None:
    assert verified(f'R-5 ¶9 "{words}"').verdict is Verdict.FABRICATED
    assert verified(f'"{words}"').verdict is Verdict.FABRICATED


def test_the_nearest_sentence_to_a_fabricated_one_is_shown_with_its_receipt() -> None:
    found = verified(f'R-5 ¶9 "{JUDGED.replace("good", "outstanding")}"')

    assert receipts(found) == ["R-5 ¶9"]
    assert fold(found.passages[0].evidence.quote).text == fold(JUDGED).text


def test_nothing_is_called_near_to_words_about_something_else() -> None:
    assert verified('"Budgets for helicopters were doubled overnight."').passages == ()


def test_words_of_another_release_are_misattributed_and_its_receipt_is_given() -> None:
    found = verified(f'R-4 ¶9 "{JUDGED}"')

    assert (found.verdict, receipts(found), found.other_speaker) == (Verdict.MISATTRIBUTED, ["R-5 ¶9"], None)


def test_words_that_both_releases_have_are_not_misattributed() -> None:
    boilerplate = "This serious form of corruption betrays the trust of the public"

    assert verified(f'R-4 "{boilerplate}"').verdict is Verdict.VERBATIM
    assert verified(f'R-5 "{boilerplate}"').verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("said Wendy Williams", "Wendy Williams"),
        ("- Wendy Williams", "Wendy Williams"),
        ("Wendy Williams said", "Wendy Williams"),
        (", said Sir Thomas Winsor", "Thomas Winsor"),
    ],
)
def test_words_given_to_somebody_else_are_misattributed(who: str, name: str) -> None:
    found = verified(f'R-5 ¶9 "{JUDGED}" {who}')

    assert (found.verdict, found.other_speaker) == (Verdict.MISATTRIBUTED, name)
    assert verified(f'{who}: "{JUDGED}" (R-5)').verdict is Verdict.MISATTRIBUTED


@pytest.mark.parametrize("beside", ["is that right?", "hampshire", "please", "said nobody known", "(our emphasis)"])
def test_words_beside_a_quotation_that_name_nobody_give_it_to_nobody(beside: str) -> None:
    assert verified(f'R-5 ¶9 "{JUDGED}" {beside}').verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    "words",
    [
        f"Billingham said “{JUDGED}”",
        f"Zoë Billingham: “{JUDGED}”",
        f'Hampshire "{JUDGED}"',
        f"is “{JUDGED}” in R-5?",
        f"in R-5 ¶9, “{JUDGED}”, is it?",
        f"‘{JUDGED}’ said Zoë Billingham",
        f"Billingham said “{JUDGED}",
        '"I have judged that Hampshire Constabulary as "good" at legitimately keeping people safe"',
        'I have judged that Hampshire Constabulary as "good" at legitimately keeping people safe',
        '"I have judged that Hampshire Constabulary," said Billingham, "as good at legitimately keeping people safe."',
    ],
)
def test_a_quotation_is_found_wherever_it_stands_in_what_is_asked(words: str) -> None:
    found = verified(words)

    assert (found.verdict, receipts(found)) == (Verdict.VERBATIM, ["R-5 ¶9"])


def test_a_receipt_after_a_quotation_is_read() -> None:
    assert verified(f"is “{JUDGED}” in R-4?").verdict is Verdict.MISATTRIBUTED
    assert verified(f"{JUDGED} (R-4 ¶2)").verdict is Verdict.MISATTRIBUTED
    assert verified(f"{JUDGED} R-5 ¶2").verdict is Verdict.ELSEWHERE


@pytest.mark.parametrize(
    "words",
    [
        "[T]he force is good at treating the public it serves fairly",
        "We found that [Hampshire] is good at treating the public it serves fairly and with respect",
        "We found that [t]he force is good at treating the public",
        "the force is good at [dealing with] the public it serves fairly",
        "the force is good at treat[ment of] the public it serves fairly",
    ],
)
def test_square_brackets_are_an_editor_s_change(words: str) -> None:
    found = verified(f"R-5 “{words}”")

    assert (found.verdict, found.edited) == (Verdict.VERBATIM, True)
    assert verified(f"“{words}”").edited


def test_square_brackets_do_not_excuse_the_words_beside_them() -> None:
    assert verified("“[T]he force is inadequate at treating the public”").verdict is Verdict.FABRICATED


@pytest.mark.parametrize("dots", ["[...]", "[…]", "[ … ]"])
def test_an_ellipsis_in_square_brackets_is_no_change(dots: str) -> None:
    found = verified(f"“I have judged {dots} keeping people safe”")

    assert (found.verdict, found.edited) == (Verdict.VERBATIM, False)


@pytest.mark.parametrize(
    "words",
    [
        "treating the public with fairness and respect; is good at identifying risks",
        "treating the public with fairness and respect;\n- is good at identifying risks",
        "treating the public with fairness and respect; - is good at identifying risks",
        "• is good at identifying risks posed by misconduct",
        "initial vetting of staff; and is committed to treating its staff fairly",
    ],
)
def test_the_marks_of_a_list_do_not_matter(words: str) -> None:
    assert verified(f'R-5 ¶7 "{words}"').verdict is Verdict.VERBATIM


def test_an_ellipsis_does_not_join_two_items_of_a_list() -> None:
    found = verified('R-5 ¶7 "officers and staff understand … is committed to treating its staff fairly"')

    assert found.verdict is Verdict.STITCHED


@pytest.mark.parametrize(
    "words", ["the", "is good", "of the", "it is a", "requires improvement", "I have judged … good"]
)
def test_words_too_few_to_prove_anything_are_told_as_such(words: str) -> None:
    assert verified(f'"{words}"').verdict is Verdict.TOO_SHORT
    assert verified(f'R-5 ¶9 "{words}"').verdict is Verdict.TOO_SHORT


NUMBERS = "it recorded 94.4 percent of reported crime, up by £1,250 or -5 percent (12.5% of it) in 2014-15."


@pytest.mark.parametrize(
    "words",
    [
        "4 percent of reported crime",
        ".4 percent of reported crime",
        "it recorded 94",
        "it recorded 94.",
        "1,250 or -5 percent",
        "250 or -5 percent",
        "5 percent (12.5% of it)",
        "up by £1",
        "or -5 percent (12.5",
        "or -5 percent (12",
        "(12.5% of it) in 2014",
        "15. HMIC found that Hampshire Constabulary",
    ],
)
def test_a_number_that_is_cut_is_another_number(words: str) -> None:
    text = seed(5).release.text.replace("HMIC found that", f"{NUMBERS} HMIC found that")
    held = shelf(read(text, 5))

    assert verified(f'"{NUMBERS}"', held).verdict is Verdict.VERBATIM
    assert verified('"94.4 percent of reported crime"', held).verdict is Verdict.VERBATIM
    assert verified('"-5 percent (12.5% of it)"', held).verdict is Verdict.VERBATIM
    assert verified(f'"{words}"', held).verdict is not Verdict.VERBATIM


@pytest.mark.parametrize(
    "who",
    [
        "said Zoë Billingham",
        "said Zoe Billingham",
        "said Billingham",
        "- HMI Billingham",
        "Zoe Billingham said",
        "said Zoë Billingham, HM Inspector of Constabulary",
    ],
)
def test_words_given_to_whoever_said_them_are_verbatim(who: str) -> None:
    assert verified(f'R-5 ¶9 "{JUDGED}" {who}').verdict is Verdict.VERBATIM


def test_a_release_s_own_words_are_nobody_s() -> None:
    narrative = "officers and staff understand the importance of treating the public with fairness and respect"
    found = verified(f'R-5 "{narrative}" said Zoë Billingham')

    assert (found.verdict, found.passages[0].statements) == (Verdict.MISATTRIBUTED, ())


@pytest.mark.parametrize(
    "words",
    [
        f"{MISCONDUCT} and {GRIEVANCE}",
        f"{MISCONDUCT} … {GRIEVANCE}",
        f"{GRIEVANCE}, {MISCONDUCT}",
        f"{MISCONDUCT}. {GRIEVANCE}",
    ],
)
def test_verbatim_parts_of_one_release_that_do_not_stand_together_are_stitched(words: str) -> None:
    found = verified(f'R-5 "{words}"')

    assert found.verdict is Verdict.STITCHED
    assert set(receipts(found)) == {"R-5 ¶11", "R-5 ¶13"}


def test_verbatim_parts_of_two_releases_are_stitched_and_each_has_its_receipt() -> None:
    found = verified('"I have judged that Hampshire Constabulary aims to treat all people with fairness and respect"')

    assert (found.verdict, receipts(found)) == (Verdict.STITCHED, ["R-5 ¶9", "R-4 ¶7"])


def test_parts_of_fewer_than_four_words_prove_nothing() -> None:
    assert verified('"the force is credible and quite safe"').verdict is Verdict.FABRICATED


def test_parts_joined_by_a_word_that_is_nobody_s_are_fabricated() -> None:
    assert verified(f'R-5 "{MISCONDUCT} because {GRIEVANCE}"').verdict is Verdict.FABRICATED


@pytest.mark.parametrize("dots", [" … ", "...", " [...] ", " . . . "])
def test_an_ellipsis_within_a_paragraph_is_told_as_an_omission(dots: str) -> None:
    found = verified(f'R-5 ¶9 "I have judged{dots}keeping people safe"')

    assert (found.verdict, found.omits) == (Verdict.VERBATIM, True)


def test_parts_in_another_order_than_the_text_s_are_no_omission() -> None:
    found = verified('R-5 ¶9 "the force was also judged to be good … I have judged that Hampshire Constabulary"')

    assert found.verdict is Verdict.STITCHED


def test_words_in_another_paragraph_are_told_with_the_right_receipt() -> None:
    found = verified(f'R-5 ¶2 "{JUDGED}"')

    assert (found.verdict, receipts(found)) == (Verdict.ELSEWHERE, ["R-5 ¶9"])


def test_words_that_stand_in_several_paragraphs_are_found_where_the_receipt_points() -> None:
    assert receipts(verified('R-5 ¶2 "keeping people safe and reducing crime"')) == ["R-5 ¶2"]
    assert receipts(verified('R-5 ¶9 "keeping people safe and reducing crime"')) == ["R-5 ¶9"]


def test_adequate_is_not_in_inadequate() -> None:
    held = read(seed(5).release.text.replace("lacks credibility", "is inadequate for officers"), 5)

    assert verified('"adequate for officers"', shelf(held)).verdict is Verdict.FABRICATED
    assert verified('"is inadequate for officers"', shelf(held)).verdict is Verdict.VERBATIM


def corrected(*, old: str, new: str) -> Shelf:
    text = seed(5).release.text
    return shelf(seed(5), read(text.replace(old, new), 5, revision=2), seed(4))


def test_a_paragraph_that_was_not_touched_stands_in_the_newest_revision() -> None:
    found = verified("R-5 ¶9", corrected(old="hindered by a slow response", new="helped by a quick response"))

    assert (found.verdict, found.newest and found.newest.revision) == (Verdict.VERBATIM, 2)


def test_a_paragraph_that_was_corrected_is_shown_as_it_was_and_as_it_is_with_the_differing_words_marked() -> None:
    found = verified("R-5 ¶7", corrected(old="hindered by a slow response", new="helped by a quick response"))

    assert found.verdict is Verdict.CHANGED
    assert [one.words for one in found.passages[0].marks] == ["hindered", "slow"]
    assert found.now is not None
    assert [one.words for one in found.now.marks] == ["helped", "quick"]
    assert (found.passages[0].stored.revision, found.now.stored.revision) == (1, 2)


def test_a_paragraph_that_is_gone_is_told_as_gone() -> None:
    whole = paragraphs(seed(5).release.text)[10].quote
    found = verified("R-5 ¶11", corrected(old=whole, new=""))

    assert found.verdict is Verdict.CHANGED


def test_words_that_only_an_earlier_revision_had_have_changed_since() -> None:
    store = corrected(old="slow response", new="quick response")

    assert verified('R-5 ¶7 "hindered by a slow response"', store).verdict is Verdict.CHANGED
    assert verified('R-5 ¶7 "hindered by a quick response"', store).verdict is Verdict.ELSEWHERE
    assert verified('R-5.2 ¶7 "hindered by a quick response"', store).verdict is Verdict.VERBATIM
    assert verified('R-5.2 ¶7 "hindered by a slow response"', store).verdict is not Verdict.VERBATIM


def test_a_retired_release_is_told_as_withdrawn() -> None:
    held = [seed(number) for number in range(1, 6)]

    assert verified("R-5 ¶9", shelf(*held, retired=[5])).withdrawn
    assert not verified("R-4 ¶9", shelf(*held, retired=[5])).withdrawn


@pytest.mark.parametrize("words", ["R-9", "R-5 ¶99", "R-5 ¶0", "R-5.7 ¶1"])
def test_a_receipt_that_leads_nowhere_says_what_is_held(words: str) -> None:
    with pytest.raises(NoSuchReceipt, match=r"No release has|paragraphs|no revision"):
        verified(words)


@pytest.mark.parametrize("words", ["", "  ", '""', "“…”", "?!"])
def test_nothing_to_verify_is_said_so(words: str) -> None:
    with pytest.raises(NothingToVerify):
        read_request(words)


@settings(max_examples=40)
@given(st.data())
def test_every_sentence_of_a_release_is_verbatim_there_and_with_a_word_more_is_not(data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 5))
    stored = seed(number)
    sentence = data.draw(st.sampled_from(sentences(stored.release.text)))
    claim = " ".join(sentence.words.replace('"', "").replace("“", "").replace("”", "").split())

    assert verified(f'R-{number} "{claim}"').verdict is Verdict.VERBATIM
    assert verified(f'R-{number} "{claim} xylophone"').verdict is not Verdict.VERBATIM


@given(st.text(max_size=80))
def test_no_words_are_too_odd_to_verify(words: str) -> None:
    with contextlib.suppress(NothingToVerify, NoSuchReceipt):
        assert verified(words).verdict in Verdict
