"""Which outages a probe sees, and when."""

import pytest
from attrs import evolve

from simulator.alerts import ProtectedChangeAlert, SyntheticMonitor
from simulator.clock import MINUTE
from simulator.decisions import Alert
from simulator.streams import Constant
from simulator.trail import Alerted
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import (
    IN_PLACE,
    ORGANISATION,
    again,
    honest_work,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome, played

WATCHED = FakeView(watched=frozenset({"account-1"}))
NOBODY = FakeView()

PLAIN = SyntheticMonitor()
ONE_PROBE = SyntheticMonitor(interval=300, failures=1)


def signal(delay_s):
    """Build the signal of a probe so long after the effect."""
    return Alert(
        target="account-1",
        delay=Constant(delay_s),
        while_out=True,
        once_per_target=True,
        urgent=True,
    )


COLUMNS = ("alert", "record", "view", "expected", "fact")
ROWS = [
    # The second probe after the effect raises the alarm: 35 s and 60 s later.
    pytest.param(
        PLAIN,
        an_executed(at=36025),
        WATCHED,
        signal(95),
        "failed probe 2 of account-1 is due at 10:02, 1 min 35 s after the effect",
        id="agent_took_watched_target_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(at=36025),
        NOBODY,
        None,
        "account-1 is not on the list of watched targets",
        id="agent_took_unwatched_target_down",
    ),
    # A probe at the very second of the effect fails already; a second later it is the
    # whole interval to the next one.
    pytest.param(
        ONE_PROBE,
        an_executed(at=36000),
        WATCHED,
        signal(0),
        "failed probe 1 of account-1 is due at 10:00, 0 s after the effect",
        id="agent_took_target_down_as_the_probe_ran",
    ),
    pytest.param(
        ONE_PROBE,
        an_executed(at=36001),
        WATCHED,
        signal(299),
        "is due at 10:05, 4 min 59 s after the effect",
        id="agent_took_target_down_after_the_probe",
    ),
    # What stays in place, or was only asked for, fails no probe.
    pytest.param(
        PLAIN,
        an_executed(action="rename"),
        WATCHED,
        None,
        "rename takes nothing down",
        id="agent_renamed_watched_target",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        WATCHED,
        None,
        "looks at effects",
        id="agent_asks_to_take_watched_target_down",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, expected, fact):
    """A watched target that goes down raises an urgent alarm at a later probe."""
    raised = alert.watch(record, view)

    assert expected == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, expected, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

OUTAGE = scene(misuse=misuse())
RENAMED = scene(misuse=misuse(), actions=IN_PLACE)
SLOW = SyntheticMonitor(failures=10)
QUICK = evolve(ORGANISATION.response, rebuild=Constant(60))


def test_alone_changes_the_outcome():
    """An outage of a watched target is seen inside, and ended."""
    assert ends(OUTAGE) == ("missed", "")
    assert not outcome(OUTAGE).harm.restored
    assert ends(OUTAGE, PLAIN) == ("caught", "synthetic-monitor")
    assert outcome(OUTAGE, PLAIN).harm.restored


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(OUTAGE, ("caught", "synthetic-monitor"), id="the_act_itself"),
        pytest.param(RENAMED, ("missed", ""), id="stays_in_place"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and no probe sees a change to what is still there."""
    assert ending == ends(scenario, PLAIN)


def test_what_it_does_not_stop_goes_through_off_the_list():
    """Of three targets that are taken down, only the one on the list is missed."""
    scenario = scene(misuse=again(3, MINUTE))
    raised = played(scenario, PLAIN).of(Alerted)

    assert [alarm.target for alarm in raised] == ["celebrity"]
    assert outcome(scenario, PLAIN).harm.touched == 3


@pytest.mark.parametrize(("response", "tells"), [(QUICK, False), (None, True)])
def test_what_it_does_not_stop_goes_through_in_a_short_outage(response, tells):
    """An outage shorter than the probes take adds nothing to what others saw."""
    scenario = scene(misuse=misuse(), response=response or ORGANISATION.response)
    others = outcome(scenario, ProtectedChangeAlert())
    both = outcome(scenario, ProtectedChangeAlert(), SLOW)

    assert others.verdict == "caught"
    assert tells == (others != both)


def test_cost_is_true():
    """Honest work is on no list of watched targets, and raises no false alarm."""
    friction = outcome(scene(desks=honest_work()), PLAIN).friction

    assert friction.requests > 0
    assert friction.alarms == 0
