"""Intervals: known values, and coverage by simulation."""

import math
import statistics
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.statistics import (
    Mean,
    clopper_pearson,
    paired_difference,
    quantile,
    quantile_interval,
    spread,
    t_quantile,
    upper_for_none,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (1, 100, 0.0018, 0.0545),
    ],
)
def test_wilson_agrees_with_published_values(count, of, low, high):
    """The score interval has the ends that tables print."""
    found = wilson(count, of)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.share == count / of


def test_of_no_runs_nothing_is_known():
    """Without runs the interval is everything from 0 to 1."""
    found = wilson(0, 0)

    assert (found.low, found.high) == (0.0, 1.0)


@given(
    st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
)
def test_wilson_holds_the_share_and_mirrors(pair):
    """The interval holds the share, lies in [0, 1], and mirrors for the other share."""
    count, of = pair
    found, other = wilson(count, of), wilson(of - count, of)

    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low == pytest.approx(1 - other.high, abs=1e-12)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9])
def test_wilson_covers_as_often_as_it_says(share):
    """Over all counts of 60 runs, the interval covers the true share about 95 %."""
    n = 60

    covered = sum(
        math.comb(n, k) * share**k * (1 - share) ** (n - k)
        for k in range(n + 1)
        if wilson(k, n).low <= share <= wilson(k, n).high
    )

    assert 0.93 <= covered <= 0.99


COUNTS = st.integers(1, 3000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n))
)


def at_most(count, of, share):
    """Return ``P(B <= count)`` of a binomial number, added up term by term."""
    return math.fsum(
        math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1)
    )


def share_where_at_most(count, of, chance):
    """Find by bisection the share with which at most so many come up as likely."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if at_most(count, of, middle) > chance:
            low = middle
        else:
            high = middle
    return low


@given(COUNTS)
def test_the_exact_interval_holds_the_share_and_mirrors(pair):
    """It holds the share, lies in [0, 1], and mirrors for the other share."""
    count, of = pair
    found, other = clopper_pearson(count, of), clopper_pearson(of - count, of)

    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low == pytest.approx(1 - other.high, abs=1e-12)


@given(COUNTS)
def test_more_confidence_makes_the_exact_interval_wider(pair):
    """An interval of 99 % encloses the one of 95 %, and that the one of 80 %."""
    wide, usual, slim = (clopper_pearson(*pair, c) for c in (0.99, 0.95, 0.8))

    assert wide.low <= usual.low <= slim.low
    assert slim.high <= usual.high <= wide.high


@given(st.integers(1, 100_000))
def test_nothing_and_everything_have_closed_forms(of):
    """With a = 2.5 %, none of n leaves up to 1 - a^(1/n), all of n from a^(1/n) on."""
    none, every = clopper_pearson(0, of), clopper_pearson(of, of)
    edge = 0.025 ** (1 / of)

    assert (none.low, every.high) == (0.0, 1.0)
    assert none.high == pytest.approx(1 - edge, rel=1e-9)
    assert every.low == pytest.approx(edge, rel=1e-9)


@pytest.mark.parametrize(("count", "of"), [(1, 2), (5, 10), (1, 100), (37, 200)])
def test_the_exact_interval_solves_the_binomial_tail(count, of):
    """Its ends are where either tail, added up term by term, is 2.5 %."""
    found = clopper_pearson(count, of)

    high = share_where_at_most(count, of, 0.025)
    low = share_where_at_most(count - 1, of, 0.975)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


def test_one_run_tells_the_exact_interval_little():
    """Of one run, everything but the last 2.5 % is possible."""
    none, once = clopper_pearson(0, 1), clopper_pearson(1, 1)

    assert (none.low, none.high) == pytest.approx((0, 0.975))
    assert (once.low, once.high) == pytest.approx((0.025, 1))
    assert (clopper_pearson(0, 0).low, clopper_pearson(0, 0).high) == (0, 1)


@pytest.mark.parametrize("share", [0.002, 0.02, 0.3, 0.5, 0.9])
def test_the_exact_interval_never_covers_too_seldom(share):
    """Over all counts of 60 runs, it covers the true share in at least 95 %."""
    n = 60

    covered = sum(
        math.comb(n, k) * share**k * (1 - share) ** (n - k)
        for k in range(n + 1)
        if clopper_pearson(k, n).low <= share <= clopper_pearson(k, n).high
    )

    assert covered >= 0.95


@given(st.integers(1, 10**6), st.floats(0.5, 0.999))
def test_nothing_in_n_runs_rules_out_what_would_have_shown(of, confidence):
    """With the share at the bound, no run shows it with the chance that is left."""
    bound = upper_for_none(of, confidence)

    assert of * math.log1p(-bound) == pytest.approx(math.log1p(-confidence))


def test_the_rule_of_three():
    """Nothing in 300 runs says: under 1 %, close to 3 / n; no run says nothing."""
    assert upper_for_none(300) == pytest.approx(0.00994, abs=5e-6)
    assert upper_for_none(1) == pytest.approx(0.95)
    assert upper_for_none(0) == 1


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [
        (1, 12.706205),
        (2, 4.302653),
        (3, 3.182446),
        (4, 2.776445),
        (9, 2.262157),
        (29, 2.045230),
        (99, 1.984217),
        (10_000, 1.960201),
    ],
)
def test_t_quantiles_agree_with_tables(freedom, expected):
    """Student's quantiles at 95 % agree with printed tables."""
    assert t_quantile(0.95, freedom) == pytest.approx(expected, abs=5e-6)


