"""Draws belong to identities, and distributions keep the promises they print."""

import itertools
import math
import os
import pickle
import statistics
import subprocess
import sys
from collections.abc import Callable
from typing import cast, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import DAY, HOUR
from simulator.streams import (
    DISTRIBUTIONS,
    Constant,
    Distribution,
    Empirical,
    Exponential,
    LogNormal,
    Triangular,
    Uniform,
    named,
    poisson_arrivals,
    uniform,
)

EXAMPLES: tuple[Distribution, ...] = (
    Constant(480),
    Empirical((120, 60, 300)),
    Empirical((60, 300, 900), (3, 1.5, 0)),
    Exponential(4 * HOUR),
    LogNormal(480, 1800),
    LogNormal(480, 480),
    LogNormal(60, 600),
    Triangular(60, 120, 540),
    Triangular(60, 60, 60),
    Uniform(120, 300),
)
KEYS = "[uniform(7, p, *i) for p, i in (('a', ()), ('a', (3,)), ('a', ('3', 'é')))]"

seconds = st.integers(0, 90 * DAY)
rising = st.lists(seconds, min_size=3, max_size=3).map(sorted)
shares = st.floats(1e-9, 1 - 1e-9)
# Values with weights, the last of them above zero.
weighted = st.lists(st.tuples(seconds, st.integers(0, 9)), max_size=6).map(
    lambda pairs: [*pairs, (HOUR, 1)]
)
distributions: st.SearchStrategy[Distribution] = st.one_of(
    st.builds(Constant, seconds),
    st.builds(Exponential, seconds),
    rising.map(lambda times: Uniform(times[0], times[2])),
    rising.map(lambda times: Triangular(*times)),
    rising.map(lambda times: LogNormal(times[0] + 1, times[2] + 1)),
    weighted.map(lambda pairs: Empirical(*zip(*pairs, strict=True))),
)
parts = st.text(max_size=3) | st.integers(-30, 30)
keys = st.tuples(st.integers(0, 3), st.text(max_size=2), st.lists(parts, max_size=3))
# Spans of up to an hour with gaps of up to an hour between them, each with a rate.
rates = st.lists(
    st.tuples(st.integers(0, HOUR), st.integers(0, HOUR), st.floats(0, 20)), max_size=5
)


@given(keys)
def test_draw_lies_strictly_inside(key: tuple[int, str, list[str | int]]) -> None:
    """A draw is never 0 and never 1, whatever the identity."""
    seed, purpose, identity = key

    assert 0 < uniform(seed, purpose, *identity) < 1


@given(keys, keys)
def test_draws_differ_where_identities_do(
    one: tuple[int, str, list[str | int]], other: tuple[int, str, list[str | int]]
) -> None:
    """Two identities share a draw only if they are the same, part by part."""
    draws = [uniform(seed, purpose, *rest) for seed, purpose, rest in (one, other)]
    streams = [named(seed, purpose, *rest) for seed, purpose, rest in (one, other)]

    assert (one == other) is (draws[0] == draws[1])
    assert (one == other) is (streams[0].random() == streams[1].random())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "bc"), ("ab", "c")),
        (("3",), (3,)),
        (("a", ""), ("a",)),
        (("a', 'b",), ("a", "b")),
        ((12, 3), (1, 23)),
    ],
)
def test_encoding_is_unambiguous(
    one: tuple[str | int, ...], other: tuple[str | int, ...]
) -> None:
    """Identities that would read alike when glued together draw apart."""
    assert uniform(7, "approval", *one) != uniform(7, "approval", *other)


@given(distributions, shares, shares)
def test_quantile_is_monotone(dist: Distribution, u: float, v: float) -> None:
    """A larger share is never reached in less time."""
    least, most = dist.quantile(min(u, v)), dist.quantile(max(u, v))

    assert least <= most or math.isclose(least, most, rel_tol=1e-12)


@given(distributions, shares)
def test_draw_is_whole_and_not_negative(dist: Distribution, u: float) -> None:
    """A draw is the quantile rounded to a whole second, zero or more."""
    drawn = dist.draw(u)

    assert isinstance(drawn, int)
    assert drawn >= 0
    assert abs(drawn - dist.quantile(u)) <= 0.5


@given(distributions, shares)
def test_distribution_survives_a_worker(dist: Distribution, u: float) -> None:
    """A pickled distribution is equal, prints alike and draws alike, used or not."""
    fresh, used = pickle.loads(pickle.dumps(dist)), dist.draw(u)

    for copy in (fresh, pickle.loads(pickle.dumps(dist)), attrs.evolve(dist)):
        assert (dist, str(dist), used) == (copy, str(copy), copy.draw(u))


@given(rising, shares)
def test_bounded_distribution_keeps_its_bounds(times: list[int], u: float) -> None:
    """Uniform and triangular times lie between their ends."""
    low, mode, high = times

    for dist in (Uniform(low, high), Triangular(low, mode, high)):
        assert low <= dist.quantile(u) <= high or low == high


