"""Processes: what they play comes in order, and a process that dies is replaced."""

import os
import pickle

import pytest

from simulator.errors import LastdayError
from simulator.experiment.processes import play_in_processes
from tests.experiment.jobs import Deadly, Marking, Square, Wrong


@pytest.mark.slow
def test_results_of_processes_come_in_order():
    """Chunks that are done out of order are put in order again."""
    found = list(play_in_processes(Square(), range(3, 50), 2, 0.01))

    assert found == [n * n for n in range(3, 50)]


@pytest.mark.slow
def test_a_dead_process_is_replaced(tmp_path):
    """Where a process dies, what was under way is played again, and once."""
    job = Deadly(str(tmp_path / "died"), number=30)

    assert list(play_in_processes(job, range(50), 2, 0.05)) == list(range(50))


@pytest.mark.slow
def test_processes_that_keep_dying_are_given_up(tmp_path):
    """A replication that always kills its process is named, after a few tries."""
    job = Deadly(str(tmp_path / "died"), number=0, always=True)

    with pytest.raises(LastdayError, match=r"died 4 times in a row at replication 0"):
        list(play_in_processes(job, range(4), 2, 1))


@pytest.mark.slow
def test_mistakes_in_processes_are_told_as_they_are():
    """An error in another process reaches the caller as itself."""
    with pytest.raises(ValueError, match="replication 0 is wrong"):
        list(play_in_processes(Wrong(), range(4), 2, 1))


@pytest.mark.slow
def test_closing_ends_early(tmp_path):
    """Whoever closes the results waits for one replication, not for all sent."""
    results = play_in_processes(Marking(str(tmp_path), 0.01), range(10_000), 1, 0.01)
    next(results)

    results.close()

    # The first chunk is 25 long; two more had been handed to the process.
    assert 25 <= len(os.listdir(tmp_path)) < 75


def test_a_job_that_cannot_be_sent_is_refused_at_once():
    """A job that cannot be pickled fails before any process is started."""
    with pytest.raises((pickle.PicklingError, AttributeError)):
        list(play_in_processes(lambda number: number, range(4), 2, 1))
