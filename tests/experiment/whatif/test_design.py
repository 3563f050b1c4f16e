"""The arms of each design, their numbers and the regions they make."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import LastdayError
from simulator.experiment.whatif.design import MOST_IN_LATTICE, NAMES, design
from simulator.regions import members

LABELS = ("a", "b", "c", "d", "e", "f")
designs = st.builds(
    lambda name, count: design(name, LABELS[:count]),
    st.sampled_from(NAMES),
    st.integers(1, len(LABELS)),
)


# Laws.


@given(chosen=designs)
def test_every_arm_is_found_by_its_labels(chosen):
    """The number of an arm and those that are on in it say the same."""
    for number in range(len(chosen.masks)):
        assert chosen.arm(chosen.on(number)) == number
        assert chosen.arm(reversed(chosen.on(number))) == number


@given(chosen=designs)
def test_columns_hold_the_arms_in_which_each_is_on(chosen):
    """The column of a candidate has the bit of just the arms with it."""
    for number in range(len(chosen.masks)):
        held = [label for label in chosen.labels if chosen.columns[label] >> number & 1]
        assert tuple(held) == chosen.on(number)
    assert chosen.everything.bit_count() == len(chosen.masks)
    assert not any(column & ~chosen.everything for column in chosen.columns.values())


@given(chosen=designs)
def test_no_arm_comes_twice(chosen):
    """All arms differ, but for the only candidate alone."""
    assert len(set(chosen.masks)) == len(chosen.masks)


# Closed forms.


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_how_many_arms_there_are(count):
    """One more than candidates; with all pairs; and all subsets."""
    arms = {name: len(design(name, LABELS[:count]).masks) for name in NAMES}

    assert arms == {
        "alone": 1 + count,
        "without": 1 + count,
        "pairs": 1 + count + comb(count, 2),
        "lattice": 2**count,
    }


# Examples.


@pytest.mark.parametrize(
    ("name", "arms"),
    [
        ("alone", [(), ("a",), ("b",), ("c",)]),
        ("without", [("a", "b", "c"), ("b", "c"), ("a", "c"), ("a", "b")]),
        (
            "pairs",
            [(), ("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c")],
        ),
    ],
)
def test_arms_in_order(name, arms):
    """Small designs as they are listed."""
    chosen = design(name, ("a", "b", "c"))

    assert [chosen.on(number) for number in range(len(chosen.masks))] == arms


def test_the_number_of_an_arm_of_a_lattice_is_its_mask():
    """Candidate n is bit n."""
    chosen = design("lattice", LABELS)

    assert chosen.arm(("b", "d")) == 0b1010
    assert members(0b1010) == (1, 3)


def test_one_named_twice_is_one_candidate():
    """The order is that of the first mention."""
    assert design("lattice", ("b", "a", "b")).labels == ("b", "a")


@pytest.mark.parametrize(
    ("name", "labels", "says"),
    [
        ("lattice", (), "no candidates; accepted: one or more"),
        (
            "lattice",
            tuple(map(str, range(MOST_IN_LATTICE + 1))),
            "a lattice over 21 candidates; accepted: up to 20, or the design pairs",
        ),
    ],
)
def test_designs_that_there_are_not(name, labels, says):
    """None and too many are refused, with what is accepted."""
    with pytest.raises(LastdayError) as told:
        design(name, labels)
    assert str(told.value) == says


@pytest.mark.parametrize("name", ["alone", "without", "pairs"])
def test_any_number_of_candidates_in_a_small_design(name):
    """Only a lattice has a most."""
    labels = tuple(map(str, range(MOST_IN_LATTICE + 1)))

    assert len(design(name, labels).columns) == MOST_IN_LATTICE + 1


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (("z", "a"), "no candidate (z); accepted: a, b, c"),
        (
            ("c", "a", "b"),
            "no arm with a + b + c in the design pairs; accepted: the design lattice",
        ),
    ],
)
def test_arms_that_there_are_not(labels, says):
    """What is no candidate, or no arm of the design, is refused by name."""
    with pytest.raises(LastdayError) as told:
        design("pairs", ("a", "b", "c")).arm(labels)
    assert str(told.value) == says
