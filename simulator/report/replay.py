"""One run with everything a report needs to tell it."""

from collections.abc import Mapping
from functools import cached_property

from attrs import define

from simulator.outcome import Outcome, measure
from simulator.report.scene import Scene
from simulator.report.story import Story, story
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import Trail


@define(slots=False, frozen=True)
class Replay:
    """The run that is told: one seed, one option on every axis.

    Attributes:
        scenario: With that option taken on every axis.
        trail: What happened, with the candidates asked in the shadow.
        outcome: The same run, judged.
        candidates: What was asked in the shadow.
    """

    scenario: Scenario
    trail: Trail
    outcome: Outcome
    candidates: Posture

    @classmethod
    def of(cls, scenario: Scenario, trail: Trail, candidates: Posture) -> "Replay":
        """Judge a run, to tell it."""
        return cls(scenario, trail, measure(trail, scenario), candidates)

    @cached_property
    def scene(self) -> Scene:
        """The trail as a storyteller sees it."""
        return Scene(self.scenario, self.trail)

    @cached_property
    def story(self) -> Story:
        """The run as it is told."""
        return story(self.scene)

    @cached_property
    def shelf(self) -> Mapping[str, object]:
        """Every control and alert in force or asked, by its label."""
        both = self.candidates.plus(self.scenario.organisation.posture)
        return {item.label: item for item in (*both.controls, *both.alerts)}
