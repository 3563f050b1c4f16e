"""What is written of the end of a leaver's access, and when."""

from simulator.scenario.organisation import ExitTask, System
from simulator.streams import Constant
from simulator.trail import AccessEnded
from tests.scenes import DAY, HOUR, leaver
from tests.world.stand_ins import play


def ended(*tasks, life=HOUR, notice=0, **parts):
    """Play a scene of exit tasks; return (when, what, by) of each end."""
    trail = play(
        misuse=None,
        offboarding=tasks,
        systems=(System("console", life),),
        staff=(leaver(notice=notice),),
        **parts,
    )
    return [(r.at, r.what, r.by) for r in trail.of(AccessEnded)]


def task(after, **parts):
    """Build a task that disables the account so long after notice."""
    return ExitTask("disable", "notice", Constant(after), ("console",), **parts)


def test_account_and_session_are_written_when_they_end():
    """The account ends first, the session with its token."""
    assert ended(task(90 * 60)) == [
        (90 * 60, "account", "disable"),
        (2 * HOUR, "session", "token-life"),
    ]


def test_session_that_is_not_open_has_no_end():
    """Where the account ends off shift no session ends with it."""
    assert ended(task(9 * HOUR)) == [(9 * HOUR, "account", "disable")]


def test_end_before_the_start_is_written_at_the_start():
    """An account that was disabled before the scenario began is so at its start."""
    assert ended(task(0), notice=-DAY) == [(0, "account", "disable")]


def test_end_at_the_horizon_is_not_written():
    """What ends at the horizon or later has not ended."""
    assert ended(task(12 * HOUR)) == []
    assert ended(task(12 * HOUR - 1)) != []


def test_ends_are_written_for_each_system():
    """Two systems end on their own, in order of time."""
    tasks = (
        ExitTask("late", "notice", Constant(10 * HOUR), ("console",)),
        ExitTask("early", "notice", Constant(9 * HOUR), ("vpn",)),
    )
    systems = (System("console", HOUR), System("vpn", HOUR))
    trail = play(misuse=None, offboarding=tasks, systems=systems)

    assert [(r.system, r.by) for r in trail.of(AccessEnded)] == [
        ("vpn", "early"),
        ("console", "late"),
    ]


def test_nothing_is_written_of_one_who_stays():
    """Without a leaver no access ends."""
    assert play(offboarding=(task(0),), staff=(), misuse=None).of(AccessEnded) == ()
