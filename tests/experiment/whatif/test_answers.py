"""The answers, on days whose right answers are known by hand."""

import pytest
from attrs import evolve

from simulator.clock import Seconds
from simulator.experiment.whatif.findings import Redundant
from simulator.scenario.scenario import Tolerances
from tests.experiment.whatif.staged import (
    BELL,
    FIRST,
    IDLE,
    NOISY,
    SECOND,
    asked,
    busy_analyst,
    names,
    read,
    two_ways,
)
from tests.scenes import HOUR, MINUTE


@pytest.fixture(scope="module")
def known():
    """Read the day with two ways and four candidates."""
    return read(two_ways(), FIRST, SECOND, BELL, IDLE, replications=20)


def test_both_ways_must_be_shut_to_stop_it(known):
    """Each lock stops one way, so that the pair is the smallest set that stops it."""
    stopped, _ = known.sufficient

    assert [arm.labels for arm in stopped.sets] == [("first", "second")]
    assert stopped.sets[0].stopped.share == 1
    assert (stopped.how_many, stopped.share_of_sets) == (1, 4 / 16)
    assert stopped.within_s is None


def test_one_alert_is_enough_to_catch_it(known):
    """The bell alone catches it in time, and so does the pair that stops it."""
    _, caught = known.sufficient

    assert [arm.labels for arm in caught.sets] == [("bell",), ("first", "second")]
    assert (caught.how_many, caught.share_of_sets) == (2, 10 / 16)
    assert caught.within_s == 5 * MINUTE


def test_sure_is_what_the_interval_says(known):
    """With 20 of 20 the low end is 84 %: enough for 80 %, not for 90 %."""
    eighty = read(two_ways(), FIRST, SECOND, BELL, replications=20, at_least=0.8)

    assert known.sufficient[0].sure == (False,)
    assert eighty.sufficient[0].sure == (True,)


def test_in_time_is_what_was_asked_for():
    """The bell is confirmed after two minutes: not within one."""
    hurried = read(two_ways(), FIRST, SECOND, BELL, within_s=MINUTE)

    assert [arm.labels for arm in hurried.sufficient[1].sets] == [("first", "second")]
    assert hurried.arm(("bell",)).caught.count == 0
    assert hurried.arm(("bell",)).held.share == 1


def test_shares_of_the_protection_are_those_of_the_game(known):
    """It holds with the bell, or with both locks: shares 2/3, 1/6 and 1/6."""
    shares = {part.label: part.share for part in known.shapley}

    assert shares == pytest.approx(
        {"bell": 2 / 3, "first": 1 / 6, "second": 1 / 6, "idle": 0}
    )
    assert known.shapley[0].label == "bell"
    assert all(part.goal == "held" for part in known.shapley)


def test_who_makes_no_difference_is_told(known):
    """The bell adds nothing where both ways are shut, and the idle one never does.

    A lock alone changes nothing, but beside the other it does: it is not redundant.
    """
    assert Redundant("idle", None) in known.redundant
    assert Redundant("bell", ("first", "second")) in known.redundant
    assert {one.label for one in known.redundant} == {"idle", "bell"}


def test_who_never_fired_is_told(known):
    """Whoever answered nothing in any run was never put to the test."""
    assert known.silent == ("idle",)


def test_what_costs_nothing_and_does_everything_is_the_frontier(known):
    """Without honest work nothing costs anything: only the best is undominated."""
    (best,) = known.frontier.points

    assert best.labels == ("bell",)
    assert [axis.name for axis in known.frontier.axes] == [
        "harm",
        "refused",
        "added",
        "false alarms",
    ]


def test_nothing_is_called_worse_that_is_not(known):
    """No candidate does harm on that day, so that none is told of."""
    assert known.worse == ()


def test_few_runs_stand_for_all_arms(known):
    """Every arm was played, and many of them at once."""
    assert known.stands_for == 16 * 20
    assert known.runs < known.stands_for


