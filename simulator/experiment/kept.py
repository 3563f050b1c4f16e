"""Rows of an assessment that outlive the process: one finished incident a line.

A line is written whole as soon as its incident is finished, and read again by the next
assessment with the same key. A line that a killed process left half written is passed
over, and so is what another version wrote.
"""

import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import attrs
from attrs import Factory, define

from simulator.errors import LastdayError
from simulator.experiment.assessed import IncidentRow
from simulator.experiment.export import to_plain

FORMAT = 1
"""Version of the lines; raised when a field changes its meaning or goes."""
_MARK = "lastday-assessment"
"""The key that every line of such a file begins with."""


def key_of(*parts: object) -> str:
    """Return a key for all that a row depends on.

    Frozen values are told by their text form. What has none of its own gets another key
    in each process, and so is found out anew.

    Source: 128 bits of BLAKE2b (RFC 7693).
    """
    return blake2b(repr((FORMAT, parts)).encode(), digest_size=16).hexdigest()


@define
class Kept:
    """A file of rows.

    Attributes:
        path: The file.
        rows: What it held when it was opened, by key.
    """

    path: Path
    rows: dict[str, IncidentRow] = Factory(dict)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> "Kept":
        """Read a file, or begin one.

        Raises:
            LastdayError: It cannot be used, or holds something else.
        """
        kept = cls(Path(path))
        try:
            with kept.path.open("a+", encoding="utf-8", errors="replace") as file:
                file.seek(0)
                kept._read(file.read())
                if not _ends_a_line(kept.path):
                    file.write("\n")
        except OSError as wrong:
            why = (wrong.strerror or str(wrong)).lower()
            raise LastdayError(f"{path}: cannot be used for results ({why})") from None
        return kept

    def add(self, key: str, row: IncidentRow) -> None:
        """Write a row as a line of its own, so that it survives this process."""
        line = json.dumps(
            {_MARK: FORMAT, "key": key, "row": to_plain(row)},
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, text: str) -> None:
        lines = text.split("\n")
        if lines and not f'{{"{_MARK}":'.startswith(lines[0][: len(_MARK) + 4]):
            raise LastdayError(
                f"{self.path}: not a file of results; accepted: a new file, or one "
                "that an assessment wrote"
            )
        for line in lines:
            try:
                known = json.loads(line)
                if known[_MARK] == FORMAT:
                    self.rows[known["key"]] = _revived(IncidentRow, known["row"])
            except (ValueError, KeyError, TypeError, AttributeError):
                continue


def _ends_a_line(path: Path) -> bool:
    data = path.read_bytes()
    return not data or data.endswith(b"\n")


def _revived(kind: Any, plain: Any) -> Any:
    """Return what `to_plain` was given, from what it returned."""
    if attrs.has(kind):
        fields = attrs.fields(kind)
        return kind(**{f.name: _revived(f.type, plain[f.name]) for f in fields})
    held, origin = get_args(kind), get_origin(kind)
    if origin is tuple:
        return tuple(_revived(held[0], item) for item in plain)
    if origin is Mapping:
        return {key: _revived(held[1], item) for key, item in plain.items()}
    if origin is UnionType and plain is not None:
        return _revived(held[0], plain)
    return plain
