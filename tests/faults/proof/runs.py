"""All runs, in their order and at their sizes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from proof import answering, contrary, killing, models
from proof.stores import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from proof.result import Result


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of each: kills at a failpoint, kills at random, pauses, deliveries a fault and role, workspaces, deaths
    or lost replies of a control, channels that are down for ten days."""

    at_failpoint: int
    at_random: int
    pauses: int
    each_fault: int
    workspaces: int
    control: int
    down: int
    machine: tuple[int, int]


FEW = 5

FULL = Sizes(
    at_failpoint=50, at_random=500, pauses=150, each_fault=25, workspaces=1000, control=40, down=50, machine=(1000, 60)
)
TRIAL = Sizes(
    at_failpoint=12, at_random=100, pauses=24, each_fault=4, workspaces=100, control=10, down=10, machine=(100, 60)
)
QUICK = Sizes(at_failpoint=1, at_random=20, pauses=6, each_fault=1, workspaces=20, control=4, down=5, machine=(40, 30))


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the report, to be: `do` takes the address of an empty store."""

    group: str
    name: str
    database: str
    do: Callable[[str], Result]


def all_runs(sizes: Sizes, seed: int) -> Iterator[Run]:
    """Every run on both databases, one kind after the other; then the models, which need none."""
    for group, made in _groups(sizes).items():
        for database in KINDS:
            for name, do in made.items():
                yield Run(group, name, database, partial(do, database=database, seed=seed))
    examples, steps = sizes.machine
    sized = {"database": "sqlite", "seed": seed, "steps": steps}
    yield Run("machine", "machine", "sqlite", partial(models.machine, examples=examples, **sized))
    # As many as it takes to find a duplicate for certain, whatever the size of the rest.
    control = partial(models.unsettled_machine, examples=100, **{**sized, "steps": 60})
    yield Run("machine-control", "unsettled-machine", "sqlite", control)
    yield Run("calendar", "calendar", "none", partial(models.calendar, database="none", seed=seed))


def _groups(sizes: Sizes) -> dict[str, dict[str, Callable[..., Result]]]:
    """A few kills at all steps together need one world, many at each step a world for each."""
    each = {step: (step,) for step in killing.FAILPOINTS}
    steps = each if sizes.at_failpoint > FEW else {"failpoints": killing.FAILPOINTS}
    return {
        "failpoints": {
            name: partial(killing.failpoints, steps=some, kills=sizes.at_failpoint) for name, some in steps.items()
        },
        "random": {"random": partial(killing.random_kills, kills=sizes.at_random)},
        "pauses": {"pauses": partial(killing.pauses, stops=sizes.pauses)},
        "matrix": {"matrix": partial(answering.matrix, each=sizes.each_fault)},
        "scale": {"scale": partial(answering.scale, teams=sizes.workspaces)},
        "controls": {
            "resending": partial(contrary.resending, deaths=sizes.control),
            "sdk": partial(contrary.sdk_retries, lost=sizes.control),
            "unsettled": partial(contrary.unsettled, lost=sizes.control),
        },
        "down": {"down": partial(answering.ten_days_down, channels=sizes.down)},
    }
