"""Access left after separation, as it is told."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR
from simulator.outcome.outcome import Residual
from simulator.report import render, residual
from simulator.report.text import left_open
from tests.report.builders import (
    LEAVER,
    findings,
    outcome,
    reading,
    replay,
    spread,
)
from tests.report.builders import residual as over_runs


def one(way="account", seconds=HOUR, **changed):
    """Return one way in of one run."""
    parts = {"staff": LEAVER, "system": "console", **changed}
    return Residual(way=way, seconds=seconds, **parts)


def told(found):
    """Return the section of a run that left this."""
    times = evolve(outcome().times, residual=found)
    return left_open(replay(times=times))


def test_each_way_in_has_a_line():
    """Person, system, way and how long it lasted stand in one line."""
    text = told((one(), one("api-key deploy", None)))

    assert f"{LEAVER}     console         account                1 h\n" in text + "\n"
    assert "api-key deploy         open at the end" in text


def test_the_longest_come_first():
    """What was still open comes before what lasted long, and that before the rest."""
    ways = (one("a", 60), one("b", DAY), one("c", None))
    rows = residual.of_run(ways).body

    assert [row[2] for row in rows] == ["c", "b", "a"]


def test_closed_ways_are_left_out():
    """Where all access ended by separation, that is said instead of a table."""
    assert told((one(seconds=0),)).endswith(residual.NONE)
    assert len(residual.of_run((one(seconds=0), one("b"))).body) == 1


def test_where_nobody_leaves_there_is_no_section():
    """A scenario without leavers and ownerless accounts has nothing to say."""
    assert told(()) == ""
    assert residual.grouped((reading(residual=()),)) == []


@pytest.mark.parametrize(
    ("ways", "more"), [(12, ""), (13, "and 1 more"), (40, "and 28")]
)
def test_at_most_twelve_are_told(ways, more):
    """Beyond twelve lines the rest is counted."""
    found = tuple(one(f"api-key k{n}", 60 * n + 60) for n in range(ways))
    text = told(found)

    assert text.count(LEAVER) == min(ways, 12)
    assert ("and" in text.splitlines()[-1]) == bool(more)
    assert more in text


def test_over_runs_shares_and_times_are_told_apart():
    """How often it was left, how long it lasted and how often to the end."""
    ways = (
        over_runs("account", lasted=spread(2 * HOUR, 60), left=70, beyond=10),
        over_runs("device laptop", lasted=spread(None), left=5, beyond=5),
        over_runs("api-key deploy", lasted=spread(None), left=0),
    )
    rows = residual.of_runs(ways).body

    assert rows[0][2:] == ("account", "70", "2.0h", "1.8h-2.2h", "10")
    assert rows[1][2:] == ("device laptop", "5", "-", "-", "5")
    assert len(rows) == 2


def test_readings_that_agree_are_told_once():
    """A table is repeated only where readings differ."""
    other = (over_runs("account", lasted=spread(60)),)
    same = residual.grouped((reading(), reading(option="slip")))
    apart = residual.grouped((reading(), reading(option="slip", residual=other)))

    assert [len(among) for _, among in same] == [2]
    assert [len(among) for _, among in apart] == [1, 1]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_both_reports_have_both_sections(form):
    """The run that is told and all runs have a section each."""
    text = render(replay(), findings(), form=form)

    assert text.count(residual.TITLE) == 2
    assert f"{residual.TITLE}, over all runs" in text


def test_wide_ids_fit_80_columns():
    """Long names are wrapped inside their columns."""
    name = "departing-contractor-of-the-night-shift"
    way = over_runs("shared-secret emergency-login", lasted=spread(DAY), staff=name)
    lines = residual.text_of_runs((way,)).splitlines()

    assert max(map(len, lines)) <= 80
