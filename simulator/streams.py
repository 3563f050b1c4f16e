"""Chance, keyed by who and what it belongs to.

A draw is a pure function of a seed, a purpose and a stable identity: the person, the
target, the occasion. No generator is shared and nothing is counted, so switching a
control on moves nobody else's draws, and two arms differ only by what the control did
(common random numbers). A distribution turns such a draw into whole seconds by
inversion: the same ``u`` gives a longer time wherever the distribution is slower.

Source: common random numbers and inversion, Law, Simulation Modeling and Analysis, 5th
edition, 11.2 and 8.2.1.
"""

import math
import operator
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, pairwise
from math import exp, log1p
from random import Random
from statistics import NormalDist
from typing import ClassVar, Final, TypeAlias

import attrs

from simulator.clock import HOUR, LONGEST, Seconds, format_duration, write_duration

_normal_quantile = NormalDist().inv_cdf


def uniform(seed: int, purpose: str, *identity: str | int) -> float:
    """Return the number in (0, 1), ends excluded, that belongs to an identity.

    Depends on nothing but its arguments: not on the machine, the process, the hash
    seed, or on what was drawn before. Identities are plain texts and whole numbers;
    ``3`` and ``"3"`` differ, and so do ``"a", "bc"`` and ``"ab", "c"``.

    Source: BLAKE2b, RFC 7693; its first 52 bits, shifted by half a step off zero.
    """
    # ascii() keeps texts and numbers apart and is the same in every Python.
    key = ascii((seed, purpose, identity)).encode()
    bits = int.from_bytes(blake2b(key, digest_size=8).digest(), "big") >> 12
    return (bits + 0.5) * 2.0**-52


def named(seed: int, purpose: str, *identity: str | int) -> Random:
    """Return a stream of draws for an identity, where one `uniform` is not enough.

    Call nothing but ``.random()`` on it: after seeding with a text that is the one
    sequence Python promises to keep in later versions. ``expovariate``, ``choice`` and
    the others may change; a distribution's ``quantile`` does their work.
    """
    return Random(ascii((seed, purpose, identity)))


def poisson_arrivals(
    stream: Random, rate_per_h: Iterable[tuple[int, int, float]]
) -> list[int]:
    """Draw the arrivals of a Poisson process whose rate changes in steps.

    Exponential gaps of mean one are summed and laid along the expected number of
    arrivals. A rate that changes late therefore moves no earlier arrival.

    Args:
        stream: From `named`; one draw is used per arrival, and one more.
        rate_per_h: ``(start, end, rate)`` in time order: half-open spans of seconds
            and the arrivals expected per hour in them. Between spans nothing arrives.

    Returns:
        Whole seconds, sorted; two arrivals may share a second.

    Raises:
        ValueError: Spans that overlap or run backwards; a rate not finite or negative.

    Source: inversion of the cumulative rate, Law (as above), 8.6.2.
    """
    arrivals: list[int] = []
    previous_end = -math.inf
    gap = -log1p(-stream.random())
    for start, end, rate in rate_per_h:
        if not previous_end <= start <= end:
            raise ValueError(f"span out of order ({start} to {end}); sort by time")
        if not 0 <= rate < math.inf:
            raise ValueError(f"impossible rate ({rate} per h); accepted: zero or more")
        at, previous_end = float(start), end
        while gap < (end - at) * rate / HOUR:
            at += gap * HOUR / rate
            arrivals.append(min(math.floor(at), end - 1))
            gap = -log1p(-stream.random())
        gap -= (end - at) * rate / HOUR
    return arrivals


def _seconds(value: int) -> Seconds:
    if not isinstance(value, int) or value < 0:
        wrong = f"not a number of whole seconds ({value!r})"
        raise ValueError(f"{wrong}; accepted: 0 or more, or parse_duration(text)")
    return Seconds(value)


def _all_seconds(values: Iterable[int]) -> tuple[Seconds, ...]:
    return tuple(map(_seconds, values))


def _all_weights(weights: Iterable[float] | None) -> tuple[float, ...] | None:
    return None if weights is None else tuple(weights)


def _in_order(**bounds: int) -> None:
    for (lower, least), (upper, most) in pairwise(bounds.items()):
        if least > most:
            values = f"{write_duration(least)} > {write_duration(most)}"
            wrong = f"{lower} is above {upper} ({values})"
            raise ValueError(f"{wrong}; accepted: {lower} up to {upper}")


@attrs.frozen
class _Shape:
    """What all distributions share: whole seconds, drawn by inversion."""

    dist: ClassVar[str]

    def quantile(self, u: float) -> float:
        """Return the seconds not exceeded with probability ``u``, ``0 < u < 1``."""
        raise NotImplementedError

    def draw(self, u: float) -> int:
        """Return whole seconds for a number drawn by `uniform`, up to `LONGEST`."""
        return round(min(self.quantile(u), LONGEST))

    def __str__(self) -> str:
        """Return the distribution as a reader would write it, exact to the second."""
        names = [field.name for field in attrs.fields(type(self))]
        parts = (f"{n} {format_duration(getattr(self, n), units=4)}" for n in names)
        return f"{self.dist}({', '.join(parts)})"


@attrs.frozen
class Constant(_Shape):
    """Always ``value`` seconds."""

    dist: ClassVar[str] = "constant"
    value: Seconds = attrs.field(converter=_seconds)

    @property
    def mean(self) -> float:
        """Expected seconds."""
        return float(self.value)

    def quantile(self, u: float) -> float:
        """Return the value, whatever ``u`` is."""
        return float(self.value)

    def __str__(self) -> str:
        """Return it without the field's name: "constant(8 min)"."""
        return f"{self.dist}({format_duration(self.value, units=4)})"


