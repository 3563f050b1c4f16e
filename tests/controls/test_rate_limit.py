"""How many harmful actions pass, and how long the next one waits."""

import pytest
from attrs import evolve

from simulator.clock import HOUR, MINUTE
from simulator.controls import RateLimit
from simulator.decisions import ALLOW, DENY, Decision
from simulator.scenario.misuse import Requirement
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import again, attempt, honest_work, scene
from tests.verdicts import ends, outcome

THREE = RateLimit(limit=3)
SLOW = RateLimit(limit=3, beyond="throttle")


def requests(*minutes_ago, action="deactivate", staff="agent-1"):
    """Build the rows of requests made so many minutes before the act."""
    return tuple((ACT - m * MINUTE, staff, "requested", action) for m in minutes_ago)


def refusals(*minutes_ago):
    """Build the rows of refusals so many minutes before the act."""
    return tuple(
        (ACT - m * MINUTE, "agent-1", "refused", "deactivate") for m in minutes_ago
    )


def sweep(*tries, times=10, every=MINUTE, hours=12):
    """Build the scene of one target taken down after the other; a lead may help."""
    helped = evolve(again(times, every, *tries), accomplice=Requirement(role="lead"))
    return scene(misuse=helped, horizon=hours * HOUR)


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The fourth within the hour is one too many.
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(50, 20, 10)),
        DENY,
        "3 of 3 harmful actions allowed within 1 h went through",
        id="agent_deactivates_a_fourth",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(20, 10)),
        ALLOW,
        "2 of 3 harmful actions allowed within 1 h went through",
        id="agent_deactivates_a_third",
    ),
    # What happens at the very second counts; what is a whole window old does not.
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(0, 0, 0)),
        DENY,
        "3 of 3 harmful actions",
        id="script_deactivates_four_in_a_second",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(60, 20, 10)),
        ALLOW,
        "2 of 3 harmful actions",
        id="agent_deactivates_a_third_within_the_hour",
    ),
    # Refusals use nothing up.
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(50, 30, 20, 10) + refusals(10)),
        DENY,
        "3 of 3 harmful actions",
        id="agent_was_refused_once_in_four",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(50, 20, 10) + refusals(10)),
        ALLOW,
        "2 of 3 harmful actions",
        id="agent_was_refused_once_in_three",
    ),
    # Neither reading nor what others do counts.
    pytest.param(
        THREE,
        a_request(action="look-up"),
        FakeView(past=requests(50, 20, 10)),
        ALLOW,
        "look-up harms no target",
        id="agent_reads_after_three",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(
            past=requests(50, 20, action="look-up") + requests(10, staff="agent-2")
        ),
        ALLOW,
        "0 of 3 harmful actions",
        id="agent_deactivates_after_reading_twice",
    ),
    # Throttled, it waits until the oldest that stands in its way is an hour old.
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(50, 20, 10)),
        Decision(throttle_s=10 * MINUTE),
        "there is room again in 10 min",
        id="agent_waits_for_the_oldest_of_three",
    ),
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(50, 40, 20, 10)),
        Decision(throttle_s=20 * MINUTE),
        "there is room again in 20 min",
        id="agent_waits_for_the_second_oldest_of_four",
    ),
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(0, 0, 0)),
        Decision(throttle_s=HOUR),
        "there is room again in 1 h",
        id="script_waits_a_whole_window",
    ),
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(20, 10)),
        ALLOW,
        "2 of 3 harmful actions",
        id="agent_waits_for_nothing",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action beyond the limit is denied, or waits for room."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    ("control", "minutes_ago"),
    [
        pytest.param(THREE, (50, 20, 10), id="agent_is_denied"),
        pytest.param(SLOW, (20, 10), id="agent_is_let_through"),
    ],
)
def test_promises_room_only_to_those_who_wait(control, minutes_ago):
    """Who is denied, or need not wait, is told nothing of room in the window."""
    view = FakeView(past=requests(*minutes_ago))

    sentence = control.explain(a_request(), view)

    assert "room" not in sentence


@pytest.mark.parametrize("control", [THREE, SLOW], ids=["denied", "delayed"])
def test_alone_changes_the_outcome(control):
    """Of ten targets within minutes all are taken down, and only three with it."""
    scenario = sweep(hours=2)
    limited = outcome(scenario, control)

    assert (ends(scenario), outcome(scenario).harm.touched) == (("missed", ""), 10)
    assert (limited.verdict, limited.by) == ("limited", "rate-limit")
    assert limited.harm.touched == 3


@pytest.mark.parametrize(
    ("control", "scenario", "touched"),
    [
        pytest.param(RateLimit(limit=1), sweep(times=1), 1, id="single_target"),
        pytest.param(THREE, sweep(every=20 * MINUTE), 10, id="somebody_patient"),
        pytest.param(SLOW, sweep(), 10, id="somebody_who_waits_for_room"),
        pytest.param(
            THREE,
            sweep(attempt(), attempt(by="accomplice"), times=6),
            6,
            id="two_people_together",
        ),
        pytest.param(
            THREE,
            sweep(attempt(), attempt(through="shared-secret"), times=6),
            6,
            id="two_logins_of_one_person",
        ),
        pytest.param(
            THREE, sweep(attempt(batch=100), times=1), 100, id="one_request_for_many"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario, touched):
    """Few, slow or scattered acts all take effect, and so does a large one."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")
    assert touched == outcome(scenario, control).harm.touched


def test_costs_honest_work_in_a_rush():
    """In a rush honest work is refused, or waits; on a calm day it is not."""
    rush = scene(desks=honest_work(tickets_per_hour=60.0))
    calm = scene(desks=honest_work(tickets_per_hour=1.0))

    assert outcome(rush, THREE).friction.refused > 0
    assert outcome(rush, SLOW).friction.added_s > 0
    assert outcome(calm, RateLimit()).friction.refused == 0
