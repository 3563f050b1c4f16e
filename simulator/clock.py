"""Text <-> whole seconds: durations, times of day, local time, weekly shifts.

Inside the simulator time is an ``int`` of seconds since the scenario's start; only this
module knows wall-clock text, time zones and daylight saving, and only it imports
``whenever``, which loads its parts at first use; so annotations of them are quoted.

Where the clocks change, a local time that comes twice stands for its first coming and
one that is skipped for the first instant after the gap. Only the text of a moment has
to be exact. What cannot be read is a ``ValueError`` that says
``what is wrong ('the value'); what is accepted``.
"""

import re
from collections.abc import Iterable
from typing import NewType

import attrs
import whenever

from simulator.errors import nearest

Seconds = NewType("Seconds", int)
"""A span of time; "2h 30m" in a file, where a day is always 24 hours."""
TimeOfDay = NewType("TimeOfDay", int)
"""Seconds the local clock shows after midnight, 0 to 86400; "17:30" in a file."""
Moment = NewType("Moment", int)
"""Seconds since the scenario's start; "2017-11-02 18:57" in a file."""

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800
LONGEST = 36_500 * DAY
"""The longest duration that is read or drawn, about a hundred years."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_UNITS = {
    WEEK: "w|weeks?",
    DAY: "d|days?",
    HOUR: "h|hrs?|hours?",
    MINUTE: "m|mins?|minutes?",
    1: "s|secs?|seconds?",
}
_NUMBER = r"([0-9]{1,12}(?:\.[0-9]{1,9})?)"
_PLAIN = "".join(rf"(?:{_NUMBER}\s*(?:{words})\s*)?" for words in _UNITS.values())
_ISO = "P(?:NW)?(?:ND)?(?:T(?=[0-9])(?:NH)?(?:NM)?(?:NS)?)?".replace("N", _NUMBER)
_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?")
_ABBREVIATION = re.compile(
    r"(?:[A-Z]{1,4}|[A-Za-z]{1,3})(?:[+-]?[0-9:]{1,5}(?:[A-Z]{3,4})?)?"
)
_FIXED_ABBREVIATIONS = ("EST", "HST", "MST")
_MOMENT = re.compile(
    r"((?:19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:T| +)([0-9:]+) *(Z|[+-][01][0-9]:[0-5][0-9](?::[0-5][0-9])?)?)?"
    r" *(?:\[([^]]+)\])?"
)


def parse_duration(text: str) -> Seconds:
    """Read a duration: "90s", "2d 30m", "2h30m", "1.5 hours", "PT2H30M".

    Units are w, d (24 hours), h, m, s or the English words, the largest first, each
    once. A number needs a unit; only "0" does without.

    Raises:
        ValueError: Not a duration, below zero, too long, or finer than a second.

    Source: ISO 8601-1:2019, 5.5.2, without years and months, whose length varies.
    """
    plain, flags = text.strip(), re.ASCII | re.IGNORECASE
    match = re.fullmatch(_PLAIN, plain, flags) or re.fullmatch(_ISO, plain, flags)
    if plain == "0":
        return Seconds(0)
    if re.fullmatch(r"[0-9.]+", plain):
        raise ValueError(f"duration without a unit ({text!r}); add w, d, h, m or s")
    if match is None or not any(match.groups()):
        wrong = "negative duration" if plain.startswith("-") else "not a duration"
        raise ValueError(f"{wrong} ({text!r}); accepted: 90s, 2h30m, 3d or PT2H30M")
    total = 0
    for number, unit_s in zip(match.groups("0"), _UNITS, strict=True):
        whole, _, decimals = number.partition(".")
        seconds, finer = divmod(int(whole + decimals) * unit_s, 10 ** len(decimals))
        if finer:
            raise ValueError(f"finer than a second ({text!r}); use whole seconds")
        total += seconds
    if total > LONGEST:
        raise ValueError(f"longer than a lifetime ({text!r}); accepted: up to 36500d")
    return Seconds(total)


def write_duration(seconds: int) -> str:
    """Write zero or more seconds exactly: "1h 30m", which `parse_duration` reads."""
    if seconds < 0:
        raise ValueError(f"negative duration ({seconds}); accepted: zero or more")
    return _write(seconds, "{}d", "{}h", "{}m", "{}s")


def format_duration(seconds: float, *, units: int = 2) -> str:
    """Write a duration for a reader: "1 h 30 min".

    Args:
        seconds: May be negative or a fraction, as differences and means are.
        units: How many neighbouring units are shown, from the largest; the rest is
            rounded to the nearest, halves up. With 4 every whole second is shown.
    """
    sizes, size = (DAY, HOUR, MINUTE, 1), abs(seconds)
    largest = next((i for i, unit_s in enumerate(sizes) if size >= unit_s), 3)
    finest = sizes[min(largest + units, 4) - 1]
    rounded = int((2 * size + finest) // (2 * finest)) * finest
    sign = "-" if seconds < 0 < rounded else ""
    return sign + _write(rounded, "{} d", "{} h", "{} min", "{} s")


def _write(seconds: int, *forms: str) -> str:
    counts = seconds // DAY, seconds // HOUR % 24, seconds // MINUTE % 60, seconds % 60
    parts = [form.format(n) for form, n in zip(forms, counts, strict=True) if n]
    return " ".join(parts) or forms[-1].format(0)


def parse_time_of_day(text: str) -> TimeOfDay:
    """Read a time of day, "17:30" or "17:30:15", up to "24:00"; else a ValueError."""
    match = _TIME.fullmatch(text.strip())
    hour, minute, second = map(int, match.groups("0")) if match else (99, 0, 0)
    seconds = hour * HOUR + minute * MINUTE + second
    if seconds > DAY:
        raise ValueError(f"not a time of day ({text!r}); accepted: 00:00 to 24:00")
    return TimeOfDay(seconds)


def parse_days(text: str) -> tuple[str, ...]:
    """Read days of the week: "daily", "mon-fri", "sat,sun" or "fri-mon".

    Returns:
        Members of `DAYS`, each once, Monday first.

    Raises:
        ValueError: A word is none of `DAYS`.
    """
    chosen: set[int] = set()
    for part in text.casefold().split(","):
        days = "mon-sun" if part.strip() == "daily" else part
        first, dash, last = days.partition("-")
        start, end = _day_number(first), _day_number(last if dash else first)
        chosen.update((start + i) % 7 for i in range((end - start) % 7 + 1))
    return tuple(DAYS[number] for number in sorted(chosen))


def _day_number(text: str) -> int:
    day = text.strip()
    if day not in DAYS:
        hint = nearest(day, DAYS) or "accepted: daily, mon-fri or sat,sun"
        raise ValueError(f"unknown day ({day!r}); {hint}")
    return DAYS.index(day)


def parse_zone(text: str) -> str:
    """Return the name of a time zone, such as "Europe/London", if it is known.

    Raises:
        ValueError: Unknown, a name that means another zone on another machine, or an
            abbreviation that knows no daylight saving, as people who write it do.

    Source: IANA time zone database, as installed on this machine.
    """
    try:
        found = whenever.Instant.from_timestamp(0).to_tz(text).tz_id
    except whenever.TimeZoneNotFoundError:
        found = None
    # "localtime" and "right/..." are files of the machine; no shared name starts small.
    if found != text or text[:1].islower() or text in _FIXED_ABBREVIATIONS:
        hint = "accepted: a zone named by place, such as America/New_York, or UTC"
        # Another abbreviation is no near miss, and Etc/GMT+1 lies west of Greenwich.
        if not _ABBREVIATION.fullmatch(text):
            hint = nearest(text, whenever.available_timezones()) or hint
        raise ValueError(f"unknown time zone ({text!r}); {hint}")
    return text


@attrs.frozen
class Span:
    """The time from ``start`` up to and without ``end``, in seconds: half-open."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"span ends before it starts ({self}); end at least start")

    @property
    def length(self) -> Seconds:
        """How long it lasts, in seconds."""
        return Seconds(self.end - self.start)

    def covers(self, t: int) -> bool:
        """Say whether the instant lies in the span; its end does not."""
        return self.start <= t < self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether both cover a common instant; an empty span covers none."""
        return max(self.start, other.start) < min(self.end, other.end)


@attrs.frozen
class Clock:
    """Where the scenario's second 0 lies, and the zone its local times are told in.

    Methods take seconds since the start and an optional other ``zone``; an unknown zone
    raises ``ValueError``.
    """

    start_epoch_s: int
    zone: str = attrs.field(converter=parse_zone)

    @classmethod
    def from_text(cls, text: str, zone: str) -> "Clock":
        """Start at an ISO date or time, such as "2017-11-02T12:00"; see `moment`."""
        return cls(_epoch_s(text, parse_zone(zone)), zone)

    def moment(self, text: str, zone: str | None = None) -> Moment:
        """Read a date (its first instant) or time as seconds since the start.

        An offset (``-07:00``, ``Z``) or a ``[Zone/Name]`` in the text comes first; else
        the text is local time. The result is negative before the start.

        Raises:
            ValueError: Not a date or time of 1900 to 2199; or a local time that never
                or twice comes there, as the clocks change.

        Source: ISO 8601-1:2019, 5.4, and RFC 9557 for the zone in brackets.
        """
        return Moment(_epoch_s(text, self._zone(zone)) - self.start_epoch_s)

    def local(self, seconds: int, zone: str | None = None) -> str:
        """Write the local date and time: "Thu 2 Nov 2017 15:49:00 PDT"."""
        return self._zoned(seconds, zone).format("EEE D MMM YYYY HH:mm:ss zz")

    def local_time(self, seconds: int, zone: str | None = None) -> str:
        """Write the local time alone: "15:49:00"."""
        return self._zoned(seconds, zone).time().format_iso(unit="second")

    def brief(self, seconds: int, zone: str | None = None) -> str:
        """Write "Thu 15:49", with the date where it is not the week of the start."""
        this_week = 0 <= seconds < WEEK
        form = "EEE HH:mm" if this_week else "EEE D MMM YYYY HH:mm"
        return self._zoned(seconds, zone).format(form)

    def iso(self, seconds: int, zone: str | None = None) -> str:
        """Write "2017-11-02T15:49:00-07:00", which `moment` reads back."""
        return _iso(self._zoned(seconds, zone))

    def hour_of_week(self, seconds: int, zone: str | None = None) -> int:
        """Return the local hour, 0 (Monday 00:00) to 167; ``// 24`` indexes `DAYS`."""
        t = self._zoned(seconds, zone)
        return (t.day_of_week().value - 1) * 24 + t.hour

    def midnight_after(self, seconds: int, zone: str | None = None) -> Moment:
        """Return the first instant of the next local day."""
        return self.next_time_of_day(seconds + 1, 0, zone)

    def next_time_of_day(
        self, seconds: int, time_of_day: int, zone: str | None = None
    ) -> Moment:
        """Return the first instant, now or later, at which it is that time of day."""
        here = self._zone(zone)
        today = self._zoned(seconds, here).date()
        # The day before counts too: a skipped day ends where the next one starts.
        days = (today.add(days=n) for n in range(-1, 3))
        due = (self._reaches(day, time_of_day, here) for day in days)
        return min(moment for moment in due if moment >= seconds)

    def _zone(self, zone: str | None) -> str:
        return self.zone if zone is None else parse_zone(zone)

    def _zoned(self, seconds: int, zone: str | None) -> "whenever.ZonedDateTime":
        start = whenever.Instant.from_timestamp(self.start_epoch_s + seconds)
        return start.to_tz(self._zone(zone))

    def _reaches(self, day: "whenever.Date", time_of_day: int, zone: str) -> Moment:
        return Moment(_first(_plain(day, time_of_day), zone) - self.start_epoch_s)


