"""What is enough: all combinations of candidates, judged together.

`whatif` is the verb. It explores every arm of a design on each seed, which takes far
fewer runs than there are arms, folds what it finds, and answers from the counts.
"""

import os
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, suppress
from types import MappingProxyType
from typing import Literal

from attrs import define, evolve, frozen

from simulator import __version__
from simulator.experiment.comparison import check_size
from simulator.experiment.executors import uninterrupted
from simulator.experiment.plan import Plan, Question, make_plan
from simulator.experiment.results import kept_play, results_in
from simulator.experiment.stopping import Precision, Stopping
from simulator.experiment.whatif.choosing import chosen
from simulator.experiment.whatif.codec import ExploredCodec, whatif_provenance
from simulator.experiment.whatif.design import Design, DesignName
from simulator.experiment.whatif.design import design as choose_arms
from simulator.experiment.whatif.explore import Explored
from simulator.experiment.whatif.findings import Goal, WhatIf, WhatIfReading
from simulator.experiment.whatif.playing import Exploration, Ground
from simulator.experiment.whatif.tally import ReadingTally
from simulator.regions import mask_of
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario

REPLICATIONS = 100
"""Replications where neither a number nor a precision is asked for."""
MOST_REPLICATIONS = 10_000
"""Replications after which it ends where a precision alone is asked for."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
Ended = Literal["all", "precise", "interrupted"]


def whatif(
    scenario: Scenario,
    *,
    design: DesignName = "alone",
    candidates: Iterable[str] | None = None,
    offered: Posture | None = None,
    replications: int | None = None,
    precision: float | None = None,
    seed: int = 1,
    jobs: int | None = None,
    cluster: str | None = None,
    results: str | os.PathLike[str] | None = None,
    resume: bool = False,
    choose: Mapping[str, str] = _NOTHING,
    at_least: float = 0.9,
    within_s: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    screening: Callable[[int, int], None] | None = None,
) -> WhatIf:
    """Find what is enough, what it costs, and what each candidate adds to the others.

    Args:
        scenario: The scenario; of a variant, the options it was made with are kept.
        design: Which arms are compared; see `simulator.experiment.whatif.design`.
        candidates: Labels of what is tried, in force or not; if None see `choosing`.
        offered: What can be tried; `default_candidates` if not given.
        replications: Runs of each arm, or 100; with a precision at most, or 10,000.
        precision: Half the width every interval of a share of runs should have.
        seed: Any whole number.
        jobs: Processes used; one for each processor if not given.
        cluster: The address of a Dask scheduler whose workers play.
        results: A folder that keeps each replication as soon as it is finished.
        resume: Go on with the results in the folder, if there are any.
        choose: Axis -> option, for open questions that shall have one answer.
        at_least: The share of runs in which a set must meet a goal to be enough.
        within_s: Seconds in which it must be caught; else ``caught_within``.
        progress: Called after each replication with (finished, replications).
        screening: Called alike while a lattice is chosen; Ctrl-C raises in that time.

    Returns:
        What was found; also where Ctrl-C ended the runs early, as ``ended`` then says.

    Raises:
        ScenarioError: ``choose`` names an axis or option the scenario does not have.
        LastdayError: A candidate is not on offer, or workers or the folder unusable.
        ValueError: A number is out of range, or there is nothing to resume.
    """
    most = _most(replications, precision)
    check_size(most, jobs, cluster)
    asked = _Asked(scenario, design, seed, most, precision, at_least, within_s)
    plan = make_plan(scenario, candidates=offered, seed=seed, choose=choose)
    labels = chosen(
        design, plan, candidates, jobs=jobs, cluster=cluster, progress=screening
    )
    job, fold = asked.begin(plan, labels)
    what, codec = whatif_provenance(scenario, plan, job, most), ExploredCodec(job)
    with results_in(results, what, resume=resume) as kept:
        source = kept_play(job, most, codec, kept, jobs=jobs, cluster=cluster)
        fold.take(source, most, progress)
    return asked.findings(job, labels, fold)


def _most(replications: int | None, precision: float | None) -> int:
    if replications is not None:
        return replications
    return REPLICATIONS if precision is None else MOST_REPLICATIONS


@frozen
class _Asked:
    """What is asked of the runs, and what is told of it again."""

    scenario: Scenario
    design: DesignName
    seed: int
    most: int
    precision: float | None
    at_least: float
    within_s: int | None

    def __attrs_post_init__(self) -> None:
        """Refuse what no run can meet."""
        if not 0 < self.at_least <= 1:
            wrong = f"impossible share of runs ({self.at_least})"
            raise ValueError(f"{wrong}; accepted: above 0, up to 1")
        if self.within_s is not None and self.within_s < 0:
            wrong = f"impossible time ({self.within_s} s)"
            raise ValueError(f"{wrong}; accepted: 0 s or more")
        self._rule()

    @property
    def within(self) -> int:
        """The time in which it must be caught, in seconds."""
        given = self.within_s
        return self.scenario.tolerances.caught_within if given is None else given

    def _rule(self) -> Stopping | None:
        if self.precision is None:
            return None
        return Stopping(Precision(self.precision, max(2, self.most)))

    def begin(self, plan: Plan, labels: tuple[str, ...]) -> "tuple[Exploration, _Fold]":
        """Return what plays the runs, and what folds them."""
        arms = choose_arms(self.design, labels)
        job = Exploration(self.seed, tuple(_ground(q, arms) for q in plan.questions))
        goals: tuple[Goal, ...] = ("held",)
        if self.within_s is not None:
            goals = ("held", "caught")
        tallies = [
            ReadingTally.of(ground, within_s=self.within, goals=goals)
            for ground in job.grounds
        ]
        return job, _Fold(tallies, self._rule())

    def findings(
        self, job: Exploration, labels: tuple[str, ...], fold: "_Fold"
    ) -> WhatIf:
        """Make what was found of what was folded; an interrupt loses none of it."""
        readings, ended = fold.readings(job, self.at_least)
        return WhatIf(
            title=self.scenario.title,
            question=self.scenario.question,
            incident=self.scenario.incident,
            seed=self.seed,
            design=self.design,
            candidates=labels,
            replications=self.most,
            finished=fold.finished,
            version=__version__,
            at_least=self.at_least,
            within_s=self.within,
            readings=readings,
            precision=self.precision,
            ended=ended,
        )


@define(eq=False)
class _Fold:
    """The tallies of all readings, fed to the end, to a precision, or an interrupt."""

    tallies: list[ReadingTally]
    rule: Stopping | None
    finished: int = 0
    ended: Ended = "interrupted"

    def take(
        self,
        source: Generator[tuple[Explored, ...], None, None],
        most: int,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Fold what comes, in its order."""
        with suppress(KeyboardInterrupt), closing(source) as results:
            for number, explored in enumerate(results):
                with uninterrupted():
                    for tally, one in zip(self.tallies, explored, strict=True):
                        tally.add(number, one)
                    self.finished = number + 1
                if progress is not None:
                    progress(self.finished, most)
                if self.finished < most and self._is_precise():
                    self.ended = "precise"
                    return
            self.ended = "all"

    def readings(
        self, job: Exploration, at_least: float
    ) -> tuple[tuple[WhatIfReading, ...], Ended]:
        """Make the readings, and say how it all ended.

        Runs are played once more to tell how harm is done. That may take a while, so
        that an interrupt ends it, and what is not told by then is left untold.
        """
        readings: list[WhatIfReading] = []
        ended: Ended = "interrupted"
        with suppress(KeyboardInterrupt):
            with uninterrupted():
                readings = [tally.reading(at_least=at_least) for tally in self.tallies]
            for place, tally in enumerate(self.tallies):
                readings[place] = tally.explained(readings[place], job)
            ended = self.ended
        return tuple(readings), ended

    def _is_precise(self) -> bool:
        rule = self.rule
        # Counts of all arms are gathered only when the rule looks.
        if rule is None or self.finished not in rule.precision.looks:
            return False
        counts = {count for tally in self.tallies for count in tally.table.shares()}
        return rule.enough(self.finished, counts)


def _ground(question: Question, arms: Design) -> Ground:
    """Return the ground of a reading; the arm that is in force is among its arms."""
    ground = Ground(question, arms)
    mask = mask_of(arms.labels.index(label) for label in ground.in_force)
    if mask in arms.masks:
        return ground
    return Ground(question, evolve(arms, masks=(*arms.masks, mask)))
