"""Stopping by precision: laws, coverage worked out exactly, coverage by simulation."""

import math
from itertools import count, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.pairing import Pairs
from simulator.experiment.statistics import Mean, wilson
from simulator.experiment.stopping import LEAST, Precision, Stopping

PRECISIONS = st.builds(
    Precision,
    half_width=st.floats(0.001, 0.5),
    most=st.integers(2, 5000),
    least=st.integers(2, 1000),
)
SHARES = [0.5, 0.2, 0.05, 0.02]
TWO_POINTS = Stopping(Precision(0.02, most=20_000))


def outcomes_of(runs, share):
    """Yield the counts in so many runs and their chances, those above 1e-13 alone."""
    log_p, log_q = math.log(share), math.log1p(-share)
    total = math.lgamma(runs + 1)
    for k in range(runs + 1):
        log = total - math.lgamma(k + 1) - math.lgamma(runs - k + 1)
        chance = math.exp(log + k * log_p + (runs - k) * log_q)
        if chance > 1e-13:
            yield k, chance


def exact_coverage(stopping, share):
    """Return the chance that the interval holds the share, over all paths of counts."""
    going, covered, played = {0: 1.0}, 0.0, 0
    for look in stopping.precision.looks:
        steps, ahead = list(outcomes_of(look - played, share)), {}
        for before, weight in going.items():
            for k, chance in steps:
                ahead[before + k] = ahead.get(before + k, 0.0) + weight * chance
        over = {k for k in ahead if stopping.enough(look, [k])}
        covered += sum(ahead[k] for k in over if holds(wilson(k, look), share))
        going = {k: w for k, w in ahead.items() if k not in over and w > 1e-12}
        played = look
        if not going:
            break
    return covered


def holds(interval, truth):
    """Say whether an interval holds the truth."""
    return interval.low <= truth <= interval.high


def count_until_narrow(stopping, draws):
    """Count what happens until it is enough. Returns the estimate."""
    happened = 0
    for runs in count(1):
        happened += next(draws)
        if stopping.enough(runs, [happened]):
            return wilson(happened, runs)


@given(PRECISIONS)
def test_looks_grow_up_to_the_last_run(precision):
    """Looks begin at the least, come ever more seldom, and end with the most."""
    looks = precision.looks

    assert looks == tuple(sorted(set(looks)))
    assert looks[0] == min(precision.least, precision.most)
    assert looks[-1] == precision.most
    assert all(b <= math.ceil(1.25 * a) for a, b in pairwise(looks))


@given(PRECISIONS, st.data())
def test_it_stops_narrow_or_at_the_end(precision, data):
    """Where it says enough, every interval is narrow, or all runs are played."""
    runs = data.draw(st.sampled_from(precision.looks))
    counts = data.draw(st.lists(st.integers(0, runs), max_size=4))
    widths = [wilson(k, runs).high - wilson(k, runs).low for k in counts]
    narrow = all(width <= 2 * precision.half_width for width in widths)

    assert Stopping(precision).enough(runs, counts) == (
        narrow or runs == precision.most
    )


@given(PRECISIONS, st.integers(1, 6000), st.integers(0, 6000))
def test_between_looks_it_goes_on(precision, runs, happened):
    """It never stops at a number of runs that is no look and not the last."""
    enough = Stopping(precision).enough(runs, [min(happened, runs)])

    assert not enough or runs in precision.looks or runs >= precision.most


@given(st.lists(st.integers(0, LEAST), min_size=1, max_size=5))
def test_the_widest_share_decides(counts):
    """All shares are narrow exactly where each of them is."""
    together = TWO_POINTS.enough(LEAST, counts)

    assert together == all(TWO_POINTS.enough(LEAST, [k]) for k in counts)


