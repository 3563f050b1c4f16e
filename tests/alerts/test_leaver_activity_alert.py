"""Whose requests are shown to somebody because they leave."""

import pytest

from simulator.alerts import LeaverActivityAlert
from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import TicketBound
from simulator.decisions import DENY, Alert
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Team
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_requested, an_executed
from tests.scenes import (
    NEVER_ENTERED,
    ORGANISATION,
    attempt,
    honest_work,
    leaver,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

LEAVER = FakeView(departures={"agent-1": a_departure(17 * HOUR)})
LATE_ENTRY = FakeView(
    departures={"agent-1": a_departure(known_from=ACT + 1)},
    employments={"agent-1": "contractor"},
)
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = LeaverActivityAlert()
ONE_HOUR = LeaverActivityAlert(window=HOUR)
READING = LeaverActivityAlert(actions=("look-up",))

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # A leaver is watched, and a colleague who stays is not.
    pytest.param(
        PLAIN,
        a_requested(),
        LEAVER,
        SIGNAL,
        "13 d 23 h before the act",
        id="leaver_asks_to_deactivate",
    ),
    pytest.param(
        PLAIN,
        a_requested(staff="agent-2"),
        LEAVER,
        None,
        "no registry entry: systems do not know that this employee leaves",
        id="colleague_asks_to_deactivate",
    ),
    # So is one who has left, and one whom a control refuses.
    pytest.param(
        PLAIN,
        a_requested(at=17 * HOUR + 40 * DAY),
        LEAVER,
        SIGNAL,
        "before the act",
        id="leaver_comes_back",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        LATE_ENTRY,
        None,
        "no registry entry: systems do not know that this contractor leaves",
        id="leaver_is_entered_a_second_later",
    ),
    pytest.param(
        PLAIN,
        a_requested(decision=DENY),
        LEAVER,
        SIGNAL,
        "before the act",
        id="leaver_is_denied",
    ),
    # The request is watched, so its effect is not watched again.
    pytest.param(
        PLAIN,
        an_executed(),
        LEAVER,
        None,
        "looks at requests when they are made",
        id="leaver_took_down_what_was_asked_for",
    ),
    # The window begins at its first second.
    pytest.param(
        ONE_HOUR,
        a_requested(at=16 * HOUR),
        LEAVER,
        SIGNAL,
        "watched since 16:00, 0 s before the act",
        id="leaver_asks_as_the_watch_begins",
    ),
    pytest.param(
        ONE_HOUR,
        a_requested(at=16 * HOUR - 1),
        LEAVER,
        None,
        "the watch begins at 16:00, 1 s after the act",
        id="leaver_asks_a_second_earlier",
    ),
    # What is listed is watched, harmful or not, and nothing else.
    pytest.param(
        READING,
        a_requested(action="look-up"),
        LEAVER,
        SIGNAL,
        "before the act",
        id="leaver_reads_where_reading_is_listed",
    ),
    pytest.param(
        READING,
        a_requested(),
        LEAVER,
        None,
        "watches only look-up, not deactivate",
        id="leaver_deactivates_where_reading_is_listed",
    ),
    pytest.param(
        PLAIN,
        a_requested(action="look-up"),
        LEAVER,
        None,
        "look-up harms no target",
        id="leaver_reads",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A privileged request of a known leaver raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

MISUSE = scene(misuse=misuse())
REFUSED_FIRST = scene(
    misuse=misuse(attempt(ticket="none"), attempt(wait=Constant(10 * MINUTE)))
)


@pytest.mark.parametrize(
    ("scenario", "others", "verdict"),
    [
        pytest.param(MISUSE, (), "caught", id="act"),
        pytest.param(REFUSED_FIRST, (TicketBound(),), "stopped", id="refused_attempt"),
    ],
)
def test_alone_changes_the_outcome(scenario, others, verdict):
    """A leaver is found out by the act, or by an attempt that was refused."""
    assert ends(scenario, *others) == ("missed", "")
    assert ends(scenario, *others, PLAIN) == (verdict, "leaver-activity-alert")


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(MISUSE, ("caught", "leaver-activity-alert"), id="the_act_itself"),
        pytest.param(
            scene(misuse=misuse(), registries=NEVER_ENTERED),
            ("missed", ""),
            id="leaver_is_not_entered",
        ),
        pytest.param(
            scene(misuse=misuse(), staff=(leaver(separation=15 * DAY),)),
            ("missed", ""),
            id="watch_has_not_begun",
        ),
        pytest.param(
            scene(misuse=misuse(who=Requirement(person="desk-1"))),
            ("missed", ""),
            id="somebody_who_stays",
        ),
        pytest.param(
            scene(misuse=misuse(attempt(through="colleague-session"))),
            ("missed", ""),
            id="session_of_a_colleague",
        ),
        pytest.param(
            scene(misuse=misuse(attempt(through="shared-secret"))),
            ("missed", ""),
            id="shared_secret",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and nobody learns of it under another name."""
    assert ending == ends(scenario, PLAIN)


LEAVERS_ONLY = (Team("desk", "agent", "contractor", "day", 0), *ORGANISATION.teams[1:])


@pytest.mark.parametrize(
    ("registries", "alarms_each"), [(ORGANISATION.registries, 1), (NEVER_ENTERED, 0)]
)
def test_cost_is_true(registries, alarms_each):
    """Every honest request of a known leaver is a false alarm."""
    scenario = scene(desks=honest_work(), teams=LEAVERS_ONLY, registries=registries)
    friction = outcome(scenario, PLAIN).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
