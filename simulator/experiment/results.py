"""A folder of results: what was played outlives the process, and can be gone on with.

    ledger.sqlite        every replication, written as it comes
    runs-00000.parquet   flat rows of replications 0 to 49, for other tools; and so on

Whatever kind of experiment it is, a `Codec` says how its results are written. The
folder may be killed at any moment: what the ledger has counts, and parts that it lacks
are made again from it. Part boundaries and bytes depend on nothing but the results.
"""

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TypeVar

import attrs
from attrs import define, field, frozen

from simulator import __version__
from simulator.errors import LastdayError
from simulator.experiment.executors import Job, play, uninterrupted
from simulator.experiment.ledger import Ledger, usable
from simulator.experiment.parts import (
    BLOCK,
    NEEDED,
    Columns,
    Part,
    Rows,
    about_part,
    sweep,
)

Kept = TypeVar("Kept")
TOLD = 3
"""How many differences between two experiments are told."""


class Codec(Protocol[Kept]):
    """Writes the results of one kind of experiment, and reads them back."""

    @property
    def design(self) -> str:
        """The name of the kind of experiment."""

    @property
    def columns(self) -> Columns:
        """The columns of its rows, the same for all experiments of the kind."""

    def encode(self, result: Kept) -> str:
        """Write one result as compact JSON; the same result, the same text."""

    def decode(self, text: str) -> Kept:
        """Read back what `encode` wrote, equal to what it was."""

    def rows(self, number: int, result: Kept) -> Iterable[Mapping[str, Any]]:
        """Return the flat rows of one replication."""


