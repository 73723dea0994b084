"""Moves into and out of enhanced monitoring: what happened, to whom, and since when."""

from __future__ import annotations

import pytest
from reading import read


def monitoring(*paragraphs: str) -> tuple[str, str | None] | None:
    found = read("\n\n".join(paragraphs)).monitoring
    return (found.event.value, found.since) if found else None


@pytest.mark.parametrize(
    ("headline", "event"),
    [
        ("Kent Police moved into enhanced monitoring", "entered"),
        ("Inspectorate places Kent Police in special measures", "entered"),
        ("Kent Police escalated to the Engage phase of monitoring", "entered"),
        ("Inspectors move Kent Police to the ‘Engage’ process", "entered"),
        ("Kent Police enters an enhanced level of monitoring", "entered"),
        ("Kent Police removed from enhanced monitoring", "left"),
        ("Kent Police moves out of Engage", "left"),
        ("Kent Police returns to the default phase of monitoring", "left"),
        ("Kent Police is no longer in special measures", "left"),
        ("Kent Police to remain in enhanced monitoring", "remains"),
        ("Kent Police still in Engage", "remains"),
        ("Cleveland Fire Brigade taken out of enhanced monitoring", "left"),
    ],
)
def test_the_headline_tells_the_event(headline: str, event: str) -> None:
    assert monitoring(headline, "The inspectorate has said so.") == (event, None)


def test_a_release_on_leaving_tells_since_when_it_was_in() -> None:
    assert monitoring(
        "Kent Police removed from enhanced monitoring",
        "Kent Police was moved into Engage on 11 March 2024. It has now left.",
    ) == ("left", "11 March 2024")


def test_a_release_on_staying_tells_since_when() -> None:
    assert monitoring("Kent Police remains in Engage", "The force has been in Engage since June 2022.") == (
        "remains",
        "June 2022",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Forces that fail can be moved into Engage.",
        "When a force is moved into Engage, it is visited more often.",
        "If it does not improve, the force may be moved into enhanced monitoring.",
        "Essex Police was moved into enhanced monitoring.",
        "The force engages with people and monitors them.",
        "It must engage the public.",
    ],
)
def test_what_may_happen_or_happened_to_others_is_no_event(text: str) -> None:
    assert monitoring("Kent Police praised for patience", "The force does well.", text) is None


def test_several_subjects_have_no_event() -> None:
    assert monitoring("Kent Police and Essex Police moved into enhanced monitoring") is None


@pytest.mark.parametrize("mark", ["## ", "**", ""])
def test_its_evidence_is_the_sentence(mark: str) -> None:
    headline = "Kent Police moved into enhanced monitoring"
    release = read(f"{mark}{headline}{mark.strip('# ')}\n\nThe inspectorate has said so.")

    assert release.monitoring
    assert release.monitoring.evidence.quote == headline