def test_what_matters_is_listed(known):
    """A lattice lists none, each alone, the minimal sets, the frontier and all."""
    assert names(known.arms) == {
        (),
        ("first",),
        ("second",),
        ("bell",),
        ("idle",),
        ("first", "second"),
        ("bell", "first", "idle", "second"),
    }


def test_arms_are_held_against_what_is_in_force(known):
    """Where an arm holds in all runs and what is in force in none, it gains all."""
    bell = known.arm(("bell",))

    assert known.reference.labels == ()
    assert bell.against.mean == 1
    assert bell.against.low < 1
    assert bell.saved is None


@pytest.fixture(scope="module")
def busy():
    """Read the day on which one analyst drowns in alarms."""
    return asked(busy_analyst(), BELL, NOISY, IDLE, replications=15)


@pytest.mark.slow
def test_more_alerts_can_make_detection_slower(busy):
    """The noise beside the bell buries it: what was caught no longer is."""
    reading = busy.readings[0]
    (worse,) = reading.worse

    assert (worse.arm, worse.adding) == (("bell",), "noisy")
    assert reading.arm(("bell",)).held.share == worse.before.share == 1
    assert worse.after == reading.arm(("bell", "noisy")).held
    assert worse.flips == worse.before.count - worse.after.count
    assert (worse.goal, worse.mended) == ("held", 0)
    assert worse.p < 0.001


def test_the_mechanism_is_told_with_figures(busy):
    """It names the alarm that waited, how long, behind how many, and for whom."""
    told = busy.readings[0].worse[0].mechanism

    assert told.startswith("Caught became noticed: the true alarm of bell waited ")
    assert "(all of noisy) in the queue of watch, instead of 0 s behind no" in told
    assert "was confirmed 49 min 10 s after the effect instead of 4 min" in told
    assert told.count(". ") <= 1


@pytest.mark.slow
def test_an_interrupt_while_harm_is_explained_loses_nothing_else(monkeypatch, busy):
    """What was counted is told; only how the harm is done is not."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.experiment.whatif.tally.mechanism", interrupted)
    found = asked(busy_analyst(), BELL, NOISY, IDLE, replications=15)
    (worse,), (known,) = found.readings[0].worse, busy.readings[0].worse

    assert (found.ended, found.finished) == ("interrupted", 15)
    assert (worse.mechanism, worse.seed) == ("", None)
    assert worse == evolve(known, mechanism="", seed=None)
    assert found.readings[0].sufficient == busy.readings[0].sufficient


def test_enough_can_be_too_much(busy):
    """The bell is enough, and the bell with the noise is not: a set is no superset."""
    caught = busy.readings[0].sufficient[1]

    assert [arm.labels for arm in caught.sets] == [("bell",)]
    assert caught.share_of_sets == 2 / 8


def test_noise_costs_false_alarms(busy):
    """Every honest request rings: some 30 an hour for one analyst."""
    reading = busy.readings[0]

    assert reading.arm(("noisy",)).friction.false_alarms_per_shift > 200
    assert reading.arm(("bell",)).friction.false_alarms_per_shift == 0


@pytest.mark.slow
def test_a_slower_detection_is_found_where_a_time_is_asked_for():
    """What is still called caught, but no longer in the time asked for, is told."""
    patient = Tolerances(Seconds(2 * MINUTE), Seconds(4 * HOUR))
    scene = evolve(busy_analyst(), tolerances=patient)
    entries = {"replications": 12, "within_s": 10 * MINUTE}
    (worse,) = read(scene, BELL, NOISY, **entries).worse

    assert read(scene, BELL, NOISY, replications=12).worse == ()
    assert (worse.arm, worse.adding, worse.goal) == (("bell",), "noisy", "caught")
    assert worse.mechanism.startswith("Caught became caught: the true alarm of bell")


def test_tables_are_flat(busy):
    """All rows have the same keys, and nothing but plain values."""
    rows = busy.to_table()

    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert rows[0]["labels"] == ""
    assert sum(row["reference"] for row in rows) == 1
    assert all(
        isinstance(value, str | int | float | None)
        for row in rows
        for value in row.values()
    )
