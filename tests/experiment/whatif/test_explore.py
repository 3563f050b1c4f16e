"""Every arm on one seed in few runs: leaves hold what a plain run of each arm holds."""

from random import Random

import pytest
from attrs import evolve

import simulator.experiment.whatif.explore as exploring
from simulator import load, simulate
from simulator.experiment.arms import default_candidates, only
from simulator.experiment.plan import make_plan
from simulator.experiment.whatif.design import design
from simulator.experiment.whatif.explore import Explored, Leaf, did_it, explore
from simulator.experiment.whatif.playing import Exploration, Ground
from simulator.outcome import measure
from simulator.scenario.organisation import Posture
from simulator.world import Ambiguous, draw_day
from tests.scenes import attempt, honest_work, misuse, scene
from tests.world.stand_ins import posture, says, sees


def explored(scenario, *entries, seed=1, name="lattice"):
    """Explore a scene; return the design and what was found."""
    arm = posture(*entries)
    chosen = design(name, arm.labels)
    day = draw_day(scenario, seed)
    return chosen, explore(scenario, arm, chosen, seed, day, tapes_after=0)


def story(*tries, **parts):
    """Build a day with honest work on which the leaver tries one way, then others."""
    return scene(misuse=misuse(*tries), desks=honest_work(), **parts)


# Few runs.


def test_what_never_matters_is_one_leaf():
    """Candidates with nothing to say leave one way for the day to go."""
    idle = [says(f"idle-{n}", to="nobody", deny=True) for n in range(6)]
    chosen, found = explored(story(), *idle)

    assert [leaf.arms for leaf in found.leaves] == [chosen.everything]
    assert found.fired == frozenset()


def test_any_of_those_who_deny_is_as_good_as_all():
    """Three that deny the same make two ways: any of them, and none."""
    _, found = explored(story(), *(says(f"d-{n}", deny=True) for n in range(3)))

    assert sorted(leaf.arms.bit_count() for leaf in found.leaves) == [1, 7]


def test_what_is_never_come_to_is_not_settled():
    """A second way is only tried where the first is refused: two leaves and one."""
    first = says("first", to="misuse-0.0", deny=True)
    second = says("second", to="misuse-0.1", deny=True)
    _, found = explored(story(attempt(), attempt()), first, second)

    assert sorted(leaf.arms.bit_count() for leaf in found.leaves) == [1, 1, 2]


def test_only_arms_of_the_design_are_in_leaves():
    """In a small design the leaves part its few arms."""
    entries = [says(f"d-{n}", deny=True) for n in range(5)]
    chosen, found = explored(story(), *entries, name="pairs")

    assert sum(leaf.arms.bit_count() for leaf in found.leaves) == len(chosen.masks)
    assert found.leaf(chosen.arm(())).arms == 1


# Who fired, and who did it.


def test_who_had_something_to_say_has_fired():
    """Who answers or signals fires, if only in some of the arms; others do not."""
    entries = (
        says("first", to="misuse-0.0", deny=True),
        says("second", to="misuse-0.1", deny=True),
        sees("bell", of="misuse", staff="leaver"),
        says("idle", to="nobody", deny=True),
    )
    _, found = explored(story(attempt(), attempt()), *entries)

    assert found.fired == {"first", "second", "bell"}


def test_an_open_decision_names_only_those_that_are_on():
    """Where either of two would have denied it, each arm names its own."""
    chosen, found = explored(story(), says("a", deny=True), says("b", deny=True))

    told = {
        chosen.on(arm): did_it(found.leaf(arm).outcome, chosen, chosen.on(arm))
        for arm in range(4)
    }
    assert told[()] == ""
    assert told["a",] == "a"
    assert told["b",] == "b"
    assert told["a", "b"] == "a + b"


def test_who_is_no_candidate_is_always_named():
    """What is in force, or no control at all, has done it in every arm."""
    chosen = design("lattice", ("a", "b"))
    outcome = evolve(explored(story(), says())[1].leaves[0].outcome, by="a + lock + b")

    assert did_it(outcome, chosen, ("b",)) == "lock + b"
    assert did_it(outcome, chosen, ()) == "lock"


def test_leaf_finds_the_only_one_with_an_arm():
    """Leaves do not overlap, so that there is one."""
    outcome = explored(story(), says())[1].leaves[0].outcome
    first, second = Leaf(0b0101, outcome), Leaf(0b1010, outcome)

    assert Explored((first, second), frozenset()).leaf(3) is second


# Fallback.


def test_where_the_tape_is_ambiguous_a_run_is_played_in_full(monkeypatch):
    """A run that is given up is done again from the same region without tapes."""
    given_up = []

    def gives_up(*how, memory, **special):
        if memory.skips_routine:
            given_up.append(special["choices"].region)
            simulate_with(*how, memory=memory, **special)
            raise Ambiguous
        return simulate_with(*how, memory=memory, **special)

    simulate_with = exploring.simulate
    entries = says("a", to="misuse", deny=True), sees("bell", of="act-front-1")
    plain = explored(story(), *entries)[1]
    monkeypatch.setattr(exploring, "simulate", gives_up)
    again = explored(story(), *entries)[1]

    assert len(given_up) == len(again.leaves) == 4
    assert {leaf.arms: leaf.outcome for leaf in again.leaves} == {
        leaf.arms: leaf.outcome for leaf in plain.leaves
    }


# The library.


@pytest.mark.slow
def test_an_alarm_while_the_leaver_works_honestly_on(root):
    """On the seed that showed it, two honest acts are refused after containment."""
    scenario = load(root / "scenarios" / "microblog-lastday-2017.yaml")
    plan = make_plan(scenario, seed=3, choose={"intent": "gesture"})
    ground = Ground(plan.questions[0], design("lattice", ("protected-change-alert",)))
    job = Exploration(3, (ground,))
    (found,) = job(5)
    (trail,) = job.plain_runs(ground, 5, [("protected-change-alert",)])

    assert found.leaf(1).outcome.friction.refused == 2
    assert measure(trail, ground.variant(5)).friction.refused == 2


def some(root):
    """Choose a handful of scenarios that the library has, always the same."""
    files = sorted((root / "scenarios").glob("*.yaml"))
    return Random(9).sample(files, 5)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
def test_sampled_arms_of_the_library_are_plain_runs(root, number):
    """Of the lattice over 14 candidates, 12 arms drawn at random are plain runs."""
    plan = make_plan(load(some(root)[number]), seed=1, choose={})
    scenario, chance = plan.questions[0].variants[0], Random(number)
    offered = default_candidates(scenario)
    labels = sorted(chance.sample(list(offered.labels), min(14, len(offered.labels))))
    candidates = Posture()
    for label in labels:
        candidates = candidates.plus(only(label, offered))
    chosen, day = design("lattice", labels), draw_day(scenario, number)
    found = explore(scenario, candidates, chosen, number, day, tapes_after=0)

    for arm in chance.sample(range(len(chosen.masks)), 12):
        on = chosen.on(arm)
        told = found.leaf(arm).outcome
        told = evolve(told, by=did_it(told, chosen, on))
        assert told == plain_run(scenario, candidates, on, day), on


def plain_run(scenario, candidates, on, day):
    """Play just these candidates, with what else is in force."""
    arm = scenario.organisation.posture
    for label in candidates.labels:
        arm = arm.minus(label)
    for label in on:
        arm = arm.plus(only(label, candidates))
    return measure(simulate(scenario, arm, day.seed, day=day), scenario)
