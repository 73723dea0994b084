"""What follows a grade in a sentence: what it is for, that it is overall, when it was given, and further grades."""

from __future__ import annotations

from dataclasses import dataclass

from summaries.parsing.grades.area_lists import is_area, split_areas
from summaries.parsing.grades.claim_grammar import GRADE, GRADE_WORDS, SAFE_AND_LESS_CRIME, pattern
from summaries.parsing.layout.numbers import NUMBER
from summaries.parsing.layout.printed_dates import MONTH

PREPOSITION = (
    r"(?:in respect of|in relation to|in terms of|with regard to|with respect to|when it comes to|at|in|for|on)"
)
_IS_AGAIN = r"(?:(?:it )?(?:is|are|was|were) |(?:as|to be|being) )?"
_NEXT = rf"[,;]? ?(?:(?:and|but) )?{_IS_AGAIN}['\"]?{GRADE_WORDS}['\"]? {PREPOSITION}\b"
_STOP = r"\s*$|\s?[.;:!?()\"](?!\w)|\s+-\s"
# Where the sentence turns from the words about the grade to something else.
_TURN = (
    r",? (?:but|although|though|while|whereas|however|because|so that|despite|compared|subject to|provided)\b"
    r"|, (?:with|as|so|said|says|according|making|following|when|since|after|which|where|who|as well as"
    r"|(?:at|in|for) (?:which|its|their|the) (?:\S{1,12} ){0,3}(?:report|inspection)|(?:at|in|for) which)\b"
    r"|(?:,|,? and) (?:has|have|had|is|was|were|are|it|the (?:force|service|brigade|constabulary|inspectorate|police"
    r"|policing|fire)|its own|there|we|I|they|will|should|must|needs?|said|says|found|does|that|inspectors"
    r"|HMIC(?:FRS)?|claims|shows)\b"
)
_WORD = rf"(?:(?!{_NEXT}|{_TURN}|{_STOP})[^.;:!?()\"])"
_SEASON = rf"(?:(?:early|late|spring|summer|autumn|winter|{MONTH}) )?"
_DATE = (
    rf"(?:,? (?:in|at|during|following|from) (?:(?:its|our|the|that) )?(?:last )?{_SEASON}(?P<year>20\d\d)(?:/\d\d)?"
    r"(?: (?:PEEL )?(?:inspection|assessment|report))?| this year"
    r"| in (?:a|this|our|its|the) (?:(?:new|latest|most recent|recent) )?(?:report|inspection)(?: published today)?)"
)
_YEAR = rf"{_DATE}?"


_OVERALL = pattern(" overall")
_DATED = pattern(rf"{_DATE}(?={_STOP}|{_TURN}|{_NEXT}|,)")
_BARE = pattern(rf"{_YEAR}(?={_STOP}|{_TURN}|{_NEXT})")
_BARE_BEFORE_COMMA = pattern(r"(?P<year>(?!))?(?=,)")
_MATTER = pattern(rf",? {PREPOSITION} (?P<matter>{_WORD}{{2,400}}?){_YEAR}(?={_STOP}|{_TURN}|{_NEXT})")
# "in two areas (…)": counted, whatever the brackets hold.
_COUNTED_ASIDE = pattern(
    rf" (?:in|for|at|across) (?P<matter>(?:the )?{NUMBER} (?:areas?|aspects?))(?P<year>(?!))?(?= \()"
)
_SEMICOLON = pattern(rf"; ?(?:and )?(?P<matter>{_WORD}{{2,400}}?)(?={_STOP}|{_TURN}|{_NEXT})")
_CONTINUED = pattern(
    rf"(?:,|;)?(?: (?:and|but))? ?(?P<is>(?:it )?(?:is|are|was|were) )?(?:(?:as|to be|being) )?{GRADE}"
    rf"(?=,? {PREPOSITION} )"
)
#: In the words for a part they name a time, a judge or a share, not what is graded: "… last year", "most areas".
UNFIT = pattern(
    rf"{SAFE_AND_LESS_CRIME}|\b(?:by|years?|ago|previous|last|time|20\d\d)\b"
    r"|^(?:most|many|some|several|all|every|no|few|both|other|parts?|general|comparison|the (?:main|past|end))\b"
)
#: Counted, not named: "in two areas", "in the other five". That is a tally.
COUNTED = pattern(
    r"(?:all )?(?:the )?(?:(?:other|remaining|further|final|last|same) )?"
    rf"(?:{NUMBER}(?: (?:other|further|more|of))?\b.*"
    r"|(?:areas?|aspects?|ways|respects)\b.*)"
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows one grade: the span of its `matter` (what it is for), that it is `overall`, the span of a `year`,
    and where it ends. Spans are of the sentence."""

    end: int
    matter: tuple[int, int] | None = None
    overall: bool = False
    year: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """A further grade of the same body: "…, and requires improvement at …", printed at `start`; `again`: it has a verb
    of its own."""

    start: int
    grade: str
    quoted: bool
    again: bool
    end: int


def tail_at(plain: str, at: int) -> Tail | None:
    """What follows the grade that ends at `at`; None when that is not understood."""
    overall = _OVERALL.match(plain, at)
    start = overall.end() if overall else at
    for form in (_DATED, _BARE, _COUNTED_ASIDE, _MATTER, _BARE_BEFORE_COMMA):
        if found := form.match(plain, start):
            break
    else:
        return None
    year = found.span("year") if found["year"] else None
    if "matter" not in found.groupdict():
        return Tail(found.end(), None, overall is not None, year)
    end = _after_semicolons(plain, found.end("matter"))
    return Tail(max(end, found.end()), (found.start("matter"), end), overall is not None, year)


def _after_semicolons(plain: str, at: int) -> int:
    """Where the matter ends when its areas are parted by semicolons: "in preventing crime; managing offenders"."""
    while (part := _SEMICOLON.match(plain, at)) and all(
        is_area(part["matter"][start:end]) for start, end in split_areas(part["matter"])
    ):
        at = part.end()
    return at


def next_at(plain: str, at: int) -> Next | None:
    """The grade that a list adds at `at`."""
    found = _CONTINUED.match(plain, at)
    return (
        Next(found.start("grade"), found["grade"], found["quoted"] is not None, found["is"] is not None, found.end())
        if found
        else None
    )
