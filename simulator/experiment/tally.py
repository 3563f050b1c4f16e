"""Counting replications as they come, in memory that hardly grows with their number.

Of each run a row keeps four whole numbers, for the quantiles of its times; everything
else is a sum. Outcomes and trails are dropped as soon as they are counted.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Literal

import attrs
from attrs import Factory, define, field

from simulator.clock import DAY
from simulator.experiment.arms import IN_FORCE, Candidate
from simulator.experiment.expectations import check, observe
from simulator.experiment.findings import Cost, Estimate, Reading, Row, TargetCheck
from simulator.experiment.plan import Choices, Question
from simulator.experiment.replicate import Answer, Played
from simulator.experiment.statistics import Mean, spread, wilson
from simulator.outcome import VERDICTS, Friction, Outcome
from simulator.scenario.scenario import Expectation, Scenario

HELD = ("stopped", "limited", "caught")
"""Verdicts that count as held."""
REASONS_KEPT = 64
"""Different reasons a row remembers; those that first come later are not counted."""
REASONS_TOLD = 5
_NUMBER = re.compile(r"\d+(?:[:.,]\d+)*%?(?: (?:d|h|min|s)\b)?(?: (?=\d))?")

_Time = Literal["detect", "notice", "restore", "outage"]
_FRICTION = tuple(attribute.name for attribute in attrs.fields(Friction))
_friction_values = attrgetter(*_FRICTION)


def _times(outcome: Outcome) -> tuple[tuple[_Time, int | None], ...]:
    return (
        ("detect", outcome.times.detect_s),
        ("notice", outcome.times.notice_s),
        ("restore", outcome.times.restore_s),
        ("outage", outcome.harm.outage_s),
    )


def _none_yet() -> "dict[_Time, array[int]]":
    names: tuple[_Time, ...] = ("detect", "notice", "restore", "outage")
    return {name: array("i") for name in names}


@define
class Reasons:
    """Counts sentences; those that differ in their numbers alone are one reason.

    The first sentence of a reason stands for all of them.
    """

    first: dict[str, str] = Factory(dict)
    counts: Counter[str] = Factory(Counter)

    def add(self, sentence: str) -> None:
        """Count a sentence, if it says anything."""
        reason = _NUMBER.sub("", sentence)
        if reason in self.first or (sentence and len(self.first) < REASONS_KEPT):
            self.counts[self.first.setdefault(reason, sentence)] += 1

    def commonest(self) -> tuple[tuple[str, int], ...]:
        """Return (sentence, how often), most often first."""
        return _commonest(self.counts)


@define
class RowTally:
    """What has been counted of one row."""

    candidate: Candidate
    runs: int = 0
    verdicts: Counter[str] = Factory(Counter)
    did_it: Counter[str] = Factory(Counter)
    why: Reasons = Factory(Reasons)
    times: "dict[_Time, array[int]]" = field(factory=_none_yet)
    added: Mean = Factory(Mean)
    friction: list[float] = field(factory=lambda: [0] * len(_FRICTION))
    days: float = 0.0
    fired: int = 0
    reran: int = 0
    possible: int = 0
    asked: Counter[tuple[str, str]] = Factory(Counter)
    held: Counter[tuple[str, str]] = Factory(Counter)

    def add(
        self, played: Played, in_force: Outcome, *, swept: Choices, days: float
    ) -> None:
        """Count one run; where it was not played it is that of what was in force."""
        outcome = played.outcome or in_force
        self.runs += 1
        self.verdicts[outcome.verdict] += 1
        self.possible += outcome.possible
        self.fired += played.fired
        self.reran += played.outcome is not None
        if outcome.by:
            self.did_it[outcome.by] += 1
        self.why.add(played.why)
        for name, seconds in _times(outcome):
            if seconds is not None:
                self.times[name].append(seconds)
        self._add_friction(outcome.friction, in_force.friction, days)
        for option in swept:
            self.asked[option] += 1
            self.held[option] += outcome.verdict in HELD

    def _add_friction(self, mine: Friction, in_force: Friction, days: float) -> None:
        values = _friction_values(mine)
        self.friction = [
            known + value for known, value in zip(self.friction, values, strict=True)
        ]
        self.days += days
        absolute = self.candidate == IN_FORCE
        self.added.add(_added_s(mine) - (0 if absolute else _added_s(in_force)))

    def row(self) -> Row:
        """Make the row of the findings."""
        times = {name: spread(kept, self.runs) for name, kept in self.times.items()}
        return Row(
            label=self.candidate.label,
            shelf=self.candidate.shelf,
            in_force=self.candidate.in_force,
            verdicts={v: wilson(self.verdicts[v], self.runs) for v in VERDICTS},
            held=wilson(sum(self.verdicts[v] for v in HELD), self.runs),
            detect=times["detect"],
            notice=times["notice"],
            restore=times["restore"],
            outage=times["outage"],
            cost=self._cost(),
            fired=self.fired,
            did_it=_commonest(self.did_it),
            why=self.why.commonest()[:REASONS_TOLD],
            reran=self.reran,
            by_option=self._by_option(),
            possible=self.possible,
        )

    def _cost(self) -> Cost:
        sums = dict(zip(_FRICTION, self.friction, strict=True))
        added = self.added.difference()
        return Cost(
            added_s=added.mean,
            added_low=added.low,
            added_high=added.high,
            refused=_ratio(sums["refused"], sums["requests"]) or 0.0,
            approvals_per_day=_ratio(sums["approvals"], self.days) or 0.0,
            queue_wait_s=_ratio(sums["queue_wait_s"], sums["tickets"]) or 0.0,
            alarms_per_shift=_ratio(sums["alarms"], sums["analyst_shifts"]) or 0.0,
            false_share=_ratio(sums["false_alarms"], sums["alarms"]),
            alarm_wait_s=_ratio(sums["alarm_wait_s"], sums["alarms"]),
            slips_caught=_ratio(sums["slips_caught"], sums["slips"]),
            alarms_in_time=_ratio(sums["alarms_in_time"], sums["alarms"]),
        )

    def _by_option(self) -> Mapping[tuple[str, str], Estimate]:
        return {
            option: wilson(self.held[option], runs)
            for option, runs in self.asked.items()
        }


@define
class TargetTally:
    """The values that the runs gave one replay target."""

    expectation: Expectation
    values: "array[int]" = field(factory=lambda: array("i"))
    runs: int = 0

    def add(self, outcome: Outcome, scenario: Scenario) -> None:
        """Count one run of what was in force."""
        self.runs += 1
        value = observe(self.expectation, outcome, scenario)
        if value is not None:
            self.values.append(value)

    def check(self, scenario: Scenario) -> TargetCheck:
        """Hold the values against the documented one."""
        return check(self.expectation, scenario, spread(self.values, self.runs))


@define
class Tally:
    """What has been counted of one question."""

    question: Question
    in_force: RowTally
    rows: tuple[RowTally, ...]
    targets: tuple[TargetTally, ...]
    days: tuple[float, ...]

    @classmethod
    def of(cls, question: Question) -> "Tally":
        """Begin to count."""
        return cls(
            question,
            RowTally(IN_FORCE),
            tuple(RowTally(candidate) for candidate in question.rows),
            tuple(TargetTally(e) for e in question.variants[0].expect),
            tuple(honest_days(variant) for variant in question.variants),
        )

    def add(self, number: int, answer: Answer) -> None:
        """Count the answer of one replication."""
        turn = number % len(self.question.variants)
        swept, days = self.question.swept[turn], self.days[turn]
        rows = tuple(zip(self.rows, answer.rows, strict=True))
        fired = any(p.fired for row, p in rows if row.candidate.in_force)
        baseline = Played(None, fired, why="")
        for row, played in ((self.in_force, baseline), *rows):
            row.add(played, answer.in_force, swept=swept, days=days)
        for target in self.targets:
            target.add(answer.in_force, self.question.variants[turn])

    def reading(self) -> Reading:
        """Make the reading of the findings."""
        scenario = self.question.variants[0]
        return Reading(
            chosen=self.question.chosen,
            says=self.question.says,
            baseline=self.in_force.row(),
            rows=tuple(row.row() for row in self.rows),
            targets=tuple(target.check(scenario) for target in self.targets),
        )


def honest_days(scenario: Scenario) -> float:
    """Return for how many days of 24 h honest work is simulated, at any desk."""
    covered, until = 0, 0
    for desk in sorted(scenario.organisation.desks, key=lambda desk: desk.opens):
        closes = min(desk.closes, scenario.clock.horizon)
        covered += max(0, closes - max(desk.opens, until))
        until = max(until, closes)
    return covered / DAY


def _added_s(friction: Friction) -> float:
    """Return the seconds added to one honest request; 0 where there was none."""
    return friction.added_s / friction.requests if friction.requests else 0.0


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _commonest(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    pairs: Iterable[tuple[str, int]] = counted.items()
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
