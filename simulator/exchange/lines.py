"""A file of any encoding -> rows of cells, with the line each begins on.

    line  one physical line of the file, counted from 1, as an editor counts
    row   one line, or several where a quoted cell holds line breaks

A quote that is never closed would swallow the rows after it, up to the next quote. So a
row that takes several lines is believed only if each of its quotes closes right before
the end of a cell, and if it has as many cells as the header; else its first line is
told as unclosed, and the others are read by themselves.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import Factory, define

from simulator.errors import LastdayError

ROW_LINES_MAX = 50
"""Most lines that one row may take."""

_MARKS: Mapping[bytes, tuple[str, str]] = {
    b"\xef\xbb\xbf": ("utf-8-sig", "UTF-8 with a byte-order mark"),
    b"\xff\xfe": ("utf-16", "UTF-16"),
    b"\xfe\xff": ("utf-16", "UTF-16"),
}
_NO_TEXT: Mapping[bytes, str] = {
    b"PK\x03\x04": "an Excel workbook or another archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "compressed",
}
Split = tuple[int, list[str] | None]
"""The first line of a row, and its cells; None where a quote is not closed."""


def refuse_no_text(path: Path) -> None:
    """Raise `LastdayError` for what is no plain file of text."""
    if not path.is_file():
        why = "is a directory" if path.is_dir() else "is not a plain file"
        why = why if path.exists() else "does not exist"
        raise LastdayError(f"{path.name}: {why}; accepted: a table of text")
    with path.open("rb") as file:
        start = file.read(4096)
    what = next((w for mark, w in _NO_TEXT.items() if start.startswith(mark)), "")
    if not what and b"\0" in start and encoding_of(path)[0] != "utf-16":
        what = "it holds zero bytes"
    if what:
        said = f"{path.name}: no table of text ({what})"
        raise LastdayError(f"{said}; accepted: the same, saved as CSV in UTF-8")


def encoding_of(path: Path) -> tuple[str, str]:
    """Return the encoding to open a file in, and how to say it."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, found in _MARKS.items():
        if start.startswith(mark):
            return found
    return "utf-8", "UTF-8"


def read_lines(path: Path, encoding: str | None = None) -> Iterator[str]:
    """Yield the lines of a text file without their ends.

    With no encoding given, a line that is not UTF-8 is read as Windows-1252, which has
    Latin-1 in it; so one stray line does not spoil the others.

    Raises:
        LastdayError: The text is not in its encoding.
    """
    opened = encoding or encoding_of(path)[0]
    is_strict = encoding is not None or opened == "utf-16"
    errors = "strict" if is_strict else "surrogateescape"
    number = 0
    try:
        with path.open(encoding=opened, errors=errors, newline=None) as file:
            for line in file:
                number += 1
                plain = line.rstrip("\n")
                yield plain if plain.isascii() else mended(plain).lstrip("\ufeff")
    except UnicodeError:
        where = f"{path.name}: not {opened} text after line {number}"
        raise LastdayError(f"{where}; accepted: another --encoding") from None


def mended(line: str) -> str:
    """Read a line as Windows-1252, or else Latin-1, if it holds bytes of no UTF-8."""
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        # What the file really holds; each surrogate stands for a byte of it.
        raw = line.encode("utf-8", "surrogateescape")
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    return line


def strange_lines(path: Path) -> int:
    """Count the lines that are not UTF-8."""
    count = 0
    with path.open("rb") as file:
        for line in file:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                count += 1
    return count


@define
class _Lines:
    """Numbered lines, some of which may be put back."""

    source: Iterator[str]
    number: int = 0
    back: deque[str] = Factory(deque)

    def take(self) -> str | None:
        """Return the next line; None at the end."""
        line = self.back.popleft() if self.back else next(self.source, None)
        self.number += line is not None
        return line

    def put_back(self, lines: list[str]) -> None:
        """Give lines back, to be taken again."""
        self.back.extendleft(reversed(lines))
        self.number -= len(lines)


def split(
    source: Iterator[str], separator: str, width: int | None = None
) -> Iterator[Split]:
    """Cut lines into rows of cells, without blanks around them.

    Args:
        source: Lines without their ends.
        separator: What stands between two cells.
        width: Cells of the header; None while it is looked for.
    """
    one_line, lines = _whole_row(separator, "[^{}]*+"), _Lines(source)
    several = _whole_row(separator, "[ ]*+")
    while (first := lines.take()) is not None:
        line = lines.number
        if '"' not in first:
            yield line, [cell.strip() for cell in first.split(separator)]
            continue
        held = [first]
        is_whole = one_line.fullmatch(first) is not None
        while not is_whole and len(held) < ROW_LINES_MAX:
            following = lines.take()
            if following is None:
                break
            held.append(following)
            if '"' in following:
                is_whole = several.fullmatch("\n".join(held)) is not None
        cells = _cells("\n".join(held), separator) if is_whole else None
        if len(held) > 1 and not _fits(cells, width):
            lines.put_back(held[1:])
            cells = None
        yield line, cells


def _fits(cells: list[str] | None, width: int | None) -> bool:
    if cells is None or width is None:
        return cells is not None
    return len(cells) >= width and not any(cells[width:])


def _whole_row(separator: str, after: str) -> "re.Pattern[str]":
    """Match a row all of whose quotes are closed; possessive, so never slow.

    Args:
        separator: What stands between two cells; ``{}`` in ``after``.
        after: What may follow a closing quote within its cell.
    """
    apart = re.escape(separator)
    quoted = rf'[ ]*+"(?:[^"]|"")*+"{after.format(apart)}'
    bare = rf'(?![ ]*+")[^{apart}]*+'
    return re.compile(rf"(?:{quoted}|{bare})(?:{apart}(?:{quoted}|{bare}))*+")


def _cells(text: str, separator: str) -> list[str] | None:
    try:
        read = next(csv.reader([text], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return None
    return [cell.strip() for cell in read]
