"""Sets to which one more candidate does harm, beyond doubt.

On shared seeds a step that does nothing flips no replication, and one that moves chance
about flips as many one way as the other. The search looks at very many steps, so that
some look harmful by luck alone. What is told keeps the chance of one false claim among
all below `DOUBT`: half of it is spent on the steps with the fewest candidates, half of
the rest on the next size, and so on; within a size all steps share alike.

Source: C. E. Bonferroni (1936), as the bound on a union; spending by parts after
Lan and DeMets (1983), Biometrika 70, 659-663.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from simulator.experiment.whatif.findings import Goal
from simulator.experiment.whatif.paired import sign_test
from simulator.experiment.whatif.steps import Steps, StepTally
from simulator.regions import Region, masks, supersets

DOUBT = 0.05
"""Chance that anything is told that is not so."""
MOST = 5
"""Sets that are told."""
MOST_OF_ONE = 2
"""Sets that are told of one candidate."""


@frozen
class Harm:
    """A step that does harm.

    Attributes:
        steps: The steps of the candidate that is added.
        number: Which of them.
        goal: What is missed more often with it.
        lost: Replications that met the goal without it and not with it.
        mended: Replications in which it was the other way round.
        p: By the sign test.
    """

    steps: Steps
    number: int
    goal: Goal
    lost: int
    mended: int
    p: float

    @property
    def arm(self) -> int:
        """The arm without the candidate."""
        return self.steps.arm(self.number)

    @property
    def size(self) -> int:
        """How many candidates are on before it is added."""
        return self.steps.design.masks[self.arm].bit_count()


def harms(tallies: Sequence[StepTally]) -> tuple[Harm, ...]:
    """Find the smallest sets to which one more candidate does harm.

    Of sets that hold one another only the smaller is found. Fewest candidates first,
    then the largest drop.
    """
    doubts = _doubts(tallies)
    found = [
        harm
        for tally in tallies
        for goal in tally.goals
        for harm in _of(tally, goal, doubts)
    ]
    told: dict[tuple[str, int], Harm] = {}
    for harm in sorted(found, key=_order):
        told.setdefault((harm.steps.label, harm.arm), harm)
    return tuple(_few_of_each(told.values()))[:MOST]


def _order(harm: Harm) -> tuple[int, int, float, str, int]:
    return (harm.size, harm.mended - harm.lost, harm.p, harm.steps.label, harm.number)


def _few_of_each(found: Iterable[Harm]) -> Iterator[Harm]:
    seen: dict[str, int] = {}
    for harm in found:
        label = harm.steps.label
        seen[label] = seen.get(label, 0) + 1
        if seen[label] <= MOST_OF_ONE:
            yield harm


def _doubts(tallies: Sequence[StepTally]) -> dict[int, float]:
    """Return, for each size of a set, the p that a step must not exceed."""
    steps: dict[int, int] = {}
    for tally in tallies:
        for size, region in tally.steps.sizes.items():
            tests = region.bit_count() * len(tally.goals)
            steps[size] = steps.get(size, 0) + tests
    spent = enumerate(sorted(steps), start=1)
    return {size: DOUBT / 2**half / steps[size] for half, size in spent}


def _of(tally: StepTally, goal: Goal, doubts: Mapping[int, float]) -> Iterator[Harm]:
    steps, lost, mended = tally.steps, tally.lost[goal], tally.mended[goal]
    covered: Region = 0
    for size, region in steps.sizes.items():
        least = _fewest_flips(doubts[size])
        open_ = lost.at_least(least, region & ~covered)
        clear: Region = 0
        for flips, part in lost.alike(open_):
            for back, alike in mended.alike(part):
                p = sign_test(back, flips)
                if flips > back and p <= doubts[size]:
                    clear |= alike
                    yield from _some(steps, alike, goal, flips, back, p)
        covered |= _and_larger(steps, clear)


def _some(
    steps: Steps, alike: Region, goal: Goal, lost: int, mended: int, p: float
) -> Iterator[Harm]:
    for _, number in zip(range(MOST_OF_ONE), masks(alike), strict=False):
        yield Harm(steps, number, goal, lost, mended, p)


def _and_larger(steps: Steps, found: Region) -> Region:
    """Return steps with all steps whose set holds the set of one of them."""
    design = steps.design
    if not found:
        return 0
    if design.name == "lattice":
        return found | supersets(found, len(design.labels))
    parts = [design.masks[steps.arm(number)] for number in masks(found)]
    larger: Region = 0
    for region in steps.sizes.values():
        for number in masks(region):
            mask = design.masks[steps.arm(number)]
            if any(part & ~mask == 0 for part in parts):
                larger |= 1 << number
    return larger


def _fewest_flips(doubt: float) -> int:
    """Return the fewest flips, none of them back, that are beyond a doubt."""
    flips = 1
    while sign_test(0, flips) > doubt:
        flips += 1
    return flips
