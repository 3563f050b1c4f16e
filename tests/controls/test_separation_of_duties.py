"""Which duties one person may not combine."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR
from simulator.controls import SeparationOfDuties
from simulator.decisions import ALLOW, DENY
from simulator.scenario.misuse import Requirement, Target
from simulator.scenario.organisation import Action, Entitlement, Role
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_request, a_ticket
from tests.scenes import (
    ORGANISATION,
    attempt,
    honest_work,
    kind,
    misuse,
    plan,
    scene,
)
from tests.verdicts import ends, outcome


def done(action, ago, staff="agent-1", of="executed"):
    """Build a view in which somebody did something so many seconds before the act."""
    return FakeView(past=((ACT - ago, staff, of, action),))


NOTHING_DONE = FakeView()
GRANTING = FakeView(grant={"grant-role": "lead"})
OWN_TICKET = FakeView(tickets=(a_ticket(opened_by="agent-1"),))
OWN_TICKET_OF_A_LEAD = FakeView(
    tickets=(a_ticket(opened_by="agent-1"),), roles={"agent-1": "lead"}
)
CUSTOMERS_TICKET = FakeView(tickets=(a_ticket(),))

PLAIN = SeparationOfDuties()
APART = SeparationOfDuties(apart=("rename", "look-up", "deactivate"))
APART_FOR_A_WEEK = SeparationOfDuties(apart=("rename", "deactivate"), window=7 * DAY)
APART_FOR_A_SECOND = SeparationOfDuties(apart=("rename", "deactivate"), window=1)
APART_FROM_NOTHING = SeparationOfDuties(apart=("deactivate",))
GRANTS_ALLOWED = SeparationOfDuties(own_grants=False)
TICKETS_ALLOWED = SeparationOfDuties(own_tickets=False)
LEADS_EXEMPT = SeparationOfDuties(exempt_roles=("desk", "lead"))

TWO_HALVES = SeparationOfDuties(apart=("prepare", "deactivate"))
DUTIES = {
    "actions": (
        *ORGANISATION.actions,
        Action("prepare", "alters", "console"),
        Action("make-lead", "alters", "console", grants="lead"),
    ),
    "targets": (Target("celebrity", "protected"), Target("directory", "ordinary")),
}


def agents_may(*actions):
    """Build the roles where agents may do only some of it."""
    agent = Role("agent", (Entitlement(actions, "protected"),))
    return (agent, *ORGANISATION.roles[1:])


def both_halves(**second):
    """Build the scene of two halves, the second of which may be done otherwise."""
    halves = plan(attempt(action="prepare", target="directory"), attempt(**second))
    return scene(
        misuse=evolve(halves, accomplice=Requirement(role="agent")),
        roles=agents_may("prepare", "deactivate"),
        **DUTIES,
    )


def own_role():
    """Build the scene of an agent who takes the role that it needs."""
    grant = attempt(action="make-lead", target="directory")
    return scene(misuse=plan(grant, attempt()), roles=agents_may("make-lead"), **DUTIES)


def with_ticket(ticket):
    """Build the scene of an act that cites a ticket."""
    return scene(misuse=misuse(attempt(ticket=ticket)))


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # Nothing is kept apart but what is listed.
    pytest.param(
        PLAIN,
        a_request(),
        done("rename", DAY),
        ALLOW,
        "deactivate is kept apart from no other action, and no known ticket is cited",
        id="agent_does_both_where_nothing_is_apart",
    ),
    pytest.param(
        APART,
        a_request(),
        done("rename", DAY),
        DENY,
        "agent-1 has done rename within 90 d before the act",
        id="agent_does_both_where_they_are_apart",
    ),
    pytest.param(
        APART,
        a_request(),
        NOTHING_DONE,
        ALLOW,
        "agent-1 has not done rename or look-up within 90 d before the act",
        id="agent_does_one_of_those_apart",
    ),
    pytest.param(
        APART,
        a_request(action="look-up"),
        done("deactivate", DAY),
        DENY,
        "agent-1 has done deactivate",
        id="agent_reads_where_reading_is_apart",
    ),
    pytest.param(
        APART,
        a_request(action="view-private"),
        done("rename", DAY),
        ALLOW,
        "view-private is kept apart from no other action",
        id="agent_does_what_is_not_listed",
    ),
    # The same again is nothing else, nor is what others did or what had no effect.
    pytest.param(
        APART,
        a_request(),
        done("deactivate", DAY),
        ALLOW,
        "agent-1 has not done rename",
        id="agent_does_the_same_again",
    ),
    pytest.param(
        APART_FROM_NOTHING,
        a_request(),
        done("deactivate", DAY),
        ALLOW,
        "deactivate is kept apart from no other action",
        id="agent_does_again_the_only_one_listed",
    ),
    pytest.param(
        APART,
        a_request(),
        done("rename", DAY, staff="agent-2"),
        ALLOW,
        "agent-1 has not done rename",
        id="agent_does_the_second_half_of_a_colleague",
    ),
    pytest.param(
        APART,
        a_request(),
        done("rename", DAY, of="requested"),
        ALLOW,
        "agent-1 has not done rename",
        id="agent_only_asked_for_the_first_half",
    ),
    # The window has a first and a last second.
    pytest.param(
        APART_FOR_A_WEEK,
        a_request(),
        done("rename", 7 * DAY),
        DENY,
        "within 7 d before the act",
        id="agent_did_the_first_half_a_week_ago",
    ),
    pytest.param(
        APART_FOR_A_WEEK,
        a_request(),
        done("rename", 7 * DAY + 1),
        ALLOW,
        "has not done rename within 7 d",
        id="agent_did_the_first_half_over_a_week_ago",
    ),
    pytest.param(
        APART_FOR_A_SECOND,
        a_request(),
        done("rename", 1),
        DENY,
        "within 1 s before the act",
        id="agent_did_the_first_half_a_second_ago",
    ),
    pytest.param(
        APART_FOR_A_SECOND,
        a_request(),
        done("rename", 0),
        DENY,
        "has done rename within 1 s before the act",
        id="agent_did_the_first_half_in_that_second",
    ),
    pytest.param(
        APART_FOR_A_SECOND,
        a_request(),
        done("rename", 2),
        ALLOW,
        "has not done rename within 1 s",
        id="agent_did_the_first_half_two_seconds_ago",
    ),
    pytest.param(
        APART,
        a_request(),
        done("rename", 90 * DAY),
        DENY,
        "within 90 d",
        id="agent_did_the_first_half_90_days_ago",
    ),
    pytest.param(
        APART,
        a_request(),
        done("rename", 90 * DAY + 1),
        ALLOW,
        "within 90 d",
        id="agent_did_the_first_half_over_90_days_ago",
    ),
    # Nobody takes a role by an own act, unless that is allowed.
    pytest.param(
        PLAIN,
        a_request(action="grant-role"),
        GRANTING,
        DENY,
        "agent-1 would take role lead by an own act",
        id="agent_takes_a_role",
    ),
    pytest.param(
        PLAIN,
        a_request(action="grant-role"),
        NOTHING_DONE,
        ALLOW,
        "grant-role is kept apart from no other action",
        id="agent_does_what_gives_no_role",
    ),
    pytest.param(
        GRANTS_ALLOWED,
        a_request(action="grant-role"),
        GRANTING,
        ALLOW,
        "grant-role is kept apart from no other action",
        id="agent_takes_a_role_where_that_is_allowed",
    ),
    # Nor acts on a ticket of the own making, though reading on it is no harm.
    pytest.param(
        PLAIN,
        a_request(ticket="t1"),
        OWN_TICKET,
        DENY,
        "agent-1 both opened ticket t1 and acts on it",
        id="agent_acts_on_an_own_ticket",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="t1"),
        CUSTOMERS_TICKET,
        ALLOW,
        "customer opened ticket t1, not agent-1",
        id="agent_acts_on_a_customers_ticket",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="t1", staff="agent-2"),
        OWN_TICKET,
        ALLOW,
        "agent-1 opened ticket t1, not agent-2",
        id="agent_acts_on_a_colleagues_ticket",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="t2"),
        OWN_TICKET,
        ALLOW,
        "no known ticket is cited",
        id="agent_cites_a_ticket_nobody_knows",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        OWN_TICKET,
        ALLOW,
        "no known ticket is cited",
        id="agent_does_not_cite_the_own_ticket",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="t1", action="look-up"),
        OWN_TICKET,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_on_an_own_ticket",
    ),
    pytest.param(
        TICKETS_ALLOWED,
        a_request(ticket="t1"),
        OWN_TICKET,
        ALLOW,
        "deactivate is kept apart from no other action",
        id="agent_acts_on_an_own_ticket_where_that_is_allowed",
    ),
    # Some roles are exempt.
    pytest.param(
        LEADS_EXEMPT,
        a_request(ticket="t1"),
        OWN_TICKET_OF_A_LEAD,
        ALLOW,
        "role lead is exempt, although agent-1 both opened ticket t1 and acts on it",
        id="lead_acts_on_an_own_ticket",
    ),
    pytest.param(
        LEADS_EXEMPT,
        a_request(ticket="t1"),
        OWN_TICKET,
        DENY,
        "agent-1 both opened ticket t1",
        id="agent_acts_on_an_own_ticket_where_leads_are_exempt",
    ),
    pytest.param(
        LEADS_EXEMPT,
        a_request(ticket="t2"),
        OWN_TICKET_OF_A_LEAD,
        ALLOW,
        "deactivate is kept apart from no other action",
        id="lead_needs_no_exemption",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """Nobody does two actions kept apart, takes a role, or serves the own ticket."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    ("control", "scenario", "verdict"),
    [
        pytest.param(PLAIN, own_role(), "stopped", id="agent_takes_a_role"),
        pytest.param(
            PLAIN, with_ticket("self-opened"), "stopped", id="agent_opens_the_ticket"
        ),
        pytest.param(
            TWO_HALVES, both_halves(), "limited", id="agent_does_the_second_half_too"
        ),
    ],
)
def test_alone_changes_the_outcome(control, scenario, verdict):
    """One person does it all alone, and with it not the half that is one too many."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == (verdict, "separation-of-duties")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(
            TWO_HALVES, both_halves(by="accomplice"), id="two_people_do_a_half_each"
        ),
        pytest.param(
            TWO_HALVES,
            both_halves(through="colleague-session"),
            id="one_person_has_two_logins",
        ),
        pytest.param(
            evolve(TWO_HALVES, window=HOUR),
            both_halves(wait=Constant(HOUR + 1)),
            id="second_half_comes_after_the_window",
        ),
        pytest.param(
            PLAIN, with_ticket("same-target"), id="somebody_else_opened_the_ticket"
        ),
        pytest.param(PLAIN, with_ticket("none"), id="no_ticket_is_cited"),
        pytest.param(PLAIN, both_halves(), id="nobody_listed_the_halves"),
        pytest.param(
            SeparationOfDuties(exempt_roles=("agent",)),
            with_ticket("self-opened"),
            id="role_is_exempt",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Two logins, enough time, other tickets, actions and exempt roles go through."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_honest_work_that_needs_both_halves():
    """Honest work is refused to those who have done the other half of it."""
    first = kind(id="first", share=0.5, action="prepare")
    desks = honest_work(first, kind(id="second", share=0.5))
    roles = agents_may("prepare", "deactivate")
    scenario = scene(desks=desks, roles=roles, **DUTIES)
    paid = outcome(scenario, TWO_HALVES).friction

    assert outcome(scenario).friction.refused == 0 < paid.refused < paid.requests
