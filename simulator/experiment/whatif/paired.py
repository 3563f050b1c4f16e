"""The difference of two shares over the same runs, from counts alone.

gained = runs in which only the first of two arms met the goal
lost   = runs in which only the second did
"""

import math
from statistics import NormalDist

from simulator.experiment.pairing import Pairs
from simulator.experiment.statistics import CONFIDENCE, Difference, Mean


def difference_of_shares(
    gained: int, lost: int, pairs: int, confidence: float = CONFIDENCE
) -> Difference:
    """Return the difference of two shares, paired run by run, with its interval.

    With p = (gained + 1) / (n + 2), q = (lost + 1) / (n + 2) and z the normal quantile
    of (1 + confidence) / 2 the interval is, cut to [-1, 1],

        p - q -+ z sqrt((p + q - (p - q)^2) / (n + 2))

    It has a width above zero even where both arms agree in every run: that they would
    agree in the next one too is not known.

    Args:
        gained: Runs in which only the first arm met the goal.
        lost: Runs in which only the second did.
        pairs: Runs, at least one.
        confidence: Of the interval.

    Source: D. G. Bonett and R. M. Price (2012), Journal of Educational and Behavioral
    Statistics 37, 479-488.
    """
    wider = pairs + 2
    p, q = (gained + 1) / wider, (lost + 1) / wider
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    reach = z * math.sqrt((p + q - (p - q) ** 2) / wider)
    return Difference(
        pairs,
        (gained - lost) / pairs,
        max(-1.0, p - q - reach),
        min(1.0, p - q + reach),
    )


def sign_test(gained: int, lost: int) -> float:
    """Return the chance of so one-sided a split if both sides were as likely.

    Runs in which both arms agree say nothing about which is better. Of the others each
    would go either way with a chance of one half; the chance is two-sided and exact::

        p = min(1, 2 P(B >= max(gained, lost)))    B ~ Bin(gained + lost, 1/2)

    Source: Q. McNemar (1947), Psychometrika 12, 153-157, in its exact form.
    """
    flips, most = gained + lost, max(gained, lost)
    ways = sum(math.comb(flips, k) for k in range(most, flips + 1))
    return min(1.0, 2 * ways / (1 << flips))


def pairs_of(one: int, other: int, gained: int, lost: int, pairs: int) -> Pairs:
    """Return both arms and their difference as if they had been counted run by run.

    Args:
        one: Runs in which the first arm met the goal.
        other: Runs in which the second did.
        gained: Runs in which only the first did.
        lost: Runs in which only the second did.
        pairs: Runs, at least one.
    """
    apart = gained - lost
    squares = ((gained + lost) * pairs - apart * apart) / pairs
    return Pairs(
        one=Mean(pairs, one / pairs, one * (pairs - one) / pairs),
        other=Mean(pairs, other / pairs, other * (pairs - other) / pairs),
        apart=Mean(pairs, apart / pairs, squares),
    )