@attrs.frozen
class Uniform(_Shape):
    """Any time from ``low`` to ``high`` seconds, one as likely as another."""

    dist: ClassVar[str] = "uniform"
    low: Seconds = attrs.field(converter=_seconds)
    high: Seconds = attrs.field(converter=_seconds)

    def __attrs_post_init__(self) -> None:
        _in_order(low=self.low, high=self.high)

    @property
    def mean(self) -> float:
        """Expected seconds."""
        return (self.low + self.high) / 2

    def quantile(self, u: float) -> float:
        """Return the seconds not exceeded with probability ``u``, ``0 < u < 1``."""
        return self.low + u * (self.high - self.low)


@attrs.frozen
class Exponential(_Shape):
    """Time to something that is as likely now as ever; ``mean`` in seconds."""

    dist: ClassVar[str] = "exponential"
    mean: Seconds = attrs.field(converter=_seconds)

    def quantile(self, u: float) -> float:
        """Return the seconds not exceeded with probability ``u``, ``0 < u < 1``."""
        return -self.mean * log1p(-u)


@attrs.frozen
class LogNormal(_Shape):
    """Skewed, as times people take are: half within ``median``, 9 in 10 within ``p90``.

    Both in seconds, the median above zero.
    """

    dist: ClassVar[str] = "lognormal"
    median: Seconds = attrs.field(converter=_seconds)
    p90: Seconds = attrs.field(converter=_seconds)

    def __attrs_post_init__(self) -> None:
        if self.median == 0:
            raise ValueError("median is zero (0s); accepted: 1s or more")
        _in_order(median=self.median, p90=self.p90)

    @cached_property
    def _mu(self) -> float:
        return math.log(self.median)

    @cached_property
    def _sigma(self) -> float:
        return math.log(self.p90 / self.median) / _normal_quantile(0.9)

    @property
    def mean(self) -> float:
        """Expected seconds."""
        return self.median * exp(self._sigma**2 / 2)

    def quantile(self, u: float) -> float:
        """Return the seconds not exceeded with probability ``u``, ``0 < u < 1``."""
        return exp(self._mu + self._sigma * _normal_quantile(u))


@attrs.frozen
class Triangular(_Shape):
    """An expert's guess: from ``low`` to ``high`` seconds, most often near ``mode``."""

    dist: ClassVar[str] = "triangular"
    low: Seconds = attrs.field(converter=_seconds)
    mode: Seconds = attrs.field(converter=_seconds)
    high: Seconds = attrs.field(converter=_seconds)

    def __attrs_post_init__(self) -> None:
        _in_order(low=self.low, mode=self.mode, high=self.high)

    @property
    def mean(self) -> float:
        """Expected seconds."""
        return (self.low + self.mode + self.high) / 3

    def quantile(self, u: float) -> float:
        """Return the seconds not exceeded with probability ``u``, ``0 < u < 1``."""
        rise, fall = self.mode - self.low, self.high - self.mode
        if u * (rise + fall) < rise:
            return self.low + math.sqrt(u * (rise + fall) * rise)
        return self.high - math.sqrt((1 - u) * (rise + fall) * fall)


@attrs.frozen
class Empirical(_Shape):
    """One of ``values``, in seconds, as often as ``weights`` say or all alike."""

    dist: ClassVar[str] = "empirical"
    values: tuple[Seconds, ...] = attrs.field(converter=_all_seconds)
    weights: tuple[float, ...] | None = attrs.field(
        default=None, converter=_all_weights
    )

    def __attrs_post_init__(self) -> None:
        weights = self._weights
        if not self.values:
            raise ValueError("no values (()); accepted: one or more durations")
        if len(weights) != len(self.values):
            counts = f"{len(weights)} for {len(self.values)} values"
            raise ValueError(f"weights do not fit ({counts}); accepted: one for each")
        if not all(0 <= w < math.inf for w in weights) or not any(weights):
            wrong = f"impossible weights ({weights})"
            raise ValueError(f"{wrong}; accepted: zero or more, not all zero")

    @property
    def _weights(self) -> tuple[float, ...]:
        return (1.0,) * len(self.values) if self.weights is None else self.weights

    @cached_property
    def _steps(self) -> tuple[tuple[Seconds, ...], tuple[float, ...]]:
        pairs = sorted(zip(self.values, self._weights, strict=True))
        values, weights = zip(*pairs, strict=True)
        return values, tuple(accumulate(weights))

    @property
    def mean(self) -> float:
        """Expected seconds."""
        weighted = map(operator.mul, self.values, self._weights)
        return math.fsum(weighted) / math.fsum(self._weights)

    def quantile(self, u: float) -> float:
        """Return the first value, in size, to reach a share ``u`` of the weight."""
        values, cumulated = self._steps
        return float(values[bisect_left(cumulated, u * cumulated[-1])])

    def __str__(self) -> str:
        """Return how many values there are and their range, not each of them."""
        low, high = (format_duration(f(self.values), units=4) for f in (min, max))
        return f"{self.dist}({len(self.values)} values, {low} to {high})"


Distribution: TypeAlias = (
    Constant | Empirical | Exponential | LogNormal | Triangular | Uniform
)
"""How long something takes; fields and results are in seconds."""

DISTRIBUTIONS: Final[Mapping[str, type[Distribution]]] = {
    "constant": Constant,
    "empirical": Empirical,
    "exponential": Exponential,
    "lognormal": LogNormal,
    "triangular": Triangular,
    "uniform": Uniform,
}
"""Every distribution by its ``dist``, the tag a scenario file uses."""
