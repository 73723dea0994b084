"""Searching: passages that hold the words, each marked and with its receipt; and what is said instead of a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from corpus import CORPUS
from stage import SEEDS

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.answers.searching import read_page
from bot.intents.wanted import Unsure
from summaries.query.tokens import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stage import Stage

    from bot.rendering.message import Message as Rendered
    from bot.workspace.model import Message

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]


def opened(message: Message) -> list[str]:
    """The releases shown, by the number in their own line."""
    return re.findall(r"/hmic (R-\d+)`$", message.text, re.MULTILINE)


def elements(message: Message) -> Iterator[dict[str, Any]]:
    for block in message.blocks:
        if block["type"] == "rich_text":
            for part in block["elements"]:
                yield from part["elements"]


def marked(message: Message) -> list[str]:
    return [one["text"] for one in elements(message) if one.get("style", {}).get("bold")]


def button(message: Message, label: str) -> dict[str, Any] | None:
    buttons = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return next((one for one in buttons if one["text"]["text"].startswith(label)), None)


@pytest.mark.parametrize(
    "typed",
    ['search "abuse of authority"', "search “abuse of authority”", "Search ‘abuse’ “Abuse of Authority”!"],
)
def test_a_phrase_finds_all_four_releases_that_hold_it_each_with_the_passage_and_its_receipt(
    asked_only: Stage, typed: str
) -> None:
    answer = asked_only.ask(typed)

    assert "“abuse of authority”: 4 releases" in answer.text.splitlines()[0].casefold().replace("“abuse” and ", "")
    assert sorted(opened(answer)) == ["R-1", "R-3", "R-4", "R-5"]
    assert marked(answer) == ["abuse of authority"] * 4
    assert answer.text.count("¶") == 4


def test_a_passage_stands_between_its_neighbours_and_says_who_said_it(asked_only: Stage) -> None:
    answer = asked_only.ask('search "abuse of authority" force:thames-valley')

    assert "and its own IT systems. I was pleased to find that the force and its workforce clearly" in answer.text
    assert "\n> Zoë Billingham, HM Inspector of Constabulary · R-1\N{NO-BREAK SPACE}¶11\n" in answer.text
    assert "and 2 more passages in this release" in answer.text


def test_an_excluded_force_is_left_out(asked_only: Stage) -> None:
    answer = asked_only.ask("search wellbeing -force:hampshire")

    assert answer.text.startswith("“wellbeing”: 3 releases")
    assert sorted(opened(answer)) == ["R-1", "R-3", "R-4"]


@pytest.mark.parametrize("typed", ["search vetting", "search fairness &amp; respect", 'search -"x" corruption or gift'])
def test_what_is_marked_is_in_the_text_and_is_what_was_looked_for(asked_only: Stage, typed: str) -> None:
    marks = marked(asked_only.ask(typed))

    assert marks
    assert {stem(token) for mark in marks for token in tokens(mark)} <= {stem(token) for token in tokens(typed)}
    assert all(any(mark in text for text in TEXTS) for mark in marks)


def test_items_left_out_between_a_lead_in_and_what_was_found_are_told(asked_only: Stage) -> None:
    text = asked_only.ask("search mental").text

    assert "HMIC found that Leicestershire Police: … has a good understanding of what support" in text


def test_pages_neither_repeat_nor_lose_a_release(stage: Stage) -> None:
    stage.add(CORPUS)
    answer = stage.ask("search inspection")
    total = int(re.findall(r": (\d+) releases", answer.text)[0])
    maya, pages = stage.workspace.person("Maya"), [opened(answer)]

    while more := button(answer, "Show more"):
        [answer] = maya.press(answer, more["action_id"])
        pages.append(opened(answer))

    shown = [number for page in pages for number in page]
    assert total > 20
    assert len(shown) == len(set(shown)) == total
    assert [len(page) for page in pages[:-1]] == [5] * (len(pages) - 1)


def test_a_page_that_is_not_there_leads_to_the_first(stage: Stage) -> None:
    answer = stage.ask("search vetting page:9")

    assert answer.text.startswith("“vetting”: there is no page 9")
    [first] = stage.workspace.person("Maya").press(answer, "instead:0")
    assert first.text.startswith("“vetting”: ")
    assert opened(first)


def test_a_release_opens_from_where_it_was_found(stage: Stage) -> None:
    answer = stage.ask("search vetting force:northamptonshire")

    [release] = stage.workspace.person("Maya").press(answer, "ask:0")
    assert release.text.startswith("Northamptonshire Police is 'good'")


def test_without_words_to_look_for_each_release_shows_its_verdict(asked_only: Stage) -> None:
    answer = asked_only.ask("search force:thames-valley")

    assert answer.text.startswith("Thames Valley Police: 2 releases")
    assert opened(answer) == ["R-1", "R-2"]
    assert "> Thames Valley Police has made good progress in the way it identifies" in answer.text
    assert "Newest first" in answer.text


def test_search_alone_says_how(asked_only: Stage) -> None:
    assert '/hmic search "abuse of authority"' in asked_only.ask("search").text


@pytest.mark.parametrize(
    ("typed", "right"), [("search progamme:peel", "programme:"), ("search pillar:legitimate", "legitimacy")]
)
def test_a_filter_that_is_not_one_is_named_with_the_nearest(asked_only: Stage, typed: str, right: str) -> None:
    assert right in asked_only.ask(typed).text.split("You asked")[1].partition("\n")[2]


def test_where_nothing_is_found_it_says_what_was_searched_and_which_word_no_release_holds(asked_only: Stage) -> None:
    answer = asked_only.ask("search wellbieng vetting")

    assert answer.text.startswith("Nothing found: “wellbieng” and “vetting”")
    assert "I looked through 5 releases of 2012 to 2016, on 4 bodies." in answer.text
    assert "No release holds “wellbieng”; the nearest word held is “wellbeing”." in answer.text
    assert not re.search("No release holds “vetting”", answer.text)


@pytest.mark.parametrize(
    ("typed", "why", "found"),
    [
        ("search vetting force:leicestershire", "without the other conditions", "“vetting”: "),
        ('search "wellbeing vetting"', "with the words apart", "“wellbeing” and “vetting”: "),
        ("search vetting telephone", "with any of the words", "“vetting” or “telephone”: "),
        ("search vetting wellbieng", "with “wellbeing”", "“vetting” and “wellbeing”: "),
        ("search vetting xylophone", "without “xylophone”", "“vetting”: "),
        (f"search vetting {'x' * 60}", "for fewer words", "“vetting”: "),
    ],
)
def test_where_nothing_is_found_a_wider_search_that_finds_something_is_offered(
    stage: Stage, typed: str, why: str, found: str
) -> None:
    answer = stage.ask(typed)
    offered = button(answer, f"Search {why}")

    assert offered
    [wider] = stage.workspace.person("Maya").press(answer, offered["action_id"])
    assert found in wider.text.splitlines()[0]
    assert opened(wider)


def test_an_empty_store_says_so(empty_stage: Stage) -> None:
    assert empty_stage.ask("search vetting").text.startswith("No releases are held yet")


@pytest.mark.parametrize(
    "typed", ["*", '"', "NEAR(", "vetting*", "' OR 1=1", "<!channel>", "%", "🚓 🚓", "-vetting", "a" * 280]
)
def test_whatever_is_searched_for_is_answered(asked_only: Stage, typed: str) -> None:
    answer = asked_only.ask(f"search {typed}")

    assert answer.text
    assert "on my side" not in answer.text
    assert "<!channel>" not in str(answer.blocks)


def test_a_found_answer_can_be_shared_with_the_channel(stage: Stage) -> None:
    answer = stage.ask("search vetting")
    share = button(answer, "Share")

    assert share
    stage.workspace.person("Maya").press(answer, share["action_id"])
    assert "initial vetting of staff" in stage.workspace.person("Tom").sees("#inspections")[0].text


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("vetting", ("vetting", None)),
        ("vetting page:2", ("vetting", 2)),
        ("Page:3 vetting force:kent", ("vetting force:kent", 3)),
        ("vetting page:0", ("vetting", 1)),
        ('"page:2 of it"', ('"page:2 of it"', None)),
        ("webpage:2", ("webpage:2", None)),
    ],
)
def test_the_page_is_told_from_the_words(words: str, read: tuple[str, int | None]) -> None:
    assert read_page(words) == read


def unsure(stage: Stage, words: str, *bodies: str) -> Rendered:
    """The answer to words that no rule understands."""
    return message_for(Ask(words, "message", personal=True), stage.bot.services, Unsure(words, bodies))


def test_what_is_not_understood_gets_the_nearest_sentences_with_receipts_and_what_was_looked_through(
    stage: Stage,
) -> None:
    message = unsure(stage, "what on earth is this grievance process about?")

    assert message.text.startswith("I am not sure what you ask")
    assert "the grievance process it has in place lacks credibility" in message.text
    assert "R-5\N{NO-BREAK SPACE}¶" in message.text
    assert "I looked through 5 releases of 2012 to 2016, on 4 bodies." in message.text
    assert len(message.quotations) >= 3


def test_the_nearest_sentences_are_of_the_bodies_that_were_named(stage: Stage) -> None:
    message = unsure(stage, "vetting corruption leicestershire", "leicestershire")

    assert {quotation.number for quotation in message.quotations} == {4}
    assert "I looked through 1 release on Leicestershire Police." in message.text


@pytest.mark.parametrize("words", ["", "zzyzx qwerty", "and what of it?"])
def test_with_nothing_near_it_says_what_can_be_asked(stage: Stage, words: str) -> None:
    message = unsure(stage, words)

    assert not message.quotations
    assert "/hmic search vetting" in message.text


def test_at_most_three_sentences_are_near_each_of_another_release(stage: Stage) -> None:
    message = unsure(stage, "workforce fairness")

    assert len({quotation.number for quotation in message.quotations}) == 3
