"""What changed, a sentence to print, whether words are verbatim and what they mean, asked in Slack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from stage import SEEDS

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Stage

JUDGED = "I have judged that Hampshire Constabulary as ‘good’ at legitimately keeping people safe"
SEED = SEEDS / "004_6029efa0301d0f97.txt"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def asked(stage: Stage, words: str) -> str:
    """The answer's text; never one that failed for a reason of ours."""
    text = plain(stage.ask(words).text)
    assert "reference" not in text.casefold() or "verify" in words
    return text


def hampshire_in_2017(folder: Path) -> Path:
    text = SEED.read_text(encoding="utf-8")
    for old, new in (
        ("second year", "third year"),
        ("In 2015, when", "In 2016, when"),
        ("is 'good' at legit", "'requires improvement' at legit"),
        ("Constabulary as 'good' at", "Constabulary as 'requires improvement' at"),
        (
            "is good at identifying risks posed by misconduct and corruption",
            "has doubled its unit for missing children",
        ),
        (", and has satisfactory arrangements for the initial vetting of staff", ""),
    ):
        text = text.replace(old, new)
    path = folder / "hampshire-2017.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_changed_shows_grades_before_and_now_each_with_the_words_that_state_it(stage: Stage, tmp_path: Path) -> None:
    stage.add(hampshire_in_2017(tmp_path))
    answer = asked(stage, "changed Hampshire")

    assert answer.startswith(
        "Hampshire and Isle of Wight Constabulary, what changed: PEEL 2017, legitimacy, against 2016"
    )
    assert "• Before: ✔ good · Hampshire Constabulary is 'good' at legitimately" in answer
    assert "• Now: ▲ requires improvement · Hampshire Constabulary 'requires improvement'" in answer
    assert "may be compared" in answer
    assert not set(answer) & set("→←↑↓➡⬆⬇")
    assert "*1 finding appears this time*\n• – noted: has doubled its unit for missing children · R-6 ¶7" in answer
    assert "*2 findings persist*" in answer
    assert "*1 finding is not mentioned this time*. That says nothing about what became of it." in answer


def test_changed_with_one_release_shows_what_it_recalls_and_says_that_no_earlier_one_is_held(asked_only: Stage) -> None:
    answer = asked(asked_only, "changed Hampshire")

    assert "no earlier release of this series is held" in answer
    assert "• Before (2015, recalled): ✔ good · In 2015, when we last reported" in answer
    assert "Findings are compared only where two releases" in answer


def test_changed_offers_the_other_series_as_a_button(stage: Stage) -> None:
    [answer] = stage.workspace.person("Maya").press(stage.ask("changed Thames Valley"), "ask:1")

    assert "what changed: Revisiting police relationships 2012" in answer.text
    assert "Ungraded inspection" in answer.text


def test_changed_of_a_force_that_is_not_held_says_so(asked_only: Stage) -> None:
    assert asked(asked_only, "changed Kent").startswith("Nothing is held on Kent Police")
    assert "What I do hold on it" in asked(asked_only, "changed Thames Valley 1999")


@pytest.mark.parametrize("words", ["changed", "changed Hampshire, Leicestershire"])
def test_changed_without_exactly_one_force_says_how_to_ask(asked_only: Stage, words: str) -> None:
    assert "/hmic changed Hampshire legitimacy" in asked(asked_only, words)


def test_quote_gives_the_words_speaker_role_title_date_receipt_and_licence_in_three_forms(asked_only: Stage) -> None:
    message = asked_only.ask("quote R-5 ¶9")
    boxes = [
        element["elements"][0]["text"]
        for block in message.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_preformatted"
    ]

    words, markdown, source = map(plain, boxes)
    assert words.startswith("Zoë Billingham, HM Inspector of Constabulary, said: “I have judged")
    assert "8 December 2016 (date inferred), file 004_6029efa0301d0f97.txt, R-5 ¶9." in words
    assert words.endswith("Contains public sector information licensed under the Open Government Licence v3.0.")
    assert "\n> I have judged" in markdown
    assert json.loads(source)[0]["genre"] == "Press release"


def test_quote_takes_a_number_a_force_and_a_receipt_pasted_with_a_space_that_does_not_break(asked_only: Stage) -> None:
    first = [
        asked(asked_only, f"quote {words}").splitlines()[0] for words in ("R-5", "Hampshire", "R-5\N{NO-BREAK SPACE}¶9")
    ]

    assert set(first) == {"Ready to print: R-5 ¶9"}


def test_quote_of_narrative_gives_it_to_nobody(asked_only: Stage) -> None:
    answer = asked(asked_only, "quote R-5 ¶2")

    assert "nobody is quoted here" in answer
    assert "Billingham" not in answer


def test_quote_of_a_list_gives_one_item_and_the_words_it_stands_under(asked_only: Stage) -> None:
    answer = asked(asked_only, "quote R-5 ¶7")

    assert "the first of its 3 items" in answer
    assert "HMIC found that Hampshire Constabulary:" in answer
    assert "“officers and staff understand" in answer
    assert "“- " not in answer


@pytest.mark.parametrize("words", ["quote", "quote R-99", "quote R-5 ¶99", "quote zzzz"])
def test_quote_of_what_is_not_there_says_so(asked_only: Stage, words: str) -> None:
    assert "Ready to print" not in asked(asked_only, words)


@pytest.mark.parametrize(
    "typed", ["R-5 ¶9", "R-5\N{NO-BREAK SPACE}¶9", "r5 p9", "R-5 ¶ 9", "R\N{NON-BREAKING HYPHEN}5 ¶9"]
)
def test_verify_reads_a_receipt_however_it_was_pasted(asked_only: Stage, typed: str) -> None:
    assert asked(asked_only, f"verify {typed}").startswith("R-5 ¶9 stands as it did")


@pytest.mark.parametrize(
    ("words", "headline", "told"),
    [
        (f"R-5 ¶9 “{JUDGED}”", "Verbatim: R-5 ¶9", "Zoë Billingham"),
        (f"“{JUDGED}”", "Verbatim: R-5 ¶9", "1 release has these words"),
        (f"R-5 ¶2 “{JUDGED}”", "Verbatim, but at R-5 ¶9, not R-5 ¶2", "R-5 ¶9"),
        (f"R-4 ¶9 “{JUDGED}”", "Misattributed: these words are not in R-4", "R-5 ¶9"),
        (f"R-5 ¶9 “{JUDGED}” said Wendy Williams", "Misattributed: somebody else said this", "Zoë Billingham"),
        (
            "“I have judged that Hampshire Constabulary aims to treat all people with fairness and respect”",
            "Stitched together: 2 parts that do not stand together",
            "R-4 ¶7",
        ),
        (
            f"R-5 ¶9 “{JUDGED.replace('good', 'inadequate')}”",
            "Not verbatim: no release held has these words",
            "The nearest sentence in R-5:\n> \"I have judged that Hampshire Constabulary as 'good'",
        ),
        ("R-5 ¶9 “I have judged … keeping people safe”", "Verbatim: R-5 ¶9", "An ellipsis leaves out words"),
        ("R-5 “[T]he force is good at treating”", "Verbatim but for the square brackets: R-5 ¶10", "by whoever quoted"),
        ("“is good”", "Too short to tell", "Give three words or more"),
        ("R-5 ¶99", "That did not work", "R-5 has 14 paragraphs"),
        ("R-99", "That did not work", "No release has the number 99"),
        ("", "That did not work", "Give a receipt, the words, or both"),
    ],
)
def test_verify_tells_what_became_of_the_words(asked_only: Stage, words: str, headline: str, told: str) -> None:
    answer = asked(asked_only, f"verify {words}")

    assert answer.startswith(headline)
    assert told in answer


def test_verify_shows_a_correction_as_it_was_and_as_it_is(stage: Stage, tmp_path: Path) -> None:
    path = hampshire_in_2017(tmp_path)
    stage.add(path)
    text = (
        path.read_text(encoding="utf-8").replace("by a slow", "by a very slow").replace("the third", "only the third")
    )
    path.write_text(text, encoding="utf-8")
    stage.add(path)

    answer = asked(stage, "verify R-6 ¶7")
    assert answer.startswith("Changed since: R-6 ¶7")
    assert "• Is there now: very · R-6.2 ¶7" in answer
    assert asked(stage, "verify R-6 ¶9").startswith("R-6 ¶9 stands as it did")
    assert "*Changed since*" in asked(stage, "quote R-6 ¶2")
    assert "*Changed since*" not in asked(stage, "quote R-6 ¶7")  # its first item was left as it was


def test_verify_and_quote_say_that_a_release_was_withdrawn(stage: Stage) -> None:
    with stage.bot.database.write() as unit:
        unit.rereading.retire(5, raw_id=5)

    assert asked(stage, "verify R-5 ¶9").startswith("Withdrawn: R-5. R-5 ¶9 stands as it did")
    assert "*Withdrawn*" in asked(stage, "quote R-5 ¶9")


def test_a_click_goes_from_verified_words_to_the_sentence_ready_to_print(stage: Stage) -> None:
    [answer] = stage.workspace.person("Maya").press(stage.ask(f"verify “{JUDGED}”"), "ask:1")

    assert plain(answer.text).startswith("Ready to print: R-5 ¶9")


