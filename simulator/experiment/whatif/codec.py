"""How what a replication explored is kept: as text to go on with, and as flat rows.

The text is JSON without names, as that of `simulator.experiment.answers`: for each
reading who fired, the different outcomes, and each leaf as the number of its outcome
and its arms. Arms of a lattice are written as cubes, pairs of masks: all arms that have
the candidates of the first and lack those of the second; other arms by number.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from simulator.experiment.answers import (
    FRICTION,
    HARM,
    TIMES,
    comparison_provenance,
    metrics_of,
    options_text,
    plain,
    reader_of,
)
from simulator.experiment.parts import Columns
from simulator.experiment.plan import Plan, replication_seed
from simulator.experiment.results import Provenance
from simulator.experiment.whatif.design import Design
from simulator.experiment.whatif.explore import Explored, Leaf
from simulator.experiment.whatif.playing import Exploration
from simulator.outcome import Outcome
from simulator.regions import Region, cubes, from_cubes, mask_of, masks
from simulator.scenario.scenario import Scenario

_ROW: Columns = (
    ("replication", "integer"),
    ("seed", "integer"),
    ("reading", "integer"),
    ("options", "text"),
    ("leaf", "integer"),
    ("arms", "text"),
    ("stands_for", "integer"),
    ("possible", "flag"),
    ("verdict", "text"),
    ("by", "text"),
)


@frozen(eq=False)
class ExploredCodec:
    """Writes what the replications of a what-if explored, and reads it back."""

    job: Exploration

    @property
    def design(self) -> str:
        """The name of the kind of experiment."""
        return f"whatif-{self.job.grounds[0].design.name}"

    @property
    def columns(self) -> Columns:
        """The columns of its rows; times are in whole seconds.

        ``arms`` is JSON: for a lattice a list of [on, off], masks over the candidates
        in order; for other designs a list of numbers of arms. ``by`` may name
        candidates of which only some are on in an arm.
        """
        return (*_ROW, *HARM, *TIMES, *FRICTION)

    def encode(self, result: tuple[Explored, ...]) -> str:
        """Write one replication as compact JSON."""
        told = [
            _written(ground.design, explored)
            for ground, explored in zip(self.job.grounds, result, strict=True)
        ]
        return _compact(told)

    def decode(self, text: str) -> tuple[Explored, ...]:
        """Read back what `encode` wrote."""
        return tuple(
            _read(ground.design, told)
            for ground, told in zip(self.job.grounds, json.loads(text), strict=True)
        )

    def rows(
        self, number: int, result: tuple[Explored, ...]
    ) -> Iterator[Mapping[str, Any]]:
        """Yield a row for each leaf of each reading."""
        seed = replication_seed(self.job.seed, number)
        readings = zip(self.job.grounds, result, strict=True)
        for reading, (ground, explored) in enumerate(readings):
            head = {
                "replication": number,
                "seed": seed,
                "reading": reading,
                "options": options_text(ground.options(number)),
            }
            for place, leaf in enumerate(explored.leaves):
                yield {
                    **head,
                    "leaf": place,
                    "arms": _compact(_spelled(ground.design, leaf.arms)),
                    "stands_for": leaf.arms.bit_count(),
                    **metrics_of(leaf.outcome),
                }


def whatif_provenance(
    scenario: Scenario, plan: Plan, job: Exploration, replications: int
) -> Provenance:
    """Return what a what-if is, so that it is known again.

    What is asked of the runs afterwards, such as the share that is enough, is no part
    of it: another question to the same runs needs no new ones.
    """
    codec = ExploredCodec(job)
    known = comparison_provenance(scenario, plan, replications)
    labels = job.grounds[0].design.labels
    return evolve(
        known,
        design=codec.design,
        columns=codec.columns,
        options={**known.options, "candidates": ", ".join(labels)},
    )


def _written(design: Design, explored: Explored) -> list[Any]:
    outcomes: dict[Outcome, int] = {}
    leaves = []
    for leaf in explored.leaves:
        place = outcomes.setdefault(leaf.outcome, len(outcomes))
        leaves.append([place, _spelled(design, leaf.arms)])
    return [sorted(explored.fired), [plain(outcome) for outcome in outcomes], leaves]


def _read(design: Design, told: list[Any]) -> Explored:
    fired, outcomes, leaves = told
    known = [reader_of(Outcome)(values) for values in outcomes]
    return Explored(
        tuple(Leaf(_meant(design, arms), known[place]) for place, arms in leaves),
        frozenset(fired),
    )


def _spelled(design: Design, region: Region) -> list[Any]:
    if design.name == "lattice":
        return [list(cube) for cube in cubes(region, len(design.labels))]
    return list(masks(region))


def _meant(design: Design, arms: list[Any]) -> Region:
    if design.name == "lattice":
        return from_cubes(arms, len(design.labels))
    return mask_of(arms)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
