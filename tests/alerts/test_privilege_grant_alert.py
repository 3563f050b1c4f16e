"""Which grants of roles raise an alarm."""

import pytest

from simulator.alerts import PrivilegeGrantAlert
from simulator.clock import HOUR
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed

VIEW = FakeView(grant={"grant-role": "lead"})
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = PrivilegeGrantAlert()
SLOW = PrivilegeGrantAlert(ingest=Constant(HOUR))
LEADS_EXPECTED = PrivilegeGrantAlert(expected_roles=("lead",))
OTHERS_EXPECTED = PrivilegeGrantAlert(expected_roles=("agent", "auditor"))

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # An action that gives a role raises an alarm, another does not.
    pytest.param(
        PLAIN,
        an_executed(action="grant-role"),
        VIEW,
        SIGNAL,
        "grant-role gives role lead to agent-1: fires after 1 min on average",
        id="agent_became_a_lead",
    ),
    pytest.param(
        PLAIN,
        an_executed(action="rename", tier="protected"),
        VIEW,
        None,
        "rename gives nobody a role",
        id="agent_renamed_protected",
    ),
    pytest.param(
        PLAIN,
        a_requested(action="grant-role"),
        VIEW,
        None,
        "looks at effects, and a request answered with allow is none yet",
        id="agent_asks_to_become_a_lead",
    ),
    # Roles that are expected raise none, and only those.
    pytest.param(
        LEADS_EXPECTED,
        an_executed(action="grant-role"),
        VIEW,
        None,
        "gives role lead, whose grants are expected",
        id="agent_became_a_lead_as_expected",
    ),
    pytest.param(
        OTHERS_EXPECTED,
        an_executed(action="grant-role"),
        VIEW,
        SIGNAL,
        "gives role lead to agent-1",
        id="agent_became_a_lead_where_others_are_expected",
    ),
    pytest.param(
        LEADS_EXPECTED,
        an_executed(action="grant-role"),
        FakeView(grant={"grant-role": "auditor"}),
        SIGNAL,
        "gives role auditor to agent-1",
        id="agent_became_an_auditor_where_leads_are_expected",
    ),
    pytest.param(
        SLOW,
        an_executed(action="grant-role", staff="agent-2", target="account-2"),
        VIEW,
        Alert("agent-2", "account-2", Constant(HOUR)),
        "to agent-2: fires after 1 h on average",
        id="colleague_became_a_lead_where_logs_are_slow",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """The grant of a role that is not expected raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence
