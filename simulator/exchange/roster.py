"""Shift roster -> the weekly pattern of people and teams.

A row has a pattern (days, start and end), or one shift with its date. Of dated shifts
the pattern is taken that comes nearest, for a scenario gives everybody one.
"""

import re
from collections import Counter

from attrs import Factory, define, evolve

from simulator.clock import DAYS
from simulator.exchange.dates import (
    Day,
    Order,
    parse_hours,
    parse_stamp,
    parse_weekdays,
    weekday,
)
from simulator.exchange.ledger import Broken
from simulator.exchange.reader import Reader
from simulator.exchange.staff import Pattern, Staff, Worker, key_of
from simulator.exchange.tables import Row


@define
class Roster:
    """The weekly pattern of people and teams."""

    staff: Staff
    names: dict[Pattern, Counter[str]] = Factory(dict)
    varied: int = 0
    _patterns: dict[str, Pattern] = Factory(dict)
    _dated: dict[str, "_Dated"] = Factory(dict)

    def read(self, reader: Reader) -> None:
        """Read a roster: patterns of the week, or single shifts with their dates."""
        seen: dict[str, int] = {}
        teams = {worker.team for worker in self.staff.people.values()}

        def use(row: Row) -> None:
            whose = self._whose(reader, row, teams)
            starts, ends, day = _hours(reader, row)
            days = reader.parsed(row, "days", parse_weekdays)
            zone, name = reader.zone(row), reader.text(row, "shift")
            if days is not None:
                pattern = Pattern(days, starts, ends, zone)
                reader.once(seen, whose, row, "a weekly pattern of these people was")
                self._patterns[whose] = pattern
                self._call(pattern, name)
            elif day is not None:
                dated = self._dated.setdefault(whose, _Dated(zone))
                dated.add(day, starts, ends, name)
            else:
                accepted = "accepted: days such as mon-fri, or a date"
                raise Broken("days", "no days and no date", accepted)

        reader.rows(use)
        for whose, dated in self._dated.items():
            if whose not in self._patterns:
                self._patterns[whose] = pattern = dated.pattern()
                self.varied += len(dated.hours) > 1
                for name in dated.names:
                    self._call(pattern, name)

    def give(self) -> None:
        """Give everybody on the roster their pattern."""
        people = self.staff.people
        for key, worker in people.items():
            pattern = self._of(key, worker)
            if pattern is not None:
                people[key] = evolve(worker, pattern=pattern)

    def _of(self, key: str, worker: Worker) -> Pattern | None:
        """Return somebody's own pattern, or else the team's."""
        own = self._patterns.get(f"id {key}")
        return own or self._patterns.get(f"team {worker.team}")

    def _whose(self, reader: Reader, row: Row, teams: set[str]) -> str:
        person, team = reader.text(row, "id"), reader.text(row, "team")
        if person:
            if key_of(person) not in self.staff.people:
                raise Broken("id", "nobody of that id is used from the staff list")
            return f"id {key_of(person)}"
        if not team:
            raise Broken("id", "neither an id nor a team")
        if self.staff.teams.id_of(team) not in teams:
            accepted = f"accepted: {', '.join(sorted(teams)[:6])} and the like"
            raise Broken("team", "a team that the staff list does not have", accepted)
        return f"team {self.staff.teams.id_of(team)}"

    def _call(self, pattern: Pattern, name: str) -> None:
        if name:
            self.names.setdefault(pattern, Counter())[name] += 1


@define
class _Dated:
    """Single shifts of somebody, and the weekly pattern that comes nearest."""

    zone: str
    hours: Counter[tuple[int, int]] = Factory(Counter)
    weekdays: Counter[str] = Factory(Counter)
    names: set[str] = Factory(set)

    def add(self, day: Day, starts: int, ends: int, name: str) -> None:
        self.hours[starts, ends] += 1
        self.weekdays[weekday(day)] += 1
        self.names |= {name} if name else set()

    def pattern(self) -> Pattern:
        """Take the most frequent hours, on days at least half as usual as any."""
        (starts, ends), _ = min(self.hours.items(), key=lambda h: (-h[1], h[0]))
        usual = max(self.weekdays.values())
        days = tuple(day for day in DAYS if 2 * self.weekdays[day] >= usual)
        return Pattern(days, starts, ends, self.zone)


def _hours(reader: Reader, row: Row) -> tuple[int, int, Day | None]:
    """Return when a shift starts and ends, and its day where it has one."""
    both = reader.text(row, "hours")
    texts = re.split(r" *(?:-|\u2013|\bto\b|\bbis\b) *", both) if both else []
    if len(texts) == 2:
        try:
            return parse_hours(texts[0]), parse_hours(texts[1]), reader.day(row, "date")
        except ValueError as wrong:
            what, _, accepted = str(wrong).partition("; ")
            raise Broken("hours", what, accepted) from None
    first = reader.parsed(row, "starts", lambda text: _hour(text, reader.order))
    last = reader.parsed(row, "ends", lambda text: _hour(text, reader.order))
    if first is None or last is None:
        field = "starts" if first is None else "ends"
        raise Broken(field, "no working hours", "accepted: 09:00, 17.30 or 5 pm")
    day = reader.day(row, "date")
    return first[0], last[0], first[1] if day is None else day


def _hour(text: str, order: Order | None) -> tuple[int, Day | None]:
    """Read a time of day, or a date with one."""
    try:
        return parse_hours(text), None
    except ValueError as no_hour:
        try:
            stamp = parse_stamp(text, order)
        except ValueError:
            raise no_hour from None
        if stamp.time is None:
            raise no_hour from None
        return stamp.time, stamp.day
