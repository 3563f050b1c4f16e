"""Which effect is too many, given what the others of the role do."""

import pytest
from attrs import evolve, frozen

from simulator.alerts import PeerDeviation
from simulator.clock import DAY, HOUR, MINUTE
from simulator.decisions import Alert
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Team
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_requested, an_executed
from tests.scenes import (
    ORGANISATION,
    again,
    attempt,
    honest_work,
    misuse,
    plan,
    scene,
)
from tests.verdicts import ends, outcome

SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = PeerDeviation()
FOUR = PeerDeviation(at_least=4, window=HOUR)
FIRST = PeerDeviation(at_least=1, factor=1, z=0, ingest=Constant(5))
TWICE = PeerDeviation(at_least=1, factor=2, z=0)
SPREAD = PeerDeviation(at_least=1, factor=1, z=2)
NEVER = PeerDeviation(at_least=1, factor=1000, z=1000)


@frozen(kw_only=True)
class PeersRest(FakeView):
    """A view in which the peers did all their work at one instant."""

    worked_at: int
    worked: float

    def peer_mean(self, staff, *, since, until, of):
        """Return what the peers did, if the window holds the instant."""
        return self.worked if since <= self.worked_at < until else 0.0


def effects(*minutes_ago, action="deactivate", staff="agent-1"):
    """Build the rows of effects so many minutes before the act."""
    return tuple((ACT - m * MINUTE, staff, "executed", action) for m in minutes_ago)


def flood(earlier, mean=0.0):
    """Build a view of so many effects, a minute apart, beside peers of a mean."""
    return FakeView(past=effects(*range(1, earlier + 1)), peers={"agent-1": mean})


COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # Without peers' work, the smallest number decides.
    pytest.param(
        PLAIN,
        an_executed(),
        flood(9),
        SIGNAL,
        "number 10 within 1 d, where peers have 0 on average; fires from number 10 on",
        id="agent_took_a_tenth_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        flood(8),
        None,
        "number 9 within 1 d, where peers have 0 on average; fires from number 10 on",
        id="agent_took_a_ninth_down",
    ),
    # With it, more than three times the mean of 4 and three times its root, 18.
    pytest.param(
        PLAIN,
        an_executed(),
        flood(18, 4.0),
        SIGNAL,
        "number 19 within 1 d, where peers have 4 on average; fires from number 19 on",
        id="agent_exceeds_the_limit",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        flood(17, 4.0),
        None,
        "number 18 within 1 d, where peers have 4 on average; fires from number 19 on",
        id="agent_reaches_the_limit",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        flood(9, 1.0),
        SIGNAL,
        "where peers have 1 on average; fires from number 10 on",
        id="agent_exceeds_a_limit_below_the_smallest_number",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        flood(9, 2.5),
        None,
        "number 10 within 1 d, where peers have 2.5 on average; fires from number "
        "13 on",
        id="agent_works_on_a_busy_day",
    ),
    # Factor and spread are settings.
    pytest.param(
        TWICE,
        an_executed(),
        flood(8, 4.0),
        SIGNAL,
        "number 9 within 1 d, where peers have 4 on average; fires from number 9 on",
        id="agent_does_more_than_twice_as_much",
    ),
    pytest.param(
        TWICE,
        an_executed(),
        flood(7, 4.0),
        None,
        "number 8 within",
        id="agent_does_twice_as_much",
    ),
    pytest.param(
        SPREAD,
        an_executed(),
        flood(8, 4.0),
        SIGNAL,
        "fires from number 9 on",
        id="agent_leaves_the_spread",
    ),
    pytest.param(
        SPREAD,
        an_executed(),
        flood(7, 4.0),
        None,
        "fires from number 9 on",
        id="agent_is_at_the_edge_of_the_spread",
    ),
    pytest.param(
        FIRST,
        an_executed(),
        flood(0),
        Alert("agent-1", "account-1", Constant(5)),
        "number 1 within 1 d",
        id="agent_took_one_down_where_nobody_does",
    ),
    pytest.param(
        FIRST,
        an_executed(),
        flood(0, 1.0),
        None,
        "fires from number 2 on",
        id="agent_took_one_down_as_others_do",
    ),
    pytest.param(
        NEVER,
        an_executed(),
        flood(40, 4.0),
        None,
        "number 41 within 1 d, where peers have 4 on average; fires from number "
        "6001 on",
        id="agent_floods_where_the_limit_is_out_of_reach",
    ),
    # The window ends a flood, to the second.
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(
            past=((ACT - HOUR + 1, "agent-1", "executed", "rename"), *effects(20, 10))
        ),
        SIGNAL,
        "number 4 within 1 h",
        id="agent_took_a_fourth_down_a_second_within_the_hour",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(60, 20, 10)),
        None,
        "number 3 within 1 h",
        id="agent_took_a_third_down_within_the_hour",
    ),
    pytest.param(
        PLAIN,
        an_executed(at=ACT + DAY),
        flood(9),
        None,
        "number 1 within 1 d",
        id="agent_took_one_down_a_day_later",
    ),
    # The alarm is raised once, however close the effects come.
    pytest.param(
        FOUR,
        an_executed(),
        flood(4),
        None,
        "number 5 within 1 h, where peers have 0 on average; fires from number 4 "
        "on, but once, and the effect before had reached it",
        id="agent_took_a_fifth_down",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(0, 0, 0)),
        SIGNAL,
        "number 4",
        id="script_took_a_fourth_down_in_a_second",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(0, 0, 0, 0)),
        None,
        "but once",
        id="script_took_a_fifth_down_in_a_second",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(59, 58, 57, 56)),
        None,
        "but once",
        id="agent_goes_on_after_a_break",
    ),
    pytest.param(
        FIRST,
        an_executed(),
        FakeView(past=effects(1439)),
        None,
        "but once",
        id="agent_goes_on_as_the_window_closes",
    ),
    pytest.param(
        FIRST,
        an_executed(),
        FakeView(past=effects(1440)),
        Alert("agent-1", "account-1", Constant(5)),
        "number 1 within 1 d",
        id="agent_begins_anew_after_the_window",
    ),
    # And again once an effect has found the count below: here the one before this.
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(99, 98, 97, 96, 40, 30, 20)),
        SIGNAL,
        "number 4 within 1 h",
        id="agent_floods_again_after_an_hour",
    ),
    # Not so where every effect found it reached, while old ones left the window.
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(past=effects(62, 40, 20, 5)),
        None,
        "number 4 within 1 h, where peers have 0 on average; fires from number 4 on, "
        "but once",
        id="agent_hovers_at_the_limit",
    ),
    # A limit that falls between two effects is crossed all the same.
    pytest.param(
        PLAIN,
        an_executed(),
        PeersRest(past=effects(*range(1, 15)), worked_at=ACT - DAY, worked=4.0),
        SIGNAL,
        "number 15 within 1 d, where peers have 0 on average; fires from number 10 on",
        id="agent_goes_on_where_peers_rest",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        PeersRest(past=effects(*range(1, 15)), worked_at=ACT - DAY, worked=1.0),
        None,
        "but once",
        id="agent_was_above_before_peers_rest",
    ),
    pytest.param(
        FIRST,
        an_executed(),
        PeersRest(
            past=((ACT - DAY + 1, "agent-1", "executed", "deactivate"),),
            worked_at=ACT - 2 * DAY + 2,
            worked=4.0,
        ),
        Alert("agent-1", "account-1", Constant(5)),
        "number 2 within 1 d, where peers have 0 on average",
        id="agent_was_below_as_the_window_opened",
    ),
    # The peers' window is that of the person, to the second.
    pytest.param(
        PLAIN,
        an_executed(),
        PeersRest(past=effects(*range(1, 15)), worked_at=ACT - DAY + 1, worked=4.0),
        None,
        "number 15 within 1 d, where peers have 4 on average; fires from number 19 on",
        id="peers_worked_as_the_window_opens",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        PeersRest(past=effects(*range(1, 10)), worked_at=ACT, worked=4.0),
        None,
        "where peers have 4 on average",
        id="peers_work_in_the_same_second",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        PeersRest(past=effects(*range(1, 10)), worked_at=ACT + 1, worked=4.0),
        SIGNAL,
        "where peers have 0 on average",
        id="peers_work_a_second_later",
    ),
    # One's own harm counts: neither reading, nor others', nor what was only asked.
    pytest.param(
        FOUR,
        an_executed(action="rename"),
        FakeView(past=effects(30, 20, 10, action="rename")),
        SIGNAL,
        "number 4",
        id="agent_renamed_a_fourth",
    ),
    pytest.param(
        FOUR,
        an_executed(),
        FakeView(
            past=effects(30, 20, action="look-up") + effects(5, 4, staff="agent-2")
        ),
        None,
        "number 1 within",
        id="agent_took_one_down_after_reading_twice",
    ),
    pytest.param(
        FOUR,
        an_executed(action="look-up"),
        flood(3),
        None,
        "look-up harms no target",
        id="agent_read_after_three",
    ),
    pytest.param(
        FOUR,
        a_requested(),
        flood(3),
        None,
        "looks at effects",
        id="agent_asks_for_a_fourth",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """The harmful effect that leaves the peers behind raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

TWO_AGENTS = (Team("desk", "agent", "contractor", "day", 1), *ORGANISATION.teams[1:])
SWEEP = again(60, MINUTE)


def together(times):
    """Build a misuse that two of a role do in turn, a minute apart."""
    pair = (attempt(wait=Constant(MINUTE)), attempt(by="accomplice"))
    return evolve(plan(*times * pair), accomplice=Requirement(role="agent"))


@pytest.mark.parametrize("desks", [(), honest_work()], ids=["quiet_day", "busy_day"])
def test_alone_changes_the_outcome(desks):
    """A sweep that goes on is ended once it stands out, on whatever day."""
    scenario = scene(misuse=SWEEP, desks=desks)

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("limited", "peer-deviation")


@pytest.mark.parametrize(
    ("scenario", "touched"),
    [
        pytest.param(scene(misuse=misuse()), 1, id="single_act"),
        pytest.param(scene(misuse=again(9, MINUTE)), 9, id="few_acts"),
        pytest.param(
            scene(misuse=misuse(attempt(batch=1_000))), 1_000, id="one_act_on_many"
        ),
        pytest.param(
            scene(misuse=again(60, 3 * HOUR), horizon=8 * DAY), 60, id="patience"
        ),
        pytest.param(
            scene(misuse=together(40), teams=TWO_AGENTS), 1, id="whole_role_together"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, touched):
    """Nobody learns of what does not stand out in number."""
    assert ends(scenario, PLAIN) == ("missed", "")
    assert touched == outcome(scenario, PLAIN).harm.touched


@pytest.mark.parametrize(("idle", "false_alarms"), [(2, True), (0, False)])
def test_cost_is_true(idle, false_alarms):
    """The one person of a role who does the work is a false alarm, two are none."""
    teams = (
        Team("desk", "agent", "contractor", "day", 0 if idle else 2),
        Team("back", "agent", "contractor", "day", idle),
        *ORGANISATION.teams[1:],
    )
    friction = outcome(scene(desks=honest_work(), teams=teams), PLAIN).friction

    assert false_alarms == (friction.false_alarms > 0)
