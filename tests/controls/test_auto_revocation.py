"""What automatic revocation orders for a leaver, and how it explains itself."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.controls import AutoRevocation
from simulator.decisions import ALLOW, ExitOrder
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_request


def test_ends_the_account_after_the_separation():
    """The account ends a delay after the separation, but for a share of failures."""
    control = AutoRevocation(delay=Constant(5 * MINUTE), failure=0.1)

    order = ExitOrder("separation", Constant(5 * MINUTE), "account", 0.1)
    assert (order,) == control.exit_orders()


def test_decides_nothing():
    """A request is never refused by it: it works through the end of the account."""
    view = FakeView(departures={"agent-1": a_departure(ACT - HOUR)})

    assert AutoRevocation().decide(a_request(tier="protected"), view) == ALLOW


@pytest.mark.parametrize(
    ("view", "fact"),
    [
        # Before the separation nothing has been ordered yet.
        pytest.param(
            FakeView(departures={"agent-1": a_departure(17 * HOUR)}),
            "acts only from the separation at 17:00, 1 h 10 min after the act",
            id="leaver_acts_before_separation",
        ),
        pytest.param(
            FakeView(departures={"agent-1": a_departure(ACT)}),
            "separation at 15:50, 0 s before the act; nothing ends the account",
            id="leaver_acts_at_separation",
        ),
        # After it the account ends sooner or later,
        pytest.param(
            FakeView(
                departures={"agent-1": a_departure(15 * HOUR)},
                accounts_end={"agent-1": 16 * HOUR},
            ),
            "the account ends at 16:00, 10 min after the act",
            id="leaver_acts_before_the_account_ends",
        ),
        pytest.param(
            FakeView(
                departures={"agent-1": a_departure(15 * HOUR)},
                accounts_end={"agent-1": 15 * HOUR + 20 * MINUTE},
            ),
            "the account ends at 15:20, 30 min before the act",
            id="leaver_acts_after_the_account_has_ended",
        ),
        # or never,
        pytest.param(
            FakeView(departures={"agent-1": a_departure(15 * HOUR)}),
            "separation at 15:00, 50 min before the act; nothing ends the account",
            id="leaver_whose_account_nothing_ends",
        ),
        # and nothing is ordered for somebody whom the registry does not show.
        pytest.param(
            FakeView(employments={"agent-1": "contractor"}),
            "no registry entry: systems do not know that this contractor leaves",
            id="contractor_is_not_entered",
        ),
    ],
)
def test_explains(view, fact):
    """The sentence names the separation and the end of the account."""
    sentence = AutoRevocation().explain(a_request(), view)

    assert fact in sentence
