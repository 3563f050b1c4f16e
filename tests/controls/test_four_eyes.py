"""Whose consent is asked for, and when."""

import pytest
from attrs import evolve

from simulator.clock import HOUR, MINUTE
from simulator.controls import FourEyes
from simulator.decisions import ALLOW, Approval, Decision
from simulator.scenario.misuse import Requirement
from tests.fakes import FakeView, a_request
from tests.scenes import BELOW, ORGANISATION, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()

PLAIN = FourEyes()
LEADS = FourEyes(from_tier="business", approvers=2, role="lead", ttl=20 * MINUTE)
ONE_OF_ALL = Decision(approvals=(Approval("", 1, HOUR),))
TWO_LEADS = Decision(approvals=(Approval("lead", 2, 20 * MINUTE),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # One colleague of the same role must consent on the top tier.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        ONE_OF_ALL,
        "an approver of role agent must consent first",
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
    # Number, role and tier are settings.
    pytest.param(
        LEADS,
        a_request(tier="business"),
        AGENT,
        TWO_LEADS,
        "2 approvers of role lead must consent first",
        id="agent_needs_two_leads_for_business",
    ),
    pytest.param(
        LEADS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_ordinary",
    ),
    # The tiers above the lowest one count too; reading never does.
    pytest.param(
        LEADS,
        a_request(tier="protected"),
        AGENT,
        TWO_LEADS,
        "2 approvers of role lead",
        id="agent_needs_two_leads_for_protected",
    ),
    pytest.param(
        LEADS,
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier waits for the consent of others."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


def asked(plan=None, **approvals):
    """Build a scene in which the approvers behave in some way."""
    return scene(
        misuse=plan or misuse(),
        approvals=evolve(ORGANISATION.approvals, **approvals),
    )


@pytest.mark.parametrize("intent", ["gesture", "slip"])
def test_alone_changes_the_outcome(intent):
    """A colleague who looks at what is asked for refuses it."""
    alone = asked(misuse(intent=intent))

    assert ends(alone) == ("missed", "")
    assert ends(alone, PLAIN) == ("stopped", "four-eyes")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # Consent is worth what the look was worth,
        pytest.param(PLAIN, asked(rubber_stamp=1.0), id="approver_who_does_not_look"),
        pytest.param(PLAIN, asked(sees_harm=0.0), id="approver_who_sees_nothing_wrong"),
        # and nothing where two are in on it.
        pytest.param(
            PLAIN,
            asked(
                evolve(
                    misuse(attempt(approver="accomplice")),
                    accomplice=Requirement(role="agent"),
                )
            ),
            id="two_who_agree_on_it",
        ),
        pytest.param(PLAIN, asked(colludes=1.0), id="approvers_who_are_bribed"),
        # Low tiers need none.
        pytest.param(PLAIN, scene(misuse=misuse(), targets=BELOW), id="below_the_tier"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whoever gets the consent does the same as without it."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")


def test_costs_approvers_time():
    """Every honest action on the tier needs somebody, and waits for the review."""
    work = scene(desks=honest_work(tickets_per_hour=3.0))

    paid = outcome(work, PLAIN).friction

    assert outcome(work).friction.approvals == outcome(work).friction.added_s == 0
    assert paid.approvals == paid.requests > 0
    assert paid.added_s >= MINUTE * (paid.requests - paid.refused) > 0
