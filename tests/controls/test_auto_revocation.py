"""What automatic revocation orders for a leaver, and how it explains itself."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import AutoRevocation
from simulator.decisions import ALLOW, ExitOrder
from simulator.scenario.organisation import System
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_request
from tests.scenes import BESIDE, NEVER_ENTERED, ORGANISATION, attempt, misuse, scene
from tests.verdicts import ends


def test_ends_the_account_after_the_separation():
    """The account ends a delay after the separation, but for a share of failures."""
    control = AutoRevocation(delay=Constant(5 * MINUTE), failure=0.1)

    order = ExitOrder(
        "separation", Constant(5 * MINUTE), "account", 0.1, luck="auto-revocation"
    )
    assert (order,) == control.exit_orders()


def test_ends_what_connectors_reach():
    """The order is for the systems listed, and for the share that is covered."""
    control = AutoRevocation(systems=("console", "vpn"), coverage=0.8, label="half")

    (order,) = control.exit_orders()
    assert (order.systems, order.coverage) == (("console", "vpn"), 0.8)
    assert order.luck == "auto-revocation"


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


@pytest.mark.parametrize(
    ("system", "view", "fact"),
    [
        # A leaver's account on a system without a connector stays,
        pytest.param(
            "database",
            FakeView(departures={"agent-1": a_departure(15 * HOUR)}),
            "reaches only console, vpn, not database",
            id="leaver_acts_on_a_system_without_connector",
        ),
        pytest.param(
            "vpn",
            FakeView(departures={"agent-1": a_departure(15 * HOUR)}),
            "acts from the separation at 15:00",
            id="leaver_acts_on_a_system_with_connector",
        ),
        # and nobody looks for one of somebody who stays.
        pytest.param(
            "database", FakeView(), "no registry entry", id="agent_does_not_leave"
        ),
    ],
)
def test_explains_what_connectors_reach(system, view, fact):
    """The sentence names the systems where that of the request is none of them."""
    control = AutoRevocation(systems=("console", "vpn"))

    assert fact in control.explain(a_request(system=system), view)


PROMPT = AutoRevocation(delay=Constant(MINUTE), failure=0)
DISABLED = 8 * HOUR + MINUTE
TENANT = System("tenant", 8 * HOUR, kind="vendor-tenant")


def comes_back(*, at=9 * HOUR, through="own-session", on="console", **organisation):
    """Build a scene in which a leaver comes back; the separation is at 8 h."""
    (deactivate,) = ORGANISATION.actions
    return scene(
        horizon=30 * DAY,
        systems=(*ORGANISATION.systems, TENANT),
        actions=(evolve(deactivate, system=on),),
        credentials=BESIDE,
        misuse=misuse(attempt(through=through), at=at),
        **organisation,
    )


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(comes_back(at=DISABLED), id="as_soon_as_it_is_disabled"),
        pytest.param(comes_back(), id="an_hour_after_the_separation"),
        pytest.param(comes_back(at=22 * DAY), id="three_weeks_later"),
        pytest.param(
            comes_back(at=16 * HOUR, through="device"),
            id="on_a_work_device_when_the_token_ends",
        ),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """A leaver's own account no longer works after the separation."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PROMPT) == ("stopped", "auto-revocation")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # Until the account is disabled nothing has changed,
        pytest.param(PROMPT, comes_back(at=HOUR), id="before_the_separation"),
        pytest.param(
            PROMPT, comes_back(at=DISABLED - 1), id="before_the_account_is_disabled"
        ),
        # and after that not for a session that stays open,
        pytest.param(
            PROMPT,
            comes_back(at=16 * HOUR - 1, through="device"),
            id="session_kept_open_on_a_work_device",
        ),
        # for somebody whom the registry never shows, or the connector misses,
        pytest.param(
            PROMPT, comes_back(registries=NEVER_ENTERED), id="leaver_nobody_entered"
        ),
        pytest.param(PROMPT, comes_back(registries=()), id="without_a_registry"),
        pytest.param(evolve(PROMPT, failure=1), comes_back(), id="leaver_it_misses"),
        # for what is not the own account,
        pytest.param(PROMPT, comes_back(through="api-key"), id="key"),
        pytest.param(PROMPT, comes_back(through="shared-secret"), id="shared_secret"),
        pytest.param(PROMPT, comes_back(through="shadow-account"), id="ownerless"),
        # and for what no connector reaches.
        pytest.param(
            evolve(PROMPT, systems=("console",)),
            comes_back(on="tenant"),
            id="tenant_without_connector",
        ),
        pytest.param(evolve(PROMPT, coverage=0), comes_back(), id="system_not_covered"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whatever works without the own account goes on working."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")
