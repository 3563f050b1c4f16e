"""Which effects raise an urgent alarm."""

import pytest

from simulator.alerts import ProtectedChangeAlert
from simulator.clock import HOUR, MINUTE, Moment
from simulator.decisions import DENY, Alert
from simulator.scenario.misuse import Target
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_requested, an_executed
from tests.scenes import BELOW, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

VIEW = FakeView()
ON_THE_LIST = FakeView(within=frozenset({("protected-change-alert list", "account-1")}))
ON_ANOTHER_LIST = FakeView(within=frozenset({("protected-lock list", "account-1")}))
RISEN = FakeView(risen={"account-1": ACT - HOUR})

PLAIN = ProtectedChangeAlert()
FROM_BUSINESS = ProtectedChangeAlert(from_tier="business", ingest=Constant(5))
HALF = ProtectedChangeAlert(listed=0.5)
EMPTY = ProtectedChangeAlert(listed=0)
HOUR_LATE = ProtectedChangeAlert(list_lag=HOUR)
LATER = ProtectedChangeAlert(list_lag=HOUR + 1)
HALF_BY_ANOTHER_NAME = ProtectedChangeAlert(label="half", listed=0.5)

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
    # A list may have gaps: the same under any label, but each list its own.
    pytest.param(
        HALF,
        an_executed(tier="protected"),
        ON_THE_LIST,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected",
        id="agent_took_listed_down",
    ),
    pytest.param(
        HALF,
        an_executed(tier="protected"),
        ON_ANOTHER_LIST,
        None,
        "account-1 is not on the list of protected targets",
        id="agent_took_unlisted_down",
    ),
    pytest.param(
        HALF_BY_ANOTHER_NAME,
        an_executed(tier="protected"),
        ON_THE_LIST,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected",
        id="agent_took_listed_down_under_another_label",
    ),
    pytest.param(
        EMPTY,
        an_executed(tier="protected"),
        ON_THE_LIST,
        None,
        "account-1 is not on the list of protected targets",
        id="agent_took_down_where_nothing_is_listed",
    ),
    # It may lag behind a target's rise, to the second.
    pytest.param(
        HOUR_LATE,
        an_executed(tier="protected"),
        RISEN,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected",
        id="agent_took_risen_down_as_it_is_listed",
    ),
    pytest.param(
        LATER,
        an_executed(tier="protected"),
        RISEN,
        None,
        "account-1 rose to its tier at 14:50, and is listed 1 h later",
        id="agent_took_risen_down_a_second_before",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        RISEN,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected",
        id="agent_took_risen_down_where_the_list_is_prompt",
    ),
    pytest.param(
        LATER,
        an_executed(tier="protected"),
        VIEW,
        Alert("agent-1", "account-1", Constant(60), urgent=True),
        "account-1 is of tier protected",
        id="agent_took_down_what_always_was_protected",
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


# Whole scenes: what it changes alone, and what goes through.

OUTAGE = scene(misuse=misuse())
JUST_RISEN = (Target("celebrity", "protected", tier_since=Moment(MINUTE)),)
BUSY = honest_work(
    kind(tier="protected", handling=Constant(MINUTE)), tickets_per_hour=120.0
)


def test_alone_changes_the_outcome():
    """Harm to a protected target is known inside within minutes, and ended."""
    assert ends(OUTAGE) == ("missed", "")
    assert not outcome(OUTAGE).harm.restored
    assert ends(OUTAGE, PLAIN) == ("caught", "protected-change-alert")
    assert outcome(OUTAGE, PLAIN).harm.restored


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            OUTAGE, PLAIN, ("caught", "protected-change-alert"), id="the_act_itself"
        ),
        pytest.param(
            scene(misuse=misuse(), targets=BELOW),
            PLAIN,
            ("missed", ""),
            id="ranked_too_low",
        ),
        pytest.param(OUTAGE, EMPTY, ("missed", ""), id="not_on_the_list"),
        pytest.param(
            scene(misuse=misuse(), targets=JUST_RISEN),
            HOUR_LATE,
            ("missed", ""),
            id="not_on_the_list_yet",
        ),
        pytest.param(
            scene(misuse=misuse(), desks=BUSY),
            PLAIN,
            ("noticed", "protected-change-alert"),
            id="one_alarm_among_many",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The act takes effect, and gaps in the list or a long queue hide it."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(("tier", "alarms_each"), [("protected", 1), ("ordinary", 0)])
def test_cost_is_true(tier, alarms_each):
    """Every honest action on the tier is a false alarm."""
    friction = outcome(scene(desks=honest_work(kind(tier=tier))), PLAIN).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