def shift_spans(
    clock: Clock,
    *,
    days: Iterable[str],
    start_of_day: int,
    end_of_day: int,
    until: int,
    since: int = 0,
    zone: str | None = None,
) -> tuple[Span, ...]:
    """Return the shifts of a weekly pattern that overlap ``[since, until)``, uncut.

    A shift belongs to the day it starts on. It ends on the next day where the end is
    not later than the start, so equal times mean around the clock. Its length follows
    the local clock: a night shift is an hour short in spring and an hour long in
    autumn. Both ends keep one rule for skipped and repeated times, so that shifts that
    adjoin on paper hand over at one instant; a shift wholly skipped is left out.
    """
    here, wanted = clock._zone(zone), parse_days(",".join(days))
    length = (end_of_day - start_of_day) % DAY or DAY
    horizon = Span(since, max(until, since))
    day = clock._zoned(since, here).date().subtract(days=2)
    spans = []
    while (start := clock._reaches(day, start_of_day, here)) < horizon.end:
        span = Span(start, clock._reaches(day, start_of_day + length, here))
        if span.overlaps(horizon) and DAYS[day.day_of_week().value - 1] in wanted:
            spans.append(span)
        day = day.add(days=1)
    return tuple(spans)


def _epoch_s(text: str, zone: str) -> int:
    """Return the second of the epoch that a text of a file means."""
    match = _MOMENT.fullmatch(text.strip())
    date, time, offset, named = match.groups() if match else ("", None, None, None)
    try:
        day = whenever.Date.parse_iso(date)
    except ValueError:
        accepted = "accepted: 2017-11-02, 2017-11-02T18:57 or 2017-11-02T18:57-04:00"
        raise ValueError(f"not a date or time ({text!r}); {accepted}") from None
    here = parse_zone(named) if named else zone
    if time is None:
        return _first(_plain(day, 0), here)
    plain = _plain(day, parse_time_of_day(time))
    if offset is None:
        return _only(plain, here)
    fixed = whenever.OffsetDateTime.parse_iso(plain.format_iso() + offset)
    if named and offset != "Z" and fixed.to_tz(here).offset != fixed.offset:
        raise ValueError(f"offset is not that of the zone ({text!r}); leave one out")
    return fixed.timestamp()


