"""Which actions a lock on protected targets refuses, and for whom it opens."""

import pytest

from simulator.controls import ProtectedLock
from simulator.decisions import ALLOW, DENY
from tests.fakes import FakeView, a_request

AGENT = FakeView()
LEAD = FakeView(roles={"agent-1": "lead"})

PLAIN = ProtectedLock()
FROM_BUSINESS = ProtectedLock(from_tier="business")
FOR_LEADS = ProtectedLock(bypass_roles=("lead", "desk"))
READING = ProtectedLock(actions=("look-up",))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The lock is on the top tier.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        DENY,
        "account-1 is locked at tier protected for role agent",
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
    # Or from a tier upwards.
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business"),
        AGENT,
        DENY,
        "locked at tier business",
        id="agent_deactivates_locked_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_below_lock",
    ),
    # Some roles may bypass it.
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        AGENT,
        DENY,
        "for role agent",
        id="agent_meets_lock_that_opens_for_leads",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        LEAD,
        ALLOW,
        "role lead may bypass",
        id="lead_bypasses_lock",
    ),
    # What is listed is covered, harmful or not, and nothing else.
    pytest.param(
        READING,
        a_request(tier="protected", action="look-up"),
        AGENT,
        DENY,
        "account-1 is locked",
        id="agent_reads_where_reading_is_listed",
    ),
    pytest.param(
        READING,
        a_request(tier="protected"),
        AGENT,
        ALLOW,
        "covers only look-up, not deactivate",
        id="agent_deactivates_where_reading_is_listed",
    ),
    # Without a list, every harmful action is covered and no other.
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="rename"),
        AGENT,
        DENY,
        "account-1 is locked",
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
    """A covered action on a locked target is denied to all but bypass roles."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence
