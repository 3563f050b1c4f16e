"""The ledger of a folder of results: a SQLite file that survives being killed.

Every replication is one transaction. In write-ahead mode others can read the file while
it is written. What was committed is with the operating system and so outlives the
process; after a power cut the last commits may be missing, but what is there is sound.
So ``synchronous`` is NORMAL, and a commit waits for no disk.

    provenance    (name, value as JSON): what was played, and how
    replications  (number, payload, digest): 0, 1, 2, ... without a gap
    parts         (block, until, file, digest): the Parquet files that are whole
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import astuple, frozen

from simulator.errors import LastdayError
from simulator.experiment.parts import Part, digest_of

LEDGER, LOCK = "ledger.sqlite", "ledger.lock"
_APPLICATION = 0x6C617374
"""Tells such a file from any other SQLite file ("last")."""
FORMAT = 1
"""Version of the tables; raised when one changes its meaning or goes."""
BUSY_S = 10.0
"""How long a commit waits for a reader that is in its way."""
_TABLES = f"""
BEGIN;
CREATE TABLE provenance (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE replications (
    number INTEGER PRIMARY KEY, payload TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE parts (
    block INTEGER PRIMARY KEY, until INTEGER NOT NULL, file TEXT NOT NULL,
    digest TEXT NOT NULL
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FORMAT};
COMMIT;
"""


@frozen
class Ledger:
    """An open ledger. Nobody else writes to its folder while it is open."""

    folder: Path
    _file: sqlite3.Connection
    _lock: sqlite3.Connection

    @classmethod
    def open(cls, folder: Path) -> "Ledger":
        """Open the ledger of a folder, or begin one in a folder with nothing in it.

        Raises:
            LastdayError: Somebody else writes there, or the folder holds other things.
        """
        with usable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_others(folder)
            lock = _locked(folder)
            try:
                return cls(folder, _opened(folder), lock)
            except BaseException:
                lock.close()
                raise

    def close(self) -> None:
        """Close it, and let others write."""
        self._file.close()
        self._lock.close()

    @property
    def finished(self) -> int:
        """How many replications it holds."""
        rows = self._file.execute("SELECT count(*) FROM replications")
        return int(rows.fetchone()[0])

    @property
    def provenance(self) -> dict[str, Any]:
        """What was played; empty for a new ledger."""
        rows = self._file.execute("SELECT name, value FROM provenance ORDER BY rowid")
        return {name: json.loads(value) for name, value in rows}

    def begin(self, provenance: Mapping[str, Any]) -> None:
        """Write down what is going to be played, in the place of what was."""
        values = [(k, json.dumps(v, ensure_ascii=False)) for k, v in provenance.items()]
        with usable(self.folder), self._file:
            self._file.execute("DELETE FROM provenance")
            self._file.executemany("INSERT INTO provenance VALUES (?, ?)", values)

    def add(self, number: int, payload: str) -> None:
        """Write down a replication."""
        row = (number, payload, digest_of(payload.encode()))
        with usable(self.folder), self._file:
            self._file.execute("INSERT INTO replications VALUES (?, ?, ?)", row)

    def payloads(self) -> Iterator[str]:
        """Yield what is written, in the order of the numbers.

        Raises:
            LastdayError: A replication is missing, or not as it was written.
        """
        with usable(self.folder):
            rows = self._file.execute("SELECT * FROM replications ORDER BY number")
            for expected, (number, payload, digest) in enumerate(rows):
                if number != expected or digest_of(payload.encode()) != digest:
                    raise LastdayError(
                        f"{self.folder}: replication {expected} is damaged; accepted: "
                        "another folder"
                    )
                yield payload

    def parts(self) -> tuple[Part, ...]:
        """Return the parts that are whole and in their place."""
        rows = self._file.execute("SELECT * FROM parts ORDER BY block")
        return tuple(
            part
            for part in (Part(*row) for row in rows)
            if part.is_whole_in(self.folder)
        )

    def add_part(self, part: Part) -> None:
        """Write down a part, in the place of one that held fewer."""
        with usable(self.folder), self._file:
            self._file.execute(
                "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", astuple(part)
            )


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Say in a line what keeps a folder from being used."""
    try:
        yield
    except (OSError, sqlite3.Error) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        raise LastdayError(
            f"{folder}: cannot be used for results ({reason.lower()})"
        ) from wrong


def _refuse_others(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    others = [name for name in names if not name.startswith((LEDGER, LOCK))]
    if others and LEDGER not in names:
        raise LastdayError(
            f"{folder}: holds other things ({others[0]}); accepted: an empty folder, a "
            "new one, or one of results"
        )


def _locked(folder: Path) -> sqlite3.Connection:
    """Hold a lock that ends with this process, however it ends.

    Source: an exclusive transaction of SQLite (sqlite.org, "File Locking And
    Concurrency In SQLite Version 3") on a file of its own, for it would keep readers
    from the ledger; it works the same on all systems.
    """
    lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as held:
        lock.close()
        if held.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise LastdayError(
            f"{folder}: another process is writing there; accepted: another folder, or "
            "to wait for its end"
        ) from held
    except BaseException:
        lock.close()
        raise
    return lock


def _opened(folder: Path) -> sqlite3.Connection:
    file = sqlite3.connect(folder / LEDGER, timeout=BUSY_S)
    try:
        mark, version, empty = (
            file.execute(f"SELECT {what}").fetchone()[0]
            for what in (
                "application_id FROM pragma_application_id",
                "user_version FROM pragma_user_version",
                "count(*) = 0 FROM sqlite_schema",
            )
        )
        if not empty and (mark, version) != (_APPLICATION, FORMAT):
            raise LastdayError(
                f"{folder}: {LEDGER} is of another kind or version; accepted: an empty "
                "folder, or one that this version wrote"
            )
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        if empty:
            file.executescript(_TABLES)
        return file
    except BaseException:
        file.close()
        raise
