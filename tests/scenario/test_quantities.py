"""One plain value to what it stands for."""

import re

import pytest

from simulator.clock import Clock
from simulator.scenario import quantities as q
from simulator.scenario.mistakes import Unknowable

CLOCK = Clock.from_text("2017-10-30", "America/Los_Angeles")


@pytest.mark.parametrize(
    ("read", "raw", "value"),
    [
        (q.read_whole, 3, 3),
        (q.read_number, 3, 3.0),
        (q.read_number, 0.25, 0.25),
        (q.read_text, "no", "no"),
        (q.read_flag, False, False),
        (q.read_seconds, "2h30m", 9000),
        (q.read_seconds, "2h    30m", 9000),
        (q.read_seconds, 0, 0),
        (q.read_seconds, "0", 0),
        (q.read_time_of_day, "17:30", 63000),
        (q.read_measure, 11, 11),
        (q.read_measure, "11m", 660),
        (q.moment_reader(CLOCK), "2017-10-30T01:00", 3600),
        (q.moment_reader(CLOCK), "2017-10-29", -86400),
        (q.read_source, "D", ("D", "")),
        (q.read_source, "R 1j 1k", ("R", "1j 1k")),
    ],
)
def test_values_are_read(read, raw, value):
    """Each reader gives the value, with the type the noun wants."""
    found = read(raw)

    assert value == found
    assert type(value) is type(found)


@pytest.mark.parametrize(
    ("read", "raw", "line"),
    [
        (q.read_whole, True, "not a whole number (true)"),
        (q.read_whole, 2.0, "not a whole number (2.0)"),
        (q.read_whole, "2", "not a whole number ('2')"),
        (q.read_whole, 10**30, "too large (1" + "0" * 30 + ")"),
        (q.read_number, True, "not a number (true)"),
        (q.read_number, "1", "not a number ('1')"),
        (q.read_number, float("nan"), "not a finite number (nan)"),
        (q.read_number, float("inf"), "not a finite number (inf)"),
        (q.read_text, 12, "not a text (12)"),
        (q.read_text, None, "not a text (nothing)"),
        (q.read_flag, 1, "neither true nor false (1)"),
        (q.read_flag, "yes", "neither true nor false ('yes')"),
        (q.read_seconds, 90, "duration without a unit (90)"),
        (q.read_seconds, 1.5, "duration without a unit (1.5)"),
        (q.read_seconds, True, "not a duration (true)"),
        (q.read_seconds, "11 minuets", "not a duration ('11 minuets')"),
        (q.read_seconds, "1w" + " " * 10**6 + "x", "not a duration ('1w "),
        (q.read_time_of_day, 1050, "not a time of day (1050)"),
        (q.read_time_of_day, "25:00", "not a time of day ('25:00')"),
        (q.read_time_of_day, "6:00 am", "not a 24-hour time ('6:00 am')"),
        (q.read_time_of_day, "5:30PM", "not a 24-hour time ('5:30PM')"),
        (
            q.moment_reader(CLOCK),
            "2017-11-02 6:00 a.m.",
            "not a 24-hour time ('2017-11-02 6:00 a.m.')",
        ),
        (q.read_measure, -1, "count below zero (-1)"),
        (q.read_measure, 1.5, "not a measure (1.5)"),
        (q.moment_reader(CLOCK), 2017, "not a date or time (2017)"),
        (q.moment_reader(CLOCK), "2017-13-01", "not a date or time ('2017-13-01')"),
        (q.choice_reader(("a", "b")), "c", "not one of the choices ('c')"),
        (q.choice_reader(("a", "b")), ["a"], "not one of the choices (a list)"),
        (q.read_source, "X 1a", "source without its tag ('X 1a')"),
        (q.read_source, "D1", "source without its tag ('D1')"),
        (q.read_source, 1, "source without its tag (1)"),
    ],
)
def test_anything_else_is_a_mistake_that_shows_the_value(read, raw, line):
    """Nothing is coerced, and every message holds the value."""
    with pytest.raises(ValueError, match=re.escape(line)):
        read(raw)


def test_many_blanks_are_refused_at_once():
    """A text made to keep a pattern busy costs no time."""
    with pytest.raises(ValueError, match="not a duration"):
        q.read_seconds("1w" + " " * 77 + "x")


def test_a_duration_without_a_unit_is_told_the_units():
    """The mistake is common, so the answer can be copied."""
    with pytest.raises(ValueError, match=r"unit \(90\)") as caught:
        q.read_seconds(90)

    assert caught.value.accepted == "add one: 90s, 90m or 90h"


def test_a_time_with_am_or_pm_is_told_the_24_hour_one():
    """Such a time is common too, and the remedy shows the date with it."""
    with pytest.raises(ValueError, match="not a 24-hour time") as caught:
        q.moment_reader(CLOCK)("2017-11-02 6:00 am")

    accepted = "accepted: 24-hour times, such as 2017-11-02T18:57 for 6:57 pm"
    assert accepted == caught.value.accepted


def test_without_a_clock_nothing_is_said_of_moments():
    """A broken clock is one problem, not one for every date of the file."""
    with pytest.raises(Unknowable):
        q.moment_reader(None)("2017-10-30")
