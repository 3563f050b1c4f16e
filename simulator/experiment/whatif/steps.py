"""Adding one candidate to an arm: all the ways to do so in a design, counted at once.

    step = an arm without a candidate, and the arm that differs by having it

The steps of one candidate are numbered, so that a region over arms becomes two regions
over steps: where it holds the arm without the candidate, and where it holds the arm
with it. In a lattice a step has the number of its arm without the candidate.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import Factory, define, frozen

from simulator.experiment.whatif.counting import Counts
from simulator.experiment.whatif.design import Design
from simulator.experiment.whatif.findings import Goal
from simulator.experiment.whatif.goals import Met
from simulator.regions import Region, columns, layers, masks, step


@frozen
class Steps:
    """All steps of one candidate.

    Attributes:
        design: The arms.
        thing: The position of the candidate among its labels.
    """

    design: Design
    thing: int

    @property
    def label(self) -> str:
        """The candidate."""
        return self.design.labels[self.thing]

    def seen(self, region: Region) -> tuple[Region, Region]:
        """Return the steps whose arm without, and whose arm with, is in a region."""
        if self.design.name == "lattice":
            return step(region, self.thing, len(self.design.labels))
        before, after = self._arms
        return _gathered(region, before), _gathered(region, after)

    def arm(self, number: int) -> int:
        """Return the number of the arm without the candidate."""
        return number if self.design.name == "lattice" else self._arms[0][number]

    @cached_property
    def sizes(self) -> Mapping[int, Region]:
        """The steps by how many candidates are on before; smallest first, none empty.

        Regions over steps.
        """
        things = len(self.design.labels)
        if self.design.name == "lattice":
            without = ~columns(things)[self.thing]
            return {
                n: layer & without for n, layer in enumerate(layers(things)[:things])
            }
        found: dict[int, Region] = {}
        for number, arm in enumerate(self._arms[0]):
            size = self.design.masks[arm].bit_count()
            found[size] = found.get(size, 0) | 1 << number
        return dict(sorted(found.items()))

    @cached_property
    def _arms(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The arms without, and with, the candidate; not of a lattice."""
        numbers = {mask: arm for arm, mask in enumerate(self.design.masks)}
        bit = 1 << self.thing
        pairs = [
            (arm, numbers[mask | bit])
            for mask, arm in numbers.items()
            if not mask & bit and mask | bit in numbers
        ]
        return tuple(arm for arm, _ in pairs), tuple(arm for _, arm in pairs)


@frozen
class Step:
    """Adding one candidate to one arm, and what that changed.

    Attributes:
        without: The number of the arm without the candidate.
        having: That of the arm with it.
        lost: Replications that met the goal without it only.
        mended: Those that met it with it only.
    """

    without: int
    having: int
    lost: int
    mended: int


def _gathered(region: Region, arms: tuple[int, ...]) -> Region:
    """Return the region whose bit n is the bit of the n-th of some arms."""
    digits = "".join("1" if region >> arm & 1 else "0" for arm in reversed(arms))
    return int(digits or "0", 2)


def _no_counts(tally: "StepTally") -> dict[Goal, Counts]:
    return {goal: Counts() for goal in tally.goals}


@define(eq=False)
class StepTally:
    """What the steps of one candidate changed, over all replications.

    Attributes:
        steps: The steps.
        goals: What is asked about.
        changed: Those that changed the verdict in any replication.
        lost: For each goal, how often a step turned an arm that met it into one that
            did not.
        mended: How often it did the opposite.
    """

    steps: Steps
    goals: tuple[Goal, ...]
    changed: Region = 0
    lost: Mapping[Goal, Counts] = Factory(_no_counts, takes_self=True)
    mended: Mapping[Goal, Counts] = Factory(_no_counts, takes_self=True)

    def add(self, met: Met) -> None:
        """Fold one replication in."""
        for region in met.verdicts.values():
            if region:
                without, having = self.steps.seen(region)
                self.changed |= without ^ having
        for goal in self.goals:
            without, having = self.steps.seen(met.goals[goal])
            self.lost[goal].add(without & ~having)
            self.mended[goal].add(having & ~without)

    def some(self, goal: Goal) -> Iterator[Step]:
        """Yield the steps from the two smallest sizes of set, and from the largest."""
        steps, design = self.steps, self.steps.design
        sizes = list(steps.sizes)
        for size in dict.fromkeys((*sizes[:2], *sizes[-1:])):
            for number in masks(steps.sizes[size]):
                arm = steps.arm(number)
                yield Step(
                    without=arm,
                    having=design.arm((*design.on(arm), steps.label)),
                    lost=self.lost[goal].at(number),
                    mended=self.mended[goal].at(number),
                )


def step_tallies(design: Design, goals: Iterable[Goal]) -> tuple[StepTally, ...]:
    """Begin to count the steps of every candidate that has any in a design."""
    every = (Steps(design, thing) for thing in range(len(design.labels)))
    kept = tuple(goals)
    return tuple(StepTally(steps, kept) for steps in every if steps.sizes)
