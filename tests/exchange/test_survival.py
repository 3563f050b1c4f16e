"""The share that lasts longer, by hand."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exchange.survival import survival

times = st.integers(1, 10_000).map(float)
cases = st.lists(
    st.one_of(times.map(lambda t: (t, t)), times.map(lambda t: (t, inf))), min_size=1
)


def test_the_estimate_is_the_one_worked_out_by_hand():
    """Five cases: over at 1, watched to 2, over at 3, 3, watched to 4.

    At 1 one of five ends: 4/5. At 3 two of three end: 4/5 x 1/3 = 4/15.
    """
    seen = survival([(1, 1), (2, inf), (3, 3), (3, 3), (4, inf)])

    assert seen.times == (1, 3)
    assert seen.shares == pytest.approx((4 / 5, 4 / 15))
    assert (seen.after(0.5), seen.after(2)) == pytest.approx((1, 4 / 5))


@pytest.mark.parametrize(
    ("share", "time"), [(0.2, 1), (0.21, 3), (0.7, 3), (0.74, inf), (0.9, inf)]
)
def test_quantiles_are_reached_or_not(share, time):
    """A share that has not ended by the last look is not made up."""
    seen = survival([(1, 1), (2, inf), (3, 3), (3, 3), (4, inf)])

    assert time == seen.quantile(share)


def test_a_case_between_two_times_counts_at_the_later():
    """What is known to a day only is not counted before the day is over."""
    assert survival([(0, 86400), (86400, 86400)]).times == (86400,)


@given(cases)
def test_shares_fall_from_one_to_no_less_than_none(seen):
    """Survival never rises."""
    shares = [1.0, *survival(seen).shares, 0.0]

    assert shares == sorted(shares, reverse=True)


@given(st.lists(times, min_size=1))
def test_with_every_case_over_it_is_the_plain_share(ended):
    """Without open cases the estimate counts what lasts longer."""
    seen = survival([(t, t) for t in ended])
    middle = sorted(ended)[len(ended) // 2]
    longer = sum(t > middle for t in ended) / len(ended)

    assert seen.after(middle) == pytest.approx(longer, abs=1e-9)
