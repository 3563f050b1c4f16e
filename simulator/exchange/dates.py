"""Dates and hours as exports write them -> days, stamps and seconds after midnight.

    day    days since 1970-01-01, so that days can be compared and counted
    stamp  a day, and the time of day and offset where they were written

What cannot be read is a ``ValueError`` that says ``what is wrong ('the value'); what is
accepted``.
"""

import re
from functools import lru_cache
from typing import Literal, NewType

from attrs import frozen

from simulator.clock import DAY, DAYS, Clock, parse_days, parse_time_of_day
from simulator.exchange.words import shown

Day = NewType("Day", int)
Order = Literal["day-first", "month-first"]
"""How a date such as 03/04/2024 is meant."""

MAY_TELL = re.compile(r"(?<!\d)\d{1,2}([-/ ])\d{1,2}\1(?:\d{4}|\d\d)(?!\d)")
"""Finds a date in a line that may tell whether the day or the month comes first."""

_EXCEL_EPOCH = -25_569
"""Day 0 of a workbook. Source: ECMA-376-1:2016, 18.17.4.1, the 1900 date system."""
_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6},
    **{"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
    **{"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12},
}
"""By the first three letters, in English and German."""
_DAY_NAMES = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_SAME_DAYS = {
    **{"weekdays": "mon-fri", "weekend": "sat-sun", "weekends": "sat-sun"},
    **{"everyday": "daily", "all": "daily"},
}
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +", re.I)
_YEAR_FIRST = re.compile(r"([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -/]*([a-zä]{3,9})\.?,?[ -/]*(\d{4}|\d\d)"
)
_MONTH_NAMED = re.compile(r"([a-zä]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_TIME = re.compile(
    r"(?:T|,? +)(\d{1,2}[:.]\d\d(?:[:.]\d\d)?)(?:[.,]\d+)?(?: *([ap])\.?m\.?)?"
    r" *(Z|UTC|GMT|[+-]\d\d:?\d\d)?$",
    re.I,
)

_NO_DATE = frozenset(
    ("0", "00.00.0000", "00/00/0000", "0000-00-00", "0000-00-00 00:00:00", "never")
) | frozenset(("unknown", "not removed", "still active", "active", "open", "pending"))
"""What people write where there is no date."""
_FAR_YEAR = r"(?:209\d|2[1-9]\d\d|[3-9]\d{3})"
_FAR_OFF = re.compile(
    rf"99991231|2958465|{_FAR_YEAR}[-/.].*"
    rf"|\d{{1,2}}[-/. ]+(?:\d{{1,2}}|[A-Za-z]{{3,9}})[-/., ]+{_FAR_YEAR}(?:[T ].*)?"
)


@frozen
class Stamp:
    """A day, and the seconds after midnight and the offset where they were written."""

    day: Day
    time: int | None = None
    offset: str = ""


def day_of(text: str) -> Day:
    """Return the day of an ISO date; else a ``ValueError``."""
    return Day(_utc().moment(text) // DAY)


def write_day(day: int) -> str:
    """Write a day as an ISO date."""
    return _utc().iso(day * DAY)[:10]


def weekday(day: int) -> str:
    """Return the day of the week; day 0 was a Thursday."""
    return DAYS[(day + 3) % 7]


@lru_cache
def _utc() -> Clock:
    return Clock(0, "UTC")


def order_of(text: str) -> Order | None:
    """Tell from one date whether the file puts the day or the month first."""
    found = _YEAR_LAST.match(text)
    if found is None or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return "day-first"
    return "month-first" if second > 12 >= first else None


def parse_stamp(text: str, order: Order | None = None) -> Stamp:
    """Read a date, with a time of day or without, in one of the forms of exports.

    ISO dates, 07.06.2024, 7/6/2024, 7-Jun-24, June 7, 2024, 20240607, the day numbers
    of Excel, each with a time of 24 or 12 hours and an offset, or without.

    Args:
        text: The cell.
        order: What 03/04/2024 means in this file; None if nothing tells.

    Raises:
        ValueError: Not a date, no day of the calendar, or one that may be two.
    """
    plain = _WEEKDAY.sub("", " ".join(text.split()))
    at = _TIME.search(plain)
    date, time, offset = plain, None, ""
    if at is not None:
        date, time, offset = plain[: at.start()], _time(at, text), _offset(at[3] or "")
    elif serial := _SERIAL.fullmatch(plain):
        return _of_excel(serial, text)
    elif compact := _COMPACT.fullmatch(plain):
        date = "-".join(compact.groups()[:3])
        if compact[4]:
            hour, minute, second = (int(part or 0) for part in compact.groups()[3:])
            time = hour * 3600 + minute * 60 + second
    year, month, day = _parts(date.casefold(), text, order)
    try:
        return Stamp(day_of(f"{year:04d}-{month:02d}-{day:02d}"), time, offset)
    except ValueError:
        raise _no_date(text) from None


@lru_cache(maxsize=2**16)
def parse_end(text: str, order: Order | None = None) -> Stamp | None:
    """Read a date as `parse_stamp` does; None for 9999-12-31, "never" and the like."""
    if text.casefold() in _NO_DATE or _FAR_OFF.fullmatch(text):
        return None
    return parse_stamp(text, order)


def _parts(date: str, text: str, order: Order | None) -> tuple[int, int, int]:
    """Return year, month and day of a date without its time."""
    if found := _YEAR_FIRST.fullmatch(date):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _YEAR_LAST.fullmatch(date):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        if first <= 12 and second <= 12 and first != second and found[2] != ".":
            if order is None:
                both = f"{year}-{second:02d}-{first:02d} or {year}-{first:02d}"
                what = f"day or month first? ({text!r})"
                hint = f"accepted: {both}-{second:02d}, or --dates for the whole file"
                raise ValueError(f"{what}; {hint}")
            is_month_first = order == "month-first"
        else:
            is_month_first = second > 12
        return (year, first, second) if is_month_first else (year, second, first)
    if found := _DAY_NAMED.fullmatch(date):
        return _year(found[3]), _MONTHS.get(found[2][:3], 0), int(found[1])
    if found := _MONTH_NAMED.fullmatch(date):
        return int(found[3]), _MONTHS.get(found[1][:3], 0), int(found[2])
    raise _no_date(text)


def _no_date(text: str) -> ValueError:
    accepted = "accepted: 2024-06-07, 07.06.2024, 7 Jun 2024, with a time or without"
    return ValueError(f"not a date ({shown(text)}); {accepted}")


def _year(text: str) -> int:
    # Two digits: the century that a list of staff can mean.
    number = int(text)
    return number if len(text) == 4 else number + (1900 if number >= 70 else 2000)


def _time(found: "re.Match[str]", text: str) -> int:
    seconds = _clock_time(found[1])
    half = (found[2] or "").casefold()
    if half and not 3600 <= seconds < 13 * 3600:
        raise _no_date(text)
    if half:
        seconds = seconds % (12 * 3600) + (12 * 3600 if half == "p" else 0)
    return seconds


def _clock_time(text: str) -> int:
    return parse_time_of_day(text.replace(".", ":"))


def _offset(text: str) -> str:
    if not text:
        return ""
    digits = text.replace(":", "")
    return "Z" if text[0] not in "+-" else f"{digits[:3]}:{digits[3:]}"


def _of_excel(found: "re.Match[str]", text: str) -> Stamp:
    day = int(found[1]) + _EXCEL_EPOCH
    if not 20_000 <= int(found[1]) < 80_000:
        raise _no_date(text)
    if found[2] is None:
        return Stamp(Day(day))
    return Stamp(Day(day), min(round(float(f"0.{found[2]}") * DAY), DAY - 1))


@lru_cache(maxsize=2**10)
def parse_hours(text: str) -> int:
    """Read a time of day: 09:00, 9.00, 0900, 9 am, 9h30, or Excel's 0.375."""
    plain = text.strip().casefold()
    if found := re.fullmatch(r"0?[.,](\d+)", plain):
        return round(float(f"0.{found[1]}") * DAY)
    form = r"(\d{1,2})(?:[:.h]?(\d\d))?(?:[:.]00)?h? *(?:([ap])\.?m\.?|uhr)?"
    found = re.fullmatch(form, plain)
    if found is None:
        accepted = "accepted: 09:00, 17.30, 0900 or 5 pm"
        raise ValueError(f"not a time of day ({shown(text)}); {accepted}")
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return parse_time_of_day(f"{hour}:{found[2] or '00'}")


def _short_day(word: str) -> str:
    """Shorten the name of a day; anything else is left as it is."""
    found = (day[:3] for day in _DAY_NAMES if len(word) > 1 and day.startswith(word))
    return next(found, word)


@lru_cache(maxsize=2**10)
def parse_weekdays(text: str) -> tuple[str, ...]:
    """Read days of the week: Mon-Fri, Monday to Friday, Sat/Sun, weekdays, daily."""
    plain = re.sub(
        r" *(?:\u2013|\u2014|-|\bto\b|\bthrough\b) *", "-", text.strip().casefold()
    )
    words = re.split(r" *(?:[,;/&+ ]|\band\b)+ *", plain)
    if plain in ("every day", "all days", "7 days"):
        words = ["daily"]
    told = (_SAME_DAYS.get(word, word) for word in words if word)
    short = ("-".join(map(_short_day, word.split("-"))) for word in told)
    return parse_days(",".join(short))
