"""Whose access is still being used after they have gone."""

import pytest

from simulator.alerts import PostTerminationLogin
from simulator.clock import DAY, HOUR, MINUTE
from simulator.decisions import DENY, Alert
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_requested, an_executed

GONE = FakeView(departures={"agent-1": a_departure(15 * HOUR)})
STILL_HERE = FakeView(departures={"agent-1": a_departure(17 * HOUR)})
LATE_ENTRY = FakeView(
    departures={"agent-1": a_departure(15 * HOUR, known_from=ACT + 1)},
    employments={"agent-1": "contractor"},
)
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = PostTerminationLogin()
EXACT = PostTerminationLogin(skew=0)
ONE_DAY = PostTerminationLogin(skew=DAY, ingest=Constant(5))
EFFECTS = PostTerminationLogin(attempts=False)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # Who is gone raises an alarm; who is still to go, or stays, does not.
    pytest.param(
        PLAIN,
        a_requested(),
        GONE,
        SIGNAL,
        "the separation at 15:00 is 50 min before the act; fires from 5 min after it",
        id="leaver_asks_after_the_separation",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        STILL_HERE,
        None,
        "the separation at 17:00 is 1 h 10 min after the act; fires from 5 min "
        "after it",
        id="leaver_asks_before_the_separation",
    ),
    pytest.param(
        PLAIN,
        a_requested(staff="agent-2"),
        GONE,
        None,
        "no registry entry: systems do not know that this employee leaves",
        id="colleague_asks",
    ),
    pytest.param(
        PLAIN,
        a_requested(at=15 * HOUR + 40 * DAY),
        GONE,
        SIGNAL,
        "40 d before the act",
        id="leaver_comes_back",
    ),
    # The registry must have the entry by then.
    pytest.param(
        PLAIN,
        a_requested(at=ACT + 1),
        LATE_ENTRY,
        SIGNAL,
        "50 min 1 s before the act",
        id="leaver_asks_as_the_entry_arrives",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        LATE_ENTRY,
        None,
        "no registry entry: systems do not know that this contractor leaves",
        id="leaver_is_entered_a_second_later",
    ),
    # Clocks may differ, to the second.
    pytest.param(
        PLAIN,
        a_requested(at=15 * HOUR + 5 * MINUTE),
        GONE,
        SIGNAL,
        "5 min before the act",
        id="leaver_asks_as_the_tolerance_ends",
    ),
    pytest.param(
        PLAIN,
        a_requested(at=15 * HOUR + 5 * MINUTE - 1),
        GONE,
        None,
        "4 min 59 s before the act",
        id="leaver_asks_a_second_earlier",
    ),
    pytest.param(
        EXACT,
        a_requested(at=15 * HOUR),
        GONE,
        SIGNAL,
        "0 s before the act; fires from 0 s after it",
        id="leaver_asks_at_the_separation",
    ),
    pytest.param(
        EXACT,
        a_requested(at=15 * HOUR - 1),
        GONE,
        None,
        "1 s after the act; fires from 0 s after it",
        id="leaver_asks_a_second_before_the_separation",
    ),
    pytest.param(
        ONE_DAY,
        a_requested(at=15 * HOUR + DAY),
        GONE,
        Alert("agent-1", "account-1", Constant(5)),
        "1 d before the act; fires from 1 d after it",
        id="leaver_asks_as_a_long_tolerance_ends",
    ),
    pytest.param(
        ONE_DAY,
        a_requested(at=15 * HOUR + DAY - 1),
        GONE,
        None,
        "fires from 1 d after it",
        id="leaver_asks_within_a_long_tolerance",
    ),
    # What is refused counts, and so does what harms nothing.
    pytest.param(
        PLAIN,
        a_requested(decision=DENY),
        GONE,
        SIGNAL,
        "50 min before the act",
        id="leaver_is_denied",
    ),
    pytest.param(
        PLAIN,
        a_requested(action="look-up"),
        GONE,
        SIGNAL,
        "50 min before the act",
        id="leaver_reads",
    ),
    # Where attempts do not count, effects do; neither is looked at twice.
    pytest.param(
        PLAIN,
        an_executed(),
        GONE,
        None,
        "looks at requests when they are made",
        id="leaver_took_down_what_was_asked_for",
    ),
    pytest.param(
        EFFECTS,
        a_requested(),
        GONE,
        None,
        "looks at effects, and a request answered with allow is none yet",
        id="leaver_asks_where_only_effects_count",
    ),
    pytest.param(
        EFFECTS,
        an_executed(),
        GONE,
        SIGNAL,
        "50 min before the act",
        id="leaver_took_down_where_only_effects_count",
    ),
    pytest.param(
        EFFECTS,
        an_executed(action="look-up"),
        GONE,
        SIGNAL,
        "50 min before the act",
        id="leaver_read_where_only_effects_count",
    ),
    pytest.param(
        EFFECTS,
        an_executed(),
        STILL_HERE,
        None,
        "1 h 10 min after the act",
        id="leaver_took_down_before_the_separation",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """Whatever a leaver's access is used for after the separation raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


@pytest.mark.parametrize(
    ("alert", "kind"), [(PLAIN, "requested"), (EFFECTS, "executed")]
)
def test_setting_says_which_records_it_is_shown(alert, kind):
    """Attempts are seen when they are made, effects when they come."""
    watched = alert.watches

    assert kind == watched
