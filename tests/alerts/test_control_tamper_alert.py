"""Whose switching off of what raises an alarm."""

import pytest

from simulator.alerts import ControlTamperAlert, ProtectedChangeAlert
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

GUARDS_OFF = FakeView(switch={"switch-off": ("four-eyes", "rate-limit")})
ITSELF_OFF = FakeView(switch={"switch-off": ("control-tamper-alert",)})
NAMED_OFF = FakeView(switch={"switch-off": ("four-eyes", "tripwire")})
BY_A_LEAD = FakeView(switch={"switch-off": ("four-eyes",)}, roles={"agent-1": "lead"})
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = ControlTamperAlert()
SLOW = ControlTamperAlert(ingest=Constant(HOUR))
WATCHES_RATES = ControlTamperAlert(objects=("rate-limit", "volume-anomaly"))
WATCHES_VOLUME = ControlTamperAlert(objects=("volume-anomaly",))
LEADS_QUIET = ControlTamperAlert(quiet_roles=("lead",))
OWN_LOG = ControlTamperAlert(logs_elsewhere=False)
NAMED_OWN_LOG = ControlTamperAlert(label="tripwire", logs_elsewhere=False)
NAMED_WATCHES_EYES = ControlTamperAlert(
    label="tripwire", objects=("four-eyes",), logs_elsewhere=False
)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # An action that switches something off raises an alarm, another does not.
    pytest.param(
        PLAIN,
        an_executed(action="switch-off"),
        GUARDS_OFF,
        SIGNAL,
        "switches off four-eyes, rate-limit: fires after 1 min on average",
        id="agent_switched_two_guards_off",
    ),
    pytest.param(
        PLAIN,
        an_executed(action="rename", tier="protected"),
        GUARDS_OFF,
        None,
        "rename switches off nothing",
        id="agent_renamed_protected",
    ),
    pytest.param(
        PLAIN,
        a_requested(action="switch-off"),
        GUARDS_OFF,
        None,
        "looks at effects",
        id="agent_asks_to_switch_guards_off",
    ),
    # With a list, one of it must be hit.
    pytest.param(
        WATCHES_RATES,
        an_executed(action="switch-off"),
        GUARDS_OFF,
        SIGNAL,
        "switches off four-eyes, rate-limit: fires",
        id="agent_switched_a_watched_guard_off",
    ),
    pytest.param(
        WATCHES_VOLUME,
        an_executed(action="switch-off"),
        GUARDS_OFF,
        None,
        "four-eyes, rate-limit; watched is only volume-anomaly",
        id="agent_switched_guards_off_that_nobody_watches",
    ),
    # Whose changes are planned is a list of roles.
    pytest.param(
        LEADS_QUIET,
        an_executed(action="switch-off"),
        BY_A_LEAD,
        None,
        "switches off four-eyes, as planned: agent-1 has role lead",
        id="lead_switched_a_guard_off_as_planned",
    ),
    pytest.param(
        LEADS_QUIET,
        an_executed(action="switch-off"),
        GUARDS_OFF,
        SIGNAL,
        "fires after 1 min",
        id="agent_switched_guards_off_where_leads_may",
    ),
    pytest.param(
        PLAIN,
        an_executed(action="switch-off"),
        BY_A_LEAD,
        SIGNAL,
        "fires after 1 min",
        id="lead_switched_a_guard_off_where_nobody_may",
    ),
    # It tells of its own end only where that is logged elsewhere.
    pytest.param(
        PLAIN,
        an_executed(action="switch-off"),
        ITSELF_OFF,
        SIGNAL,
        "switches off control-tamper-alert: fires",
        id="agent_switched_it_off_and_it_was_logged",
    ),
    pytest.param(
        OWN_LOG,
        an_executed(action="switch-off"),
        ITSELF_OFF,
        None,
        "switches off control-tamper-alert, so its own log is silent about it",
        id="agent_switched_it_off_with_its_log",
    ),
    pytest.param(
        OWN_LOG,
        an_executed(action="switch-off"),
        GUARDS_OFF,
        SIGNAL,
        "fires after 1 min",
        id="agent_switched_guards_off_and_left_its_log",
    ),
    # It knows itself by its label, whatever it watches.
    pytest.param(
        NAMED_OWN_LOG,
        an_executed(action="switch-off"),
        NAMED_OFF,
        None,
        "switches off four-eyes, tripwire, so its own log is silent",
        id="agent_switched_it_off_by_its_label",
    ),
    pytest.param(
        NAMED_WATCHES_EYES,
        an_executed(action="switch-off"),
        NAMED_OFF,
        None,
        "so its own log is silent",
        id="agent_switched_it_off_with_what_it_watches",
    ),
    pytest.param(
        NAMED_OWN_LOG,
        an_executed(action="switch-off"),
        ITSELF_OFF,
        SIGNAL,
        "switches off control-tamper-alert: fires",
        id="agent_switched_another_one_off",
    ),
    pytest.param(
        SLOW,
        an_executed(action="switch-off"),
        GUARDS_OFF,
        Alert("agent-1", "account-1", Constant(HOUR)),
        "fires after 1 h on average",
        id="agent_switched_guards_off_where_logs_are_slow",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """Switching off what is watched raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

SWITCH_OFF = Action(
    "switch-off", "alters", "console", switches_off=("protected-change-alert",)
)
MAY_SWITCH_OFF = Role(
    "agent", (Entitlement(("deactivate", "switch-off"), "protected"),)
)
SILENCE = attempt(action="switch-off", target="rules")
CHANGES = ProtectedChangeAlert()


def tampering(misuse=None, **parts):
    """Build a scene in which agents may switch the alert on changes off."""
    return scene(
        misuse=misuse,
        targets=(Target("rules", "ordinary"), Target("celebrity", "protected")),
        actions=(*ORGANISATION.actions, SWITCH_OFF),
        roles=(MAY_SWITCH_OFF, *ORGANISATION.roles[1:]),
        **parts,
    )


def silenced(wait=AT_ONCE):
    """Build a scene in which the alert is silenced some time before the act."""
    return tampering(plan(SILENCE, attempt(wait=wait)))


@pytest.mark.parametrize("others", [(), (CHANGES,)])
def test_alone_changes_the_outcome(others):
    """Whoever silences an alert is found out before what that prepares is done."""
    scenario = silenced(Constant(10 * MINUTE))

    assert ends(scenario, *others) == ("missed", "")
    assert ends(scenario, *others, PLAIN) == ("limited", "control-tamper-alert")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            tampering(misuse(SILENCE)),
            PLAIN,
            ("caught", "control-tamper-alert"),
            id="the_change_itself",
        ),
        pytest.param(
            silenced(),
            PLAIN,
            ("caught", "control-tamper-alert"),
            id="act_before_anybody_looks",
        ),
        pytest.param(
            silenced(Constant(10 * MINUTE)),
            ControlTamperAlert(quiet_roles=("agent",)),
            ("missed", ""),
            id="change_is_part_of_routine",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The change and what follows at once take effect, and routine hides both."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(
    ("action", "alarms_each"), [("switch-off", 1), ("deactivate", 0)]
)
def test_cost_is_true(action, alarms_each):
    """Every honest change of an alert is a false alarm, and other work is not."""
    desks = honest_work(kind(action=action))
    friction = outcome(tampering(desks=desks), PLAIN).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
