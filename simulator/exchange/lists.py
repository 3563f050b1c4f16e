"""The lists of an organisation, read together: the staff first, then the others."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from attrs import Factory, frozen

from simulator.clock import Clock
from simulator.errors import LastdayError, nearest
from simulator.exchange.dates import Day, Order
from simulator.exchange.layouts import LAYOUTS
from simulator.exchange.leavers import Lasted, Log, latest
from simulator.exchange.ledger import Ledger
from simulator.exchange.reader import Reader, order_in
from simulator.exchange.roster import Roster
from simulator.exchange.staff import Pattern, Staff, Worker
from simulator.exchange.tables import Layout, Table, normalised, open_table
from simulator.exchange.words import Employments, Zones
from simulator.scenario.organisation import Employment


@frozen
class Asked:
    """What the user says about the lists; what is left out is found out.

    Attributes:
        paths: File of each kind of list, in the order of `LAYOUTS`.
        separator: Between cells.
        encoding: Of all files.
        order: What 03/04/2024 means.
        columns: Fields, with the kind before a dot or without, and their headings.
        employments: Words of the user's own.
        zone: The organisation's time zone.
        as_of: The day up to which the lists are complete.
    """

    paths: Mapping[str, Path]
    separator: str | None = None
    encoding: str | None = None
    order: Order | None = None
    columns: tuple[tuple[str, str], ...] = ()
    employments: Mapping[str, Employment] = Factory(dict)
    zone: str | None = None
    as_of: Day | None = None


@frozen
class Lists:
    """What the lists say, without saying it of anybody by name or id.

    Attributes:
        workers: The rows of the staff list.
        names: What the roster calls each pattern.
        varied: People of the roster who do not always work the same hours.
        lasted: How long access lasted, from the leaver log.
        zone: The organisation's, and why.
        as_of: The day of the lists, and why; None where nothing tells.
        readers: How each list was read, and what became of its rows.
    """

    workers: tuple[Worker, ...]
    names: Mapping[Pattern, Counter[str]]
    varied: int
    lasted: tuple[Lasted, ...]
    zone: tuple[str, str]
    as_of: tuple[Day, str] | None
    readers: tuple[Reader, ...]

    @property
    def ledgers(self) -> tuple[Ledger, ...]:
        """The account of each list."""
        return tuple(reader.ledger for reader in self.readers)


def open_lists(asked: Asked) -> dict[str, Table]:
    """Find out how each list is written and where its columns are.

    Raises:
        LastdayError: A file that is no such list, or a column that none of them has.
    """
    tables = {
        kind: open_table(
            asked.paths[kind],
            layout,
            separator=asked.separator,
            encoding=asked.encoding,
            asked=_columns(asked, layout),
        )
        for kind, layout in LAYOUTS.items()
        if kind in asked.paths
    }
    for name, heading in asked.columns:
        kind = name.rpartition(".")[0]
        meant = [table for of, table in tables.items() if kind in ("", of)]
        if not any(_has(table, name, heading) for table in meant):
            known = [h for table in meant for h in table.headings if h]
            hint = nearest(heading, known) or f"there: {', '.join(known)}"
            raise LastdayError(f"no column is headed {heading!r} ({name}); {hint}")
    return tables


def read_lists(asked: Asked, tables: Mapping[str, Table]) -> Lists:
    """Read the lists, each row of which is used or set aside."""
    employments, zones = Employments(asked.employments), Zones()
    readers = {}
    for kind, table in tables.items():
        order = asked.order or order_in(table, LAYOUTS[kind].dates)
        readers[kind] = Reader(table, order, employments, zones)
    staff = Staff()
    if "staff" in readers:
        staff.read(readers["staff"])
    roster = Roster(staff)
    if "roster" in readers:
        roster.read(readers["roster"])
        roster.give()
    zone = _zone(asked, staff)
    log = Log(staff, Clock(0, zone[0]))
    if "leavers" in readers:
        log.read(readers["leavers"])
    as_of = _as_of(asked, readers, staff, log)
    lasted: tuple[Lasted, ...] = ()
    if "leavers" in readers and as_of is not None:
        lasted = log.lasted(readers["leavers"], as_of[0])
    return Lists(
        workers=tuple(staff.people.values()),
        names=roster.names,
        varied=roster.varied,
        lasted=lasted,
        zone=zone,
        as_of=as_of,
        readers=tuple(readers.values()),
    )


def _columns(asked: Asked, layout: Layout) -> dict[str, str]:
    """Return the headings that were asked for in one kind of list."""
    found = {}
    for name, heading in asked.columns:
        kind, _, field = name.rpartition(".")
        if kind in ("", layout.kind) and field in layout.words:
            found[field] = heading
    return found


def _has(table: Table, name: str, heading: str) -> bool:
    at = table.columns.get(name.rpartition(".")[2], -1)
    return at >= 0 and normalised(table.headings[at]) == normalised(heading)


def _zone(asked: Asked, staff: Staff) -> tuple[str, str]:
    if asked.zone is not None:
        return asked.zone, "as asked"
    counts = Counter(w.zone for w in staff.people.values() if w.zone)
    if not counts:
        return "UTC", "assumed, as no list tells; --zone sets it"
    zone, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return zone, f"of {count:,} of the {len(staff.people):,} people; --zone sets it"


def _as_of(
    asked: Asked, readers: Mapping[str, Reader], staff: Staff, log: Log
) -> tuple[Day, str] | None:
    if asked.as_of is not None:
        return asked.as_of, "as asked"
    sources = (
        ("leavers", "removal", [a.removed for a in log.accesses]),
        ("leavers", "last day", [a.last_day for a in log.accesses]),
        ("staff", "start", [w.start for w in staff.people.values()]),
        ("staff", "last day", [w.last_day for w in staff.people.values()]),
    )
    for kind, what, days in sources:
        day = latest(day for day in days if day is not None)
        if day is not None:
            name = readers[kind].table.name
            return day, f"the latest {what} of {name}; --as-of sets it"
    return None
