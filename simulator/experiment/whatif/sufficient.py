"""The smallest sets that are enough for a goal.

More is not always better: an alert more may bury the true one. So a set with enough in
it may be too much, and whether a set is minimal is asked of the sets that are enough,
not of the neighbours of a boundary.
"""

from collections.abc import Iterator
from math import ceil
from typing import Literal

from simulator.experiment.whatif.counting import Counts
from simulator.experiment.whatif.design import Design
from simulator.experiment.whatif.findings import Arm, Sufficient
from simulator.experiment.whatif.table import ArmTable
from simulator.regions import Region, layers, masks, supersets

MOST = 20
"""Minimal sets that are listed."""
COMPARED = 2_000
"""Minimal sets of one size whose friction is compared, those first in the design."""


def sufficient(
    table: ArmTable,
    goal: Literal["stopped", "caught"],
    *,
    at_least: float,
    within_s: int,
) -> Sufficient:
    """Find the minimal sets that met a goal in a share of the runs, or in more.

    Args:
        table: The counts.
        goal: What is wanted.
        at_least: The share of runs, from 0 to 1.
        within_s: The time within which "caught" was counted, in seconds.
    """
    counts = table.verdicts["stopped"] if goal == "stopped" else table.caught
    enough = _enough(table, counts, at_least)
    minimal = minimal_sets(table.design, enough)
    arms = _first(table, minimal)
    shares = (arm.stopped if goal == "stopped" else arm.caught for arm in arms)
    return Sufficient(
        goal=goal,
        at_least=at_least,
        within_s=within_s if goal == "caught" else None,
        sets=arms,
        sure=tuple(share.low >= at_least for share in shares),
        how_many=minimal.bit_count(),
        share_of_sets=enough.bit_count() / len(table.design.masks),
    )


def _enough(table: ArmTable, counts: Counts, at_least: float) -> Region:
    # The product may miss a whole number by an ulp, which is not a run more.
    least = ceil(at_least * table.runs - 1e-9)
    return counts.at_least(least, table.design.everything) if table.runs else 0


def minimal_sets(design: Design, among: Region) -> Region:
    """Return the arms of a region of which no part is an arm of the region too."""
    if design.name == "lattice":
        return among & ~supersets(among, len(design.labels))
    found, kept = 0, list[int]()
    for arm in sorted(masks(among), key=lambda arm: design.masks[arm].bit_count()):
        mask = design.masks[arm]
        if not any(part & ~mask == 0 for part in kept):
            kept.append(mask)
            found |= 1 << arm
    return found


def by_size(design: Design, region: Region) -> Iterator[list[int]]:
    """Yield the arms of a region with equally many candidates on, the fewest first."""
    if design.name == "lattice":
        for layer in layers(len(design.labels)):
            if region & layer:
                yield list(masks(region & layer))
        return
    sizes: dict[int, list[int]] = {}
    for arm in masks(region):
        sizes.setdefault(design.masks[arm].bit_count(), []).append(arm)
    yield from (sizes[size] for size in sorted(sizes))


def _first(table: ArmTable, minimal: Region) -> tuple[Arm, ...]:
    """Return the first of minimal sets: fewest labels, then least friction."""
    found: list[Arm] = []
    for numbers in by_size(table.design, minimal):
        arms = [table.at(number) for number in numbers[:COMPARED]]
        found += sorted(arms, key=_price)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _price(arm: Arm) -> tuple[float, float, float, tuple[str, ...]]:
    """Return what orders sets of one size, to the steps of `assessed.Friction`."""
    pays = arm.friction
    return (
        round(pays.refused, 3),
        round(pays.added_s, 1),
        round(pays.false_alarms_per_shift, 1),
        arm.labels,
    )
