"""When the own factor is asked for again."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.controls import StepUpAuth
from simulator.decisions import ALLOW, Challenge, Decision
from tests.fakes import ACT, FakeView, a_request

LONG_AGO = FakeView(signed_in={"agent-1": ACT - 7 * HOUR})
JUST_TOO_OLD = FakeView(signed_in={"agent-1": ACT - 15 * MINUTE})
JUST_YOUNG_ENOUGH = FakeView(signed_in={"agent-1": ACT - 15 * MINUTE + 1})
FRESH = FakeView()

PLAIN = StepUpAuth()
ALWAYS = StepUpAuth(max_age=0, from_tier="ordinary", seconds=5)
PROMPT = Decision(challenges=(Challenge("step-up-auth", 20, own_factor=True),))
SHORT_PROMPT = Decision(challenges=(Challenge("step-up-auth", 5, own_factor=True),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # An old authentication does not count on the top tier.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        LONG_AGO,
        PROMPT,
        "agent-1 signed in 7 h before the act, which counts for 15 min only",
        id="agent_deactivates_protected_late_in_the_shift",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        LONG_AGO,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business_late_in_the_shift",
    ),
    # A fresh one does, up to its last second.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        JUST_TOO_OLD,
        PROMPT,
        "15 min before the act, which counts for 15 min only: the own factor",
        id="agent_deactivates_protected_after_a_quarter_hour",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        JUST_YOUNG_ENOUGH,
        ALLOW,
        "and that counts for 15 min",
        id="agent_deactivates_protected_a_second_earlier",
    ),
    # With no age allowed it is asked for every time, but not for reading.
    pytest.param(
        ALWAYS,
        a_request(tier="ordinary"),
        FRESH,
        SHORT_PROMPT,
        "signed in 0 s before the act",
        id="agent_deactivates_ordinary_at_sign_in",
    ),
    pytest.param(
        ALWAYS,
        a_request(tier="ordinary", action="look-up"),
        LONG_AGO,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_ordinary",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier needs a fresh authentication."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence
