"""Paired shares: intervals from counts, the sign test, and what pairing saved."""

from itertools import product
from math import comb
from statistics import variance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.experiment.whatif.paired import (
    difference_of_shares,
    pairs_of,
    sign_test,
)

counts = st.integers(0, 60)


@given(counts, counts, counts)
def test_the_interval_holds_the_difference(gained, lost, same):
    """The difference lies in its interval, which is never a point."""
    pairs = gained + lost + same
    assume(pairs)
    found = difference_of_shares(gained, lost, pairs)

    assert found.mean == (gained - lost) / pairs
    assert -1 <= found.low <= found.mean <= found.high <= 1
    assert found.low < found.high


@given(counts, counts, counts)
def test_exchanging_the_arms_turns_the_interval_over(gained, lost, same):
    """What one arm gains the other loses."""
    pairs = gained + lost + same
    assume(pairs)
    one = difference_of_shares(gained, lost, pairs)
    other = difference_of_shares(lost, gained, pairs)

    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


@pytest.mark.parametrize(("p", "q"), [(0.3, 0.1), (0.05, 0.05), (0.02, 0.0)])
def test_the_interval_holds_the_truth_often_enough(p, q):
    """Over all outcomes of 40 pairs it holds the true difference in 94 % or more."""
    runs = 40
    held = 0.0
    for gained, lost in product(range(runs + 1), repeat=2):
        if gained + lost > runs:
            continue
        chance = _chance(gained, lost, runs, p, q)
        found = difference_of_shares(gained, lost, runs)
        held += chance * (found.low <= p - q <= found.high)

    assert 0.94 < held <= 1 + 1e-9


def _chance(gained, lost, runs, p, q):
    rest = runs - gained - lost
    ways = comb(runs, gained) * comb(runs - gained, lost)
    return ways * p**gained * q**lost * (1 - p - q) ** rest


@given(counts, counts)
def test_the_sign_test_counts_all_ways(gained, lost):
    """Its chance is that of as uneven a split of fair coins, or one more so."""
    flips = gained + lost
    off = abs(gained - lost)
    by_hand = sum(
        _chance(heads, flips - heads, flips, 0.5, 0.5)
        for heads in range(flips + 1)
        if abs(2 * heads - flips) >= off
    )

    assert sign_test(gained, lost) == pytest.approx(by_hand)


def test_ten_of_ten_is_no_chance():
    """Ten flips one way and none back: twice a half to the tenth."""
    assert sign_test(0, 10) == 2 / 1024


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_variances_come_out_of_counts(runs):
    """The variances from counts are those of the runs, one by one."""
    both = pairs_of(
        one=sum(one for one, _ in runs),
        other=sum(other for _, other in runs),
        gained=sum(one and not other for one, other in runs),
        lost=sum(other and not one for one, other in runs),
        pairs=len(runs),
    )
    for mean, values in (
        (both.one, [float(one) for one, _ in runs]),
        (both.other, [float(other) for _, other in runs]),
        (both.apart, [float(one) - other for one, other in runs]),
    ):
        spread = mean.squares / (mean.count - 1)
        assert spread == pytest.approx(variance(values), abs=1e-12)
