"""Who may declare an emergency, how long it lasts, and when the next may follow."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import BreakGlass, FourEyes
from simulator.decisions import ALLOW, DENY, Challenge, Decision
from simulator.scenario.misuse import Step
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_request, a_ticket
from tests.scenes import attempt, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome


def declared(ago, **known):
    """Build a view in which agent-1 gave a reason so many seconds before the act."""
    return FakeView(passed={("agent-1", "emergency-reason"): ACT - ago}, **known)


EMERGENCY = a_request(emergency=True)
NEVER = FakeView()
LEAD = FakeView(roles={"agent-1": "lead"})
TICKET = FakeView(tickets=(a_ticket(),))

PLAIN = BreakGlass()
FOR_LEADS = BreakGlass(roles=("lead", "desk"))
WITH_TICKET = BreakGlass(needs_ticket=True)
AT_ONCE = BreakGlass(seconds=0)
SHORT = BreakGlass(lasts=1)
LONG = BreakGlass(lasts=30 * DAY)
RESTING = BreakGlass(rest=2 * HOUR)
ONCE = BreakGlass(rest=10_000 * DAY)

ASKS = Decision(challenges=(Challenge("emergency-reason", MINUTE),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # It asks for the reason of an emergency, whatever is done in it.
    pytest.param(
        PLAIN,
        EMERGENCY,
        NEVER,
        ASKS,
        "agent-1 has had no emergency yet: a reason must be given, which takes 1 min",
        id="agent_declares_a_first_emergency",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        NEVER,
        ALLOW,
        "asks only for actions in an emergency; none was declared",
        id="agent_declares_none",
    ),
    pytest.param(
        PLAIN,
        a_request(emergency=True, action="look-up"),
        NEVER,
        ASKS,
        "a reason must be given",
        id="agent_reads_in_an_emergency",
    ),
    pytest.param(
        AT_ONCE,
        EMERGENCY,
        NEVER,
        Decision(challenges=(Challenge("emergency-reason", 0),)),
        "which takes 0 s",
        id="agent_gives_a_reason_at_once",
    ),
    # One reason serves until the emergency ends, and for one person only.
    pytest.param(
        PLAIN,
        EMERGENCY,
        declared(1),
        ALLOW,
        "the emergency of 15:49 lasts until 16:49, 59 min 59 s after the act",
        id="agent_acts_a_second_after_the_reason",
    ),
    pytest.param(
        PLAIN,
        EMERGENCY,
        declared(HOUR - 1),
        ALLOW,
        "lasts until 15:50, 1 s after the act",
        id="agent_acts_in_the_last_second_of_the_emergency",
    ),
    pytest.param(
        PLAIN,
        EMERGENCY,
        declared(HOUR),
        ASKS,
        "the last emergency ran out at 15:50, 0 s before the act: a reason must be",
        id="agent_acts_as_the_emergency_ends",
    ),
    pytest.param(
        PLAIN,
        a_request(emergency=True, staff="agent-2"),
        declared(1),
        ASKS,
        "agent-2 has had no emergency yet",
        id="colleague_declares_an_emergency_too",
    ),
    pytest.param(
        SHORT,
        EMERGENCY,
        declared(1),
        ASKS,
        "ran out at 15:50",
        id="agent_had_an_emergency_of_a_second",
    ),
    pytest.param(
        LONG,
        a_request(emergency=True, at=ACT + 30 * DAY - 1),
        declared(0),
        ALLOW,
        "1 s after the act",
        id="agent_has_an_emergency_of_a_month",
    ),
    # Some roles may not declare one, not even where the path is open.
    pytest.param(
        FOR_LEADS,
        EMERGENCY,
        declared(1),
        DENY,
        "only role lead or desk may declare an emergency; agent-1 has role agent",
        id="agent_declares_what_leads_may",
    ),
    pytest.param(
        FOR_LEADS,
        EMERGENCY,
        LEAD,
        ASKS,
        "a reason must be given",
        id="lead_declares_what_leads_may",
    ),
    pytest.param(
        FOR_LEADS,
        a_request(),
        NEVER,
        ALLOW,
        "none was declared",
        id="agent_declares_nothing_where_leads_may",
    ),
    # A ticket may be needed, at each action, and it must exist.
    pytest.param(
        WITH_TICKET,
        a_request(emergency=True, ticket="t1"),
        TICKET,
        ASKS,
        "a reason must be given",
        id="agent_cites_a_ticket",
    ),
    pytest.param(
        WITH_TICKET,
        a_request(emergency=True, ticket="t2"),
        TICKET,
        DENY,
        "an emergency needs a ticket, and ticket t2 does not exist",
        id="agent_cites_a_ticket_nobody_knows",
    ),
    pytest.param(
        WITH_TICKET,
        EMERGENCY,
        declared(1, tickets=(a_ticket(),)),
        DENY,
        "an emergency needs a ticket, and none is cited",
        id="agent_cites_no_ticket_in_an_open_emergency",
    ),
    pytest.param(
        PLAIN,
        a_request(emergency=True, ticket="t2"),
        TICKET,
        ASKS,
        "a reason must be given",
        id="agent_needs_no_ticket",
    ),
    # After one has run out there is none until the rest is over.
    pytest.param(
        RESTING,
        EMERGENCY,
        declared(HOUR - 1),
        ALLOW,
        "lasts until 15:50",
        id="agent_acts_before_the_rest",
    ),
    pytest.param(
        RESTING,
        EMERGENCY,
        declared(HOUR),
        DENY,
        "ran out at 15:50, 0 s before the act, and there is none before 17:50",
        id="agent_declares_another_as_the_rest_begins",
    ),
    pytest.param(
        RESTING,
        EMERGENCY,
        declared(3 * HOUR - 1),
        DENY,
        "and there is none before 15:50",
        id="agent_declares_another_in_the_last_second_of_the_rest",
    ),
    pytest.param(
        RESTING,
        EMERGENCY,
        declared(3 * HOUR),
        ASKS,
        "ran out at 13:50, 2 h before the act: a reason must be given",
        id="agent_declares_another_as_the_rest_ends",
    ),
    pytest.param(
        ONCE,
        a_request(emergency=True, at=9_000 * DAY),
        declared(3 * HOUR),
        DENY,
        "the last emergency ran out at 13:50",
        id="agent_declares_another_years_later",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """An emergency needs a permitted person, a reason, and a rest after the last."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


