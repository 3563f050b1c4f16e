"""Which arms a what-if plays: combinations of candidates, numbered.

    alone    what is in force, and each candidate added to it
    without  what is in force with all candidates, and each of them removed
    pairs    what is in force, each candidate, and each two of them
    lattice  every combination; the number of an arm is the mask of its candidates

A candidate that is in force already is taken out of what is in force first: an arm
without it is what would be in force if it were not.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations
from typing import Literal, get_args

from attrs import frozen

from simulator.errors import LastdayError
from simulator.regions import Region, columns, mask_of, members

DesignName = Literal["alone", "without", "pairs", "lattice"]
NAMES: tuple[DesignName, ...] = get_args(DesignName)
MOST_IN_LATTICE = 20
"""Candidates of a lattice: about a million arms."""


@frozen
class Design:
    """Arms over candidates.

    Attributes:
        name: How they are chosen.
        labels: The candidates, in order; candidate n is bit n of a mask.
        masks: The candidates that are on in each arm, by the number of the arm.
    """

    name: DesignName
    labels: tuple[str, ...]
    masks: "range | tuple[int, ...]"

    @cached_property
    def everything(self) -> Region:
        """All arms, as a region over their numbers."""
        return (1 << len(self.masks)) - 1

    @cached_property
    def columns(self) -> Mapping[str, Region]:
        """For each candidate the arms in which it is on."""
        if self.name == "lattice":
            return dict(zip(self.labels, columns(len(self.labels)), strict=True))
        return {
            label: mask_of(arm for arm, mask in enumerate(self.masks) if mask >> n & 1)
            for n, label in enumerate(self.labels)
        }

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        return {mask: arm for arm, mask in enumerate(self.masks)}

    def on(self, arm: int) -> tuple[str, ...]:
        """Name the candidates that are on in an arm."""
        return tuple(self.labels[n] for n in members(self.masks[arm]))

    def arm(self, labels: Iterable[str]) -> int:
        """Find the number of the arm with just these candidates.

        Raises:
            LastdayError: A label is no candidate, or the design has no such arm.
        """
        wanted = tuple(labels)
        unknown = sorted(set(wanted) - set(self.labels))
        if unknown:
            raise LastdayError(
                f"no candidate ({', '.join(unknown)}); accepted: "
                f"{', '.join(self.labels)}"
            )
        mask = mask_of(self.labels.index(label) for label in set(wanted))
        number = mask if self.name == "lattice" else self._numbers.get(mask)
        if number is None:
            raise LastdayError(
                f"no arm with {' + '.join(sorted(wanted))} in the design "
                f"{self.name}; accepted: the design lattice"
            )
        return number


def design(name: DesignName, labels: Iterable[str]) -> Design:
    """Choose the arms of a design over candidates.

    Raises:
        LastdayError: There are no candidates, or too many for a lattice.
    """
    chosen = tuple(dict.fromkeys(labels))
    if not chosen:
        raise LastdayError("no candidates; accepted: one or more")
    if name == "lattice" and len(chosen) > MOST_IN_LATTICE:
        raise LastdayError(
            f"a lattice over {len(chosen)} candidates; accepted: up to "
            f"{MOST_IN_LATTICE}, or the design pairs"
        )
    return Design(name, chosen, _masks(name, len(chosen)))


def _masks(name: DesignName, count: int) -> "range | tuple[int, ...]":
    singles = tuple(1 << n for n in range(count))
    whole = (1 << count) - 1
    match name:
        case "alone":
            return (0, *singles)
        case "without":
            return (whole, *(whole ^ single for single in singles))
        case "pairs":
            pairs = (one | other for one, other in combinations(singles, 2))
            return (0, *singles, *pairs)
        case "lattice":
            return range(1 << count)
