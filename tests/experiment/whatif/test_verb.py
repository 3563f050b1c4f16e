"""The verb: every arm as if it had been played alone, however it is played."""

import os
import signal
import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import LastdayError, ScenarioError
from simulator.experiment.costs import CostTally, honest_days
from simulator.experiment.plan import replication_seed
from simulator.experiment.whatif.verb import whatif
from simulator.outcome import VERDICTS, measure
from simulator.scenario.organisation import Posture
from simulator.testing.strategies import everything, scenarios
from simulator.world import simulate
from tests.experiment.engines import an_axis
from tests.experiment.whatif.staged import (
    BELL,
    FIRST,
    IDLE,
    NOISY,
    SECOND,
    asked,
    busy_analyst,
    in_force,
    names,
    read,
    two_ways,
)
from tests.world.stand_ins import posture

RUNS = 3


def by_hand(scenario, arm, labels, reference):
    """Play an arm alone, run by run; return verdicts and what honest work pays."""
    verdicts, costs = dict.fromkeys(VERDICTS, 0), CostTally()
    false_alarms = shifts = 0
    for number in range(RUNS):
        seed = replication_seed(1, number)
        outcome, other = (
            measure(simulate(scenario, one, seed), scenario) for one in (arm, reference)
        )
        verdicts[outcome.verdict] += 1
        false_alarms += outcome.friction.false_alarms
        shifts += outcome.friction.analyst_shifts
        costs.add(outcome.friction, less=other.friction, days=honest_days(scenario))
    return verdicts, costs.cost(), false_alarms / shifts if shifts else 0.0


def assert_is_as_by_hand(arm, scenario, plain, reference):
    """Hold what a reading tells of an arm against plain runs."""
    verdicts, cost, false_alarms = by_hand(scenario, plain, arm.labels, reference)
    pays = arm.friction

    assert verdicts == {v: share.count for v, share in arm.verdicts.items()}
    assert arm.held.count == sum(verdicts[v] for v in ("stopped", "limited", "caught"))
    assert arm.stopped.count == verdicts["stopped"]
    assert pays.added_s == pytest.approx(cost.added_s, abs=1e-5)
    assert pays.added_low == pytest.approx(cost.added_low, abs=1e-4)
    assert pays.added_high == pytest.approx(cost.added_high, abs=1e-4)
    assert (pays.refused, pays.approvals_per_day, pays.queue_wait_s) == (
        cost.refused,
        cost.approvals_per_day,
        cost.queue_wait_s,
    )
    assert pays.alarms_per_shift == pytest.approx(cost.alarms_per_shift)
    assert pays.false_alarms_per_shift == pytest.approx(false_alarms)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@pytest.mark.slow
@given(scenarios(), st.data())
def test_every_arm_is_as_if_it_had_been_played_alone(scenario, data):
    """Shares and burden of each arm of a lattice are those of plain runs of it."""
    scenario = evolve(scenario, axes=())
    there = scenario.organisation.posture
    offered = everything().plus(there)
    labels = data.draw(
        st.lists(st.sampled_from(offered.labels), min_size=1, max_size=3, unique=True)
    )
    (reading,) = whatif(
        scenario, design="lattice", candidates=labels, replications=RUNS, jobs=1
    ).readings
    rest = there
    for label in labels:
        rest = rest.minus(label)
    for mask in range(1 << len(labels)):
        on = [label for n, label in enumerate(labels) if mask >> n & 1]
        plain = rest.plus(part(offered, on))

        assert_is_as_by_hand(reading.arm(on), scenario, plain, there)


def part(offered, labels):
    """Return what has some labels."""
    return Posture(
        tuple(control for control in offered.controls if control.label in labels),
        tuple(alert for alert in offered.alerts if alert.label in labels),
    )


@pytest.mark.parametrize("design", ["alone", "without", "pairs", "lattice"])
def test_designs_agree_about_an_arm(design):
    """An arm has the same shares and burden whatever design it is part of."""
    scene, entries = two_ways(), (FIRST, SECOND, BELL)
    lattice = read(scene, *entries)
    for arm in read(scene, *entries, design=design).arms:
        assert arm == lattice.arm(arm.labels)


