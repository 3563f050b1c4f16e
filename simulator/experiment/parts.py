"""Flat rows in Parquet files, one for each block of replications.

A file is written under another name, brought to the disk and then renamed, so that one
that has its name is whole. The same rows make the same bytes.
"""

import json
import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from simulator.errors import LastdayError

Kind = Literal["text", "integer", "number", "flag"]
Columns = tuple[tuple[str, Kind], ...]
"""Name and kind of each column, in order. Any value may be None."""

BLOCK = 50
"""Replications in one part; part ``n`` begins with replication ``n * BLOCK``."""
_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
}


@frozen
class Part:
    """A part that was written.

    Attributes:
        block: Which one, counted from 0.
        until: One more than the last replication in it.
        file: Its name in the folder.
        digest: Of its bytes.
    """

    block: int
    until: int
    file: str
    digest: str

    def is_whole_in(self, folder: Path) -> bool:
        """Say whether the file is there as it was written."""
        path = folder / self.file
        return path.is_file() and digest_of(path.read_bytes()) == self.digest


class Rows:
    """Rows gathered column by column, which takes far less room than dicts."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._values: tuple[list[Any], ...] = tuple([] for _ in columns)

    def extend(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take in more rows; each has a value for every column."""
        for row in rows:
            for (name, _), values in zip(self.columns, self._values, strict=True):
                values.append(row[name])

    def write(
        self, folder: Path, block: int, until: int, about: Mapping[str, str]
    ) -> Part:
        """Write them as a part, in the place of one that held fewer.

        Args:
            folder: Where.
            block: Which part.
            until: One more than the last replication in it.
            about: What the file says of itself (Parquet key-value metadata).

        Raises:
            LastdayError: DuckDB is not installed.
            OSError: It cannot be written.
        """
        file = f"runs-{block:05}.parquet"
        unfinished = (folder / file).with_suffix(".tmp")
        self._copy(unfinished, about)
        with unfinished.open("rb+") as written:
            digest = digest_of(written.read())
            os.fsync(written.fileno())
        unfinished.replace(folder / file)
        return Part(block, until, file, digest)

    def _copy(self, path: Path, about: Mapping[str, str]) -> None:
        names = [_quoted(name, '"') for name, _ in self.columns]
        types = [_TYPES[kind] for _, kind in self.columns]
        declared = ", ".join(map(" ".join, zip(names, types, strict=True)))
        lists = ", ".join(f"unnest(${n}::{t}[])" for n, t in enumerate(types, 1))
        said = ", ".join(f"{_quoted(k)}: {_quoted(v)}" for k, v in about.items())
        # One thread, and nothing is loaded from anywhere: the bytes stay the same.
        settings = {
            "threads": "1",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        duckdb = _duckdb()
        try:
            with duckdb.connect(":memory:", config=settings) as rows:
                rows.execute(f"CREATE TABLE runs ({declared})")
                rows.execute(f"INSERT INTO runs SELECT {lists}", self._values)
                rows.execute(
                    f"COPY runs TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION "
                    f"zstd, KV_METADATA {{{said}}})"
                )
        except duckdb.Error as wrong:
            raise OSError(str(wrong).partition("\n")[0]) from wrong


def sweep(folder: Path) -> None:
    """Remove what a killed process left unfinished."""
    for unfinished in folder.glob("runs-*.tmp"):
        unfinished.unlink()


def about_part(provenance: Mapping[str, Any]) -> Mapping[str, str]:
    """Return a provenance as the metadata of a part, each value as JSON."""
    return {
        f"lastday.{name}": json.dumps(value, ensure_ascii=False)
        for name, value in provenance.items()
    }


def digest_of(data: bytes) -> str:
    """Return 128 bits of BLAKE2b (RFC 7693) in hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def _quoted(text: str, mark: str = "'") -> str:
    return f"{mark}{text.replace(mark, 2 * mark)}{mark}"


def _duckdb() -> Any:
    # Imported here: it is slow to load, and few experiments keep their results.
    try:
        import duckdb
    except ModuleNotFoundError as missing:
        raise LastdayError(NEEDED) from missing
    return duckdb


NEEDED = (
    "a folder of results needs DuckDB, which is not installed; accepted: after "
    "pip install 'lastday[results]', or without a folder"
)
