"""Rare outcomes: laws of tilts and weights, known probabilities, and the world."""

import math
from itertools import accumulate
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import Seconds
from simulator.controls import FourEyes, OutOfBandConfirm
from simulator.experiment.plan import replication_seed
from simulator.experiment.rare import (
    about_misuse,
    estimate_rare,
    hurdles_passed,
    rare_outcome,
)
from simulator.experiment.rare_fit import fit_tilts
from simulator.experiment.rare_tilt import WIDE, WIDTHS, Luck, Tilt, effective, weight
from simulator.experiment.statistics import clopper_pearson, wilson
from simulator.scenario.organisation import Approvals, Posture
from simulator.streams import Constant, uniform
from simulator.world import simulate
from tests.scenes import AT_ONCE, MINUTE, misuse, scene

DRAWS = st.floats(1e-9, 1 - 1e-9)
BINS = st.lists(st.floats(1e-4, 1), min_size=len(WIDTHS), max_size=len(WIDTHS))
TILTS = BINS.map(lambda sizes: Tilt(tuple(size / sum(sizes) for size in sizes)))


def product(luck):
    """Happen where three independent draws of 2 %, 3 % and 5 % do."""
    return luck("first") < 0.02 and luck("second") > 0.97 and luck("third") < 0.05


def race(luck):
    """Happen where a clock of mean 200 rings before one of mean 1."""
    slow, fast = -math.log(luck("slow clock")), -math.log(luck("fast clock"))
    return 200 * slow < fast


def count_of_twenty(luck):
    """Count which of twenty draws of 2 % come up."""
    return sum(luck("trial", number) < 0.02 for number in range(20))


def either_way(luck):
    """Happen after a draw of 5 %, where one of 2 % does or else one of 1 %."""
    for idle in range(4):
        luck("idle", idle)
    return luck("gate") > 0.95 and (luck("stamp") < 0.02 or luck("looks") > 0.99)


def holds(found, truth):
    """Say whether an interval holds the truth."""
    return found.low <= truth <= found.high


@pytest.mark.slow
@given(TILTS, DRAWS, DRAWS)
def test_a_tilt_keeps_the_order_of_draws(tilt, one, other):
    """A tilted draw is in (0, 1), and the larger where the even one is."""
    low, high = sorted((one, other))

    assert 0 < tilt.draw(low) <= tilt.draw(high) < 1


@pytest.mark.slow
@given(TILTS)
def test_a_tilt_is_a_density(tilt):
    """Over the whole of (0, 1) the ratios add up to one: tilted draws lose nothing."""
    edges = accumulate(WIDTHS)
    middles = [edge - width / 2 for edge, width in zip(edges, WIDTHS, strict=True)]
    ratios = [math.exp(tilt.log_ratio(value)) for value in middles]

    assert math.fsum(map(math.prod, zip(ratios, WIDTHS, strict=True))) == pytest.approx(
        1
    )


@given(st.floats(-1000, 1000), st.floats(0.01, 1))
def test_no_run_weighs_more_than_the_plain_share_lets_it(log_ratio, plain):
    """Weights lie between zero and one over the share of plain runs."""
    assert 0 <= weight(log_ratio, plain) <= 1 / plain * (1 + 1e-12)


@given(st.lists(st.floats(0.001, 1000), min_size=1))
def test_weights_are_worth_at_most_their_number(weights):
    """Equal weights count fully, and unequal ones less, but one at least."""
    assert 1 - 1e-9 <= effective(weights) <= len(weights) + 1e-9
    assert effective([weights[0]] * 7) == pytest.approx(7)


@given(st.integers(), st.text(max_size=5), st.integers())
def test_luck_without_tilts_is_that_of_the_seed(seed, purpose, number):
    """Nothing pushed, a draw is the one every run of this seed has."""
    luck = Luck(seed)

    assert luck(purpose, number) == uniform(seed, purpose, number)
    assert luck.log_ratios({}) == {}


def test_a_draw_asked_for_twice_weighs_once():
    """The same name is the same draw."""
    luck = Luck(1, tilts={"a": WIDE})

    assert luck("a", "x") == luck("a", "x")
    assert luck.log_ratios({"a": WIDE})["a"] == WIDE.log_ratio(luck("a", "x"))


