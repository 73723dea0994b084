"""A withdrawn release is marked wherever it is still shown: whoever quotes it would be wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summaries.exporting import Format, head, pieces
from summaries.query import Filter
from summaries.withdrawing import withdraw

if TYPE_CHECKING:
    from stage import Stage

MARK = "▲ *Withdrawn* on 21 November 2026: published in error. Not to be quoted."
NAMED = "▲ *R-5 was withdrawn* on 21 November 2026: published in error. Not to be quoted."
CORPUS = Path(__file__).parents[1] / "golden" / "corpus"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def taken_back(asked_only: Stage) -> Stage:
    """The five seeds, of which Hampshire's was withdrawn."""
    withdraw(asked_only.bot.database, asked_only.clock, 5, "published in error.")
    return asked_only


@pytest.mark.parametrize(
    "words",
    [
        "Hampshire",
        "Hampshire 2016",
        "R-5",
        "latest",
        "latest Hampshire",
        "search vetting force:hampshire",
        "what about vetting in Hampshire",
        "quote R-5 ¶9",
        "verify R-5 ¶9",
        "verify “I have judged that Hampshire Constabulary as ‘good’ at legitimately keeping people safe”",
    ],
)
def test_what_shows_a_withdrawn_release_says_when_and_why_and_not_to_quote_it(taken_back: Stage, words: str) -> None:
    assert plain(taken_back.ask(words).text).count(MARK) == 1


@pytest.mark.parametrize("words", ["grades", "compare Hampshire, Kent", "history Hampshire", "changed Hampshire"])
def test_what_sets_releases_side_by_side_names_the_withdrawn_one_and_marks_its_receipt(
    taken_back: Stage, words: str
) -> None:
    answer = taken_back.ask(words)

    assert plain(answer.text).count(NAMED) == 1
    assert "R-5 ¶1 (withdrawn)" in plain(json.dumps(answer.blocks, ensure_ascii=False))


@pytest.mark.parametrize("words", ["Thames Valley", "R-1", "grades force:thames-valley", "search vetting force:kent"])
def test_what_shows_others_only_says_nothing_of_it(taken_back: Stage, words: str) -> None:
    assert "ithdrawn" not in taken_back.ask(words).text


def test_the_header_of_a_withdrawn_release_says_so_and_it_is_not_offered_for_print(taken_back: Stage) -> None:
    assert "withdrawn (PEEL 2016, legitimacy)\n" in taken_back.ask("Hampshire").text
    assert taken_back.ask("R-5").text.startswith("Withdrawn: Hampshire Constabulary is 'good'")
    assert plain(taken_back.ask("quote R-5 ¶9").text).startswith("Withdrawn, not to be printed: R-5 ¶9")
    assert taken_back.ask("verify “judged that Hampshire Constabulary as”").text.startswith("Withdrawn: R-5. Verbatim")
    assert "ready to print" not in json.dumps(taken_back.ask("verify R-5 ¶9").blocks)


def test_the_use_of_a_word_in_a_withdrawn_release_is_marked(taken_back: Stage) -> None:
    used = plain(taken_back.ask("explain good PEEL").text)

    assert re.search(r"R-5 ¶\d+ \(withdrawn\)", used)


def test_an_export_says_which_releases_were_withdrawn(taken_back: Stage) -> None:
    with taken_back.bot.database.read() as unit:
        rows = head(Format.CSV) + b"".join(one.content for one in pieces(unit, Filter(), Format.CSV, str))
        lines = [one.content for one in pieces(unit, Filter(), Format.JSON, str)]
    told = {row["number"]: row["withdrawn"] for row in csv.DictReader(io.StringIO(rows.decode("utf-8-sig")))}
    listed = {one["number"]: one["withdrawn"] for line in lines for one in json.loads(line)["releases"]}

    assert told == {"5": "2026-11-21: published in error.", "1": "", "2": "", "3": "", "4": ""}
    assert {number for number, why in listed.items() if why} == {5}


def test_a_card_begins_with_what_still_stands(stage: Stage) -> None:
    for name in ("09-cdi-good-wiltshire", "15-engage-exit-wiltshire"):
        stage.add(next(path for path in CORPUS.glob(f"{name}.*") if path.suffix != ".toml"))
    before = plain(stage.ask("Wiltshire").text)
    withdraw(stage.bot.database, stage.clock, newest := int(before.split("R-")[1][0]), "published in error")
    after = plain(stage.ask("Wiltshire").text)

    assert "withdrawn" not in after.splitlines()[0]
    assert f"R-{newest} ¶1 (withdrawn)" in after
    assert MARK not in after


def test_a_revision_that_comes_in_later_is_no_longer_marked(empty_stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_bytes((CORPUS.parents[2] / "seeds" / "004_6029efa0301d0f97.txt").read_bytes())
    empty_stage.add(file)
    withdraw(empty_stage.bot.database, empty_stage.clock, 1, "published in error")
    assert MARK in empty_stage.ask("R-1").text

    file.write_text(file.read_text(encoding="utf-8").replace("slow response", "very slow response"), encoding="utf-8")
    empty_stage.add(file)

    assert "ithdrawn" not in empty_stage.ask("R-1").text
    assert "ithdrawn" not in empty_stage.ask("R-1.1").text
