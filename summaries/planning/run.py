"""One run of planning: what its parts share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.attesting import Attester

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery_ports import DigestRenderer
    from summaries.planning.items import Spans


@dataclass(frozen=True, slots=True)
class Run:
    """`now` is the same for all of a run."""

    render: DigestRenderer
    now: datetime
    attester: Attester = field(default_factory=lambda: Attester(()))
    spans: Spans = field(default_factory=dict)