@frozen(kw_only=True)
class Provenance:
    """What an experiment is. Two that are alike in it have the same results.

    Attributes:
        design: The kind of experiment.
        columns: The columns of its rows.
        title: The title of the scenario.
        scenario: A digest of all that the scenario holds.
        seed: The seed of the experiment.
        candidates: For each label all parameters of what is tried.
        options: Whatever else was chosen, as plain values.
        replications: How many are asked for; another number is the same experiment.
        version: The version of lastday.
    """

    design: str
    columns: Columns
    title: str
    scenario: str
    seed: int
    candidates: Mapping[str, Mapping[str, Any]]
    options: Mapping[str, Any]
    replications: int
    version: str = __version__

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values that JSON gives back as they are."""
        told = {f.name: getattr(self, f.name) for f in attrs.fields(Provenance)}
        return {**told, "columns": [list(column) for column in self.columns]}


@define(eq=False)
class Results:
    """An open folder of results; a context manager. Use `Results.open`.

    Attributes:
        folder: Where it is.
        finished: Replications written: 0 to ``finished - 1``.
    """

    folder: Path
    provenance: Provenance
    finished: int
    _ledger: Ledger
    _parts: dict[int, Part]
    _about: Mapping[str, str]
    _rows: Rows = field(init=False)
    _known: int = field(init=False, default=0)

    @_rows.default
    def _no_rows(self) -> Rows:
        return Rows(self.provenance.columns)

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], provenance: Provenance, *, resume: bool
    ) -> "Results":
        """Begin a folder, or go on with one.

        Args:
            path: The folder; it may be missing, empty, or hold such results.
            provenance: The experiment that is going to be played.
            resume: Go on where results of the same experiment are there.

        Raises:
            LastdayError: The folder holds something else or another experiment, or
                results although none were expected; another process writes there; or
                DuckDB is not installed.
        """
        if find_spec("duckdb") is None:
            raise LastdayError(NEEDED)
        folder = Path(path)
        ledger = Ledger.open(folder)
        try:
            with usable(folder):
                finished = ledger.finished
                if finished:
                    _check(folder, ledger, provenance, resume=resume)
                sweep(folder)
                parts = {part.block: part for part in ledger.parts()}
            asked = provenance.to_dict()
            if ledger.provenance != asked:
                ledger.begin(asked)
            same = {k: v for k, v in asked.items() if k != "replications"}
            return cls(folder, provenance, finished, ledger, parts, about_part(same))
        except BaseException:
            ledger.close()
            raise

    def __enter__(self) -> "Results":
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is left for the last part, and close the folder."""
        try:
            if self._known % BLOCK:
                self._write_part()
        finally:
            self._ledger.close()

    def replay(self) -> Iterator[str]:
        """Yield the payloads that were there when the folder was opened, in order."""
        return self._ledger.payloads()

    def add(self, number: int, payload: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write one replication. They come in order, beginning with 0.

        One that the ledger has is not written again; but whoever goes on hands in all,
        since their rows may be missing in the parts.

        Args:
            number: The replication.
            payload: What `replay` gives back.
            rows: Its flat rows, in dicts with all the columns.

        Raises:
            ValueError: It is not its turn.
            LastdayError: It cannot be written.
        """
        if number != self._known:
            raise ValueError(
                f"replication {number} out of turn; accepted: {self._known}"
            )
        if number == self.finished:
            self._ledger.add(number, payload)
            self.finished += 1
        self._known += 1
        if not self._is_in_a_part(number // BLOCK):
            self._rows.extend(rows)
        if self._known % BLOCK == 0:
            self._write_part()

    def _is_in_a_part(self, block: int) -> bool:
        return block in self._parts and self._parts[block].until == BLOCK * (block + 1)

    def _write_part(self) -> None:
        block = (self._known - 1) // BLOCK
        known = self._parts.get(block)
        if known is None or known.until < self._known:
            with usable(self.folder):
                part = self._rows.write(self.folder, block, self._known, self._about)
            self._ledger.add_part(part)
            self._parts[block] = part
        self._rows = self._no_rows()


@contextmanager
def results_in(
    path: str | os.PathLike[str] | None, provenance: Provenance, *, resume: bool
) -> Iterator[Results | None]:
    """Open a folder as `Results.open`; without a path there is none.

    Raises:
        ValueError: There is nothing to resume.
    """
    if path is not None:
        with Results.open(path, provenance, resume=resume) as results:
            yield results
    elif resume:
        raise ValueError("no results to resume; accepted: a folder of results")
    else:
        yield None


def kept_play(
    job: Job[Kept],
    count: int,
    codec: Codec[Kept],
    results: Results | None,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Generator[Kept, None, None]:
    """Play replications 0 to ``count - 1``, and keep each before it is yielded.

    Those that the folder has are read and not played. Without a folder this is `play`.

    Raises:
        LastdayError: As `play`; or the folder cannot be written or is damaged.
    """
    known = 0
    if results is not None:
        with closing(_read(codec, results, count)) as read:
            for result in read:
                known += 1
                yield result
    left = range(known, count)
    with closing(play(job, left, jobs=jobs, cluster=cluster)) as played:
        for number, result in enumerate(played, known):
            if results is not None:
                with uninterrupted():
                    rows = codec.rows(number, result)
                    results.add(number, codec.encode(result), rows)
            yield result


def _read(
    codec: Codec[Kept], results: Results, count: int
) -> Generator[Kept, None, None]:
    for number, payload in zip(range(count), results.replay(), strict=False):
        result = codec.decode(payload)
        with uninterrupted():
            results.add(number, payload, codec.rows(number, result))
        yield result


def _check(folder: Path, ledger: Ledger, asked: Provenance, *, resume: bool) -> None:
    """Refuse results that are not those of the experiment, or come as a surprise."""
    there = ledger.provenance
    differ = list(_differences("", there, {**asked.to_dict(), **_count(there)}))
    if differ:
        more = f"; and {len(differ) - TOLD} more" if len(differ) > TOLD else ""
        raise LastdayError(
            f"{folder}: holds another experiment: {'; '.join(differ[:TOLD])}{more}"
        )
    if not resume:
        raise LastdayError(
            f"{folder}: holds {ledger.finished} of {there['replications']} "
            "replications already; accepted: to resume it, or another folder"
        )


def _count(there: Mapping[str, Any]) -> dict[str, Any]:
    return {"replications": there["replications"]}


def _differences(name: str, there: Any, asked: Any) -> Iterator[str]:
    """Yield where two plain values differ: "seed 1 there, 2 asked"."""
    if isinstance(there, dict) and isinstance(asked, Mapping):
        for key in dict.fromkeys((*there, *asked)):
            inner = f"{name} {key}".strip()
            yield from _differences(inner, there.get(key), asked.get(key))
    elif there != asked:
        yield f"{name} {_shown(there)} there, {_shown(asked)} asked"


def _shown(value: Any) -> str:
    match value:
        case None:
            return "not"
        case dict() | list():
            return "others" if value else "none"
        case _:
            return str(value)
