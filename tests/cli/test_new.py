"""``lastday new``."""

import json
from pathlib import Path

import pytest

from simulator.cli import questions
from simulator.report.layout import WIDTH
from tests.cli.conftest import ROOT

LISTS = ROOT / "scenarios" / "examples" / "lists"
GIVEN = [
    word
    for kind in ("staff", "roster", "leavers")
    for word in (f"--{kind}", LISTS / f"{kind}.csv")
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Go to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def new(lastday, here):
    """Return a function that runs ``lastday new organisation`` in an empty folder."""
    return lambda *words, **told: lastday("new", "organisation", *words, **told)


def write(name, *rows):
    """Write a list with these rows."""
    Path(name).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return name


def test_lists_become_a_file_that_is_fine(new, lastday):
    """The file is written, and `check` has nothing to say against it."""
    told = new(*GIVEN, "--output", "my.yaml")

    assert told.exit_code == 0
    assert "my.yaml: 5 teams, 3 leavers, 2 systems" in told.stdout
    assert lastday("check", "my.yaml").stdout.startswith("my.yaml: fine\n")


def test_the_file_can_be_played(new, lastday):
    """The commands that are told next work."""
    told = new(*GIVEN, "--output", "my.yaml").stdout
    played = lastday("run", "my.yaml", "--replications", "1")

    assert "lastday run my.yaml --replications 1" in told
    assert played.exit_code == 0
    assert "Verdict:" in played.stdout


def test_the_mapping_of_columns_is_shown(new):
    """It is told first which column holds what, and how each file is written."""
    told = new(*GIVEN, "--output", "my.yaml").stdout

    assert "leavers.csv: semicolons, UTF-8, header in line 1" in told
    assert "id = 'Employee ID', team = 'Department', role = 'Job Title'" in told
    assert "dates such as 03/04/2024 are day-first" in told


def test_rows_and_reasons_are_shown(new):
    """Every row is read, and used or set aside with its line."""
    told = new(*GIVEN, "--output", "my.yaml").stdout

    assert "staff.csv                                        64         61" in told
    assert "staff.csv:19:5: Start Date: not a date ('31/02/2024')" in told
    assert "1 row: blank line (line 28)" in told


def test_fits_are_shown_beside_what_was_seen(new):
    """System, employment, cases, and both quantiles as seen and as fitted."""
    told = new(*GIVEN, "--output", "my.yaml").stdout
    (row,) = [line for line in told.splitlines() if line.startswith("console  ")][:1]

    assert row.split()[:3] == ["console", "contractor", "17"]
    assert row.split()[-1] in ("lognormal", "exponential")
    assert len(row.split()) == 10


def test_the_summary_fits_80_columns(new):
    """What is shown can be read on any terminal."""
    told = new(*GIVEN, "--output", "my.yaml").stdout

    assert max(map(len, told.splitlines())) <= WIDTH


def test_without_output_the_file_is_all_of_standard_output(new):
    """The summary then goes to the standard error."""
    told = new(*GIVEN)

    assert told.stdout.startswith("# A starter, written by `lastday new organisation`")
    assert "Your lists" in told.stderr
    assert "Your lists" not in told.stdout


def test_a_file_is_not_overwritten_by_mistake(new):
    """A file that somebody may have worked on is kept, unless asked."""
    Path("my.yaml").write_text("mine", encoding="utf-8")
    refused = new("--output", "my.yaml")
    kept = Path("my.yaml").read_text("utf-8")
    forced = new("--output", "my.yaml", "--force")

    assert (refused.exit_code, kept) == (2, "mine")
    assert "--force" in refused.stderr
    assert forced.exit_code == 0
    assert Path("my.yaml").read_text("utf-8") != "mine"


def test_all_problems_can_be_written(new):
    """On screen so many are shown, in the file there is a line for each."""
    rows = [f"{n},care,nobody" for n in range(40)] + ["x,care,employee", ",,"]
    new(
        "--staff",
        write("staff.csv", "id,team,employment", *rows),
        "--problems",
        "problems.txt",
        "--output",
        "my.yaml",
    )
    told = new("--staff", "staff.csv", "--output", "other.yaml").stdout
    lines = Path("problems.txt").read_text("utf-8").splitlines()

    assert "and 28 more; --problems FILE has all of them" in told
    assert "28 rows: employment: unknown employment" in told
    assert len(lines) == 41
    assert lines[0].startswith("set aside: staff.csv:2:3: employment: unknown")
    assert lines[-1] == "set aside: staff.csv:43:1: blank line"


def test_strict_writes_nothing_where_a_row_is_broken(new):
    """One broken row is enough; the reasons are still shown."""
    told = new(*GIVEN, "--strict", "--output", "my.yaml")

    assert told.exit_code == 2
    assert "nothing written: 2 rows are broken (--strict)" in told.stderr
    assert "not a date ('31/02/2024')" in told.stdout
    assert not Path("my.yaml").exists()


def test_strict_does_not_mind_blank_lines(new):
    """A row with nothing wrong in it is no reason to stop."""
    write("staff.csv", "id,team", "1,care", "", "id,team", "2,care")

    assert new("--staff", "staff.csv", "--strict").exit_code == 0


def test_where_nothing_is_usable_nothing_is_written(new):
    """A list of broken rows only is bad input."""
    write("staff.csv", "id,team", ",care", ",care")
    told = new("--staff", "staff.csv", "--output", "my.yaml")

    assert told.exit_code == 2
    assert "nothing usable in the lists" in told.stderr
    assert not Path("my.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--staff", "none.csv"), "does not exist"),
        (("--roster", "s.csv"), "--roster goes with --staff"),
        (("--staff", "s.csv", "--column", "last_dya=X"), "did you mean 'last_day'?"),
        (("--staff", "s.csv", "--column", "last_day"), "is not NAME=VALUE"),
        (("--staff", "s.csv", "--column", "team=Taem"), "did you mean 'Team'?"),
        (("--staff", "s.csv", "--employment", "Leih=staff"), "accepted: employee, "),
        (("--staff", "s.csv", "--separator", ";;"), "accepted: one character"),
        (("--staff", "s.csv", "--encoding", "klingon"), "unknown encoding"),
        (("--staff", "s.csv", "--as-of", "2024-13-01"), "not a date"),
        (("--staff", "s.csv", "--zone", "PST"), "unknown time zone"),
        (("--staff", "s.csv", "--horizon", "28"), "duration without a unit"),
        (("--staff", "s.csv", "--privileged", "Cook"), "no such role"),
        (("--leavers", "s.csv"), "no column for removed"),
        (("--staff-size", "2", "--contractors", "3"), "more contractors than people"),
        (("--output", "no/such/folder.yaml"), "cannot be written"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_helps(new, words, said):
    """Nothing that a user can repair ends in a traceback."""
    write("s.csv", "id,Team,role", "1,care,agent")
    told = new(*words)

    assert told.exit_code == 2
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_columns_and_words_of_ones_own_are_taken(new):
    """What no list of headings and words knows can be told."""
    write("s.csv", "Nr;Gruppe;Art;Bis", "1;Netz;Werkvertrag;2024-06-14")
    told = new(
        *("--staff", "s.csv", "--as-of", "2024-06-05", "--output", "my.yaml"),
        *("--column", "staff.id=Nr", "--column", "team='gruppe'"),
        *("--column", "employment=Art", "--column", "last_day=Bis"),
        *("--employment", "Werkvertrag=contractor"),
    )
    text = Path("my.yaml").read_text("utf-8")

    assert told.exit_code == 0
    assert "employment: contractor" in text
    assert "separation:\n          is: 2024-06-14T17:00" in text


def test_an_encoding_and_a_separator_can_be_told(new):
    """What cannot be found out can be said."""
    Path("s.csv").write_bytes("id^team\n1^Zürich\n".encode("cp850"))
    told = new("--staff", "s.csv", "--encoding", "cp850", "--separator", "^")

    assert told.exit_code == 0
    assert "zurich:" in told.stdout


def test_unattended_answers_are_taken_or_assumed(new):
    """Without a terminal nobody is asked; what is given is taken."""
    told = new("--name", "ferry", "--staff-size", "5", "--systems", "Desk, VPN")

    assert told.exit_code == 0
    assert "nobody is asked" in told.stderr
    assert 'name: "ferry"' in told.stdout
    assert "systems: [desk, vpn]" in told.stdout
    assert json.dumps("A last day at ferry") in told.stdout


@pytest.fixture
def terminal(monkeypatch, here):
    """Return a function that answers the questions of the command."""
    from click.testing import CliRunner

    from simulator.cli import main

    monkeypatch.setattr(questions, "is_attended", lambda: True)

    def run(typed, *words):
        return CliRunner().invoke(main, ["new", "organisation", *words], input=typed)

    return run


def test_questions_are_asked_where_no_list_is_given(terminal):
    """Each has a default, and one that cannot be read is asked again."""
    told = terminal("ferry\nEurope/Lodnon\nEurope/London\n6\n\nDesk\n2d\n")

    assert told.exit_code == 0
    assert "did you mean 'Europe/London'?" in told.stderr
    assert "zone: Europe/London" in told.stdout
    assert "How many of them are contractors [3]" in told.stderr
    assert "median: 2d" in told.stdout


def test_what_is_given_is_not_asked(terminal):
    """Options answer the questions they stand for."""
    told = terminal("\n\n\n\n", "--name", "ferry", "--zone", "UTC")

    assert told.exit_code == 0
    assert "A neutral name" not in told.stderr
    assert "How many people" in told.stderr


def test_whoever_stops_answering_interrupts(terminal):
    """The end of the input at a question is an interrupt: nothing is written."""
    told = terminal("ferry\n", "--output", "my.yaml")

    assert told.exit_code == 130
    assert not Path("my.yaml").exists()


def test_diagnostics_are_said_only_when_asked(new):
    """One canonical line appears on the standard error with -v."""
    told = new(*GIVEN, "--output", "my.yaml", "-v")

    assert "event='starter.written'" in told.stderr
    assert "rows=137" in told.stderr
