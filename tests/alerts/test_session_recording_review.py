"""Which effects are seen on a recording, when and how surely."""

import pytest

from simulator.alerts import SessionRecordingReview
from simulator.clock import DAY
from simulator.decisions import Alert
from simulator.streams import Constant, LogNormal
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import honest_work, misuse, scene
from tests.verdicts import ends, outcome

VIEW = FakeView()

PLAIN = SessionRecordingReview()
LIVE = SessionRecordingReview(sample=1.0, detect=1.0, review_delay=Constant(0))
NONE_WATCHED = SessionRecordingReview(sample=0.0)
NOTHING_SEEN = SessionRecordingReview(detect=0.0)
RARE = SessionRecordingReview(sample=0.004, detect=0.25)


def signal(chance, delay):
    """Build the signal of somebody who watches."""
    return Alert("agent-1", "account-1", delay, chance=pytest.approx(chance))


LATER = LogNormal(DAY, 3 * DAY)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # A share of a share is found, on any tier.
    pytest.param(
        PLAIN,
        an_executed(),
        VIEW,
        signal(0.05, LATER),
        "10% of the recordings are watched, after 1 d 11 h on average, and 50% of "
        "what is wrong in them is noticed",
        id="agent_took_ordinary_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected", action="rename"),
        VIEW,
        signal(0.05, LATER),
        "10% of the recordings are watched",
        id="agent_renamed_protected",
    ),
    # Shares and delay are settings, and without one of the shares nothing is found.
    pytest.param(
        LIVE,
        an_executed(),
        VIEW,
        signal(1.0, Constant(0)),
        "100% of the recordings are watched, after 0 s on average, and 100%",
        id="agent_is_watched_live",
    ),
    pytest.param(
        NONE_WATCHED,
        an_executed(),
        VIEW,
        None,
        "0% of the recordings are watched",
        id="agent_is_never_watched",
    ),
    pytest.param(
        NOTHING_SEEN,
        an_executed(),
        VIEW,
        None,
        "and 0% of what is wrong",
        id="agent_is_watched_in_vain",
    ),
    pytest.param(
        RARE,
        an_executed(),
        VIEW,
        signal(0.001, LATER),
        "0.4% of the recordings are watched",
        id="agent_is_hardly_ever_watched",
    ),
    # Reading harms nothing, and what was only asked for is not looked for.
    pytest.param(
        PLAIN,
        an_executed(action="look-up"),
        VIEW,
        None,
        "look-up harms no target",
        id="agent_read",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        VIEW,
        None,
        "looks at effects",
        id="agent_asks",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A harmful effect may be noticed on a recording."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

ALL_WATCHED = SessionRecordingReview(sample=1.0, detect=1.0)
OUTSIDE_SAMPLE = SessionRecordingReview(sample=0.0, detect=1.0)
INATTENTIVE = SessionRecordingReview(sample=1.0, detect=0.0)
MISUSE = scene(misuse=misuse(), horizon=14 * DAY)


@pytest.mark.parametrize(
    ("alert", "verdict"), [(LIVE, "caught"), (ALL_WATCHED, "noticed")]
)
def test_alone_changes_the_outcome(alert, verdict):
    """What looks right in the log is seen on the screen, live or later."""
    assert ends(MISUSE) == ("missed", "")
    assert ends(MISUSE, alert) == (verdict, "session-recording-review")


@pytest.mark.parametrize(
    ("alert", "ending"),
    [
        pytest.param(LIVE, ("caught", "session-recording-review"), id="the_act_itself"),
        pytest.param(OUTSIDE_SAMPLE, ("missed", ""), id="outside_the_sample"),
        pytest.param(INATTENTIVE, ("missed", ""), id="whoever_watches_misses_it"),
    ],
)
def test_what_it_does_not_stop_goes_through(alert, ending):
    """The act takes effect, and nobody sees what is not watched, or not well."""
    assert ending == ends(MISUSE, alert)


@pytest.mark.parametrize(("alert", "alarms_each"), [(LIVE, 1), (OUTSIDE_SAMPLE, 0)])
def test_cost_is_true(alert, alarms_each):
    """Honest work in the recordings that are watched is a false alarm."""
    friction = outcome(scene(desks=honest_work()), alert).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
