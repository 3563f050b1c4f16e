"""Several processes on this machine that share the replications of an experiment.

They are started afresh ("spawn") and get the job once. A script that uses them needs
the usual ``if __name__ == "__main__":`` around its own calls.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from itertools import islice
from math import ceil
from multiprocessing.connection import wait
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from simulator.errors import LastdayError
from simulator.experiment.executors import Job, Result

CHUNK_S = 0.25
"""Work worth sending: long against the cost of sending it, short enough to share."""
CHUNKS_AHEAD = 4
"""Chunks under way for each worker: none is ever idle, and memory stays bounded."""
GRACE_S = 2.0
"""Time in which a worker that is told to stop may end by itself."""
RESTARTS = 3
"""How often in a row processes may die without a result before it is given up."""


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
    deaths = 0
    with _stored(job) as path:
        while numbers:
            try:
                with closing(_in_pool(path, numbers, size, processes)) as chunks:
                    for results in chunks:
                        numbers, deaths = numbers[len(results) :], 0
                        yield from results
            except BrokenProcessPool as broken:
                deaths += 1
                if deaths > RESTARTS:
                    raise LastdayError(
                        f"worker processes died {deaths} times in a row at "
                        f"replication {numbers.start}; accepted: a script with an "
                        "'if __name__ == \"__main__\":' guard, or jobs=1"
                    ) from broken


@contextmanager
def _stored(job: Job[Any]) -> Iterator[Path]:
    """Keep a job in a file while processes need it.

    It is not handed over as they start: should one die before it has read what it is
    handed, and that is more than a pipe holds, its starter would wait for ever.
    """
    with TemporaryDirectory(prefix="lastday-") as folder:
        path = Path(folder, "job")
        path.write_bytes(pickle.dumps(job))
        yield path


def _in_pool(
    path: Path, numbers: range, size: int, processes: int
) -> Generator[list[Any], None, None]:
    """Yield the results of one chunk after the other, with a few of them under way."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(
        min(processes, ceil(len(numbers) / size)),
        context,
        initializer=_begin,
        initargs=(path, stop),
    )
    waiting = (numbers[at : at + size] for at in range(0, len(numbers), size))
    under_way: deque[Future[list[Any]]] = deque()
    try:
        while True:
            room = processes * CHUNKS_AHEAD - len(under_way)
            under_way.extend(_submit(pool, chunk) for chunk in islice(waiting, room))
            if not under_way:
                return
            yield under_way.popleft().result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, numbers: Any) -> Future[list[Any]]:
    """Give a chunk to a pool; this is what starts its processes.

    Raises:
        BrokenProcessPool: A process has died, perhaps while another was being started.
    """
    with _interrupts_blocked():
        try:
            return pool.submit(_chunk, numbers)
        except OSError as closed:
            raise BrokenProcessPool(str(closed)) from closed


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


def _begin(path: Path, stop: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.update(path=path, stop=stop)
    threading.Thread(target=_end_with_the_starter, daemon=True).start()
    threading.Thread(target=_end_when_told, args=(stop,), daemon=True).start()


def _end_with_the_starter() -> None:
    """End this process when the one that started it is gone.

    A pool does not notice: each worker holds both ends of the pipe it waits at, so it
    would wait for ever for work from a process that was killed.
    """
    starter = multiprocessing.parent_process()
    if starter is not None:
        wait([starter.sentinel])
        os._exit(1)


def _end_when_told(stop: Event) -> None:
    """End this process a while after it was told to stop, whatever it waits for.

    A pool that breaks while it still starts processes forgets the last of them, and
    then waits for ever for its end. It is asked again and again, since nobody may wait
    for an event who can be killed: whoever sets it waits for those who wait.
    """
    while not stop.is_set():
        time.sleep(GRACE_S / 4)
    time.sleep(GRACE_S)
    os._exit(1)


def _chunk(numbers: range) -> list[Any]:
    # Read here and not before, so that what goes wrong is told to the caller.
    if "job" not in _worker:
        _worker["job"] = pickle.loads(_worker["path"].read_bytes())
    job, stop = _worker["job"], _worker["stop"]
    # Once told to stop, nobody waits for the results any more.
    return [job(number) for number in numbers if not stop.is_set()]
