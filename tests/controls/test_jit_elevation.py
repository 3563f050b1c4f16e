"""When an elevation is live, and who gets the next one."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import JitElevation
from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import BELOW, ORGANISATION, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome


def elevated(ago, **known):
    """Build a view in which agent-1 was elevated so many seconds before the act."""
    return FakeView(passed={("agent-1", "elevation"): ACT - ago}, **known)


NEVER = FakeView()
AT_THE_ACT = elevated(0)
A_SECOND_AGO = elevated(1)
LAST_SECOND = elevated(HOUR - 1)
JUST_OVER = elevated(HOUR)

PLAIN = JitElevation()
SHORT = JitElevation(lasts=1)
LONG = JitElevation(lasts=30 * DAY)
QUICK = JitElevation(seconds=0)
FROM_BUSINESS = JitElevation(from_tier="business", seconds=5 * MINUTE)
FOR_LEADS = JitElevation(eligible_roles=("lead", "desk"))
APPROVED = JitElevation(approver_role="lead", ttl=20 * MINUTE)
APPROVED_BY_PEER = JitElevation(approver_role="")
COOLING = JitElevation(cool_down=2 * HOUR)
ONCE = JitElevation(cool_down=10_000 * DAY)

ASKS = Decision(challenges=(Challenge("elevation", 2 * MINUTE),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # Without an elevation one is asked for on the top tier, and not below it.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        NEVER,
        ASKS,
        "agent-1 has had no elevation yet: one must be asked for, which takes 2 min",
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
        Decision(challenges=(Challenge("elevation", 5 * MINUTE),)),
        "which takes 5 min",
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
    pytest.param(
        QUICK,
        a_request(tier="protected"),
        NEVER,
        Decision(challenges=(Challenge("elevation", 0),)),
        "which takes 0 s",
        id="agent_is_elevated_at_once",
    ),
    # It lasts from the next second up to its end, and is one person's own.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AT_THE_ACT,
        ASKS,
        "agent-1 has had no elevation yet",
        id="agent_is_elevated_in_the_same_second",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        A_SECOND_AGO,
        ALLOW,
        "the elevation of 15:49 lasts until 16:49, 59 min 59 s after the act",
        id="agent_was_elevated_a_second_ago",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        LAST_SECOND,
        ALLOW,
        "lasts until 15:50, 1 s after the act",
        id="agent_acts_in_the_last_second_of_the_elevation",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        JUST_OVER,
        ASKS,
        "the last elevation ran out at 15:50, 0 s before the act: one must be asked",
        id="agent_acts_as_the_elevation_ends",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", staff="agent-2"),
        A_SECOND_AGO,
        ASKS,
        "agent-2 has had no elevation yet",
        id="colleague_of_the_elevated_deactivates_protected",
    ),
    pytest.param(
        SHORT,
        a_request(tier="protected"),
        A_SECOND_AGO,
        ASKS,
        "the last elevation ran out at 15:50",
        id="agent_was_elevated_for_a_second",
    ),
    pytest.param(
        LONG,
        a_request(tier="protected", at=ACT + 29 * DAY),
        JUST_OVER,
        ALLOW,
        "lasts until day 31 14:50, 23 h after the act",
        id="agent_was_elevated_for_a_month",
    ),
    # Some roles cannot be elevated; somebody elevated all the same may go on.
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        NEVER,
        DENY,
        "only role lead or desk can be elevated; agent-1 has role agent",
        id="agent_asks_where_leads_are_eligible",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        FakeView(roles={"agent-1": "desk"}),
        ASKS,
        "one must be asked for",
        id="desk_asks_where_it_is_eligible",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(tier="protected"),
        A_SECOND_AGO,
        ALLOW,
        "the elevation of 15:49 lasts",
        id="agent_was_elevated_where_leads_are_eligible",
    ),
    # Somebody may have to consent: to the elevation, not to what is done in it.
    pytest.param(
        APPROVED,
        a_request(tier="protected"),
        NEVER,
        Decision(
            approvals=(Approval("lead", 1, 20 * MINUTE),),
            challenges=(Challenge("elevation", 2 * MINUTE),),
        ),
        "which takes 2 min, and an approver of role lead must consent first",
        id="agent_needs_consent_to_be_elevated",
    ),
    pytest.param(
        APPROVED,
        a_request(tier="protected"),
        A_SECOND_AGO,
        ALLOW,
        "lasts until 16:49",
        id="agent_needs_no_consent_while_elevated",
    ),
    pytest.param(
        APPROVED_BY_PEER,
        a_request(tier="protected"),
        NEVER,
        Decision(
            approvals=(Approval("", 1, HOUR),),
            challenges=(Challenge("elevation", 2 * MINUTE),),
        ),
        "an approver of role agent must consent first",
        id="agent_needs_consent_of_the_own_role",
    ),
    # After one has run out there is none until the cool-down is over.
    pytest.param(
        COOLING,
        a_request(tier="protected"),
        elevated(HOUR - 1),
        ALLOW,
        "lasts until 15:50",
        id="agent_acts_before_the_cool_down",
    ),
    pytest.param(
        COOLING,
        a_request(tier="protected"),
        elevated(HOUR),
        DENY,
        "ran out at 15:50, 0 s before the act, and there is none before 17:50",
        id="agent_asks_as_the_cool_down_begins",
    ),
    pytest.param(
        COOLING,
        a_request(tier="protected"),
        elevated(3 * HOUR - 1),
        DENY,
        "and there is none before 15:50",
        id="agent_asks_in_the_last_second_of_the_cool_down",
    ),
    pytest.param(
        COOLING,
        a_request(tier="protected"),
        elevated(3 * HOUR),
        ASKS,
        "ran out at 13:50, 2 h before the act: one must be asked for",
        id="agent_asks_as_the_cool_down_ends",
    ),
    pytest.param(
        ONCE,
        a_request(tier="protected", at=9_000 * DAY),
        elevated(3 * HOUR),
        DENY,
        "the last elevation ran out at 13:50",
        id="agent_is_elevated_once_and_never_again",
    ),
    pytest.param(
        ONCE,
        a_request(tier="protected"),
        NEVER,
        ASKS,
        "agent-1 has had no elevation yet",
        id="agent_asks_once_where_there_is_one_only",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier needs an elevation that is live."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


ALL_DAY = evolve(APPROVED, lasts=8 * HOUR)


def asks(through="own-session", **parts):
    """Build a scene in which the leaver acts two hours into the shift."""
    return scene(misuse=misuse(attempt(through=through), at=2 * HOUR), **parts)


def at_work(**parts):
    """Build the same with nobody but the leaver for the honest work of the desk."""
    crew, *others = ORGANISATION.teams
    return asks(
        teams=(evolve(crew, size=0), *others),
        desks=honest_work(tickets_per_hour=60.0),
        **parts,
    )


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(FOR_LEADS, asks(), id="role_that_cannot_be_elevated"),
        pytest.param(APPROVED, asks(), id="approver_sees_what_it_is_for"),
        pytest.param(
            APPROVED, asks("colleague-session"), id="the_same_in_a_colleagues_name"
        ),
        pytest.param(ONCE, at_work(), id="elevation_that_has_run_out"),
    ],
)
def test_alone_changes_the_outcome(control, scenario):
    """Without an elevation nobody does harm on the tier."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == ("stopped", "jit-elevation")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # Whoever can be elevated asks, and need not say what for,
        pytest.param(PLAIN, asks(), id="somebody_eligible"),
        pytest.param(PLAIN, asks("colleague-session"), id="at_a_colleagues_session"),
        # or was elevated for honest work,
        pytest.param(ALL_DAY, at_work(), id="while_an_elevation_is_live"),
        # or finds somebody who lets it pass.
        pytest.param(
            APPROVED,
            asks(approvals=evolve(ORGANISATION.approvals, rubber_stamp=1.0)),
            id="approver_who_does_not_look",
        ),
        pytest.param(
            APPROVED,
            asks(approvals=evolve(ORGANISATION.approvals, colludes=1.0)),
            id="approver_who_is_in_on_it",
        ),
        # Low tiers need none.
        pytest.param(FOR_LEADS, asks(targets=BELOW), id="below_the_tier"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whoever has or gets an elevation does as without the control."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")


def test_costs_a_wait_now_and_then():
    """Honest work on the tier waits for elevations, but not at every action."""
    work = scene(desks=honest_work())

    paid = outcome(work, PLAIN).friction

    assert outcome(work).friction.added_s == 0
    assert 0 < paid.added_s < 2 * MINUTE * paid.requests
