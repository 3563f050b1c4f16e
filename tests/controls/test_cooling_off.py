"""What is held, and for how long."""

import pytest

from simulator.clock import DAY, HOUR
from simulator.controls import CoolingOff
from simulator.decisions import ALLOW, Decision
from tests.fakes import FakeView, a_request

AGENT = FakeView()

PLAIN = CoolingOff()
TWO_HOURS = CoolingOff(hold=2 * HOUR, from_tier="business")

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The top tier is held for a day.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        Decision(hold_s=DAY),
        "held for 1 d, until day 2 15:50; the owner of account-1 is told",
        id="agent_deactivates_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        AGENT,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business",
    ),
    # Time and tier are settings.
    pytest.param(
        TWO_HOURS,
        a_request(tier="business"),
        AGENT,
        Decision(hold_s=2 * HOUR),
        "held for 2 h, until 17:50",
        id="agent_deactivates_held_business",
    ),
    pytest.param(
        TWO_HOURS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_ordinary",
    ),
    # Changing is harmful, reading is not.
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="rename"),
        AGENT,
        Decision(hold_s=DAY),
        "held for 1 d",
        id="agent_renames_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier is held."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence
