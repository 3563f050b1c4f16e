"""Tables as spreadsheets and HR systems export them: where the header is, and what.

    layout  what a kind of list is made of, and the headings its fields go by
    header  the row that names most fields; whatever stands before it is set aside

Rows come with their line numbers. Each is yielded, or set aside in the ledger.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from attrs import frozen

from simulator.errors import LastdayError, Problem
from simulator.exchange.ledger import Ledger
from simulator.exchange.lines import (
    encoding_of,
    read_lines,
    refuse_no_text,
    split,
    strange_lines,
)

SEPARATORS: Mapping[str, str] = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
}
_SNIFFED_ROWS = 40
_HEADINGS_SHOWN = 200


@frozen
class Layout:
    """What a kind of list is made of.

    Attributes:
        kind: What the list is called: staff, roster, leavers.
        words: For each field the headings it goes by, the most telling first.
        dates: The fields that hold dates.
        needs: Of each of these groups one field must be there.
        wide: Matches the heading of a column that holds the times of one system.
    """

    kind: str
    words: Mapping[str, tuple[str, ...]]
    dates: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    wide: "re.Pattern[str] | None" = None


@frozen
class Row:
    """As many cells as the header has, from the line it begins on."""

    line: int
    cells: list[str]


@frozen(eq=False)
class Table:
    """One file, how it is written, and which of its columns hold what.

    Attributes:
        path: The file.
        kind: Which list it is: staff, roster, leavers.
        encoding: As asked for; None to find out.
        separator: What stands between two cells.
        header_line: Where the header begins.
        headings: As the file has them.
        columns: Position of each field.
        wide: Position of each column that holds the times of one system, by system.
    """

    path: Path
    kind: str
    encoding: str | None
    separator: str
    header_line: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    wide: Mapping[str, int]

    @property
    def name(self) -> str:
        """The file without its folder: no place of a machine gets into results."""
        return self.path.name

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Position of each field and each system."""
        return {**self.wide, **self.columns}

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings of the columns that are not read."""
        known = {*self.places.values()}
        return tuple(h for i, h in enumerate(self.headings) if h and i not in known)

    @property
    def form(self) -> str:
        """How the file is written: "semicolons, UTF-8, header in line 1"."""
        opened, text = encoding_of(self.path)
        if self.encoding is not None:
            text = self.encoding
        elif opened != "utf-16" and (strange := strange_lines(self.path)):
            text = f"{text}, but {strange} lines read as Windows-1252"
        apart = SEPARATORS.get(self.separator, f"{self.separator!r} between cells")
        return f"{apart}, {text}, header in line {self.header_line}"

    def rows(self, ledger: Ledger) -> Iterator[Row]:
        """Yield every row that can be read; the ledger has all others.

        Raises:
            LastdayError: The file cannot be read in its encoding.
        """
        width = len(self.headings)
        header = [normalised(heading) for heading in self.headings]
        source = read_lines(self.path, self.encoding)
        for line, cells in split(source, self.separator, width):
            if line == self.header_line:
                continue
            ledger.read += 1
            why = self._unreadable(line, cells, header)
            if why is not None:
                what, accepted, broken = why
                problem = self.problem(line, what, accepted)
                ledger.set_aside(problem, broken=broken)
                continue
            assert cells is not None
            if len(cells) < width:
                what = f"row ends early ({len(cells)} of {width} cells)"
                said = self.problem(line, what, "the rest is taken as empty")
                ledger.notes.append(said)
                cells += [""] * (width - len(cells))
            yield Row(line, cells)

    def problem(
        self, line: int, what: str, accepted: str = "", field: str = ""
    ) -> Problem:
        """Say what is wrong at a line; the column counts cells, from 1."""
        at = self.places.get(field, -1)
        heading = self.headings[at] if at >= 0 else ""
        return Problem(self.name, line, max(at + 1, 1), heading, what, accepted)

    def _unreadable(
        self, line: int, cells: list[str] | None, header: list[str]
    ) -> tuple[str, str, bool] | None:
        """Say why a row is no row of the list, what is accepted, and if it is broken.

        No cell is shown: in a row that is out of step a name may stand anywhere.
        """
        if cells is None:
            accepted = "close it, or double a quote that belongs to a text"
            return "a quote is opened and not closed", accepted, True
        filled = sum(map(bool, cells))
        if not filled:
            return "blank line", "", False
        if line < self.header_line:
            return "before the header", "", False
        if any(cells[len(header) :]):
            what = f"more cells than the header has ({len(cells)}, not {len(header)})"
            return what, "put a cell that holds the separator in quotes", True
        if filled == 1 < len(self.columns) + len(self.wide):
            return "only one cell is filled, as in a total or a footer", "", True
        if cells[0].casefold() == self.headings[0].casefold() and _says(cells, header):
            return "the header again", "", False
        return None


def open_table(
    path: Path,
    layout: Layout,
    *,
    separator: str | None = None,
    encoding: str | None = None,
    asked: Mapping[str, str] | None = None,
) -> Table:
    """Find out how a file is written and where its columns are.

    Args:
        path: The file.
        layout: What to look for.
        separator: Between cells; found out if None.
        encoding: Of the text; found out if None.
        asked: Field -> heading, where the user names it; if the file has that.

    Raises:
        LastdayError: No table of text, or one without the columns that are needed.
    """
    refuse_no_text(path)
    best: Table | None = None
    for one in (separator,) if separator else SEPARATORS:
        rows = split(read_lines(path, encoding), one)
        for _, (line, cells) in zip(range(_SNIFFED_ROWS), rows, strict=False):
            headings = _trimmed(cells or [])
            columns, wide = _matched(headings, layout, asked or {})
            form = (path, layout.kind, encoding, one)
            found = Table(*form, line, headings, columns, wide)
            if best is None or _worth(found) > _worth(best):
                best = found
    if best is None:
        raise LastdayError(f"{path.name}: empty; accepted: a table with a header")
    _refuse_without(best, layout)
    return best


def normalised(heading: str) -> str:
    """Return a heading without case, punctuation and remarks in brackets."""
    text = re.sub(r"[(\[].*?[)\]]", " ", heading)
    text = re.sub(r"(?<=[a-zäöüß])(?=[A-Z])", " ", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


def _says(cells: list[str], header: list[str]) -> bool:
    return list(map(normalised, cells[: len(header)])) == header


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """Leave out the empty headings at the end."""
    kept = [" ".join(cell.split()) for cell in cells]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _matched(
    headings: tuple[str, ...], layout: Layout, asked: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Find the column of each field, and the columns that belong to one system."""
    places: dict[str, int] = {}
    for at, heading in enumerate(headings):
        places.setdefault(normalised(heading), at)
    columns = {
        field: places[normalised(heading)]
        for field, heading in asked.items()
        if normalised(heading) in places
    }
    for field, words in layout.words.items():
        free = [w for w in words if w in places and places[w] not in columns.values()]
        if free and field not in columns:
            columns[field] = places[free[0]]
    wide = {}
    if layout.wide is not None and not {"system", "removed"} & columns.keys():
        for word, at in places.items():
            found = layout.wide.fullmatch(word)
            if found and at not in columns.values():
                wide[found[1]] = at
    return columns, wide


def _worth(table: Table) -> int:
    return len(table.columns) + len(table.wide)


def _refuse_without(table: Table, layout: Layout) -> None:
    """Raise where a field that is needed has no column."""
    has = {*table.columns, *(["removed"] if table.wide else [])}
    for group in layout.needs:
        if has.isdisjoint(group):
            words = ", ".join(layout.words[group[0]][:3])
            what = (
                f"{table.name}: no column for {' or '.join(group)} ({_listed(table)})"
            )
            example = f'--column {group[0]}="ITS HEADING"'
            raise LastdayError(f"{what}; accepted: {words} or the like, or {example}")


def _listed(table: Table) -> str:
    found = ", ".join(filter(None, table.headings)) or "nothing"
    if len(found) > _HEADINGS_SHOWN:
        found = f"{found[: _HEADINGS_SHOWN - 1]}…"
    return f"line {table.header_line} has: {found}"
