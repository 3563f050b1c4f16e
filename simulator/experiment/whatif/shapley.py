"""What each candidate adds to the others: Shapley values, exact in each replication.

    worth  of a set: 1 if it met the goal in the replication, else 0
    value  of a candidate: what adding it changes, on average over all orders in which
           all candidates could be added one after the other

In one replication the worths of all sets are one region, so that sums over sets of one
size are counts of bits.

Source: L. S. Shapley (1953), A value for n-person games, Contributions to the Theory of
Games II, Annals of Mathematics Studies 28, 307-317.
"""

from math import factorial

from attrs import define, field

from simulator.experiment.statistics import Mean
from simulator.experiment.whatif.findings import Goal, Shapley
from simulator.regions import Region, columns, layers

REMEMBERED = 64
"""Regions whose values are kept: many replications go alike."""


def shapley_numbers(region: Region, things: int) -> tuple[int, ...]:
    """Return the Shapley value of each thing, as a whole number of n!-ths.

    With n things, c(s) sets of s things in the region and a(s, i) of them with thing i,

        n! value(i) = sum over s < n of s! (n - 1 - s)! (a(s + 1, i) - c(s) + a(s, i))

    since a(s + 1, i) counts the sets of s other things that have worth with i, and
    c(s) - a(s, i) those that have it without. The values add up to the worth of all
    things minus the worth of none.

    Args:
        region: The sets with worth 1; all others have worth 0.
        things: How many things there are, n.
    """
    n = things
    inside = [region & layer for layer in layers(n)]
    sizes = [part.bit_count() for part in inside]
    weights = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    values = []
    for column in columns(n):
        having = [(part & column).bit_count() if part else 0 for part in inside]
        values.append(
            sum(
                weight * (having[size + 1] - sizes[size] + having[size])
                for size, weight in enumerate(weights)
            )
        )
    return tuple(values)


@define(eq=False)
class ShapleyTally:
    """The values of all candidates, averaged over replications.

    Attributes:
        labels: The candidates of a lattice.
        goal: What is wanted.
        means: One for each candidate.
    """

    labels: tuple[str, ...]
    goal: Goal
    means: tuple[Mean, ...] = field()
    _largest: list[float] = field()
    _known: dict[Region, tuple[int, ...]] = field(factory=dict)

    @means.default
    def _no_means(self) -> tuple[Mean, ...]:
        return tuple(Mean() for _ in self.labels)

    @_largest.default
    def _none_seen(self) -> list[float]:
        return [0.0] * len(self.labels)

    def add(self, region: Region) -> None:
        """Fold one replication in: the arms that met the goal."""
        things = len(self.labels)
        numbers = self._known.get(region)
        if numbers is None:
            if len(self._known) == REMEMBERED:
                self._known.clear()
            numbers = self._known[region] = shapley_numbers(region, things)
        whole = factorial(things)
        for place, number in enumerate(numbers):
            self.means[place].add(number / whole)
            self._largest[place] = max(self._largest[place], abs(number / whole))

    def found(self) -> tuple[Shapley, ...]:
        """Return the part of each candidate, the largest first, then by label."""
        found = []
        for label, mean, largest in zip(
            self.labels, self.means, self._largest, strict=True
        ):
            low, high = _ends(mean, largest)
            found.append(Shapley(label, mean.mean, low, high, self.goal))
        return tuple(sorted(found, key=lambda part: (-part.share, part.label)))


def _ends(mean: Mean, largest: float) -> tuple[float, float]:
    """Return the ends of the interval of a mean of values from -1 to 1.

    It is Student's for the runs and two more, one of the largest size seen and one of
    its opposite, cut to [-1, 1]. So it has a width where all runs had the same value,
    as that of a share has one after none or all. Where all were 0 both ends are 0.

    Args:
        mean: Of the values.
        largest: The largest absolute value.

    Source: for values of -1, 0 and 1, D. G. Bonett and R. M. Price (2012), Journal of
    Educational and Behavioral Statistics 37, 479-488.
    """
    if not largest:
        part = mean.difference()
        return part.low, part.high
    wider = Mean(mean.count, mean.mean, mean.squares)
    for unseen in (largest, -largest):
        wider.add(unseen)
    part = wider.difference()
    return max(-1.0, part.low), min(1.0, part.high)
