"""From which confirmed alarms on, and until when, nobody does anything harmful."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.alerts import ProtectedChangeAlert
from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import EmergencyFreeze
from simulator.decisions import ALLOW, DENY
from simulator.scenario.misuse import Step, Target
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import ORGANISATION, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome


def confirmed(*ago, sure=True, **known):
    """Build a view of alarms confirmed so many seconds before the act."""
    alarms = tuple((ACT - s, "agent-9", sure) for s in ago)
    return FakeView(alarms_at=alarms, **known)


QUIET = FakeView()
FROZEN = confirmed(10 * MINUTE)
FROZEN_LEAD = confirmed(10 * MINUTE, roles={"agent-1": "lead"})

PLAIN = EmergencyFreeze()
AT_ONCE = EmergencyFreeze(delay=0)
SHORT = EmergencyFreeze(delay=0, lasts=1)
LONG = EmergencyFreeze(lasts=10_000 * DAY)
FROM_BUSINESS = EmergencyFreeze(from_tier="business")
RENAMING = EmergencyFreeze(actions=("rename", "look-up"))
BUT_LEADS = EmergencyFreeze(exempt_roles=("desk", "lead"))
TWO = EmergencyFreeze(alarms=2, window=10 * MINUTE)
TWO_AT_ONCE = EmergencyFreeze(alarms=2, window=1)
TWO_EVER = EmergencyFreeze(alarms=2, window=10_000 * DAY)
THREE = EmergencyFreeze(alarms=3, window=30 * MINUTE, delay=10 * MINUTE)
MANY = EmergencyFreeze(alarms=10_000)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # A confirmed alarm about anybody freezes everybody, and nothing else does.
    pytest.param(
        PLAIN,
        a_request(),
        FROZEN,
        DENY,
        "the alarm confirmed at 15:40, number 1 within 1 h, freezes deactivate from "
        "15:45, 5 min before the act, until 16:45",
        id="agent_deactivates_after_an_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        QUIET,
        ALLOW,
        "alarms confirmed in the 1 h 5 min before the act: 0; it takes 1 within 1 h",
        id="agent_deactivates_without_an_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(10 * MINUTE, sure=False),
        ALLOW,
        "before the act: 0",
        id="agent_deactivates_after_an_unconfirmed_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(action="look-up"),
        FROZEN,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_after_an_alarm",
    ),
    # It takes effect after the delay, to the second.
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(5 * MINUTE),
        DENY,
        "from 15:50, 0 s before the act, until 16:50",
        id="agent_deactivates_as_the_freeze_begins",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(5 * MINUTE - 1),
        ALLOW,
        "from 15:50, 1 s after the act, until 16:50",
        id="agent_deactivates_a_second_before_the_freeze",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(0),
        ALLOW,
        "the alarm confirmed at 15:50, number 1 within 1 h, freezes deactivate from "
        "15:55, 5 min after the act",
        id="agent_deactivates_as_the_alarm_is_confirmed",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(-1),
        ALLOW,
        "before the act: 0",
        id="agent_deactivates_before_the_alarm_is_confirmed",
    ),
    pytest.param(
        AT_ONCE,
        a_request(),
        confirmed(0),
        DENY,
        "from 15:50, 0 s before the act",
        id="agent_deactivates_as_a_freeze_begins_at_once",
    ),
    pytest.param(
        AT_ONCE,
        a_request(),
        confirmed(-1),
        ALLOW,
        "before the act: 0",
        id="agent_deactivates_a_second_before_a_freeze_at_once",
    ),
    # It ends by itself, to the second; the next alarm prolongs it.
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(65 * MINUTE - 1),
        DENY,
        "from 14:50, 59 min 59 s before the act, until 15:50",
        id="agent_deactivates_in_the_last_second_of_the_freeze",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(65 * MINUTE),
        ALLOW,
        "no freeze holds: alarms confirmed in the 1 h 5 min before the act: 0",
        id="agent_deactivates_as_the_freeze_ends",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        confirmed(90 * MINUTE, 20 * MINUTE, 2 * MINUTE),
        DENY,
        "the alarm confirmed at 15:30, number 1 within 1 h",
        id="agent_deactivates_between_alarms",
    ),
    pytest.param(
        SHORT,
        a_request(),
        confirmed(0),
        DENY,
        "until 15:50",
        id="agent_deactivates_in_a_freeze_of_a_second",
    ),
    pytest.param(
        SHORT,
        a_request(),
        confirmed(1),
        ALLOW,
        "alarms confirmed in the 1 s before the act: 0",
        id="agent_deactivates_after_a_freeze_of_a_second",
    ),
    pytest.param(
        LONG,
        a_request(at=9_000 * DAY),
        FROZEN,
        DENY,
        "the alarm confirmed at 15:40",
        id="agent_deactivates_years_later_in_a_long_freeze",
    ),
    # A tier and a list limit it, and some roles go on.
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business"),
        FROZEN,
        DENY,
        "freezes deactivate",
        id="agent_deactivates_frozen_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="ordinary"),
        FROZEN,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_below_the_freeze",
    ),
    pytest.param(
        RENAMING,
        a_request(action="look-up"),
        FROZEN,
        DENY,
        "freezes look-up",
        id="agent_reads_where_reading_is_listed",
    ),
    pytest.param(
        RENAMING,
        a_request(),
        FROZEN,
        ALLOW,
        "covers only rename, look-up, not deactivate",
        id="agent_deactivates_where_renaming_is_listed",
    ),
    pytest.param(
        BUT_LEADS,
        a_request(),
        FROZEN_LEAD,
        ALLOW,
        "role lead is exempt from a freeze",
        id="lead_deactivates_in_a_freeze",
    ),
    pytest.param(
        BUT_LEADS,
        a_request(),
        FROZEN,
        DENY,
        "freezes deactivate",
        id="agent_deactivates_in_a_freeze_but_for_leads",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        FROZEN_LEAD,
        DENY,
        "freezes deactivate",
        id="lead_deactivates_in_a_freeze_for_all",
    ),
    # Where it takes two, the second orders it, if they are close enough.
    pytest.param(
        TWO,
        a_request(),
        confirmed(20 * MINUTE),
        ALLOW,
        "in the 1 h 5 min before the act: 1; it takes 2 within 10 min",
        id="agent_deactivates_after_the_first_of_two",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(20 * MINUTE, 10 * MINUTE + 1),
        DENY,
        "the alarm confirmed at 15:39, number 2 within 10 min, freezes deactivate",
        id="agent_deactivates_after_two_that_are_close",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(20 * MINUTE, 10 * MINUTE),
        ALLOW,
        "in the 1 h 5 min before the act: 2; it takes 2 within 10 min",
        id="agent_deactivates_after_two_that_are_a_window_apart",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(14 * MINUTE, 5 * MINUTE),
        DENY,
        "from 15:50, 0 s before the act",
        id="agent_deactivates_a_delay_after_the_second",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(14 * MINUTE, 5 * MINUTE - 1),
        ALLOW,
        "number 2 within 10 min, freezes deactivate from 15:50, 1 s after the act",
        id="agent_deactivates_almost_a_delay_after_the_second",
    ),
    # The first may be too old to count by itself; the second may not.
    pytest.param(
        TWO,
        a_request(),
        confirmed(70 * MINUTE, 65 * MINUTE - 1),
        DENY,
        "from 14:50, 59 min 59 s before the act, until 15:50",
        id="agent_deactivates_in_the_last_second_after_two",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(70 * MINUTE, 65 * MINUTE),
        ALLOW,
        "no freeze holds",
        id="agent_deactivates_as_the_freeze_of_two_ends",
    ),
    # A later one that is alone neither orders nor hides a freeze.
    pytest.param(
        TWO,
        a_request(),
        confirmed(64 * MINUTE, 60 * MINUTE, 40 * MINUTE, 20 * MINUTE),
        DENY,
        "the alarm confirmed at 14:50, number 2 within 10 min",
        id="agent_deactivates_after_two_and_two_that_are_alone",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(75 * MINUTE, 66 * MINUTE, 40 * MINUTE, 20 * MINUTE),
        ALLOW,
        "before the act: 2; it takes 2 within 10 min",
        id="agent_deactivates_long_after_two_and_two_that_are_alone",
    ),
    # The last of many that are close prolongs it.
    pytest.param(
        THREE,
        a_request(),
        confirmed(85 * MINUTE, 75 * MINUTE, 70 * MINUTE, 65 * MINUTE),
        DENY,
        "the alarm confirmed at 14:45, number 4 within 30 min",
        id="agent_deactivates_after_four_where_it_takes_three",
    ),
    pytest.param(
        THREE,
        a_request(),
        confirmed(85 * MINUTE, 75 * MINUTE, 70 * MINUTE),
        ALLOW,
        "before the act: 0; it takes 3 within 30 min",
        id="agent_deactivates_after_the_freeze_of_three",
    ),
    pytest.param(
        THREE,
        a_request(),
        confirmed(45 * MINUTE, 45 * MINUTE, 15 * MINUTE + 1, 15 * MINUTE),
        DENY,
        "the alarm confirmed at 15:34, number 3 within 30 min",
        id="agent_deactivates_after_three_and_one_that_is_too_late",
    ),
    # The sentence counts those of the window, and those that could still count.
    pytest.param(
        TWO,
        a_request(),
        confirmed(21 * MINUTE, 15 * MINUTE, 11 * MINUTE),
        DENY,
        "number 2 within 10 min",
        id="agent_deactivates_after_the_last_two_of_three",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(21 * MINUTE - 1, 15 * MINUTE, 11 * MINUTE),
        DENY,
        "number 3 within 10 min",
        id="agent_deactivates_after_all_three",
    ),
    pytest.param(
        TWO,
        a_request(),
        confirmed(65 * MINUTE - 1),
        ALLOW,
        "before the act: 1; it takes 2",
        id="agent_deactivates_while_the_first_of_two_could_count",
    ),
    # At the edges only one second counts, or all time does.
    pytest.param(
        TWO_AT_ONCE,
        a_request(),
        confirmed(10 * MINUTE, 10 * MINUTE),
        DENY,
        "the alarm confirmed at 15:40, number 2 within 1 s",
        id="agent_deactivates_after_two_in_a_second",
    ),
    pytest.param(
        TWO_AT_ONCE,
        a_request(),
        confirmed(10 * MINUTE, 10 * MINUTE - 1),
        ALLOW,
        "before the act: 2; it takes 2 within 1 s",
        id="agent_deactivates_after_two_in_two_seconds",
    ),
    pytest.param(
        TWO_EVER,
        a_request(at=9_000 * DAY),
        FakeView(
            alarms_at=((0, None, True), (9_000 * DAY - HOUR, "agent-1", True)),
        ),
        DENY,
        "number 2 within 10000 d",
        id="agent_deactivates_after_two_in_years",
    ),
    pytest.param(
        MANY,
        a_request(),
        confirmed(*[10 * MINUTE] * 100),
        ALLOW,
        "before the act: 100; it takes 10000 within 1 h",
        id="agent_deactivates_where_nothing_is_ever_enough",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A covered action is denied while a freeze holds, but to exempt roles."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@given(
    ago=st.lists(st.integers(-2, 40), max_size=6),
    control=st.builds(
        EmergencyFreeze,
        alarms=st.integers(1, 3),
        window=st.integers(1, 15),
        delay=st.integers(0, 8),
        lasts=st.integers(1, 15),
    ),
)
def test_holds_as_defined(ago, control):
    """It holds where one of the alarms, with those of its window, ordered it."""
    orders = [
        last for last in ago if number_within(ago, last, control) >= control.alarms
    ]
    holds = any(0 <= last - control.delay < control.lasts for last in orders)

    answer = control.decide(a_request(), confirmed(*ago))

    assert holds == answer.deny


def number_within(ago, last, control):
    """Count the alarms of the window that ends with one of them, itself included."""
    return sum(last <= other < last + control.window for other in ago)


ALERT = ProtectedChangeAlert(ingest=Constant(0))
NO_AGENTS = EmergencyFreeze(exempt_roles=("agent",))


def goes_on(*, wait=30 * MINUTE, **parts):
    """Build a scene in which a leaver acts, and again at a colleague's session.

    The first act is confirmed two minutes later and the leaver's access ended; a freeze
    then holds from seven to 67 minutes after the act.
    """
    second = attempt(
        through="colleague-session", target="friend", wait=Constant(wait), **parts
    )
    return scene(
        misuse=evolve(misuse(), plan=(Step((attempt(),)), Step((second,)))),
        targets=(Target("celebrity", "protected"), Target("friend", "protected")),
    )


@pytest.mark.parametrize("wait", [7 * MINUTE, 30 * MINUTE, 67 * MINUTE - 1])
def test_alone_changes_the_outcome(wait):
    """Who goes on under another name is refused, once an alarm was confirmed."""
    scenario = goes_on(wait=wait)

    assert ends(scenario, PLAIN) == ends(scenario) == ("missed", "")
    assert ends(scenario, ALERT) == ("caught", ALERT.id)
    assert ends(scenario, ALERT, PLAIN) == ("limited", "emergency-freeze")
    assert outcome(scenario, ALERT, PLAIN).harm.touched == 1


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # It takes a confirmed alarm and some time,
        pytest.param(PLAIN, scene(misuse=misuse()), id="act_that_raises_the_alarm"),
        pytest.param(PLAIN, goes_on(wait=MINUTE), id="before_the_alarm_is_confirmed"),
        pytest.param(
            PLAIN, goes_on(wait=7 * MINUTE - 1), id="before_the_freeze_takes_hold"
        ),
        pytest.param(
            PLAIN,
            goes_on(wait=MINUTE, fuse=Constant(30 * MINUTE)),
            id="planted_before_and_acting_in_the_freeze",
        ),
        # it ends,
        pytest.param(PLAIN, goes_on(wait=67 * MINUTE), id="whoever_waits"),
        # and it leaves some alone.
        pytest.param(NO_AGENTS, goes_on(), id="role_that_is_exempt"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """What comes before or after the freeze, or is exempt, is caught at best."""
    assert ends(scenario, ALERT) == ends(scenario, ALERT, control)
    assert ends(scenario, ALERT, control) == ("caught", ALERT.id)


def test_stops_honest_work_for_a_false_alarm():
    """Where a false alarm is believed, nobody's honest work goes on."""
    work = scene(
        desks=honest_work(),
        response=evolve(ORGANISATION.response, believes_false=1.0),
    )

    without, frozen = (
        outcome(work, ALERT).friction,
        outcome(work, ALERT, PLAIN).friction,
    )

    assert without.refused < frozen.refused