def test_tilted_draws_lie_as_the_tilt_says():
    """By hand: with nine tenths of the mass below a half, so many draws are there."""
    sizes = [(0.9 if n < len(WIDTHS) // 2 else 0.1) * 2 for n in range(len(WIDTHS))]
    tilt = Tilt(tuple(s * w for s, w in zip(sizes, WIDTHS, strict=True)))
    below = sum(tilt.draw((n + 0.5) / 1000) < 0.5 for n in range(1000))

    assert below == 900


def test_draws_that_make_no_difference_are_left_alone():
    """A tilt is fitted to the draws that lie unevenly, and to no others."""
    lucks = [Luck(seed, tilts={"pushed": WIDE}) for seed in range(200)]
    for luck in lucks:
        luck("pushed")
        luck("idle")

    assert fit_tilts(lucks, [1.0] * 200).keys() == {"pushed"}


def test_what_is_not_rare_needs_no_tilt():
    """Without any, the interval is Wilson's for the runs that were played."""
    found = estimate_rare(lambda luck: True, runs=50, pilot=20, seed=1)

    assert (found.share, found.low, found.tilts) == (1, wilson(50, 50).low, {})


def test_what_never_happens_is_bounded():
    """Nothing seen, and nothing near: no tilt, and the exact bound of plain runs."""
    found = estimate_rare(lambda luck: luck("a") > 2, runs=300, pilot=50, seed=1)

    assert (found.share, found.low, found.happened) == (0, 0, 0)
    assert found.high == clopper_pearson(0, 300).high
    assert not found.is_sound


@pytest.mark.parametrize(("pilot", "sound"), [(399, False), (400, True)])
def test_a_small_pilot_is_never_sound(pilot, sound):
    """However many runs carry it, an estimate after a small pilot is told apart."""
    found = estimate_rare(
        lambda luck: luck("coin") < 0.5, runs=300, pilot=pilot, seed=1
    )

    assert found.effective > 100
    assert found.is_sound == sound


def test_too_few_runs_are_refused():
    """A pilot of nine runs has no best tenth."""
    with pytest.raises(ValueError, match="accepted: ten or more"):
        estimate_rare(product, runs=100, pilot=9, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "at", "truth"),
    [
        (lambda luck: luck("only") < 0.005, 1, 0.005),
        (product, 1, 0.02 * 0.03 * 0.05),
        (race, 1, 1 / 201),
        (either_way, 1, 0.05 * (0.02 + 0.98 * 0.01)),
    ],
    ids=["one chance", "product", "race", "either way"],
)
def test_known_probabilities(model, at, truth):
    """The interval holds the truth and is as narrow as that of ten times the runs."""
    found = estimate_rare(model, runs=1000, pilot=800, seed=7, at=at)

    assert holds(found, truth)
    assert found.is_sound
    assert found.worth > 10 * found.runs
    assert found.high - found.low < truth


@pytest.mark.slow
def test_a_binomial_tail_is_reached_by_levels():
    """Four of twenty at 2 % each: the score leads there, count by count."""
    truth = sum(comb(20, k) * 0.02**k * 0.98 ** (20 - k) for k in range(4, 21))

    found = estimate_rare(count_of_twenty, runs=1000, pilot=500, seed=3, at=4)

    assert holds(found, truth)
    assert found.worth > 10 * found.runs


@pytest.mark.slow
def test_intervals_hold_a_rare_share_about_as_often_as_they_say():
    """Of forty experiments on a chance of 0.5 %, at least 36 intervals hold it."""
    found = [
        estimate_rare(lambda luck: luck("only") < 0.005, runs=400, pilot=200, seed=s)
        for s in range(40)
    ]

    # With 95 % each, fewer than 36 would hold it in five of a hundred such tests.
    assert sum(holds(estimate, 0.005) for estimate in found) >= 36


GUARDED = scene(
    misuse=misuse(),
    approvals=Approvals(AT_ONCE, Constant(Seconds(MINUTE)), 1.0, 0.02, 0.99, 0.0),
)
GUARDS = Posture(controls=(FourEyes(role="lead"), OutOfBandConfirm(knows=0.95)))


def gets_through(outcome):
    """Say whether the misuse took effect."""
    return outcome.verdict != "stopped"


@pytest.mark.slow
def test_a_misuse_that_two_guards_let_pass():
    """5 % of calls, and 2 % unread or 1 % of what is read: 0.15 % get through both."""
    truth = 0.05 * (0.02 + 0.98 * 0.01)

    found = rare_outcome(
        GUARDED, GUARDS, counts=gets_through, runs=300, pilot=400, seed=1
    )

    plain = wilson(0, 300)
    assert holds(found, truth)
    assert found.high - found.low < (plain.high - plain.low) / 4
    assert {"harm-seen", "rubber-stamp"} <= found.tilts.keys()


def test_untilted_luck_plays_the_run_of_the_seed():
    """Played with luck that nothing pushes, a run is the one it always was."""
    seed = replication_seed(1, 5)

    assert simulate(GUARDED, GUARDS, seed, luck=Luck(seed, about_misuse)) == simulate(
        GUARDED, GUARDS, seed
    )


def test_a_run_can_be_played_by_another():
    """What plays it is an argument, and is given the luck to play with."""
    seen = []

    def play(scenario, arm, seed, *, luck):
        seen.append(luck)
        return simulate(scenario, arm, seed, luck=luck)

    rare_outcome(
        GUARDED,
        Posture(),
        counts=gets_through,
        runs=10,
        pilot=10,
        seed=1,
        play=play,
    )

    assert seen[-1].seed == replication_seed(1, 9)


def test_only_draws_about_the_misuse_are_pushed():
    """A draw that names no request of the misuse has no group."""
    assert about_misuse("looks", ("misuse-0.1#3", "lead-1")) == "looks"
    assert about_misuse("looks", ("front-12", "lead-1")) is None
    assert about_misuse("present", ("lead-1", 9)) is None


def test_each_hurdle_passed_is_a_step_nearer():
    """Unguarded the misuse takes effect; past both guards it is two steps further."""
    through = Posture(controls=(FourEyes(role="lead"), OutOfBandConfirm(knows=0.0)))
    easy = scene(
        misuse=misuse(),
        approvals=Approvals(AT_ONCE, Constant(Seconds(MINUTE)), 1.0, 1.0, 0.0, 0.0),
    )

    assert hurdles_passed(simulate(easy, Posture(), 1)) == 1
    assert hurdles_passed(simulate(easy, through, 1)) == 3
