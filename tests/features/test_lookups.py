"""Asking by slash command, mention and direct message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from waiting import wait_for

from bot.workspace.faults import EVENTS, Fault

if TYPE_CHECKING:
    from stage import Stage

CORPUS = Path(__file__).parents[1] / "golden" / "corpus"
VERDICT = "I have judged that Hampshire Constabulary as 'good' at legitimately keeping people safe and reducing crime."


def test_a_forces_card_shows_grade_year_earlier_grade_findings_the_inspectors_sentence_and_source(stage: Stage) -> None:
    card = stage.ask("Hampshire")

    assert card.ephemeral_to == stage.workspace.person("Maya").id
    assert card.text.splitlines()[0] == "Hampshire and Isle of Wight Constabulary: good (PEEL 2016, legitimacy)"
    assert "Earlier grade: *good*, in 2015" in card.text
    assert "✔ Praise: officers and staff understand the importance of treating the public" in card.text
    assert "▲ Concern: is committed to treating its staff fairly" in card.text
    assert VERDICT in card.text
    assert "Zoë Billingham, HM Inspector of Constabulary" in card.text
    assert "R-5\N{NO-BREAK SPACE}¶" in card.text
    assert "Open Government Licence" in card.text


def test_a_year_gives_that_release_whole(asked_only: Stage) -> None:
    answer = asked_only.ask("Thames Valley 2012")

    assert answer.text.startswith("Thames Valley Police has made good progress")
    assert answer.text.count("\n• ") == 11
    assert "HMIC will continue to monitor and inspect progress" in answer.text
    assert "Ungraded inspection" in answer.text
    assert "129 applications" in answer.text


def test_a_pillar_gives_that_release_whole(asked_only: Stage) -> None:
    answer = asked_only.ask("Thames Valley legitimacy")

    assert answer.text.startswith("Thames Valley Police is 'good' at legitimately")
    assert "will inspect again in 2017" in answer.text


def test_a_force_with_two_inspections_lists_the_older_one_on_its_card(asked_only: Stage) -> None:
    card = asked_only.ask("TVP")

    assert "Other inspections held" in card.text
    assert "Revisiting police relationships 2012" in card.text


def test_a_year_without_a_release_says_what_is_held_instead(asked_only: Stage) -> None:
    answer = asked_only.ask("Hampshire 1999")

    assert "nothing held for 1999" in answer.text
    assert "PEEL 2016, legitimacy" in answer.text


@pytest.mark.parametrize("typed", ["Thames Valley 2018/19", "status please", "preview 2", "next week"])
def test_a_cycle_or_a_word_too_many_is_not_taken_for_a_forces_name(asked_only: Stage, typed: str) -> None:
    assert "No force is called" not in asked_only.ask(typed).text


def test_a_misspelt_verb_is_offered_as_the_verb(stage: Stage) -> None:
    [answer] = stage.workspace.person("Maya").press(stage.ask("lastest"), "instead:0")

    assert answer.text.startswith("The newest 5 of 5 releases")


def test_every_finding_and_grade_carries_its_receipt(asked_only: Stage) -> None:
    card = asked_only.ask("Hampshire")

    lines = [line for line in card.text.splitlines() if line.startswith(("•", "✔ *good*", "Earlier grade"))]
    assert len(lines) == 5
    assert all("R-5\N{NO-BREAK SPACE}¶" in line for line in lines)


def test_latest_of_a_force_lists_only_its_releases(asked_only: Stage) -> None:
    answer = asked_only.ask("latest Thames Valley")

    assert answer.text.startswith("The newest on Thames Valley Police")
    assert "Hampshire" not in answer.text


def test_what_a_person_typed_is_shown_once_escaped_only_as_slack_needs(asked_only: Stage) -> None:
    assert "You asked: `Devon &amp; Cornwall`" in asked_only.ask("Devon & Cornwall").text


def test_a_mention_says_who_asked_and_offers_nothing_to_share(stage: Stage) -> None:
    maya, tom = stage.workspace.person("Maya"), stage.workspace.person("Tom")
    maya.say("#inspections", "@hmic TVP")
    wait_for(lambda: len(tom.sees("#inspections")) == 2)
    answer = tom.sees("#inspections")[1]

    assert f"<@{maya.id}> asked: `TVP`" in answer.text
    assert "share:" not in str(answer.blocks)


def test_latest_lists_the_newest_inspections_first(asked_only: Stage) -> None:
    answer = asked_only.ask("latest")

    assert answer.text.startswith("The newest 5 of 5 releases")
    assert answer.text.index("PEEL 2016") < answer.text.index("Revisiting police relationships 2012")


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("leics", "Leicestershire Police"),
        ("TVP", "Thames Valley Police"),
        ("northants", "Northamptonshire Police"),
        ("Hants", "Hampshire and Isle of Wight Constabulary"),
        ("hampshire constabulary", "Hampshire and Isle of Wight Constabulary"),
        ("Hampshire’s", "Hampshire and Isle of Wight Constabulary"),
        ("“Hampshire”?", "Hampshire and Isle of Wight Constabulary"),
    ],
)
def test_short_old_and_dressed_up_names_find_their_force(asked_only: Stage, typed: str, force: str) -> None:
    assert asked_only.ask(typed).text.startswith(f"{force}: good")


def test_a_misspelt_name_is_asked_about_and_a_click_answers_in_place(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    question = stage.ask("Hampshrie 2016")

    assert question.text.startswith("Did you mean Hampshire and Isle of Wight Constabulary?")
    assert "/hmic Hampshire and Isle of Wight Constabulary 2016" in question.text

    maya.press(question, "instead:0")

    assert [message.text.partition("\n")[0] for message in maya.sees("#inspections")] == [
        "Hampshire Constabulary is 'good' at legitimately keeping people safe and reducing crime - HMIC"
    ]


def test_a_name_of_two_forces_is_never_decided_between(asked_only: Stage) -> None:
    answer = asked_only.ask("WMP")

    assert "may be 2 bodies" in answer.text
    assert "West Midlands Police" in answer.text
    assert "West Mercia Police" in answer.text


@pytest.mark.parametrize("typed", ["payload", "payload=1", "nonsense", "<!channel>", "%00", "🚓", "x" * 299])
def test_words_that_name_nothing_are_answered_with_what_can_be_asked(asked_only: Stage, typed: str) -> None:
    assert "/hmic" in asked_only.ask(typed).text


def test_very_long_words_are_declined_with_an_example(asked_only: Stage) -> None:
    assert asked_only.ask("x " * 2000).text.startswith("That is too long for me")


def test_a_force_of_which_nothing_is_held_is_told_apart_from_one_that_is_unknown(asked_only: Stage) -> None:
    assert asked_only.ask("Kent").text.startswith("Nothing is held on Kent Police")


def test_an_empty_store_says_so_and_how_to_fill_it(empty_stage: Stage) -> None:
    answer = empty_stage.ask("latest")

    assert answer.text.startswith("No releases are held yet")
    assert "hmic add" in answer.text


@pytest.mark.parametrize("typed", ["", "help", "help subscribe", "help nonsense", "status"])
def test_help_and_status_are_answered(asked_only: Stage, typed: str) -> None:
    assert asked_only.ask(typed).text


def test_a_private_answer_can_be_shared_with_the_channel(stage: Stage) -> None:
    maya, tom = stage.workspace.person("Maya"), stage.workspace.person("Tom")
    card = stage.ask("Hampshire")

    assert tom.sees("#inspections") == []

    maya.press(card, "share:4")

    [shared] = tom.sees("#inspections")
    assert VERDICT in shared.text
    assert f"<@{maya.id}> shared" in shared.text


def test_full_findings_opens_the_release_from_the_card(stage: Stage) -> None:
    [answer] = stage.workspace.person("Maya").press(stage.ask("Hampshire"), "ask:0")

    assert answer.text.startswith("Hampshire Constabulary is 'good'")


def test_a_mention_is_answered_once_in_its_thread_for_all_to_see(stage: Stage) -> None:
    maya, tom = stage.workspace.person("Maya"), stage.workspace.person("Tom")
    asked = maya.say("#inspections", "@hmic Leicestershire")
    wait_for(lambda: len(tom.sees("#inspections")) == 2)

    [_, answer] = tom.sees("#inspections")
    assert answer.thread_ts == asked.ts
    assert answer.text.startswith("Leicestershire Police: good")


def test_a_direct_message_is_answered(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.say("dm", "Northants")
    wait_for(lambda: len(maya.sees("dm")) == 2)

    assert maya.sees("dm")[1].text.startswith("Northamptonshire Police: good")


def test_an_event_that_comes_twice_is_answered_once(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")

    def answers() -> list[str]:
        return [one.text.partition(":")[0] for one in maya.sees("dm") if one.user != maya.id]

    stage.workspace.faults.next(EVENTS, Fault.DUPLICATE_EVENT)
    maya.say("dm", "Hampshire")
    assert stage.workspace.wait_idle()
    maya.say("dm", "Northants")
    wait_for(lambda: len(answers()) >= 2)

    assert sorted(answers()) == ["Hampshire and Isle of Wight Constabulary", "Northamptonshire Police"]


def test_opening_the_home_tab_shows_what_can_be_asked(stage: Stage) -> None:
    maya = stage.workspace.person("Maya")
    maya.open_home()
    wait_for(lambda: maya.home() is not None)

    assert "Ask what inspectors said" in str(maya.home())


def test_a_year_of_publication_is_told_from_the_year_of_the_inspection(stage: Stage) -> None:
    stage.add(CORPUS / "05-peel-2021-22-kent.txt")

    answer = stage.ask("Kent 2022").text

    assert answer.startswith("Kent Police: no inspection of 2022 is held")
    assert "Published in 2022: R-6." in answer


def test_a_release_found_by_the_grade_of_a_question_shows_that_grade(stage: Stage) -> None:
    stage.add(CORPUS / "02-peel-2016-efficiency-wiltshire.txt")

    answer = stage.ask("latest grade:outstanding Wiltshire").text.replace("\N{NO-BREAK SPACE}", " ")

    assert "Asked for: how it uses its resources to manage current demand ★ outstanding · R-6 ¶" in answer
    assert "Asked for" not in stage.ask("latest grade:good Wiltshire").text


def test_latest_tells_how_many_there_are_and_goes_on_page_by_page(stage: Stage) -> None:
    stage.add(CORPUS / "02-peel-2016-efficiency-wiltshire.txt")
    maya = stage.workspace.person("Maya")

    answer = stage.ask("latest year:2012..2016")
    [button] = [
        element
        for block in answer.blocks
        for element in block.get("elements", ())
        if element["type"] == "button" and element["text"]["text"] == "Show more releases"
    ]
    [rest] = maya.press(answer, button["action_id"])

    assert answer.text.startswith("The newest 5 of 6 releases")
    assert "and 1 more release: `/hmic latest year:2012..2016 page:2`" in answer.text
    assert rest.text.startswith("The last of 6 releases")
    assert "Revisiting police relationships 2012" in rest.text
    assert stage.ask("latest page:99").text.startswith("The last of 6 releases, newest first")


def test_a_card_leads_to_the_forces_history_and_to_the_forces_of_its_region(stage: Stage) -> None:
    maya, card = stage.workspace.person("Maya"), stage.ask("Hampshire")

    assert maya.press(card, "ask:1")[-1].text.startswith("Hampshire and Isle of Wight Constabulary: the record")
    compared = maya.press(card, "ask:2")[-1].text
    assert "Thames Valley" in compared
    assert "Northamptonshire" not in compared
