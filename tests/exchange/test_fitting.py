"""Fits: what was drawn is found again, in any unit; few cases stay as they are."""

from math import ceil, exp, inf, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.clock import DAY, HOUR
from simulator.exchange.fitting import FEW, fit
from simulator.streams import Constant, Empirical, Exponential, LogNormal, uniform

MANY = 600
TRUE = LogNormal(6 * HOUR, 3 * DAY)
Z90 = 1.2815515655446004


def drawn(distribution, count, *, seed=1, watched=inf, forever=0.0, days=False):
    """Draw cases; each is watched for a time of its own, about ``watched``."""
    cases = []
    for number in range(count):
        lasts = distribution.quantile(uniform(seed, "lasts", number))
        if uniform(seed, "forever", number) < forever:
            lasts = inf
        until = watched * (0.2 + 1.6 * uniform(seed, "watched", number))
        if lasts > until:
            cases.append((until, inf))
        elif days:
            cases.append((DAY * (ceil(lasts / DAY) - 1), DAY * ceil(lasts / DAY)))
        else:
            cases.append((lasts, lasts))
    return cases


def four_errors(count, *, times=1.0):
    """Return how far the logarithm of median and p90 may be off: four standard errors.

    Args:
        count: Cases, all of them over.
        times: How much wider the errors are for what open cases take away.
    """
    sigma = log(TRUE.p90 / TRUE.median) / Z90
    of_median = sigma / sqrt(count)
    of_p90 = sigma * sqrt(1 / count + Z90**2 / (2 * count))
    return 4 * times * of_median, 4 * times * of_p90


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    ("watched", "days", "times"),
    [(inf, False, 1), (3 * DAY, False, 1.5), (12 * HOUR, False, 3), (inf, True, 1.5)],
    ids=["all-over", "some-open", "four-in-ten-open", "days-only"],
)
def test_a_lognormal_is_found_again(seed, watched, days, times):
    """Median and p90 come back, though many are not over or only days are known."""
    found = fit(drawn(TRUE, MANY, seed=seed, watched=watched, days=days))
    off_median, off_p90 = four_errors(MANY, times=times)

    assert found.form == "lognormal"
    assert found.forever < 0.1
    assert abs(log(found.distribution.median / TRUE.median)) < off_median
    assert abs(log(found.distribution.p90 / TRUE.p90)) < off_p90


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_exponential_is_found_again(seed):
    """The mean comes back within four standard errors, a quarter not being over."""
    found = fit(drawn(Exponential(10 * HOUR), MANY, seed=seed, watched=DAY))
    ended = found.ended

    assert found.form == "exponential"
    assert abs(log(found.distribution.mean / (10 * HOUR))) < 4 / sqrt(ended)


@pytest.mark.parametrize("days", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_share_that_never_ends_is_found_again(seed, days):
    """Cases watched for months that are still open tell that some last forever."""
    found = fit(drawn(TRUE, MANY, seed=seed, watched=200 * DAY, forever=0.2, days=days))

    assert abs(found.forever - 0.2) < 4 * sqrt(0.2 * 0.8 / MANY)
    assert (
        abs(log(found.distribution.median / TRUE.median))
        < four_errors(MANY, times=1.5)[0]
    )
    assert found.quantile(0.9) == inf


def test_open_cases_alone_do_not_last_forever():
    """Nobody who was watched for a short time is taken for one who stays for good."""
    found = fit(drawn(TRUE, MANY, watched=DAY))

    assert found.going_on > MANY / 5
    assert found.forever == 0


def test_open_cases_lengthen_the_fit():
    """Leaving the open ones out would flatter whoever removes access."""
    cases = drawn(TRUE, MANY, watched=12 * HOUR)
    flattered = fit([case for case in cases if case[1] < inf])

    assert flattered.quantile(0.5) < fit(cases).quantile(0.5) / 1.3


@settings(max_examples=25)
@given(st.integers(FEW, 60), st.integers(0, 50), st.sampled_from([60.0, 3600.0, 0.02]))
def test_units_make_no_difference(count, seed, scale):
    """Times in another unit give the same fit in that unit."""
    cases = drawn(LogNormal(5 * HOUR, 2 * DAY), count, seed=seed, watched=2 * DAY)
    plain = fit(cases)
    scaled = fit([(low * scale, high * scale) for low, high in cases])

    assert scaled.form == plain.form
    assert scaled.forever == pytest.approx(plain.forever, abs=1e-5)
    for share in (0.1, 0.5, 0.7):
        # Whole seconds are what a scenario has, so one second may be rounded away.
        wanted = plain.quantile(share) * scale
        assert scaled.quantile(share) == pytest.approx(wanted, rel=2e-3, abs=2)


@settings(max_examples=10)
@given(st.permutations(drawn(TRUE, 20, watched=3 * DAY)))
def test_order_makes_no_difference(cases):
    """The rows of a log may stand in any order."""
    wanted = fit(drawn(TRUE, 20, watched=3 * DAY)).quantile(0.5)

    assert fit(cases).quantile(0.5) == pytest.approx(wanted, rel=1e-3)


def test_few_are_taken_as_they_are():
    """With fewer than eight that ended, no curve is drawn through them."""
    found = fit([(60, 60), (120, 120), (120, 120), (600, 600), (900, inf)])

    assert found.form == "empirical"
    assert found.distribution == Empirical((60, 120, 600), (0.2, 0.4, 0.2))
    assert found.forever == pytest.approx(0.2)


def test_where_none_ended_nothing_is_made_up():
    """Access that nobody ever removed has no delay."""
    found = fit([(100, inf)] * 20)

    assert (found.form, found.distribution, found.forever) == ("none", None, 1.0)
    assert found.quantile(0.1) == inf


def test_nothing_at_all_is_nothing():
    """No cases give no delay, and no error."""
    assert fit([]).form == "none"


def test_equal_times_are_constant():
    """A job that runs a fixed time after the last day is not smeared out."""
    found = fit([(300, 300)] * 20)

    assert found.distribution == Constant(300)
    assert found.forever == 0


def test_one_forgotten_access_does_not_stretch_the_others():
    """Twenty removals within hours and one access open for a year: two things."""
    cases = drawn(LogNormal(2 * HOUR, 5 * HOUR), 20)
    found = fit([*cases, (365 * DAY, inf)])

    assert found.forever == pytest.approx(1 / 21, abs=0.01)
    assert found.distribution.quantile(0.9) < 12 * HOUR


@given(
    st.lists(
        st.one_of(
            st.floats(1e-3, 1e9).map(lambda t: (t, t)),
            st.floats(1e-3, 1e9).map(lambda t: (t, inf)),
            st.integers(0, 400).map(lambda d: (d * DAY, (d + 1) * DAY)),
        ),
        max_size=40,
    )
)
def test_any_cases_give_a_distribution_that_can_be_drawn_from(cases):
    """Whatever the log holds, what comes out is a distribution and a share."""
    found = fit(cases)

    assert 0 <= found.forever <= 1
    assert found.ended + found.going_on == len(cases)
    if found.distribution is not None:
        assert found.distribution.draw(0.5) >= 0
        assert found.quantile(0.1) <= found.quantile(0.8)


def test_shares_are_those_of_the_mixture():
    """The median of all is a higher quantile of those that end."""
    found = fit(drawn(TRUE, MANY, watched=200 * DAY, forever=0.3))
    share = 0.5 / (1 - found.forever)

    assert found.quantile(0.5) == found.distribution.quantile(share)
    assert exp(0) < found.quantile(0.5) < inf
