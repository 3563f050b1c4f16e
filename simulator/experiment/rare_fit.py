"""Tilts made after the draws of runs in which something rare happened.

    block = neighbouring bins in which the draws are as dense

Of all densities that are even within each block, the one with the shares of the draws
as its masses is nearest, in cross-entropy, to the law of the draws where it happens.
Bins become blocks by merging, so that a tilt has the steps that the draws show and none
that a few of them feign; a group that is all one block made no difference and is left
alone, for to tilt it would only add to the spread of the weights.

Source: the cross-entropy method of R. Y. Rubinstein and D. P. Kroese (2004), The
Cross-Entropy Method, 3.2; merging by the G test, R. R. Sokal and F. J. Rohlf (1995),
Biometry, 3rd edition, 17.1.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

from simulator.experiment.rare_tilt import WIDTHS, Luck, Tilt, Tilts, bin_of

EVEN = 0.1
"""Share of every tilt that stays even, so that no draw is ruled out."""
UNLIKE = 8.0
"""G from which on densities differ; neighbours of one density reach 8 in 0.5 %."""


class _Block(NamedTuple):
    """Draws in neighbouring bins, their width, and how many bins they are."""

    draws: float
    width: float
    bins: int

    def and_the(self, other: "_Block") -> "_Block":
        return _Block(*map(add, self, other))

    def differs_from(self, other: "_Block") -> float:
        """Return G = 2 sum n log(n / expected): two densities against one."""
        density = (self.draws + other.draws) / (self.width + other.width)
        return 2 * math.fsum(
            block.draws * math.log(block.draws / (density * block.width))
            for block in (self, other)
            if block.draws
        )


def groups_of(lucks: Sequence[Luck]) -> list[str]:
    """Return the groups in which anything was drawn, sorted."""
    return sorted({group for luck in lucks for group, _ in luck.drawn.values()})


def fit_tilts(lucks: Sequence[Luck], weights: Sequence[float]) -> Tilts:
    """Tilt each group as its draws lie in these runs.

    Args:
        lucks: Those of the runs.
        weights: How many runs of its own each is worth.
    """
    tilts = {}
    for group in groups_of(lucks):
        counts = [0.0] * len(WIDTHS)
        for luck, worth in zip(lucks, weights, strict=True):
            for drawn_in, value in luck.drawn.values():
                if drawn_in == group:
                    counts[bin_of(value)] += worth
        bins = zip(counts, WIDTHS, strict=True)
        blocks = _merged([_Block(draws, width, 1) for draws, width in bins])
        if len(blocks) > 1:
            tilts[group] = _tilt(blocks)
    return tilts


def _merged(blocks: list[_Block]) -> list[_Block]:
    """Merge neighbours, the most alike first, until all differ by more than chance."""
    apart = [one.differs_from(other) for one, other in pairwise(blocks)]
    while apart and min(apart) <= UNLIKE:
        n = apart.index(min(apart))
        blocks = [*blocks[:n], blocks[n].and_the(blocks[n + 1]), *blocks[n + 2 :]]
        around = slice(max(0, n - 1), n + 2)
        beside = pairwise(blocks[around])
        apart[around] = [one.differs_from(other) for one, other in beside]
    return blocks


def _tilt(blocks: Sequence[_Block]) -> Tilt:
    """Make a tilt of blocks that reach a little over their edges.

    Where an edge is found short of where it is, what lies beyond would weigh a great
    deal. So each bin gets at least half the density of those next to it.
    """
    found = [b.draws / b.width for b in blocks for _ in range(b.bins)]
    near = [max(found[max(0, n - 1) : n + 2]) for n in range(len(found))]
    own_or_near = zip(found, near, WIDTHS, strict=True)
    masses = [max(own, most / 2) * width for own, most, width in own_or_near]
    total = math.fsum(masses)
    pairs = zip(masses, WIDTHS, strict=True)
    return Tilt(tuple((1 - EVEN) * m / total + EVEN * width for m, width in pairs))
