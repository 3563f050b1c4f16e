"""Which requests are off shift."""

import pytest

from simulator.alerts import OffShiftAction
from simulator.clock import HOUR, MINUTE, Span
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import DAY, attempt, honest_work, kind, leaver, misuse, scene
from tests.verdicts import ends, outcome

DAY_SHIFT = FakeView(rosters={"agent-1": (Span(9 * HOUR, 17 * HOUR),)})
DAY_OFF = FakeView(rosters={"agent-1": ()})
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = OffShiftAction()
EXACT = OffShiftAction(tolerance=0)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # A day off is off shift, a shift is not.
    pytest.param(
        PLAIN,
        a_requested(),
        DAY_OFF,
        SIGNAL,
        "the roster has no shift of agent-1 at 15:50, give or take 30 min",
        id="agent_deactivates_on_a_day_off",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        DAY_SHIFT,
        None,
        "the rostered shift from 09:00 to 17:00 covers it",
        id="agent_deactivates_on_shift",
    ),
    # Half an hour of overtime raises no alarm.
    pytest.param(
        PLAIN,
        a_requested(at=17 * HOUR + 30 * MINUTE),
        DAY_SHIFT,
        SIGNAL,
        "no shift of agent-1 at 17:30",
        id="agent_deactivates_after_overtime",
    ),
    pytest.param(
        PLAIN,
        a_requested(at=17 * HOUR + 30 * MINUTE - 1),
        DAY_SHIFT,
        None,
        "the rostered shift from 09:00 to 17:00",
        id="agent_deactivates_in_overtime",
    ),
    # The tolerance is a setting.
    pytest.param(
        EXACT,
        a_requested(at=9 * HOUR - 1),
        DAY_SHIFT,
        SIGNAL,
        "no shift of agent-1 at 08:59",
        id="agent_deactivates_a_second_early",
    ),
    pytest.param(
        EXACT,
        a_requested(at=9 * HOUR),
        DAY_SHIFT,
        None,
        "the rostered shift from 09:00",
        id="agent_deactivates_at_the_start",
    ),
    # Reading harms nothing, and an effect may come long after a click on shift.
    pytest.param(
        PLAIN,
        a_requested(action="look-up"),
        DAY_OFF,
        None,
        "look-up harms no target",
        id="agent_reads_on_a_day_off",
    ),
    pytest.param(
        PLAIN,
        an_executed(at=20 * HOUR),
        DAY_SHIFT,
        None,
        "looks at requests when they are made",
        id="agent_has_an_effect_in_the_evening",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A harmful request outside the rostered shift raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

AFTER_HOURS = scene(horizon=DAY, misuse=misuse(at=12 * HOUR))
STAYS = leaver(separation=30 * DAY)
EARLY_END = leaver(separation=2 * HOUR)
BY_COLLEAGUE = misuse(attempt(through="colleague-session"), at=3 * HOUR)


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(AFTER_HOURS, id="after_the_last_shift"),
        pytest.param(
            scene(horizon=DAY, misuse=misuse(at=18 * HOUR), staff=(STAYS,)),
            id="at_night",
        ),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """Who acts outside the shift, the last one included, is found out."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("caught", "off-shift-action")


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(AFTER_HOURS, ("caught", "off-shift-action"), id="the_act_itself"),
        pytest.param(scene(misuse=misuse()), ("missed", ""), id="on_shift"),
        pytest.param(
            scene(misuse=misuse(at=8 * HOUR + 29 * MINUTE)),
            ("missed", ""),
            id="just_after_the_shift",
        ),
        pytest.param(
            scene(misuse=BY_COLLEAGUE, staff=(EARLY_END,)),
            ("missed", ""),
            id="session_of_a_colleague_on_shift",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and the roster covers what is done in working hours."""
    assert ending == ends(scenario, PLAIN)


@pytest.mark.parametrize(
    ("parts", "share"),
    [
        pytest.param({}, 0, id="shift"),
        pytest.param(
            {"kinds": (kind(handling=Constant(3 * HOUR)),)}, 1 / 3, id="overtime"
        ),
        pytest.param(
            {"shared_login": "shared-desk", "shared_share": 1.0}, 1, id="shared_login"
        ),
    ],
)
def test_cost_is_true(parts, share):
    """Overtime raises false alarms, and so does every use of a shared login."""
    friction = outcome(scene(desks=honest_work(**parts)), PLAIN).friction

    assert friction.requests > 0
    assert friction.requests * share == friction.false_alarms
