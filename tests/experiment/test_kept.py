"""Rows kept in a file: what was written comes back, and nothing else is taken."""

import json
import os
import subprocess
import sys

import pytest
from attrs import evolve

from simulator.errors import LastdayError
from simulator.experiment.kept import Kept, key_of
from tests.experiment.organisations import (
    AFTERWARDS,
    LEFT_OPEN,
    TWO_WAYS,
    assessed,
    incident,
    place,
    put,
)


@pytest.fixture(scope="module")
def rows():
    """Return rows of every kind: held, gaps with and without remedies, no gap."""
    return assessed(
        incident("a-gap"),
        incident("after", *TWO_WAYS, at=AFTERWARDS),
        incident("elsewhere"),
        candidates=LEFT_OPEN,
        replications=6,
    ).rows


def test_rows_come_back_as_they_were(tmp_path, rows):
    """A row that was kept is equal to the one that is read."""
    path = tmp_path / "kept.jsonl"
    kept = Kept.open(path)
    for row in rows:
        kept.add(row.name, row)

    assert Kept.open(path).rows == {row.name: row for row in rows}
    assert any(row.gap and row.gap.remedies for row in rows)


def test_a_new_file_holds_nothing(tmp_path):
    """A file that is not there is begun."""
    path = tmp_path / "kept.jsonl"

    assert Kept.open(path).rows == {}
    assert path.read_text() == ""


@pytest.mark.parametrize("cut", [1, 5, 30, 200])
def test_half_a_line_is_passed_over(tmp_path, rows, cut):
    """What a killed process left of a line neither hurts nor spoils the next one."""
    path = tmp_path / "kept.jsonl"
    kept = Kept.open(path)
    kept.add("one", rows[0])
    whole = path.read_text()
    path.write_text(whole + whole[:cut])

    again = Kept.open(path)
    again.add("two", rows[1])

    assert again.rows == {"one": rows[0]}
    assert Kept.open(path).rows == {"one": rows[0], "two": rows[1]}


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: {**line, "lastday-assessment": 0},
        lambda line: {**line, "row": {}},
        lambda line: {**line, "row": None},
        lambda line: {"lastday-assessment": 1},
        lambda line: {**line, "row": {**line["row"], "held": 3}},
    ],
)
def test_what_cannot_be_read_is_passed_over(tmp_path, rows, damage):
    """A line of another version, or with something missing, is not taken."""
    path = tmp_path / "kept.jsonl"
    Kept.open(path).add("one", rows[0])
    path.write_text(json.dumps(damage(json.loads(path.read_text()))) + "\n")

    assert Kept.open(path).rows == {}


@pytest.mark.parametrize("text", ["lastday: 1\n", '{"seed": 1}\n', "\x00\x01", "[]"])
def test_a_file_of_something_else_is_left_alone(tmp_path, text):
    """A scenario named by mistake is refused and not touched."""
    path = tmp_path / "mine.yaml"
    path.write_text(text)

    with pytest.raises(LastdayError, match="not a file of results"):
        Kept.open(path)
    assert path.read_text() == text


def test_a_folder_is_refused(tmp_path):
    """What cannot be opened is said with its reason."""
    with pytest.raises(LastdayError, match=r"cannot be used for results \(is a dir"):
        Kept.open(tmp_path)


def test_keys_tell_scenarios_apart():
    """Equal scenarios have one key, and any change gives another."""
    one = put(incident(), place())
    other = evolve(one, clock=evolve(one.clock, horizon=one.clock.horizon + 1))

    assert key_of(one) == key_of(put(incident(), place()))
    assert key_of(one) != key_of(other)
    assert key_of(one, 1) != key_of(one, 2)


KEY = """
from simulator.experiment.kept import key_of
from simulator.testing.strategies import everything
from tests.experiment.organisations import incident, place, put
print(key_of(put(incident(), place()), everything()))
"""


@pytest.mark.slow
def test_keys_are_the_same_in_every_process():
    """A key does not depend on the hash seed."""
    keys = {
        subprocess.run(
            [sys.executable, "-c", KEY],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONHASHSEED": seed,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(keys) == 1
