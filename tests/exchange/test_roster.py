"""The shift roster: weekly patterns, of people or of teams, or from dated shifts."""

import pytest

from simulator.clock import HOUR
from simulator.exchange.staff import Pattern
from tests.exchange.lists import counts, read, said

STAFF = "id,team,zone\n1,care,Asia/Manila\n2,care,\n3,desk,\n"
WEEK = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Pattern(WEEK, 9 * HOUR, 17 * HOUR)


def rostered(tmp_path, *rows, staff=STAFF):
    """Read a staff list with a roster of these rows, the header first."""
    return read(tmp_path, staff=staff, roster="".join(f"{row}\n" for row in rows))


def patterns(lists):
    """Return everybody's pattern."""
    return [worker.pattern for worker in lists.workers]


def test_a_team_has_a_pattern(tmp_path):
    """Everybody of a team works the hours of the team."""
    lists = rostered(tmp_path, "Team,Days,Start,End", "CARE,Mon-Fri,09:00,17:00")

    assert patterns(lists) == [OFFICE, OFFICE, None]


def test_a_person_has_a_pattern_of_the_own(tmp_path):
    """A person's own hours come before those of the team."""
    lists = rostered(
        tmp_path,
        "id,team,days,start,end",
        ",care,Mon-Fri,09:00,17:00",
        "2,,Sat/Sun,22:00,06:00",
    )

    assert patterns(lists)[:2] == [
        OFFICE,
        Pattern(("sat", "sun"), 22 * HOUR, 6 * HOUR),
    ]


@pytest.mark.parametrize(
    "row", ["1,weekdays,09:00-17:00", "1,Mon-Fri,9.00 to 17.00", "1,mon-fri,9am - 5pm"]
)
def test_hours_may_stand_in_one_column(tmp_path, row):
    """Both times may be in one cell."""
    lists = rostered(tmp_path, "id,days,hours", row)

    assert patterns(lists)[0] == OFFICE


def test_dated_shifts_make_a_pattern(tmp_path):
    """The most frequent hours count, on the days that are usual."""
    days = ("2024-06-03", "2024-06-04", "2024-06-10", "2024-06-11")
    rows = [f"1,{day},09:00,17:00" for day in days]
    lists = rostered(tmp_path, "id,date,start,end", *rows, "1,2024-06-08,22:00,06:00")

    assert patterns(lists)[0] == Pattern(("mon", "tue", "sat"), 9 * HOUR, 17 * HOUR)
    assert counts(lists, 1) == (5, 5, 0)
    assert lists.varied == 1


def test_a_shift_may_carry_its_date(tmp_path):
    """A start with date and time is a dated shift."""
    lists = rostered(
        tmp_path, "id,shift start,shift end", "1,2024-06-03 09:00,2024-06-03 17:00"
    )

    assert patterns(lists)[0] == Pattern(("mon",), 9 * HOUR, 17 * HOUR)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("9,,Mon,09:00,17:00", "nobody of that id"),
        (",nobodys,Mon,09:00,17:00", "a team that the staff list does not have"),
        (",,Mon,09:00,17:00", "neither an id nor a team"),
        ("1,,Mon,,", "no working hours"),
        ("1,,Mon,9,off", "not a time of day (a text of 3 letters)"),
        ("1,,Someday,9,17", "unknown day ('someday')"),
        ("1,,,9,17", "no days and no date"),
    ],
)
def test_a_broken_row_is_set_aside(tmp_path, row, why):
    """What a row of the roster lacks is said."""
    lists = rostered(tmp_path, "id,team,days,start,end", row)

    assert counts(lists, 1) == (1, 0, 1)
    assert why in said(lists, 1)[0]


def test_a_second_pattern_is_set_aside(tmp_path):
    """A scenario gives people one pattern of the week, so the first counts."""
    lists = rostered(tmp_path, "id,days,start,end", "1,mon-wed,9,17", "1,thu-fri,12,20")

    assert counts(lists, 1) == (2, 1, 1)
    assert "seen before (in line 2)" in said(lists, 1)[0]
