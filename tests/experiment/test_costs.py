"""Costs: sums of friction become rates, against what is in force."""

import math

import attrs
import pytest
from attrs import evolve

from simulator.clock import HOUR
from simulator.experiment.costs import CostTally, honest_days
from simulator.outcome import Friction
from tests.experiment.engines import a_day
from tests.scenes import desk

NONE = Friction(*(0 for _ in attrs.fields(Friction)))


def cost(*runs, less=NONE, days=0.5):
    """Sum up runs against what is in force."""
    tally = CostTally()
    for run in runs:
        tally.add(run, less=less, days=days)
    return tally.cost()


def test_added_time_is_for_one_request_beyond_what_is_in_force():
    """Ten seconds a request, where two were there already, are eight added."""
    run = evolve(NONE, requests=10, added_s=100)
    in_force = evolve(NONE, requests=5, added_s=10)

    found = cost(run, run, less=in_force)

    assert (found.added_s, found.added_low, found.added_high) == (8, 8, 8)


def test_what_is_in_force_is_told_absolutely():
    """The row of what is in force tells what that adds, not a difference."""
    assert cost(evolve(NONE, requests=10, added_s=100), less=None).added_s == 10


def test_a_run_without_requests_adds_nothing():
    """Where nobody asked for anything nobody waited."""
    assert cost(NONE).added_s == 0


def test_one_run_leaves_the_interval_open():
    """Of a single run the interval has no ends."""
    found = cost(NONE)

    assert (found.added_low, found.added_high) == (-math.inf, math.inf)


def test_rates_are_of_all_runs_together():
    """Shares and means divide the sums, so that long runs weigh more."""
    one = evolve(NONE, requests=1, refused=1, tickets=1, queue_wait_s=10)
    other = evolve(NONE, requests=3, refused=0, tickets=9, queue_wait_s=10)

    found = cost(one, other)

    assert (found.refused, found.queue_wait_s) == (0.25, 2.0)


def test_approvals_are_for_a_day_of_desks_at_work():
    """Three approvals in half a day are six a day."""
    assert cost(evolve(NONE, approvals=3)).approvals_per_day == 6


def test_alarms_are_for_an_analyst_shift():
    """Alarms are counted by rostered shifts, and split into true and false."""
    run = evolve(
        NONE,
        alarms=8,
        false_alarms=6,
        alarms_in_time=2,
        alarm_wait_s=80,
        analyst_shifts=2.0,
    )

    found = cost(run)

    assert (found.alarms_per_shift, found.false_share) == (4, 0.75)
    assert (found.alarm_wait_s, found.alarms_in_time) == (10, 0.25)


@pytest.mark.parametrize(
    "name", ["false_share", "alarm_wait_s", "slips_caught", "alarms_in_time"]
)
def test_a_share_of_nothing_is_none(name):
    """Where there was nothing to share, there is no share."""
    assert getattr(cost(NONE), name) is None


@pytest.mark.parametrize(
    ("desks", "hours"),
    [
        ((), 0),
        ((desk(opens=0, closes=8 * HOUR),), 8),
        ((desk(opens=0, closes=48 * HOUR),), 12),
        ((desk(opens=0, closes=4 * HOUR), desk(id="b", opens=2 * HOUR)), 8),
        ((desk(opens=6 * HOUR), desk(id="b", opens=0, closes=2 * HOUR)), 4),
    ],
)
def test_days_of_honest_work_count_once(desks, hours):
    """Desks at work at the same time count once, and only up to the horizon."""
    assert honest_days(a_day(desks=desks)) == hours / 24
