"""One replication of a what-if: every arm of every reading, on one seed.

The job is sent to other processes, so that it holds nothing but frozen values and the
stages of its scenarios.
"""

from collections.abc import Iterable

from attrs import Factory, frozen

from simulator.experiment.arms import only
from simulator.experiment.engine import World, same_work
from simulator.experiment.plan import Question, replication_seed
from simulator.experiment.whatif.design import Design
from simulator.experiment.whatif.explore import Explored, explore
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import Trail
from simulator.world import Day


@frozen
class Ground:
    """What one reading is about.

    Attributes:
        question: Its question, with the variants that take turns.
        design: Its arms.
    """

    question: Question
    design: Design

    @property
    def in_force(self) -> tuple[str, ...]:
        """The candidates that are in force; of the first variant, where they differ."""
        in_force = self.question.variants[0].organisation.posture.labels
        return tuple(label for label in self.design.labels if label in in_force)

    def variant(self, number: int) -> Scenario:
        """Return the scenario of a replication."""
        return self.question.variants[number % len(self.question.variants)]

    def options(self, number: int) -> tuple[tuple[str, str], ...]:
        """Return the options that hold in a replication."""
        swept = self.question.swept[number % len(self.question.variants)]
        return (*self.question.chosen, *swept)

    def settings(self, variant: Scenario, labels: Iterable[str]) -> Posture:
        """Return the settings of some candidates; what is in force keeps its own."""
        offered = self.question.candidates.plus(variant.organisation.posture)
        return posture_of(labels, offered)

    def arm(self, variant: Scenario, labels: Iterable[str]) -> Posture:
        """Return all that is switched on in the arm with just these candidates."""
        rest = variant.organisation.posture
        for label in self.design.labels:
            rest = rest.minus(label)
        return rest.plus(self.settings(variant, labels))


def posture_of(labels: Iterable[str], offered: Posture) -> Posture:
    """Return the part of a posture that has some labels."""
    chosen = Posture()
    for label in labels:
        chosen = chosen.plus(only(label, offered))
    return chosen


@frozen(eq=False)
class Exploration:
    """All readings of a what-if, ready to be played in any process.

    Attributes:
        seed: Where chance starts.
        grounds: One for each reading.
        engine: What draws the honest work of a seed.
    """

    seed: int
    grounds: tuple[Ground, ...]
    engine: World = Factory(World)

    def __call__(self, number: int) -> tuple[Explored, ...]:
        """Play one replication; all arms of each reading."""
        seed = replication_seed(self.seed, number)
        days: list[tuple[Scenario, Day]] = []
        found = []
        for ground in self.grounds:
            variant, design = ground.variant(number), ground.design
            day = next((day for known, day in days if same_work(known, variant)), None)
            if day is None:
                day = self.engine.draw_day(variant, seed)
                days.append((variant, day))
            settings = ground.settings(variant, design.labels)
            found.append(explore(variant, settings, design, seed, day))
        return tuple(found)

    def plain_runs(
        self, ground: Ground, number: int, arms: Iterable[Iterable[str]]
    ) -> tuple[Trail, ...]:
        """Play some arms of one reading in full, on the day of one replication."""
        variant, seed = ground.variant(number), replication_seed(self.seed, number)
        day = self.engine.draw_day(variant, seed)
        return tuple(
            self.engine.simulate(variant, ground.arm(variant, labels), seed, day=day)
            for labels in arms
        )
