"""Telling how harm is done, from two runs of one seed."""

import pytest
from attrs import evolve

from simulator.clock import Seconds
from simulator.experiment.whatif.mechanism import mechanism
from simulator.streams import Constant
from simulator.world import simulate
from tests.experiment.whatif.staged import BELL, NOISY, busy_analyst, two_ways
from tests.scenes import HOUR, MINUTE, attempt, honest_work, leaver, misuse, scene
from tests.world.responses import response, shift, watch
from tests.world.stand_ins import posture, says, sees


def told(scenario, before, adding, seed=1):
    """Tell what adding a control or alert changes."""
    trails = (
        simulate(scenario, posture(*entries), seed)
        for entries in (before, (*before, adding))
    )
    return mechanism(scenario, adding.label, *trails)


def test_a_buried_alarm_is_told():
    """How long it waited, behind how many, and whose they were."""
    said = told(busy_analyst(), (BELL,), NOISY)

    assert said.startswith("Caught became ")
    assert "the true alarm of bell waited " in said
    assert (
        "(all of noisy) in the queue of watch, instead of 0 s behind no other" in said
    )


def test_an_alarm_that_nobody_came_to_is_told():
    """With the horizon before its turn, the true alarm still waits at the end."""
    said = told(busy_analyst(horizon=HOUR + 30 * MINUTE), (BELL,), NOISY)

    assert "nobody had turned to the true alarm of bell at the end, behind " in said


def test_a_way_that_avoids_the_watch_is_told():
    """Refused in the day, the leaver comes back when nobody is there to see it."""
    later = attempt(wait=Constant(Seconds(10 * HOUR)))
    desk, leads, office = watch(shift="office")
    scenario = scene(
        horizon=30 * HOUR,
        misuse=misuse(attempt(), later),
        shifts=shift("office", 8, 16),
        teams=(evolve(desk, shift="always"), leads, office),
        staff=(leaver(separation=28 * HOUR),),
    )
    said = told(scenario, (BELL,), says("lock", to="misuse-0.0", deny=True))

    way = "deactivate of celebrity by leaver"
    assert f"try 1 ({way}) was refused by lock at Mon 09:00. " in said
    assert f"Try 2 ({way}) took effect at Mon 19:00, where without lock " in said
    assert f"{way} did at Mon 09:00; nobody of watch was on shift then" in said


def test_access_ended_over_a_false_alarm_is_told():
    """Whose access the response ended, though they had no part in it."""
    scenario = scene(
        misuse=misuse(),
        desks=honest_work(tickets_per_hour=6.0),
        response=response(believes_false=1.0),
    )
    blaming = sees("blaming", of="act-front", staff="desk-1")
    said = told(scenario, (BELL,), blaming)

    assert (
        "the response ended the access of desk-1, who had no part in it, at Mon 08:11 "
        "over an alarm of blaming"
    ) in said


def test_a_signal_that_is_not_given_is_told():
    """An alert that watches the first way only says nothing about the second."""
    first_only = sees("first-only", of="misuse-0.0")
    said = told(two_ways(), (first_only,), says("lock", to="misuse-0.0", deny=True))

    assert said == (
        "Caught became missed: try 1 (deactivate of celebrity by leaver) was refused "
        "by lock at Mon 09:00. Try 2 (deactivate of celebrity by leaver) took effect "
        "at Mon 09:00, where without lock deactivate of celebrity by leaver did at Mon "
        "09:00; first-only, which was confirmed without lock, gave no signal."
    )


@pytest.mark.parametrize("seed", range(3))
def test_runs_that_are_alike_have_no_mechanism(seed):
    """Nothing is made up where nothing differs."""
    said = told(two_ways(), (BELL,), says("idle", to="nobody", deny=True), seed=seed)

    assert said == "Caught became caught: no single difference stands out."
