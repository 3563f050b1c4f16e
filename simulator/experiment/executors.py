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
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from math import ceil
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


def play(job: Job[Result], count: int, jobs: int | None = None) -> Iterator[Result]:
    """Play replications 0, 1, 2, ... and yield their results in that order.

    The first ones are played here. Once it is known how long one takes, the rest goes
    to ``jobs`` processes, one for each processor if not given, if that pays.
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
) -> Iterator[Result]:
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
    size = min(ceil(CHUNK_S / seconds), ceil(len(numbers) / processes / CHUNKS_AHEAD))
    chunks = deque(
        numbers[at : at + max(size, 1)] for at in range(0, len(numbers), max(size, 1))
    )
    pickled, deaths = pickle.dumps(job), 0
    while chunks:
        try:
            for results in _in_pool(pickled, chunks, processes):
                chunks.popleft()
                deaths = 0
                yield from results
        except BrokenProcessPool as broken:
            deaths += 1
            if deaths > RESTARTS:
                raise LastdayError(
                    f"worker processes died {deaths} times in a row at replication "
                    f"{chunks[0].start}; accepted: a script with an "
                    "'if __name__ == \"__main__\":' guard, or jobs=1"
                ) from broken


def usable_processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_pool(
    pickled: bytes, chunks: "deque[range]", processes: int
) -> Iterator[list[Any]]:
    """Yield the results of one chunk after the other, with a few of them under way."""
    pool = ProcessPoolExecutor(
        min(processes, len(chunks)),
        multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(pickled,),
    )
    waiting = iter(tuple(chunks))
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
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C here, and from the start in processes that are started meanwhile.

    It arrives at the end of the block, or in a new process once that is ready for it.
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


def _begin(pickled: bytes) -> None:
    """Make a process ready. An interrupt ends it at once and without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _worker["pickled"] = pickled


def _chunk(numbers: range) -> list[Any]:
    # Unpickled here and not before, so that what goes wrong is told to the caller.
    if "job" not in _worker:
        _worker["job"] = pickle.loads(_worker["pickled"])
    return [_worker["job"](number) for number in numbers]
