"""Which inspection a release is about, of what kind, and the words that say so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.parsing.about.bodies import read_bodies
from summaries.parsing.about.framework import Framework, read_framework
from summaries.parsing.about.origin import Origin
from summaries.parsing.layout.blocks import read_blocks
from summaries.parsing.layout.sections import read_sections
from summaries.types import BodyRole, Kind

NOWHERE = Origin()
SITE = "https://hmicfrs.justiceinspectorates.gov.uk/"
SAID = "\n\nHM Inspector of Constabulary Wendy Williams said:\n\n“I saw good work, and some that was not.”"


def framework_of(text: str, origin: Origin = NOWHERE) -> Framework:
    sections = read_sections(read_blocks(text))
    subjects = tuple(body.id for body in read_bodies(sections, origin) if body.role is BodyRole.SUBJECT)
    return read_framework(sections, subjects, origin)


@pytest.mark.parametrize(
    ("text", "programme", "cycle", "pillar"),
    [
        (
            "Kent Police does well\n\nGet the report\n\nPEEL 2021/22 – An inspection of Kent Police",
            "PEEL",
            "2021/22",
            None,
        ),
        ("Kent Police does well\n\nPEEL 2023–2025: An inspection of Kent Police", "PEEL", "2023-25", None),
        ("Kent Police does well\n\nPEEL 2023/25 - An inspection of Kent Police", "PEEL", "2023-25", None),
        ("Kent Police does well\n\nPEEL: Police effectiveness 2016 – Kent Police", "PEEL", "2016", "effectiveness"),
        ("Kent Police rated ‘good’ for its legitimacy\n\nThis is PEEL 2016.", "PEEL", "2016", "legitimacy"),
        ("Kent Police does well\n\nPolice legitimacy 2015 – Kent Police", "PEEL", "2015", "legitimacy"),
        (
            "Kent Police\n\nPEEL: Police efficiency (including leadership) 2017 – Kent Police",
            "PEEL",
            "2017",
            "efficiency",
        ),
        ("Kent Police\n\nEffectiveness, efficiency and legitimacy 2018/19 – Kent Police", "PEEL", "2018/19", None),
        (
            "Kent Police praised\n\nIn 2018/19, HMICFRS adopted an integrated PEEL assessment (IPA) of Kent Police.",
            "PEEL",
            "2018/19",
            None,
        ),
        (
            "Essex Police is 'good' at legitimately keeping people safe\n\n"
            "The inspection is part of PEEL. An interim, risk-based approach was taken this time.",
            "PEEL",
            "2017",
            "legitimacy",
        ),
        (
            "Kent Police needs to answer faster\n\nHMICFRS graded Kent Police across nine areas of policing.",
            "PEEL",
            None,
            None,
        ),
        (
            "Kent Fire and Rescue Service\n\nFire and Rescue Service inspections 2018/19 – Kent",
            "Fire and rescue",
            "round 1",
            None,
        ),
        (
            "Shropshire 2021/22\n\nHow effective is the fire and rescue service at keeping people safe?\n\nGood\n\n"
            "Shropshire Fire and Rescue Service was good in its 2018/19 assessment.",
            "Fire and rescue",
            "round 2",
            None,
        ),
        (
            "Police forces across Wessex must tackle serious and organised crime together\n\n"
            "The Dorset, Wiltshire and Hampshire police forces have been reviewed by HMICFRS.",
            "Serious and organised crime",
            None,
            None,
        ),
        (
            "Kent Fire and Rescue Service\n\nHMICFRS has inspected the service in its second round of inspections.",
            "Fire and rescue",
            "round 2",
            None,
        ),
        (
            "London Fire Brigade does better\n\nHMICFRS graded the brigade across 11 areas. It was ‘adequate’ in all.",
            "Fire and rescue",
            "round 3",
            None,
        ),
        ("Dorset Police\n\nDorset Police: Crime Data Integrity inspection 2018", "Crime data integrity", None, None),
        (
            "Dorset Police fails victims\n\nHMICFRS has today published its report on the accuracy of crime recording"
            " in Dorset and has judged Dorset Police as ‘inadequate’.",
            "Crime data integrity",
            None,
            None,
        ),
        ("Police custody in North Wales – improved\n\nInspectors were pleased.", "Custody", None, None),
        ("The Met must protect children better\n\nThe force was inspected.", "Child protection", None, None),
        (
            "The chief inspector\n\nState of Policing: The Annual Assessment of Policing in England and Wales 2012/13",
            "State of Policing",
            "2012/13",
            None,
        ),
        ("Reform is due\n\nState of Fire and Rescue – The Annual Assessment 2021", "State of Fire", "2021", None),
        (
            "Gwent Police saves well\n\nPolicing in austerity: rising to the challenge is out today. Gwent is fit.",
            "Valuing the police",
            "2013",
            None,
        ),
    ],
)
def test_a_release_names_its_programme_cycle_and_pillar(
    text: str, programme: str, cycle: str | None, pillar: str | None
) -> None:
    read = framework_of(text)

    assert (read.programme, read.cycle, read.pillar) == (programme, cycle, pillar)


def test_the_report_it_links_to_outweighs_an_inspection_it_recalls() -> None:
    read = framework_of(
        "Kent Police records crime well\n\nKent Police: Crime Data Integrity re-inspection 2018\n\n"
        "The force was last graded in PEEL 2016. Crime recording will form part of PEEL 2018/19."
    )

    assert (read.programme, read.cycle, read.kind) == ("Crime data integrity", None, Kind.DATA_INTEGRITY)


def test_a_cycle_is_read_of_this_inspection_not_of_the_one_before() -> None:
    read = framework_of(
        "Kent Police improves\n\nPEEL 2018/19 – Kent Police\n\nIn its PEEL 2017 inspection the force was good."
    )

    assert read.cycle == "2018/19"


@pytest.mark.parametrize(
    "text",
    [
        "Kent Police praised\n\nPublished on: 8 December 2016\n\nThis is part of the PEEL inspections of 3 March 2016.",
        "Kent Police praised\n\nHMIC inspected the force under PEEL. It has grown since 2015.",
        "Kent Police praised\n\nPEEL 2015 – Kent Police\n\nPEEL 2016 – Kent Police",
    ],
)
def test_a_date_or_two_cycles_do_not_make_a_cycle(text: str) -> None:
    read = framework_of(text)

    assert (read.programme, read.cycle) == ("PEEL", None)
    assert any("which cycle" in doubt for doubt in read.doubts)


def test_the_heading_and_address_of_a_page_tell_what_its_releases_leave_out() -> None:
    heading = Origin(page_heading="PEEL: Police efficiency 2017 – force press releases")
    address = Origin(url=f"{SITE}news/news-feed/frs-inspections-2018-19-tranche-2-service-press-releases/")
    police = framework_of(
        "Kent Police spends its money well\n\nHMICFRS found that Kent Police:\n\n- plans well.", heading
    )
    fire = framework_of("Kent Fire and Rescue Service\n\nHMICFRS judged that the service is ‘good’.", address)

    assert (police.programme, police.cycle, police.pillar) == ("PEEL", "2017", "efficiency")
    assert (fire.programme, fire.cycle) == ("Fire and rescue", "round 1")
    assert police.evidence == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kent Police moved into enhanced monitoring\n\nPEEL: Kent Police causes of concern", Kind.MONITORING),
        ("Gwent Police leaves Engage\n\nThe force has improved.", Kind.MONITORING),
        (
            "Better days for Gwent Police\n\nGwent Police has been removed from an enhanced level of monitoring.",
            Kind.MONITORING,
        ),
        (
            "Gwent Police gets better, three years after Engage\n\nPEEL 2023–25 – An inspection of Gwent Police",
            Kind.FORCE_INSPECTION,
        ),
        (
            "Gwent Police gets better\n\nPEEL 2021/22 – An inspection of Gwent Police\n\n"
            "The force was moved into Engage in 2020.",
            Kind.FORCE_INSPECTION,
        ),
        ("Following improvements, Gwent Police removed from Engage\n\nIt is out.", Kind.MONITORING),
        ("How police Engage with Gwent\n\nPEEL 2021/22 – An inspection of Gwent Police", Kind.FORCE_INSPECTION),
        ("Statement on Gwent Police\n\nThe chief inspector commented.", Kind.CORPORATE),
        ("London Fire Brigade revisited\n\nHMICFRS has seen progress on causes of concern.", Kind.REVISIT),
        ("Too few fire engines\n\nThe first inspection of fire and rescue services has ended.", Kind.NATIONAL),
        ("Essex Police revisited\n\nPEEL: Police effectiveness 2015 – a revisit of Essex Police", Kind.REVISIT),
        ("HMIC grades forces\n\nPEEL: Police efficiency 2015 – A national overview", Kind.NATIONAL),
        ("Too few detectives, says HMIC\n\nA report published today finds that forces lack them.", Kind.THEMATIC),
        ("Crime recording falls short\n\nAn interim report of HMIC’s crime data integrity inspection.", Kind.THEMATIC),
        ("Super-complaint on stalking\n\nThe report is published today.", Kind.SUPER_COMPLAINT),
        ("Consultation on police inspections\n\nHMICFRS inspects forces. Tell us your view of PEEL.", Kind.CORPORATE),
        ("Two join the team\n\nAnn Other and Jo Bloggs have been appointed as inspectors.", Kind.CORPORATE),
        ("An inspection of Kent Police’s counter-terrorism\n\nHMICFRS inspected Kent Police.", Kind.FORCE_INSPECTION),
        ("A walk in the park\n\nThe sun shone.", Kind.OTHER),
    ],
)
def test_the_kind_is_what_happened(text: str, kind: Kind) -> None:
    assert framework_of(text).kind is kind


def test_a_headline_on_a_pillar_is_of_no_programme_that_its_lead_only_touches() -> None:
    read = framework_of("Kent Police's effectiveness is good\n\nHMIC looked at children in custody in Kent.")

    assert (read.programme, read.pillar, read.kind) == (None, "effectiveness", Kind.FORCE_INSPECTION)


def test_a_section_of_a_page_of_releases_is_a_release_whatever_labels_stand_in_it() -> None:
    origin = Origin(page_heading="PEEL: police effectiveness 2017 – force press releases")

    assert (
        framework_of("Kent Police\n\nPublished on: 22 March 2018\n\nGet the report", origin).kind
        is Kind.FORCE_INSPECTION
    )


def test_a_footer_with_a_year_is_no_cycle() -> None:
    assert (
        framework_of("Kent Police praised\n\nHMIC inspected the force for PEEL.\n\nCrown copyright 2017").cycle is None
    )


@pytest.mark.parametrize("kind", [Kind.MONITORING, Kind.CORPORATE])
def test_a_release_on_monitoring_or_on_the_inspectorate_belongs_to_no_programme(kind: Kind) -> None:
    read = framework_of(
        "Kent Police moved into enhanced monitoring\n\nIts PEEL 2021/22 inspection found failings."
        if kind is Kind.MONITORING
        else "Your views on PEEL 2025–27\n\nHMICFRS is consulting on PEEL 2025–27."
    )

    assert (read.kind, read.programme, read.cycle) == (kind, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "PEEL 2016 – Kent\n\nOverall judgment\n\nGood\n\nEffectiveness\n\nNot yet graded",
        "Kent 2015\n\nHMI’s observations\n\nThe extent to which Kent Police is effective is good.",
        "Kent Police: an inspection\n\nPublished on: 3 May 2019\n\nPublication types: PEEL\n\nGet the report",
        "An inspection of Kent\n\nPublished on: 3 May 2019\n\nContents\n\nForeword\n\nThe force serves the county.",
        "To the chief constable\n\nDear Ann,\n\nI write about custody.\n\nYours sincerely,\n\nA. Inspector",
        "News\n\nNews article — Kent\n\nThe force improves.\n\nNews article — Essex\n\nThe force does not.",
        "Police forces in Engage\n\nKent Police\n\nEntered Engage\n\nMay 2022",
        "Kent 2018\n\nHow legitimately does the force treat the public?\n\nLast updated 3/5/2019\n\nThe force is fair.",
        "Kent 2021/22\n\nHow effective is the FRS at preventing fires?\n\nGood\n\nThe service visits many homes.",
        "Crime Data Integrity re-inspection 2018\n\nGet the report\n\nThe force records more than it did.",
    ],
)
def test_a_page_about_a_report_is_no_release(text: str) -> None:
    assert framework_of(text).kind is Kind.REPORT_PAGE


@pytest.mark.parametrize(
    "text",
    [
        f"Kent Police praised\n\nPublished on: 3 May 2019\n\nPublication types: PEEL\n\nGet the report{SAID}",
        "Kent Police praised\n\nGet the report\n\nPublished on: 3 May 2019\n\nHMICFRS said the force is better.",
        f"Kent Police praised\n\nDear readers may not know the force.{SAID}",
        f"Kent Police praised\n\nHow effective is the force at keeping people safe?\n\nGood{SAID}",
        "Forces graded\n\nHMIC has today graded forces.\n\nOutstanding\n\nDurham\n\nGood\n\nKent\n\nInadequate\n\nNone",
        "Kent Police praised\n\nLast updated 3 May 2019\n\nRead more about it\n\nHMICFRS said the force is better.",
    ],
)
def test_a_release_that_looks_a_little_like_such_a_page_stays_a_release(text: str) -> None:
    assert framework_of(text).kind is not Kind.REPORT_PAGE


WORDS = st.sampled_from(
    [
        "PEEL",
        "2021/22",
        "2016",
        "police legitimacy",
        "Kent Police",
        "Engage",
        "inspection",
        "of",
        "HMIC",
        "Get the report",
        "round 2",
        "\n\n",
        "-",
        "custody",
        "West Midlands ROCU",
        "the ROCU",
        "Fire and Rescue Service",
        ".",
        "State of Policing",
        "“",
        "graded",
    ]
)


@settings(max_examples=75)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_whatever_the_words_each_value_has_its_evidence_in_the_text(text: str) -> None:
    blocks = read_blocks(text)
    if not blocks:
        return
    sections = read_sections(blocks)
    bodies = read_bodies(sections, NOWHERE)
    read = read_framework(sections, tuple(body.id for body in bodies if body.role is BodyRole.SUBJECT), NOWHERE)

    for span in (*read.evidence.values(), *(body.evidence for body in bodies)):
        assert text[span.start : span.end] == span.quote
    assert set(read.evidence) == {name for name in ("programme", "cycle", "pillar") if getattr(read, name) is not None}
    assert len({body.id for body in bodies}) == len(bodies)


@settings(max_examples=30)
@given(st.sampled_from(["'", "’", "‘"]), st.sampled_from(["-", "–", "—"]), st.sampled_from([" ", "\n", "  "]))
def test_marks_and_line_ends_do_not_change_what_is_read(quote: str, dash: str, gap: str) -> None:
    read = framework_of(
        f"Kent Police{quote}s work is good\n\nPEEL{gap}2023{dash}25 {dash} An{gap}inspection of Kent Police\n\n"
        f"HMICFRS has graded{gap}the force."
    )

    assert (read.programme, read.cycle, read.kind) == ("PEEL", "2023-25", Kind.FORCE_INSPECTION)
