"""Which candidates are tried where nobody names them."""

import pytest
from attrs import evolve

from simulator.errors import LastdayError
from simulator.experiment.plan import make_plan
from simulator.experiment.whatif.choosing import MOST, chosen
from simulator.scenario.organisation import Posture
from simulator.testing.strategies import everything
from tests.experiment.engines import a_day
from tests.experiment.whatif.staged import (
    BELL,
    FIRST,
    IDLE,
    NOISY,
    SECOND,
    in_force,
    two_ways,
)
from tests.world.stand_ins import posture, says, sees

ALL = (FIRST, SECOND, BELL, NOISY, IDLE)


def taken(name, *entries, scenario=None, labels=None):
    """Return the candidates of a design."""
    plan = make_plan(
        scenario or two_ways(), candidates=posture(*entries), seed=1, choose={}
    )
    return chosen(name, plan, labels, jobs=1, cluster=None)


def test_a_lattice_takes_those_heard_about_the_misuse():
    """Who says nothing about the misuse is not tried; who guards the second way is."""
    assert taken("lattice", *ALL) == ("bell", "first", "second")


def test_alone_takes_all_that_are_not_in_force():
    """What is in force stays in force beside each candidate."""
    scenario = in_force(two_ways(), BELL)

    assert taken("alone", *ALL, scenario=scenario) == (
        "first",
        "idle",
        "noisy",
        "second",
    )
    assert taken("pairs", *ALL) == ("bell", "first", "idle", "noisy", "second")


def test_without_takes_what_is_in_force():
    """Nothing else can be taken away; where nothing is in force, it takes all."""
    scenario = in_force(two_ways(), BELL, FIRST)

    assert taken("without", *ALL, scenario=scenario) == ("bell", "first")
    assert taken("without", FIRST, BELL) == ("bell", "first")


def test_of_too_many_those_that_matter_most_are_taken():
    """Who holds alone comes first; who holds only with others before who does not."""
    good = [sees(f"good-{n:02}", of="misuse") for n in range(MOST - 2)]
    heard = [says(f"heard-{n}", to="misuse", challenges=()) for n in range(3)]
    late = [sees(f"late-{n}", of="misuse", after=7200) for n in range(3)]
    found = taken("lattice", *good, *heard, *late, FIRST, SECOND)

    assert set(found) == {entry.label for entry in good} | {"first", "second"}


def test_it_is_told_how_far_the_choice_is():
    """Ten replications at most; names are taken without any."""
    told = []
    every = [sees(f"bell-{n:02}", of="misuse") for n in range(MOST + 1)]
    plan = make_plan(two_ways(), candidates=posture(*every), seed=1, choose={})
    words = {"jobs": 1, "cluster": None, "progress": lambda *step: told.append(step)}
    chosen("lattice", plan, ["bell-00"], **words)

    assert told == []
    chosen("lattice", plan, None, **words)

    assert told == [(n, 10) for n in range(1, 11)]


def test_where_nobody_is_heard_some_are_taken():
    """Even then something is tried, and is then called silent."""
    assert taken("lattice", IDLE) == ("idle",)


@pytest.mark.slow
def test_the_usual_offer_fills_a_lattice():
    """Of the whole catalogue a dozen are chosen, the same each time."""
    plan = make_plan(a_day(), candidates=everything(), seed=1, choose={})
    found = [chosen("lattice", plan, None, jobs=1, cluster=None) for _ in range(2)]

    assert found[0] == found[1]
    assert len(found[0]) == MOST
    assert "protected-lock" in found[0]


def test_names_are_taken_as_they_are():
    """Labels may be in force or not; each counts once."""
    scenario = in_force(two_ways(), BELL)
    named = ["second", "bell", "bell"]

    assert taken("lattice", FIRST, SECOND, scenario=scenario, labels=named) == (
        "bell",
        "second",
    )


@pytest.mark.parametrize("name", ["alone", "pairs", "lattice"])
def test_nothing_on_offer_is_an_error(name):
    """Where everything is in force already, names are needed."""
    scenario = evolve(in_force(two_ways(), BELL), candidates=Posture())
    with pytest.raises(LastdayError, match="nothing is on offer"):
        taken(name, BELL, scenario=scenario)
