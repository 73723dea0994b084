"""What a run came to, as the report tells it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from proof.verdict import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from proof.verdict import Verdict
    from proof.world import World


@dataclass(slots=True)
class Result:
    """One line of the report. `wanted` says what must hold of it; `facts` are what else was counted or measured."""

    run: str
    what: str
    database: str
    seed: int
    wanted: str = "0 lost, 0 repeated"
    kills: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    verdict: Verdict | None = None
    judged: bool = False
    seconds: float = 0

    @property
    def holds(self) -> bool:
        return self.judged and not self.problems

    def require(self, met: bool, otherwise: str) -> None:
        """Something that must hold; what is said if it does not."""
        if not met:
            self.problems.append(otherwise)

    def judge(self, world: World) -> None:
        """Nothing lost, nothing repeated, nothing where it does not belong."""
        self.verdict, self.judged = judge(world), True
        self.require(self.verdict.holds, "deliveries were lost, repeated or misplaced")

    def condemn(self, world: World) -> None:
        """For a negative control: it must have repeated something, or the proof could not have seen that."""
        self.verdict, self.judged = judge(world), True
        self.wanted = "some repeated"
        self.require(self.verdict.repeated > 0, "nothing was repeated: the harness does not see what it must")

    def count(self, **facts: Any) -> None:
        """What was counted is the judgment: whatever was wrong with it is among the problems."""
        self.facts.update(facts)
        self.judged = True

    @contextmanager
    def timed(self) -> Iterator[Result]:
        """Measure the block; what goes wrong in it is a problem of this run, and ends no other one."""
        began = time.monotonic()
        try:
            yield self
        except Exception as problem:
            self.problems.append(f"{type(problem).__name__}: {problem}")
        self.seconds = round(time.monotonic() - began, 1)

    def json(self) -> dict[str, Any]:
        """As it is written to the report."""
        shown = asdict(self)
        verdict = shown.pop("verdict") or {}
        for name in ("facts", "judged"):
            shown.pop(name)
        return {**shown, **verdict, **self.facts, "holds": self.holds}

    def line(self) -> str:
        """As it is told to whoever waits."""
        told = self.verdict
        counted = ", ".join(f"{value} {name}" for name, value in self.facts.items()) or "no verdict"
        counts = f"{told.deliveries} deliveries, {told.lost} lost, {told.repeated} repeated" if told else counted
        kills = f", {self.kills} kills" if self.kills else ""
        what = f"{self.run} {self.what} ({self.database})"
        verdict = "holds" if self.holds else "DOES NOT HOLD: " + "; ".join(self.problems)
        return f"{what}: {counts}{kills}, {self.seconds:g} s: {verdict}"
