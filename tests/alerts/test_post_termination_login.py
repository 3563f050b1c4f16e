"""Whose access is still being used after they have gone."""

import pytest

from simulator.alerts import PostTerminationLogin
from simulator.clock import DAY, HOUR, MINUTE
from simulator.decisions import DENY, Alert
from simulator.scenario.organisation import Action, Registry
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_requested, an_executed
from tests.scenes import (
    NEVER_ENTERED,
    attempt,
    honest_work,
    kind,
    leaver,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

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


# Whole scenes: what it changes alone, and what goes through.

COMES_BACK = scene(misuse=misuse(at=9 * HOUR))
GONE_AT_TEN = (leaver(separation=2 * HOUR),)
DAYS_LATE = (Registry("contractor", Constant(3 * DAY), 0.0),)


def under_another_name(through):
    """Build a scene in which a leaver comes back while colleagues are at work."""
    way = attempt(through=through)
    return scene(misuse=misuse(way, at=3 * HOUR), staff=GONE_AT_TEN)


@pytest.mark.parametrize("alert", [PLAIN, EFFECTS])
def test_alone_changes_the_outcome(alert):
    """A leaver who comes back is found out, by the attempt or by its effect."""
    assert ends(COMES_BACK) == ("missed", "")
    assert ends(COMES_BACK, alert) == ("caught", "post-termination-login")


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(
            COMES_BACK, ("caught", "post-termination-login"), id="the_act_itself"
        ),
        pytest.param(
            scene(misuse=misuse(at=8 * HOUR - 1)), ("missed", ""), id="last_second"
        ),
        pytest.param(
            scene(misuse=misuse(at=9 * HOUR), registries=NEVER_ENTERED),
            ("missed", ""),
            id="never_entered",
        ),
        pytest.param(
            scene(misuse=misuse(at=9 * HOUR), registries=DAYS_LATE),
            ("missed", ""),
            id="not_entered_yet",
        ),
        pytest.param(
            under_another_name("colleague-session"),
            ("missed", ""),
            id="session_of_a_colleague",
        ),
        pytest.param(
            under_another_name("shared-secret"), ("missed", ""), id="shared_secret"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and nobody wonders about who is not known to be gone."""
    assert ending == ends(scenario, PLAIN)


SLOW_TICKETS = honest_work(kind(handling=Constant(90 * MINUTE)))
LATE_EFFECTS = (Action("deactivate", "takes-down", "console", Constant(6 * HOUR)),)


@pytest.mark.parametrize(
    ("parts", "alert", "is_alarmed"),
    [
        pytest.param({"desks": honest_work()}, PLAIN, False, id="in_time"),
        pytest.param({"desks": SLOW_TICKETS}, PLAIN, True, id="stays_on"),
        pytest.param(
            {"desks": honest_work(), "actions": LATE_EFFECTS},
            EFFECTS,
            True,
            id="effects_come_late",
        ),
        pytest.param(
            {"desks": honest_work(), "actions": LATE_EFFECTS},
            PLAIN,
            False,
            id="effects_come_late_where_attempts_count",
        ),
    ],
)
def test_cost_is_true(parts, alert, is_alarmed):
    """A last ticket that takes longer is a false alarm, and so is a late effect."""
    friction = outcome(scene(staff=GONE_AT_TEN, **parts), alert).friction

    assert is_alarmed == (friction.false_alarms > 0)
