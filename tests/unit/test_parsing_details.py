"""Bodies, programme and cycle, dates to come, reports, figures and ids."""

from __future__ import annotations

import pytest
from reading import peel_release, read

from summaries.types import BodyRole, Kind, Pillar

HEADLINE = "Kent Police is 'good' at legitimately keeping people safe and reducing crime - HMIC"
FOUND = "HMIC found that Kent Police:"


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("I will inspect again in 2017.", 2017),
        ("We will revisit the force in early 2018 to see.", 2018),
        ("HMICFRS will re-inspect the force in spring 2019.", 2019),
        ("Inspectors will return within 12 months.", None),
        ("We will return to the force later this year in autumn 2020.", 2020),
    ],
)
def test_a_promise_to_inspect_again_has_its_time(sentence: str, year: int | None) -> None:
    promised = peel_release(HEADLINE, sentence).next_inspection

    assert promised
    assert promised.year == year
    assert promised.text in sentence


@pytest.mark.parametrize(
    "sentence",
    ["HMIC will continue to monitor and inspect progress.", "We inspected in 2015.", "The force will invest in 2017."],
)
def test_monitoring_without_a_time_is_no_next_inspection(sentence: str) -> None:
    assert peel_release(HEADLINE, sentence).next_inspection is None


@pytest.mark.parametrize(
    ("item", "figures"),
    [
        ("there were 129 applications", [(129, "applications")]),
        ("it has 1,250 new cases", [(1250, "new cases")]),
        ("three instances and seven cases", [(3, "instances"), (7, "cases")]),
        ("in 2016 forces met at 8:30 for 3 hours, two times", []),
        ("call 0203 513 0600 or one of these", []),
        ("it spent £20 notes on 2.5 goods", []),
        ("it was graded in nine areas", []),
        ("and so on " * 150 + "two cases", []),
    ],
)
def test_figures_are_counts_and_nothing_else(item: str, figures: list[tuple[float, str]]) -> None:
    release = peel_release(HEADLINE, FOUND, f"- {item}")

    assert [(figure.value, figure.unit) for figure in release.figures] == figures


@pytest.mark.parametrize(
    ("sentence", "title", "url"),
    [
        ("The report 'Revisiting Kent' is at www.hmic.gov.uk.", "Revisiting Kent", "www.hmic.gov.uk"),
        ("The report, *Revisiting Kent*, is at https://x.uk/a-b/.", "Revisiting Kent", "https://x.uk/a-b/"),
        ("The full report can be found at http://x.uk/kent", None, "http://x.uk/kent"),
        ("The full report, 'with care', quotes 'Some Words Said' at http://x.uk/kent", None, "http://x.uk/kent"),
    ],
)
def test_the_report_is_the_one_with_an_address(sentence: str, title: str | None, url: str) -> None:
    report = peel_release(HEADLINE, sentence).report

    assert report
    assert (report.title, report.url) == (title, url)


def test_an_address_in_the_notes_serves_when_the_text_has_none() -> None:
    report = peel_release(HEADLINE, "Notes to editors", "1. The report is at www.hmic.gov.uk/kent").report

    assert report
    assert report.url == "www.hmic.gov.uk/kent"


def test_italics_name_a_report_only_where_the_text_calls_it_one() -> None:
    release = peel_release(
        HEADLINE, "The report, *Without Fear*, and the *Kent Messenger*. The report *Without\nfear* again."
    )

    assert [report.title for report in release.reports_named] == ["Without Fear"]
    assert release.reports_named[0].evidence.quote == "Without Fear"


@pytest.mark.parametrize(
    ("text", "programme", "cycle", "pillar", "kind"),
    [
        (
            "Kent Police report\n\nPEEL: police legitimacy 2016 – Kent Police",
            "PEEL",
            "2016",
            Pillar.LEGITIMACY,
            Kind.FORCE_INSPECTION,
        ),
        ("Kent Police report\n\nPEEL 2018/19 begins.", "PEEL", "2018/19", None, Kind.FORCE_INSPECTION),
        ("Kent Police report\n\nPEEL 2013 begins.", "PEEL", None, None, Kind.FORCE_INSPECTION),
        ("Kent Police report\n\npeel the potatoes.", None, None, None, Kind.OTHER),
        ("National picture\n\nPEEL 2016 inspections.", "PEEL", "2016", None, Kind.NATIONAL),
        (
            "Kent Police at how efficiently it works\n\nThe second consecutive year of PEEL inspections.",
            "PEEL",
            "2016",
            Pillar.EFFICIENCY,
            Kind.FORCE_INSPECTION,
        ),
        (
            "Kent Police at how efficiently it works\n\nThe fifth year running of PEEL inspections.",
            "PEEL",
            None,
            Pillar.EFFICIENCY,
            Kind.FORCE_INSPECTION,
        ),
        (
            "Kent Police at efficiently and at effectively working\n\nPEEL 2016",
            "PEEL",
            "2016",
            None,
            Kind.FORCE_INSPECTION,
        ),
        (
            "Kent Police news\n\nHMIC assessed how efficient it is. PEEL 2016",
            "PEEL",
            "2016",
            Pillar.EFFICIENCY,
            Kind.FORCE_INSPECTION,
        ),
        (
            "Kent Police news\n\n'Revisiting police relationships'. In 2012 HMIC revisited all forces.",
            "Revisiting police relationships",
            "2012",
            None,
            Kind.REVISIT,
        ),
        (
            "All forces\n\n'Revisiting police relationships'. In 2012 HMIC revisited all forces.",
            "Revisiting police relationships",
            "2012",
            None,
            Kind.THEMATIC,
        ),
        (
            "Kent Police news\n\n'Revisiting police relationships'. In 2013 HMIC revisited all forces.",
            "Revisiting police relationships",
            None,
            None,
            Kind.REVISIT,
        ),
        ("Kent Police and crime data integrity", "Crime data integrity", None, None, Kind.DATA_INTEGRITY),
        ("Kent Police\n\nPEEL 2016 and crime data integrity.", None, None, None, Kind.OTHER),
    ],
)
def test_programme_cycle_pillar_and_kind_are_read_not_guessed(
    text: str, programme: str | None, cycle: str | None, pillar: Pillar | None, kind: Kind
) -> None:
    release = read(text)

    assert (release.programme, release.cycle, release.pillar, release.kind) == (programme, cycle, pillar, kind)


