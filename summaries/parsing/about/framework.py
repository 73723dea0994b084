"""Which inspection a release is about: programme, cycle and pillar, each with the words that say so; and its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.frameworks import has_pillars
from summaries.parsing.about.cycles import Told, has_cycles, read_cycle
from summaries.parsing.about.kinds import kind_of, tells_of_monitoring
from summaries.parsing.about.origin import Origin
from summaries.parsing.about.page_shapes import is_report_page
from summaries.parsing.about.pillars import About, is_reported_by_pillar, read_pillar
from summaries.parsing.about.places import read_places
from summaries.parsing.about.programmes import read_programme
from summaries.types import Kind

if TYPE_CHECKING:
    from summaries.parsing.layout.sections import Sections
    from summaries.types import Evidence, Pillar

# Whatever inspection such a release recalls, it is none of its releases.
_OF_NO_PROGRAMME = frozenset((Kind.MONITORING, Kind.CORPORATE))


@dataclass(frozen=True, slots=True)
class Framework:
    """`evidence` holds the span that programme, cycle and pillar were read from, under the field's name; what only the
    heading or the address of the page says has none."""

    programme: str | None = None
    cycle: str | None = None
    pillar: Pillar | None = None
    kind: Kind = Kind.OTHER
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def read_framework(sections: Sections, subjects: tuple[str, ...], origin: Origin = Origin()) -> Framework:  # noqa: B008
    """Read programme, pillar, cycle and kind of a release about `subjects` (register ids). What neither it nor its
    page says stays None, with a doubt where it should be told."""
    places = read_places(sections, origin)
    named = read_programme(places, subjects)
    programme = named.programme
    about = read_pillar(places) if programme is None or has_pillars(programme) else About(None)
    is_page = origin.page_heading is None and is_report_page(sections, programme)
    kind = Kind.REPORT_PAGE if is_page else kind_of(places, subjects, programme, about.pillar)
    if kind in _OF_NO_PROGRAMME or (kind is Kind.REPORT_PAGE and tells_of_monitoring(places, subjects)):
        return Framework(kind=kind)
    told = read_cycle(programme, about.pillar, places) if programme else Told(None)
    if not is_reported_by_pillar(told.cycle):
        about = About(None)
    doubts = list(named.doubts)
    if programme and told.cycle is None and has_cycles(programme):
        doubts.append(f"The release does not say which cycle of “{programme}” it belongs to.")
    spans = {"programme": named.evidence, "cycle": told.evidence, "pillar": about.evidence}
    evidence = {name: span for name, span in spans.items() if span}
    return Framework(programme, told.cycle, about.pillar, kind, evidence, tuple(doubts))
