"""Studies: carried out by one process or several, they find the same."""

import os

import pytest
from attrs import frozen

from simulator.errors import LastdayError
from simulator.experiment import executors, processes
from simulator.experiment.crew import carry_out
from tests.experiment.jobs import Busy, Deadly, Square, Whereabouts, Wrong


def total(numbers, *, again=0):
    """Sum up squares, in batches, each of which depends on the one before."""
    found = sum((yield list(numbers)))
    for _ in range(again):
        yield []
        found += sum((yield [found % 7, found % 11]))
    return found


def by_hand(numbers, *, again=0):
    """Say what `total` finds with squares."""
    found = sum(number * number for number in numbers)
    for _ in range(again):
        found += (found % 7) ** 2 + (found % 11) ** 2
    return found


@pytest.fixture
def at_once(monkeypatch):
    """Let processes be used from the first moment."""
    monkeypatch.setattr(executors, "STARTUP_S", -1.0)
    monkeypatch.setattr(executors, "PROBE_S", 0.0)


def test_studies_end_one_after_the_other_here():
    """In one process findings come in the order of the studies."""
    studies = [total(range(n), again=n) for n in range(6)]

    assert list(carry_out(studies, Square(), 1)) == [
        (n, by_hand(range(n), again=n)) for n in range(6)
    ]


def test_a_study_without_tasks_ends():
    """Who asks for nothing has found it all."""

    def idle():
        yield []
        return "nothing"

    assert list(carry_out([idle()], Square(), 1)) == [(0, "nothing")]
    assert list(carry_out([], Square(), 1)) == []


@pytest.mark.slow
def test_several_processes_find_the_same(at_once):
    """Two processes share the work, and each study gets its results in order."""
    studies = [total(range(5 * n), again=3) for n in range(12)]

    assert dict(carry_out(studies, Square(), 2)) == {
        n: by_hand(range(5 * n), again=3) for n in range(12)
    }


@pytest.mark.slow
def test_the_work_is_done_elsewhere(at_once):
    """After the first moment tasks are done in other processes."""

    def where():
        return {*(yield range(40))}

    ((_, found),) = carry_out([where()], Whereabouts(), 2)

    assert found - {os.getpid()}


def test_short_work_stays_here():
    """Processes are not started where it does not pay."""

    def where():
        return {*(yield range(40))}

    assert list(carry_out([where()], Whereabouts(), 2)) == [(0, {os.getpid()})]


def test_every_task_is_told():
    """Each finished task is told with the position of its study."""
    told = []
    studies = [total(range(3)), total(range(2))]
    list(carry_out(studies, Square(), 1, told=lambda *task: told.append(task)))

    assert sorted(told) == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_mistake_in_a_job_is_told(at_once, jobs):
    """What goes wrong in a task is raised here, wherever it was done."""
    with pytest.raises(ValueError, match="is wrong"):
        list(carry_out([total(range(20))], Wrong(), jobs))


@frozen
class Elsewhere:
    """A job that is done at once here, and as another job is in other processes."""

    home: int
    job: object

    def __call__(self, number):
        """Do it."""
        return number if os.getpid() == self.home else self.job(number)


@pytest.mark.slow
def test_a_dead_process_is_replaced(at_once, tmp_path):
    """What was under way in a process that died is done again."""
    job = Elsewhere(os.getpid(), Deadly(str(tmp_path / "mark"), 17))

    def everything():
        return (yield range(60))

    assert list(carry_out([everything()], job, 2)) == [(0, list(range(60)))]


@pytest.mark.slow
def test_processes_that_keep_dying_are_given_up(at_once, tmp_path, monkeypatch):
    """Work that kills whoever does it ends with a message."""
    monkeypatch.setattr(processes, "RESTARTS", 1)
    job = Elsewhere(os.getpid(), Deadly(str(tmp_path / "mark"), 17, always=True))

    with pytest.raises(LastdayError, match="died 2 times in a row"):
        list(carry_out([total(range(60))], job, 2))


@pytest.mark.slow
def test_closing_early_leaves_nothing_behind(at_once):
    """Whoever stops listening does not wait for the rest."""
    studies = [total(range(4)) for _ in range(1_000)]
    found = carry_out(studies, Busy(0.05), 2)
    next(found)
    found.close()

    assert list(found) == []
