"""What plays the runs of an experiment: the world, or in tests a fake of it."""

from typing import Any, Protocol

from attrs import Factory, define

from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import Trail
from simulator.world import Day, Stage, draw_day, prepare, simulate


class Engine(Protocol):
    """Plays runs. It is sent to other processes, so it must be possible to pickle."""

    def draw_day(self, scenario: Scenario, seed: int) -> Any:
        """Draw the honest work of a seed, to be shared between arms."""

    def simulate(
        self,
        scenario: Scenario,
        arm: Posture,
        seed: int,
        *,
        shadow: Posture | None = None,
        day: Any = None,
    ) -> Trail:
        """Play one run."""


@define(eq=False)
class World:
    """The world of `simulator.world`; it sets the stage of a scenario only once."""

    _stages: list[tuple[Scenario, Stage]] = Factory(list)

    def draw_day(self, scenario: Scenario, seed: int) -> Day:
        """Draw the honest work of a seed."""
        return draw_day(scenario, seed, stage=self._stage(scenario))

    def simulate(
        self,
        scenario: Scenario,
        arm: Posture,
        seed: int,
        *,
        shadow: Posture | None = None,
        day: Day | None = None,
    ) -> Trail:
        """Play one run in the world."""
        return simulate(scenario, arm, seed, shadow=shadow, day=day)

    def _stage(self, scenario: Scenario) -> Stage:
        for known, stage in self._stages:
            if same_work(known, scenario):
                return stage
        stage = prepare(scenario)
        self._stages.append((scenario, stage))
        return stage


def same_work(one: Scenario, other: Scenario) -> bool:
    """Say whether honest work drawn for one scenario serves the other too."""
    return one is other or (
        one.organisation == other.organisation
        and one.clock == other.clock
        and one.targets == other.targets
    )