def test_t_quantile_far_out():
    """Far in the tail, where another series is used, the quantile agrees too."""
    assert t_quantile(0.9999, 3) == pytest.approx(28.000, abs=2e-3)


def test_a_paired_difference_by_hand():
    """Of 1, 2, 3, 4 the mean is 2.5, +- 3.182446 times 1.290994 / 2."""
    found = paired_difference([1, 2, 3, 4])

    assert found.mean == 2.5
    assert (found.low, found.high) == pytest.approx((0.445739, 4.554261), abs=1e-5)


def test_a_single_difference_is_anything():
    """Of one pair the mean is known and its interval is not."""
    found = paired_difference([7])

    assert (found.mean, found.low, found.high) == (7, -math.inf, math.inf)


def test_equal_differences_leave_no_doubt():
    """Where all pairs differ alike, the interval is a point."""
    found = paired_difference([3, 3, 3])

    assert (found.low, found.high) == (3, 3)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2))
def test_a_running_mean_is_the_mean(values):
    """Mean and variance kept on the run are those of all values at once."""
    running = Mean()
    for value in values:
        running.add(value)

    assert running.mean == pytest.approx(statistics.fmean(values), abs=1e-6)
    variance = running.squares / (running.count - 1)
    assert variance == pytest.approx(statistics.variance(values), rel=1e-6, abs=1e-6)


@given(st.lists(st.integers(0, 10**7), min_size=2))
def test_quantiles_are_those_of_the_standard_library(values):
    """Quantiles follow the inclusive definition of the statistics module."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    ordered = sorted(values)

    found = [quantile(ordered, k / 20) for k in range(1, 20)]

    assert found == pytest.approx(cuts)


@pytest.mark.parametrize(
    ("n", "ranks"), [(6, (1, 6)), (9, (2, 8)), (20, (6, 15)), (100, (40, 61))]
)
def test_a_median_lies_between_published_ranks(n, ranks):
    """The 95 % interval of a median has the ranks that tables print."""
    assert quantile_interval(range(1, n + 1)) == ranks


def test_too_few_values_have_no_interval():
    """Five values say too little about a median."""
    assert quantile_interval([1, 2, 3, 4, 5]) is None
    assert quantile_interval(range(20), 0.05) is None


def test_a_long_series_has_an_interval_of_quantiles():
    """The rank interval of a quantile has at least the chance it says, and not more."""
    low, high = quantile_interval(range(100_000), 0.05)

    assert low < 5_000 < high
    assert high - low == pytest.approx(
        2 * 1.96 * math.sqrt(100_000 * 0.05 * 0.95), rel=0.01
    )


def test_the_interval_of_a_median_covers_it():
    """In 95 % of samples, or a few more, the interval holds the true median."""
    stream = Random("coverage of the median")
    covered = 0
    for _ in range(400):
        sample = sorted(stream.expovariate(1) for _ in range(25))
        low, high = quantile_interval(sample)
        covered += low <= math.log(2) <= high

    # The exact chance is 95.7 %; four standard deviations of 400 samples are 4 %.
    assert covered / 400 == pytest.approx(0.957, abs=0.04)


def test_student_covers_the_mean():
    """In 95 % of samples of ten, the interval holds the true mean."""
    stream = Random("coverage of the mean")
    covered = 0
    for _ in range(600):
        found = paired_difference(stream.gauss(2, 5) for _ in range(10))
        covered += found.low <= 2 <= found.high

    assert covered / 600 == pytest.approx(0.95, abs=0.036)


def test_a_spread_counts_what_happened():
    """A spread tells how often something happened, and when it did, when."""
    found = spread([30, 10, 20], 5)

    assert (found.happened, found.of, found.median) == (3, 5, 20)
    assert (found.low, found.high) == (11, 29)
    assert found.median_low is None


def test_what_never_happened_has_no_times():
    """A spread of nothing has counts and no quantiles."""
    found = spread([], 5)

    assert (found.happened, found.of) == (0, 5)
    assert found.median is found.low is found.high is None
