"""Leaver log -> how long access lasted, in seconds from the end of the last day.

    access   one person's access to one system: removed, or not so far
    as of    the day up to which the log is complete; whoever still has access then has
             it for at least so long, and more is not known

The last day ends at midnight in the organisation's zone, which is where the trigger
``end-of-last-day`` of a scenario fires. A removal without a time of day was made some
time on that day. A removal before the last day is over is early: it is kept apart, with
the time it came after the last shift.
"""

import math
from collections.abc import Iterable, Iterator

from attrs import Factory, define, frozen

from simulator.clock import DAY, HOUR, Clock
from simulator.exchange.dates import Day, Stamp, write_day
from simulator.exchange.ledger import Broken
from simulator.exchange.naming import Names
from simulator.exchange.reader import Reader
from simulator.exchange.staff import Staff, Worker, key_of
from simulator.exchange.tables import Row
from simulator.scenario.organisation import Employment

ONE_SYSTEM = "accounts"
"""The system of a log that names none."""
SHIFT_ENDS = 17 * HOUR
"""Assumption: when the last shift ends of those who are on no roster."""
LONELY = 366
"""Days by which a date must be alone at the end to be taken for a slip of the pen."""
NO_ACCESS = frozenset(("n/a", "na", "-", "none", "#n/a"))
"""In a column for one system: there was no access to it."""


@frozen
class Access:
    """One person's access to one system.

    Attributes:
        line: Where the log has it.
        system: The system's id.
        employment: None where neither list tells.
        last_day: The person's last day.
        removed: The day of the removal, as the log has it; None if none so far.
        ended: End of that day, in seconds of the epoch.
        since: The earliest instant it can have been.
        at: The latest it can have been.
        shift_ends: Local time at which the last shift ended.
    """

    line: int
    system: str
    employment: Employment | None
    last_day: Day
    removed: Day | None
    ended: int
    since: int | None
    at: int | None
    shift_ends: int


@frozen
class Lasted:
    """How long one access lasted after the last day, in seconds.

    Attributes:
        low: The shortest it can have been.
        high: The longest; without end where the access was not removed so far.
        early: For one removed before the day was over: seconds after the last shift.
    """

    system: str
    employment: Employment | None
    low: float
    high: float
    early: int | None = None


