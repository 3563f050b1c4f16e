"""What session revocation orders for a leaver, and how it explains itself."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.controls import SessionRevocation
from simulator.decisions import ALLOW, ExitOrder
from simulator.streams import Constant, Uniform
from tests.fakes import ACT, FakeView, a_request

ENDED = {"agent-1": 15 * HOUR}


def test_ends_sessions_after_the_account():
    """The sessions end a delay after their account, but for a share of failures."""
    control = SessionRevocation(delay=Constant(MINUTE), failure=0.1)

    order = ExitOrder("account-ended", Constant(MINUTE), "sessions", 0.1)
    assert (order,) == control.exit_orders()


def test_takes_up_to_a_quarter_of_an_hour():
    """The documented delay of a push is the default."""
    (order,) = SessionRevocation().exit_orders()

    assert Uniform(0, 15 * MINUTE) == order.delay


def test_decides_nothing():
    """A request is never refused by it: it works through the end of the session."""
    view = FakeView(accounts_end=ENDED, sessions_end={("agent-1", "console"): ACT + 1})

    assert SessionRevocation().decide(a_request(tier="protected"), view) == ALLOW


@pytest.mark.parametrize(
    ("view", "fact"),
    [
        # There is nothing to follow while the account lives,
        pytest.param(
            FakeView(),
            "acts once an account has ended; that of agent-1 never does",
            id="agent_keeps_the_account",
        ),
        pytest.param(
            FakeView(accounts_end={"agent-1": 17 * HOUR}),
            "the account ends at 17:00, 1 h 10 min after the act",
            id="leaver_acts_before_the_account_ends",
        ),
        pytest.param(
            FakeView(accounts_end={"agent-1": ACT}),
            "the account ends at 15:50, 0 s before the act; no session on console",
            id="leaver_acts_as_the_account_ends",
        ),
        # and after that the open session decides.
        pytest.param(
            FakeView(
                accounts_end=ENDED, sessions_end={("agent-1", "console"): 16 * HOUR}
            ),
            "the session on console ends at 16:00, 10 min after the act",
            id="leaver_acts_in_a_session_that_lives_on",
        ),
        pytest.param(
            FakeView(accounts_end=ENDED, sessions_end={("agent-1", "vpn"): 16 * HOUR}),
            "the account ends at 15:00, 50 min before the act; no session on console",
            id="leaver_has_a_session_elsewhere_only",
        ),
    ],
)
def test_explains(view, fact):
    """The sentence names the end of the account and of the session."""
    sentence = SessionRevocation().explain(a_request(), view)

    assert fact in sentence
