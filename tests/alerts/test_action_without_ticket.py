"""Which effects match no ticket."""

import pytest

from simulator.alerts import ActionWithoutTicket
from simulator.clock import HOUR, MINUTE
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, a_ticket, an_executed

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
