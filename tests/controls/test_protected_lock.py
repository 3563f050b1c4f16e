"""Which actions a lock on protected targets refuses, and for whom it opens."""

import pytest

from simulator.clock import DAY, HOUR
from simulator.controls import ProtectedLock
from simulator.decisions import ALLOW, DENY
from simulator.scenario.misuse import Requirement, Target
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import BELOW, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()
LEAD = FakeView(roles={"agent-1": "lead"})

PLAIN = ProtectedLock()
FROM_BUSINESS = ProtectedLock(from_tier="business")
FOR_LEADS = ProtectedLock(bypass_roles=("lead", "desk"))
READING = ProtectedLock(actions=("look-up",))
GAPS = ProtectedLock(listed=0.5)
LATE = ProtectedLock(list_lag=2 * HOUR)

ONE_LISTED = FakeView(within=frozenset({("protected-lock list", "account-1")}))

STORY = scene(misuse=misuse())


def risen(at):
    """Build the view of account-1 having risen to its tier."""
    return FakeView(risen={"account-1": at})


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The lock is on the top tier.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        DENY,
        "account-1 is locked at tier protected for role agent",
        id="agent_deactivates_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        AGENT,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business",
    ),
    # Or from a tier upwards.
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business"),
        AGENT,
        DENY,
        "locked at tier business",
        id="agent_deactivates_locked_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_below_lock",
    ),
    # Some roles may bypass it.
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        AGENT,
        DENY,
        "for role agent",
        id="agent_meets_lock_that_opens_for_leads",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        LEAD,
        ALLOW,
        "role lead may bypass",
        id="lead_bypasses_lock",
    ),
    # What is listed is covered, harmful or not, and nothing else.
    pytest.param(
        READING,
        a_request(tier="protected", action="look-up"),
        AGENT,
        DENY,
        "account-1 is locked",
        id="agent_reads_where_reading_is_listed",
    ),
    pytest.param(
        READING,
        a_request(tier="protected"),
        AGENT,
        ALLOW,
        "covers only look-up, not deactivate",
        id="agent_deactivates_where_reading_is_listed",
    ),
    # Without a list, every harmful action is covered and no other.
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="rename"),
        AGENT,
        DENY,
        "account-1 is locked",
        id="agent_renames_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
    # A list may have gaps, in every tier it is for.
    pytest.param(
        GAPS,
        a_request(tier="protected", target="account-2"),
        ONE_LISTED,
        ALLOW,
        "account-2 is not on the list of locked targets",
        id="agent_deactivates_protected_that_nobody_listed",
    ),
    pytest.param(
        GAPS,
        a_request(tier="protected"),
        ONE_LISTED,
        DENY,
        "account-1 is locked at tier protected",
        id="agent_deactivates_protected_that_is_listed",
    ),
    pytest.param(
        ProtectedLock(listed=0),
        a_request(tier="protected"),
        ONE_LISTED,
        ALLOW,
        "account-1 is not on the list of locked targets",
        id="agent_meets_an_empty_list",
    ),
    pytest.param(
        GAPS,
        a_request(tier="business", target="account-2"),
        ONE_LISTED,
        ALLOW,
        "asks only for targets of tier protected",
        id="agent_deactivates_business_that_nobody_listed",
    ),
    # Who rose to the tier lately is on the list some time later.
    pytest.param(
        LATE,
        a_request(tier="protected"),
        risen(ACT - 2 * HOUR),
        DENY,
        "account-1 is locked",
        id="agent_deactivates_as_the_target_is_listed",
    ),
    pytest.param(
        LATE,
        a_request(tier="protected"),
        risen(ACT - 2 * HOUR + 1),
        ALLOW,
        "account-1 rose to its tier at 13:50, and is listed 2 h",
        id="agent_deactivates_a_second_before_the_target_is_listed",
    ),
    pytest.param(
        LATE,
        a_request(tier="protected"),
        AGENT,
        DENY,
        "account-1 is locked",
        id="agent_deactivates_what_was_always_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        risen(ACT),
        DENY,
        "account-1 is locked",
        id="agent_deactivates_what_rose_this_second",
    ),
    pytest.param(
        ProtectedLock(list_lag=3650 * DAY),
        a_request(tier="protected"),
        risen(-(3000 * DAY)),
        ALLOW,
        "and is listed 3650 d later",
        id="agent_meets_a_list_nobody_keeps",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A covered action on a locked target is denied to all but bypass roles."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(misuse(), id="leaver_means_it"),
        pytest.param(misuse(intent="slip"), id="leaver_slips"),
        pytest.param(
            misuse(attempt(through="colleague-session")),
            id="leaver_sits_at_a_colleagues_session",
        ),
        pytest.param(
            misuse(attempt(through="shared-secret")), id="leaver_uses_a_shared_secret"
        ),
    ],
)
def test_alone_changes_the_outcome(act):
    """A protected target is taken down by any role, but not where it is locked."""
    scenario = scene(misuse=act)

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "protected-lock")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(
            ProtectedLock(bypass_roles=("lead",)),
            scene(misuse=misuse(who=Requirement(role="lead"))),
            id="lead_may_bypass_it",
        ),
        pytest.param(
            PLAIN,
            scene(misuse=misuse(), targets=BELOW),
            id="celebrity_is_ranked_too_low",
        ),
        pytest.param(ProtectedLock(listed=0), STORY, id="celebrity_is_on_no_list"),
        pytest.param(
            LATE,
            scene(
                misuse=misuse(),
                targets=(Target("celebrity", "protected", tier_since=0),),
            ),
            id="celebrity_is_not_on_the_list_yet",
        ),
        pytest.param(READING, STORY, id="action_is_not_covered"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Bypass roles, targets that are not locked and other actions go through."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_honest_work_of_ordinary_roles():
    """Honest work on protected targets is refused to all but bypass roles."""
    scenario = scene(desks=honest_work())
    paid = outcome(scenario, PLAIN).friction
    free = outcome(scenario, ProtectedLock(bypass_roles=("agent",))).friction

    assert paid.refused == paid.requests > 0
    assert (free.requests, free.refused) == (paid.requests, 0)
