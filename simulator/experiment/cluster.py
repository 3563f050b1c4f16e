"""A Dask cluster that plays the replications of an experiment, found by its address.

Every worker gets the job once, those that join later too. Tasks name it, and carry
nothing but the numbers of a few replications. Dask itself has a task done again whose
worker died. What Dask logs meanwhile is kept from the screen; what matters of it is
raised.
"""

import asyncio
import logging
import re
import threading
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from math import ceil
from time import perf_counter
from typing import Any

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin
from distributed.comm.core import connect
from distributed.protocol.pickle import dumps, loads

from simulator import __version__
from simulator.errors import LastdayError
from simulator.experiment.executors import Job, Result
from simulator.experiment.processes import CHUNK_S, CHUNKS_AHEAD

CONNECT_S = 10.0
"""How long a scheduler has to answer, and then to show a worker."""
DESERTED_S = 60.0
"""How long a cluster may be without any worker before it is given up."""
PATIENCE_S = 0.5
"""How much longer than that is waited for the reason."""
LOOK_S = 2.0
"""How often somebody looks who is there."""
FETCH_S = 30.0
"""How long the way of a finished result may be, before somebody looks again."""

_ADDRESS = re.compile(r"((tcp|tls)://)?(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):([0-9]{1,5})")


def play_on_cluster(
    job: Job[Result], numbers: range, address: str
) -> Generator[Result, None, None]:
    """Play replications on a cluster; yield their results in order.

    Args:
        job: What is played; the workers must be able to import what it is made of.
        numbers: The replications.
        address: ``host:port`` of the scheduler, with or without ``tcp://``.

    Raises:
        LastdayError: Nobody answers there, there are no workers, they have another
            version, or they keep dying.
    """
    _check(address)
    with _quiet(), _connected(address) as client, _handed_out(client, job) as key:
        yield from _in_order(_Crew(client, address), key, numbers)


