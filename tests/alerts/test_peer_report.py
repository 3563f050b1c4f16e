"""Which requests a colleague may notice, and how surely."""

import pytest

from simulator.alerts import PeerReport
from simulator.clock import DAY, HOUR, Moment
from simulator.decisions import DENY, Alert
from simulator.scenario.organisation import Team
from simulator.streams import Constant, LogNormal
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import BELOW, ORGANISATION, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

ALONE = FakeView()
TWO = FakeView(on_shift={"agent-1": 2})
ONE = FakeView(on_shift={"agent-1": 1})
CROWD = FakeView(on_shift={"agent-1": 100_000})

PLAIN = PeerReport()
KEEN = PeerReport(noticing=0.5, delay=Constant(5), from_tier="business")
SURE = PeerReport(noticing=1.0, delay=Constant(5))
BLIND = PeerReport(noticing=0.0)


def signal(chance, delay):
    """Build the signal of a colleague."""
    return Alert("agent-1", "account-1", delay, chance=pytest.approx(chance))


USUAL = LogNormal(HOUR, DAY)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # Each colleague on shift adds to the chance; without any there is none.
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        ONE,
        signal(0.01, USUAL),
        "colleagues on shift: 1, of whom one notices with a chance of 1% and "
        "tells after",
        id="agent_asks_beside_one_colleague",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        TWO,
        signal(0.0199, USUAL),
        "colleagues on shift: 2, of whom one notices with a chance of 1.99%",
        id="agent_asks_beside_two_colleagues",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        ALONE,
        None,
        "no colleague of agent-1 is on shift to notice",
        id="agent_asks_alone",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected"),
        CROWD,
        signal(1.0, USUAL),
        "with a chance of 100%",
        id="agent_asks_in_a_crowd",
    ),
    # Chance, delay and tier are settings.
    pytest.param(
        KEEN,
        a_requested(tier="business"),
        TWO,
        signal(0.75, Constant(5)),
        "with a chance of 75% and tells after 5 s on average",
        id="agent_asks_beside_keen_colleagues",
    ),
    pytest.param(
        KEEN,
        a_requested(tier="ordinary"),
        TWO,
        None,
        "of tier business or above; this one is ordinary",
        id="agent_asks_for_ordinary_beside_keen_colleagues",
    ),
    pytest.param(
        SURE,
        a_requested(tier="protected"),
        ONE,
        signal(1.0, Constant(5)),
        "with a chance of 100%",
        id="agent_is_seen_for_sure",
    ),
    pytest.param(
        SURE,
        a_requested(tier="protected"),
        ALONE,
        None,
        "no colleague of agent-1",
        id="agent_is_alone_where_all_is_seen",
    ),
    pytest.param(
        BLIND,
        a_requested(tier="protected"),
        TWO,
        None,
        "with a chance of 0%",
        id="agent_is_never_seen",
    ),
    # The top tier is odd, the one below is not; nor is reading.
    pytest.param(
        PLAIN,
        a_requested(tier="business"),
        TWO,
        None,
        "watches only targets of tier protected; this one is business",
        id="agent_asks_for_business",
    ),
    pytest.param(
        PLAIN,
        a_requested(tier="protected", action="look-up"),
        TWO,
        None,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
    # What is refused was seen all the same, and its effect is not seen again.
    pytest.param(
        PLAIN,
        a_requested(tier="protected", decision=DENY),
        TWO,
        signal(0.0199, USUAL),
        "colleagues on shift: 2",
        id="agent_is_denied",
    ),
    pytest.param(
        PLAIN,
        an_executed(tier="protected"),
        TWO,
        None,
        "looks at requests when they are made",
        id="agent_took_down_what_was_asked_for",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A harmful request on a high tier may be noticed by colleagues on shift."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

AT_WORK = scene(misuse=misuse())
AT_NIGHT = scene(misuse=misuse(at=12 * HOUR), horizon=DAY)
ALONE_ON_TEAM = (Team("desk", "agent", "contractor", "day", 0), *ORGANISATION.teams[1:])
SLOW = PeerReport(noticing=1.0, delay=Constant(HOUR))


@pytest.mark.parametrize(("alert", "verdict"), [(SURE, "caught"), (SLOW, "noticed")])
def test_alone_changes_the_outcome(alert, verdict):
    """What nothing technical shows is told by a colleague, sooner or later."""
    assert ends(AT_WORK) == ("missed", "")
    assert ends(AT_WORK, alert) == (verdict, "peer-report")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(AT_WORK, SURE, ("caught", "peer-report"), id="the_act_itself"),
        pytest.param(AT_NIGHT, SURE, ("missed", ""), id="team_is_away"),
        pytest.param(
            scene(misuse=misuse(), teams=ALONE_ON_TEAM),
            SURE,
            ("missed", ""),
            id="nobody_else_is_of_the_team",
        ),
        pytest.param(
            scene(misuse=misuse(), targets=BELOW), SURE, ("missed", ""), id="low_tier"
        ),
        pytest.param(AT_WORK, BLIND, ("missed", ""), id="colleagues_look_away"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The act takes effect, and nobody tells who was not there or did not look."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(("tier", "alarms_each"), [("protected", 1), ("ordinary", 0)])
def test_cost_is_true(tier, alarms_each):
    """Honest work on a high tier is reported as well, where it looks odd."""
    desks = honest_work(kind(tier=tier), closes=Moment(6 * HOUR))
    friction = outcome(scene(desks=desks), SURE).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
