"""Whose first harmful effect on a tier raises an alarm."""

import pytest

from simulator.alerts import FirstTimeTier
from simulator.clock import DAY, MINUTE
from simulator.decisions import Alert
from simulator.streams import Constant
from simulator.trail import Alerted
from tests.fakes import ACT, FakeView, a_requested, an_executed
from tests.scenes import (
    BELOW,
    again,
    desk,
    honest_work,
    kind,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome, played

SIGNAL = Alert("agent-1", "account-1", Constant(60))
NEW_TO = frozenset({("agent-1", "protected"), ("agent-1", "business")})

PLAIN = FirstTimeTier()
FROM_PROTECTED = FirstTimeTier(from_tier="protected")
FROM_BUSINESS = FirstTimeTier(from_tier="business", ingest=Constant(5))
ONE_DAY = FirstTimeTier(look_back=DAY)
SECOND = FirstTimeTier(look_back=1)


def new(*past):
    """Build a view in which agent-1 works on ordinary targets, but for such a past."""
    return FakeView(unfamiliar=NEW_TO, past=past)


def effect(before_s, tier="protected", action="deactivate", of="executed"):
    """Build the row of an effect so long before the act."""
    return (ACT - before_s, "agent-1", of, action, tier)


COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # The first effect on a tier raises an alarm, unless the tier is everyday work.
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(),
        SIGNAL,
        "effect number 1 of agent-1 on tier protected within 90 d; fires on the "
        "first only",
        id="agent_took_protected_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        FakeView(),
        None,
        "tier protected is everyday work of agent-1",
        id="agent_took_protected_down_as_ever",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected", staff="agent-2"),
        new(),
        None,
        "tier protected is everyday work of agent-2",
        id="colleague_took_protected_down_as_ever",
    ),
    # The second does not, not even in the same second.
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(DAY)),
        None,
        "effect number 2 of agent-1 on tier protected within 90 d",
        id="agent_took_protected_down_again",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(0)),
        None,
        "effect number 2 of agent-1",
        id="script_took_protected_down_twice_in_a_second",
    ),
    pytest.param(
        SECOND,
        an_executed(tier="protected"),
        new(effect(0)),
        None,
        "effect number 2 of agent-1 on tier protected within 1 s",
        id="script_is_seen_by_the_shortest_look_back",
    ),
    pytest.param(
        SECOND,
        an_executed(tier="protected"),
        new(effect(1)),
        SIGNAL,
        "effect number 1 of agent-1",
        id="agent_is_forgotten_by_the_shortest_look_back",
    ),
    # The look-back ends, to the second.
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(90 * DAY)),
        SIGNAL,
        "effect number 1 of agent-1",
        id="agent_did_so_ninety_days_ago",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(90 * DAY - 1)),
        None,
        "effect number 2 of agent-1",
        id="agent_did_so_a_second_later",
    ),
    pytest.param(
        ONE_DAY,
        an_executed(tier="protected"),
        new(effect(DAY)),
        SIGNAL,
        "within 1 d",
        id="agent_did_so_a_day_ago",
    ),
    pytest.param(
        ONE_DAY,
        an_executed(tier="protected"),
        new(effect(DAY - 1)),
        None,
        "within 1 d",
        id="agent_did_so_within_the_day",
    ),
    # Only harmful effects on that very tier are counted.
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(9, "business")),
        SIGNAL,
        "effect number 1 of agent-1",
        id="agent_knows_business_only",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(9, action="look-up")),
        SIGNAL,
        "effect number 1 of agent-1",
        id="agent_has_only_read",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(9, of="requested")),
        SIGNAL,
        "effect number 1 of agent-1",
        id="agent_has_only_asked",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        new(effect(9, action="rename")),
        None,
        "effect number 2 of agent-1",
        id="agent_has_renamed",
    ),
    # Every tier is watched, or one and those above it.
    pytest.param(
        PLAIN,
        an_executed(tier="business"),
        new(),
        SIGNAL,
        "on tier business",
        id="agent_took_business_down",
    ),
    pytest.param(
        FROM_PROTECTED,
        an_executed(tier="business"),
        new(),
        None,
        "watches only targets of tier protected; this one is business",
        id="agent_took_unwatched_business_down",
    ),
    pytest.param(
        FROM_PROTECTED,
        an_executed(tier="protected"),
        new(),
        SIGNAL,
        "on tier protected",
        id="agent_took_watched_protected_down",
    ),
    pytest.param(
        FROM_BUSINESS,
        an_executed(tier="business"),
        new(),
        Alert("agent-1", "account-1", Constant(5)),
        "on tier business",
        id="agent_took_watched_business_down",
    ),
    # Reading harms nothing, and what was only asked for has changed nothing.
    pytest.param(
        PLAIN,
        an_executed(tier="protected", action="look-up"),
        new(),
        None,
        "look-up harms no target",
        id="agent_read_protected",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        new(),
        None,
        "looks at effects",
        id="agent_asks_for_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A first harmful effect on a tier that is not everyday work raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

UNUSUAL = scene(misuse=misuse())
ORDINARY_WORK = (desk(kinds=(kind(tier="ordinary"),)),)
PROTECTED_WORK = (desk(kinds=(kind(tier="protected"),)),)


@pytest.mark.parametrize("desks", [(), ORDINARY_WORK])
def test_alone_changes_the_outcome(desks):
    """Whoever never worked on the tier is found out at the first act on it."""
    scenario = scene(misuse=misuse(), desks=desks)

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("caught", "first-time-tier")


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(UNUSUAL, ("caught", "first-time-tier"), id="the_act_itself"),
        pytest.param(
            scene(misuse=misuse(), desks=PROTECTED_WORK),
            ("missed", ""),
            id="everyday_work",
        ),
        pytest.param(
            scene(misuse=misuse(), desks=ORDINARY_WORK, targets=BELOW),
            ("missed", ""),
            id="everyday_work_on_a_low_tier",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and nobody wonders about everyday work."""
    assert ending == ends(scenario, PLAIN)


def test_what_it_does_not_stop_goes_through_later():
    """Acts that follow the first one raise no alarm of their own."""
    scenario = scene(misuse=again(3, MINUTE))
    raised = played(scenario, PLAIN).of(Alerted)

    assert [alarm.about for alarm in raised] == ["misuse-0.0"]
    assert outcome(scenario, PLAIN).harm.touched == 3


def test_cost_is_true():
    """Honest work of a scenario is everyday work, and raises no false alarm."""
    friction = outcome(scene(desks=honest_work()), PLAIN).friction

    assert friction.requests > 0
    assert friction.alarms == 0