def test_designs_have_the_arms_they_promise():
    """Alone, without and pairs list all their arms."""
    scene, entries = two_ways(), (FIRST, SECOND, BELL)
    alone = names(read(scene, *entries, design="alone").arms)
    without = names(read(scene, *entries, design="without").arms)
    pairs = names(read(scene, *entries, design="pairs").arms)

    assert alone == {(), ("bell",), ("first",), ("second",)}
    # What is in force, nothing, is an arm too: all others are held against it.
    assert without == {
        (),
        ("bell", "first", "second"),
        ("bell", "first"),
        ("bell", "second"),
        ("first", "second"),
    }
    assert pairs == alone | (without - {("bell", "first", "second")})


def test_what_is_in_force_is_the_reference():
    """Candidates stand in the reference as they stand in the scenario."""
    reading = read(in_force(two_ways(), BELL), FIRST, SECOND, BELL)

    assert reading.reference.labels == ("bell",)
    assert reading.reference.against is None
    assert reading.reference.held.share == 1
    assert reading.arm(()).against.mean == -1
    assert reading.arm(()).held.share == 0


def test_what_is_in_force_keeps_its_setting():
    """An arm with a candidate in force has the setting that is in force."""
    late = evolve(BELL, signal=evolve(BELL.signal, delay=NEVER))
    reading = read(in_force(two_ways(), late), FIRST, offered=posture(FIRST, BELL))

    assert reading.reference.labels == ()
    assert reading.reference.held.share == 0


NEVER = evolve(BELL.signal.delay, value=10**6)


def test_what_is_in_force_is_tried_by_itself_without():
    """Nobody named, each thing in force is taken away in turn."""
    reading = read(
        in_force(two_ways(), FIRST, BELL), SECOND, design="without", candidates=None
    )

    assert names(reading.arms) == {("bell", "first"), ("bell",), ("first",)}
    assert reading.reference.labels == ("bell", "first")


@pytest.mark.slow
def test_it_does_not_matter_who_plays():
    """One process or two find the same."""
    one, two = (
        asked(busy_analyst(), BELL, NOISY, replications=20, jobs=jobs)
        for jobs in (1, 2)
    )

    assert one == two
    assert one.to_json() == two.to_json()


@pytest.mark.slow
def test_what_is_kept_is_found_again(tmp_path):
    """A folder of results gives the same findings, also to other questions."""
    pytest.importorskip("duckdb")
    folder = tmp_path / "kept"
    asked(two_ways(), FIRST, SECOND, BELL, replications=2, results=folder)
    resumed = asked(
        two_ways(), FIRST, SECOND, BELL, results=folder, resume=True, at_least=0.5
    )

    assert resumed == asked(two_ways(), FIRST, SECOND, BELL, at_least=0.5)
    with pytest.raises(LastdayError, match="another experiment"):
        asked(two_ways(), FIRST, SECOND, results=folder, resume=True)


def test_options_shown_apart_are_read_apart():
    """Each answer to an open question has a reading; swept ones take turns."""
    apart = an_axis("desists", "apart", "never", "often", path=("misuse", "desists"))
    swept = an_axis("sure", "swept", "firm", "weak", path=("misuse", "desists"))
    read_apart = asked(evolve(two_ways(), axes=(apart,)), FIRST, replications=2)
    together = asked(evolve(two_ways(), axes=(swept,)), FIRST, replications=2)

    assert [r.chosen for r in read_apart.readings] == [
        (("desists", "never"),),
        (("desists", "often"),),
    ]
    assert [r.chosen for r in together.readings] == [()]


def test_swept_options_take_turns():
    """Replication n has the next option, and an arm is as if played alone on it."""
    path = ("organisation", "response", "confirms")
    scenario = evolve(
        two_ways(), axes=(an_axis("a", "swept", "no", "some", path=path),)
    )
    found = asked(scenario, BELL, replications=40).readings[0].arm(("bell",))
    held = 0
    for number in range(40):
        variant = scenario.variant(("a", ("no", "some")[number % 2]))
        trail = simulate(variant, posture(BELL), replication_seed(1, number))
        held += measure(trail, variant).verdict == "caught"

    assert 0 < held == found.held.count < 20


