"""Which effects a review may find, when and how surely."""

import pytest

from simulator.alerts import PeriodicLogReview
from simulator.clock import DAY, HOUR, WEEK
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import BELOW, IN_PLACE, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

VIEW = FakeView()

PLAIN = PeriodicLogReview()
DAILY = PeriodicLogReview(
    interval=DAY, coverage=1.0, diligence=0.25, from_tier="business"
)


def signal(delay_s, chance, again_every_s):
    """Build the signal of a review so long after the effect."""
    return Alert(
        "agent-1",
        "account-1",
        Constant(delay_s),
        chance=chance,
        again_every_s=again_every_s,
    )


COLUMNS = ("alert", "record", "view", "expected", "fact")
ROWS = [
    # The next weekly review reads the top tier.
    pytest.param(
        PLAIN,
        an_executed(tier="protected", at=2 * DAY),
        VIEW,
        signal(5 * DAY, 0.1, WEEK),
        "the next review is at day 8 00:00, 5 d after the effect, and finds it with a "
        "chance of 10%",
        id="agent_took_protected_down_midweek",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="business", at=2 * DAY),
        VIEW,
        None,
        "watches only targets of tier protected; this one is business",
        id="agent_took_business_down_midweek",
    ),
    # Interval, shares and tier are settings.
    pytest.param(
        DAILY,
        an_executed(tier="business", at=23 * HOUR),
        VIEW,
        signal(HOUR, 0.25, DAY),
        "1 h after the effect, and finds it with a chance of 25%",
        id="agent_took_business_down_late",
    ),
    pytest.param(
        DAILY,
        an_executed(tier="ordinary", at=23 * HOUR),
        VIEW,
        None,
        "of tier business or above; this one is ordinary",
        id="agent_took_ordinary_down_late",
    ),
    # A review reads what is older than itself.
    pytest.param(
        DAILY,
        an_executed(tier="protected", at=DAY - 1),
        VIEW,
        signal(1, 0.25, DAY),
        "1 s after the effect",
        id="agent_took_protected_down_before_a_review",
    ),
    pytest.param(
        DAILY,
        an_executed(tier="protected", at=DAY),
        VIEW,
        signal(DAY, 0.25, DAY),
        "the next review is at day 3 00:00, 1 d after the effect",
        id="agent_took_protected_down_during_a_review",
    ),
    # Reading harms nothing, and what was only asked for is not reviewed.
    pytest.param(
        PLAIN,
        an_executed(tier="protected", action="look-up"),
        VIEW,
        None,
        "look-up harms no target",
        id="agent_read_protected",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        VIEW,
        None,
        "looks at effects",
        id="agent_asks_to_take_protected_down",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, expected, fact):
    """A harmful effect on a high tier may be found at each review that follows."""
    raised = alert.watch(record, view)

    assert expected == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, expected, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

THOROUGH = PeriodicLogReview(coverage=1.0, diligence=1.0)
TWO_WEEKS = 14 * DAY
QUIET = scene(misuse=misuse(), actions=IN_PLACE, horizon=TWO_WEEKS)
OUTAGE = scene(misuse=misuse(), horizon=TWO_WEEKS)
UNREAD = PeriodicLogReview(coverage=0.0, diligence=1.0)
CARELESS = PeriodicLogReview(coverage=1.0, diligence=0.0)


@pytest.mark.parametrize("scenario", [QUIET, OUTAGE])
def test_alone_changes_the_outcome(scenario):
    """A change that nothing else shows is found, late."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, THOROUGH) == ("noticed", "periodic-log-review")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            QUIET, THOROUGH, ("noticed", "periodic-log-review"), id="the_act_itself"
        ),
        pytest.param(
            scene(misuse=misuse(), targets=BELOW, horizon=TWO_WEEKS),
            THOROUGH,
            ("missed", ""),
            id="lower_tier",
        ),
        pytest.param(QUIET, UNREAD, ("missed", ""), id="log_is_not_read"),
        pytest.param(QUIET, CARELESS, ("missed", ""), id="reader_misses_it"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The act takes effect, and nobody finds what is not read, or not well."""
    assert ending == ends(scenario, alert)


def test_what_it_does_not_stop_goes_through_for_days():
    """The outage is ended by the review of the week's end, and not before."""
    outage_s = outcome(OUTAGE, THOROUGH).harm.outage_s

    assert 6 * DAY < outage_s < 8 * DAY


@pytest.mark.parametrize(("tier", "alarms_each"), [("protected", 1), ("ordinary", 0)])
def test_cost_is_true(tier, alarms_each):
    """Honest work in the part that is read is a false alarm."""
    scenario = scene(desks=honest_work(kind(tier=tier)), horizon=TWO_WEEKS)
    friction = outcome(scenario, THOROUGH).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
