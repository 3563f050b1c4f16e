"""The share of cases that lasts longer than some time, as it was observed.

    case  its least and greatest length: equal, apart, or the greatest without end

A case that is not over counts for as long as it was watched, and not against what came
later.

Source: Kaplan and Meier 1958.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from attrs import frozen

Case = tuple[float, float]
"""Least and greatest length, in seconds; ``math.inf`` where it is not over."""


@frozen
class Survival:
    """The share of cases that lasts longer than some time, as it was observed."""

    times: tuple[float, ...]
    shares: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """Return the time after which a share is over; inf if that was not seen."""
        # Shares fall, and what falls below 1 - share first is looked for.
        left = 1 - share
        for time, going_on in zip(self.times, self.shares, strict=True):
            if going_on <= left + 1e-12:
                return time
        return math.inf

    def after(self, time: float) -> float:
        """Return the share that lasts longer than some time."""
        at = bisect_right(self.times, time)
        return self.shares[at - 1] if at else 1.0


def survival(cases: Iterable[Case]) -> Survival:
    """Estimate survival; a case that ended within bounds counts at the later one."""
    ended: Counter[float] = Counter()
    stopped: Counter[float] = Counter()
    for low, high in cases:
        if math.isinf(high):
            stopped[low] += 1
        else:
            ended[high] += 1
    at_risk, share = ended.total() + stopped.total(), 1.0
    times, shares = [], []
    for time in sorted(ended.keys() | stopped.keys()):
        if ended[time]:
            share *= 1 - ended[time] / at_risk
            times.append(time)
            shares.append(share)
        at_risk -= ended[time] + stopped[time]
    return Survival(tuple(times), tuple(shares))
