"""The search for the least value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exchange.simplex import lowest

coordinates = st.floats(-20, 20)


@given(st.tuples(coordinates, coordinates, coordinates))
def test_the_bottom_of_a_bowl_is_found(bottom):
    """A bowl of other steepness on each side has its bottom found, wherever it is."""

    def bowl(point):
        pairs = zip(point, bottom, (1, 5, 0.3), strict=True)
        return sum(steep * (x - b) ** 2 for x, b, steep in pairs)

    _, found = lowest(bowl, (0.0, 0.0, 0.0))

    assert found == pytest.approx(bottom, abs=1e-3)


def test_a_bent_valley_is_followed():
    """The banana of Rosenbrock 1960 leads the search round a bend."""
    least, found = lowest(
        lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2, (-1.2, 1.0)
    )

    assert found == pytest.approx((1, 1), abs=1e-3)
    assert least < 1e-6


def test_rounds_are_bounded():
    """Where there is no least value, the search still ends."""
    least, _ = lowest(lambda p: p[0], (0.0,), rounds=5)

    assert least < 0
