"""Draws that are pushed towards what is rare, and what that weighs.

    draw  = a number in (0, 1) that belongs to a purpose and an identity
    group = draws that are pushed alike; None for those that are left alone
    tilt  = a density q on (0, 1) in place of the even one
    ratio = q at the draw: how much more often it comes up than it should

A tilt maps the even draw u to v by inversion, v rising with u, so that a tilted run is
still a pure function of its seed. A run is weighed by 1 / ratio, multiplied over all
its draws.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TypeAlias

from attrs import Factory, define, frozen

from simulator.streams import uniform

_OCTAVES, _PARTS = 20, 4
_LOWER = tuple(2.0 ** (-n / _PARTS) for n in range(_OCTAVES * _PARTS, _PARTS - 1, -1))
_EDGES = (0.0, *_LOWER, *(1 - edge for edge in reversed(_LOWER[:-1])), 1.0)
WIDTHS = tuple(high - low for low, high in pairwise(_EDGES))
"""The bins of a tilt: four of them halve what is left to either end, since an event of
chance c is a draw below c or one above 1 - c. The last are 2^-20 wide."""

SMALLEST: float = 2.0**-53
LARGEST: float = 1 - 2.0**-53
"""The ends of what `uniform` gives: 0 and 1 are no draws."""

Identity: TypeAlias = tuple[str | int, ...]
Name: TypeAlias = tuple[str, Identity]
"""What a draw belongs to: its purpose and identity."""
Group: TypeAlias = Callable[[str, Identity], str | None]
"""Says in which group a draw is: all that share its tilt."""


def by_purpose(purpose: str, identity: Identity) -> str | None:
    """Tilt every draw, those of one purpose alike."""
    return purpose


def bin_of(value: float) -> int:
    """Return in which bin a number in (0, 1) is."""
    return bisect_right(_EDGES, value) - 1


@frozen
class Tilt:
    """A density that is even within each bin; ``masses`` are the chances of the bins.

    All are above zero and add up to one, so that nothing that can happen is ruled out.
    """

    masses: tuple[float, ...]

    @cached_property
    def _below(self) -> tuple[float, ...]:
        return (0.0, *accumulate(self.masses))

    @cached_property
    def _log_ratios(self) -> tuple[float, ...]:
        pairs = zip(self.masses, WIDTHS, strict=True)
        return tuple(math.log(mass / width) for mass, width in pairs)

    def draw(self, u: float) -> float:
        """Return the number not exceeded with chance ``u``."""
        n = min(bisect_right(self._below, u) - 1, len(WIDTHS) - 1)
        into = (u - self._below[n]) / self.masses[n]
        value: float = _EDGES[n] + min(into, 1.0) * WIDTHS[n]
        return min(max(value, SMALLEST), LARGEST)

    def log_ratio(self, value: float) -> float:
        """Return the logarithm of the density there; 0 for the even one."""
        return self._log_ratios[bin_of(value)]


Tilts: TypeAlias = Mapping[str, Tilt]
"""The tilt of each group; a group without one is left alone."""

WIDE = Tilt(tuple(1 / len(WIDTHS) for _ in WIDTHS))
"""As likely in every bin: seldom events at either end come up often."""


@define
class Luck:
    """All draws of one run, tilted by group and remembered.

    Attributes:
        seed: Of the run; what is not drawn from here may be drawn from it.
        group: In which group a draw is.
        tilts: How groups are tilted.
        given: Draws that are settled beforehand, by name; no tilt moves them.
        drawn: The draws made so far of those that have a group.
    """

    seed: int
    group: Group = by_purpose
    tilts: Tilts = Factory(dict)
    given: Mapping[Name, float] = Factory(dict)
    drawn: dict[Name, tuple[str, float]] = Factory(dict)

    def __call__(self, purpose: str, *identity: str | int) -> float:
        """Return the number in (0, 1) that belongs to a purpose and an identity.

        Asked again it is the same, and weighs once.
        """
        group = self.group(purpose, identity)
        if group is None:
            return uniform(self.seed, purpose, *identity)
        name = (purpose, identity)
        value = self.given.get(name)
        if value is None:
            value = uniform(self.seed, purpose, *identity)
            if group in self.tilts:
                value = self.tilts[group].draw(value)
        self.drawn[name] = (group, value)
        return value

    def log_ratios(self, tilts: Tilts) -> dict[str, float]:
        """Return how much likelier the tilts make these draws, by group, as logarithms.

        Whether the run was drawn with these tilts or with others makes no difference.
        """
        ratios: dict[str, float] = {}
        for group, value in self.drawn.values():
            if group in tilts:
                more = tilts[group].log_ratio(value)
                ratios[group] = ratios.get(group, 0.0) + more
        return ratios


def weight(log_ratio: float, plain: float) -> float:
    """Return the weight of a run where a share of the runs is plain.

    Over plain and tilted runs together, with that share a, a run comes up
    ``a + (1 - a) q`` times as often as it should; its weight is the reciprocal, at most
    ``1 / a`` however it was drawn.

    Source: the balance heuristic of E. Veach and L. J. Guibas (1995), Proceedings of
    SIGGRAPH 95, 419-428; T. Hesterberg (1995), Technometrics 37, 185-194.
    """
    # Beyond this the weight is zero in any arithmetic.
    return 1 / (plain + (1 - plain) * math.exp(min(log_ratio, 700.0)))


def effective(weights: Iterable[float]) -> float:
    """Return how many equal weights are worth as much: (sum w)^2 / sum w^2; 0 of none.

    Source: A. Kong, J. S. Liu and W. H. Wong (1994), Journal of the American
    Statistical Association 89, 278-288.
    """
    kept = tuple(weights)
    squares = math.fsum(w * w for w in kept)
    return math.fsum(kept) ** 2 / squares if squares else 0.0
