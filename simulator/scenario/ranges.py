"""The range in which an assumed number is believed to lie, and points within it.

A number is moved by its *centre*: itself, or of a time that varies the value its text
states in the middle, the median of a lognormal and the mean of every other. Moving the
centre scales all parts of such a time alike, so that its shape is kept.

    declared   the file says ``between``; every value of the range is as likely
    default    shares: half to twice the odds; all other numbers: half to twice as much;
               spread evenly in the odds or in the ratio, so the value is in the middle

The default says nothing about the world: it is a yardstick, the same for every number
about which nobody said more.
"""

import math
from collections.abc import Callable
from typing import Any, Literal

import attrs
from attrs import frozen

from simulator.clock import (
    LONGEST,
    MINUTE,
    Clock,
    Moment,
    TimeOfDay,
    write_duration,
)
from simulator.scenario.fields import Share
from simulator.scenario.gathering import list_of
from simulator.scenario.mistakes import Mistake, shown
from simulator.scenario.plain_words import meaning
from simulator.scenario.quantities import READERS, moment_reader, read_seconds
from simulator.scenario.shapes import Slot, is_distribution
from simulator.streams import (
    Constant,
    Distribution,
    Empirical,
    LogNormal,
)

FACTOR = 2.0
"""Assumption: half to twice, the usual span of a guess by somebody who knows the field.
"""

Spacing = Literal["even", "ratio", "odds"]


@frozen
class Range:
    """Two ends of a centre, and how the values between them are spaced.

    Durations are in seconds, moments in seconds from the scenario's start.
    """

    low: float
    high: float
    spacing: Spacing
    declared: bool

    def at(self, place: float) -> float:
        """Return the centre at a place from 0 (the low end) to 1 (the high end)."""
        if place <= 0:
            return self.low
        if place >= 1:
            return self.high
        if self.spacing == "even":
            return self.low + place * (self.high - self.low)
        low, high = self.low, self.high
        if self.spacing == "odds":
            low, high = low / (1 - low), high / (1 - high)
        between = low * math.pow(high / low, place)
        return between / (1 + between) if self.spacing == "odds" else between


def declared_range(slot: Slot, written: tuple[str, str], clock: Clock | None) -> Range:
    """Return the range that a file declares, from the words of the file."""
    low, high = (_end(slot, text, clock) for text in written)
    return Range(low, high, "even", declared=True)


def default_range(slot: Slot, value: object) -> Range | None:
    """Return the range of a number of which no file says more; None if it has none.

    A share of 0 or 1 has none, nor has a time of 0. Dates and times of day have none:
    there is no saying what half of them would be.
    """
    if slot.of in (Moment, TimeOfDay):
        return None
    middle = centre(value)
    if slot.of is Share:
        if not 0 < middle < 1:
            return None
        odds = middle / (1 - middle)
        low, high = (o / (1 + o) for o in (odds / FACTOR, odds * FACTOR))
        return Range(low, high, "odds", declared=False)
    low, high = middle / FACTOR, middle * FACTOR
    if isinstance(value, int):
        # A count moves by a step at least.
        low, high = min(round(low), middle - 1), max(round(high), middle + 1)
    if slot.of is not int and middle == 0:
        return None
    if is_distribution(slot.of):
        low = max(low, 1.0)
    low, high = _within(slot, low), _within(slot, high)
    if not low <= middle <= high or low == high:
        return None
    return Range(low, high, "ratio" if low > 0 else "even", declared=False)


def centre(value: Any) -> float:
    """Return what of a number is moved: itself, or the median or mean of a time."""
    if isinstance(value, LogNormal):
        return float(value.median)
    return float(value if isinstance(value, int | float) else value.mean)


def with_centre(value: Any, middle: float) -> object:
    """Return a number of the same kind with another centre.

    Raises:
        ValueError: A time that varies cannot have that centre.
    """
    if isinstance(value, float):
        return middle
    if isinstance(value, int):
        return type(value)(round(middle))
    return _recentred(value, middle)


def range_checker(
    read_end: Callable[[Any], Any],
) -> Callable[[object, object], None]:
    """Return what checks a range as a file has it against the value it is of."""
    read_ends = list_of(read_end)

    def check(raw: object, value: object) -> None:
        if not isinstance(raw, list) or len(raw) != 2 or None in raw:
            accepted = "accepted: [LOW, HIGH], such as [5m, 30m] or [0.1, 0.4]"
            raise Mistake(f"not a range ({shown(raw)})", accepted)
        low, high = read_ends(raw)
        written = f"{shown(raw[0])} to {shown(raw[1])}"
        if value is None:
            raise Mistake(f"range of nothing ({written})", "accepted: a value, or none")
        if low > high:
            accepted = "accepted: the lower end first"
            raise Mistake(f"range upside down ({written})", accepted)
        if not low <= centre(value) <= high:
            accepted = f"accepted: a range that holds {_said(value)}"
            raise Mistake(f"range without its value ({written})", accepted)
        for end in (low, high):
            with_centre(value, end)

    return check


def write_number(slot: Slot, value: object, clock: Clock) -> str:
    """Write a number shortly, in the units of a file: "30m", "median 5m", "0.15"."""
    if isinstance(value, LogNormal):
        return f"median {write_duration(value.median)}"
    if is_distribution(slot.of):
        middle = write_duration(round(centre(value)))
        return middle if isinstance(value, Constant) else f"mean {middle}"
    if slot.of is Moment:
        return clock.iso(int(centre(value)))[:16]
    if slot.of is TimeOfDay:
        minutes = int(centre(value)) // MINUTE
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float):
        return f"{value:.3g}"
    return str(value) if slot.of is int else write_duration(int(centre(value)))


def _end(slot: Slot, text: str, clock: Clock | None) -> float:
    raw = meaning(text)
    if is_distribution(slot.of):
        return float(read_seconds(raw))
    if slot.of is Moment:
        return float(moment_reader(clock)(raw))
    return float(READERS[slot.of](raw))  # type: ignore[arg-type]


def _within(slot: Slot, value: float) -> float:
    """Keep a default within the bounds of its field, and a time within a lifetime."""
    least = slot.spec.ge if slot.spec.ge is not None else 0.0
    most = slot.spec.le
    if most is None:
        most = float("inf") if slot.of in (int, float) else float(LONGEST)
    return min(max(value, least), most)


def _recentred(time: Distribution, middle: float) -> Distribution:
    if isinstance(time, Constant):
        return Constant(_seconds(middle))
    if middle == centre(time):
        return time
    if centre(time) == 0 or round(middle) == 0:
        what = f"range of a time that varies reaches zero ({time})"
        raise ValueError(f"{what}; accepted: from 1s, of a time above zero")
    by = middle / centre(time)
    if isinstance(time, Empirical):
        return attrs.evolve(time, values=[_seconds(by * v) for v in time.values])
    names = [field.name for field in attrs.fields(type(time))]
    # At least a second stays of what was more than nothing, as no median is zero.
    scaled: dict[str, Any] = {n: _scaled(getattr(time, n), by) for n in names}
    return attrs.evolve(time, **scaled)


def _scaled(part: int, by: float) -> int:
    return max(_seconds(part * by), 1) if part else 0


def _seconds(value: float) -> int:
    return round(min(value, LONGEST))


def _said(value: object) -> str:
    """Name the value without its unit's seconds, which no file is written in."""
    if isinstance(value, LogNormal):
        return "the median"
    if isinstance(value, int | float | Constant):
        return "the value"
    return "the mean"
