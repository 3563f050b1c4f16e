"""Whose requests are shown to somebody because they leave."""

import pytest

from simulator.alerts import LeaverActivityAlert
from simulator.clock import DAY, HOUR
from simulator.decisions import DENY, Alert
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_requested, an_executed

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
