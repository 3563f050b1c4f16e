"""Staff list -> workers, without their names.

    worker   one row: team, role, employment, first and last day
    pattern  weekly hours; the roster tells whose

Ids tell rows apart and find a person again in another list. They stay in here: no
worker holds one, and columns with names are not even read.
"""

import re

from attrs import Factory, define, frozen

from simulator.clock import DAY, MINUTE
from simulator.exchange.dates import Day, write_day
from simulator.exchange.ledger import Broken
from simulator.exchange.naming import Names
from simulator.exchange.reader import Reader
from simulator.exchange.tables import Row
from simulator.scenario.organisation import Employment

NO_TEAM, NO_ROLE = "no-team", "no-role"
"""Where a list has none."""


@frozen
class Pattern:
    """Weekly hours; the zone is the person's where it is empty."""

    days: tuple[str, ...]
    starts: int
    ends: int
    zone: str = ""

    @property
    def last_ends(self) -> int:
        """When the last shift ends on a last day, before that day is over."""
        return min(self.ends or DAY, DAY - MINUTE)


@frozen
class Worker:
    """One person; the line is where the staff list has the person."""

    line: int
    team: str
    role: str
    employment: Employment
    start: Day | None = None
    last_day: Day | None = None
    notice: Day | None = None
    zone: str = ""
    pattern: Pattern | None = None


@define
class Staff:
    """The people of a staff list, found again by their ids."""

    people: dict[str, Worker] = Factory(dict)
    teams: Names = Factory(lambda: Names("team"))
    roles: Names = Factory(lambda: Names("role"))

    def read(self, reader: Reader) -> None:
        """Read a staff list."""
        seen: dict[str, int] = {}

        def use(row: Row) -> None:
            key = key_of(reader.text(row, "id"))
            worker = self._worker(reader, row)
            reader.once(seen, key, row, "id")
            self.people[key] = worker

        reader.rows(use)

    def _worker(self, reader: Reader, row: Row) -> Worker:
        start, last_day = reader.day(row, "start"), reader.day(row, "last_day")
        if start is not None and last_day is not None and last_day < start:
            what = f"last day before the start ({write_day(last_day)}"
            what = f"{what}, started {write_day(start)})"
            raise Broken("last_day", what, "accepted: the start or later")
        notice = reader.day(row, "notice")
        if notice is not None and last_day is not None and notice > last_day:
            what = f"notice after the last day ({write_day(notice)})"
            reader.note(row, "notice", what, "the last day is taken")
            notice = last_day
        employment = reader.employment(row)
        if employment is None:
            reader.note(row, "employment", "no employment", "employee is taken")
        team, role = reader.text(row, "team"), reader.text(row, "role")
        zone = reader.zone(row)
        for field, found in (("team", team), ("role", role), ("zone", zone)):
            if not found:
                reader.note(row, field, f"no {field}", "a common one is taken")
        return Worker(
            line=row.line,
            team=self.teams.id_of(team) if team else NO_TEAM,
            role=self.roles.id_of(role) if role else NO_ROLE,
            employment=employment or "employee",
            start=start,
            last_day=last_day,
            notice=notice,
            zone=zone,
        )


def key_of(text: str) -> str:
    """Return what tells people apart; raise `Broken` where nothing does."""
    if not text:
        raise Broken("id", "no id", "accepted: a text that tells people apart")
    return re.sub(r"(?<=\d)\.0$", "", text.strip("'")).casefold()
