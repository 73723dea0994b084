"""Every kind of release as Slack is shown it: what was judged, in one line and at length, each with its receipt.

After a deliberate change run `PYTHONPATH=tests python tests/unit/test_cards.py` from the root and review the texts of
`tests/golden/cards`.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cards import card, case, cases, digest, listed, store, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import peel_release

from bot.rendering.gate import check_quotations
from bot.rendering.message import Message
from bot.rendering.mrkdwn import unescape
from bot.rendering.validator import problems
from bot.rendering.views import view
from bot.rendering.words import verdict
from summaries.types import (
    Evidence,
    Grade,
    Judgment,
    Kind,
    Monitoring,
    MonitoringEvent,
    NamedGrade,
    Pillar,
    Release,
    Report,
    Scale,
    Scope,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "cards"
# Which text of `tests/golden/cards` shows what; several names make a digest.
REVIEWED = {
    "pillars": ("card", "04-peel-2018-19-cleveland"),
    "areas": ("card", "05-peel-2021-22-kent"),
    "custody": ("card", "11-custody-2023-avon-and-somerset"),
    "custody-joint": ("whole", "10-custody-2015-cumbria"),
    "monitoring": ("card", "15-engage-exit-wiltshire"),
    "national": ("whole", "06-national-legitimacy-2016"),
    "regional": ("whole", "16-regional-north-west"),
    "others-words": ("whole", "22-force-copy-northamptonshire"),
    "list": (
        "digest",
        "05-peel-2023-25-derbyshire",
        "04-peel-2018-19-cumbria",
        "06-national-efficiency-2015",
        "07-thematic-roads-2020",
        "11-custody-2022-lancashire",
        "13-revisit-effectiveness-bedfordshire",
        "14-engage-remains-nottinghamshire",
        "16-regional-north-east",
        "19-state-of-policing-2023",
        "20-appointment-inspectors",
    ),
}
ARROWS = re.compile(r"[←-⇿⬀-⬑⮀-⮽⤀-⥿🠀-🢫]|-->|=>|\b(?:upgraded|downgraded) ")
NASTY = st.sampled_from(["<!channel>", "<@U2>", "<#C1>", "&lt;!", "*b*", "`", "<https://x.org|y>", ">", "|", "word"])
NAMES = [one.name for one in cases()]


def reviewed(what: str) -> str:
    kind, *names = REVIEWED[what]
    chosen = [replace(case(name).stored, number=number) for number, name in enumerate(names, 1)]
    if kind == "digest":
        return "\n".join(str(part.payload["text"]) for part in digest(chosen, detail="titles")) + "\n"
    [one] = chosen
    message = card([one], one.release.subjects[0].id) if kind == "card" else whole(one)
    return message.text + "\n"


def assert_fit_to_send(message: Message, texts: dict[int, str]) -> None:
    assert problems(message.payload(), "message") == []
    check_quotations(message, lambda number, revision: texts.get(number))
    shown = unescape(message.text)
    assert not ARROWS.search(shown)
    if "more lines in the message" not in shown:
        assert all(
            " ".join(quoted.shown.split()).replace("*", "") in shown.replace("*", "") for quoted in message.quotations
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_release_of_the_corpus_is_fit_to_send_as_card_whole_and_digest(name: str) -> None:
    one = case(name)
    texts = {one.stored.number: one.release.text}
    for subject in one.release.subjects:
        assert_fit_to_send(card([one.stored, one.stored], subject.id), texts)
    assert_fit_to_send(whole(one.stored), texts)
    assert_fit_to_send(listed([one.stored]), texts)
    for part in (*digest([one.stored]), *digest([one.stored] * 12)):
        assert problems(dict(part.payload), "message") == []


@pytest.mark.parametrize("name", NAMES)
def test_no_grade_is_shown_for_the_whole_but_the_one_that_is_stated(name: str) -> None:
    release = case(name).release
    for subject in release.subjects:
        own = [one for one in release.judgments if one.body == subject.id]
        heading = card([case(name).stored], subject.id).text.splitlines()[0]
        told = heading.split(": ", 1)[1].split(" (")[0]
        assert told not in set(Grade) or told in {one.grade for one in own if one.scope is Scope.OVERALL}


def test_a_list_of_the_whole_corpus_leaves_nothing_out() -> None:
    stored = [one.stored for one in cases()]
    lines = unescape("\n".join(str(part.payload["text"]) for part in digest(stored, detail="titles")))

    assert all(f"“{one.release.title}”" in lines and f"R-{one.number}\N{NO-BREAK SPACE}¶" in lines for one in stored)


@pytest.mark.parametrize("what", sorted(REVIEWED))
def test_what_is_shown_is_what_was_reviewed(what: str) -> None:
    assert reviewed(what) == (GOLDEN / f"{what}.txt").read_text(encoding="utf-8")


def line(release: Release) -> str:
    return verdict(view(store(release)))


@settings(max_examples=30)
@given(
    name=st.sampled_from(sorted(names[0] for _, *names in REVIEWED.values())),
    nasty=st.lists(NASTY, min_size=1, max_size=40),
)
def test_no_words_that_were_read_become_a_mention_or_break_a_message(name: str, nasty: list[str]) -> None:
    release, words = case(name).release, " ".join(nasty)
    release = replace(
        release,
        title=words,
        judgments=tuple(replace(one, about=words) for one in release.judgments),
        prior_judgments=tuple(replace(one, about=words, when=words) for one in release.prior_judgments),
        report=Report(words, f"https://hmic.gov.uk/{words}", Evidence(0, 1, release.text[:1])),
        statement=release.statement and replace(release.statement, speaker=words, role=words),
        monitoring=release.monitoring and replace(release.monitoring, since=words),
        doubts=(words,) * 3,
    )
    for message in (whole(store(release)), listed([store(release)]), *digest([store(release)])):
        payload = dict(message.payload() if isinstance(message, Message) else message.payload)
        assert problems(payload, "message") == []
        assert not re.search(r"<[!@#]", json.dumps(payload).replace("<@U1>", ""))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Kind.CUSTODY, "Custody inspection: ungraded"),
        (Kind.THEMATIC, "Thematic inspection"),
        (Kind.CORPORATE, "Notice from the inspectorate"),
        (Kind.REPORT_PAGE, "Page about a report"),
        (Kind.FORCE_INSPECTION, "Inspection of a force: no grade stated"),
        (Kind.OTHER, "No grade stated"),
    ],
)
def test_a_release_of_no_known_programme_is_listed_by_its_kind(kind: Kind, told: str) -> None:
    assert line(Release("an-id", "A title", kind, "A title")) == told


def test_a_single_area_or_cause_of_concern_is_counted_in_the_singular() -> None:
    release = replace(
        case("05-peel-2021-22-kent").release,
        tally={"good": 1, "adequate": 1},
        causes_of_concern=1,
        areas_for_improvement=0,
    )

    assert line(release).endswith(
        "no overall grade; good in 1 area, adequate in 1; 1 cause of concern, 0 areas for improvement"
    )


def test_leadership_was_looked_at_without_a_grade() -> None:
    release = replace(peel_release("Kent Police"), pillar=Pillar.LEADERSHIP)

    assert "– *Ungraded inspection*: PEEL 2016, leadership" in whole(store(release)).text


def test_an_overall_grade_that_could_not_be_found_is_not_said_to_be_ungiven() -> None:
    assert "– *No overall grade is stated*: PEEL 2016, legitimacy" in whole(store(peel_release("Kent Police"))).text


def test_a_card_shows_its_own_bodys_grade_of_a_regional_inspection() -> None:
    text = card([case("16-regional-north-west").stored], "merseyside").text

    assert text.startswith("Merseyside Police: good (Serious and organised crime)\n")
    assert "and 6 other bodies are graded in this release" in text
    assert "requires improvement" not in text


def test_a_grade_of_one_body_is_not_shown_as_that_of_two() -> None:
    one = case("16-regional-north-east").release
    durham = replace(one, judgments=tuple(judgment for judgment in one.judgments if judgment.body == "durham"))
    text = whole(store(durham)).text

    assert "★ *outstanding*: Durham Constabulary · R-1" in text
    assert line(durham) == "Serious and organised crime: outstanding for 1 body"
    assert card([store(durham)], "cleveland").text.startswith("Cleveland Police: no grade stated (")


def test_the_other_inspections_on_a_card_say_what_each_judged() -> None:
    held = ["14-engage-entry-gwent", "05-peel-2021-22-gwent"]
    text = card([case(name).stored for name in held], "gwent").text

    assert text.startswith("Gwent Police: moved into enhanced monitoring (Engage)\n")
    assert "• PEEL 2021/22: no overall grade; good in 3 areas, adequate in 3," in text
    assert "(14 June 2022), R-" in text


def many(about: str, number: int) -> Release:
    release = case("05-peel-2021-22-kent").release
    evidence = release.judgments[0].evidence
    judgments = tuple(
        Judgment("kent", Scope.QUESTION, f"{about} {n}", Grade.GOOD, Scale.FIVE, evidence) for n in range(number)
    )
    return replace(release, judgments=judgments)


def test_areas_for_which_there_is_no_room_are_counted() -> None:
    text = whole(store(many("an area with a name that is rather long " * 4, 30))).text

    assert "and 21 more grades" in text


def test_nine_areas_of_one_grade_make_one_line() -> None:
    lines = [one for one in whole(store(many("area", 9))).text.splitlines() if one.startswith("✔ *good*")]

    assert len(lines) == 1
    assert lines[0].count("R-1\N{NO-BREAK SPACE}¶") == 1


def test_questions_that_the_findings_state_are_left_to_them_under_an_overall_grade() -> None:
    one = case("02-peel-2016-effectiveness-lincolnshire")
    without = replace(one.release, findings=())

    assert "*good*: preventing crime" not in whole(one.stored).text
    assert "✔ *good*: preventing crime and anti-social behaviour · R-1" in whole(store(without)).text


@pytest.mark.parametrize(
    ("event", "since", "told"),
    [
        (
            MonitoringEvent.ENTERED,
            "May 2024",
            "*Moved into enhanced monitoring (Engage)*, since May 2024 · R-1 ¶1, R-1 ¶2",
        ),
        (MonitoringEvent.LEFT, "2022", "*Left enhanced monitoring (Engage)*, in it since 2022 · R-1 ¶1\n"),
        (MonitoringEvent.REMAINS, None, "*Remains in enhanced monitoring (Engage)* · R-1 ¶1\n"),
    ],
)
def test_a_move_in_monitoring_says_since_when_and_where_that_stands_if_it_stands_once(
    event: MonitoringEvent, since: str | None, told: str
) -> None:
    text = "Kent Police and Engage\n\nIt was moved in May 2024.\n\nIn 2022 it was well. In 2022 it had been told."
    moved = Monitoring(event, since, Evidence.of(text, 0, 22))
    release = Release("an-id", "Kent Police and Engage", Kind.MONITORING, text, monitoring=moved)

    assert told.replace("R-1 ", "R-1\N{NO-BREAK SPACE}") in whole(store(release)).text


def test_a_national_release_with_many_named_forces_counts_those_it_has_no_room_for() -> None:
    release = case("06-national-legitimacy-2016").release
    evidence = release.named_grades[0].evidence
    named = tuple(NamedGrade("hampshire-and-isle-of-wight", Grade.GOOD, evidence) for _ in range(43))
    text = whole(store(replace(release, named_grades=named, tally=None))).text

    assert "– *National release: grades of several forces*: PEEL 2016, legitimacy" in text
    assert re.search(r"and \d more grades", text)


@pytest.mark.parametrize(
    ("when", "cycle", "said"),
    [("2023", "2025-27", True), ("2018", "2021/22", True), ("2021", "2021/22", False), ("2017", "2018/19", False)],
)
def test_an_earlier_grade_of_a_year_before_a_cycle_that_compares_with_none_is_not_comparable(
    when: str, cycle: str, said: bool
) -> None:
    release = case("05-peel-2025-27-hampshire").release
    prior = replace(release.prior_judgments[0], when=when)
    text = whole(store(replace(release, cycle=cycle, prior_judgments=(prior,)))).text

    assert ("not comparable" in text) is said


def test_earlier_grades_name_what_they_were_for_and_are_counted_when_there_are_many() -> None:
    release = case("14-engage-entry-gwent").release
    text = whole(store(replace(release, prior_judgments=release.prior_judgments * 3))).text

    assert "Earlier grade: *good* for preventing crime, in 2022 · R-1" in text
    assert "and 2 more earlier grades" in text


if __name__ == "__main__":
    for what in REVIEWED:
        (GOLDEN / f"{what}.txt").write_text(reviewed(what), encoding="utf-8")
    sys.exit(0)
