"""The world against closed forms: a queue, a race of two clocks, repeated reviews.

Every test compares a simulated mean or share with its formula inside an interval that a
right model leaves once in a thousand seeds or more seldom; the seeds are fixed.
"""

from math import factorial, sqrt
from statistics import fmean, stdev

import pytest

from simulator.alerts import PeriodicLogReview
from simulator.controls import FourEyes
from simulator.scenario.misuse import Misuse, Requirement, Step, When
from simulator.scenario.organisation import (
    Approvals,
    ExitTask,
    Posture,
    Team,
)
from simulator.streams import Exponential
from simulator.trail import Alerted, DeskDay, Executed, Passed
from simulator.world import simulate
from tests.scenes import (
    AT_ONCE,
    DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    desk,
    kind,
    leaver,
    misuse,
    scene,
)

pytestmark = pytest.mark.slow
Z = 3.29  # two-sided 99.9 %


def erlang_c(servers, load):
    """Return the chance to wait in M/M/c; load is arrival rate over service rate."""
    last = load**servers / factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / factorial(k) for k in range(servers)) + last)


@pytest.mark.parametrize(("approvers", "per_hour"), [(1, 18.0), (2, 40.0), (3, 66.0)])
def test_approval_queue_is_erlang_c(approvers, per_hour):
    """Requests wait for c approvers as Erlang C says: C / (c mu - lambda) + 1 / mu."""
    review_s = 2 * MINUTE
    work = scene(
        desks=(
            desk(
                tickets_per_hour=per_hour,
                kinds=(kind(handling=Exponential(5 * MINUTE), tier="protected"),),
            ),
        ),
        teams=(
            Team("desk", "agent", "contractor", "day", 60),
            Team("leads", "lead", "employee", "always", approvers),
            *ORGANISATION.teams[2:],
        ),
        approvals=Approvals(AT_ONCE, Exponential(review_s), 1.0, 0.0, 1.0, 0.0),
    )
    arm = Posture(controls=(FourEyes(role="lead", ttl=DAY),))

    means = []
    for seed in range(60):
        passed = simulate(work, arm, seed).of(Passed)
        means.append(fmean(p.waited_s for p in passed if p.at > HOUR))

    load = per_hour * review_s / HOUR
    wait_s = erlang_c(approvers, load) * review_s / (approvers - load)
    error = stdev(means) / sqrt(len(means))

    assert abs(fmean(means) - (wait_s + review_s)) < Z * error


@pytest.mark.parametrize(("action_s", "revocation_s"), [(HOUR, HOUR), (HOUR, 3 * HOUR)])
def test_race_of_revocation_against_action(action_s, revocation_s):
    """The action wins the race of two clocks with probability R / (A + R)."""
    race = scene(
        horizon=5 * DAY,
        staff=(leaver(separation=8 * HOUR),),
        offboarding=(
            ExitTask("disable", "separation", Exponential(revocation_s), ("console",)),
        ),
        misuse=Misuse(
            who=Requirement(person="leaver"),
            intent="revenge",
            when=When(anchor="separation"),
            plan=(Step((attempt(wait=Exponential(action_s)),)),),
        ),
    )
    runs = 2_000

    won = sum(bool(simulate(race, Posture(), s).of(Executed)) for s in range(runs))

    truth = revocation_s / (action_s + revocation_s)
    assert abs(won / runs - truth) < Z * sqrt(truth * (1 - truth) / runs)


def test_review_detection_is_geometric():
    """A review with chance p sees an act at the k-th with (1 - p)^(k - 1) p."""
    chance, runs = 0.3, 2_000
    act = scene(horizon=40 * DAY, misuse=misuse(at=HOUR), staff=(leaver(),))
    review = PeriodicLogReview(interval=DAY, coverage=0.5, diligence=0.6)
    looks = []
    for seed in range(runs):
        alerted = simulate(act, Posture(alerts=(review,)), seed).of(Alerted)
        if alerted:
            looks.append(1 + (alerted[0].at - HOUR) // DAY)

    for k in (1, 2, 5):
        truth = (1 - chance) ** (k - 1) * chance
        error = sqrt(truth * (1 - truth) / runs)

        assert abs(looks.count(k) / runs - truth) < Z * error


def test_tickets_wait_as_in_erlang_c():
    """Tickets wait for c rested people as Erlang C says: C / (c mu - lambda)."""
    people, per_hour, handling_s = 3, 24.0, 5 * MINUTE
    work = scene(
        horizon=5 * DAY,
        staff=(),
        desks=(
            desk(
                closes=4 * DAY,
                tickets_per_hour=per_hour,
                kinds=(kind(handling=Exponential(handling_s), acts=0.3),),
            ),
        ),
        teams=(
            Team("desk", "agent", "contractor", "always", people),
            *ORGANISATION.teams[1:],
        ),
    )

    means = []
    for seed in range(40):
        (day,) = simulate(work, Posture(), seed).of(DeskDay)
        means.append(day.waited_s / day.done)

    load = per_hour * handling_s / HOUR
    wait_s = erlang_c(people, load) * handling_s / (people - load)
    error = stdev(means) / sqrt(len(means))

    assert abs(fmean(means) - wait_s) < Z * error
