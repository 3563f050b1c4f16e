"""Law 9: leaves part the arms, and each is a plain run of every arm it stands for."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import simulate
from simulator.experiment.arms import only
from simulator.experiment.whatif.design import design
from simulator.experiment.whatif.explore import did_it, explore
from simulator.outcome import measure
from simulator.regions import masks
from simulator.scenario.organisation import Posture
from simulator.testing.strategies import postures, scenarios, seeds
from simulator.world import draw_day

pytestmark = pytest.mark.slow
lenient = settings(suppress_health_check=[HealthCheck.too_slow])


def played(scenario, candidates, on, seed):
    """Measure a plain run of an arm."""
    arm = scenario.organisation.posture
    for label in candidates.labels:
        arm = arm.minus(label)
    for label in on:
        arm = arm.plus(only(label, candidates))
    return measure(simulate(scenario, arm, seed), scenario)


def is_equal(explored, chosen, scenario, candidates, seed, arms):
    """Hold leaves against plain runs of some arms."""
    for arm in arms:
        on = chosen.on(arm)
        told = explored.leaf(arm).outcome
        told = evolve(told, by=did_it(told, chosen, on))
        assert told == played(scenario, candidates, on, seed), on


def with_posture(scenario, posture):
    """Put controls and alerts in force."""
    return evolve(scenario, organisation=evolve(scenario.organisation, posture=posture))


@lenient
@given(
    scenario=scenarios(),
    in_force=postures(controls=2, alerts=2),
    candidates=postures(controls=3, alerts=2),
    seed=seeds,
)
def test_every_arm_of_a_small_lattice_is_a_plain_run(
    scenario, in_force, candidates, seed
):
    """Brute force over all subsets gives the outcome of each leaf."""
    if not candidates.labels:
        candidates = postures_of_one()
    scenario = with_posture(scenario, in_force)
    chosen = design("lattice", candidates.labels)
    explored = explore(scenario, candidates, chosen, seed, draw_day(scenario, seed))

    covered = 0
    for leaf in explored.leaves:
        assert leaf.arms
        assert not covered & leaf.arms
        covered |= leaf.arms
    assert covered == chosen.everything
    arms = masks(chosen.everything)
    is_equal(explored, chosen, scenario, candidates, seed, arms)


def postures_of_one():
    """One control, where none was drawn."""
    from simulator.controls import FourEyes

    return Posture((FourEyes(),), ())


@lenient
@given(
    scenario=scenarios(),
    candidates=postures(controls=10, alerts=6),
    seed=seeds,
    data=st.data(),
)
def test_sampled_arms_of_a_large_lattice_are_plain_runs(
    scenario, candidates, seed, data
):
    """Of a lattice that is too large to play, sampled subsets are plain runs."""
    candidates = candidates.plus(postures_of_one())
    chosen = design("lattice", candidates.labels)
    explored = explore(scenario, candidates, chosen, seed, draw_day(scenario, seed))
    last = len(chosen.masks) - 1
    arms = data.draw(st.lists(st.integers(0, last), min_size=6, max_size=6))
    is_equal(explored, chosen, scenario, candidates, seed, [0, last, *arms])
