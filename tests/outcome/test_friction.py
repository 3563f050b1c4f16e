"""Friction: what honest work paid, and only honest work."""

from simulator.clock import MINUTE
from simulator.decisions import Approval, Decision
from simulator.outcome import measure
from simulator.trail import DeskDay, Refused, Truth
from tests.outcome.trail_builders import (
    FIVE,
    HORIZON,
    NOON,
    a_scenario,
    a_trail,
    alarm,
    did,
    executed,
    left,
    outsider,
    refused,
    requested,
    tried,
)

TWO_PEOPLE = Decision(approvals=(Approval("lead", 2, 3600),))


def friction(*scenes):
    """Measure the friction of a run."""
    return measure(a_trail(*scenes), a_scenario()).friction


def slip(at, name):
    """Ask, in honest work, for something about the wrong target."""
    truth = Truth(at, name, "agent-1", "honest-slip", "slip", "another")
    return [requested(at, name), truth]


def test_added_time_is_release_minus_request():
    """Seconds count until the release; the platform's own delay is not friction."""
    asked = requested(NOON, "act-1")
    late = executed(asked, NOON + 500, released=NOON + 90)

    found = friction(asked, late, did())

    assert (found.requests, found.added_s) == (1, 90)


def test_refusals_of_slips_are_catches():
    """A refused slip is a slip caught, not honest work refused."""
    found = friction(
        slip(NOON, "act-1"),
        Refused(NOON + 9, "act-1", "agent-1", "slip-caught", ("prompt",)),
        slip(NOON, "act-2"),
        requested(NOON, "act-3"),
        Refused(NOON, "act-3", "agent-1", "denied", ("lock",)),
        refused(),
    )

    assert (found.requests, found.refused) == (3, 1)
    assert (found.slips, found.slips_caught) == (2, 1)


def test_approvals_count_the_people_asked():
    """Everybody asked counts; a request denied at once asks nobody."""
    denied = TWO_PEOPLE | Decision(deny=True)

    found = friction(
        requested(NOON, "act-1", decision=TWO_PEOPLE),
        requested(NOON, "act-2", decision=denied),
        tried(decision=TWO_PEOPLE),
    )

    assert found.approvals == 2


def test_desks_add_up():
    """Tickets handled and their waits are summed over all desks."""
    found = friction(
        DeskDay(NOON, "one", 12, 10, 2, 300, 900), DeskDay(NOON, "two", 5, 5, 0, 50, 90)
    )

    assert (found.tickets, found.queue_wait_s) == (15, 350)


def test_alarms_from_inside_are_counted_true_and_false():
    """Signals from inside cost analysts; those not about the misuse are false."""
    found = friction(
        did(),
        alarm(NOON, looked_at=NOON + MINUTE),
        alarm(NOON, about="act-1", looked_at=NOON + 6 * MINUTE),
        alarm(HORIZON - 10, about="act-2"),
        outsider(NOON),
    )

    assert (found.alarms, found.false_alarms, found.alarms_in_time) == (3, 2, 1)
    assert found.alarm_wait_s == 7 * MINUTE + 10


def test_a_finding_of_access_left_behind_is_no_false_alarm():
    """An alarm about access that a leaver still has costs analysts and is true."""
    found = friction(
        left(), alarm(FIVE, about=left().request), alarm(FIVE, about="left-nobody")
    )

    assert (found.alarms, found.false_alarms) == (2, 1)


def test_analyst_time_is_in_shifts_of_eight_hours():
    """Sixteen rostered hours are two analyst shifts."""
    assert friction().analyst_shifts == 2.0
