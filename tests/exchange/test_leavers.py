"""The leaver log: how long access lasted, and what a log cannot tell."""

from math import inf

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.exchange.dates import day_of
from simulator.exchange.leavers import latest
from tests.exchange.lists import LEAVERS, counts, noted, read, said

AS_OF = day_of("2024-07-01")


def log(tmp_path, *rows, header=LEAVERS, **told):
    """Read a leaver log of these rows."""
    text = header + "".join(f"{row}\n" for row in rows)
    return read(tmp_path, leavers=text, **({"as_of": AS_OF} | told))


def spans(lists):
    """Return least and greatest length of each access."""
    return [(one.low, one.high) for one in lists.lasted]


@pytest.mark.parametrize(
    ("removed", "low", "high"),
    [
        ("2024-06-08 01:00", HOUR, HOUR),
        ("2024-06-10 00:00", 2 * DAY, 2 * DAY),
        ("2024-06-08T01:00:00+02:00", None, None),
        ("2024-06-08T01:00:00Z", HOUR, HOUR),
        ("2024-06-08", 0, DAY),
        ("2024-06-10", 2 * DAY, 3 * DAY),
        ("", 24 * DAY, inf),
        ("never", 24 * DAY, inf),
        ("9999-12-31", 24 * DAY, inf),
    ],
)
def test_a_delay_counts_from_the_end_of_the_last_day(tmp_path, removed, low, high):
    """Midnight after the last day is zero; a day without a time is a day of doubt."""
    (one,) = log(tmp_path, f"1,VPN,{removed},2024-06-07,employee").lasted

    if low is None:
        assert one.early is not None
    else:
        assert ((one.low, one.high), one.early) == ((low, high), None)


@pytest.mark.parametrize(
    ("removed", "early"),
    [
        ("2024-06-07 17:30", 30 * MINUTE),  # half an hour after 17:00
        ("2024-06-07 16:00", 0),
        ("2024-06-01", 0),
        ("2024-06-07", 7 * HOUR),  # some time that day, at midnight at the latest
    ],
)
def test_an_early_removal_is_kept_apart(tmp_path, removed, early):
    """Access that ended before the day was over is told from the last shift on."""
    (one,) = log(tmp_path, f"1,VPN,{removed},2024-06-07,employee").lasted

    assert one.early == early


def test_the_last_shift_is_that_of_the_roster(tmp_path):
    """Whoever works late has a late last shift."""
    lists = log(
        tmp_path,
        "1,VPN,2024-06-07 21:00,2024-06-07,",
        staff="id,team\n1,care\n",
        roster="team,days,start,end\ncare,daily,12:00,20:00\n",
    )

    assert lists.lasted[0].early == HOUR


def test_a_log_is_read_in_the_organisations_zone(tmp_path):
    """Midnight is that of the organisation, and clocks that change are followed."""
    (one,) = log(
        tmp_path,
        "1,VPN,2024-03-31 12:00,2024-03-30,employee",
        zone="Europe/Dublin",
    ).lasted

    # The clocks went forward that night.
    assert one.low == 11 * HOUR


@pytest.mark.parametrize("time", ["01:30", "02:00"])
def test_a_time_that_comes_twice_or_never_is_read(tmp_path, time):
    """A log in local time is not thrown away for an hour of the year."""
    lists = log(
        tmp_path,
        f"1,VPN,2024-10-27 {time},2024-10-20,employee",
        f"2,VPN,2024-03-31 {time},2024-03-20,employee",
        zone="Europe/Dublin",
        as_of=day_of("2024-12-01"),
    )

    assert counts(lists) == (2, 2, 0)


def test_last_day_and_employment_come_from_the_staff_list(tmp_path):
    """A log of ids and times is enough beside a staff list."""
    lists = read(
        tmp_path,
        staff="id,team,employment,last day\n1,care,contractor,2024-06-07\n",
        leavers="id,system,removed\n1,VPN,2024-06-08 02:00\n",
    )

    (one,) = lists.lasted
    assert (one.system, one.employment, one.low) == ("vpn", "contractor", 2 * HOUR)


def test_the_logs_own_last_day_counts(tmp_path):
    """Where the lists disagree the log is taken, and it is said."""
    lists = log(
        tmp_path,
        "1,VPN,2024-06-08 02:00,2024-06-07,",
        staff="id,team,last day\n1,care,2024-05-31\n",
    )

    assert lists.lasted[0].low == 2 * HOUR
    assert "another last day than in the staff list (2024-05-31)" in noted(lists, 1)[0]


