"""When the roster lets a person act."""

import pytest

from simulator.clock import HOUR, MINUTE, Span
from simulator.controls import ShiftHours
from simulator.decisions import ALLOW, DENY
from tests.fakes import FakeView, a_request

DAY_SHIFT = FakeView(rosters={"agent-1": (Span(9 * HOUR, 17 * HOUR),)})
DAY_OFF = FakeView(rosters={"agent-1": ()})

PLAIN = ShiftHours()
EXACT = ShiftHours(tolerance=0)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # On the shift it is allowed, on a day off not.
    pytest.param(
        PLAIN,
        a_request(),
        DAY_OFF,
        DENY,
        "the roster has no shift of agent-1 at 15:50, give or take 30 min",
        id="agent_deactivates_on_a_day_off",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        DAY_SHIFT,
        ALLOW,
        "the rostered shift from 09:00 to 17:00 covers it",
        id="agent_deactivates_on_shift",
    ),
    # Half an hour of overtime is tolerated.
    pytest.param(
        PLAIN,
        a_request(at=17 * HOUR + 30 * MINUTE),
        DAY_SHIFT,
        DENY,
        "no shift of agent-1 at 17:30",
        id="agent_deactivates_after_overtime",
    ),
    pytest.param(
        PLAIN,
        a_request(at=17 * HOUR + 30 * MINUTE - 1),
        DAY_SHIFT,
        ALLOW,
        "the rostered shift from 09:00 to 17:00",
        id="agent_deactivates_in_overtime",
    ),
    # Without tolerance the end of the shift is off shift, its start on.
    pytest.param(
        EXACT,
        a_request(at=17 * HOUR),
        DAY_SHIFT,
        DENY,
        "no shift of agent-1 at 17:00, give or take 0 s",
        id="agent_deactivates_at_the_end",
    ),
    pytest.param(
        EXACT,
        a_request(at=9 * HOUR),
        DAY_SHIFT,
        ALLOW,
        "the rostered shift from 09:00",
        id="agent_deactivates_at_the_start",
    ),
    # Reading harms nothing, changing does.
    pytest.param(
        PLAIN,
        a_request(action="rename"),
        DAY_OFF,
        DENY,
        "no shift of agent-1",
        id="agent_renames_on_a_day_off",
    ),
    pytest.param(
        PLAIN,
        a_request(action="look-up"),
        DAY_OFF,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_on_a_day_off",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action outside the rostered shift is denied."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence
