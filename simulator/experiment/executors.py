"""Where replications are played: here, in several processes, or on a Dask cluster.

A job is a function of the number of a replication. Results always come back in the
order of the numbers, so that what is made of them does not depend on who played them.
"""

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from time import perf_counter
from types import FrameType
from typing import TypeVar

from simulator.errors import LastdayError

Result = TypeVar("Result")
Job = Callable[[int], Result]

STARTUP_S = 0.5
"""About what it takes to start processes and import the simulator in them."""
PROBE_S = 0.25
"""How long replications are played here before it is decided who plays the rest."""


def play(
    job: Job[Result],
    numbers: range,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Generator[Result, None, None]:
    """Play replications and yield their results in the order of the numbers.

    Without a cluster the first ones are played here. Once it is known how long one
    takes, the rest goes to ``jobs`` processes, one for each processor if not given, if
    that pays. Close it to end early: others then stop after what they are at.

    Args:
        job: What is played; for anywhere but here it must be possible to pickle.
        numbers: The replications.
        jobs: Processes used on this machine; means nothing to a cluster.
        cluster: The address of a Dask scheduler, such as ``tcp://host:8786``; all is
            played there.

    Raises:
        LastdayError: The cluster cannot be used, or workers keep dying.
    """
    if cluster is None:
        processes = usable_processors() if jobs is None else jobs
        yield from _on_this_machine(job, numbers, processes)
    elif numbers:
        yield from _on_cluster(job, numbers, cluster)


def _on_this_machine(
    job: Job[Result], numbers: range, processes: int
) -> Generator[Result, None, None]:
    seconds, began = float("inf"), perf_counter()
    while numbers and (processes < 2 or perf_counter() - began < PROBE_S):
        started = perf_counter()
        result = job(numbers[0])
        # The first one is slow, for everything is done for the first time in it.
        seconds = min(seconds, perf_counter() - started)
        yield result
        numbers = numbers[1:]
    if len(numbers) * seconds * (1 - 1 / processes) > STARTUP_S:
        # Imported here: it is slow to load, and short experiments have no use for it.
        from simulator.experiment.processes import play_in_processes

        yield from play_in_processes(job, numbers, processes, seconds)
    else:
        yield from map(job, numbers)


def _on_cluster(
    job: Job[Result], numbers: range, address: str
) -> Generator[Result, None, None]:
    try:
        from simulator.experiment.cluster import play_on_cluster
    except ModuleNotFoundError as missing:
        raise LastdayError(
            f"a cluster needs Dask ({missing.name} is not installed); accepted: after "
            "pip install 'lastday[cluster]', or without a cluster"
        ) from missing
    yield from play_on_cluster(job, numbers, address)


def usable_processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back to the end of the block: what is in it is done whole or not."""
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    held: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: held.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if held:
        usual(*held[0])
