"""Dates and hours as exports write them."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import HOUR, MINUTE
from simulator.exchange.dates import (
    day_of,
    order_of,
    parse_end,
    parse_hours,
    parse_stamp,
    parse_weekdays,
    weekday,
    write_day,
)

FRIDAY = "2024-06-07"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-07",
        "2024/06/07",
        "2024.6.7",
        "07.06.2024",
        "7.6.2024",
        "7. Juni 2024",
        "7-Jun-24",
        "07 Jun 2024",
        "7th June 2024",
        "June 7, 2024",
        "Jun 7 2024",
        "Friday, 7 June 2024",
        "Fri 7 Jun 2024",
        "20240607",
        "45450",  # a day of Excel
        " 2024-06-07 ",
        "7\u00a0June\u00a02024",
    ],
)
def test_a_day_is_read_in_every_form(text):
    """What exports write for one Friday is that Friday."""
    stamp = parse_stamp(text)

    assert (write_day(stamp.day), stamp.time, stamp.offset) == (FRIDAY, None, "")


@pytest.mark.parametrize(
    ("text", "time", "offset"),
    [
        ("2024-06-07T17:05:09Z", 17 * HOUR + 5 * MINUTE + 9, "Z"),
        ("2024-06-07 17:05", 17 * HOUR + 5 * MINUTE, ""),
        ("2024-06-07 17:05:00.123 +0200", 17 * HOUR + 5 * MINUTE, "+02:00"),
        ("2024-06-07T17:05:00-07:00", 17 * HOUR + 5 * MINUTE, "-07:00"),
        ("2024-06-07 17:05 UTC", 17 * HOUR + 5 * MINUTE, "Z"),
        ("07.06.2024, 17.05", 17 * HOUR + 5 * MINUTE, ""),
        ("07.06.2024 5:05 PM", 17 * HOUR + 5 * MINUTE, ""),
        ("7 Jun 2024 12:05 a.m.", 5 * MINUTE, ""),
        ("07.06.2024 12:00 pm", 12 * HOUR, ""),
        ("20240607170500", 17 * HOUR + 5 * MINUTE, ""),
        ("45450.75", 18 * HOUR, ""),
        ("45450,25", 6 * HOUR, ""),
    ],
)
def test_the_time_and_its_offset_are_kept(text, time, offset):
    """A removal is timed to the minute where the log is."""
    stamp = parse_stamp(text)

    assert (FRIDAY, time, offset) == (write_day(stamp.day), stamp.time, stamp.offset)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("13/06/2024", None, "2024-06-13"),
        ("06/13/2024", None, "2024-06-13"),
        ("06/06/2024", None, "2024-06-06"),
        ("03/04/2024", "day-first", "2024-04-03"),
        ("03/04/2024", "month-first", "2024-03-04"),
        ("3-4-24", "day-first", "2024-04-03"),
        ("13/06/2024", "month-first", "2024-06-13"),
        ("03.04.2024", "month-first", "2024-04-03"),
        ("03/04/71", "day-first", "1971-04-03"),
    ],
)
def test_the_order_of_a_file_decides(text, order, day):
    """A date that can be only one is that; one that may be two follows its file."""
    assert day == write_day(parse_stamp(text, order).day)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("03/04/2024", "day or month first? ('03/04/2024')"),
        ("31.02.2024", "not a date ('31.02.2024')"),
        ("2023-02-29", "not a date"),
        ("32/13/2024", "not a date"),
        ("2024-06-07 25:00", "not a"),
        ("2024-06-07 17:05 pm", "not a date"),
        ("7 Foo 2024", "not a date"),
        ("12345", "not a date"),
        ("Jane Doe", "not a date (a text of 8 letters)"),
        ("0202-01-01", "not a date"),
    ],
)
def test_what_is_no_date_is_refused(text, wrong):
    """Nothing is guessed, and a text that may be a name is not shown."""
    with pytest.raises(ValueError, match=f"^{re.escape(wrong)}.*; accepted: "):
        parse_stamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31",
        "31.12.9999",
        "12/31/9999",
        "2099-12-31 00:00:00",
        "31-Dec-9999",
        "99991231",
        "2958465",  # the last day of Excel
        "0",
        "00.00.0000",
        "Never",
        "still active",
    ],
)
def test_a_date_far_off_means_none(text):
    """HR systems write an open end as the last day there is."""
    assert parse_end(text) is None


@pytest.mark.parametrize("text", ["2024-06-07", "45450.7512", "07.06.2024 21:30"])
def test_a_date_that_is_near_is_not_far_off(text):
    """Digits that look like a far year, but are none, mean no open end."""
    assert write_day(parse_end(text).day) == FRIDAY


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("13/06/2024", "day-first"),
        ("06/13/2024", "month-first"),
        ("06/06/2024", None),
        ("13.06.2024", None),
        ("2024-06-13", None),
    ],
)
def test_a_date_may_tell_the_order(text, order):
    """Only a day above twelve, in a form that people use both ways, tells."""
    assert order == order_of(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("09:00", 9 * HOUR),
        ("9.30", 9 * HOUR + 30 * MINUTE),
        ("0900", 9 * HOUR),
        ("9", 9 * HOUR),
        ("9h30", 9 * HOUR + 30 * MINUTE),
        ("17:30:00", 17 * HOUR + 30 * MINUTE),
        ("5 pm", 17 * HOUR),
        ("12 am", 0),
        ("17 Uhr", 17 * HOUR),
        ("24:00", 24 * HOUR),
        ("0.375", 9 * HOUR),  # Excel keeps a time as a share of the day
    ],
)
def test_hours_are_read_in_every_form(text, seconds):
    """What rosters write for a time of day is that time."""
    assert seconds == parse_hours(text)


@pytest.mark.parametrize("text", ["25:00", "9:60", "noon", "off", "-1"])
def test_what_is_no_hour_is_refused(text):
    """A word or an impossible time is no working hour."""
    with pytest.raises(ValueError, match="not a time of day"):
        parse_hours(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", WEEK[:5]),
        ("Monday to Friday", WEEK[:5]),
        ("mon \u2013 fri", WEEK[:5]),
        ("Sun-Thu", (*WEEK[:4], "sun")),
        ("Sat/Sun", WEEK[5:]),
        ("Mon, Wed and Fri", ("mon", "wed", "fri")),
        ("Tue Thu", ("tue", "thu")),
        ("tues, Thurs, sa", ("tue", "thu", "sat")),
        ("weekdays", WEEK[:5]),
        ("Daily", WEEK),
        ("every day", WEEK),
    ],
)
def test_days_of_the_week_are_read_in_every_form(text, days):
    """What rosters write for days is those days."""
    assert days == parse_weekdays(text)


@given(st.integers(-25_000, 80_000))
def test_days_count_as_the_calendar_does(day):
    """A day is written and read back; the next one is the next day of the week."""
    assert day == day_of(write_day(day))
    assert weekday(day + 1) == WEEK[(WEEK.index(weekday(day)) + 1) % 7]


@given(st.text(max_size=30), st.sampled_from([None, "day-first", "month-first"]))
def test_any_text_is_read_or_refused(text, order):
    """No cell, whatever it holds, ends in anything but a value or a message."""
    for parse in (lambda t: parse_end(t, order), parse_hours, parse_weekdays):
        with suppress(ValueError):
            parse(text)


def test_a_known_day_is_the_day_it_was():
    """2 November 2017 was a Thursday."""
    assert weekday(day_of("2017-11-02")) == "thu"
