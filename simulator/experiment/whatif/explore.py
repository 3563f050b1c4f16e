"""Playing all arms of a design on one seed, exactly, in few runs.

The first run leaves open which arm is played. Wherever arms would make it go different
ways, it goes on with those that go one way, and the others wait for a run of their own
(`simulator.world.choices`). So every arm is in just one leaf, and the outcome of the
leaf is that of a plain run of the arm.
"""

from collections.abc import Collection

from attrs import evolve, frozen

from simulator.experiment.whatif.design import Design
from simulator.outcome import Outcome, measure
from simulator.regions import Region
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import Trail
from simulator.world import Ambiguous, Day, Memory, Open, simulate

TAPES_PAY_AFTER = 10
"""Runs of one day after which working tapes out begins to pay, as measured."""
TOGETHER = " + "
"""Between the labels of those that did something together, in `Outcome.by`."""


@frozen
class Leaf:
    """One way that the day can go.

    Attributes:
        arms: The arms under which it goes that way, as a region over their numbers.
        outcome: Their outcome. Its ``by`` may name candidates of which only some are
            on in an arm: see `did_it`.
    """

    arms: Region
    outcome: Outcome


@frozen
class Explored:
    """All arms of a design on one seed.

    Attributes:
        leaves: Each arm is in just one of them.
        fired: Candidates that answered, signalled, ended access, or had a part in
            undoing what was done, in any of the runs.
    """

    leaves: tuple[Leaf, ...]
    fired: frozenset[str]

    def leaf(self, arm: int) -> Leaf:
        """Return the leaf that an arm is in."""
        return next(leaf for leaf in self.leaves if leaf.arms >> arm & 1)


def did_it(outcome: Outcome, design: Design, on: Collection[str]) -> str:
    """Name what did it in an arm: those that are on of those that may have."""
    labels = outcome.by.split(TOGETHER)
    return TOGETHER.join(
        label for label in labels if label in on or label not in design.columns
    )


def explore(
    scenario: Scenario,
    candidates: Posture,
    design: Design,
    seed: int,
    day: Day,
    *,
    tapes_after: int = TAPES_PAY_AFTER,
) -> Explored:
    """Play every arm of a design on one seed.

    Args:
        scenario: The scenario, with the variant already chosen.
        candidates: The settings of the design's candidates, no more and no fewer.
        design: The arms.
        seed: Any whole number.
        day: The honest work of this seed.
        tapes_after: Runs that are played in full before honest work goes along tapes;
            it changes nothing but the time it takes.
    """
    arm = scenario.organisation.posture.plus(candidates)
    waiting, leaves, fired = [design.everything], list[Leaf](), set[str]()
    memory = Memory(seed)
    while waiting:
        memory.skips_routine = len(leaves) >= tapes_after
        choices, trail = _play(scenario, arm, design, waiting.pop(), day, memory)
        waiting += choices.left
        leaves.append(Leaf(choices.region, measure(trail, scenario)))
        fired |= choices.heard
    return Explored(tuple(leaves), frozenset(fired))


def _play(
    scenario: Scenario,
    arm: Posture,
    design: Design,
    region: Region,
    day: Day,
    memory: Memory,
) -> tuple[Open, Trail]:
    """Play one way for some of the arms of a region to go."""
    choices = Open(design.columns, region)
    try:
        trail = simulate(
            scenario, arm, day.seed, day=day, choices=choices, memory=memory
        )
    except Ambiguous:
        whole = evolve(memory, skips_routine=False)
        choices = Open(design.columns, region)
        trail = simulate(
            scenario, arm, day.seed, day=day, choices=choices, memory=whole
        )
    return choices, trail
