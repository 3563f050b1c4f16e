"""Killed at any moment: nothing written is lost, and nothing is there twice."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from simulator.experiment import compare, findings_to_json
from tests.experiment.engines import CANDIDATES, a_day

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL"),
]

COUNT = 160
SCRIPT = """
import json, sys
from simulator.experiment import compare, executors, findings_to_json
from tests.experiment.engines import CANDIDATES, a_day

if __name__ == "__main__":
    folder, count, jobs, said = sys.argv[1:]
    executors.STARTUP_S, executors.PROBE_S = 0, 0.01
    findings = compare(
        a_day(), candidates=CANDIDATES, replications=int(count), jobs=int(jobs),
        results=folder, resume=True,
    )
    with open(said, "w") as file:
        json.dump(findings_to_json(findings), file)
"""


@pytest.fixture
def script(tmp_path):
    """Write the script that is killed, and return what starts it."""
    path = tmp_path / "script.py"
    path.write_text(SCRIPT)

    def start(folder, jobs, count=COUNT):
        return subprocess.Popen(
            [sys.executable, path, folder, str(count), str(jobs), tmp_path / "said"],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    return start


def written(folder):
    """Return how many replications a ledger holds, read beside whoever writes it."""
    try:
        file = sqlite3.connect(f"file:{folder / 'ledger.sqlite'}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return file.execute("SELECT count(*) FROM replications").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        file.close()


def wait_for(condition, seconds=60):
    """Wait until something holds, and fail if it never does."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.002)


def workers(pid):
    """Return the worker processes that a process has started."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        started = [int(child) for child in file.read().split()]
    return [child for child in started if "spawn_main" in command_of(child)]


def command_of(pid):
    """Return the command line of a process; "" if it is gone."""
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def parts(folder):
    """Return the bytes of the parts of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def ends_as_if_it_never_was_killed(running, folder, tmp_path):
    """Wait for the end, and hold folder and findings against one quiet run."""
    _, errors = running.communicate(timeout=60)

    assert (running.returncode, errors) == (0, "")
    whole = compare(
        a_day(),
        candidates=CANDIDATES,
        replications=COUNT,
        jobs=1,
        results=tmp_path / "whole",
    )
    said = json.dumps(findings_to_json(whole))
    assert (tmp_path / "said").read_text() == said
    assert parts(folder) == parts(tmp_path / "whole")
    assert len(parts(folder)) == 4
    file = sqlite3.connect(folder / "ledger.sqlite")
    counted = file.execute("SELECT count(*), max(number) FROM replications").fetchall()
    sound = file.execute("PRAGMA integrity_check").fetchall()
    file.close()
    assert counted == [(COUNT, COUNT - 1)]
    assert sound == [("ok",)]


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_moments_it_ends_as_if_it_never_was(tmp_path, script, seed):
    """After kills at random moments findings and parts are those of one quiet run."""
    folder = tmp_path / "cut"
    chance = random.Random(seed)
    for _ in range(2):
        running = script(folder, 1)
        more = written(folder) + chance.randrange(1, 70)
        wait_for(lambda more=more: written(folder) >= more)
        time.sleep(chance.random() / 20)
        running.kill()
        running.communicate()
        assert written(folder) >= more

    ends_as_if_it_never_was_killed(script(folder, 1), folder, tmp_path)


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="looks into /proc")
def test_killed_with_its_workers_it_ends_as_if_it_never_was(tmp_path, script):
    """Workers end with whoever started them, and one that is killed is replaced."""
    folder = tmp_path / "cut"
    running = script(folder, 2)
    wait_for(lambda: workers(running.pid) and written(folder) >= 20)
    started = workers(running.pid)
    running.kill()
    running.communicate()
    wait_for(lambda: not any(map(command_of, started)), seconds=20)

    again = script(folder, 2)
    wait_for(lambda: workers(again.pid))
    os.kill(workers(again.pid)[0], signal.SIGKILL)

    ends_as_if_it_never_was_killed(again, folder, tmp_path)


def test_killed_before_anything_is_finished_it_can_be_begun_again(tmp_path, script):
    """A kill while the folder is being made leaves one that can be used."""
    folder = tmp_path / "cut"
    running = script(folder, 1)
    wait_for((folder / "ledger.lock").exists)
    running.kill()
    running.communicate()

    ended = script(folder, 1, 3)

    assert (ended.communicate(timeout=60)[1], ended.returncode) == ("", 0)
    assert written(folder) >= 3
