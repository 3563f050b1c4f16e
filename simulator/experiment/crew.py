"""Studies side by side: work whose next tasks depend on what the last ones found.

study = a generator that yields batches of tasks, is sent their results in the order of
        the tasks, and returns its finding
crew  = who does the tasks: this process, or several on this machine

A study is told nothing but results, so its finding does not depend on who did the work.
The first studies come first; later ones are begun where somebody would be idle.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TypeVar

from attrs import Factory, define, field, frozen

from simulator.errors import LastdayError
from simulator.experiment import executors, processes

CHUNKS_AHEAD = 2
"""Chunks under way for each process; few, so that studies end one after the other."""

Finding = TypeVar("Finding")
Study = Generator[Sequence[Any], list[Any], Finding]
Timed = tuple[float, Any]
"""Seconds that a task took, and its result."""
Told = Callable[[int, Any], None]
"""Told the position of a study and a task of it that is done."""


@frozen
class _Timing:
    """A job that also says how long it took."""

    job: Callable[[Any], Any]

    def __call__(self, task: Any) -> Timed:
        began = perf_counter()
        result = self.job(task)
        return perf_counter() - began, result


class _Crew(Protocol):
    """Does chunks of tasks; ``hands`` is how many at the same time."""

    @property
    def hands(self) -> int: ...

    def submit(self, tasks: Sequence[Any]) -> "Future[list[Timed]]": ...


@frozen
class _Alone:
    """This process: what is submitted is done at once."""

    job: _Timing
    hands: int = 1

    def submit(self, tasks: Sequence[Any]) -> "Future[list[Timed]]":
        done: Future[list[Timed]] = Future()
        done.set_result([self.job(task) for task in tasks])
        return done


class _Pool:
    """Several processes, which stay until they are told to stop."""

    def __init__(self, path: Path, hands: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.hands = hands
        self._stop = context.Event()
        self._pool = ProcessPoolExecutor(
            hands, context, initializer=processes._begin, initargs=(path, self._stop)
        )

    def submit(self, tasks: Sequence[Any]) -> "Future[list[Timed]]":
        return processes._submit(self._pool, tasks)

    def close(self) -> None:
        self._stop.set()
        self._pool.shutdown(cancel_futures=True)


@define(eq=False)
class _Open:
    """A study that is begun: its batch, what is not sent yet, and what is back."""

    position: int
    study: Study[Any]
    tasks: Sequence[Any] = ()
    unsent: list[int] = Factory(list)
    back: dict[int, Any] = Factory(dict)
    seconds: float = 0.0

    def begin(self, tasks: Sequence[Any]) -> None:
        self.tasks, self.back, self.seconds = tasks, {}, 0.0
        self.unsent = list(range(len(tasks)))

    def take(self, hands: int) -> "_Chunk":
        """Take the next tasks: enough to be worth sending, few enough to share."""
        worth = ceil(processes.CHUNK_S / self.seconds) if self.seconds else 1
        size = max(1, min(worth, ceil(len(self.tasks) / hands / CHUNKS_AHEAD)))
        taken, self.unsent = self.unsent[:size], self.unsent[size:]
        return _Chunk(self, taken)

    @property
    def is_through(self) -> bool:
        return len(self.back) == len(self.tasks)


@frozen(eq=False)
class _Chunk:
    """Some tasks of a study's batch, by their numbers in it."""

    of: _Open
    numbers: list[int]

    @property
    def tasks(self) -> list[Any]:
        return [self.of.tasks[number] for number in self.numbers]

    def came_back(self, results: Sequence[Timed]) -> None:
        self.of.seconds = sum(took for took, _ in results) / len(results)
        for number, (_, result) in zip(self.numbers, results, strict=True):
            self.of.back[number] = result

    def put_back(self) -> None:
        self.of.unsent = sorted([*self.numbers, *self.of.unsent])


