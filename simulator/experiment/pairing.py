"""What it saves to play two arms on the same chance.

    pair = what one measure was in both arms, in one run
    saved = the part of the variance of their difference that common chance took away

Two arms played on separate seeds differ by the luck of both; on shared seeds most of
that luck cancels out. How much is a finding like any other, and is reported.
"""

from attrs import Factory, define, frozen

from simulator.experiment.statistics import CONFIDENCE, Difference, Mean


@frozen
class Saving:
    """What pairing two arms saved, from the variances of so many pairs.

    Attributes:
        pairs: Runs that both arms played.
        saved: Share of the variance of the difference that common chance took away:
            1 where the arms always differ by the same, 0 where pairing changes
            nothing, negative where the arms move against each other; never below -1.
            None where neither arm varies, or below two pairs.
        times: How many times as many runs of each arm, played on separate seeds, would
            give an interval as narrow. None where the difference does not vary, so that
            no number of them would, or below two pairs.
    """

    pairs: int
    saved: float | None
    times: float | None


@define
class Pairs:
    """Both arms and their difference, counted pair by pair in constant memory.

    Attributes:
        one: The arm that is tried.
        other: The arm it is held against.
        apart: ``one - other``, pair by pair.
    """

    one: Mean = Factory(Mean)
    other: Mean = Factory(Mean)
    apart: Mean = Factory(Mean)

    def add(self, one: float, other: float) -> None:
        """Count one run that both arms played."""
        self.one.add(one)
        self.other.add(other)
        self.apart.add(one - other)

    def difference(self, confidence: float = CONFIDENCE) -> Difference:
        """Return the mean of ``one - other`` with Student's interval."""
        return self.apart.difference(confidence)

    def saving(self) -> Saving:
        """Return what the shared chance saved.

        With variances V over the pairs, an unpaired comparison of as many runs has the
        variance V(one) + V(other) where the paired one has V(one - other)::

            saved = 1 - V(one - other) / (V(one) + V(other))
            times = (V(one) + V(other)) / V(one - other) = 1 / (1 - saved)

        Source: A. M. Law (2015), Simulation Modeling and Analysis, 5th edition, 11.2.
        """
        # All three are sums over the same pairs, so that n - 1 cancels out.
        separate, paired = self.one.squares + self.other.squares, self.apart.squares
        return Saving(
            pairs=self.apart.count,
            saved=1 - paired / separate if separate > 0 else None,
            times=separate / paired if paired > 0 else None,
        )
