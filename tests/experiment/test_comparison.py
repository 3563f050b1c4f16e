"""Comparing: the same findings however they are played, and each run counted once."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.experiment import compare, executors
from simulator.testing.strategies import scenarios
from tests.experiment.engines import CANDIDATES, Watched, a_day, an_axis, expected

SWEPT = an_axis("resolve", "swept", "firm", "weak", path=("misuse", "desists"))


def found(scenario=None, **special):
    """Compare on the day, with few replications."""
    given = {"candidates": CANDIDATES, "replications": 4, "jobs": 1}
    return compare(scenario or a_day(), **{**given, **special})


def rows(findings):
    """Return the rows of the first reading by label."""
    reading = findings.readings[0]
    return {row.label: row for row in (reading.baseline, *reading.rows)}


def test_a_lock_stops_what_nothing_in_force_stops():
    """A row differs from what was in force by what its candidate does."""
    table = rows(found())

    assert table[""].usual == "noticed"
    assert table["protected-lock"].usual == "stopped"
    assert table["protected-lock"].did_it == (("protected-lock", 4),)
    assert table["user-report"].in_force
    assert table["user-report"].usual == "missed"


def test_every_run_is_counted_once():
    """In each row the verdicts add up to the replications."""
    for row in rows(found()).values():
        assert sum(estimate.count for estimate in row.verdicts.values()) == 4
        assert row.held.of == row.outage.of == 4
        assert row.possible == 4


def test_saved_runs_are_told():
    """A row tells how many of its runs had to be played."""
    table = rows(found())

    assert (table["silent"].reran, table["silent"].fired) == (0, 0)
    assert (table["protected-lock"].reran, table["protected-lock"].fired) == (4, 4)
    assert table[""].reran == 0


def test_a_row_that_was_not_played_is_what_was_in_force():
    """A silent candidate has the verdicts, times and costs of what was in force."""
    table = rows(found())

    for name in ("verdicts", "held", "notice", "restore", "outage", "did_it"):
        assert getattr(table["silent"], name) == getattr(table[""], name)
    assert table["silent"].cost.added_s == 0


def test_findings_say_how_to_find_them_again():
    """Findings carry title, seed and replications, and are found again with them."""
    first = found(seed=7)

    assert (first.title, first.seed, first.finished) == ("a scene", 7, 4)
    assert first == found(seed=7)


def test_progress_is_told():
    """After each replication, how many are finished is told."""
    told = []

    found(progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("interrupt_at", [1, 2, 7, 12, 20])
def test_an_interrupt_keeps_what_is_finished(interrupt_at):
    """Interrupted findings are those of as many replications as were finished."""
    cut = found(engine=Watched(interrupt_at=interrupt_at))

    assert cut.finished == (interrupt_at - 1) // 6
    assert cut.replications == 4
    if cut.finished:
        whole = found(replications=cut.finished)
        assert cut.readings == whole.readings


def test_an_interrupt_at_once_leaves_empty_findings():
    """With nothing finished there are rows, and nothing is known of any."""
    cut = found(engine=Watched(interrupt_at=1))

    baseline = cut.readings[0].baseline
    assert (baseline.held.of, baseline.held.low, baseline.held.high) == (0, 0.0, 1.0)


def test_an_interrupt_while_progress_is_told_keeps_the_run():
    """Ctrl-C between two replications loses neither."""

    def interrupt(done, total):
        if done == 2:
            raise KeyboardInterrupt

    assert found(progress=interrupt).finished == 2


def test_swept_options_are_told_apart():
    """Each option of a swept axis has its share of the runs, and they add up."""
    swept = evolve(a_day(), axes=(SWEPT,))

    for row in rows(found(swept, replications=5)).values():
        runs = {option: estimate.of for option, estimate in row.by_option.items()}
        assert runs == {("resolve", "firm"): 3, ("resolve", "weak"): 2}
        assert sum(e.count for e in row.by_option.values()) == row.held.count


def test_a_single_replication_is_enough():
    """One replication gives findings, with wide intervals."""
    table = rows(found(replications=1))

    assert table["protected-lock"].held.low < 0.25


def test_no_replications_are_refused():
    """Nothing to replicate, or nobody to do it, is a mistake and is named."""
    with pytest.raises(ValueError, match=r"no replications \(0\)"):
        found(replications=0)
    with pytest.raises(ValueError, match=r"no jobs \(0\)"):
        found(jobs=0)
    with pytest.raises(ValueError, match=r"jobs \(1\) and a cluster; accepted: one of"):
        found(cluster="host:8786")


def test_replay_targets_are_checked_against_what_was_in_force():
    """Each documented value is held against the runs of what was in force."""
    documented = evolve(
        a_day(), expect=(expected("targets-touched", exactly=1), expected("outage"))
    )

    touched, outage = found(documented).readings[0].targets

    assert touched.met
    assert touched.simulated.median == 1
    assert outage.simulated.happened == 4


@pytest.mark.slow
def test_findings_are_the_same_for_any_number_of_jobs(monkeypatch):
    """Whether one process plays or two, the findings are equal to the last bit."""
    monkeypatch.setattr(executors, "STARTUP_S", 0.0)
    monkeypatch.setattr(executors, "PROBE_S", 0.01)
    scenario = evolve(a_day(), axes=(SWEPT, an_axis("why", "apart", "a", "b")))

    one, two = (found(scenario, replications=40, jobs=jobs) for jobs in (1, 2))

    assert one == two


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios(), st.integers(1, 3))
def test_shares_of_any_scenario_add_up(scenario, replications):
    """Whatever the scenario, each row accounts for every run."""
    findings = compare(scenario, replications=replications, jobs=1)

    for row in rows(findings).values():
        assert sum(e.count for e in row.verdicts.values()) == replications
        assert sum(runs for _, runs in row.did_it) <= replications
        assert max(row.fired, row.reran, row.possible) <= replications
        assert row.cost.added_low <= row.cost.added_s <= row.cost.added_high


INTERRUPTED = """
import sys
from simulator.experiment import compare, executors
from tests.experiment.engines import a_day