def test_a_log_that_tells_no_employment_is_of_nobody_in_particular(tmp_path):
    """Without staff list and column, employments are not made up."""
    lists = log(
        tmp_path, "1,VPN,2024-06-08,2024-06-07", header="id,system,removed,last day\n"
    )

    assert lists.lasted[0].employment is None


def test_an_employment_missing_from_the_lists_is_assumed(tmp_path):
    """Where others have one, a missing one is an employee, and it is said."""
    lists = log(tmp_path, "1,VPN,2024-06-08,2024-06-07,")

    assert lists.lasted[0].employment == "employee"
    assert "no employment, here or in the staff list" in noted(lists)[0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",VPN,2024-06-08,2024-06-07,", "1: id: no id"),
        ("1,,2024-06-08,2024-06-07,", "2: system: no system"),
        ("1,VPN,yesterday,2024-06-07,", "3: removed at: not a date"),
        ("1,VPN,2024-06-08,,", "4: last day: no last day, here or in the staff list"),
        ("1,VPN,2024-06-08,2024-06-07,alien", "5: employment: unknown employment"),
        ("1,VPN,2024-07-02,2024-06-07,", "3: removed at: removed after the day of"),
    ],
)
def test_a_broken_row_is_set_aside(tmp_path, row, why):
    """What a row of the log lacks is said."""
    lists = log(tmp_path, row)

    assert counts(lists) == (1, 0, 1)
    assert said(lists)[0].startswith(f"leavers.csv:2:{why}")
    assert lists.ledgers[0].broken == 1


def test_a_last_day_to_come_tells_nothing_yet(tmp_path):
    """Access of somebody who has not left yet is not called slow; nothing is wrong."""
    lists = log(tmp_path, "1,VPN,,2024-07-01,employee", "2,VPN,,2024-06-30,employee")

    assert counts(lists) == (2, 1, 1)
    assert "the last day not over" in said(lists)[0]
    assert lists.ledgers[0].broken == 0
    assert spans(lists) == [(DAY, inf)]


def test_a_second_row_of_an_access_is_set_aside(tmp_path):
    """One person's access to one system ends once."""
    row = "1,VPN,2024-06-08,2024-06-07,employee"
    lists = log(tmp_path, row, row.replace("VPN", "vpn "), row.replace("VPN", "Okta"))

    assert counts(lists) == (3, 2, 1)


def test_a_column_for_each_system_is_an_access_each(tmp_path):
    """An empty cell is access not removed; n/a is no access."""
    lists = log(
        tmp_path,
        "1,2024-06-07,2024-06-08 01:00,",
        "2,2024-06-07,n/a,2024-06-08 03:00",
        header="id,last day,Okta removed,VPN removed\n",
    )

    assert [(one.system, one.low) for one in lists.lasted] == [
        ("okta", HOUR),
        ("vpn", 24 * DAY),
        ("vpn", 3 * HOUR),
    ]
    assert counts(lists) == (2, 2, 0)


def test_a_log_without_systems_is_of_accounts(tmp_path):
    """One removal for each leaver is one system."""
    lists = log(tmp_path, "1,2024-06-08,2024-06-07", header="id,disabled on,last day\n")

    assert lists.lasted[0].system == "accounts"


@pytest.mark.parametrize(
    ("days", "day"),
    [
        ([10, 20, 30], 30),
        ([10, 20, 30, 9000], 30),  # a slip of the pen, years later
        ([10, 9000, 9001], 9001),
        ([10, 300], 300),
        ([10, 5000], 5000),
        ([10], 10),
        ([], None),
    ],
)
def test_the_day_of_a_list_is_its_latest_that_is_not_alone(days, day):
    """One date far after all others does not move the day of a list."""
    assert day == latest(days)


def test_the_day_of_the_log_is_that_of_its_latest_removal(tmp_path):
    """It is said where the day comes from."""
    lists = log(
        tmp_path,
        "1,VPN,2024-06-08 23:30,2024-06-07,",
        "2,VPN,,2024-06-01,",
        as_of=None,
    )

    day, why = lists.as_of
    assert day == day_of("2024-06-08")
    assert why == "the latest removal of leavers.csv; --as-of sets it"
    assert spans(lists)[1] == (7 * DAY, inf)
