"""Whatever is said, there is an answer, and it is no fault of ours."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import fuzzing_questions
import pytest

from bot.bootstrap import build_services
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.services import Services

BATCH = 250


@pytest.fixture
def services(seeded_url: str) -> Iterator[Services]:
    made, database = build_services(Settings(_env_file=None, DATABASE_URL=seeded_url))  # type: ignore[call-arg]
    with database:
        yield fuzzing_questions.unplugged(made)


@pytest.mark.parametrize("first", range(0, 500, BATCH))
def test_any_question_is_answered(services: Services, first: int) -> None:
    for seed in range(first, first + BATCH):
        _, ask = fuzzing_questions.any_ask(random.Random(seed))

        fuzzing_questions.check(ask, services)


@pytest.mark.parametrize(
    "text", ["", " ", "x" * 13_000, "-" * 12_000, '"' * 300, "(" * 300, "serious " * 37, "😀" * 300]
)
def test_extremes_are_answered(services: Services, text: str) -> None:
    fuzzing_questions.check(fuzzing_questions.Ask(text, "message", "T1", "D1", "U1", personal=True), services)


def test_the_same_seed_asks_the_same() -> None:
    assert fuzzing_questions.any_ask(random.Random(7)) == fuzzing_questions.any_ask(random.Random(7))
