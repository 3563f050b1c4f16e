"""Counting replications as they come, in memory that hardly grows with their number.

Of each run a row keeps at most four whole numbers, for the quantiles of its times, and
what was in force one more for each way in that a leaver had left; everything else is a
sum. Outcomes and trails are dropped as soon as they are counted.
"""

from array import array
from collections import Counter
from typing import Literal

from attrs import Factory, define, field

from simulator.experiment.arms import IN_FORCE, Candidate
from simulator.experiment.costs import CostTally, honest_days
from simulator.experiment.expectations import check, observe
from simulator.experiment.findings import Reading, ResidualAccess, Row, TargetCheck
from simulator.experiment.plan import Choices, Question
from simulator.experiment.reasons import Reasons, commonest
from simulator.experiment.replicate import Answer, Played
from simulator.experiment.statistics import spread, wilson
from simulator.outcome import VERDICTS, Outcome
from simulator.scenario.scenario import Expectation, Scenario

HELD = ("stopped", "limited", "caught")
"""Verdicts that count as held."""
REASONS_TOLD = 5

Time = Literal["detect", "notice", "restore", "outage"]
TIMES: tuple[Time, ...] = ("detect", "notice", "restore", "outage")


def _seconds(outcome: Outcome, time: Time) -> int | None:
    match time:
        case "detect":
            return outcome.times.detect_s
        case "notice":
            return outcome.times.notice_s
        case "restore":
            return outcome.times.restore_s
        case "outage":
            return outcome.harm.outage_s


def _no_seconds() -> "array[int]":
    return array("i")


@define
class RowTally:
    """What has been counted of one row."""

    candidate: Candidate
    runs: int = 0
    verdicts: Counter[str] = Factory(Counter)
    did_it: Counter[str] = Factory(Counter)
    why: Reasons = Factory(Reasons)
    times: "dict[Time, array[int]]" = field(
        factory=lambda: {time: _no_seconds() for time in TIMES}
    )
    costs: CostTally = Factory(CostTally)
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
        self.why.add(played.why)
        if outcome.by:
            self.did_it[outcome.by] += 1
        for time, kept in self.times.items():
            seconds = _seconds(outcome, time)
            if seconds is not None:
                kept.append(seconds)
        for option in swept:
            self.asked[option] += 1
            self.held[option] += outcome.verdict in HELD
        less = None if self.candidate == IN_FORCE else in_force.friction
        self.costs.add(outcome.friction, less=less, days=days)

    def row(self) -> Row:
        """Make the row of the findings."""
        times = {time: spread(kept, self.runs) for time, kept in self.times.items()}
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
            cost=self.costs.cost(),
            fired=self.fired,
            did_it=commonest(self.did_it),
            why=self.why.commonest(REASONS_TOLD),
            reran=self.reran,
            by_option={o: wilson(self.held[o], runs) for o, runs in self.asked.items()},
            possible=self.possible,
        )


@define
class TargetTally:
    """The values that the runs gave one replay target."""

    expectation: Expectation
    values: "array[int]" = Factory(_no_seconds)
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
class ResidualTally:
    """How long each way in of those who left stayed open, where it did."""

    runs: int = 0
    lasted: "dict[tuple[str, str, str], array[int]]" = Factory(dict)
    beyond: Counter[tuple[str, str, str]] = Factory(Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one run of what was in force."""
        self.runs += 1
        for left in outcome.times.residual:
            way = (left.staff, left.system, left.way)
            kept = self.lasted.setdefault(way, _no_seconds())
            if left.seconds is None:
                self.beyond[way] += 1
            elif left.seconds:
                kept.append(left.seconds)

    def found(self) -> tuple[ResidualAccess, ...]:
        """Describe each way in; in a run that does not know it, nothing was left."""
        return tuple(
            ResidualAccess(
                *way,
                left=wilson(len(kept) + self.beyond[way], self.runs),
                lasted=spread(kept, self.runs),
                beyond=wilson(self.beyond[way], self.runs),
            )
            for way, kept in self.lasted.items()
        )


@define
class Tally:
    """What has been counted of one question."""

    question: Question
    in_force: RowTally
    rows: tuple[RowTally, ...]
    targets: tuple[TargetTally, ...]
    days: tuple[float, ...]
    residual: ResidualTally = Factory(ResidualTally)

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
        self.residual.add(answer.in_force)

    def reading(self) -> Reading:
        """Make the reading of the findings."""
        scenario = self.question.variants[0]
        return Reading(
            chosen=self.question.chosen,
            says=self.question.says,
            baseline=self.in_force.row(),
            rows=tuple(row.row() for row in self.rows),
            targets=tuple(target.check(scenario) for target in self.targets),
            residual=self.residual.found(),
        )
