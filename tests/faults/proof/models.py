"""What is proven without a network: the state machine over a virtual clock, and five years of the calendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from proof.result import Result

FAULTS = Path(__file__).resolve().parents[1]
PROCESSES = 2


def machine(_: str, *, database: str, seed: int, examples: int, steps: int) -> Result:
    """So many examples of so many steps: no message twice at any step, at rest each once or a reason why not."""
    result = Result("machine", f"{steps} steps each", database, seed, wanted="every example holds")
    with result.timed():
        ended = _examples(examples, steps, seed)
        for process, said in ended:
            result.require(process.returncode == 0, said[-2_000:])
        result.count(examples=examples, steps=examples * steps)
    return result


def unsettled_machine(_: str, *, database: str, seed: int, examples: int, steps: int) -> Result:
    """The negative control: without time to settle, the same machine must find a message twice."""
    result = Result("machine", "without time to settle", database, seed, wanted="some example fails")
    with result.timed():
        ended = _examples(examples, steps, seed, "--unsettled")
        found = [said for process, said in ended if process.returncode and "AssertionError" in said]
        result.require(bool(found), "no example failed: the machine does not see what it must")
        result.count(examples=examples)
    return result


def calendar(_: str, *, database: str, seed: int) -> Result:
    """Every cadence at every half-hour of five years in six zones: each local period once, at its local time."""
    sys.path.append(str(FAULTS.parent / "unit"))
    import test_calendar as five_years

    result = Result("calendar", "5 years, 6 zones", database, seed, wanted="one window a local period")
    with result.timed():
        periods = 0
        for zone in five_years.FIVE_YEARS:
            for shape in five_years.CADENCES:
                days = list(five_years.named_days(shape, *five_years.span_of(zone)))
                for at in five_years.TIMES:
                    cadence = five_years.replace(shape, at=at)
                    due = five_years.five_years(cadence, zone)
                    right = due == five_years.expected(cadence, zone, days)
                    apart = all(other.due_at - one.due_at > timedelta(0) for one, other in pairwise(due))
                    result.require(right and apart, f"{zone}: {cadence}")
                    periods += len(due)
        result.count(zones=len(five_years.FIVE_YEARS), cadences=len(five_years.CADENCES), periods=periods)
    return result


def _examples(examples: int, steps: int, seed: int, *more: str) -> list[tuple[subprocess.Popen[str], str]]:
    """The state machine in several processes, each with its share of the examples and a seed of its own."""
    share = [str(FAULTS / "delivery_machine.py"), str(-(-examples // PROCESSES)), str(steps)]
    processes = [
        subprocess.Popen(
            [sys.executable, *share, str(seed + number), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    return [(process, process.communicate()[0]) for process in processes]
