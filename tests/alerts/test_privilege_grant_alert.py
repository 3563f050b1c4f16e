"""Which grants of roles raise an alarm."""

import pytest

from simulator.alerts import PrivilegeGrantAlert
from simulator.clock import HOUR, MINUTE
from simulator.decisions import Alert
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import Action, Entitlement, Role
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import (
    AT_ONCE,
    ORGANISATION,
    attempt,
    honest_work,
    kind,
    misuse,
    plan,
    scene,
)
from tests.verdicts import ends, outcome

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


# Whole scenes: what it changes alone, and what goes through.

GRANT = Action("grant-lead", "alters", "console", grants="lead")
LOW_ROLE = Role(
    "agent",
    (
        Entitlement(("grant-lead",), "protected"),
        Entitlement(("deactivate",), "ordinary"),
    ),
)
SELF_SERVED = attempt(action="grant-lead", target="directory")


def granting(misuse=None, role=LOW_ROLE, **parts):
    """Build a scene in which agents may make themselves leads."""
    return scene(
        misuse=misuse,
        targets=(Target("directory", "ordinary"), Target("celebrity", "protected")),
        actions=(*ORGANISATION.actions, GRANT),
        roles=(role, *ORGANISATION.roles[1:]),
        **parts,
    )


def granted(wait=AT_ONCE):
    """Build a scene in which a role is taken some time before it is used."""
    return granting(plan(SELF_SERVED, attempt(wait=wait)))


def test_alone_changes_the_outcome():
    """Whoever takes a role is found out before it is used."""
    scenario = granted(Constant(10 * MINUTE))

    assert ends(granting(misuse())) == ("stopped", "entitlement")
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("limited", "privilege-grant-alert")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            granting(misuse(SELF_SERVED)),
            PLAIN,
            ("caught", "privilege-grant-alert"),
            id="the_grant_itself",
        ),
        pytest.param(
            granted(),
            PLAIN,
            ("caught", "privilege-grant-alert"),
            id="use_before_anybody_looks",
        ),
        pytest.param(
            granting(misuse(), role=ORGANISATION.roles[0]),
            PLAIN,
            ("missed", ""),
            id="role_held_for_long",
        ),
        pytest.param(
            granted(Constant(10 * MINUTE)),
            LEADS_EXPECTED,
            ("missed", ""),
            id="role_expected_to_be_given",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The grant and what follows at once take effect, and old roles are not seen."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(("alert", "alarms_each"), [(PLAIN, 1), (LEADS_EXPECTED, 0)])
def test_cost_is_true(alert, alarms_each):
    """Every honest grant is a false alarm, unless the role is on the list."""
    desks = honest_work(kind(action="grant-lead"))
    friction = outcome(granting(desks=desks), alert).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
