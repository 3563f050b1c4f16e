"""What common random numbers save where one candidate is added to an arm.

All arms meet the same chance, so that most of what chance does to one of two arms it
does to the other too, and drops out of their difference.
"""

from collections.abc import Iterable
from statistics import median

from simulator.experiment.whatif.paired import pairs_of
from simulator.experiment.whatif.steps import StepTally
from simulator.experiment.whatif.table import ArmTable


def usually_saved(table: ArmTable, tallies: Iterable[StepTally]) -> float | None:
    """Return what share of the variance of a difference the shared chance took away.

    Each difference is that in the share of runs held which adding one candidate makes;
    see `pairing.Pairs.saving`. Looked at are the steps from small sets, and to all
    candidates, that changed any run, where chance decides with and without the
    candidate; beside a share of 0 or 1 there is nothing that could be saved.

    Args:
        table: The counts of all arms.
        tallies: What the steps of each candidate changed.

    Returns:
        The median over these steps; None where there are none.
    """
    known = []
    for tally in tallies:
        for step in tally.some("held"):
            held = table.held(step.without), table.held(step.having)
            changes = step.lost or step.mended
            if changes and all(0 < count < table.runs for count in held):
                both = pairs_of(*held, step.lost, step.mended, table.runs)
                known.append(both.saving().saved or 0.0)
    return median(known) if known else None