@define
class Log:
    """The accesses of a leaver log."""

    staff: Staff
    clock: Clock
    systems: Names = Factory(lambda: Names("system"))
    accesses: list[Access] = Factory(list)
    _midnights: dict[int, int] = Factory(dict)

    def read(self, reader: Reader) -> None:
        """Read a leaver log, with a row for each access or a column for each system."""
        seen: dict[tuple[str, str, Day], int] = {}
        tells = "employment" in reader.table.columns or bool(self.staff.people)

        def use(row: Row) -> None:
            key = key_of(reader.text(row, "id"))
            worker = self.staff.people.get(key)
            last_day = _last_day(reader, row, worker)
            known = worker.employment if worker else None
            employment = reader.employment(row) or known
            if employment is None and tells:
                what = "no employment, here or in the staff list"
                reader.note(row, "id", what, "employee is taken")
                employment = "employee"
            found = list(self._accesses(reader, row, worker, last_day, employment))
            for access in found:
                what = "this person and system were"
                reader.once(seen, (key, access.system, last_day), row, what)
            self.accesses += found

        reader.rows(use)

    def _accesses(
        self,
        reader: Reader,
        row: Row,
        worker: Worker | None,
        last_day: Day,
        employment: Employment | None,
    ) -> Iterator[Access]:
        zone = reader.zone(row) or self.clock.zone
        pattern = worker.pattern if worker else None
        for system, removed in self._removals(reader, row):
            since, at = (None, None) if removed is None else self._when(removed, zone)
            yield Access(
                line=row.line,
                system=system,
                employment=employment,
                last_day=last_day,
                removed=removed.day if removed else None,
                ended=self._midnight(last_day + 1, self.clock.zone),
                since=since,
                at=at,
                shift_ends=pattern.last_ends if pattern else SHIFT_ENDS,
            )

    def _removals(self, reader: Reader, row: Row) -> Iterator[tuple[str, Stamp | None]]:
        """Yield the systems of a row, and when access to each was removed."""
        for heading, at in reader.table.wide.items():
            if row.cells[at].casefold() not in NO_ACCESS:
                yield self.systems.id_of(heading), reader.stamp(row, heading)
        if reader.table.wide:
            return
        system = reader.text(row, "system")
        if not system and "system" in reader.table.columns:
            raise Broken("system", "no system", "accepted: the name of one")
        yield self.systems.id_of(system or ONE_SYSTEM), reader.stamp(row, "removed")

    def _when(self, removed: Stamp, zone: str) -> tuple[int, int]:
        """Return the earliest and the latest instant that a text can mean."""
        if removed.time is None:
            start = self._midnight(removed.day, zone)
            return start, self._midnight(removed.day + 1, zone)
        minutes, seconds = divmod(removed.time, 60)
        time = f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
        try:
            at = self.clock.moment(
                f"{write_day(removed.day)}T{time}{removed.offset}", zone
            )
        except ValueError:
            # A local time that comes twice or never, as the clocks change.
            midnight = self._midnight(removed.day, zone)
            at = self.clock.next_time_of_day(midnight, removed.time, zone)
        return at, at

    def _midnight(self, day: int, zone: str) -> int:
        if zone != self.clock.zone:
            return self.clock.moment(write_day(day), zone)
        if day not in self._midnights:
            self._midnights[day] = self.clock.moment(write_day(day))
        return self._midnights[day]

    def lasted(self, reader: Reader, as_of: Day) -> tuple[Lasted, ...]:
        """Work out how long each access lasted; rows that cannot tell are set aside."""
        complete = self._midnight(as_of + 1, self.clock.zone)
        told: list[Lasted] = []
        used: set[int] = set()
        silent: dict[int, tuple[str, bool]] = {}
        for access in self.accesses:
            if access.since is not None and access.since >= complete:
                what = f"removed after the day of the log ({write_day(as_of)})"
                silent[access.line] = what, True
            elif access.at is None and access.ended >= complete:
                what = f"not removed, and the last day not over ({write_day(as_of)})"
                silent[access.line] = what, False
            else:
                told.append(_lasted(access, complete))
                used.add(access.line)
        for line, (what, broken) in silent.items():
            problem = reader.table.problem(line, what, "", "removed")
            if line in used:
                reader.ledger.notes.append(problem)
            else:
                reader.ledger.withdraw(problem, broken=broken)
        return tuple(told)


def latest(days: Iterable[Day]) -> Day | None:
    """Return the latest day that is not far later than all others."""
    ordered = sorted(days)
    for before, day in zip(reversed(ordered[:-1]), reversed(ordered), strict=False):
        if day - before <= LONELY:
            return day
    return ordered[-1] if ordered else None


def _lasted(access: Access, complete: int) -> Lasted:
    system, employment = access.system, access.employment
    if access.since is None or access.at is None:
        return Lasted(system, employment, complete - access.ended, math.inf)
    if access.at <= access.ended:
        # Told in elapsed time, which is off by an hour on days the clocks change.
        early = access.at - (access.ended - DAY + access.shift_ends)
        return Lasted(system, employment, 0, 0, max(early, 0))
    low = max(access.since - access.ended, 0)
    return Lasted(system, employment, low, access.at - access.ended)


def _last_day(reader: Reader, row: Row, worker: Worker | None) -> Day:
    known = worker.last_day if worker else None
    told = reader.day(row, "last_day")
    if told is None and known is None:
        what = "no last day, here or in the staff list"
        raise Broken("last_day", what, "accepted: a date, as the delay counts from it")
    if told is not None and known is not None and told != known:
        what = f"another last day than in the staff list ({write_day(known)})"
        reader.note(row, "last_day", what, "the log's is taken")
    return told if told is not None else Day(known or 0)