@given(weighted, shares)
def test_empirical_draws_only_what_has_weight(
    pairs: list[tuple[int, int]], u: float
) -> None:
    """A value is drawn where the weight up to it reaches the share."""
    values, weights = zip(*pairs, strict=True)
    drawn = Empirical(values, weights).draw(u)
    below = sum(w for value, w in pairs if value < drawn)
    upto = sum(w for value, w in pairs if value <= drawn)

    assert drawn in {value for value, weight in pairs if weight}
    assert below <= u * sum(weights) <= upto or math.isclose(u * sum(weights), below)


@given(st.lists(seconds, min_size=1, max_size=9), shares)
def test_values_without_weights_count_alike(values: list[int], u: float) -> None:
    """Leaving the weights out means one for each value."""
    bare, even = Empirical(values), Empirical(values, [2] * len(values))

    assert bare.draw(u) == even.draw(u)
    assert math.isclose(bare.mean, even.mean)


@given(rates, st.integers(0, 99))
def test_arrivals_lie_in_spans_with_a_rate(
    steps: list[tuple[int, int, float]], seed: int
) -> None:
    """Arrivals are sorted and fall in half-open spans whose rate is above zero."""
    spans = _laid_out(steps)
    arrivals = poisson_arrivals(named(seed, "arrivals"), spans)

    assert sorted(arrivals) == arrivals
    for at in arrivals:
        assert any(start <= at < end and rate > 0 for start, end, rate in spans)


@given(rates, st.integers(0, 99))
def test_arrivals_cost_one_draw_each(
    steps: list[tuple[int, int, float]], seed: int
) -> None:
    """A stream gives one draw per arrival and one for the arrival that never came."""
    used, fresh = named(seed, "arrivals"), named(seed, "arrivals")
    arrivals = poisson_arrivals(used, _laid_out(steps))

    assert [fresh.random() for _ in range(len(arrivals) + 2)][-1] == used.random()


@given(rates, st.integers(0, 99), st.floats(0, 20))
def test_later_rate_moves_no_earlier_arrival(
    steps: list[tuple[int, int, float]], seed: int, rate: float
) -> None:
    """Changing the rate after an instant leaves all arrivals before it alone."""
    spans = _laid_out(steps)
    now = spans[-1][1] if spans else 0
    more = poisson_arrivals(named(seed, "x"), [*spans, (now, now + HOUR, rate)])

    assert poisson_arrivals(named(seed, "x"), spans) == [t for t in more if t < now]


@given(rates, st.integers(0, 99))
def test_higher_rate_brings_arrivals_forward(
    steps: list[tuple[int, int, float]], seed: int
) -> None:
    """At twice the rate the n-th arrival is never later than it was."""
    spans = _laid_out(steps)
    slow = poisson_arrivals(named(seed, "x"), spans)
    fast = poisson_arrivals(named(seed, "x"), [(s, e, 2 * r) for s, e, r in spans])

    assert len(slow) <= len(fast)
    assert all(early <= late for early, late in zip(fast, slow, strict=False))


def _laid_out(steps: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    spans, now = [], -HOUR
    for gap, length, rate in steps:
        spans.append((now + gap, now + gap + length, rate))
        now += gap + length
    return spans


def test_draw_is_the_same_on_every_machine() -> None:
    """These two numbers are a promise: changing them changes every stored run."""
    assert uniform(7, "approval", "lead-1", 3).hex() == "0x1.566d26230de93p-1"
    assert named(7, "arrivals", "desk").random().hex() == "0x1.9cc13e9c822cbp-1"


@pytest.mark.slow
def test_draw_does_not_depend_on_the_hash_seed() -> None:
    """Two processes with different hash seeds draw the same numbers."""
    code = f"from simulator.streams import uniform, named; print({KEYS})"
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]

    assert f"{eval(KEYS)}" == said[0].decode().strip()
    assert said[0] == said[1]


def test_draws_are_spread_evenly() -> None:
    """Ten bins of 10,000 draws pass a chi-square test at 1 in 1,000 (27.88)."""
    bins = [0] * 10
    for occasion in range(10_000):
        bins[int(10 * uniform(7, "approval", "lead-1", occasion))] += 1

    assert sum((count - 1000) ** 2 / 1000 for count in bins) < 27.88


def test_neighbouring_draws_are_unrelated() -> None:
    """Neighbouring occasions correlate no more than chance allows (4 sigma)."""
    draws = [uniform(7, "approval", "lead-1", n) for n in range(5_001)]
    correlation = statistics.correlation(draws[1:], draws[:-1])

    assert abs(correlation) < 4 / math.sqrt(5_000)


@pytest.mark.parametrize("dist", EXAMPLES, ids=str)
def test_draws_match_the_mean(dist: Distribution) -> None:
    """The mean of 5,000 draws lies within 4 standard errors of the stated one."""
    draws = [dist.draw(uniform(7, "mean", str(dist), n)) for n in range(5_000)]
    error = statistics.stdev(draws) / math.sqrt(len(draws))

    assert abs(statistics.fmean(draws) - dist.mean) <= 4 * error


