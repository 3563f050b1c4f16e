"""Which effects match no ticket."""

import pytest

from simulator.alerts import ActionWithoutTicket
from simulator.clock import HOUR, MINUTE
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, a_ticket, an_executed
from tests.scenes import attempt, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

QUEUE = FakeView(
    tickets=(a_ticket(id="fits"), a_ticket(id="other", target="account-2"))
)
SIGNAL = Alert("agent-1", "account-1", Constant(15 * MINUTE))

PLAIN = ActionWithoutTicket()
HOURLY = ActionWithoutTicket(join=Constant(HOUR))

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # A ticket about the target must be there.
    pytest.param(
        PLAIN,
        an_executed(ticket=None),
        QUEUE,
        SIGNAL,
        "no ticket is cited: fires after 15 min on average",
        id="agent_cited_nothing",
    ),
    pytest.param(
        PLAIN,
        an_executed(ticket="fits"),
        QUEUE,
        None,
        "ticket fits matches: it is about account-1",
        id="agent_cited_fitting_ticket",
    ),
    pytest.param(
        PLAIN,
        an_executed(ticket="invented"),
        QUEUE,
        SIGNAL,
        "ticket invented does not exist",
        id="agent_cited_invented_ticket",
    ),
    pytest.param(
        PLAIN,
        an_executed(ticket="other", target="account-2"),
        QUEUE,
        None,
        "ticket other matches",
        id="agent_acted_on_what_the_ticket_names",
    ),
    pytest.param(
        HOURLY,
        an_executed(ticket="other"),
        QUEUE,
        Alert("agent-1", "account-1", Constant(HOUR)),
        "ticket other is about account-2, not account-1: fires after 1 h",
        id="agent_slipped_off_the_ticket",
    ),
    # Reading needs none, and what was only asked for is not joined.
    pytest.param(
        PLAIN,
        an_executed(ticket=None, action="look-up"),
        QUEUE,
        None,
        "look-up harms no target",
        id="agent_read_without_ticket",
    ),
    pytest.param(
        PLAIN,
        a_requested(ticket=None),
        QUEUE,
        None,
        "looks at effects, and a request answered with allow is none yet",
        id="agent_asks_without_ticket",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A harmful effect that no ticket about the target asks for raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

OUT_OF_THE_BLUE = scene(misuse=misuse(attempt(ticket="none")))
SLIP = scene(misuse=misuse(attempt(ticket="other-target"), intent="slip"))
SOON = ActionWithoutTicket(join=Constant(MINUTE))


@pytest.mark.parametrize("scenario", [OUT_OF_THE_BLUE, SLIP])
@pytest.mark.parametrize(("alert", "verdict"), [(PLAIN, "noticed"), (SOON, "caught")])
def test_alone_changes_the_outcome(scenario, alert, verdict):
    """What no ticket asks for is found when it is joined: late, or soon enough."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, alert) == (verdict, "action-without-ticket")


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(
            OUT_OF_THE_BLUE, ("caught", "action-without-ticket"), id="the_act_itself"
        ),
        pytest.param(scene(misuse=misuse()), ("missed", ""), id="open_ticket"),
        pytest.param(
            scene(misuse=misuse(attempt(ticket="self-opened"))),
            ("missed", ""),
            id="ticket_of_whoever_acts",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and a ticket about the target hides it."""
    assert ending == ends(scenario, SOON)


@pytest.mark.parametrize(("cited", "alarms_each"), [(0.0, 1), (1.0, 0)])
def test_cost_is_true(cited, alarms_each):
    """Every honest effect whose ticket was not cited is a false alarm."""
    desks = honest_work(kind(cites_ticket=cited))
    friction = outcome(scene(desks=desks), PLAIN).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
