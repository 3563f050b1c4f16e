"""One plain value of the file -> the value it stands for, or a mistake.

Strict on purpose: a number is never read from a text, a whole number never from a
fraction or a boolean, and a duration never from a bare number.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from simulator.clock import (
    Clock,
    Moment,
    Seconds,
    TimeOfDay,
    parse_duration,
    parse_time_of_day,
)
from simulator.scenario.fields import Share
from simulator.scenario.mistakes import Mistake, Unknowable, choices, shown
from simulator.scenario.scenario import Measure

TEXT_MAX = 80
"""Longest text of a quantity."""
WHOLE_MAX = 2**53
"""Largest whole number; every JSON reader still has it exactly."""

Tag: TypeAlias = Literal["D", "R", "A"]
TAGS: Mapping[str, Tag] = {"D": "D", "R": "R", "A": "A"}
SOURCES = "D (documented), R (reported) or A (assumed), a blank, and the source"

WRAPPED = ("is", "source", "between")
"""The keys of a value that stands with its source, its range or both."""

_HALF_DAY = re.compile(r"[0-9] ?[ap]\.?m\b", re.IGNORECASE)


def read_text(raw: object) -> str:
    """Accept a text."""
    if isinstance(raw, str):
        return raw
    if raw is None or isinstance(raw, Mapping | list):
        raise Mistake(f"not a text ({shown(raw)})", "accepted: a text")
    raise Mistake(f"not a text ({shown(raw)})", "write it in quotes")


def read_whole(raw: object) -> int:
    """Accept a whole number; no boolean, no fraction."""
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise Mistake(f"not a whole number ({shown(raw)})", "accepted: 3, 0 or 250000")
    if abs(raw) > WHOLE_MAX:
        raise Mistake(f"too large ({shown(raw)})", f"accepted: up to {WHOLE_MAX}")
    return raw


def read_number(raw: object) -> float:
    """Accept a finite number, whole or not."""
    if not isinstance(raw, int | float) or isinstance(raw, bool):
        raise Mistake(f"not a number ({shown(raw)})", "accepted: 3, 0.25 or 1e-4")
    if not -1e300 < raw < 1e300:
        raise Mistake(f"not a finite number ({shown(raw)})", "accepted: up to 1e300")
    return float(raw)


def read_flag(raw: object) -> bool:
    """Accept true or false."""
    if not isinstance(raw, bool):
        raise Mistake(f"neither true nor false ({shown(raw)})", "accepted: true, false")
    return raw


def read_seconds(raw: object) -> Seconds:
    """Accept a duration with its unit; zero needs none."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if raw == 0:
            return Seconds(0)
        unit = f"add one: {shown(raw)}s, {shown(raw)}m or {shown(raw)}h"
        raise Mistake(f"duration without a unit ({shown(raw)})", unit)
    return parse_duration(_short(raw, "a duration", "90s, 2h30m, 3d or PT2H30M"))


def read_time_of_day(raw: object) -> TimeOfDay:
    """Accept a local time of day."""
    text = _short(raw, "a time of day", "17:30 or 24:00")
    return parse_time_of_day(_of_24_hours(text, "17:30 for 5:30 pm"))


def read_measure(raw: object) -> Measure:
    """Accept a documented value: a count, or a duration with its unit."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        if raw < 0:
            raise Mistake(f"count below zero ({shown(raw)})", "accepted: 0 or more")
        return Measure(read_whole(raw))
    accepted = "a count such as 1, or a duration such as 11m"
    return Measure(parse_duration(_short(raw, "a measure", accepted)))


def moment_reader(clock: Clock | None) -> Callable[[object], Moment]:
    """Return what accepts a date or time; without a clock nothing can be said of it."""

    def read(raw: object) -> Moment:
        text = _short(raw, "a date or time", "2017-11-02 or 2017-11-02T18:57")
        text = _of_24_hours(text, "2017-11-02T18:57 for 6:57 pm")
        if clock is None:
            raise Unknowable
        return clock.moment(text)

    return read


def choice_reader(options: tuple[str, ...]) -> Callable[[object], str]:
    """Return what accepts one of a few texts."""

    def read(raw: object) -> str:
        if isinstance(raw, str) and raw in options:
            return raw
        word = raw if isinstance(raw, str) else ""
        hint = choices(word, options, intro="accepted")
        raise Mistake(f"not one of the choices ({shown(raw)})", hint)

    return read


READERS: Mapping[object, Callable[[object], object]] = {
    str: read_text,
    int: read_whole,
    float: read_number,
    bool: read_flag,
    Share: read_number,
    Seconds: read_seconds,
    TimeOfDay: read_time_of_day,
    Measure: read_measure,
}
"""By type; moments and choices need to know more."""


def has_source(raw: object) -> bool:
    """Say whether a value is written under ``is``, with a source or a range."""
    return isinstance(raw, Mapping) and not raw.keys().isdisjoint(WRAPPED)


def bare(raw: object) -> object:
    """Return a value without its source and its range."""
    return raw.get("is") if isinstance(raw, Mapping) and has_source(raw) else raw


def read_source(raw: object) -> tuple[Tag, str]:
    """Split the source of a value into tag and text: "R 1j 1k"."""
    tag, _, rest = raw.partition(" ") if isinstance(raw, str) else ("", "", "")
    if tag not in TAGS:
        raise Mistake(f"source without its tag ({shown(raw)})", f"accepted: {SOURCES}")
    return TAGS[tag], rest.strip()


def _of_24_hours(text: str, such: str) -> str:
    """Refuse a time with am or pm, and say how it is written instead."""
    if _HALF_DAY.search(text):
        accepted = f"accepted: 24-hour times, such as {such}"
        raise Mistake(f"not a 24-hour time ({shown(text)})", accepted)
    return text


def _short(raw: object, noun: str, accepted: str) -> str:
    """Accept a text of a line or less, and make each run of blanks a single one.

    The patterns that read it try every way to share a run of blanks out.
    """
    if not isinstance(raw, str) or len(raw) > TEXT_MAX:
        raise Mistake(f"not {noun} ({shown(raw)})", f"accepted: {accepted}")
    return " ".join(raw.split())
