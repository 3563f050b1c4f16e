"""Where replications are played: in this process, or in several on this machine.

A job is a function of the number of a replication. Results always come back in the
order of the numbers, so that what is made of them does not depend on who played them.
Processes are started afresh ("spawn") and get the job once; a script that uses them
needs the usual ``if __name__ == "__main__":`` around its own calls.
"""

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from itertools import islice
from math import ceil
from multiprocessing.synchronize import Event
from time import perf_counter
from typing import Any, TypeVar

from simulator.errors import LastdayError

Result = TypeVar("Result")
Job = Callable[[int], Result]

STARTUP_S = 0.5
"""About what it takes to start processes and import the simulator in them."""
CHUNK_S = 0.25
"""Work worth sending: long against the cost of sending it, short enough to share."""
CHUNKS_AHEAD = 4
"""Chunks under way for each process: none is ever idle, and memory stays bounded."""
RESTARTS = 3
"""How often in a row processes may die without a result before it is given up."""


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
    while number < count and (processes < 2 or perf_counter() - began < CHUNK_S):
        started = perf_counter()
        result = job(number)
        # The first one is slow, for everything is done for the first time in it.
        seconds = min(seconds, perf_counter() - started)
        yield result
        number += 1
    if (count - number) * seconds * (1 - 1 / processes) > STARTUP_S:
        yield from play_in_processes(job, range(number, count), processes, seconds)
    else:
        yield from map(job, range(number, count))


def play_in_processes(
    job: Job[Result], numbers: range, processes: int, seconds: float
) -> Generator[Result, None, None]:
    """Play replications in several processes; yield their results in order.

    Where a process dies, new ones are started and what was under way is played again.

    Args:
        job: What is played; it must be possible to pickle.
        numbers: The replications.
        processes: How many processes are used.
        seconds: About how long one replication takes.

    Raises:
        LastdayError: Processes keep dying.
    """
    share = ceil(len(numbers) / processes / CHUNKS_AHEAD)
    size = max(1, min(ceil(CHUNK_S / seconds), share))
    pickled, deaths = pickle.dumps(job), 0
    while numbers:
        try:
            with closing(_in_pool(pickled, numbers, size, processes)) as chunks:
                for results in chunks:
                    numbers, deaths = numbers[len(results) :], 0
                    yield from results
        except BrokenProcessPool as broken:
            deaths += 1
            if deaths > RESTARTS:
                raise LastdayError(
                    f"worker processes died {deaths} times in a row at replication "
                    f"{numbers.start}; accepted: a script with an "
                    "'if __name__ == \"__main__\":' guard, or jobs=1"
                ) from broken


def usable_processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_pool(
    pickled: bytes, numbers: range, size: int, processes: int
) -> Generator[list[Any], None, None]:
    """Yield the results of one chunk after the other, with a few of them under way."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(
        min(processes, ceil(len(numbers) / size)),
        context,
        initializer=_begin,
        initargs=(pickled, stop),
    )
    waiting = (numbers[at : at + size] for at in range(0, len(numbers), size))
    under_way: deque[Future[list[Any]]] = deque()
    try:
        while True:
            room = processes * CHUNKS_AHEAD - len(under_way)
            with _interrupts_blocked():  # for this is what starts processes
                under_way.extend(pool.submit(_chunk, c) for c in islice(waiting, room))
            if not under_way:
                return
            yield under_way.popleft().result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Keep Ctrl-C from processes that are started meanwhile; here it only waits.

    A terminal sends it to all processes at once, but what is to be done about it is
    decided here alone.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: dict[str, Any] = {}
"""The job of a worker process. Only `_begin` and `_chunk`, in a worker, touch it."""


def _begin(pickled: bytes, stop: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.update(pickled=pickled, stop=stop)


def _chunk(numbers: range) -> list[Any]:
    # Unpickled here and not before, so that what goes wrong is told to the caller.
    if "job" not in _worker:
        _worker["job"] = pickle.loads(_worker["pickled"])
    job, stop = _worker["job"], _worker["stop"]
    # Once told to stop, nobody waits for the results any more.
    return [job(number) for number in numbers if not stop.is_set()]
