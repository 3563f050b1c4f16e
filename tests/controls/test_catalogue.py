"""What holds for every control on the shelf."""

import re

import pytest

from simulator.clock import DAY, HOUR, MINUTE, Span
from simulator.controls import CATALOGUE
from simulator.decisions import ALLOW
from tests.fakes import ACT, FakeView, a_departure, a_request, a_ticket

ENTRIES = [pytest.param(entry, id=name) for name, entry in CATALOGUE.items()]

LEAVES_AT_FIVE = {"agent-1": a_departure(17 * HOUR)}
LEAVES_NEXT_WEEK = {"agent-1": a_departure(8 * DAY)}
ALARMS = tuple((ACT - 2 * HOUR, "agent-1", False) for _ in range(3))
MANY = tuple((ACT - 60, "agent-1", "requested", "deactivate") for _ in range(30))
TABLE = [
    (a_request(), FakeView()),
    (a_request(ticket="t1"), FakeView(tickets=(a_ticket(),))),
    (a_request(ticket="t1"), FakeView(tickets=(a_ticket(target="account-2"),))),
    (a_request(tier="protected"), FakeView()),
    (a_request(tier="protected"), FakeView(employments={"agent-1": "contractor"})),
    (a_request(tier="protected"), FakeView(signed_in={"agent-1": ACT - HOUR})),
    (a_request(tier="protected"), FakeView(departures=LEAVES_NEXT_WEEK)),
    (a_request(), FakeView(departures=LEAVES_AT_FIVE)),
    (a_request(), FakeView(rosters={"agent-1": (Span(0, 8 * HOUR),)})),
    (a_request(), FakeView(past=MANY)),
    (a_request(), FakeView(accounts_end={"agent-1": ACT - 10 * MINUTE})),
    (a_request(tier="protected", action="look-up"), FakeView()),
    (a_request(tier="protected", device="unknown"), FakeView()),
    (a_request(size=101), FakeView()),
    (a_request(emergency=True), FakeView()),
    (a_request(), FakeView(alarms_at=((ACT - 10 * MINUTE, "agent-9", True),))),
    (a_request(tier="protected"), FakeView(alarms_at=ALARMS)),
    (a_request(action="grant-role"), FakeView(grant={"grant-role": "lead"})),
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_same_question_same_answer(entry):
    """Asking twice gives equal decisions, sentences and orders."""
    control = entry()

    assert answers(control) == answers(control)
    assert sentences(control) == sentences(control)
    assert control.exit_orders() == control.exit_orders()


@pytest.mark.parametrize("entry", ENTRIES)
def test_explains_in_one_plain_sentence(entry):
    """A sentence is a single line without a full stop, whatever is asked."""
    for sentence in sentences(entry()):
        assert re.fullmatch(r"[^\n]+[^\n.]", sentence), sentence


def test_no_two_controls_behave_alike():
    """On one table of requests every two controls differ in what they do."""
    behaviour = {name: what_it_does(entry()) for name, entry in CATALOGUE.items()}

    assert len(behaviour) == len(set(behaviour.values()))


@pytest.mark.parametrize("entry", ENTRIES)
def test_does_something(entry):
    """Every control with its defaults does something on the table."""
    decisions, orders, windows, runbook = what_it_does(entry())

    assert any(decisions) or orders or any(windows) or runbook


def answers(control):
    """Return the decisions of a control over the table."""
    return [control.decide(asked, view) for asked, view in TABLE]


def sentences(control):
    """Return the explanations of a control over the table."""
    return [control.explain(asked, view) for asked, view in TABLE]


def what_it_does(control):
    """Return what is asked, the triggers of orders, undo windows and the runbook."""
    return (
        tuple(what_is_asked(decision) for decision in answers(control)),
        tuple((order.trigger, order.ends) for order in control.exit_orders()),
        tuple(control.undo_window_s(action) for action in ("deactivate", "rename")),
        control.runbook() is not None,
    )


def what_is_asked(decision):
    """Return the word of a decision and the kinds of its prompts; "" for allow."""
    kinds = tuple(challenge.kind for challenge in decision.challenges)
    return "" if decision == ALLOW else (decision.words, kinds)