@pytest.mark.parametrize("wrong", [{"half_width": 0}, {"least": 1}, {"most": 0}])
def test_what_no_runs_can_meet_is_refused(wrong):
    """A width of zero, and numbers of runs that have no interval, are mistakes."""
    with pytest.raises(ValueError, match="accepted: "):
        Precision(**{"half_width": 0.02, "most": 1000, **wrong})


@pytest.mark.slow
@pytest.mark.parametrize("share", SHARES)
def test_stopping_spoils_no_coverage(share):
    """Worked out exactly, 94.5 to 95.5 % of intervals hold each of these shares."""
    assert exact_coverage(TWO_POINTS, share) == pytest.approx(0.95, abs=0.005)


@pytest.mark.slow
def test_coverage_over_many_shares():
    """From 0.004 to 0.5 coverage stays where that of 400 settled runs stays."""
    shares = [0.004 * 1.12**n for n in range(0, 43, 3)]
    coarse = Stopping(Precision(0.03, most=20_000))

    covered = [exact_coverage(coarse, share) for share in shares]

    assert min(covered) >= 0.93
    assert max(covered) <= 0.98
    assert math.fsum(covered) / len(covered) == pytest.approx(0.955, abs=0.005)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("share", "times"), [(0.5, 1000), (0.2, 1000), (0.05, 2000), (0.02, 4000)]
)
def test_intervals_hold_a_known_share_as_often_as_they_say(share, times):
    """Of 1,000 experiments or more that stop by themselves, 94 to 96 % hold it."""
    random = Random(f"known share {share}").random
    draws = (random() < share for _ in count())
    found = (count_until_narrow(TWO_POINTS, draws) for _ in range(times))
    held = sum(holds(interval, share) for interval in found)

    assert 0.94 <= held / times <= 0.96


@pytest.mark.slow
def test_intervals_hold_a_known_difference_as_often_as_they_say():
    """Of 1,000 paired experiments that stop by themselves, 94 to 96 % hold it."""
    stream, rule = Random("known difference"), Stopping(Precision(0.05, most=20_000))
    held, played = 0, 0
    for _ in range(1000):
        pairs, runs = Pairs(), 0
        while not rule.enough_of_means(runs, [pairs.apart]):
            shared = stream.gauss(0, 3)
            pairs.add(shared + stream.gauss(0.3, 0.8), shared)
            runs += 1
        held += holds(pairs.difference(), 0.3)
        played += runs

    assert 940 <= held <= 960
    # Normal differences of deviation 0.8 need (1.96 * 0.8 / 0.05) ^ 2 = 983 runs.
    assert 983 <= played / 1000 <= 1.25 * 983


@pytest.mark.slow
def test_the_textbook_interval_would_not_do():
    """Stopped when first narrow, share -+ 1.96 errors misses most of the time."""
    stream, held = Random("what is prevented"), 0
    for _ in range(400):
        runs, happened, reach = 0, 0, math.inf
        while runs < 10 or reach > 0.05:
            runs, happened = runs + 1, happened + (stream.random() < 0.02)
            reach = 1.96 * math.sqrt(happened / runs * (1 - happened / runs) / runs)
        held += abs(happened / runs - 0.02) <= reach

    assert held / 400 < 0.25


def test_a_rare_share_is_narrow_at_the_first_look():
    """Nothing in 400 runs is under 1 %; a half takes 2,398 runs or a look more."""
    half = next(k for k in TWO_POINTS.precision.looks if TWO_POINTS.enough(k, [k // 2]))

    assert TWO_POINTS.enough(400, [0])
    assert not TWO_POINTS.enough(400, [0, 200])
    assert 2398 <= half <= 1.25 * 2398


def test_differences_that_never_vary_are_known_at_the_first_look():
    """A mean without variance has an interval of no width."""
    mean = Mean()
    for _ in range(LEAST):
        mean.add(7.0)

    assert TWO_POINTS.enough_of_means(LEAST, [mean])
    assert not TWO_POINTS.enough_of_means(LEAST - 1, [mean])
