"""Which declared emergencies are told, when and how loudly."""

import pytest
from attrs import evolve

from simulator.alerts import BreakGlassUse
from simulator.clock import DAY, HOUR
from simulator.decisions import DENY, Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import ORGANISATION, attempt, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

VIEW = FakeView()
PAGE = Alert("agent-1", "account-1", Constant(60), urgent=True)

PLAIN = BreakGlassUse()
SLOW = BreakGlassUse(ingest=Constant(HOUR))
CALM = BreakGlassUse(urgent=False)
REVIEWED = BreakGlassUse(pages=False)
SOON = BreakGlassUse(pages=False, review_within=HOUR, review_finds=0.25)
AT_ONCE = BreakGlassUse(pages=False, review_within=0)
BLIND = BreakGlassUse(pages=False, review_finds=0.0)


def review(delay_s, chance=1.0):
    """Build the signal of a review so long after the request."""
    return Alert("agent-1", "account-1", Constant(delay_s), chance=chance)


COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # The declaration is what raises the alarm.
    pytest.param(
        PLAIN,
        a_requested(emergency=True),
        VIEW,
        PAGE,
        "an emergency was declared: fires after 1 min on average",
        id="agent_declares_an_emergency",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        VIEW,
        None,
        "no emergency was declared",
        id="agent_declares_none",
    ),
    # Neither a refusal nor a harmless action makes it less of one.
    pytest.param(
        PLAIN,
        a_requested(emergency=True, decision=DENY),
        VIEW,
        PAGE,
        "an emergency was declared",
        id="agent_declares_one_in_vain",
    ),
    pytest.param(
        PLAIN,
        a_requested(emergency=True, action="look-up"),
        VIEW,
        PAGE,
        "an emergency was declared",
        id="agent_declares_one_to_read",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        VIEW,
        None,
        "looks at requests when they are made",
        id="agent_took_down_what_was_asked_for",
    ),
    # How fast and how loud the page is are settings.
    pytest.param(
        SLOW,
        a_requested(emergency=True),
        VIEW,
        Alert("agent-1", "account-1", Constant(HOUR), urgent=True),
        "fires after 1 h on average",
        id="agent_declares_one_where_logs_are_slow",
    ),
    pytest.param(
        CALM,
        a_requested(emergency=True),
        VIEW,
        Alert("agent-1", "account-1", Constant(60)),
        "an emergency was declared",
        id="agent_declares_one_where_that_is_routine",
    ),
    # Where nobody is paged, the review tells; how surely is a setting.
    pytest.param(
        REVIEWED,
        a_requested(emergency=True),
        VIEW,
        review(DAY),
        "nobody is told at once: the review after 1 d tells with a chance of 100%",
        id="agent_declares_one_that_is_reviewed",
    ),
    pytest.param(
        REVIEWED,
        a_requested(),
        VIEW,
        None,
        "no emergency was declared",
        id="agent_declares_none_where_they_are_reviewed",
    ),
    pytest.param(
        SOON,
        a_requested(emergency=True),
        VIEW,
        review(HOUR, 0.25),
        "the review after 1 h tells with a chance of 25%",
        id="agent_declares_one_that_is_glanced_at",
    ),
    pytest.param(
        AT_ONCE,
        a_requested(emergency=True),
        VIEW,
        review(0),
        "the review after 0 s tells",
        id="agent_declares_one_that_is_reviewed_at_once",
    ),
    pytest.param(
        BLIND,
        a_requested(emergency=True),
        VIEW,
        None,
        "tells with a chance of 0%",
        id="agent_declares_one_that_nobody_understands",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A declared emergency raises an alarm at once, or at its review."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

DECLARED = misuse(attempt(emergency=True))
BELIEVED = evolve(ORGANISATION.response, confirms=0.0)


@pytest.mark.parametrize(
    ("alert", "verdict"),
    [(PLAIN, "caught"), (BreakGlassUse(pages=False, review_within=HOUR), "noticed")],
)
def test_alone_changes_the_outcome(alert, verdict):
    """An emergency that was none is found out at once, or at its review."""
    scenario = scene(misuse=DECLARED)

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, alert) == (verdict, "break-glass-use")


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(
            scene(misuse=DECLARED), ("caught", "break-glass-use"), id="the_act_itself"
        ),
        pytest.param(scene(misuse=misuse()), ("missed", ""), id="no_emergency"),
        pytest.param(
            scene(misuse=DECLARED, response=BELIEVED),
            ("missed", ""),
            id="passes_for_a_real_one",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and nobody learns of it without a lie that is seen."""
    assert ending == ends(scenario, PLAIN)


@pytest.mark.parametrize(("declared", "alarms_each"), [(1.0, 1), (0.0, 0)])
def test_cost_is_true(declared, alarms_each):
    """Every real emergency is an alarm, and nothing else is."""
    desks = honest_work(kind(emergency=declared))
    friction = outcome(scene(desks=desks), PLAIN).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