def _plain(day: "whenever.Date", time_of_day: int) -> "whenever.PlainDateTime":
    days, left = divmod(time_of_day, DAY)
    time = whenever.Time(left // HOUR, left // MINUTE % 60, left % 60)
    return day.add(days=days).at(time)


def _first(plain: "whenever.PlainDateTime", zone: str) -> int:
    """Return when the local clock first shows a time, or first jumps past it."""
    found = plain.assume_tz(zone, disambiguation="earlier")
    if found.to_plain() != plain and (jump := found.next_transition()):
        return jump.timestamp()
    return found.timestamp()


def _only(plain: "whenever.PlainDateTime", zone: str) -> int:
    """Return the one instant at which the local clock shows a time."""
    first = plain.assume_tz(zone, disambiguation="earlier")
    second = plain.assume_tz(zone, disambiguation="later")
    said = f"{plain.format_iso(unit='minute')} in {zone}"
    if first == second:
        return first.timestamp()
    if first.to_plain() == plain:
        either = f"write {_iso(first)} or {_iso(second)}"
        raise ValueError(f"local time comes twice ({said}); {either}")
    after = whenever.Instant.from_timestamp(_first(plain, zone)).to_tz(zone)
    raise ValueError(f"local time is skipped ({said}); write {_iso(after)} or later")


def _iso(zoned: "whenever.ZonedDateTime") -> str:
    return zoned.format_iso(tz_id_display="omit", unit="second")