def test_explain_says_when_adequate_came_and_that_the_words_are_ours(asked_only: Stage) -> None:
    answer = asked(asked_only, "explain adequate")

    assert "exists only since PEEL 2021/22" in answer
    assert "only since round 3 of the fire inspections" in answer
    assert "In our words: the inspectorate’s own definition is not held." in answer
    assert "None of the 5 releases held uses it" in answer


def test_explain_shows_how_a_release_uses_the_word_with_its_receipt(asked_only: Stage) -> None:
    answer = asked(asked_only, "explain good PEEL")

    assert "*How releases use it, in their own words*" in answer
    assert "R-5 ¶1" in answer or "R-1 ¶1" in answer


def test_explain_of_an_unknown_word_offers_the_nearest_and_the_passages_that_use_it(stage: Stage) -> None:
    assert "> has an effective vetting process in place" in asked(stage, "explain vetting")

    [answer] = stage.workspace.person("Maya").press(stage.ask("explain adaquate"), "instead:0")
    assert answer.text.startswith("What “adequate” means")


def test_an_empty_store_answers_all_of_them_plainly(empty_stage: Stage) -> None:
    assert asked(empty_stage, "changed Hampshire").startswith("Nothing is held on Hampshire")
    assert "no release of that number" in asked(empty_stage, "quote R-1")
    assert asked(empty_stage, "verify R-1").startswith("That did not work")
    assert asked(empty_stage, f"verify “{JUDGED}”").startswith("Not verbatim: no release held has these words")
    assert asked(empty_stage, "explain good").startswith("What “good” means")


def test_a_whole_paragraph_can_be_verified_and_is_not_offered_to_be_shared_cut_short(asked_only: Stage) -> None:
    paragraph = next(part for part in SEED.read_text(encoding="utf-8").split("\n\n") if len(part) > 350)
    answer = asked_only.ask(f"verify “{' '.join(paragraph.split())}”")

    assert answer.text.startswith("Verbatim: R-5")
    assert "share:" not in str(answer.blocks)


def test_changed_between_releases_whose_order_is_not_known_has_no_before(stage: Stage, tmp_path: Path) -> None:
    source = SEEDS.parent / "tests" / "golden" / "corpus" / "09-cdi-still-inadequate-nottinghamshire.txt"
    again = tmp_path / "again.txt"
    again.write_text(source.read_text(encoding="utf-8").replace("must ‘grip’", "has yet to ‘grip’"), encoding="utf-8")
    stage.add(source)
    stage.add(again)

    answer = asked(stage, "changed Nottinghamshire")

    assert "two releases, not known which came first" in answer
    assert "Before" not in answer
    assert "Now" not in answer
    assert "appear" not in answer


CORPUS = SEEDS.parent / "tests" / "golden" / "corpus"


def test_the_nearest_words_are_looked_for_where_the_receipt_points(stage: Stage) -> None:
    stage.add(CORPUS / "05-peel-2021-22-kent.txt", CORPUS / "05-peel-2021-22-gwent.txt")
    source = next(n for n in (6, 7) if "Kent" in asked(stage, f"R-{n}"))
    answer = asked(stage, f"verify R-{source} ¶10 “I do not regard that as adequate service”")

    assert answer.startswith("Not verbatim")
    assert f"The nearest sentence in R-{source}:" in answer
    assert "as an adequate service" in answer


def test_a_role_that_is_put_otherwise_than_in_the_release_is_not_called_as_printed(asked_only: Stage) -> None:
    assert "as printed" not in asked(asked_only, "quote R-2 ¶9")
    assert "The role is as printed in the release." in asked(asked_only, "quote R-5 ¶9")


def test_of_a_paragraph_that_only_says_who_speaks_what_is_said_is_quoted(asked_only: Stage) -> None:
    answer = asked(asked_only, "quote R-2 ¶8")

    assert answer.startswith("Ready to print: R-2 ¶9")
    assert "R-2 ¶8 only says who speaks: the words stand in R-2 ¶9." in answer


def test_a_sentence_that_begins_on_the_page_before_says_where(asked_only: Stage) -> None:
    assert "The sentence in R-1 ¶10 begins in R-1 ¶9" in asked(asked_only, "quote R-1 ¶10")

    answer = asked(asked_only, "verify R-1 ¶10 “for it to police with consent of the public”")
    assert answer.startswith("Verbatim: R-1 ¶10")
    assert "it begins in R-1 ¶9." in answer


def test_a_sentence_that_states_several_grades_is_shown_once_with_all_of_them(stage: Stage) -> None:
    stage.add(CORPUS / "05-peel-2021-22-west-midlands.txt")
    answer = asked(stage, "changed West Midlands")

    assert answer.count("across nine areas of policing") == 1
    assert "★ outstanding for investigating crime; ◑ adequate for managing offenders; ◑ adequate for prev" in answer
