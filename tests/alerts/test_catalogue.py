"""What holds for every alert and witness on the shelf."""

import re

import pytest

from simulator.alerts import CATALOGUE
from simulator.clock import HOUR, MINUTE, Span
from simulator.decisions import DENY
from tests.fakes import (
    ACT,
    FakeView,
    a_departure,
    a_left_behind,
    a_requested,
    a_ticket,
    an_executed,
)

ENTRIES = [pytest.param(entry, id=name) for name, entry in CATALOGUE.items()]
WITNESSES = {"owner-report", "press-report", "user-report"}

LEAVER = FakeView(departures={"agent-1": a_departure()})
FAMOUS = FakeView(audiences={"account-1": 2_000_000})
WATCHED = FakeView(watched=frozenset({"account-1"}))


def past(of, times):
    """Build a view that remembers so many records of one kind, a minute apart."""
    rows = ((ACT - n * MINUTE, "agent-1", of, "deactivate") for n in range(times))
    return FakeView(past=tuple(rows))


TABLE = [
    (an_executed(), FakeView()),
    (an_executed(ticket="t1"), FakeView(tickets=(a_ticket(),))),
    (an_executed(tier="protected"), FakeView()),
    (an_executed(tier="protected", action="rename"), FAMOUS),
    (an_executed(), FAMOUS),
    (an_executed(), WATCHED),
    (an_executed(), past("executed", 9)),
    (an_executed(), past("executed", 19)),
    (an_executed(action="look-up"), WATCHED),
    (a_requested(), FakeView()),
    (a_requested(), LEAVER),
    (a_requested(), FakeView(rosters={"agent-1": (Span(0, 8 * HOUR),)})),
    (a_requested(decision=DENY), past("refused", 2)),
    (a_requested(emergency=True), FakeView()),
    (a_requested(device="unknown"), FakeView()),
    (a_requested(), FakeView(decoys=frozenset({"account-1"}))),
    (a_requested(), FakeView(shared=frozenset({"agent-1"}))),
    (a_requested(), FakeView(departures={"agent-1": a_departure(15 * HOUR)})),
    (a_requested(tier="protected"), FakeView(on_shift={"agent-1": 3})),
    (an_executed(), FakeView(unfamiliar=frozenset({("agent-1", "ordinary")}))),
    (an_executed(action="grant-role"), FakeView(grant={"grant-role": "lead"})),
    (an_executed(action="switch-off"), FakeView(switch={"switch-off": ("lock",)})),
]
LEFT = [
    (a_left_behind(), LEAVER),
    (a_left_behind(what="shadow-account"), FakeView()),
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_same_record_same_signal(entry):
    """Showing a record twice gives equal signals and sentences."""
    alert = entry()

    assert signals(alert) == signals(alert)
    assert sentences(alert) == sentences(alert)


@pytest.mark.parametrize("entry", ENTRIES)
def test_explains_in_one_plain_sentence(entry):
    """A sentence is a single line without a full stop, whatever is shown."""
    for sentence in sentences(entry()):
        assert re.fullmatch(r"[^\n]+[^\n.]", sentence), sentence


def test_no_two_alerts_behave_alike():
    """On one table of records every two alerts differ in the signals they give."""
    behaviour = {name: tuple(signals(entry())) for name, entry in CATALOGUE.items()}

    assert len(behaviour) == len(set(behaviour.values()))


@pytest.mark.parametrize("entry", ENTRIES)
def test_fires_on_something(entry):
    """Every alert with its defaults fires on the table, and not on all of it."""
    given = signals(entry())

    assert any(given)
    assert not all(given)


def test_witnesses_are_outside():
    """Owners, users and the press tell from outside; the rest is inside."""
    outside = {name for name, e in CATALOGUE.items() if e.origin == "outside"}

    assert outside == WITNESSES


@pytest.mark.parametrize("name", sorted(WITNESSES))
def test_witnesses_name_nobody(name):
    """Who tells from outside sees the target, never whose access was used."""
    seen = [signal for signal in signals(CATALOGUE[name]()) if signal]

    assert {None} == {signal.staff for signal in seen}
    assert {"account-1"} == {signal.target for signal in seen}


def signals(alert):
    """Return the signals of an alert over the table."""
    about_actions = [alert.watch(record, view) for record, view in TABLE]
    return about_actions + [alert.find(left, view) for left, view in LEFT]


def sentences(alert):
    """Return the explanations of an alert over the table."""
    return [alert.explain(record, view) for record, view in TABLE]
