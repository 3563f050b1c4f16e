"""Which effect is one too many."""

import pytest
from attrs import evolve

from simulator.alerts import VolumeAnomaly
from simulator.clock import MINUTE
from simulator.decisions import Alert
from simulator.scenario.misuse import Requirement
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_requested, an_executed
from tests.scenes import again, attempt, honest_work, kind, misuse, plan, scene
from tests.verdicts import ends, outcome

SIGNAL = Alert("agent-1", "account-1", Constant(60))

FOUR = VolumeAnomaly(count=4)


def effects(*minutes_ago, action="deactivate", staff="agent-1"):
    """Build the rows of effects so many minutes before the act."""
    return tuple((ACT - m * MINUTE, staff, "executed", action) for m in minutes_ago)


COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # The fourth effect within the hour reaches the number.
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(59, 20, 10)),
        SIGNAL,
        "number 4 within 1 h; fires on number 4",
        id="agent_took_a_fourth_down",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(60, 20, 10)),
        None,
        "number 3 within 1 h; fires on number 4",
        id="agent_took_a_third_down_within_the_hour",
    ),
    # The same second counts, and the alarm is raised once.
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(0, 0, 0)),
        SIGNAL,
        "number 4",
        id="script_took_a_fourth_down_in_a_second",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(0, 0, 0, 0)),
        None,
        "number 5 within 1 h; fires on number 4",
        id="script_took_a_fifth_down_in_a_second",
    ),
    # One's own harm counts: neither reading nor what others do.
    pytest.param(
        FOUR,
        an_executed(action="rename"),
        FakeView(past=effects(30, 20, 10, action="rename")),
        SIGNAL,
        "number 4",
        id="agent_renamed_a_fourth",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(30, 20, action="look-up") + effects(5, staff="agent-2")),
        None,
        "number 1",
        id="agent_took_one_down_after_reading_twice",
    ),
    pytest.param(
        FOUR,
        an_executed(action="look-up"),
        FakeView(past=effects(30, 20, 10)),
        None,
        "look-up harms no target",
        id="agent_read_after_three",
    ),
    # What was only asked for is not counted.
    pytest.param(
        FOUR,
        a_requested(),
        FakeView(past=effects(30, 20, 10)),
        None,
        "looks at effects",
        id="agent_asks_for_a_fourth",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """The harmful effect that reaches the number raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

PLAIN = VolumeAnomaly()


def together(times):
    """Build a misuse that two people do in turn, a minute apart."""
    pair = (attempt(wait=Constant(MINUTE)), attempt(by="accomplice"))
    return evolve(plan(*times * pair), accomplice=Requirement(role="agent"))


def test_alone_changes_the_outcome():
    """A sweep that goes on is ended some time after it reached the number."""
    scenario = scene(misuse=again(60, MINUTE))

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("limited", "volume-anomaly")
    assert 20 < outcome(scenario, PLAIN).harm.touched < 30


@pytest.mark.parametrize(
    ("scenario", "touched"),
    [
        pytest.param(scene(misuse=misuse()), 1, id="single_act"),
        pytest.param(scene(misuse=again(19, MINUTE)), 19, id="few_acts"),
        pytest.param(
            scene(misuse=misuse(attempt(batch=1_000))), 1_000, id="one_act_on_many"
        ),
        pytest.param(scene(misuse=again(60, 4 * MINUTE)), 60, id="patience"),
        pytest.param(scene(misuse=together(19)), 1, id="several_together"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, touched):
    """Nobody learns of what stays below the number."""
    assert ends(scenario, PLAIN) == ("missed", "")
    assert touched == outcome(scenario, PLAIN).harm.touched


@pytest.mark.parametrize(("per_h", "false_alarms"), [(300.0, True), (12.0, False)])
def test_cost_is_true(per_h, false_alarms):
    """Honest work that comes in bursts is a false alarm."""
    quick = kind(handling=Constant(MINUTE))
    desks = honest_work(quick, tickets_per_hour=per_h)
    friction = outcome(scene(desks=desks), PLAIN).friction

    assert false_alarms == (friction.false_alarms > 0)
