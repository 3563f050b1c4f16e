"""Pairing: laws of what it saves, closed forms, and examples."""

import math
from random import Random
from statistics import variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.pairing import Pairs, Saving
from simulator.experiment.statistics import paired_difference

VALUES = st.integers(-1000, 1000)
SOME_PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=40)


def counted(pairs):
    """Count pairs one by one."""
    tally = Pairs()
    for one, other in pairs:
        tally.add(one, other)
    return tally


@given(SOME_PAIRS)
def test_what_is_saved_is_the_shared_part(pairs):
    """The saved share is twice the covariance over both variances: from -1 to 1."""
    ones, others = zip(*pairs, strict=True)
    apart = [one - other for one, other in pairs]
    separate = variance(ones) + variance(others)

    saving = counted(pairs).saving()

    assert saving.pairs == len(pairs)
    if not separate:
        assert saving.saved is None
    else:
        assert saving.saved == pytest.approx(1 - variance(apart) / separate, abs=1e-9)
        assert -1 - 1e-9 <= saving.saved <= 1


@given(SOME_PAIRS)
def test_runs_and_variance_saved_say_the_same(pairs):
    """What is saved and how many more runs it stands for are one number, told twice."""
    saving = counted(pairs).saving()

    if saving.saved is not None and saving.times is not None:
        assert (1 - saving.saved) * saving.times == pytest.approx(1)


@given(SOME_PAIRS)
def test_swapping_the_arms_saves_as_much(pairs):
    """Which arm is held against which changes the sign, and nothing saved."""
    there = counted(pairs)
    back = counted((other, one) for one, other in pairs)

    assert there.saving() == back.saving()
    assert there.difference().mean == -back.difference().mean


@given(SOME_PAIRS)
def test_the_difference_is_that_of_the_pairs(pairs):
    """The interval is the one of the differences, run by run."""
    found = counted(pairs).difference()

    assert found == paired_difference(one - other for one, other in pairs)


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.6, 0.95])
def test_normal_arms_save_what_they_share(correlation):
    """With correlation r, and deviations of 1 and 2, the saved share is 4 r / 5."""
    stream, tally = Random(f"arms that share {correlation}"), Pairs()
    for _ in range(20_000):
        shared, own = stream.gauss(0, 1), stream.gauss(0, 1)
        mixed = correlation * shared + math.sqrt(1 - correlation**2) * own
        tally.add(shared, 3 + 2 * mixed)

    # The error of a correlation from so many pairs is below 0.0071.
    assert tally.saving().saved == pytest.approx(0.8 * correlation, abs=4 * 0.0071)


def test_arms_of_equal_spread_save_their_correlation():
    """By hand: 0, 1, 2 against 0, 2, 1 correlate by a half, and twice the runs."""
    saving = counted([(0, 0), (1, 2), (2, 1)]).saving()

    assert saving.saved == pytest.approx(0.5)
    assert saving.times == pytest.approx(2.0)


def test_arms_that_always_differ_alike_leave_nothing_to_repeat():
    """All variance is saved, and no number of separate runs would do as well."""
    assert counted([(5, 3), (9, 7), (4, 2)]).saving() == Saving(3, 1.0, None)


def test_arms_that_never_vary_have_nothing_to_save():
    """Without variance there is no share of it."""
    assert counted([(5, 3), (5, 3)]).saving() == Saving(2, None, None)


def test_a_single_pair_says_nothing_of_variance():
    """Below two pairs nothing is known."""
    assert counted([(5, 3)]).saving() == Saving(1, None, None)
    assert Pairs().saving() == Saving(0, None, None)


def test_one_arm_that_never_varies_saves_nothing():
    """Against a constant, paired and unpaired comparisons are the same."""
    saving = counted([(1, 4), (2, 4), (6, 4)]).saving()

    assert saving.saved == pytest.approx(0)
    assert saving.times == pytest.approx(1)