def tell(done, total):
    if done == 60:
        print("sixty", flush=True)

if __name__ == "__main__":
    executors.STARTUP_S, executors.PROBE_S = 0, 0.01
    found = compare(
        a_day(), replications=10_000_000, jobs=2, progress=tell, results=sys.argv[1]
    )
    print(found.finished, found.readings[0].baseline.held.of)
"""

UNGUARDED = """
from simulator.experiment import compare
from tests.experiment.engines import a_day

compare(a_day(), replications=10_000, jobs=2)
"""


def start(folder, script):
    """Start a script in a process group of its own."""
    path = folder / "script.py"
    path.write_text(script)
    return subprocess.Popen(
        [sys.executable, path, folder / "results"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_from_the_terminal_is_silent(tmp_path):
    """Ctrl-C reaches all processes; none leaves a traceback, and the runs are kept."""
    running = start(tmp_path, INTERRUPTED)
    assert running.stdout.readline() == "sixty\n"

    os.killpg(running.pid, signal.SIGINT)
    told, errors = running.communicate(timeout=60)

    finished, counted = map(int, told.split())
    assert finished == counted >= 60
    assert (running.returncode, errors) == (0, "")
    # One may have been written when the interrupt came, and not have been counted yet.
    assert 0 <= kept_in(tmp_path / "results") - finished <= 1


def kept_in(folder):
    """Return how many replications a folder of results holds."""
    ledger = sqlite3.connect(folder / "ledger.sqlite")
    (kept,) = ledger.execute("SELECT count(*) FROM replications").fetchone()
    ledger.close()
    return kept


@pytest.mark.slow
def test_a_script_without_a_guard_is_told_what_it_lacks(tmp_path):
    """A script that starts itself again in every process ends, and says why."""
    _, errors = start(tmp_path, UNGUARDED).communicate(timeout=120)

    assert "accepted: a script with an 'if __name__ == \"__main__\":' guard" in errors