def test_progress_is_told():
    """After each replication, how many are finished is told."""
    told = []
    asked(two_ways(), FIRST, progress=lambda done, of: told.append((done, of)))

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.slow
def test_it_ends_when_it_is_precise_enough():
    """With a precision it ends at the first look at which all shares are narrow."""
    found = asked(two_ways(), FIRST, SECOND, replications=1000, precision=0.01)

    assert (found.ended, found.finished) == ("precise", 400)
    assert found.replications == 1000
    assert found.precision == 0.01


def test_it_plays_all_where_it_is_not_precise_enough():
    """The replications asked for are the most that are played."""
    found = asked(two_ways(), FIRST, replications=5, precision=0.001)

    assert (found.ended, found.finished) == ("all", 5)


def test_ctrl_c_keeps_what_is_finished():
    """An interrupt ends it early; the readings tell of what was finished."""

    def interrupt(done, of):
        if done == 2:
            signal.raise_signal(signal.SIGINT)

    found = asked(two_ways(), FIRST, SECOND, progress=interrupt)

    assert (found.ended, found.finished) == ("interrupted", 2)
    assert found.readings[0].arm(()).held.of == 2


def test_nothing_finished_is_no_claim(monkeypatch):
    """Interrupted at once, all shares are of no runs, and no set is called enough."""
    monkeypatch.setattr("simulator.experiment.whatif.verb.kept_play", interrupted)
    found = asked(two_ways(), FIRST, SECOND)
    reading = found.readings[0]

    assert (found.ended, found.finished) == ("interrupted", 0)
    assert (reading.reference.held.of, reading.reference.held.high) == (0, 1)
    assert all(enough.sets == () for enough in reading.sufficient)
    assert (reading.redundant, reading.worse, reading.silent) == ((), (), ())
    assert reading.frontier.points == ()
    assert found.to_json()["readings"][0]["runs"] == 0


def interrupted(*_, **__):
    """Be interrupted before the first replication is finished."""
    raise KeyboardInterrupt
    yield


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"candidates": ["frist"]}, "did you mean 'first'"),
        ({"candidates": []}, "no candidates"),
        ({"candidates": ["xyz"]}, "accepted: bell, first"),
    ],
)
def test_a_candidate_that_is_not_on_offer_is_refused(wrong, said):
    """What is not on offer is told with the nearest match, or with what is."""
    with pytest.raises(LastdayError, match=said):
        asked(two_ways(), FIRST, SECOND, BELL, **wrong)


def test_an_unknown_option_is_refused():
    """An open question that the scenario does not have cannot be answered."""
    with pytest.raises(ScenarioError, match="unknown axis"):
        asked(two_ways(), FIRST, choose={"mood": "good"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"at_least": 0},
        {"at_least": 1.1},
        {"within_s": -1},
        {"replications": 0},
        {"precision": 0},
        {"jobs": 0},
        {"resume": True},
    ],
)
def test_impossible_numbers_are_refused(wrong):
    """A number out of range is an error, and tells what is accepted."""
    with pytest.raises(ValueError, match="accepted"):
        asked(two_ways(), FIRST, **wrong)


def test_an_arm_that_is_not_in_the_design_is_refused():
    """A design that is no lattice knows its own arms only."""
    reading = read(two_ways(), FIRST, SECOND, BELL, IDLE, design="alone")
    with pytest.raises(LastdayError, match="accepted: the design lattice"):
        reading.arm(("first", "second"))


SCRIPT = """
from tests.experiment.whatif.staged import *
found = asked(two_ways(), FIRST, SECOND, BELL, IDLE)
print(found, found.to_json())
"""


@pytest.mark.slow
def test_findings_do_not_depend_on_the_hash_seed():
    """Two processes with other hash seeds print the same findings."""
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(printed) == 1
    assert "bell" in printed.pop()
