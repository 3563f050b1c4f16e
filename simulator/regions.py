"""Sets of sets as truth tables: one whole number says which sets of things are meant.

Things are numbered from 0. A set of them is a mask, whose bit ``n`` says whether it
holds thing ``n``. A region is a set of such sets: its bit ``s`` says whether it holds
the set with mask ``s``. Union, intersection and difference of regions are ``|``, ``&``
and ``& ~``, over all sets at once.

Source: truth tables as bit vectors, Knuth, The Art of Computer Programming 4A, 7.1.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

Region = int


def everything(things: int) -> Region:
    """Return the region of all sets of so many things."""
    return (1 << (1 << things)) - 1


@lru_cache(maxsize=64)
def columns(things: int) -> tuple[Region, ...]:
    """Return, for each thing, the region of all sets that hold it.

    With one bit for each set the column of thing n is a pattern of period 2^(n+1).
    """
    return tuple(
        everything(things) // ((1 << (1 << n)) + 1) << (1 << n) for n in range(things)
    )


def masks(region: Region) -> Iterator[int]:
    """Yield the masks of the sets in a region, smallest first."""
    while region:
        lowest = region & -region
        yield lowest.bit_length() - 1
        region ^= lowest


def members(mask: int) -> tuple[int, ...]:
    """Return the things that a set holds."""
    return tuple(n for n in range(mask.bit_length()) if mask >> n & 1)


def mask_of(things: Iterable[int]) -> int:
    """Return the mask of a set of things."""
    mask = 0
    for thing in things:
        mask |= 1 << thing
    return mask


def holds(region: Region, mask: int) -> bool:
    """Say whether a region holds a set."""
    return bool(region >> mask & 1)


@lru_cache(maxsize=64)
def layers(things: int) -> tuple[Region, ...]:
    """Return, for each number of things, the region of all sets that hold so many."""
    found = [1]
    for n in range(things):
        # Sets without thing n, and the same sets with it.
        wider = [*found, 0]
        found = [
            wider[size] | ((found[size - 1] if size else 0) << (1 << n))
            for size in range(n + 2)
        ]
    return tuple(found)


def supersets(region: Region, things: int) -> Region:
    """Return all sets that hold all of some set of a region, and more."""
    pairs = tuple(enumerate(columns(things)))
    above = 0
    for n, column in pairs:
        above |= (region & ~column) << (1 << n)
    for n, column in pairs:
        above |= (above & ~column) << (1 << n)
    return above


def step(region: Region, thing: int, things: int) -> tuple[Region, Region]:
    """Return a region as seen from the sets without a thing: without it, and with it.

    Both results hold only sets without the thing. A set is in the first if the region
    holds it, and in the second if the region holds it with the thing added.
    """
    column = columns(things)[thing]
    return region & ~column, (region & column) >> (1 << thing)


def cubes(region: Region, things: int) -> tuple[tuple[int, int], ...]:
    """Divide a region into cubes: all sets that hold some things and lack others.

    Returns:
        (mask held, mask lacking) of cubes that do not overlap, in one order for each
        region.

    Source: C. E. Shannon (1949), Bell System Technical Journal 28, 59-98: a function of
    a thing is one of two functions without it.
    """
    known: dict[tuple[int, Region], tuple[tuple[int, int], ...]] = {}

    def divide(part: Region, left: int) -> tuple[tuple[int, int], ...]:
        if not part:
            return ()
        if part == everything(left):
            return ((0, 0),)
        found = known.get((left, part))
        if found is None:
            bit = 1 << (left - 1)
            low, high = part & everything(left - 1), part >> bit
            if low == high:
                found = divide(low, left - 1)
            else:
                lacking = ((on, off | bit) for on, off in divide(low, left - 1))
                holding = ((on | bit, off) for on, off in divide(high, left - 1))
                found = (*lacking, *holding)
            known[left, part] = found
        return found

    return divide(region, things)


def from_cubes(given: Iterable[tuple[int, int]], things: int) -> Region:
    """Return the region of all sets in any of some cubes; see `cubes`."""
    region = 0
    for on, off in given:
        cube = 1
        for n in range(things):
            if on >> n & 1:
                cube <<= 1 << n
            elif not off >> n & 1:
                cube |= cube << (1 << n)
        region |= cube
    return region


def union(regions: Iterable[Region]) -> Region:
    """Return what any of some regions holds."""
    together = 0
    for region in regions:
        together |= region
    return together