BYPASSED = FourEyes(yields_to_emergency=True)


def declares(*, emergency=True, times=1, **parts):
    """Build a scene in which an agent declares an emergency every two hours."""
    again = attempt(emergency=emergency, **parts)
    step = Step((again,), times=times, every=Constant(2 * HOUR))
    return scene(misuse=evolve(misuse(), plan=(step,)))


@pytest.mark.parametrize(
    ("control", "scenario", "verdict"),
    [
        pytest.param(FOR_LEADS, declares(), "stopped", id="by_somebody_not_listed"),
        pytest.param(
            WITH_TICKET, declares(ticket="none"), "stopped", id="without_a_ticket"
        ),
        pytest.param(RESTING, declares(times=2), "limited", id="once_too_often"),
    ],
)
def test_alone_changes_the_outcome(control, scenario, verdict):
    """What is done in an emergency that cannot be had does not go through."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == (verdict, "break-glass")


def test_keeps_the_bypass_from_those_not_listed():
    """Another control that yields is bypassed by those who may, and no others."""
    scenario = declares()

    assert ends(scenario, BYPASSED) == ("missed", "")
    assert ends(scenario, BYPASSED, PLAIN) == ("missed", "")
    assert ends(scenario, BYPASSED, FOR_LEADS) == ("stopped", "break-glass")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        # A reason is believed, whoever may give it, and for as long as it lasts.
        pytest.param(PLAIN, declares(), id="reason_that_is_made_up"),
        pytest.param(
            BreakGlass(roles=("agent",)), declares(), id="somebody_who_is_listed"
        ),
        pytest.param(
            BreakGlass(lasts=3 * HOUR, rest=DAY), declares(times=2), id="while_it_lasts"
        ),
        # Without an emergency nothing is asked.
        pytest.param(
            FOR_LEADS, declares(emergency=False), id="what_goes_without_an_emergency"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Whoever can have an emergency, or needs none, does as without the control."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")


def test_bypasses_nothing_by_itself():
    """A control that does not yield stops in an emergency what it stops without."""
    assert ends(declares(), FourEyes()) == ("stopped", "four-eyes")
    assert ends(declares(), FourEyes(), PLAIN) == ("stopped", "four-eyes")


def test_costs_those_in_a_hurry():
    """Reasons take time in every spell, and who is not listed is refused."""
    work = scene(desks=honest_work(kind(emergency=1.0), tickets_per_hour=3.0))

    free, asked, barred = (
        outcome(work, *entries).friction for entries in ((), (PLAIN,), (FOR_LEADS,))
    )

    assert (free.refused, free.added_s) == (0, 0)
    assert 0 < asked.added_s < MINUTE * asked.requests
    assert barred.refused == barred.requests > 0
