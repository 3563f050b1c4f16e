"""Shares, quantiles and paired differences, each with an interval; stdlib only.

A share gets Wilson's score interval, or the exact one where nothing was seen and a
guarantee is wanted; a quantile the interval between two order statistics; a mean of
paired differences Student's. None is ever printed bare.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from statistics import NormalDist

from attrs import define, frozen

from simulator.experiment.findings import Estimate, Spread

CONFIDENCE = 0.95
"""Of every interval, unless said otherwise."""


def wilson(count: int, of: int, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate a share from a count, with its score interval.

    With p = count / n and z the normal quantile of (1 + confidence) / 2::

        (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)

    It keeps inside [0, 1] and says something even where nothing, or everything, was
    counted. Of no runs at all nothing is known: the interval is [0, 1].

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22,
    209-212; recommended by Brown, Cai and DasGupta (2001), Statistical Science 16.
    """
    if not of:
        return Estimate(0, 0, 0.0, 0.0, 1.0)
    share = count / of
    low, high = score_interval(share, of, confidence)
    # The bounds touch 0 and 1 exactly there; rounding may miss them by an ulp.
    return Estimate(
        count, of, share, low if count else 0.0, high if count < of else 1.0
    )


def score_interval(
    share: float, of: float, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return Wilson's interval for a share known as well as from so many runs.

    Neither the runs nor what was counted in them need be whole: an estimate with
    variance v is worth ``share (1 - share) / v`` plain runs.
    """
    z = _normal_quantile(confidence)
    middle = share + z * z / (2 * of)
    reach = z * math.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2)
    scale = 1 + z * z / of
    return (middle - reach) / scale, (middle + reach) / scale


def clopper_pearson(count: int, of: int, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate a share from a count, with an interval that never covers too seldom.

    With B ~ Bin(n, p) and a = (1 - confidence) / 2 the ends solve

        P(B >= count | p = low) = a        P(B <= count | p = high) = a

    Where nothing was counted ``low`` is 0, where everything was ``high`` is 1. It is
    wider than `wilson`, and the one to quote as a guarantee.

    Source: C. J. Clopper and E. S. Pearson (1934), Biometrika 26, 404-413.
    """
    if not of:
        return Estimate(0, 0, 0.0, 0.0, 1.0)
    tail = (1 - confidence) / 2
    low = _share_with_tail(count, of, tail)
    high = 1 - _share_with_tail(of - count, of, tail)
    return Estimate(count, of, count / of, low, high)


def upper_for_none(of: int, confidence: float = CONFIDENCE) -> float:
    """Return the share that something stays under which no run out of so many showed.

    The bound is one-sided and exact: with a share above ``1 - (1 - confidence)^(1/n)``
    none of n runs shows it with a chance below ``1 - confidence``. For 95 % that is
    close to 3 / n. Of no runs at all nothing is known: 1.

    Source: J. A. Hanley and A. Lippman-Hand (1983), Journal of the American Medical
    Association 249, 1743-1745, "If nothing goes wrong, is everything all right?".
    """
    return -math.expm1(math.log1p(-confidence) / of) if of else 1.0


def quantile(ordered: Sequence[float], q: float) -> float:
    """Return a quantile of sorted values, between two neighbours where need be.

    Raises:
        IndexError: There are no values.

    Source: definition 7 of Hyndman and Fan (1996), The American Statistician 50; the
    one of R and of `statistics.quantiles(method="inclusive")`.
    """
    place = q * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def quantile_interval(
    ordered: Sequence[float], q: float = 0.5, confidence: float = CONFIDENCE
) -> tuple[float, float] | None:
    """Return an interval for a quantile of what the sorted values were drawn from.

    The number of values below the quantile is binomial, whatever the distribution. With
    B ~ Bin(n, q) the ends are the order statistics of ranks

        low  = the largest l with P(B < l) <= a
        high = the smallest u with P(B >= u) <= a

    where a = (1 - confidence) / 2. None where there are too few values for such ranks:
    below 6 for a median at 95 %.

    Source: H. A. David and H. N. Nagaraja (2003), Order Statistics, 3rd edition, 7.1.
    """
    low, high = _ranks(len(ordered), q, (1 - confidence) / 2)
    if low < 1 or high > len(ordered):
        return None
    return ordered[low - 1], ordered[high - 1]


def spread(values: Iterable[int], of: int) -> Spread:
    """Describe the times of those runs, out of so many, in which something happened."""
    ordered = sorted(values)
    if not ordered:
        return Spread(0, of, None, None, None)
    median = quantile_interval(ordered)
    return Spread(
        happened=len(ordered),
        of=of,
        median=quantile(ordered, 0.5),
        low=quantile(ordered, 0.05),
        high=quantile(ordered, 0.95),
        median_low=median and median[0],
        median_high=median and median[1],
    )


@frozen
class Difference:
    """A mean of paired differences with its interval; infinite below two pairs."""

    pairs: int
    mean: float
    low: float
    high: float


@define
class Mean:
    """A running mean and variance in constant memory.

    After each value x, with n values so far: d = x - mean; mean += d / n;
    squares += d (x - mean). The variance is squares / (n - 1).

    Source: B. P. Welford (1962), Technometrics 4, 419-420.
    """

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """Take one more value into account."""
        self.count += 1
        off = value - self.mean
        self.mean += off / self.count
        self.squares += off * (value - self.mean)

    def difference(self, confidence: float = CONFIDENCE) -> Difference:
        """Return the mean with Student's interval, mean -+ t s / sqrt(n).

        Source: W. S. Gosset, "Student" (1908), Biometrika 6, 1-25.
        """
        if self.count < 2:
            return Difference(self.count, self.mean, -math.inf, math.inf)
        error = math.sqrt(self.squares / (self.count - 1) / self.count)
        reach = t_quantile(confidence, self.count - 1) * error
        return Difference(self.count, self.mean, self.mean - reach, self.mean + reach)


def paired_difference(
    differences: Iterable[float], confidence: float = CONFIDENCE
) -> Difference:
    """Return the mean of differences between two arms, run by run on shared seeds.

    What both arms owe to the same chance cancels out in each difference, so that the
    interval is much narrower than that of two separate means.
    """
    mean = Mean()
    for difference in differences:
        mean.add(difference)
    return mean.difference(confidence)


@lru_cache(maxsize=256)
def t_quantile(confidence: float, freedom: int) -> float:
    """Return t with P(-t < T < t) = confidence for Student's T.

    Exact for one and two degrees of freedom, otherwise to about six digits.

    Source: G. W. Hill (1970), Algorithm 396, Communications of the ACM 13, 619-620.
    """
    p, n = 1 - confidence, freedom
    if n == 1:
        return 1 / math.tan(p * math.pi / 2)
    if n == 2:
        return math.sqrt(2 / (p * (2 - p)) - 2)
    a = 1 / (n - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * n
    tail = (d * p) ** (2 / n)
    if tail <= 0.05 + a:
        y = ((n + 6) / (n * tail) - 0.089 * d - 0.822) * (n + 2) * 3
        y = ((1 / y + 0.5 / (n + 4)) * tail - 1) * (n + 1) / (n + 2)
        return math.sqrt(n * (y + 1 / tail))
    x = -_normal_quantile(confidence)
    y = x * x
    if n < 5:
        c += 0.3 * (n - 4.5) * (x + 0.6)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return math.sqrt(n * math.expm1(a * y * y))


@lru_cache(maxsize=64)
def _normal_quantile(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


@lru_cache(maxsize=4096)
def _share_with_tail(count: int, of: int, tail: float) -> float:
    """Return the p for which ``P(B >= count)`` of ``B ~ Bin(of, p)`` is ``tail``."""
    if count == 0:
        return 0.0
    low, high = 0.0, 1.0
    # Each step halves the span, so that these reach the last bit of any share that a
    # number of runs can tell.
    for _ in range(80):
        middle = (low + high) / 2
        if _at_least(count, of, middle) < tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_least(count: int, of: int, share: float) -> float:
    """Return ``P(B >= count)`` for ``B ~ Bin(of, share)``, with ``0 < share < 1``.

    Summed away from the mean, where each term is smaller than the one before it.
    """
    if count <= of * share:
        return 1 - _at_least(of - count + 1, of, 1 - share)
    if count > of or share <= 0:
        return 0.0
    ways = math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)
    log = ways + count * math.log(share) + (of - count) * math.log1p(-share)
    term, k, ratio = 1.0, count, share / (1 - share)
    total = term
    while term > 1e-17 * total and k < of:
        term *= (of - k) / (k + 1) * ratio
        total += term
        k += 1
    return total * math.exp(log)


@lru_cache(maxsize=4096)
def _ranks(n: int, q: float, tail: float) -> tuple[int, int]:
    """Return the ranks that leave at most ``tail`` outside, on either side."""
    log_p, log_q = math.log(q), math.log1p(-q)

    def chance(k: int) -> float:
        ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        return math.exp(ways + k * log_p + (n - k) * log_q)

    # Beyond nine standard deviations nothing is left that could matter.
    reach = 9 * math.sqrt(n * q * (1 - q)) + 9
    below, low = 0.0, max(0, math.floor(n * q - reach))
    while low < n and below + chance(low) <= tail:
        below += chance(low)
        low += 1
    above, high = 0.0, min(n, math.ceil(n * q + reach)) + 1
    while high > 0 and above + chance(high - 1) <= tail:
        above += chance(high - 1)
        high -= 1
    return low, high
