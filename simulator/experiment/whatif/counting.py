"""Counting over all arms at once, without looking at any of them alone.

    slice  = a region: the arms whose number has a certain bit
    slices = one number for each arm, as the slices of its bits, lowest first

A region has one bit for each arm. Adding one to the number of every arm in it is a
chain of ``^`` and ``&`` on whole regions: the carry of a binary adder, for a quarter of
a million arms at a time. What is counted of an arm is read from its bit in each slice.

Source: bit-sliced arithmetic, Knuth, The Art of Computer Programming 4A, 7.1.3; as an
index of counts, O'Neil and Quass (1997), SIGMOD Record 26, 38-49.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator

from attrs import Factory, define

from simulator.regions import Region

_WIDTH = 8
"""Bytes of a number of "Q"."""


@define
class Counts:
    """How often each arm was in a region.

    Attributes:
        slices: The counts.
    """

    slices: list[Region] = Factory(list)

    def add(self, region: Region) -> None:
        """Count every arm of a region once more."""
        _carry(self.slices, 0, region)

    def at(self, arm: int) -> int:
        """Return the count of one arm."""
        return _read(self.slices, arm)

    def at_least(self, count: int, among: Region) -> Region:
        """Return the arms, among some, that were counted so often or more."""
        if count <= 0:
            return among
        if count.bit_length() > len(self.slices):
            return 0
        more, equal = 0, among
        for bit in reversed(range(len(self.slices))):
            if count >> bit & 1:
                equal &= self.slices[bit]
            else:
                more |= equal & self.slices[bit]
                equal &= ~self.slices[bit]
        return more | equal

    def everywhere(self, arms: int) -> list[int]:
        """Return the counts of arms 0 to ``arms - 1``."""
        return transposed(self.slices, arms)

    def alike(self, among: Region) -> Iterator[tuple[int, Region]]:
        """Yield each count that occurs among some arms, with the arms that have it.

        Smallest counts first; no region is empty.
        """
        yield from _split(self.slices, len(self.slices), 0, among)


@define
class Sums:
    """A sum of whole numbers for each arm; the numbers may be negative.

    Attributes:
        base: What all arms have in common.
        slices: What each arm has beyond that.
    """

    base: int = 0
    slices: list[Region] = Factory(list)

    def add(self, parts: Iterable[tuple[Region, int]]) -> None:
        """Add to every arm the number of the part it is in.

        Args:
            parts: Regions that do not overlap and hold all arms, with their numbers.
        """
        numbers: dict[int, Region] = {}
        for region, number in parts:
            numbers[number] = numbers.get(number, 0) | region
        least = min(numbers)
        self.base += least
        self._add([(region, number - least) for number, region in numbers.items()])

    def at(self, arm: int) -> int:
        """Return the sum of one arm."""
        return self.base + _read(self.slices, arm)

    def everywhere(self, arms: int) -> list[int]:
        """Return the sums of arms 0 to ``arms - 1``."""
        return [self.base + number for number in transposed(self.slices, arms)]

    def _add(self, parts: list[tuple[Region, int]]) -> None:
        """Add numbers from 0 on: sum and carry of each bit, lowest first."""
        carry = 0
        longest = max(number.bit_length() for _, number in parts)
        for bit in range(longest):
            addend = 0
            for region, number in parts:
                if number >> bit & 1:
                    addend |= region
            if bit == len(self.slices):
                self.slices.append(0)
            held = self.slices[bit]
            either = held ^ addend
            self.slices[bit] = either ^ carry
            carry = (held & addend) | (carry & either)
        _carry(self.slices, longest, carry)


def transposed(slices: list[Region], arms: int) -> list[int]:
    """Return the numbers of arms 0 to ``arms - 1`` from their slices.

    Eight slices at a time are written as one byte for each arm, and the bytes of an arm
    put side by side are its number.

    Raises:
        ValueError: Numbers of more than 64 bits.
    """
    if len(slices) > 64:
        raise ValueError(f"numbers too large ({len(slices)} bits); accepted: up to 64")
    gathered = bytearray(_WIDTH * arms)
    for byte in range(0, len(slices), 8):
        planes = slices[byte : byte + 8]
        together = 0
        for bit, plane in enumerate(planes):
            together |= _one_byte_each(plane, arms) << bit
        gathered[byte // 8 :: _WIDTH] = together.to_bytes(arms, "little")
    numbers = array("Q", bytes(gathered))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def _one_byte_each(region: Region, arms: int) -> int:
    """Spread a region so that arm n has byte n: 0 or 1."""
    digits = f"{region:0{arms}b}".encode()
    return int.from_bytes(digits, "big") & _ones(arms)


def _ones(arms: int) -> int:
    return int.from_bytes(b"\x01" * arms, "little")


def _carry(slices: list[Region], bit: int, carry: Region) -> None:
    """Add a region to slices from one bit on, as far as anything is carried."""
    while carry:
        if bit == len(slices):
            slices.append(carry)
            return
        held = slices[bit]
        slices[bit] = held ^ carry
        carry &= held
        bit += 1


def _read(slices: list[Region], arm: int) -> int:
    return sum((piece >> arm & 1) << bit for bit, piece in enumerate(slices))


def _split(
    slices: list[Region], bits: int, number: int, among: Region
) -> Iterator[tuple[int, Region]]:
    if not among:
        return
    if not bits:
        yield number, among
        return
    bit = bits - 1
    yield from _split(slices, bit, number, among & ~slices[bit])
    yield from _split(slices, bit, number | 1 << bit, among & slices[bit])
