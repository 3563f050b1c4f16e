"""Which outages a probe sees, and when."""

import pytest

from simulator.alerts import SyntheticMonitor
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed

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
