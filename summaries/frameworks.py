"""What is known of the programmes of inspection: their cycles, pillars and grade scales, and what may be compared.

The facts, each with its source, are in `data/programmes.csv`, `cycles.csv`, `pillar_phrases.csv`, `series.csv` and
`questions.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summaries.register import rows
from summaries.types import Grade, Kind, Pillar, Scale


@dataclass(frozen=True, slots=True)
class Programme:
    """`phrases` are the words by which a release names it; `kind` is what its releases about one body are."""

    name: str
    kind: Kind
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round of a programme. `cycle` is None for a rolling programme, `scale` None for an ungraded one; `pillars`
    are those a release may be about, `wholes` what it grades as wholes: those pillars, and "people" in fire."""

    programme: str
    cycle: str | None
    scale: Scale | None
    pillars: frozenset[Pillar]
    wholes: frozenset[str]
    comparable_with: frozenset[str]


@cache
def programmes() -> dict[str, Programme]:
    """Every programme by name."""
    return {
        row["programme"]: Programme(row["programme"], Kind(row["kind"]), tuple(row["phrases"].split("|")))
        for row in rows("programmes.csv")
    }


@cache
def cycles(programme: str) -> tuple[Cycle, ...]:
    """The cycles of a programme, oldest first; none for a programme that is not known."""
    return tuple(
        Cycle(
            programme,
            row["cycle"] or None,
            Scale(row["scale"]) if row["scale"] else None,
            frozenset(Pillar(pillar) for pillar in row["pillars"].split("|") if pillar),
            frozenset(whole for whole in row["graded_as_wholes"].split("|") if whole),
            frozenset(other for other in row["comparable_with"].split("|") if other),
        )
        for row in rows("cycles.csv")
        if row["programme"] == programme
    )


def series_name(programme: str | None, cycle: str | None) -> str:
    """`PEEL 2016`, as far as the two are known; empty when neither is."""
    return " ".join(part for part in (programme, cycle) if part)


def has_pillars(programme: str) -> bool:
    return any(cycle.pillars for cycle in cycles(programme))


def grades_overall(programme: str) -> bool:
    """Whether a programme gives a body one overall grade. PEEL and the fire inspections grade pillars or areas only;
    a crime data integrity or regional inspection gives each body one judgment (their pages say so, `cycles.csv`)."""
    known = programmes().get(programme)
    return known is not None and known.kind in (Kind.DATA_INTEGRITY, Kind.REGIONAL)


def wholes_of(programme: str | None, cycle: str | None) -> frozenset[str]:
    """What a cycle grades as wholes; of all cycles of the programme when it is not known which."""
    return frozenset().union(
        *(
            entry.wholes
            for name in ([programme] if programme else ("PEEL",))
            for entry in cycles(name)
            if cycle is None or entry.cycle == cycle
        )
    )


def wholes_named(programme: str | None, words: str) -> tuple[str, ...]:
    """The pillars, and "people" in fire, that the words name, in the order of `data/pillar_phrases.csv`."""
    return tuple(about for about, phrase in _whole_phrases(programme or "PEEL") if phrase.search(words))


@cache
def _whole_phrases(programme: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["about"], re.compile(rf"\b(?:{row['phrases']})\b", re.IGNORECASE))
        for row in rows("pillar_phrases.csv")
        if row["programme"] == programme
    )


def scale_of(programme: str | None, cycle: str | None, whole: str | None = None) -> Scale | None:
    """The scale a grade was given on. Without a programme or cycle, only when all that graded the `whole` agree."""
    candidates = [
        entry
        for name in ([programme] if programme else programmes())
        for entry in cycles(name)
        if (cycle is None or entry.cycle in (None, cycle)) and (whole is None or whole in entry.wholes)
    ]
    scales = {entry.scale for entry in candidates}
    return scales.pop() if len(scales) == 1 else None


def comparable(programme: str, one: str | None, other: str | None) -> bool:
    """Whether grades of two cycles of a programme may be set side by side as better or worse.

    Only when the inspectorate kept scale and questions: its reports for PEEL 2021/22 and 2023-25 say that theirs may
    not be compared with earlier ones. A cycle compares with itself.
    """
    known = {entry.cycle: entry for entry in cycles(programme)}
    if one not in known or other not in known:
        return False
    return one == other or (other or "") in known[one].comparable_with


