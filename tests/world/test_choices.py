"""Who is on: settled, or left open and settled only where it makes a difference."""

from functools import reduce
from operator import add, or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.regions import columns, everything, from_cubes, holds, masks
from simulator.world.choices import Open, Settled, is_on

NAMES = ("a", "b", "c")
ALL = everything(3)
values = st.integers(0, 3)
options = st.lists(
    st.tuples(st.sampled_from((*NAMES, "always")), values), max_size=5
).map(tuple)
regions = st.integers(1, everything(3))
ways = st.sampled_from([or_, max, min, add])


def opened(region=ALL):
    """Leave three labels open, for the sets of a region."""
    return Open(dict(zip(NAMES, columns(3), strict=True)), region)


def active(mask):
    """Name those that are on in a set, with the one that is always on."""
    return {"always", *(name for n, name in enumerate(NAMES) if mask >> n & 1)}


def folded(given, on, start, combine):
    """Fold what those bring in that are on, in the plainest way."""
    return reduce(combine, (value for label, value in given if label in on), start)


def parts(choices, given, *how, **special):
    """Settle the same on each part that is left; return (region, result) of each."""
    waiting, found = [choices.region], []
    while waiting:
        part = Open(choices.columns, waiting.pop())
        result = part.settle(given, *how, **special)
        waiting += part.left
        found.append((part.region, result))
    return found


# Laws.


@pytest.mark.slow
@given(given=options, start=values, combine=ways, region=regions)
def test_result_is_plain_folding_for_every_set_of_the_part(
    given, start, combine, region
):
    """Settling tells for each set what a plain fold tells."""
    for part, result in parts(opened(region), given, start, combine):
        for mask in masks(part):
            assert result == folded(given, active(mask), start, combine)


@pytest.mark.slow
@given(given=options, start=values, combine=ways, region=regions)
def test_parts_divide_the_region(given, start, combine, region):
    """No part is empty, no set is in two of them, and none is lost."""
    choices = opened(region)
    choices.settle(given, start, combine)
    regions = [choices.region, *choices.left]

    assert all(regions)
    assert sum(part.bit_count() for part in regions) == region.bit_count()
    assert reduce(or_, regions) == region


@pytest.mark.slow
@given(given=options, start=values, combine=ways, region=regions)
def test_no_more_parts_than_results(given, start, combine, region):
    """Sets with one result stay together."""
    choices = opened(region)
    choices.settle(given, start, combine)
    results = {folded(given, active(mask), start, combine) for mask in masks(region)}

    assert 1 + len(choices.left) == len(results)


@pytest.mark.slow
@given(given=options, start=values, combine=ways, region=regions)
def test_alike_merges_what_need_not_be_told_apart(given, start, combine, region):
    """Sets whose results are alike stay together; the result is alike for them all."""

    def alike(result):
        return result % 2

    found = parts(opened(region), given, start, combine, alike=alike)

    for part, result in found:
        for mask in masks(part):
            assert alike(result) == alike(folded(given, active(mask), start, combine))
    assert len({alike(result) for _, result in found}) == len(found)


@pytest.mark.slow
@given(given=options, start=values, combine=ways, region=regions)
def test_settled_is_settled(given, start, combine, region):
    """The second time the same is asked nothing is divided any more."""
    choices = opened(region)
    first = choices.settle(given, start, combine)
    kept, left = choices.region, len(choices.left)

    assert choices.settle(given, start, combine) == first
    assert (choices.region, len(choices.left)) == (kept, left)


@pytest.mark.slow
@given(given=options, start=values, combine=ways, mask=st.integers(0, 7))
def test_settled_and_open_for_one_set_agree(given, start, combine, mask):
    """A region of one set is an arm of its own."""
    alone = opened(1 << mask)
    arm = Settled(frozenset(active(mask)))

    assert alone.settle(given, start, combine) == arm.settle(given, start, combine)
    assert alone.left == []
    for label in (*NAMES, "always"):
        on = label in active(mask)
        assert alone.may_be_on(label) == alone.must_be_on(label) == on
        assert arm.may_be_on(label) == arm.must_be_on(label) == on


@pytest.mark.slow
@given(region=regions, label=st.sampled_from(NAMES))
def test_may_and_must_are_some_and_all(region, label):
    """A label may be on if it is in some set, and must be if it is in all."""
    on = [label in active(mask) for mask in masks(region)]

    assert opened(region).may_be_on(label) == any(on)
    assert opened(region).must_be_on(label) == all(on)


# Examples.


@pytest.mark.parametrize(
    ("region", "label", "left"),
    [
        pytest.param(everything(3), "always", 0, id="no column: in force"),
        pytest.param(1 << 0b001, "a", 0, id="on in the only set"),
        pytest.param(1 << 0b110, "a", 0, id="off in the only set"),
        pytest.param(1 << 0b001 | 1 << 0b011, "a", 0, id="on in both sets"),
        pytest.param(1 << 0b001 | 1 << 0b010, "a", 1, id="on in one of two"),
        pytest.param(everything(3), "a", 1, id="on in half of all"),
    ],
)
def test_is_on_divides_only_where_it_differs(region, label, left):
    """Whether one is on is settled, and what would be otherwise is left."""
    choices = opened(region)
    on = is_on(choices, label)

    assert len(choices.left) == left
    assert all((label in active(mask)) == on for mask in masks(choices.region))


def test_one_that_brings_in_nothing_new_is_not_settled():
    """With 5 brought in for sure, whether a brings in 3 makes no odds to the most."""
    choices = opened()

    assert choices.settle((("always", 5), ("a", 3)), 0, max) == 5
    assert choices.region == everything(3)


def test_two_that_bring_in_the_same_part_it_in_two():
    """Either of a and b is told from neither, and not from the other."""
    choices = opened()
    choices.settle((("a", True), ("b", True)), False, or_)
    neither = from_cubes([(0, 0b011)], 3)

    assert {choices.region, *choices.left} == {neither, everything(3) & ~neither}


def test_those_with_something_to_bring_in_are_heard():
    """Who is open and may be on is heard; who is off for good, or in force, is not."""
    choices = opened(from_cubes([(0, 0b100)], 3))
    choices.settle((("a", 1), ("c", 1), ("always", 1)), 0, max)

    assert choices.heard == {"a"}


def test_merging_is_no_hearing():
    """Where results are only compared, nobody is heard before it is said who was."""
    choices = opened()
    choices.settle((("a", 1),), 0, max, alike=lambda result: 0)

    assert choices.heard == set()
    choices.hear(["a", "always"])
    assert choices.heard == {"a"}


def test_an_arm_is_settled_and_an_open_run_is_not():
    """Only the run of one arm tells a story; it needs no note of who was heard."""
    arm = Settled(frozenset({"a"}))
    arm.hear(["a"])

    assert arm.is_settled
    assert not opened().is_settled
    assert not holds(opened(1 << 1).region, 0)
