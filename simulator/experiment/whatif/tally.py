"""Folding the replications of one reading, and making the reading of the counts."""

from collections.abc import Iterable

from attrs import define, evolve

from simulator.experiment.costs import honest_days
from simulator.experiment.plan import replication_seed
from simulator.experiment.statistics import wilson
from simulator.experiment.whatif.explore import Explored
from simulator.experiment.whatif.findings import (
    Arm,
    Frontier,
    Goal,
    Sufficient,
    WhatIfReading,
    Worse,
)
from simulator.experiment.whatif.frontier import frontier
from simulator.experiment.whatif.goals import meets, met
from simulator.experiment.whatif.mechanism import mechanism
from simulator.experiment.whatif.playing import Exploration, Ground
from simulator.experiment.whatif.redundancy import redundant
from simulator.experiment.whatif.saving import usually_saved
from simulator.experiment.whatif.shapley import ShapleyTally
from simulator.experiment.whatif.steps import StepTally, step_tallies
from simulator.experiment.whatif.sufficient import sufficient
from simulator.experiment.whatif.table import ArmTable
from simulator.experiment.whatif.worse import Harm, harms
from simulator.outcome import measure


@define(eq=False)
class ReadingTally:
    """What has been counted of one reading.

    Attributes:
        ground: The reading.
        within_s: The time within which "caught" is in time, in seconds.
        table: Counts of all arms.
        steps: Counts of what adding each candidate changed.
        shapley: What each candidate adds; None but of a lattice.
    """

    ground: Ground
    within_s: int
    table: ArmTable
    steps: tuple[StepTally, ...]
    shapley: ShapleyTally | None

    @classmethod
    def of(
        cls, ground: Ground, *, within_s: int, goals: Iterable[Goal]
    ) -> "ReadingTally":
        """Begin to count.

        Args:
            ground: The reading; its design has the arm that is in force.
            within_s: The time within which "caught" is in time, in seconds.
            goals: What adding a candidate may do harm to.
        """
        design = ground.design
        is_lattice = design.name == "lattice"
        return cls(
            ground,
            within_s,
            ArmTable(design, design.arm(ground.in_force)),
            step_tallies(design, goals),
            ShapleyTally(design.labels, "held") if is_lattice else None,
        )

    def add(self, number: int, explored: Explored) -> None:
        """Fold one replication in."""
        seen = met(explored, self.within_s)
        days = honest_days(self.ground.variant(number))
        self.table.add(explored, seen, days=days)
        for tally in self.steps:
            tally.add(seen)
        if self.shapley is not None:
            self.shapley.add(seen.goals["held"])

    def reading(self, *, at_least: float) -> WhatIfReading:
        """Make the reading; how harm is done is left to `explained`.

        Args:
            at_least: The share of runs in which a set must meet a goal to be enough.
        """
        table, question = self.table, self.ground.question
        enough = tuple(
            sufficient(table, goal, at_least=at_least, within_s=self.within_s)
            for goal in ("stopped", "caught")
        )
        best = frontier(table)
        return WhatIfReading(
            chosen=question.chosen,
            says=question.says,
            reference=table.at(table.reference),
            arms=self._arms(enough, best),
            sufficient=enough,
            frontier=best,
            shapley=self.shapley.found() if self.shapley else (),
            redundant=redundant(self.steps) if table.runs else (),
            worse=tuple(map(self._counted, harms(self.steps))),
            silent=table.fired_never(),
            runs=table.leaves,
            stands_for=len(table.design.masks) * table.runs,
            table=table,
            saved=usually_saved(table, self.steps),
        )

    def _arms(self, enough: Iterable[Sufficient], best: Frontier) -> tuple[Arm, ...]:
        """List every arm, or of a lattice those that matter."""
        table, design = self.table, self.table.design
        if design.name != "lattice":
            return tuple(table.at(number) for number in range(len(design.masks)))
        numbers = [0, *(1 << n for n in range(len(design.labels)))]
        listed = [table.at(number) for number in numbers]
        listed += [arm for one in enough for arm in one.sets]
        listed += [*best.points, table.at(len(design.masks) - 1)]
        return tuple({arm.labels: arm for arm in listed}.values())

    def explained(self, reading: WhatIfReading, job: Exploration) -> WhatIfReading:
        """Add to a reading how harm is done, told from a run that shows it.

        Args:
            reading: What `reading` made.
            job: What played the runs; it plays a few in full.
        """
        found = zip(reading.worse, harms(self.steps), strict=True)
        told = tuple(self._told(worse, harm, job) for worse, harm in found)
        return evolve(reading, worse=told)

    def _counted(self, harm: Harm) -> Worse:
        """Say of a step that it does harm."""
        table, steps = self.table, harm.steps
        labels = steps.design.on(harm.arm)
        before, after = (
            self._count(harm, on) for on in (labels, (*labels, steps.label))
        )
        return Worse(
            arm=tuple(sorted(labels)),
            adding=steps.label,
            before=wilson(before, table.runs),
            after=wilson(after, table.runs),
            flips=harm.lost,
            mended=harm.mended,
            p=harm.p,
            goal=harm.goal,
        )

    def _told(self, worse: Worse, harm: Harm, job: Exploration) -> Worse:
        """Add the first replication that shows the harm, and what happened in it."""
        number, how = self._shown(job, harm, harm.steps.design.on(harm.arm))
        return evolve(
            worse,
            mechanism=how,
            seed=replication_seed(job.seed, number),
            chosen=self.ground.options(number),
        )

    def _count(self, harm: Harm, labels: Iterable[str]) -> int:
        number = self.table.design.arm(labels)
        if harm.goal == "held":
            return self.table.held(number)
        return self.table.caught.at(number)

    def _shown(
        self, job: Exploration, harm: Harm, labels: tuple[str, ...]
    ) -> tuple[int, str]:
        """Find the first replication that was lost, and tell what happened in it."""
        adding = harm.steps.label
        for number in range(self.table.runs):
            variant = self.ground.variant(number)
            arms = (labels, (*labels, adding))
            trails = job.plain_runs(self.ground, number, arms)
            without, having = (
                meets(measure(trail, variant), harm.goal, self.within_s)
                for trail in trails
            )
            if without and not having:
                return number, mechanism(variant, adding, *trails)
        raise AssertionError("a leaf differs from a plain run of its arm")
