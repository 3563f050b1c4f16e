"""The cells of a list, row by row; rows with one that cannot be read are set aside."""

import re
from collections.abc import Callable
from typing import TypeVar

from attrs import Factory, define

from simulator.exchange.dates import MAY_TELL, Day, Order, Stamp, order_of, parse_end
from simulator.exchange.ledger import Broken, Ledger
from simulator.exchange.lines import read_lines, split
from simulator.exchange.tables import Row, Table
from simulator.exchange.words import EMPTY, Employments, Zones
from simulator.scenario.organisation import Employment

_T = TypeVar("_T")


@define
class Reader:
    """Reads the cells of one list, and keeps the account of its rows.

    Attributes:
        table: The list.
        ledger: The account.
        order: What 03/04/2024 means in it; None if nothing tells.
    """

    table: Table
    order: Order | None = None
    employments: Employments = Factory(Employments)
    zones: Zones = Factory(Zones)
    ledger: Ledger = Factory(lambda self: Ledger(self.table.name), takes_self=True)

    def rows(self, use: Callable[[Row], None]) -> None:
        """Give every row to ``use``; one that it calls broken is set aside."""
        for row in self.table.rows(self.ledger):
            try:
                use(row)
            except Broken as wrong:
                problem = self.table.problem(
                    row.line, wrong.what, wrong.accepted, wrong.field
                )
                self.ledger.set_aside(problem)
            else:
                self.ledger.used += 1

    def text(self, row: Row, field: str) -> str:
        """Return what stands in a field; "" if that means nothing."""
        at = self.table.places.get(field)
        text = "" if at is None else row.cells[at]
        return "" if text.casefold() in EMPTY else text

    def parsed(self, row: Row, field: str, parse: Callable[[str], _T]) -> _T | None:
        """Read a field; None where it is empty.

        Raises:
            Broken: What stands there cannot be read.
        """
        text = self.text(row, field)
        try:
            return parse(text) if text else None
        except ValueError as wrong:
            what, _, accepted = str(wrong).partition("; ")
            raise Broken(field, what, accepted) from None

    def stamp(self, row: Row, field: str) -> Stamp | None:
        """Read a date; None where it is empty or far off, as 9999-12-31 is."""
        return self.parsed(row, field, lambda text: parse_end(text, self.order))

    def day(self, row: Row, field: str) -> Day | None:
        """Read a date without its time."""
        stamp = self.stamp(row, field)
        return None if stamp is None else stamp.day

    def employment(self, row: Row) -> Employment | None:
        """Read how somebody is employed."""
        return self.parsed(row, "employment", self.employments.read)

    def zone(self, row: Row) -> str:
        """Read a time zone; "" where there is none."""
        return self.parsed(row, "zone", self.zones.read) or ""

    def note(self, row: Row, field: str, what: str, taken: str) -> None:
        """Keep what is assumed about a row; only if the list has such a column."""
        if field in self.table.columns:
            problem = self.table.problem(row.line, what, taken, field)
            self.ledger.notes.append(problem)

    def once(self, seen: dict[_T, int], key: _T, row: Row, what: str) -> None:
        """Raise `Broken` for what an earlier row has said."""
        line = seen.setdefault(key, row.line)
        if line != row.line:
            said = f"{what} seen before (in line {line})"
            raise Broken("id", said, "the first row is used")


def order_in(table: Table, dates: tuple[str, ...]) -> Order | None:
    """Find out whether the dates of a list put the day or the month first.

    Returns:
        None where no date tells, or where two of them disagree.
    """
    names = [name for name in (*dates, *table.wide) if name in table.places]
    places = [table.places[name] for name in names]
    told: set[Order] = set()
    for at in places:
        hint = re.search(r"\b(dd?|mm?)[/. -](dd?|mm?)\b", table.headings[at].casefold())
        if hint is not None and hint[1][0] != hint[2][0]:
            told.add("day-first" if hint[1][0] == "d" else "month-first")
    lines = read_lines(table.path, table.encoding)
    telling = (line for line in lines if MAY_TELL.search(line))
    for _, cells in split(telling, table.separator):
        row = cells or []
        seen = (order_of(row[at]) for at in places if at < len(row))
        told.update(order for order in seen if order is not None)
    return told.pop() if len(told) == 1 else None
