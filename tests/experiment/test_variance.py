"""What comes from parameters, and what from simulation."""

import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.statistics import quantile
from simulator.experiment.variance import effect_of, part
from simulator.streams import uniform

numbers = st.floats(-100, 100)


def layouts(least=2, most=6):
    """Strategies for cells: draws of as many runs."""
    sizes = st.tuples(st.integers(least, most), st.integers(least, most))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(numbers, min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


# Laws.


@given(layouts(), numbers)
def test_a_shift_of_all_answers_moves_no_spread(cells, shift):
    """Only the mean and the quantiles go with it."""
    one = part(cells)
    other = part([[cell + shift for cell in row] for row in cells])

    assert other.mean == pytest.approx(one.mean + shift, abs=1e-6)
    assert other.low == pytest.approx(one.low + shift, abs=1e-4)
    assert other.noise_sd == pytest.approx(one.noise_sd, abs=1e-4)


@given(layouts())
def test_the_freed_spread_is_inside_that_of_the_means(cells):
    """Noise only ever widens it."""
    means = [fmean(row) for row in cells]
    found = part(cells)

    assert min(means) - 1e-9 <= found.low <= found.high <= max(means) + 1e-9


@given(st.lists(numbers, min_size=2, max_size=6), st.integers(2, 5))
def test_without_noise_all_spread_is_due_to_parameters(answers, runs):
    """Each draw has one answer in all its runs."""
    found = part([[answer] * runs for answer in answers])
    middle = fmean(answers)
    known = sum((a - middle) ** 2 for a in answers) / (len(answers) - 1)

    assert found.noise_sd == pytest.approx(0, abs=1e-4)
    assert found.parameter_sd == pytest.approx(math.sqrt(known), abs=1e-4)


@given(st.lists(numbers, min_size=2, max_size=6), st.integers(2, 5))
def test_what_all_draws_share_is_noise_alone(answers, draws):
    """The same runs in every draw: shared seeds do not pass for parameters."""
    found = part([answers] * draws)

    assert found.parameter_sd == pytest.approx(0, abs=1e-4)
    assert found.low == pytest.approx(found.high, abs=1e-4)


def test_too_little_is_refused():
    """One draw or one run tells nothing apart."""
    for cells in ([], [[1.0, 0.0]], [[1.0], [0.0]], [[1.0, 0.0], [1.0]]):
        with pytest.raises(ValueError, match="no layout"):
            part(cells)


# A toy with known answer.


def thetas_of(repeat, a, b, draws):
    """Draw the chances of one toy."""
    return [a + (b - a) * uniform(repeat, "theta", k) for k in range(draws)]


def toy(repeat, a, b, *, draws=20, runs=20):
    """Answers are Bernoulli(theta) on shared seeds, theta even between a and b."""
    thetas = thetas_of(repeat, a, b, draws)
    luck = [uniform(repeat, "run", r) for r in range(runs)]
    return part([[float(u < theta) for u in luck] for theta in thetas])


@pytest.mark.slow
@pytest.mark.parametrize(("a", "b"), [(0.2, 0.8), (0.45, 0.55), (0.0, 0.2)])
def test_both_variances_are_those_of_the_toy(a, b):
    """Var(theta) = (b - a)^2 / 12, and the noise E(theta (1 - theta)), on average."""
    found = [toy(repeat, a, b) for repeat in range(300)]
    between = (b - a) ** 2 / 12
    middle = (a + b) / 2
    within = middle - (middle**2 + between)

    # Cutting below at zero lifts the small ones a little.
    assert fmean(f.parameter_sd**2 for f in found) == pytest.approx(
        between, rel=0.15, abs=4e-4
    )
    assert fmean(f.noise_sd**2 for f in found) == pytest.approx(within, rel=0.05)


@pytest.mark.slow
def test_the_quantiles_are_those_of_the_answer_without_noise():
    """On average they are the quantiles of the thetas that were drawn."""
    found = [toy(repeat, 0.2, 0.8, draws=60, runs=60) for repeat in range(60)]
    known = [sorted(thetas_of(repeat, 0.2, 0.8, 60)) for repeat in range(60)]
    low = fmean(quantile(thetas, 0.05) for thetas in known)
    high = fmean(quantile(thetas, 0.95) for thetas in known)

    assert fmean(f.low for f in found) == pytest.approx(low, abs=0.015)
    assert fmean(f.high for f in found) == pytest.approx(high, abs=0.015)


# Elementary effects.


@given(numbers, st.integers(2, 8))
def test_a_straight_effect_does_not_spread(slope, paths):
    """Its size is its slope."""
    found = effect_of([slope] * paths)

    assert found.size == pytest.approx(abs(slope))
    assert found.spread == pytest.approx(0, abs=1e-6)


def test_effects_that_cancel_still_have_a_size():
    """That is why absolute values are taken."""
    found = effect_of([-1.0, 1.0, -1.0, 1.0])

    assert found.size == 1
    assert found.spread == pytest.approx(math.sqrt(4 / 3))
    assert effect_of([1.0]) is None
