"""Laws of reading: whatever the lists hold, no row is lost and no name gets out.

Lists are drawn with the flaws of real exports: encodings, separators, quotes, repeated
headers, blank lines, rows out of step, dates of every form, words of every case.
"""

import csv
import io
from datetime import date as day
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.catalogue import SHELVES
from simulator.errors import LastdayError
from simulator.exchange.dates import day_of
from simulator.exchange.drafting import Answers, draft
from simulator.exchange.starter import write
from simulator.scenario.loading import parse
from tests.exchange.lists import read

NAMES = ("Xaviera Quill", "Quill, Xaviera", "Øystein Quill")
HEADERS = {
    kind: tuple(header.split(","))
    for kind, header in {
        "staff": "Employee ID,Full Name,Department,Job Title,Contract Type,Start Date,"
        "Last Day,Time Zone",
        "roster": "Employee ID,Team,Days,Start,End",
        "leavers": "Employee ID,Full Name,System,Removed at,Last Day",
    }.items()
}

ids = st.one_of(
    st.integers(1, 12).map(lambda n: f"E{n:03d}"), st.sampled_from(["", "e001", "1.0"])
)
names = st.sampled_from(NAMES)
dates = st.one_of(
    st.dates(min_value=day(2019, 1, 1), max_value=day(2025, 1, 1)).flatmap(
        lambda d: st.sampled_from(
            [
                d.isoformat(),
                d.strftime("%d.%m.%Y"),
                d.strftime("%d/%m/%Y"),
                d.strftime("%d-%b-%y"),
                d.strftime("%d %B %Y 17:45"),
                str((d - day(1899, 12, 30)).days),
            ]
        )
    ),
    st.sampled_from(["", "9999-12-31", "31.02.2024", "soon", "n/a", "2024-06-07"]),
)
teams = st.sampled_from(["Care", "CARE ", "Trust & Safety", "Süd", "", "desk\nnight"])
roles = st.sampled_from(["Agent", "support agent", "Chef", "", "007"])
employments = st.sampled_from(
    ["Employee", "CONTRACTOR", "vendor", "Full-time", "alien", ""]
)
zones = st.sampled_from(["Europe/Dublin", "asia/manila", "PST", "", "Europe/Lodnon"])
staff_rows = st.tuples(ids, names, teams, roles, employments, dates, dates, zones)
roster_rows = st.tuples(
    ids,
    teams,
    st.sampled_from(["Mon-Fri", "daily", "Sat/Sun", "some", ""]),
    st.sampled_from(["09:00", "22.00", "0.375", "", "late"]),
    st.sampled_from(["17:00", "06.00", "5 pm", "", "off"]),
)
leaver_rows = st.tuples(
    ids, names, st.sampled_from(["VPN", "vpn", "Okta", ""]), dates, dates
)


def messy(kind, rows):
    """Draw rows of a list, with others between them that are none."""
    header = HEADERS[kind]
    flaws = st.sampled_from(
        [(), ("",) * len(header), header, ("Total: 12",), ("E1", *"abcdefghijk")]
    )
    return st.lists(st.one_of(rows, rows, rows, flaws), max_size=25)


@st.composite
def files(draw, kind, rows):
    """Draw a whole file, and the number of rows that are to be accounted for."""
    drawn = draw(messy(kind, rows))
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    quoting = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    out = io.StringIO()
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=ends)
    writer.writerows([HEADERS[kind], *drawn])
    text, encoding = out.getvalue(), draw(st.sampled_from(["utf-8-sig", "cp1252"]))
    return text.encode(encoding), len(drawn)


lists = st.fixed_dictionaries(
    {
        "staff": files("staff", staff_rows),
        "roster": files("roster", roster_rows),
        "leavers": files("leavers", leaver_rows),
    }
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(lists)
def test_rows_are_conserved_and_names_kept_in(drawn):
    """Read is used and set aside; used is in teams, leaving, gone or not there yet."""
    with TemporaryDirectory() as folder:
        contents = {kind: content for kind, (content, _) in drawn.items()}
        found = read(Path(folder), as_of=day_of("2024-06-05"), **contents)

    for ledger in found.ledgers:
        _, count = drawn[ledger.file.removesuffix(".csv")]
        assert ledger.read == count
        assert ledger.read == ledger.used + len(ledger.aside)
        assert all(problem.line > 1 for problem in ledger.problems)
        assert len({problem.line for problem in ledger.problems}) == len(ledger.aside)
    assert len(found.workers) == found.ledgers[0].used
    told = [str(p) for one in found.ledgers for p in (*one.problems, *one.notes)]
    assert "uill" not in "".join(told)
    if not found.workers and not found.lasted:
        with pytest.raises(LastdayError, match="nothing usable"):
            draft(Answers(), found)
        return
    plan = draft(Answers(), found)
    assert sum(plan.crew.fates.values()) == len(found.workers)
    if plan.crew.fates.get("in teams"):
        sizes = sum(team.size for team in plan.crew.teams)
        assert sizes == plan.crew.fates["in teams"]
    text = write(plan)
    parse(text, "starter.yaml", SHELVES)
    assert "uill" not in text
