"""Where replications are played: in this process, or in several on this machine.

A job is a function of the number of a replication. Results always come back in the
order of the numbers, so that what is made of them does not depend on who played them.
"""

import os
from collections.abc import Callable, Generator
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")
Job = Callable[[int], Result]

STARTUP_S = 0.5
"""About what it takes to start processes and import the simulator in them."""
PROBE_S = 0.25
"""How long replications are played here before it is decided who plays the rest."""


def play(
    job: Job[Result], count: int, jobs: int | None = None
) -> Generator[Result, None, None]:
    """Play replications 0, 1, 2, ... and yield their results in that order.

    The first ones are played here. Once it is known how long one takes, the rest goes
    to ``jobs`` processes, one for each processor if not given, if that pays. Close it
    to end early: processes then stop after the replication they are at.
    """
    processes = usable_processors() if jobs is None else jobs
    number, seconds, began = 0, float("inf"), perf_counter()
    while number < count and (processes < 2 or perf_counter() - began < PROBE_S):
        started = perf_counter()
        result = job(number)
        # The first one is slow, for everything is done for the first time in it.
        seconds = min(seconds, perf_counter() - started)
        yield result
        number += 1
    if (count - number) * seconds * (1 - 1 / processes) > STARTUP_S:
        # Imported here: it is slow to load, and short experiments have no use for it.
        from simulator.experiment.processes import play_in_processes

        yield from play_in_processes(job, range(number, count), processes, seconds)
    else:
        yield from map(job, range(number, count))


def usable_processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
