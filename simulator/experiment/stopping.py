"""When enough runs have been played: as soon as every interval is narrow enough.

    look = number of runs after which it is asked; between looks it never stops
    narrow = half the width of an interval is at most what was asked for

Whoever looks after every run and stops at the first narrow interval stops too often on
runs that happen to agree. With the textbook interval (share -+ 1.96 standard errors,
first look after 10 runs, half-width 0.05) this holds the true share in 95, 84, 40 and
18 % of experiments for shares of 0.5, 0.2, 0.05 and 0.02, where 95 % is claimed. Three
things prevent it here:

- Wilson's interval has a width above zero even where all runs agree;
- there is no look before ``least`` runs;
- later looks grow by a factor, so that an experiment has a dozen of them and not
  thousands. That costs at most that factor in runs.

Worked out exactly, over all paths of counts, for half-widths of 0.02 to 0.05: 94.8 to
95.4 % for each of those four shares, and between 93.3 and 97.7 %, on average 95.5 %,
over 43 shares from 0.004 to 0.5. At 0.01 it is 96.3 % for the share of 0.02, and 94.9
to 95.1 for the others. An experiment of 400 runs, settled beforehand, has that range
too: it is the steps of Wilson's interval and not the stopping. For shares below one in
``least`` runs those steps are too coarse for any such promise; quote `clopper_pearson`,
or estimate the share as `rare` does.

The order of runs is that of their numbers, so that it does not matter who played them.

Source: Y. S. Chow and H. Robbins (1965), Annals of Mathematical Statistics 36, 457-462,
for stopping by width; J. Frey (2010), The American Statistician 64, 242-249, for that
of shares.
"""

import math
from collections.abc import Iterable
from functools import cached_property

from attrs import frozen

from simulator.experiment.findings import Estimate
from simulator.experiment.statistics import Difference, Mean, wilson

LEAST = 400
"""Runs before the first look: exact coverage was best of 100, 200, 400 and 500."""
GROWTH = 1.25
"""Factor from look to look: of 1.1, 1.25, 1.5 and 2, as above."""


@frozen
class Precision:
    """What is asked of every interval.

    Attributes:
        half_width: Half of the width that an interval of 95 % may have: as a share
            (0.02 is two points), or in the unit of a mean.
        most: Runs after which it ends in any case.
        least: Runs before the first look.

    Raises:
        ValueError: A half-width that is not above zero, or fewer than two runs.
    """

    half_width: float
    most: int
    least: int = LEAST

    def __attrs_post_init__(self) -> None:
        """Refuse what no number of runs can meet."""
        if not 0 < self.half_width < math.inf:
            wrong = f"impossible half-width ({self.half_width})"
            raise ValueError(f"{wrong}; accepted: a number above zero")
        if min(self.most, self.least) < 2:
            wrong = f"too few runs (least {self.least}, most {self.most})"
            raise ValueError(f"{wrong}; accepted: two or more")

    @cached_property
    def looks(self) -> tuple[int, ...]:
        """Numbers of runs after which it is asked, in order; the last is ``most``."""
        looks, look = [], self.least
        while look < self.most:
            looks.append(look)
            look = math.ceil(look * GROWTH)
        return (*looks, self.most)


@frozen
class Stopping:
    """The rule; asked after each run, it answers from the counts alone."""

    precision: Precision

    def enough(self, runs: int, counts: Iterable[int]) -> bool:
        """Say whether every share, counted in so many runs, is known well enough.

        Args:
            runs: Runs counted so far.
            counts: Of each share that must be narrow, the runs in which it happened.
        """
        return self._is_over(runs) or (
            runs in self.precision.looks
            and all(self._is_narrow(wilson(count, runs)) for count in counts)
        )

    def enough_of_means(self, runs: int, means: Iterable[Mean]) -> bool:
        """Say whether the mean of every paired difference is known well enough.

        By Student's interval, with the same looks. For normal differences it holds the
        mean in 95 % of experiments; for exponential ones, of 400 runs or more, in 94.
        """
        return self._is_over(runs) or (
            runs in self.precision.looks
            and all(self._is_narrow(mean.difference()) for mean in means)
        )

    def _is_over(self, runs: int) -> bool:
        return runs >= self.precision.most

    def _is_narrow(self, interval: Estimate | Difference) -> bool:
        return interval.high - interval.low <= 2 * self.precision.half_width
