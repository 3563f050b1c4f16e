"""Where the header of a list is, and what its columns hold."""

import pytest

from simulator.errors import LastdayError
from simulator.exchange.layouts import LEAVERS, ROSTER, STAFF
from simulator.exchange.tables import normalised, open_table
from tests.exchange.lists import counts, read, said, staff


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens a text as a table."""

    def open_it(text, layout=STAFF, **told):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return open_table(path, layout, **told)

    return open_it


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("Employee ID", "employee id"),
        ("EmployeeID", "employee id"),
        ("employee_id", "employee id"),
        ("Last Day (dd/mm/yyyy)", "last day"),
        (" Emp. No. ", "emp no"),
        ("lastDay", "last day"),
        ("Kündigungsdatum", "kündigungsdatum"),
    ],
)
def test_headings_are_compared_without_what_varies(heading, plain):
    """Case, punctuation, camels and remarks do not count."""
    assert plain == normalised(heading)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "Employee ID,Department,Job Title,Contract Type,Hire Date,Termination Date",
            ("id", "team", "role", "employment", "start", "last_day"),
        ),
        (
            "Personalnummer,Abteilung,Stelle,Vertragsart,Eintritt,Austritt,Zeitzone",
            ("id", "team", "role", "employment", "start", "last_day", "zone"),
        ),
        (
            "worker_id,org_unit,position,workerType,startDate,lastWorkingDay,tz",
            ("id", "team", "role", "employment", "start", "last_day", "zone"),
        ),
        (
            "Emp No.,TEAM,Position,Category,Joined,Left,Timezone",
            ("id", "team", "role", "employment", "start", "last_day", "zone"),
        ),
    ],
)
def test_columns_are_known_by_many_headings(opened, header, columns):
    """The headings of several HR systems are all known, in their order."""
    table = opened(header + "\n")

    assert columns == tuple(sorted(table.columns, key=table.columns.get))


def test_names_and_pay_are_not_read(opened):
    """A column with names is in no layout, and it is said that it is not read."""
    table = opened("ID,First Name,Surname,E-mail,Team,Salary,Manager\n")

    assert set(table.columns) == {"id", "team"}
    assert table.unread == ("First Name", "Surname", "E-mail", "Salary", "Manager")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(opened, separator):
    """The one that makes most sense of the header is taken."""
    table = opened(separator.join(("id", "team", "role")) + "\n")

    assert table.separator == separator
    assert len(table.columns) == 3


def test_a_separator_of_their_own_can_be_told(opened):
    """What is not tried can be said."""
    assert len(opened("id^team^role\n", separator="^").columns) == 3


def test_the_header_may_come_late(tmp_path):
    """Titles and blank lines before it are set aside, not read as people."""
    lists = staff(
        tmp_path, "1,care,agent", header="sep=,\nStaff list 2024\n\nid,team,role\n"
    )

    assert counts(lists) == (4, 1, 3)
    assert lists.readers[0].table.header_line == 4
    assert said(lists) == [
        "staff.csv:1:1: before the header",
        "staff.csv:2:1: before the header",
        "staff.csv:3:1: blank line",
    ]


def test_the_form_of_a_file_is_told(tmp_path):
    """Separator, encoding and place of the header are said."""
    lists = read(tmp_path, staff=b"id;team\n1;Z\xfcrich\n2;Bern\n")

    assert lists.readers[0].table.form == (
        "semicolons, UTF-8, but 1 lines read as Windows-1252, header in line 1"
    )


def test_a_heading_can_be_named(opened):
    """Where no heading is known, the user's own is taken."""
    table = opened("Nr,Gruppe,Bis\n", asked={"id": "Nr", "team": "gruppe"})

    assert table.columns == {"id": 0, "team": 1}


def test_what_is_asked_for_comes_before_what_is_known(opened):
    """A named heading wins over one that would have been found."""
    table = opened("id,team,cost centre\n", asked={"team": "Cost Centre"})

    assert table.columns["team"] == 2


@pytest.mark.parametrize(
    ("layout", "header", "missing"),
    [
        (STAFF, "team,role", "no column for id "),
        (STAFF, "id,name", "no column for team or role or employment "),
        (ROSTER, "id,days", "no column for starts or hours "),
        (LEAVERS, "id,system", "no column for removed "),
    ],
)
def test_a_list_without_what_is_needed_is_refused(opened, layout, header, missing):
    """It is said what is missing, what is there, and how to name it."""
    with pytest.raises(LastdayError) as refused:
        opened(f"{header}\n1,2\n", layout)

    assert missing in str(refused.value)
    assert f"line 1 has: {header.replace(',', ', ')}" in str(refused.value)
    assert "--column" in str(refused.value)


def test_an_empty_file_is_refused(opened):
    """Nothing at all is no list."""
    with pytest.raises(LastdayError, match="empty"):
        opened("")


def test_a_column_of_each_system_is_known(opened):
    """A log with a column for each system is one with a row for each, turned."""
    header = "id,last day,Okta removed at,VPN access revoked,Access removed by\n"
    table = opened(header, LEAVERS)

    assert table.wide == {"okta": 2, "vpn": 3}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("", "blank line"),
        (",,", "blank line"),
        ("Id,TEAM,role", "the header again"),
        ("1,care,agent,x", "more cells than the header has (4, not 3)"),
        ("Total: 12,,", "only one cell is filled"),
        ('1,"care,agent', "a quote is opened and not closed"),
    ],
)
def test_a_row_that_is_none_is_set_aside(tmp_path, row, why):
    """Blank lines, repeated headers, footers and rows out of step are not people."""
    lists = staff(
        tmp_path, "0,care,agent", row, "2,care,agent", header="id,team,role\n"
    )

    assert counts(lists) == (3, 2, 1)
    assert why in said(lists)[0]
    assert said(lists)[0].startswith("staff.csv:3:1: ")


@pytest.mark.parametrize("row", ["1,care,agent,,,", "1,care"])
def test_a_row_of_another_length_may_still_be_one(tmp_path, row):
    """Empty cells at the end, too many or too few, change nothing."""
    assert counts(staff(tmp_path, row, header="id,team,role\n")) == (1, 1, 0)


def test_a_folder_is_no_list(tmp_path):
    """A path that is no file is told so."""
    with pytest.raises(LastdayError, match="is a directory"):
        open_table(tmp_path, STAFF)
