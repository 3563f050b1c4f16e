"""Candidates that make no difference: given others, or at all."""

from collections.abc import Iterable

from simulator.experiment.whatif.findings import Redundant
from simulator.experiment.whatif.steps import Steps, StepTally
from simulator.regions import Region, masks


def redundant(tallies: Iterable[StepTally]) -> tuple[Redundant, ...]:
    """Find the candidates that changed no verdict beside some others, by label.

    Told of a candidate is the smallest set of others beside which adding it changed
    nothing in any replication; of equal ones the first of the design. Where adding it
    to none changed nothing either, but to some it did, it is not redundant: it only
    matters together with them.
    """
    found = (_of(tally) for tally in tallies)
    return tuple(sorted(filter(None, found), key=lambda one: one.label))


def _of(tally: StepTally) -> Redundant | None:
    steps, changed = tally.steps, tally.changed
    alone = steps.sizes.get(0, 0)
    if not changed and alone:
        return Redundant(steps.label, None)
    if alone & ~changed:
        return None
    beside = _smallest(steps, changed)
    if beside is None:
        return None
    return Redundant(steps.label, tuple(sorted(steps.design.on(beside))))


def _smallest(steps: Steps, changed: Region) -> int | None:
    """Return the smallest arm beside which the candidate changed nothing."""
    for region in steps.sizes.values():
        unchanged = region & ~changed
        if unchanged:
            return steps.arm(next(masks(unchanged)))
    return None