@dataclass(frozen=True, slots=True)
class Measure:
    """What a grade was measured with. `about` is the pillar, question or area as `question_named` gives it; `whole`
    tells a pillar, or a programme's one grade, from a question of the same name. `cycle` is None for a rolling
    programme, or when it is not known."""

    programme: str | None
    cycle: str | None
    about: str
    scale: Scale | None
    whole: bool = True

    @property
    def series(self) -> str:
        """`PEEL 2016`; empty when not even the programme is known."""
        return series_name(self.programme, self.cycle)


def why_not_comparable(one: Measure, other: Measure) -> str:
    """Why two grades may not be set side by side as better or worse, in a few words; empty when they may.

    They may when programme, pillar or question, scale and question set are the same (`comparable`). What is not known
    is not taken to be the same.
    """
    if None in (one.programme, other.programme):
        return "it is not known which inspection one of them is of"
    if one.programme != other.programme:
        return "other inspections, with other questions"
    if (one.whole, one.about) != (other.whole, other.about):
        return "another pillar" if one.whole and other.whole else "another question"
    return why_cycles_differ(one, other)


def why_cycles_differ(one: Measure, other: Measure) -> str:
    """The same of what two cycles of one programme grade, whatever the pillar or question."""
    if one.scale and other.scale and one.scale is not other.scale:
        first = next((entry.cycle for entry in cycles(one.programme or "") if entry.scale is Scale.FIVE), None)
        return f"the scale has five grades since {one.programme} {first}" if first else "the scales are not the same"
    if comparable(one.programme or "", one.cycle, other.cycle):
        return "" if one.scale is other.scale else "it is not known on which scale one of them was given"
    known = {entry.cycle for entry in cycles(one.programme or "")}
    if one.cycle not in known or other.cycle not in known:
        return "it is not known which cycle one of them is of"
    return f"the questions changed between {other.series} and {one.series}"


def question_named(programme: str | None, words: str) -> str:
    """A pillar, question or area by the one name of the many that releases print for it; the words themselves when it
    is not known to have another."""
    plain = " ".join(words.split()).strip(" .;:,")
    return _questions(programme or "").get(_question_key(plain), plain)


@cache
def _questions(programme: str) -> dict[str, str]:
    return {
        _question_key(printed): row["question"]
        for row in rows("questions.csv")
        if row["programme"] == programme
        for printed in (row["question"], *row["printed"].split("|"))
    }


def _question_key(words: str) -> str:
    plain = re.sub(r"[^\w\s-]", "", words.casefold()).removeprefix("how ").removeprefix("well ").removeprefix("it ")
    return " ".join(plain.split())


def scale_grades(scale: Scale) -> tuple[Grade, ...]:
    """The grades of a scale, the lowest first."""
    given = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.ADEQUATE, Grade.GOOD, Grade.OUTSTANDING)
    return given if scale is Scale.FIVE else tuple(grade for grade in given if grade is not Grade.ADEQUATE)


def cycle_of_year_running(programme: str, pillar: Pillar, nth: int) -> str | None:
    """The cycle that is the `nth` yearly one to grade the pillar, counting its first as 1; None outside the series."""
    for row in rows("series.csv"):
        if row["programme"] == programme and row["pillar"] == pillar.value and nth >= 1:
            year = int(row["first_cycle"]) + nth - 1
            return str(year) if year <= int(row["last_annual_cycle"]) else None
    return None


#: The words in which a release says that a grade is for a pillar: "good at how legitimately it …".
PILLAR_WORDS = {
    "legitimately": Pillar.LEGITIMACY,
    "legitimacy": Pillar.LEGITIMACY,
    "effectively": Pillar.EFFECTIVENESS,
    "effectiveness": Pillar.EFFECTIVENESS,
    "efficiently": Pillar.EFFICIENCY,
    "efficiency": Pillar.EFFICIENCY,
}

_GRADE_WORDS = re.compile(
    r"(outstanding|good|adequate|inadequate|requir(?:e[sd]?|ing) improvement|not (?:yet )?graded)\Z"
)


def grade_of(words: str) -> Grade | None:
    """The grade these words print ("requiring improvement", "‘Good’"), or None when they are not exactly a grade."""
    plain = " ".join(words.casefold().strip(" '\"‘’“”.,;:").split())
    found = _GRADE_WORDS.match(plain)
    if found is None:
        return None
    if plain.startswith("requir"):
        return Grade.REQUIRES_IMPROVEMENT
    return Grade.NOT_GRADED if plain.startswith("not") else Grade(plain)
