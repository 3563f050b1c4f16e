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
