"""Which shared secrets are changed for a leaver, and how that is explained."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR
from simulator.controls import SharedSecretRotation
from simulator.decisions import ALLOW, ExitOrder
from simulator.scenario.misuse import Requirement
from simulator.streams import Constant, Triangular
from tests.fakes import FakeView, a_departure, a_request
from tests.scenes import (
    AT_ONCE,
    BESIDE,
    NEVER_ENTERED,
    attempt,
    honest_work,
    leaver,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

SHARED = FakeView(shared=frozenset({"root-login"}))
LEAVER = FakeView(departures={"agent-1": a_departure(15 * HOUR)})

PLAIN = SharedSecretRotation()
ON_NOTICE = SharedSecretRotation(on="registry-entry", delay=Constant(2 * HOUR))
HALF = SharedSecretRotation(coverage=0.5, failure=0.2)
NEVER = SharedSecretRotation(coverage=0)
MISSED = SharedSecretRotation(failure=1)
ON_VPN = SharedSecretRotation(systems=("vpn", "database"))
USUAL = Triangular(HOUR, DAY, 7 * DAY)

CHANGED_AT_ONCE = SharedSecretRotation(delay=AT_ONCE)


def back(through="shared-secret", **parts):
    """Build the scene of somebody who left at nine and comes back an hour later."""
    return scene(
        **{
            "misuse": misuse(attempt(through=through), at=2 * HOUR),
            "staff": (leaver(separation=HOUR),),
            "credentials": BESIDE,
            **parts,
        }
    )


@pytest.mark.parametrize(
    ("control", "order"),
    [
        # After the separation, or already when it is entered,
        pytest.param(
            PLAIN,
            ExitOrder(
                "separation", USUAL, "shared-secret", luck="shared-secret-rotation"
            ),
            id="after_the_separation",
        ),
        pytest.param(
            ON_NOTICE,
            ExitOrder(
                "registry-entry",
                Constant(2 * HOUR),
                "shared-secret",
                luck="shared-secret-rotation",
            ),
            id="after_the_entry",
        ),
        # for all that leavers knew, or a part of it.
        pytest.param(
            HALF,
            ExitOrder(
                "separation",
                USUAL,
                "shared-secret",
                0.2,
                coverage=0.5,
                luck="shared-secret-rotation",
            ),
            id="for_some",
        ),
        pytest.param(
            ON_VPN,
            ExitOrder(
                "separation",
                USUAL,
                "shared-secret",
                systems=("vpn", "database"),
                luck="shared-secret-rotation",
            ),
            id="on_some_systems",
        ),
    ],
)
def test_ends_what_was_shared(control, order):
    """What a leaver knew of shared secrets ends a delay after the trigger."""
    assert (order,) == control.exit_orders()


def test_settings_share_their_luck():
    """Two settings under other names draw alike."""
    (order,) = SharedSecretRotation(label="slow", delay=Constant(DAY)).exit_orders()

    assert order.luck == "shared-secret-rotation"


def test_decides_nothing():
    """A request is never refused by it: it works through the end of the secret."""
    asked = a_request(tier="protected", staff="root-login")

    assert PLAIN.decide(asked, SHARED) == ALLOW


@pytest.mark.parametrize(
    ("control", "asked", "view", "fact"),
    [
        # A login of many is what it changes, and one person's own is not.
        pytest.param(
            PLAIN,
            a_request(staff="root-login"),
            SHARED,
            "root-login is nobody's own login: a shared secret is changed 2 d 16 h on "
            "average after the separation of somebody who knew it, in 100% of cases",
            id="somebody_uses_a_shared_login",
        ),
        pytest.param(
            PLAIN,
            a_request(),
            LEAVER,
            "several people share; agent-1 is one person's own login",
            id="leaver_uses_the_own_login",
        ),
        # The trigger, the delay and the gaps are named.
        pytest.param(
            ON_NOTICE,
            a_request(staff="root-login"),
            SHARED,
            "is changed 2 h on average after the entry in the registry of somebody",
            id="shared_login_is_changed_on_notice",
        ),
        pytest.param(
            HALF,
            a_request(staff="root-login"),
            SHARED,
            "in 40% of cases",
            id="shared_login_is_changed_for_some",
        ),
        pytest.param(
            NEVER,
            a_request(staff="root-login"),
            SHARED,
            "in 0% of cases",
            id="shared_login_is_on_no_list",
        ),
        pytest.param(
            MISSED,
            a_request(staff="root-login"),
            SHARED,
            "in 0% of cases",
            id="shared_login_is_always_missed",
        ),
        # Other systems are not reached.
        pytest.param(
            ON_VPN,
            a_request(staff="root-login", system="console"),
            SHARED,
            "reaches only vpn, database, not console",
            id="shared_login_on_another_system",
        ),
        pytest.param(
            ON_VPN,
            a_request(staff="root-login", system="vpn"),
            SHARED,
            "a shared secret is changed",
            id="shared_login_on_a_system_covered",
        ),
    ],
)
def test_explains(control, asked, view, fact):
    """The sentence names the login and when its secret is changed."""
    sentence = control.explain(asked, view)

    assert fact in sentence


def test_alone_changes_the_outcome():
    """A leaver comes back through a shared login, but not once it is changed."""
    assert ends(back()) == ("missed", "")
    assert ends(back(), CHANGED_AT_ONCE) == ("stopped", "shared-secret-rotation")


@pytest.mark.parametrize(
    ("control", "left_s"),
    [(SharedSecretRotation(coverage=0), None), (CHANGED_AT_ONCE, 0)],
    ids=["unlisted", "changed"],
)
def test_ends_residual_access(control, left_s):
    """What a leaver knew is open to the horizon, or no longer than the change."""
    residual = outcome(back(), control).times.residual
    ways = {left.way: left.seconds for left in residual if left.staff == "leaver"}

    assert ways["shared-secret shared-desk"] == left_s


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(
            SharedSecretRotation(delay=Constant(2 * HOUR)), back(), id="not_changed_yet"
        ),
        pytest.param(SharedSecretRotation(coverage=0), back(), id="on_no_list"),
        pytest.param(CHANGED_AT_ONCE, back("own-session"), id="own_account"),
        pytest.param(CHANGED_AT_ONCE, back("api-key"), id="key"),
        pytest.param(CHANGED_AT_ONCE, back("shadow-account"), id="shadow_account"),
        pytest.param(CHANGED_AT_ONCE, back("device"), id="device"),
        pytest.param(
            CHANGED_AT_ONCE,
            back(registries=NEVER_ENTERED),
            id="leaver_nobody_entered",
        ),
        pytest.param(
            CHANGED_AT_ONCE,
            back(
                misuse=evolve(
                    misuse(
                        attempt(through="shared-secret", by="accomplice"), at=2 * HOUR
                    ),
                    accomplice=Requirement(role="agent"),
                )
            ),
            id="colleague_uses_the_new_one",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Secrets as they were, other access and those who still work there get in."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_leavers_who_are_still_at_work():
    """Set off by the entry, it takes the login from the leaver, and nobody else."""
    scenario = scene(desks=honest_work(shared_login="shared-desk", shared_share=1.0))
    on_entry = SharedSecretRotation(on="registry-entry", delay=AT_ONCE)
    cut_off = outcome(scenario, on_entry).friction

    assert outcome(scenario).friction.refused == 0 < cut_off.refused < cut_off.requests
    assert outcome(scenario, CHANGED_AT_ONCE).friction == outcome(scenario).friction
