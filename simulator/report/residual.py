"""Access left after separation, as rows of tables: of the one run, and of all runs.

A way in that was always closed by separation has no row. The longest come first, and
what is too much for a reader is counted.
"""

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import TypeVar

from attrs import frozen

from simulator.experiment.findings import Reading, ResidualAccess
from simulator.outcome import Residual
from simulator.report.layout import Column, fill, table
from simulator.report.words import interval, percent, short, span, spread, typical

TITLE = "Access left after separation"
NONE = "None: all access of those who left had ended with their last shift."
NOTE = (
    "left: runs in which access outlasted the last shift, in %; median and 5 to 95 %: "
    "for how long, where it then ended; open: runs in which it was still open at the "
    "end, in %."
)
SHOWN = 12
"""Rows told; the rest are counted."""

_WHERE = ("who left", "system", "way in")
_OPEN = "open at the end"
_RUN = (Column(24), Column(15), Column(22), Column(16))
_RUNS = (
    Column(22),
    Column(13),
    Column(16),
    Column(4, right=True),
    Column(6, right=True),
    Column(9, right=True),
    Column(4, right=True),
)

_Way = TypeVar("_Way", Residual, ResidualAccess)
Cells = tuple[str, ...]


@frozen
class Rows:
    """What is told of some ways in: rows below a head, and how many are not shown."""

    head: Cells
    body: tuple[Cells, ...]
    more: int

    def set_out(self, tabulate: Callable[[Cells, Sequence[Cells]], str]) -> str:
        """Set the rows with a function of head and body, and count the rest."""
        if not self.body:
            return NONE
        rest = f"\n\nand {self.more} more" if self.more else ""
        return tabulate(self.head, self.body) + rest


def of_run(residual: Sequence[Residual]) -> Rows:
    """Tell for how long each way in stayed open in one run."""
    shown, more = _longest(
        (way for way in residual if way.seconds != 0),
        lambda way: (inf if way.seconds is None else way.seconds,),
    )
    body = (
        (*_where(w), _OPEN if w.seconds is None else span(w.seconds)) for w in shown
    )
    return Rows((*_WHERE, "lasted"), tuple(body), more)


def of_runs(residual: Sequence[ResidualAccess]) -> Rows:
    """Tell the same over all runs, in narrow columns."""
    shown, more = _was_left(residual)
    body = (
        (
            *_where(way),
            percent(way.left.share),
            typical(way.lasted),
            _range(way),
            percent(way.beyond.share),
        )
        for way in shown
    )
    return Rows((*_WHERE, "left", "median", "5 to 95 %", "open"), tuple(body), more)


def in_full(residual: Sequence[ResidualAccess]) -> Rows:
    """Tell the same with the interval of each share."""
    shown, more = _was_left(residual)
    body = (
        (
            *_where(way),
            interval(way.left),
            spread(way.lasted, "") if way.lasted.happened else "-",
            interval(way.beyond),
        )
        for way in shown
    )
    head = (*_WHERE, "left % (95 %)", "median (5 to 95 %)", "open at the end % (95 %)")
    return Rows(head, tuple(body), more)


def text_of_run(residual: Sequence[Residual]) -> str:
    """Set `of_run` in 80 columns."""
    return of_run(residual).set_out(lambda head, body: table((head, *body), _RUN))


def text_of_runs(residual: Sequence[ResidualAccess]) -> str:
    """Set `of_runs` in 80 columns, and say what the columns mean."""
    rows = of_runs(residual)
    said = rows.set_out(lambda head, body: table((head, *body), _RUNS))
    return f"{said}\n\n{fill(NOTE)}" if rows.body else said


def grouped(
    readings: Iterable[Reading],
) -> list[tuple[tuple[ResidualAccess, ...], list[Reading]]]:
    """Join the readings with equal residual access; those without leavers are out."""
    groups: list[tuple[tuple[ResidualAccess, ...], list[Reading]]] = []
    for reading in readings:
        same = [among for found, among in groups if found == reading.residual]
        if same:
            same[0].append(reading)
        elif reading.residual:
            groups.append((reading.residual, [reading]))
    return groups


def _was_left(residual: Iterable[ResidualAccess]) -> tuple[list[ResidualAccess], int]:
    """Choose by how often a way in stayed open, how long it lasted, how often left."""
    return _longest(
        (way for way in residual if way.left.count),
        lambda way: (way.beyond.share, way.lasted.median or 0, way.left.share),
    )


def _longest(
    left: Iterable[_Way], length: Callable[[_Way], tuple[float, ...]]
) -> tuple[list[_Way], int]:
    """Return the ways in worth telling, the longest first, and how many more."""
    ways = sorted(left, key=length, reverse=True)
    return ways[:SHOWN], max(len(ways) - SHOWN, 0)


def _where(way: Residual | ResidualAccess) -> Cells:
    return way.staff, way.system, way.way


def _range(way: ResidualAccess) -> str:
    low, high = way.lasted.low, way.lasted.high
    return "-" if low is None else f"{short(low)}-{short(high)}"
