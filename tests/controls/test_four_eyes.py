"""Whose consent is asked for, and when."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.controls import FourEyes
from simulator.decisions import ALLOW, Approval, Decision
from tests.fakes import FakeView, a_request

AGENT = FakeView()

PLAIN = FourEyes()
LEADS = FourEyes(from_tier="business", approvers=2, role="lead", ttl=20 * MINUTE)
ONE_OF_ALL = Decision(approvals=(Approval("", 1, HOUR),))
TWO_LEADS = Decision(approvals=(Approval("lead", 2, 20 * MINUTE),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # One colleague of the same role must consent on the top tier.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        ONE_OF_ALL,
        "an approver of role agent must consent first",
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
    # Number, role and tier are settings.
    pytest.param(
        LEADS,
        a_request(tier="business"),
        AGENT,
        TWO_LEADS,
        "2 approvers of role lead must consent first",
        id="agent_needs_two_leads_for_business",
    ),
    pytest.param(
        LEADS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_ordinary",
    ),
    # The tiers above the lowest one count too; reading never does.
    pytest.param(
        LEADS,
        a_request(tier="protected"),
        AGENT,
        TWO_LEADS,
        "2 approvers of role lead",
        id="agent_needs_two_leads_for_protected",
    ),
    pytest.param(
        LEADS,
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier waits for the consent of others."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence
