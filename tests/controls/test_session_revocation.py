"""What session revocation orders for a leaver, and how it explains itself."""

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import SessionRevocation
from simulator.decisions import ALLOW, ExitOrder
from simulator.scenario.organisation import ExitTask, System
from simulator.streams import Constant, Uniform
from simulator.trail import Refused
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import AT_ONCE, BESIDE, CLOSED, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome, played

ENDED = {"agent-1": 15 * HOUR}

AT_NOTICE = (ExitTask("disable", "notice", Constant(HOUR), ("console",)),)
PUSH = SessionRevocation(delay=Constant(MINUTE))


def after_account(offboarding=AT_NOTICE, *, at=2 * HOUR, hears="push", **parts):
    """Build the scene of an act through some access once the account is disabled."""
    return scene(
        misuse=misuse(attempt(**parts), at=at),
        offboarding=offboarding,
        systems=(System("console", DAY, revocation=hears),),
        credentials=BESIDE,
    )


def test_ends_sessions_after_the_account():
    """The sessions end a delay after their account, but for a share of failures."""
    control = SessionRevocation(delay=Constant(MINUTE), failure=0.1)

    order = ExitOrder(
        "account-ended",
        Constant(MINUTE),
        "sessions",
        0.1,
        luck="session-revocation",
    )
    assert (order,) == control.exit_orders()


def test_ends_sessions_of_systems_that_listen():
    """The order is for the systems listed, whatever the setting is called."""
    (order,) = SessionRevocation(systems=("vpn",), label="vpn").exit_orders()

    assert (order.systems, order.luck) == (("vpn",), "session-revocation")


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


@pytest.mark.parametrize(
    ("system", "fact"),
    [
        # Some systems do not listen.
        pytest.param(
            "console", "reaches only vpn, database, not console", id="deaf_system"
        ),
        pytest.param("database", "the account ends at 15:00", id="system_that_listens"),
    ],
)
def test_explains_which_systems_listen(system, fact):
    """The sentence names the systems where that of the request is none of them."""
    control = SessionRevocation(systems=("vpn", "database"))
    view = FakeView(accounts_end=ENDED)

    assert fact in control.explain(a_request(system=system), view)


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(after_account(), id="session_of_the_shift"),
        pytest.param(
            after_account(CLOSED, at=9 * HOUR, through="device"),
            id="machine_left_logged_in",
        ),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """A session outlives its account up to the end of its token, but not with it."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PUSH) == ("stopped", "session-revocation")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(PUSH, after_account(()), id="account_is_never_disabled"),
        pytest.param(
            SessionRevocation(delay=Constant(2 * HOUR)),
            after_account(),
            id="session_is_not_told_yet",
        ),
        pytest.param(
            PUSH,
            after_account(through="colleague-session"),
            id="leaver_sits_at_a_colleagues_session",
        ),
        pytest.param(
            PUSH,
            after_account(through="shared-secret"),
            id="leaver_uses_a_shared_secret",
        ),
        pytest.param(PUSH, after_account(through="api-key"), id="leaver_uses_a_key"),
        pytest.param(
            SessionRevocation(delay=AT_ONCE, systems=("vpn",)),
            after_account(),
            id="system_does_not_listen",
        ),
        pytest.param(
            PUSH, after_account(hears="pull"), id="system_listens_when_a_token_ends"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """What hangs on no session of the own that hears of it goes on."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_those_disabled_too_soon():
    """A leaver disabled at notice, still at work, is thrown out at once."""
    scenario = scene(desks=honest_work(), offboarding=AT_NOTICE)

    assert outcome(scenario).friction.refused == 0
    assert {r.staff for r in played(scenario, PUSH).of(Refused)} == {"leaver"}
