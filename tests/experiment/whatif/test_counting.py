"""Counting over all arms at once, held against counting each of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.whatif.counting import Counts, Sums, transposed

ARMS = 20
regions = st.integers(0, (1 << ARMS) - 1)
EVERYTHING = (1 << ARMS) - 1


def counted(added):
    """Count regions, and the same arm by arm."""
    counts = Counts()
    for region in added:
        counts.add(region)
    plain = [sum(region >> arm & 1 for region in added) for arm in range(ARMS)]
    return counts, plain


def parted(numbers):
    """Return the parts of arms that have the same number."""
    return [(1 << arm, number) for arm, number in enumerate(numbers)]


@given(st.lists(regions, max_size=20))
def test_counts_are_those_of_each_arm(added):
    """An arm's count is the number of regions that held it."""
    counts, plain = counted(added)

    assert plain == [counts.at(arm) for arm in range(ARMS)]
    assert plain == counts.everywhere(ARMS)


@given(st.lists(regions, max_size=20), regions, st.integers(-1, 22))
def test_arms_counted_often_are_found(added, among, least):
    """All arms that were counted so often are found, among those asked about."""
    counts, plain = counted(added)
    wanted = [arm for arm in range(ARMS) if among >> arm & 1 and plain[arm] >= least]

    assert sum(1 << arm for arm in wanted) == counts.at_least(least, among)


@given(st.lists(regions, max_size=20), regions)
def test_arms_counted_alike_are_together(added, among):
    """Each count that occurs comes once, smallest first, with its arms."""
    counts, plain = counted(added)
    alike = list(counts.alike(among))
    found = {arm: n for n, part in alike for arm in range(ARMS) if part >> arm & 1}

    assert [n for n, _ in alike] == sorted({n for n, _ in alike})
    assert found == {arm: plain[arm] for arm in range(ARMS) if among >> arm & 1}


@given(st.lists(st.lists(st.integers(-1000, 1000), min_size=ARMS, max_size=ARMS)))
def test_sums_are_those_of_each_arm(rows):
    """Adding numbers to all arms at once adds to each its own."""
    sums = Sums()
    for numbers in rows:
        sums.add(parted(numbers))
    plain = [sum(numbers[arm] for numbers in rows) for arm in range(ARMS)]

    assert plain == [sums.at(arm) for arm in range(ARMS)]
    assert plain == sums.everywhere(ARMS)


@given(st.integers(-(10**9), 10**9), st.integers(1, 50))
def test_what_all_arms_have_in_common_takes_no_room(number, times):
    """Where all arms get the same number no slice is needed."""
    sums = Sums()
    for _ in range(times):
        sums.add([(EVERYTHING, number)])

    assert sums.slices == []
    assert sums.at(3) == number * times


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=40))
def test_numbers_are_read_from_their_slices(numbers):
    """Transposing slices gives back the number of each arm."""
    slices = [
        sum((number >> bit & 1) << arm for arm, number in enumerate(numbers))
        for bit in range(max(numbers).bit_length())
    ]

    assert transposed(slices, len(numbers)) == numbers


def test_numbers_that_do_not_fit_are_refused():
    """More than 64 bits are not read wrongly."""
    with pytest.raises(ValueError, match="65 bits"):
        transposed([1] * 65, 1)
