"""Many settings of the numbers, played on the same seeds as the scenario itself.

study  = what is watched, in which arm, on which variants and seeds
point  = changes to the scenario's numbers
sample = what one run at one point says
"""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve, frozen

from simulator.errors import ScenarioError, nearest
from simulator.experiment.arms import default_candidates, only
from simulator.experiment.engine import Engine, same_work
from simulator.experiment.plan import replication_seed
from simulator.experiment.watched import Measure
from simulator.outcome import Outcome, measure
from simulator.scenario.numbers import Change, changed
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import Trail
from simulator.world import draw_day, simulate

Point = tuple[Change, ...]


@frozen(eq=False)
class Fresh:
    """The world, setting its stage anew each time: no two scenarios are alike here."""

    def draw_day(self, scenario: Scenario, seed: int) -> Any:
        """Draw the honest work of a seed."""
        return draw_day(scenario, seed)

    def simulate(
        self,
        scenario: Scenario,
        arm: Posture,
        seed: int,
        *,
        shadow: Posture | None = None,
        day: Any = None,
    ) -> Trail:
        """Play one run in the world."""
        return simulate(scenario, arm, seed, shadow=shadow, day=day)


@frozen(eq=False)
class Study:
    """What is watched.

    Attributes:
        variants: Scenarios that take turns. Their candidates are just what the arm
            adds to what is in force, so that their numbers can be moved too.
        off: Labels that the arm takes away from what is in force.
        measure: The answer.
        difference: The answer is that of the arm less that of what is in force.
        seed: Of the experiment.
    """

    variants: tuple[Scenario, ...]
    off: tuple[str, ...]
    measure: Measure
    difference: bool
    seed: int

    def arm(self, scenario: Scenario) -> Posture:
        """Return what is switched on."""
        posture = scenario.organisation.posture
        for label in self.off:
            posture = posture.minus(label)
        return posture.plus(scenario.candidates)

    @property
    def changes(self) -> tuple[str, ...]:
        """What the arm adds and takes away: "+four-eyes", "-soft-delete"."""
        added = (f"+{label}" for label in self.variants[0].candidates.labels)
        return (*added, *(f"-{label}" for label in self.off))


def study_of(
    variants: Sequence[Scenario],
    arm: Posture | Iterable[str] | None,
    measure: Measure,
    *,
    difference: bool,
    seed: int,
) -> Study:
    """Lay out what is watched.

    Raises:
        ScenarioError: The arm names what is neither in force nor a candidate.
    """
    in_force = variants[0].organisation.posture
    wanted = arm
    if not isinstance(wanted, Posture):
        wanted = _switched(variants[0], tuple(wanted or ()))
    off = tuple(label for label in in_force.labels if label not in wanted)
    there = (*in_force.controls, *in_force.alerts)
    added = Posture(
        tuple(control for control in wanted.controls if control not in there),
        tuple(alert for alert in wanted.alerts if alert not in there),
    )
    with_arm = tuple(evolve(variant, candidates=added) for variant in variants)
    return Study(with_arm, off, measure, difference, seed)


@frozen
class Sample:
    """One run: the answer, and the seconds until all was back; None if it has none."""

    value: float | None
    restore_s: int | None


@frozen(eq=False)
class Bench:
    """Points ready to be played, one replication after the other, in any process.

    Attributes:
        study: What is watched.
        points: The settings, each tried on every seed.
        engine: What plays the runs.
    """

    study: Study
    points: tuple[Point, ...]
    engine: Engine

    def __call__(self, number: int) -> tuple[Sample, tuple[Sample | None, ...]]:
        """Play one replication: the scenario itself, and each point.

        A point is None where its outcome equals that of the scenario in everything.
        """
        seed = replication_seed(self.study.seed, number)
        variant = self.study.variants[number % len(self.study.variants)]
        day = self.engine.draw_day(variant, seed)
        plain = self._outcomes(variant, seed, day)
        samples = []
        for point in self.points:
            scenario = changed(variant, point)
            own = day if same_work(variant, scenario) else None
            found = self._outcomes(scenario, seed, own)
            samples.append(None if found == plain else self._sample(found))
        return self._sample(plain), tuple(samples)

    def _outcomes(self, scenario: Scenario, seed: int, day: Any) -> tuple[Outcome, ...]:
        day = self.engine.draw_day(scenario, seed) if day is None else day
        arms = [self.study.arm(scenario)]
        if self.study.difference:
            arms.append(scenario.organisation.posture)
        return tuple(
            measure(self.engine.simulate(scenario, arm, seed, day=day), scenario)
            for arm in arms
        )

    def _sample(self, outcomes: tuple[Outcome, ...]) -> Sample:
        values = [self.study.measure.of(outcome) for outcome in outcomes]
        value = values[0]
        if self.study.difference:
            lacking = value is None or values[1] is None
            value = None if lacking else value - values[1]  # type: ignore[operator]
        return Sample(value, outcomes[0].times.restore_s)


def _switched(scenario: Scenario, labels: tuple[str, ...]) -> Posture:
    """Switch labels: off where they are in force, on where they are candidates."""
    arm = scenario.organisation.posture
    offered = default_candidates(scenario)
    known = sorted({*arm.labels, *offered.labels})
    for label in labels:
        if label not in known:
            hint = nearest(label, known) or f"accepted: {', '.join(known)}"
            raise ScenarioError(f"unknown control or alert ({label!r}); {hint}")
        arm = arm.minus(label) if label in arm else arm.plus(only(label, offered))
    return arm
