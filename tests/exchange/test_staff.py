"""The staff list: messy cells are read, and broken rows are set aside with a reason."""

import pytest

from simulator.exchange.dates import day_of
from tests.exchange.lists import counts, noted, said, staff

GOOD = "7,Care,Support Agent,Employee,2020-01-06,,Europe/Dublin"


def only(lists):
    """Return the one worker of a list."""
    (worker,) = lists.workers
    return worker


def test_a_row_is_a_worker(tmp_path):
    """All fields are read; no field holds the id."""
    row = "7,Care,Support Agent,Employee,2020-01-06,2024-06-07,Europe/Dublin"
    worker = only(staff(tmp_path, row))

    assert (worker.team, worker.role, worker.employment) == (
        "care",
        "support-agent",
        "employee",
    )
    assert (worker.start, worker.last_day) == (
        day_of("2020-01-06"),
        day_of("2024-06-07"),
    )
    assert (worker.zone, worker.line) == ("Europe/Dublin", 2)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (1, "Trust & Safety", ("team", "trust-and-safety")),
        (1, "  CARE ", ("team", "care")),
        (1, "Zürich «Süd»", ("team", "zurich-sud")),
        (1, "客服", ("team", "team-no1")),
        (2, "Buchhalter/in", ("role", "buchhalter-in")),
        (3, "CONTRACTORS", ("employment", "contractor")),
        (4, "45450", ("start", day_of("2024-06-07"))),
        (5, "9999-12-31", ("last_day", None)),
        (5, "n/a", ("last_day", None)),
        (6, "asia/manila", ("zone", "Asia/Manila")),
    ],
)
def test_a_messy_cell_is_read(tmp_path, field, cell, value):
    """What exports do to a cell is undone."""
    cells = GOOD.split(",")
    cells[field] = cell

    assert value[1] == getattr(only(staff(tmp_path, ",".join(cells))), value[0])


def test_one_day_is_long_enough(tmp_path):
    """Whoever starts and leaves on one day was there."""
    row = "7,Care,Support Agent,Employee,2024-06-07,2024-06-07,Europe/Dublin"

    assert counts(staff(tmp_path, row)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("field", "cell", "why"),
    [
        (0, "", "1: id: no id; accepted: "),
        (0, "-", "1: id: no id; accepted: "),
        (3, "alien", "4: employment: unknown employment ('alien'); accepted: "),
        (4, "31/02/2024", "5: start: not a date ('31/02/2024'); accepted: "),
        (4, "03/04/2024", "5: start: day or month first? ('03/04/2024'); accepted: "),
        (5, "2019-01-01", "6: last day: last day before the start (2019-01-01, "),
        (5, "soon", "6: last day: not a date (a text of 4 letters); accepted: "),
        (6, "PST", "7: time zone: unknown time zone ('PST'); accepted: "),
    ],
)
def test_a_broken_cell_sets_its_row_aside(tmp_path, field, cell, why):
    """File, line, column, heading, what is wrong, and what is accepted are said."""
    cells = GOOD.split(",")
    cells[field] = cell
    lists = staff(tmp_path, ",".join(cells))

    assert counts(lists) == (1, 0, 1)
    assert said(lists)[0].startswith(f"staff.csv:2:{why}")


@pytest.mark.parametrize(
    ("field", "what"),
    [(1, "no team"), (2, "no role"), (3, "no employment"), (6, "no zone")],
)
def test_an_empty_cell_is_filled_and_said(tmp_path, field, what):
    """What is assumed about a row is told with its line."""
    cells = GOOD.split(",")
    cells[field] = ""
    lists = staff(tmp_path, ",".join(cells))

    assert counts(lists) == (1, 1, 0)
    assert f"staff.csv:2:{field + 1}: " in noted(lists)[0]
    assert what in noted(lists)[0]


def test_without_a_column_nothing_is_said_row_by_row(tmp_path):
    """A list without employment is one of employees, and is not nagged about."""
    lists = staff(tmp_path, "1,care", "2,care", header="id,team\n")

    assert {worker.employment for worker in lists.workers} == {"employee"}
    assert noted(lists) == []


@pytest.mark.parametrize("again", ["7", "'7", "7.0", " 7 "])
def test_an_id_counts_once(tmp_path, again):
    """The first row of an id is used, and the others name its line, not the id."""
    lists = staff(tmp_path, GOOD, again + GOOD[1:].replace("Care", "Other"))

    assert counts(lists) == (2, 1, 1)
    assert only(lists).team == "care"
    assert said(lists) == [
        "staff.csv:3:1: id: id seen before (in line 2); the first row is used"
    ]


def test_a_broken_row_does_not_take_the_id(tmp_path):
    """A good row after a broken one of the same id is used."""
    lists = staff(tmp_path, GOOD.replace("Employee", "alien"), GOOD)

    assert counts(lists) == (2, 1, 1)


def test_case_of_ids_does_not_count(tmp_path):
    """Systems disagree on the case of ids."""
    assert counts(staff(tmp_path, "e7" + GOOD[1:], "E7" + GOOD[1:])) == (2, 1, 1)


def test_the_dates_of_a_file_tell_their_order(tmp_path):
    """One date above the twelfth settles all the others."""
    lists = staff(
        tmp_path,
        "1,care,agent,employee,03/04/2020,,",
        "2,care,agent,employee,13/04/2020,,",
    )

    assert lists.workers[0].start == day_of("2020-04-03")


def test_dates_that_disagree_settle_nothing(tmp_path):
    """With both orders in a file, what may be two dates is set aside."""
    lists = staff(
        tmp_path,
        "1,care,agent,employee,03/04/2020,,",
        "2,care,agent,employee,13/04/2020,,",
        "3,care,agent,employee,04/13/2020,,",
    )

    assert counts(lists) == (3, 2, 1)
    assert "day or month first?" in said(lists)[0]


def test_a_heading_may_tell_the_order(tmp_path):
    """A remark such as mm/dd/yyyy is understood."""
    header = "id,team,Start Date (mm/dd/yyyy)\n"
    lists = staff(tmp_path, "1,care,03/04/2020", header=header)

    assert only(lists).start == day_of("2020-03-04")


def test_the_user_may_tell_the_order(tmp_path):
    """What the user says of dates counts."""
    row = "1,care,agent,employee,03/04/2020,,"

    assert only(staff(tmp_path, row, order="day-first")).start == day_of("2020-04-03")


def test_a_notice_after_the_last_day_is_taken_back(tmp_path):
    """A departure told after it happened was told on the last day at the latest."""
    header = "id,team,last day,notice\n"
    lists = staff(tmp_path, "1,care,2024-06-07,2024-06-10", header=header)

    assert only(lists).notice == day_of("2024-06-07")
    assert "notice after the last day (2024-06-10)" in noted(lists)[0]


@pytest.mark.parametrize(
    ("rows", "zone"),
    [
        (("1,a,Asia/Manila", "2,a,Asia/Manila", "3,a,UTC"), "Asia/Manila"),
        (("1,a,", "2,a,"), "UTC"),
    ],
)
def test_the_most_common_zone_is_the_organisations(tmp_path, rows, zone):
    """Where no list tells, it is UTC."""
    assert staff(tmp_path, *rows, header="id,team,zone\n").zone[0] == zone
