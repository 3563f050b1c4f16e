"""How often somebody must be refused."""

import pytest

from simulator.alerts import DeniedBurst
from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import TicketBound
from simulator.decisions import DENY, Alert, Approval, Decision
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import Entitlement, Role
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_requested, an_executed
from tests.scenes import (
    CLOSED,
    ORGANISATION,
    attempt,
    honest_work,
    kind,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

SIGNAL = Alert("agent-1", "account-1", Constant(60))
CONSENT = Decision(approvals=(Approval("lead", 1, 60),))

THREE = DeniedBurst()
AT_ONCE = DeniedBurst(count=1)


def refusals(*minutes_ago, staff="agent-1"):
    """Build the rows of refusals so many minutes before the act."""
    return tuple(
        (ACT - m * MINUTE, staff, "refused", "deactivate") for m in minutes_ago
    )


COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # The third refusal within the hour fires.
    pytest.param(
        THREE,
        a_requested(decision=DENY),
        FakeView(past=refusals(59, 10)),
        SIGNAL,
        "refusal number 3 within 1 h; fires from number 3 on",
        id="agent_is_denied_a_third_time",
    ),
    pytest.param(
        THREE,
        a_requested(decision=DENY),
        FakeView(past=refusals(60, 10)),
        None,
        "refusal number 2 within 1 h; fires from number 3 on",
        id="agent_is_denied_a_second_time_within_the_hour",
    ),
    # So does every further one, and none of somebody else's.
    pytest.param(
        THREE,
        a_requested(decision=DENY),
        FakeView(past=refusals(30, 20, 10, 0)),
        SIGNAL,
        "refusal number 5",
        id="agent_is_denied_a_fifth_time",
    ),
    pytest.param(
        THREE,
        a_requested(decision=DENY),
        FakeView(past=refusals(30, 20, 10, staff="agent-2")),
        None,
        "refusal number 1",
        id="agent_is_denied_after_a_colleague_was",
    ),
    # Only a denial fires; asking for consent is none.
    pytest.param(
        AT_ONCE,
        a_requested(decision=DENY),
        FakeView(),
        SIGNAL,
        "fires from number 1 on",
        id="agent_is_denied_once_where_that_is_enough",
    ),
    pytest.param(
        AT_ONCE,
        a_requested(decision=CONSENT),
        FakeView(past=refusals(30, 20, 10)),
        None,
        "nothing was denied: the answer was approve",
        id="agent_needs_consent_after_refusals",
    ),
    pytest.param(
        AT_ONCE,
        a_requested(),
        FakeView(past=refusals(30, 20, 10)),
        None,
        "nothing was denied: the answer was allow",
        id="agent_is_allowed_after_refusals",
    ),
    # An effect is no request.
    pytest.param(
        AT_ONCE,
        an_executed(),
        FakeView(past=refusals(30, 20, 10)),
        None,
        "looks at requests when they are made",
        id="agent_took_down_after_refusals",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A denied request that reaches the number or goes beyond it raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

BOUND = TicketBound()
NONE, OTHER, OWN = (
    attempt(ticket=ticket) for ticket in ("none", "other-target", "self-opened")
)
SECRET = attempt(through="shared-secret")
NEXT_DAY = attempt(ticket="none", wait=Constant(DAY))


def later(seconds):
    """Build a try that an honest ticket lets through, some time after the last."""
    return attempt(wait=Constant(seconds))


@pytest.mark.parametrize(
    ("wait", "verdict"), [(10 * MINUTE, "stopped"), (MINUTE, "caught")]
)
def test_alone_changes_the_outcome(wait, verdict):
    """Beside the control that refuses, the third try gives away the fourth."""
    scenario = scene(misuse=misuse(NONE, OTHER, OWN, later(wait)))

    assert ends(scenario, BOUND) == ("missed", "")
    assert ends(scenario, BOUND, THREE) == (verdict, "denied-burst")


LOW = Target("singer", "ordinary")
NOT_ENTITLED = (
    Role("agent", (Entitlement(("deactivate",), "ordinary"),)),
    *ORGANISATION.roles[1:],
)
BY_COLLEAGUE = attempt(ticket="none", through="colleague-session")


@pytest.mark.parametrize(
    ("scenario", "others"),
    [
        pytest.param(
            scene(misuse=misuse(NONE, OTHER, OWN, later(HOUR))), (), id="no_refusal"
        ),
        pytest.param(scene(misuse=misuse()), (BOUND,), id="first_try_succeeds"),
        pytest.param(
            scene(
                misuse=misuse(*3 * [attempt()], SECRET, at=9 * HOUR), offboarding=CLOSED
            ),
            (BOUND,),
            id="no_access",
        ),
        pytest.param(
            scene(
                misuse=misuse(*3 * [attempt()], attempt(target="singer")),
                targets=(Target("celebrity", "protected"), LOW),
                roles=NOT_ENTITLED,
            ),
            (BOUND,),
            id="no_entitlement",
        ),
        pytest.param(
            scene(misuse=misuse(NONE, OTHER, BY_COLLEAGUE, BY_COLLEAGUE, later(HOUR))),
            (BOUND,),
            id="with_the_access_of_others",
        ),
        pytest.param(
            scene(
                horizon=2 * DAY,
                misuse=misuse(NONE, OTHER, NEXT_DAY, later(HOUR)),
            ),
            (BOUND,),
            id="back_the_next_day",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, others):
    """Without three refusals of one login by a control, nobody learns of it."""
    assert ends(scenario, *others, THREE) == ("missed", "")


def test_cost_is_true():
    """Whoever does not see why honest work is refused raises false alarms."""
    friction = outcome(
        scene(desks=honest_work(kind(cites_ticket=0.0))), BOUND, THREE
    ).friction

    assert friction.requests == friction.refused
    assert 0 < friction.false_alarms < friction.refused