@define(eq=False)
class _Bench:
    """All studies: those not begun, those under way, and findings to hand out."""

    waiting: deque[tuple[int, Study[Any]]]
    under_way: list[_Open] = Factory(list)
    found: deque[tuple[int, Any]] = Factory(deque)
    first_batch: int = 0

    def next_chunk(self, hands: int) -> _Chunk | None:
        """Take tasks of the earliest study that has any; begin one if none has."""
        while True:
            for open_ in self.under_way:
                if open_.unsent:
                    return open_.take(hands)
            if not self.waiting:
                return None
            open_ = _Open(*self.waiting.popleft())
            self.under_way.append(open_)
            self._go_on(open_, None)
            self.first_batch = max(self.first_batch, len(open_.tasks))

    def take_in(self, chunk: _Chunk, results: Sequence[Timed]) -> None:
        """Take results in; a study whose batch is through goes on."""
        chunk.came_back(results)
        if chunk.of.is_through:
            self._go_on(chunk.of, self._results(chunk.of))

    def left(self) -> int:
        """Count the tasks that are known to come."""
        begun = sum(len(open_.unsent) for open_ in self.under_way)
        return begun + len(self.waiting) * self.first_batch

    def _go_on(self, open_: _Open, results: list[Any] | None) -> None:
        """Send results to a study until it has a batch with tasks in it, or ends."""
        try:
            tasks = open_.study.send(results)  # type: ignore[arg-type]
            while not tasks:
                tasks = open_.study.send([])
        except StopIteration as end:
            self.under_way.remove(open_)
            self.found.append((open_.position, end.value))
        else:
            open_.begin(tasks)

    @staticmethod
    def _results(open_: _Open) -> list[Any]:
        return [open_.back[number] for number in range(len(open_.tasks))]


def carry_out(
    studies: Sequence[Study[Finding]],
    job: Callable[[Any], Any],
    jobs: int | None = None,
    *,
    told: Told = lambda position, task: None,
) -> Generator[tuple[int, Finding], None, None]:
    """Carry studies out and yield (position, finding) as each one ends.

    The first tasks are done here. Once it is known how long they take, the rest goes to
    ``jobs`` processes, one for each processor if not given, if that pays. Close it to
    end early: processes then stop after the task they are at.

    Args:
        studies: What is to be found out.
        job: Does one task; it and the tasks must be possible to pickle.
        jobs: Processes used.
        told: Called here after each task, in no particular order.

    Raises:
        LastdayError: Processes keep dying.
    """
    bench = _Bench(deque(enumerate(studies)))
    with ExitStack() as stack:
        timing = _Timing(job)
        work = _Work(bench, timing, jobs, told, stack, _Alone(timing))
        yield from work.findings()


@define(eq=False)
class _Work:
    """Studies being carried out, by a crew that may change."""

    bench: _Bench
    job: _Timing
    jobs: int | None
    told: Told
    stack: ExitStack
    crew: _Crew
    sent: "dict[Future[list[Timed]], _Chunk]" = field(init=False, factory=dict)
    deaths: int = field(init=False, default=0)
    path: Path | None = field(init=False, default=None)

    def findings(self) -> Generator[tuple[int, Any], None, None]:
        """Yield each finding as soon as there is one."""
        began = perf_counter()
        hands = executors.usable_processors() if self.jobs is None else self.jobs
        while True:
            try:
                self._send()
                yield from self._found()
                if not self.sent:
                    return
                self._receive()
                yield from self._found()
            except BrokenProcessPool as broken:
                self._mourn(broken)
            is_probed = perf_counter() - began >= executors.PROBE_S
            if hands > 1 and self.crew.hands == 1 and is_probed and self._pays(hands):
                self._hire(hands)

    def _send(self) -> None:
        while len(self.sent) < self.crew.hands * CHUNKS_AHEAD:
            chunk = self.bench.next_chunk(self.crew.hands)
            if chunk is None:
                return
            try:
                self.sent[self.crew.submit(chunk.tasks)] = chunk
            except BrokenProcessPool:
                chunk.put_back()
                raise

    def _receive(self) -> None:
        done, _ = wait(self.sent, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda f: self.sent[f].of.position):
            results = future.result()
            chunk = self.sent.pop(future)
            self.deaths = 0
            for task in chunk.tasks:
                self.told(chunk.of.position, task)
            self.bench.take_in(chunk, results)

    def _found(self) -> Generator[tuple[int, Any], None, None]:
        while self.bench.found:
            yield self.bench.found.popleft()

    def _pays(self, hands: int) -> bool:
        known = [open_.seconds for open_ in self.bench.under_way if open_.seconds]
        left_s = self.bench.left() * min(known, default=0.0)
        return left_s * (1 - 1 / hands) > executors.STARTUP_S

    def _hire(self, hands: int) -> None:
        if self.path is None:
            self.path = self.stack.enter_context(processes._stored(self.job))
        pool = _Pool(self.path, hands)
        self.stack.callback(pool.close)
        self.crew = pool

    def _mourn(self, broken: BrokenProcessPool) -> None:
        """Have everything done again that dead processes were at."""
        self.deaths += 1
        if self.deaths > processes.RESTARTS:
            raise LastdayError(
                f"worker processes died {self.deaths} times in a row; accepted: a "
                "script with an 'if __name__ == \"__main__\":' guard, or jobs=1"
            ) from broken
        for chunk in self.sent.values():
            chunk.put_back()
        self.sent.clear()
        self._hire(self.crew.hands)