def test_lognormal_meets_its_median_and_p90() -> None:
    """Half the times lie within the median and nine in ten within the p90."""
    dist = LogNormal(480, 1800)

    assert [dist.draw(0.5), dist.draw(0.9)] == [480, 1800]


def test_empirical_prefers_the_smaller_value() -> None:
    """A share reached exactly belongs to the smaller value."""
    assert [Empirical((120, 60)).draw(u) for u in (0.5, 0.51)] == [60, 120]


def test_exponential_meets_its_closed_form() -> None:
    """A share of 1 - 1/e is over within the mean."""
    assert Exponential(600).draw(1 - math.exp(-1)) == 600


@pytest.mark.parametrize(
    ("dist", "said"),
    [
        (Constant(480), "constant(8 min)"),
        (Empirical((120, 60, 300)), "empirical(3 values, 1 min to 5 min)"),
        (Exponential(4 * HOUR), "exponential(mean 4 h)"),
        (LogNormal(480, 1800), "lognormal(median 8 min, p90 30 min)"),
        (Triangular(0, 61, 540), "triangular(low 0 s, mode 1 min 1 s, high 9 min)"),
        (Uniform(120, 300), "uniform(low 2 min, high 5 min)"),
    ],
)
def test_distribution_prints_itself(dist: Distribution, said: str) -> None:
    """A distribution reads as a person would write it."""
    assert said == str(dist)


def test_catalogue_lists_every_distribution() -> None:
    """The catalogue is sorted by tag, and holds each distribution under its own."""
    assert sorted(DISTRIBUTIONS) == list(DISTRIBUTIONS)
    assert set(get_args(Distribution)) == set(DISTRIBUTIONS.values())
    assert all(tag == kind.dist for tag, kind in DISTRIBUTIONS.items())


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: Uniform(300, 120), r"low is above high \(5m > 2m\); accepted: low up"),
        (lambda: Triangular(1, 9, 4), r"mode is above high \(9s > 4s\)"),
        (lambda: LogNormal(4, 3), r"median is above p90 \(4s > 3s\)"),
        (lambda: LogNormal(0, 3), r"median is zero \(0s\); accepted: 1s or more"),
        (lambda: Constant(-1), r"not a number of whole seconds \(-1\); accepted"),
        (lambda: Exponential(cast(int, 1.5)), r"not a number of whole seconds \(1.5\)"),
        (lambda: Constant(cast(int, "2m")), r"not a number of whole seconds \('2m'\)"),
        (lambda: Empirical(()), r"no values \(\(\)\); accepted: one or more"),
        (lambda: Empirical((1, 2), (1,)), r"weights do not fit \(1 for 2 values\)"),
        (lambda: Empirical((1, 2), (0, 0)), r"impossible weights \(\(0, 0\)\)"),
        (lambda: Empirical((1, 2), (1, -1)), r"impossible weights \(\(1, -1\)\)"),
        (lambda: Empirical((1,), (math.nan,)), r"impossible weights \(\(nan,\)\)"),
    ],
)
def test_impossible_distribution_is_refused(
    build: Callable[[], object], said: str
) -> None:
    """No distribution can be built that could not be drawn from."""
    with pytest.raises(ValueError, match=said):
        build()


def test_arrivals_match_their_rates() -> None:
    """Counts of two spans lie within 4 standard deviations of rate times length."""
    spans = [(0, 100 * HOUR, 20.0), (200 * HOUR, 250 * HOUR, 3.0)]
    arrivals = poisson_arrivals(named(7, "arrivals", "desk"), spans)
    busy = sum(at < 100 * HOUR for at in arrivals)

    assert abs(busy - 2000) < 4 * math.sqrt(2000)
    assert abs(len(arrivals) - busy - 150) < 4 * math.sqrt(150)


def test_arrivals_of_one_second_share_it() -> None:
    """However many arrive in the last second of a span, none is at its end."""
    assert {0} == set(poisson_arrivals(named(7, "rush"), [(0, 1, 90_000.0)]))


def test_gaps_between_arrivals_are_exponential() -> None:
    """A share of 1/e of the gaps is longer than their mean (4 sigma of 2,000)."""
    arrivals = poisson_arrivals(named(7, "gaps"), [(0, 2000 * HOUR, 1.0)])
    gaps = [after - before for before, after in itertools.pairwise(arrivals)]
    longer = sum(gap > HOUR for gap in gaps) / len(gaps)

    assert abs(longer - math.exp(-1)) < 4 * math.sqrt(0.2325 / len(gaps))


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(0, 9, 1.0), (8, 12, 1.0)], r"span out of order \(8 to 12\); sort by time"),
        ([(9, 0, 1.0)], r"span out of order \(9 to 0\)"),
        ([(0, 9, -1.0)], r"impossible rate \(-1.0 per h\); accepted: zero or more"),
        ([(0, 9, math.inf)], r"impossible rate \(inf per h\)"),
    ],
)
def test_impossible_rates_are_refused(
    spans: list[tuple[int, int, float]], said: str
) -> None:
    """Rates are finite, not negative, and told in time order."""
    with pytest.raises(ValueError, match=said):
        poisson_arrivals(named(7, "x"), spans)
