"""``lastday whatif`` killed, or interrupted, at any moment: nothing of it is lost."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.experiment.test_results_killed import written

duckdb = pytest.importorskip("duckdb")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL"),
]

COUNT = 70
THREE = ("--candidates", "protected-lock,four-eyes,peer-report")
ARMS = {"alone": 4, "without": 5, "pairs": 7, "lattice": 8}


@pytest.fixture
def command(small):
    """Return a function that starts the real command in a process of its own."""

    def start(*words):
        return subprocess.Popen(
            [sys.executable, "-m", "simulator", "whatif", str(small), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    return start


def wait_for(folder, more, running):
    """Wait until a folder holds so many replications, while the command runs."""
    until = time.monotonic() + 60
    while written(folder) < more:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < until, "it never came so far"
        time.sleep(0.002)


@pytest.mark.parametrize("design", ARMS)
def test_a_killed_what_if_ends_as_if_it_never_was(lastday, command, design):
    """Resumed to the end it says the same, byte for byte, and its parts are whole."""
    words = ("--design", design, *THREE, "--replications", str(COUNT))
    words = (*words, "--jobs", "1", "--format", "json")
    folder, chance = Path("kept"), random.Random(design)
    for _ in range(2 if design == "lattice" else 1):
        running = command(*words, "--results", "kept", "--resume")
        wait_for(folder, written(folder) + chance.randrange(1, 25), running)
        time.sleep(chance.random() / 50)
        running.kill()
        running.communicate()
    last = command(*words, "--results", "kept", "--resume")
    told, errors = last.communicate(timeout=60)
    whole = lastday("whatif", "small.yaml", *words)

    assert (last.returncode, errors) == (0, "")
    assert told == whole.stdout
    assert stands_for(folder) == ARMS[design] * COUNT * 2
    assert is_sound(folder)


def stands_for(folder):
    """Count with DuckDB the runs that the rows of all parts stand for."""
    rows = duckdb.sql(f"SELECT sum(stands_for) FROM '{folder}/runs-*.parquet'")
    return rows.fetchall()[0][0]


def is_sound(folder):
    """Say whether the ledger is whole, and numbered without a gap."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as file:
        counted = file.execute("SELECT count(*), max(number) FROM replications")
        checked = file.execute("PRAGMA integrity_check")
        return (counted.fetchall(), checked.fetchall()) == (
            [(COUNT, COUNT - 1)],
            [("ok",)],
        )


def test_an_interrupt_while_candidates_are_chosen_ends_with_130(
    lastday, small, monkeypatch
):
    """Nothing is finished then, and nothing is claimed to be."""

    def interrupted(*words, **options):
        options["screening"](1, 10)
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.experiment.whatif.verb.whatif", interrupted)
    monkeypatch.setattr("simulator.cli.whatif.progress", shown := Shown())
    told = lastday("whatif", small, "--design", "lattice")

    assert (told.exit_code, told.stdout) == (130, "")
    assert told.stderr == "interrupted before the first replication\n"
    assert shown.steps == [(1, 10)]


class Shown:
    """A progress bar that remembers what it was told."""

    def __init__(self):
        self.steps = []

    def __call__(self, *, quiet):
        """Stand in for `progress`."""
        return self

    def __enter__(self):
        return lambda done, total: self.steps.append((done, total))

    def __exit__(self, *_):
        return None
