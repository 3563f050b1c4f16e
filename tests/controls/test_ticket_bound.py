"""Which tickets let a harmful action pass."""

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import TicketBound
from simulator.decisions import ALLOW, DENY
from tests.fakes import ACT, FakeView, a_request, a_ticket
from tests.scenes import attempt, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

QUEUE = FakeView(
    tickets=(
        a_ticket(id="fits"),
        a_ticket(id="other", target="account-2"),
        a_ticket(id="own", opened_by="agent-1"),
        a_ticket(id="week-old", opened_at=ACT - 7 * DAY),
        a_ticket(id="almost-week-old", opened_at=ACT - 7 * DAY + 1),
    )
)

PLAIN = TicketBound()
ANY_TARGET = TicketBound(match_target=False)
ANY_CREATOR = TicketBound(other_creator=False)
FRESH = TicketBound(max_age=HOUR)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # There must be a ticket.
    pytest.param(
        PLAIN,
        a_request(ticket=None),
        QUEUE,
        DENY,
        "no ticket is cited",
        id="agent_cites_nothing",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="fits"),
        QUEUE,
        ALLOW,
        "ticket fits asks for it: it is about account-1",
        id="agent_cites_fitting_ticket",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="invented"),
        QUEUE,
        DENY,
        "ticket invented does not exist",
        id="agent_cites_invented_ticket",
    ),
    # Reading needs none.
    pytest.param(
        PLAIN,
        a_request(ticket=None, action="look-up"),
        QUEUE,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_without_ticket",
    ),
    # It must be about the same target, unless that is not asked for.
    pytest.param(
        PLAIN,
        a_request(ticket="other"),
        QUEUE,
        DENY,
        "ticket other is about account-2, not account-1",
        id="agent_cites_ticket_about_another",
    ),
    pytest.param(
        ANY_TARGET,
        a_request(ticket="other"),
        QUEUE,
        ALLOW,
        "ticket other asks for it",
        id="agent_cites_ticket_about_another_where_any_will_do",
    ),
    # Somebody else must have opened it, unless that is not asked for.
    pytest.param(
        PLAIN,
        a_request(ticket="own"),
        QUEUE,
        DENY,
        "ticket own was opened by agent-1, who also acts",
        id="agent_cites_own_ticket",
    ),
    pytest.param(
        ANY_CREATOR,
        a_request(ticket="own"),
        QUEUE,
        ALLOW,
        "ticket own asks for it",
        id="agent_cites_own_ticket_where_that_will_do",
    ),
    # It counts for seven days, the last second of which is within.
    pytest.param(
        PLAIN,
        a_request(ticket="week-old"),
        QUEUE,
        DENY,
        "ticket week-old is 7 d old; it counts for 7 d",
        id="agent_cites_week_old_ticket",
    ),
    pytest.param(
        PLAIN,
        a_request(ticket="almost-week-old"),
        QUEUE,
        ALLOW,
        "ticket almost-week-old asks for it",
        id="agent_cites_ticket_one_second_younger",
    ),
    # The age is a setting.
    pytest.param(
        FRESH,
        a_request(ticket="fits"),
        QUEUE,
        DENY,
        "ticket fits is 1 h old; it counts for 1 h",
        id="agent_cites_hour_old_ticket_too_late",
    ),
    pytest.param(
        FRESH,
        a_request(ticket="fits", at=ACT - 1),
        QUEUE,
        ALLOW,
        "ticket fits asks for it",
        id="agent_cites_hour_old_ticket_just_in_time",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action without a fitting ticket is denied."""
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
        pytest.param(misuse(attempt(ticket="none")), id="leaver_cites_nothing"),
        pytest.param(
            misuse(attempt(ticket="self-opened")), id="leaver_opens_the_ticket"
        ),
        pytest.param(
            misuse(attempt(ticket="other-target"), intent="slip"),
            id="leaver_slips_onto_another_target",
        ),
    ],
)
def test_alone_changes_the_outcome(act):
    """Without a fitting ticket an act goes through, but not with it."""
    scenario = scene(misuse=act)

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "ticket-bound")


def test_what_it_does_not_stop_goes_through():
    """Misuse goes through that cites a ticket of somebody else about the target."""
    scenario = scene(misuse=misuse(attempt(ticket="same-target")))

    assert ends(scenario, PLAIN) == ends(scenario) == ("missed", "")


def test_catches_slips():
    """Honest slips hit a target that the ticket does not name, and are caught."""
    scenario = scene(desks=honest_work(slip_rate=1.0))
    paid = outcome(scenario, PLAIN).friction

    assert outcome(scenario).friction.slips_caught == 0
    assert paid.slips_caught == paid.slips == paid.requests > 0


@pytest.mark.parametrize(
    ("control", "task"),
    [
        pytest.param(
            PLAIN,
            kind(tier="protected", cites_ticket=0.0, emergency=1.0),
            id="ticket_is_missing",
        ),
        pytest.param(
            TicketBound(max_age=MINUTE), kind(tier="protected"), id="ticket_is_old"
        ),
    ],
)
def test_costs_honest_work_without_a_fresh_ticket(control, task):
    """Honest work is refused whose ticket is missing or old, urgent or not."""
    paid = outcome(scene(desks=honest_work(task)), control).friction

    assert paid.refused == paid.requests > 0