def _check(address: str) -> None:
    parts = _ADDRESS.fullmatch(address)
    if parts is None or not 0 < int(parts[4]) < 2**16:
        raise LastdayError(
            f"no address of a Dask scheduler ({address!r}); accepted: host:8786 or "
            "tcp://host:8786"
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs from the screen."""
    loggers = [logging.getLogger(n) for n in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """Connect to a scheduler whose workers can play."""
    where = address if "://" in address else f"tcp://{address}"
    try:
        # Nothing of this may need the caller's own event loop, if there is one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _greeted(where)).result()
        client = Client(where, timeout=CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError, MemoryError, AssertionError) as wrong:
        raise LastdayError(
            f"no Dask scheduler answers at {where} ({_reason(wrong)}); accepted: the "
            "address of one that runs, such as tcp://host:8786"
        ) from wrong
    try:
        _know_workers(client, where)
        yield client
    finally:
        with suppress(OSError, TimeoutError, CancelledError):
            client.close(timeout=LOOK_S)


async def _greeted(where: str) -> None:
    """Exchange greetings with a scheduler, within a bounded time.

    `Client` bounds the time to connect, but then waits for ever for the greeting of
    something that accepts connections and says nothing.
    """

    async def greet() -> None:
        comm = await connect(where, timeout=CONNECT_S)
        await comm.close()

    # A little longer, so that what Dask itself knows of the reason is told first.
    await asyncio.wait_for(greet(), CONNECT_S + PATIENCE_S)


def _reason(wrong: BaseException | None) -> str:
    """Say why nobody could be reached: the innermost cause that says anything."""
    said, cause = "", wrong
    while cause is not None:
        said = str(cause).partition("\n")[0] or said
        cause = cause.__cause__
    if said:
        return said
    if isinstance(wrong, TimeoutError):
        return f"nothing said within {CONNECT_S:g} s"
    return "what answers there does not speak as Dask does"


def _know_workers(client: Client, where: str) -> None:
    """Refuse a cluster without workers, or with some that have another version."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError as nobody:
        raise LastdayError(
            f"the cluster at {where} has no workers; accepted: one with at least one"
        ) from nobody
    for worker, version in sorted(client.run(_version, on_error="return").items()):
        if version != __version__:
            there = version if isinstance(version, str) else "none that can be imported"
            raise LastdayError(
                f"worker {worker} of the cluster at {where} has another version of "
                f"lastday ({there}); accepted: {__version__} on every worker"
            )


def _version() -> str:
    """Tell, on a worker, which version it has."""
    return __version__


class _Handout(WorkerPlugin):
    """Gives a job to every worker, and takes it back in the end."""

    def __init__(self, key: str, job: bytes) -> None:
        self.name = self.key = key
        self.job = job

    def setup(self, worker: Worker) -> None:
        """Give it."""
        _given[self.key] = self.job

    def teardown(self, worker: Worker) -> None:
        """Take it back."""
        _given.pop(self.key, None)


_given: dict[str, bytes] = {}
"""The jobs of a worker. Only `_Handout` and `_chunk`, on a worker, touch it."""
_own = threading.local()
"""The job of a thread of a worker with its key: engines are not made for sharing."""


@contextmanager
def _handed_out(client: Client, job: Job[Any]) -> Iterator[str]:
    key = f"lastday-{client.id}"
    client.register_plugin(_Handout(key, dumps(job)))
    try:
        yield key
    finally:
        with suppress(OSError, TimeoutError, CancelledError):
            client.unregister_worker_plugin(key)


def _chunk(key: str, numbers: range) -> tuple[float, list[Any]]:
    """Play replications on a worker; return the seconds of one, and all results."""
    began = perf_counter()
    if getattr(_own, "key", None) != key:
        try:
            _own.job = loads(_given[key])
        except (ImportError, AttributeError) as missing:
            raise LastdayError(
                f"workers of the cluster cannot read the experiment ({missing}); "
                "accepted: workers with the same packages as here"
            ) from missing
        _own.key, began = key, perf_counter()
    results = [_own.job(number) for number in numbers]
    return (perf_counter() - began) / len(numbers), results


class _Crew:
    """The workers of a cluster, as last seen."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address
        self.threads = sum(client.nthreads().values())
        self.looked = self.seen = perf_counter()

    def look(self) -> None:
        """See from time to time who is there, and give up where nobody is for long."""
        now = perf_counter()
        if now - self.looked < LOOK_S:
            return
        self.looked = now
        here = sum(self.client.nthreads().values())
        if here:
            self.threads, self.seen = here, now
        elif now - self.seen > DESERTED_S:
            raise LastdayError(
                f"the cluster at {self.address} has had no workers for "
                f"{DESERTED_S:g} s; accepted: to go on when there are some again"
            )


def _in_order(crew: _Crew, key: str, numbers: range) -> Generator[Any, None, None]:
    """Yield the results of one chunk after the other, with a few of them under way."""
    share = ceil(len(numbers) / crew.threads / CHUNKS_AHEAD)
    seconds = float("inf")
    under_way: deque[tuple[range, Future[Any]]] = deque()
    try:
        while numbers or under_way:
            crew.look()
            # One at a time, as long as it is not known how long one takes.
            size = max(1, min(ceil(CHUNK_S / max(seconds, 1e-6)), share))
            while numbers and len(under_way) < crew.threads * CHUNKS_AHEAD:
                chunk, numbers = numbers[:size], numbers[size:]
                future = crew.client.submit(_chunk, key, chunk, pure=False)
                under_way.append((chunk, future))
            taken, results = _result(crew, *under_way[0])
            under_way.popleft()
            seconds = min(seconds, taken)
            yield from results
    finally:
        with suppress(OSError, TimeoutError, CancelledError):
            crew.client.cancel([future for _, future in under_way])


def _result(
    crew: _Crew, chunk: range, future: "Future[Any]"
) -> tuple[float, list[Any]]:
    """Wait for one chunk, and say in a line what went wrong with it."""
    try:
        while True:
            # A result may be finished and lost again, with the worker that has it. Dask
            # then cancels the fetch, and at times forgets that it has no result.
            with suppress(TimeoutError, UnboundLocalError):
                patience = FETCH_S if future.done() else LOOK_S
                return future.result(timeout=patience)  # type: ignore[no-any-return]
            if future.status == "error":  # then it was the job that failed so
                return future.result()  # type: ignore[no-any-return]
            crew.look()
    except KilledWorker as killed:
        raise LastdayError(
            f"workers of the cluster died {killed.allowed_failures + 1} times at "
            f"replications {chunk.start} to {chunk.stop - 1}; accepted: workers with "
            "enough memory; their logs say more"
        ) from killed
    except (CancelledError, OSError) as lost:
        if future.status == "error":  # it is the job that failed so
            raise
        raise LastdayError(
            f"the connection to the cluster at {crew.address} was lost; accepted: to "
            "go on when it is there again"
        ) from lost
