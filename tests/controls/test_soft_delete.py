"""What can be undone, and for how long."""

import pytest

from simulator.clock import DAY, HOUR
from simulator.controls import SoftDelete
from simulator.decisions import ALLOW
from tests.fakes import FakeView, a_request

AGENT = FakeView()

PLAIN = SoftDelete()
SHORT = SoftDelete(undo_window=2 * HOUR, actions=("deactivate",))

COLUMNS = ("control", "asked", "window_s", "fact")
ROWS = [
    # Everything is kept for thirty days,
    pytest.param(
        PLAIN,
        a_request(),
        30 * DAY,
        "deactivate on account-1 can be undone for 30 d, until day 31 15:50",
        id="agent_deactivates",
    ),
    pytest.param(
        PLAIN,
        a_request(action="rename"),
        30 * DAY,
        "rename on account-1 can be undone for 30 d",
        id="agent_renames",
    ),
    # or only what is listed,
    pytest.param(
        SHORT,
        a_request(),
        2 * HOUR,
        "can be undone for 2 h, until 17:50",
        id="agent_deactivates_what_is_listed",
    ),
    pytest.param(
        SHORT,
        a_request(action="rename"),
        0,
        "does not keep rename reversible",
        id="agent_renames_what_is_not_listed",
    ),
    # and after reading there is nothing to undo.
    pytest.param(
        SHORT,
        a_request(action="look-up"),
        0,
        "look-up harms no target",
        id="agent_reads",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_keeps(control, asked, window_s, fact):
    """An action covered stays reversible for the window."""
    assert window_s == control.undo_window_s(asked.action)


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides_nothing(control, asked, window_s, fact):
    """A request is never refused by it."""
    assert control.decide(asked, AGENT) == ALLOW


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, window_s, fact):
    """The sentence names the window."""
    assert fact in control.explain(asked, AGENT)
