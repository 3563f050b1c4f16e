"""Findings as plain values."""

import json

import pytest
from attrs import evolve

from simulator.experiment import compare, findings_to_json
from tests.experiment.engines import CANDIDATES, a_day, an_axis, expected

ROW_KEYS = [
    "label",
    "shelf",
    "in_force",
    "verdicts",
    "held",
    "detect",
    "notice",
    "restore",
    "outage",
    "cost",
    "fired",
    "did_it",
    "why",
    "reran",
    "by_option",
    "possible",
]


@pytest.fixture(scope="module")
def findings():
    """Findings of one replication, with open questions and a replay target."""
    scenario = evolve(
        a_day(),
        axes=(an_axis("why", "apart", "a", "b"), an_axis("when", "swept", "c", "d")),
        expect=(expected("outage"),),
    )
    return compare(scenario, candidates=CANDIDATES, replications=1, jobs=1)


def test_json_takes_everything(findings):
    """The plain form is JSON and comes back as it was."""
    plain = findings_to_json(findings)

    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_the_keys_are_stable(findings):
    """The keys are those documented; a reader elsewhere relies on them."""
    plain = findings_to_json(findings)

    assert list(plain) == [
        "format",
        "title",
        "question",
        "incident",
        "seed",
        "replications",
        "finished",
        "version",
        "readings",
    ]
    reading = plain["readings"][0]
    assert list(reading) == [
        "chosen",
        "says",
        "baseline",
        "rows",
        "targets",
        "residual",
    ]
    assert list(reading["baseline"]) == ROW_KEYS
    assert reading["chosen"] == [{"axis": "why", "option": "a"}]
    assert reading["baseline"]["by_option"][0]["axis"] == "when"
    assert reading["baseline"]["cost"]["added_low"] is None


def test_the_table_has_a_line_for_each_row_of_each_reading(findings):
    """Two readings of a posture and six candidates are fourteen lines."""
    table = findings.to_table()

    assert len(table) == 2 * 7
    assert [line["chosen.why"] for line in table] == ["a"] * 7 + ["b"] * 7


def test_all_lines_of_the_table_have_the_same_columns(findings):
    """A data frame can be made of the table, for every value is plain."""
    table = findings.to_table()

    assert {tuple(line) for line in table} == {tuple(table[0])}
    plain = (str, int, float, bool, type(None))
    assert all(isinstance(value, plain) for line in table for value in line.values())


def test_the_table_tells_shares_with_their_intervals(findings):
    """An estimate is three columns: the share and both ends of its interval."""
    line = findings.to_table()[0]

    assert line["held_low"] <= line["held"] <= line["held_high"]
    assert line["runs"] == 1
