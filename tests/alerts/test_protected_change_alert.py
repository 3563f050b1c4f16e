"""Which effects raise an urgent alarm."""

import pytest

from simulator.alerts import ProtectedChangeAlert
from simulator.decisions import DENY, Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed

VIEW = FakeView()

PLAIN = ProtectedChangeAlert()
FROM_BUSINESS = ProtectedChangeAlert(from_tier="business", ingest=Constant(5))

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # The top tier is watched.
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        VIEW,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected: fires after 1 min on average",
        id="agent_took_protected_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="business"),
        VIEW,
        None,
        "watches only targets of tier protected; this one is business",
        id="agent_took_business_down",
    ),
    # Or a tier and those above it.
    pytest.param(
        FROM_BUSINESS,
        an_executed(tier="business"),
        VIEW,
        Alert("agent-1", "account-1", Constant(5), urgent=True),
        "fires after 5 s",
        id="agent_took_watched_business_down",
    ),
    pytest.param(
        FROM_BUSINESS,
        an_executed(tier="ordinary"),
        VIEW,
        None,
        "of tier business or above; this one is ordinary",
        id="agent_took_ordinary_down",
    ),
    # A change counts, a look does not.
    pytest.param(
        PLAIN,
        an_executed(tier="protected", action="rename"),
        VIEW,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected",
        id="agent_renamed_protected",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected", action="look-up"),
        VIEW,
        None,
        "look-up harms no target",
        id="agent_read_protected",
    ),
    # What was only asked for has changed nothing.
    pytest.param(
        PLAIN,
        a_requested(tier="protected", decision=DENY),
        VIEW,
        None,
        "looks at effects, and a request answered with deny is none yet",
        id="agent_was_denied_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A harmful effect on a high tier raises an urgent alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence
