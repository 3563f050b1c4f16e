"""The engine: a stage is set once for all scenarios with the same honest work."""

from attrs import evolve

from simulator.experiment.engine import World, same_work
from simulator.scenario.organisation import Posture
from tests.experiment.engines import a_day
from tests.scenes import misuse


def test_the_misuse_plays_no_part_in_honest_work():
    """Scenarios that differ in the misuse share their honest work."""
    assert same_work(a_day(), evolve(a_day(), misuse=misuse(at=7)))


def test_the_organisation_does():
    """Scenarios of different organisations, clocks or targets do not."""
    assert not same_work(a_day(), a_day(name="another"))
    assert not same_work(a_day(), a_day(horizon=7))
    assert not same_work(a_day(), evolve(a_day(), targets=()))


def test_a_stage_is_set_once():
    """Days of all seeds are drawn on one stage."""
    engine = World()

    one, other = engine.draw_day(a_day(), 1), engine.draw_day(a_day(), 2)

    assert one.stage is other.stage


def test_runs_are_those_of_the_world():
    """A run on a day drawn before is the run without one."""
    engine, scenario = World(), a_day()
    day = engine.draw_day(scenario, 3)

    shared = engine.simulate(scenario, Posture(), 3, day=day)

    assert shared == engine.simulate(scenario, Posture(), 3)
