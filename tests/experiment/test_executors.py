"""Executors: whoever plays, results come in order and nothing is lost."""

import os
import sys

import pytest

from simulator.errors import LastdayError
from simulator.experiment import executors
from simulator.experiment.executors import play
from tests.experiment.jobs import Busy, Square, Whereabouts, Wrong

HERE = os.getpid()


def test_quick_work_stays_in_this_process():
    """Where starting processes would not pay, none is started."""
    assert set(play(Whereabouts(), range(20), jobs=2)) == {HERE}


def test_one_job_stays_in_this_process():
    """With one job nothing is sent away, however long it takes."""
    assert set(play(Busy(0.01), range(10), jobs=1)) == {HERE}


def test_results_come_in_order():
    """Results are those of 0, 1, 2, ..."""
    assert list(play(Square(), range(7), jobs=1)) == [0, 1, 4, 9, 16, 25, 36]


def test_nothing_to_play_is_nothing_played():
    """Without replications there are no results."""
    assert list(play(Square(), range(0))) == []


def test_mistakes_are_told_as_they_are():
    """An error of a job reaches the caller unchanged."""
    with pytest.raises(ValueError, match="replication 0 is wrong"):
        list(play(Wrong(), range(3), jobs=1))


@pytest.mark.slow
def test_long_work_is_shared(monkeypatch):
    """Work that takes long is played in other processes, too."""
    monkeypatch.setattr(executors, "STARTUP_S", 0.2)

    where = list(play(Busy(0.05), range(40), jobs=2))

    assert len(where) == 40
    assert HERE in where
    assert len(set(where)) >= 2


def test_processors_are_counted():
    """There is always a processor to work on."""
    assert executors.usable_processors() >= 1


def test_without_dask_it_is_said_what_is_missing(monkeypatch):
    """A cluster without the extra is one line that names it."""
    monkeypatch.delitem(sys.modules, "simulator.experiment.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(LastdayError, match=r"pip install 'lastday\[cluster\]'"):
        list(play(Square(), range(3), cluster="host:8786"))
