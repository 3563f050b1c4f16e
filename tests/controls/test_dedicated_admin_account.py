"""Who has an admin identity, and how long its session is open."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import DedicatedAdminAccount
from simulator.decisions import ALLOW, DENY, Challenge, Decision
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import (
    BELOW,
    BESIDE,
    ORGANISATION,
    attempt,
    honest_work,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

HAS_ONE = ("dedicated-admin-account issued", "agent-1")


def signed_in(ago, **known):
    """Build a view of an admin sign-in of agent-1 so many seconds before the act."""
    return FakeView(passed={("agent-1", "admin-sign-in"): ACT - ago}, **known)


NEVER = FakeView()

PLAIN = DedicatedAdminAccount()
FROM_BUSINESS = DedicatedAdminAccount(from_tier="business", seconds=0)
FOR_LEADS = DedicatedAdminAccount(holder_roles=("lead", "desk"))
FOR_SOME = DedicatedAdminAccount(issued=0.5)
FOR_NOBODY = DedicatedAdminAccount(issued=0)
SHORT = DedicatedAdminAccount(lasts=1)
LONG = DedicatedAdminAccount(lasts=30 * DAY)

ASKS = Decision(challenges=(Challenge("admin-sign-in", MINUTE, own_factor=True),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The top tier needs the admin identity, and others do not.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        NEVER,
        ASKS,
        "agent-1 has had no admin session yet: a sign-in with the own admin identity "
        "is asked for, which takes 1 min",
        id="agent_deactivates_protected_for_the_first_time",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        NEVER,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="look-up"),
        NEVER,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business"),
        NEVER,
        Decision(challenges=(Challenge("admin-sign-in", 0, own_factor=True),)),
        "which takes 0 s",
        id="agent_deactivates_business_that_is_covered",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="ordinary"),
        NEVER,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_ordinary_below_what_is_covered",
    ),
    # One sign-in serves until the admin session ends, and for one person only.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        signed_in(1),
        ALLOW,
        "the admin session of 15:49 lasts until 16:49, 59 min 59 s after the act",
        id="agent_signed_in_a_second_ago",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        signed_in(HOUR - 1),
        ALLOW,
        "lasts until 15:50, 1 s after the act",
        id="agent_acts_in_the_last_second_of_the_session",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        signed_in(HOUR),
        ASKS,
        "the last admin session ran out at 15:50, 0 s before the act: a sign-in",
        id="agent_acts_as_the_session_ends",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", staff="agent-2"),
        signed_in(1),
        ASKS,
        "agent-2 has had no admin session yet",
        id="colleague_deactivates_protected",
    ),
    pytest.param(
        SHORT,
        a_request(tier="protected"),
        signed_in(1),
        ASKS,
        "ran out at 15:50",
        id="agent_had_a_session_of_a_second",
    ),
    pytest.param(
        LONG,
        a_request(tier="protected", at=ACT + 30 * DAY - 1),
        signed_in(0),
        ALLOW,
        "1 s after the act",
        id="agent_has_a_session_of_a_month",
    ),
    # Some roles have no admin identity, and an open session does not help them.
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        signed_in(1),
        DENY,
        "only role lead or desk has admin identities; agent-1 has role agent",
        id="agent_deactivates_protected_where_leads_may",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        FakeView(roles={"agent-1": "desk"}),
        ASKS,
        "a sign-in with the own admin identity",
        id="desk_deactivates_protected_where_it_may",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(tier="business"),
        NEVER,
        ALLOW,
        "this one is business",
        id="agent_deactivates_business_where_leads_may",
    ),
    # To some, none was issued.
    pytest.param(
        FOR_SOME,
        a_request(tier="protected"),
        FakeView(within=frozenset({HAS_ONE})),
        ASKS,
        "a sign-in with the own admin identity",
        id="agent_has_an_admin_identity",
    ),
    pytest.param(
        FOR_SOME,
        a_request(tier="protected", staff="agent-2"),
        FakeView(within=frozenset({HAS_ONE})),
        DENY,
        "no admin identity was issued to agent-2",
        id="colleague_has_no_admin_identity",
    ),
    pytest.param(
        FOR_NOBODY,
        a_request(tier="protected"),
        FakeView(within=frozenset({HAS_ONE})),
        DENY,
        "no admin identity was issued to agent-1",
        id="nobody_has_an_admin_identity",
    ),
    pytest.param(
        FOR_NOBODY,
        a_request(tier="business"),
        NEVER,
        ALLOW,
        "this one is business",
        id="nobody_needs_one_for_business",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier needs a sign-in with an admin identity."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


def through(access="own-session", *, relayed=0.0, **parts):
    """Build a scene in which some access is used after two hours; desk-1 is there."""
    crew, *others = ORGANISATION.teams
    return scene(
        teams=(evolve(crew, size=1), *others),
        credentials=BESIDE,
        misuse=misuse(attempt(through=access, passes_factor=relayed), at=2 * HOUR),
        **parts,
    )


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(FOR_LEADS, through(), id="role_without_such_identities"),
        pytest.param(FOR_NOBODY, through(), id="person_without_one"),
        pytest.param(PLAIN, through("colleague-session"), id="everyday_session"),
        pytest.param(PLAIN, through("phished-login"), id="stolen_login"),
        pytest.param(PLAIN, through("shared-secret"), id="shared_secret"),
        pytest.param(PLAIN, through("shadow-account"), id="account_without_owner"),
        pytest.param(PLAIN, through("api-key"), id="key"),
    ],
)
def test_alone_changes_the_outcome(control, scenario):
    """Everyday access, whosever it is, does no harm on the tier."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == ("stopped", "dedicated-admin-account")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # The identity asks for no reasons,
        pytest.param(PLAIN, through(), id="holder_of_an_admin_identity"),
        # it may be open already, here for honest work,
        pytest.param(
            DedicatedAdminAccount(lasts=8 * HOUR),
            through("colleague-session", desks=honest_work(tickets_per_hour=60.0)),
            id="while_the_admin_session_is_open",
        ),
        # or be opened by a holder who is taken in.
        pytest.param(
            PLAIN, through("phished-login", relayed=1.0), id="sign_in_that_is_relayed"
        ),
        # Low tiers need none.
        pytest.param(
            PLAIN, through("shared-secret", targets=BELOW), id="below_the_tier"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whoever has or finds an admin session does as without the control."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")


def test_costs_a_switch_now_and_then():
    """Honest work on the tier waits for sign-ins, but not at every action."""
    work = scene(desks=honest_work())

    paid = outcome(work, PLAIN).friction

    assert outcome(work).friction.added_s == 0
    assert 0 < paid.added_s < MINUTE * paid.requests