def test_a_cycle_that_is_not_told_is_a_doubt() -> None:
    release = read("Kent Police is 'good' at legitimately keeping people safe\n\nPart of PEEL inspections.")

    assert release.cycle is None
    assert any("which cycle" in doubt for doubt in release.doubts)


def test_several_programmes_are_a_doubt() -> None:
    assert any("several programmes" in doubt for doubt in read("Kent\n\nPEEL and crime data integrity.").doubts)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Kent Police and Essex Police report", ["kent", "essex"]),
        ("Inspectors report\n\nHMIC found that Kent Police:\n\n- works\n\nEssex Police too.", ["kent"]),
        ("Inspectors report\n\nKent Police was seen.\n\nEssex Police too.", ["kent"]),
        ("Inspectors report\n\nKent Police and Essex Police were seen.", []),
        ("Thames Valley Police works in Kent\n\nKent Police helps.", ["thames-valley"]),
        ("Inspectors congratulate Kent\n\nKent Police did well.", ["kent"]),
        ("Inspectors like the county of Kent\n\nThey met MPs there.", []),
        ("Derbyshire and Kent police forces praised", ["derbyshire", "kent"]),
    ],
)
def test_a_release_is_about_the_bodies_named_first_and_in_full(text: str, subjects: list[str]) -> None:
    assert [body.id for body in read(text).bodies if body.role is BodyRole.SUBJECT] == subjects


def test_two_releases_with_one_title_have_different_ids() -> None:
    one, other = read("Report published\n\nAbout Kent."), read("Report published\n\nAbout Essex.")

    assert one.id != other.id
    assert one.id.startswith("report-published-")
    assert read("REPORT  published\n\nAbout “Kent”.").id == one.id


def test_releases_whose_pillar_is_not_told_do_not_share_an_id() -> None:
    one = read("Kent Police tackles crime\n\nThis was PEEL 2016.")
    other = read("Kent Police spends well\n\nThis was PEEL 2016.")

    assert one.pillar is other.pillar is None
    assert one.id != other.id


def test_releases_on_two_pillars_of_one_cycle_have_ids_that_name_them() -> None:
    ids = [
        read(f"Kent Police's {pillar} at keeping people safe and reducing crime is good\n\nPEEL 2016").id
        for pillar in ("effectiveness", "efficiency")
    ]

    assert ids == ["peel-2016-effectiveness-kent", "peel-2016-efficiency-kent"]


def test_a_release_on_monitoring_has_not_the_id_of_the_inspection_it_recalls() -> None:
    inspection = read("Kent Police graded\n\nThis was PEEL 2021/22.")
    engage = read("Kent Police moved into enhanced monitoring\n\nIts PEEL 2021/22 inspection found failings.")

    assert (inspection.kind, engage.kind) == (Kind.FORCE_INSPECTION, Kind.MONITORING)
    assert inspection.id != engage.id


def test_a_release_on_monitoring_that_recalls_an_ungraded_inspection_keeps_out_of_its_id() -> None:
    opening = "In 2012 HMIC revisited all forces for ‘Revisiting police relationships’."
    usual, monitoring = read(f"Kent Police news\n\n{opening}"), read(f"Kent Police leaves Engage\n\n{opening}")

    assert usual.id == "revisiting-police-relationships-2012-kent"
    assert monitoring.id.startswith("kent-police-leaves-engage")


def test_a_line_of_marks_alone_is_no_title() -> None:
    assert read("?!\n\nSome words.").id.startswith("some-words-")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("A short line", "A short line"),
        ("First of it. " + "Then much more of it. " * 30, "First of it."),
        ("word " * 100, ("word " * 60).strip()),
        ("x" * 400, "x" * 300),
    ],
)
def test_a_text_without_a_headline_has_a_title_of_bearable_length(first: str, title: str) -> None:
    release = read(f"{first}\n\nMore.")

    assert release.title == title
    assert release.field_evidence["title"].words == title
