"""In which arms a goal was met in one replication, as regions over all arms."""

from collections.abc import Mapping

from attrs import frozen

from simulator.experiment.tally import HELD
from simulator.experiment.whatif.explore import Explored
from simulator.experiment.whatif.findings import Goal
from simulator.outcome import VERDICTS, Outcome, Verdict
from simulator.regions import Region, union


@frozen
class Met:
    """One replication, seen over all arms.

    Attributes:
        verdicts: The arms with each verdict; they do not overlap and hold all arms.
        goals: The arms that meet each goal.
    """

    verdicts: Mapping[Verdict, Region]
    goals: Mapping[Goal, Region]


def met(explored: Explored, within_s: int) -> Met:
    """Find the arms that met each goal in one replication.

    Args:
        explored: All arms on one seed.
        within_s: The time within which a confirmation is in time, in seconds.
    """
    verdicts: dict[Verdict, Region] = dict.fromkeys(VERDICTS, 0)
    caught = 0
    for leaf in explored.leaves:
        verdicts[leaf.outcome.verdict] |= leaf.arms
        if is_caught(leaf.outcome, within_s):
            caught |= leaf.arms
    return Met(
        verdicts,
        {
            "stopped": verdicts["stopped"],
            "held": union(region for v, region in verdicts.items() if v in HELD),
            "caught": caught,
        },
    )


def is_caught(outcome: Outcome, within_s: int) -> bool:
    """Say whether a run was stopped, or confirmed from inside soon enough."""
    detected_s = outcome.times.detect_s
    return outcome.verdict == "stopped" or (
        detected_s is not None and detected_s <= within_s
    )


def meets(outcome: Outcome, goal: Goal, within_s: int) -> bool:
    """Say whether a single run met a goal."""
    match goal:
        case "stopped":
            return outcome.verdict == "stopped"
        case "held":
            return outcome.verdict in HELD
        case "caught":
            return is_caught(outcome, within_s)
