"""Executors: whoever plays, results come in order and nothing is lost."""

import os
import pickle
import time

import pytest
from attrs import frozen

from simulator.errors import LastdayError
from simulator.experiment import executors
from simulator.experiment.executors import play, play_in_processes

HERE = os.getpid()


@frozen
class Square:
    """A job that is done at once."""

    def __call__(self, number):
        """Do it."""
        return number * number


@frozen
class Whereabouts:
    """A job that tells in which process it is done."""

    def __call__(self, number):
        """Do it."""
        return os.getpid()


@frozen
class Busy:
    """A job that takes a while."""

    seconds: float

    def __call__(self, number):
        """Do it."""
        until = time.perf_counter() + self.seconds
        while time.perf_counter() < until:
            pass
        return os.getpid()


@frozen
class Marking:
    """A job that takes a while and leaves a mark."""

    folder: str
    seconds: float

    def __call__(self, number):
        """Do it."""
        with open(f"{self.folder}/{number}", "w"):
            return Busy(self.seconds)(number)


@frozen
class Wrong:
    """A job with a mistake in it."""

    def __call__(self, number):
        """Do it."""
        raise ValueError(f"replication {number} is wrong")


@frozen
class Deadly:
    """A job that kills its process, once or whenever it is tried."""

    mark: str
    number: int
    always: bool = False

    def __call__(self, number):
        """Do it."""
        if number == self.number and (self.always or not os.path.exists(self.mark)):
            with open(self.mark, "w"):
                os._exit(1)
        return number


def test_quick_work_stays_in_this_process():
    """Where starting processes would not pay, none is started."""
    assert set(play(Whereabouts(), 20, 2)) == {HERE}


def test_one_job_stays_in_this_process():
    """With one job nothing is sent away, however long it takes."""
    assert set(play(Busy(0.01), 10, 1)) == {HERE}


def test_results_come_in_order():
    """Results are those of 0, 1, 2, ..."""
    assert list(play(Square(), 7, 1)) == [0, 1, 4, 9, 16, 25, 36]


def test_nothing_to_play_is_nothing_played():
    """Without replications there are no results."""
    assert list(play(Square(), 0)) == []


def test_mistakes_are_told_as_they_are():
    """An error of a job reaches the caller unchanged."""
    with pytest.raises(ValueError, match="replication 0 is wrong"):
        list(play(Wrong(), 3, 1))


@pytest.mark.slow
def test_long_work_is_shared(monkeypatch):
    """Work that takes long is played in other processes, too."""
    monkeypatch.setattr(executors, "STARTUP_S", 0.2)

    where = list(play(Busy(0.05), 40, 2))

    assert len(where) == 40
    assert HERE in where
    assert len(set(where)) >= 2


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


def test_processors_are_counted():
    """There is always a processor to work on."""
    assert executors.usable_processors() >= 1
