"""How long something lasts, learnt from cases some of which are not over.

    candidate  lognormal or exponential, with or without a share that never ends
    fit        the candidate that says most for what it costs

Where cases that ended are few, they are taken as they are. A share that never ends is
believed only if a case went on for much longer than nearly all that ended took, and if
the share pays for itself. Cases that were watched for a short time tell of no such
share.

Source: choice by information, Akaike 1974, corrected for small numbers, Hurvich and
Tsai 1989; a share that never ends, Boag 1949.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import NormalDist

from attrs import frozen

from simulator.clock import LONGEST, Seconds
from simulator.exchange.simplex import Point, lowest
from simulator.exchange.survival import Case, survival
from simulator.streams import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    LogNormal,
)

FEW = 8
"""With fewer cases that ended, they are taken as they are."""
BINS_PER_DOUBLING = 16
"""How finely open cases are told apart where there are many."""
NEARLY_ALL, MUCH_LONGER = 0.95, 4.0
"""Assumption: what it takes to consider a share that never ends."""
NARROWEST = 0.01
"""Least spread of a lognormal, so that equal times do not make it infinitely likely."""

_Z90 = NormalDist().inv_cdf(0.9)
_MANY = 100


@frozen
class Fit:
    """What was learnt.

    Attributes:
        ended: Cases that are over.
        going_on: Cases that are not.
        form: The distribution's name, or "none" where nothing ended.
        distribution: How long a case lasts that ends; None where none does.
        forever: Share of cases that never end.
    """

    ended: int
    going_on: int
    form: str
    distribution: Distribution | None
    forever: float

    def quantile(self, share: float) -> float:
        """Return the seconds after which a share of all cases is over."""
        if self.distribution is None or share >= 1 - self.forever:
            return math.inf
        return self.distribution.quantile(share / (1 - self.forever))


def fit(cases: Sequence[Case]) -> Fit:
    """Choose what describes some cases best; all ended ones last longer than 0."""
    ended = [case for case in cases if math.isfinite(case[1])]
    open_ones = [low for low, high in cases if math.isinf(high)]
    if not ended:
        return Fit(0, len(open_ones), "none", None, 1.0)
    if len(ended) < FEW:
        return _as_they_are(cases, len(ended), len(open_ones))
    last = max(high for _, high in ended)
    ends = sorted(high for _, high in ended)
    most = ends[math.ceil(NEARLY_ALL * len(ends)) - 1]
    has_tail = any(low > MUCH_LONGER * most for low in open_ones)
    if len({*ended}) == 1 and ended[0][0] == last:
        forever = survival(cases).after(last) if has_tail else 0.0
        only = Constant(_whole(last))
        return Fit(len(ended), len(open_ones), "constant", only, forever)
    sample = _Sample.of(ended, open_ones)
    with_forever = (False, True) if has_tail else (False,)
    found = [
        (*_most_likely(family, sample, some), family, some)
        for some in with_forever
        for family in (_LOGNORMAL, _EXPONENTIAL)
    ]
    _, point, family, some = min(found, key=lambda one: one[0])
    forever = _share(point[-1]) if some else 0.0
    distribution = family.distribution(point, sample.scale)
    return Fit(len(ended), len(open_ones), family.name, distribution, forever)


def _as_they_are(cases: Sequence[Case], ended: int, going_on: int) -> Fit:
    """Take the times seen, each as often as survival falls there."""
    seen = survival(cases)
    before = (1.0, *seen.shares)
    weights = [a - b for a, b in zip(before, seen.shares, strict=False)]
    distribution = Empirical(
        [_whole(time) for time in seen.times], [round(w, 6) for w in weights]
    )
    forever = max(seen.shares[-1], 0.0)
    return Fit(ended, going_on, "empirical", distribution, forever)


@frozen
class _Sample:
    """Cases in units of a scale of their own, so that their unit makes no difference.

    Attributes:
        ended: How many cases ended.
        scale: Seconds of the unit: the typical length of cases that ended.
        exact: How many ended at a time that is known.
        total: Sum of those times.
        logs: Sum of their logarithms.
        squares: Sum of the squares of these.
        within: Cases that ended between two times, each pair with its number.
        beyond: Cases that are not over, each time with its number.
    """

    ended: int
    scale: float
    exact: int
    total: float
    logs: float
    squares: float
    within: tuple[tuple[float, float, int], ...]
    beyond: tuple[tuple[float, int], ...]

    @classmethod
    def of(cls, ended: Sequence[Case], open_ones: Sequence[float]) -> "_Sample":
        middles = [math.log((low + high) / 2) for low, high in ended]
        scale = math.exp(math.fsum(middles) / len(middles))
        exact = [low / scale for low, high in ended if low == high]
        logs = [math.log(time) for time in exact]
        within = Counter(
            (low / scale, high / scale) for low, high in ended if low < high
        )
        return cls(
            ended=len(ended),
            scale=scale,
            exact=len(exact),
            total=math.fsum(exact),
            logs=math.fsum(logs),
            squares=math.fsum(x * x for x in logs),
            within=tuple((low, high, n) for (low, high), n in within.items()),
            beyond=_binned(Counter(low / scale for low in open_ones)),
        )


def _binned(times: Counter[float]) -> tuple[tuple[float, int], ...]:
    """Put times together that differ by a few hundredths, if there are many."""
    if len(times) <= _MANY:
        return tuple(times.items())
    bins: dict[int, list[tuple[float, int]]] = {}
    for time, count in times.items():
        at = round(math.log2(time) * BINS_PER_DOUBLING)
        bins.setdefault(at, []).append((time, count))
    return tuple(
        (sum(t * n for t, n in held) / sum(n for _, n in held), sum(n for _, n in held))
        for held in bins.values()
    )


@frozen
class _Family:
    """A distribution with its parameters on scales without bounds.

    Attributes:
        start: Where the search begins.
        exact: Logarithm of the likelihood of all cases whose end is known exactly.
        lasts: The share that lasts longer than a time above zero.
    """

    name: str
    start: Point
    exact: Callable[[Point, _Sample], float]
    lasts: Callable[[Point, float], float]
    distribution: Callable[[Point, float], Distribution]


def _most_likely(family: _Family, sample: _Sample, some: bool) -> tuple[float, Point]:
    """Return the criterion of choice at the likeliest point, and that point."""
    size = len(family.start)

    def wrongness(point: Point) -> float:
        forever = _share(point[-1]) if some else 0.0
        told = family.exact(point, sample)
        if some:
            told += sample.exact * math.log1p(-forever)
        for low, high, count in sample.within:
            before = family.lasts(point, low) if low > 0 else 1.0
            told += count * _log((1 - forever) * (before - family.lasts(point, high)))
        for time, count in sample.beyond:
            told += count * _log(forever + (1 - forever) * family.lasts(point, time))
        return -told

    start = (*family.start, math.log(0.1)) if some else family.start
    least, point = lowest(wrongness, start)
    return 2 * least + _price(size + some, sample.ended), point


def _price(parameters: int, cases: int) -> float:
    """Return what parameters cost; more where cases are few."""
    return 2 * parameters * cases / max(cases - parameters - 1, 1)


def _log(share: float) -> float:
    return math.log(max(share, 1e-300))


def _share(x: float) -> float:
    # Kept off the ends, where nothing would be left to be likely.
    return min(max(1 / (1 + math.exp(-min(max(x, -30.0), 30.0))), 1e-9), 1 - 1e-9)


def _spread(point: Point) -> float:
    return max(math.exp(min(point[1], 50.0)), NARROWEST)


def _lognormal_exact(point: Point, sample: _Sample) -> float:
    middle, spread, n = point[0], _spread(point), sample.exact
    off = sample.squares - 2 * middle * sample.logs + n * middle**2
    return (
        -sample.logs
        - n * math.log(spread * math.sqrt(math.tau))
        - off / (2 * spread**2)
    )


def _lognormal_lasts(point: Point, time: float) -> float:
    z = (math.log(time) - point[0]) / _spread(point)
    return math.erfc(z / math.sqrt(2)) / 2


def _lognormal(point: Point, scale: float) -> Distribution:
    median = _whole(scale * math.exp(min(point[0], 40.0)))
    p90 = scale * math.exp(min(point[0] + _Z90 * _spread(point), 40.0))
    return LogNormal(median, max(_whole(p90), median))


def _exponential_exact(point: Point, sample: _Sample) -> float:
    return -sample.exact * point[0] - sample.total * math.exp(-max(point[0], -50.0))


def _exponential_lasts(point: Point, time: float) -> float:
    return math.exp(-min(time * math.exp(-max(point[0], -50.0)), 700.0))


def _exponential(point: Point, scale: float) -> Distribution:
    return Exponential(_whole(scale * math.exp(min(point[0], 40.0))))


_LOGNORMAL = _Family(
    "lognormal", (0.0, 0.0), _lognormal_exact, _lognormal_lasts, _lognormal
)
_EXPONENTIAL = _Family(
    "exponential", (0.0,), _exponential_exact, _exponential_lasts, _exponential
)


def _whole(seconds: float) -> Seconds:
    return Seconds(min(max(round(seconds), 1), LONGEST))
