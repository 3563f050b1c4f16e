"""Law 9 over generated scenarios, with what is in force and with many candidates."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from simulator.testing.laws import leaves_are_plain_runs
from simulator.testing.strategies import postures, scenarios, seeds, suspicious_days

pytestmark = pytest.mark.slow
lenient = settings(suppress_health_check=[HealthCheck.too_slow])


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
    organisation = evolve(scenario.organisation, posture=in_force)

    leaves_are_plain_runs(evolve(scenario, organisation=organisation), candidates, seed)


@lenient
@given(scenario=scenarios(), candidates=postures(controls=10, alerts=6), seed=seeds)
def test_sampled_arms_of_a_large_lattice_are_plain_runs(scenario, candidates, seed):
    """Of a lattice that is too large to play, sampled subsets are plain runs."""
    leaves_are_plain_runs(scenario, candidates, seed)


@lenient
@given(day=suspicious_days(), seed=seeds)
def test_who_is_suspected_wrongly_is_refused_in_just_those_arms(day, seed):
    """Access that ends while all later work was to be skipped ends it in the leaf."""
    scenario, candidates = day

    leaves_are_plain_runs(scenario, candidates, seed)
