"""Regions: sets of sets as whole numbers, held against sets of sets."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from simulator.regions import (
    columns,
    cubes,
    everything,
    from_cubes,
    holds,
    layers,
    mask_of,
    masks,
    members,
    step,
    supersets,
    union,
)

THINGS = 5
things = st.integers(1, THINGS)


@st.composite
def regions(draw):
    """Draw how many things there are, and a region over their sets."""
    count = draw(things)
    return count, draw(st.integers(0, everything(count)))


def as_sets(region):
    """Return a region as a set of sets."""
    return {frozenset(members(mask)) for mask in masks(region)}


def as_region(sets):
    """Return a set of sets as a region."""
    return union(1 << mask_of(one) for one in sets)


@given(regions())
def test_a_region_is_a_set_of_sets(given_region):
    """Reading a region out and writing it again gives it back."""
    _, region = given_region

    assert as_region(as_sets(region)) == region
    assert all(holds(region, mask) for mask in masks(region))


@given(things)
def test_columns_hold_the_sets_with_a_thing(count):
    """The column of a thing has all sets that hold it, and no other."""
    for thing, column in enumerate(columns(count)):
        assert as_sets(column) == {
            one for one in as_sets(everything(count)) if thing in one
        }


@given(things)
def test_layers_hold_the_sets_of_one_size(count):
    """There is one layer for each size, with all sets of it."""
    every = range(count)

    assert [
        {frozenset(one) for one in combinations(every, size)}
        for size in range(count + 1)
    ] == [as_sets(layer) for layer in layers(count)]


@given(regions())
def test_supersets_hold_more(given_region):
    """A set is a superset if it is larger than some set of the region and holds it."""
    count, region = given_region
    inside = as_sets(region)

    assert as_sets(supersets(region, count)) == {
        one for one in as_sets(everything(count)) if any(one > part for part in inside)
    }


@given(regions(), st.data())
def test_a_step_adds_one_thing(given_region, data):
    """A step is in the first part without the thing, in the second with it."""
    count, region = given_region
    thing = data.draw(st.integers(0, count - 1))
    without, having = step(region, thing, count)
    inside = as_sets(region)

    assert as_sets(without) == {one for one in inside if thing not in one}
    assert as_sets(having) == {one - {thing} for one in inside if thing in one}


@given(regions())
def test_cubes_divide_a_region(given_region):
    """Cubes do not overlap, and together are the region."""
    count, region = given_region
    divided = cubes(region, count)
    each = [from_cubes([cube], count) for cube in divided]

    assert from_cubes(divided, count) == region
    assert sum(part.bit_count() for part in each) == region.bit_count()
    assert all(on & off == 0 for on, off in divided)


def test_a_region_of_many_sets_has_few_cubes():
    """Half of a quarter of a million sets is one cube."""
    count = 18

    assert cubes(columns(count)[7], count) == ((1 << 7, 0),)
    assert cubes(everything(count), count) == ((0, 0),)
    assert cubes(0, count) == ()
